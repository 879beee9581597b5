/* SPDX-License-Identifier: MIT */
#include "models/file.h"

#include <math.h>
#include <string.h>

#include "models/file_reader.h"

/** A model, and the places of what is read when its channels are known. */
struct model_fields {
  dicrec__model_table table;
  double temperature_c; /**< NaN: there is none */
  int format, channels, leak, calcium, fast, slow, ultraslow, populations;
};

static dicrec_status read_channel(dicrec__text_reader *reader, int value, void *to) {
  enum { SCHEME = 1 << 3 }; /* its place in the list */
  static const dicrec__text_field fields[] = {
      {"reversal_mv", dicrec__read_number, offsetof(dicrec__channel, reversal_mv), true},
      {"activation", dicrec__read_gate, offsetof(dicrec__channel, activation), false},
      {"inactivation", dicrec__read_gate, offsetof(dicrec__channel, inactivation), false},
      {"scheme", dicrec__read_scheme, offsetof(dicrec__channel, scheme), false},
      {"carries_calcium", dicrec__read_truth, offsetof(dicrec__channel, carries_calcium), false},
      {"range", dicrec__read_pair, offsetof(dicrec__channel, range), false},
      {"comment", dicrec__read_any, 0, false}};
  dicrec__channel *channel = to;
  unsigned seen;
  const dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), channel, &seen);
  channel->has_scheme = (seen & SCHEME) != 0;
  return status;
}

static dicrec_status read_channels(dicrec__text_reader *reader, int object, dicrec__model_table *table) {
  const dicrec__json *json = &reader->json;
  dicrec_status status = dicrec__text_expect(reader, object, DICREC__JSON_OBJECT, "an object");
  if (status != DICREC_OK) return status;
  const int n = dicrec__json_count(json, object);
  if (n < 1 || n > DICREC__MAX_CHANNELS)
    return dicrec__text_refuse(reader, object, "%d channels, allowed are 1 to %d", n, DICREC__MAX_CHANNELS);
  dicrec__channel *channels = dicrec__text_memory(reader, (size_t)n, sizeof *channels);
  if (channels == NULL) return dicrec__text_refuse(reader, object, "an object is expected");
  table->channels = channels;
  const int end = dicrec__json_after(json, object);
  for (int name = object + 1; name < end && status == DICREC_OK; name = dicrec__json_after(json, name + 1)) {
    status = dicrec__json_check_name(json, object, name);
    if (status != DICREC_OK) return status;
    channels[table->n_channels].name = dicrec__json_text(json, name);
    status = read_channel(reader, name + 1, &channels[table->n_channels++]);
  }
  return status;
}

struct calcium_fields {
  dicrec__calcium pool;
  double speed; /**< how many times faster by its temperature */
};

static dicrec_status read_calcium(dicrec__text_reader *reader, int value, dicrec__calcium *pool) {
  static const dicrec__text_field fields[] = {
      {"tau_ms", dicrec__read_number, offsetof(struct calcium_fields, pool.tau_ms), true},
      {"gain", dicrec__read_number, offsetof(struct calcium_fields, pool.gain), true},
      {"rest_um", dicrec__read_number, offsetof(struct calcium_fields, pool.rest_um), true},
      {"initial_um", dicrec__read_number, offsetof(struct calcium_fields, pool.initial_um), true},
      {"q10", dicrec__read_q10, offsetof(struct calcium_fields, speed), false},
      {"comment", dicrec__read_any, 0, false}};
  struct calcium_fields read = {.pool.present = true, .speed = 1.0};
  const dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), &read, NULL);
  read.pool.tau_ms /= read.speed;
  *pool = read.pool;
  return status;
}

/** The number of the channel that a text names. */
static dicrec_status find_channel(dicrec__text_reader *reader, int value, const dicrec__model_table *table,
                                  int *channel) {
  const dicrec_status status = dicrec__text_expect(reader, value, DICREC__JSON_STRING, "the name of a channel");
  if (status != DICREC_OK) return status;
  const char *name = dicrec__json_text(&reader->json, value);
  for (*channel = 0; *channel < table->n_channels; ++*channel)
    if (strcmp(table->channels[*channel].name, name) == 0) return DICREC_OK;
  return dicrec__text_refuse(reader, value, "there is no channel '%.32s'", name);
}

static dicrec_status find_channels(dicrec__text_reader *reader, int array, const dicrec__model_table *table, int n,
                                   int *channels) {
  const dicrec__json *json = &reader->json;
  if (dicrec__json_kind_of(json, array) != DICREC__JSON_ARRAY || dicrec__json_count(json, array) != n)
    return dicrec__text_refuse(reader, array, "%d names of channels between brackets are expected", n);
  dicrec_status status = DICREC_OK;
  for (int k = 0; k < n && status == DICREC_OK; ++k)
    status = dicrec__json_is_in(json, array + 1 + k, array)
                 ? find_channel(reader, array + 1 + k, table, &channels[k])
                 : dicrec__text_refuse(reader, array, "%d names of channels between brackets are expected", n);
  return status;
}

/* The time constant of a channel's activation, or a constant in ms. */
static dicrec_status read_scale(dicrec__text_reader *reader, int value, const dicrec__model_table *table,
                                dicrec__dic_scale *scale) {
  if (dicrec__json_kind_of(&reader->json, value) == DICREC__JSON_STRING)
    return find_channel(reader, value, table, &scale->channel);
  const dicrec_status status = dicrec__read_number(reader, value, &scale->constant_ms);
  if (status != DICREC_OK || scale->constant_ms > 0.0) return status;
  return dicrec__text_refuse(reader, value, "the name of a channel or a number of ms above 0 is expected");
}

struct rule_fields {
  dicrec__rule rule;
  int channels;
};

static dicrec_status read_rule(dicrec__text_reader *reader, int value, const dicrec__model_table *table,
                               dicrec__rule *rule) {
  static const dicrec__text_field fields[] = {
      {"below_g_s", dicrec__read_number, offsetof(struct rule_fields, rule.below_g_s), false},
      {"below_g_u", dicrec__read_number, offsetof(struct rule_fields, rule.below_g_u), false},
      {"channels", dicrec__read_place, offsetof(struct rule_fields, channels), true},
      {"start", dicrec__read_pair, offsetof(struct rule_fields, rule.start), false},
      {"comment", dicrec__read_any, 0, false}};
  struct rule_fields read = {.rule = {.below_g_s = INFINITY, .below_g_u = INFINITY}};
  dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), &read, NULL);
  if (status == DICREC_OK) status = find_channels(reader, read.channels, table, 2, read.rule.channels);
  *rule = read.rule;
  return status;
}

static dicrec_status read_rules(dicrec__text_reader *reader, int array, const dicrec__model_table *table,
                                dicrec__compensation_rules *to) {
  const dicrec__json *json = &reader->json;
  dicrec_status status = dicrec__text_expect(reader, array, DICREC__JSON_ARRAY, "rules between brackets");
  if (status != DICREC_OK) return status;
  const int n = dicrec__json_count(json, array);
  if (n < 1 || n > DICREC__MAX_RULES)
    return dicrec__text_refuse(reader, array, "%d rules, allowed are 1 to %d", n, DICREC__MAX_RULES);
  for (int rule = array + 1; to->n_rules < n && status == DICREC_OK; rule = dicrec__json_after(json, rule))
    status = dicrec__json_is_in(json, rule, array)
                 ? read_rule(reader, rule, table, &to->rules[to->n_rules++])
                 : dicrec__text_refuse(reader, array, "rules between brackets are expected");
  return status;
}

struct population_fields {
  dicrec__compensation_rules rules;
  int spiking, list;
};

struct spiking_fields {
  double point[3];
  int channels;
};

static dicrec_status read_spiking(dicrec__text_reader *reader, int value, const dicrec__model_table *table,
                                  dicrec__compensation_rules *to) {
  static const dicrec__text_field fields[] = {
      {"channels", dicrec__read_place, offsetof(struct spiking_fields, channels), true},
      {"dics", dicrec__read_triple, offsetof(struct spiking_fields, point), true},
      {"comment", dicrec__read_any, 0, false}};
  struct spiking_fields read = {.channels = 0};
  dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), &read, NULL);
  memcpy(to->spiking_point, read.point, sizeof to->spiking_point);
  return status == DICREC_OK ? find_channels(reader, read.channels, table, 3, to->spiking_channels) : status;
}

static dicrec_status read_plane_range(dicrec__text_reader *reader, int value, void *to) {
  const double *range = to;
  const dicrec_status status = dicrec__read_pair(reader, value, to);
  if (status != DICREC_OK || range[0] < range[1]) return status;
  return dicrec__text_refuse(reader, value, "a lower and a higher DIC are expected");
}

static dicrec_status read_populations(dicrec__text_reader *reader, int value, dicrec__model_table *table) {
  static const dicrec__text_field fields[] = {
      {"g_s", read_plane_range, offsetof(struct population_fields, rules.g_s_range), false},
      {"g_u", read_plane_range, offsetof(struct population_fields, rules.g_u_range), false},
      {"spiking", dicrec__read_place, offsetof(struct population_fields, spiking), false},
      {"rules", dicrec__read_place, offsetof(struct population_fields, list), false},
      {"comment", dicrec__read_any, 0, false}};
  struct population_fields read = {.spiking = 0};
  dicrec_status status = dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), &read, NULL);
  if (status == DICREC_OK && read.spiking > 0) status = read_spiking(reader, read.spiking, table, &read.rules);
  if (status == DICREC_OK && read.list > 0) status = read_rules(reader, read.list, table, &read.rules);
  table->compensation = read.rules;
  return status;
}

static dicrec_status read_scales(dicrec__text_reader *reader, int value, void *to) {
  static const dicrec__text_field fields[] = {
      {"fast", dicrec__read_place, offsetof(struct model_fields, fast), true},
      {"slow", dicrec__read_place, offsetof(struct model_fields, slow), true},
      {"ultraslow", dicrec__read_place, offsetof(struct model_fields, ultraslow), true},
      {"comment", dicrec__read_any, 0, false}};
  return dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), to, NULL);
}

static dicrec_status read_protocol(dicrec__text_reader *reader, int value, void *to) {
  static const dicrec__text_field fields[] = {
      {"t_end_ms", dicrec__read_number, offsetof(struct model_fields, table.t_end_ms), true},
      {"t_skip_ms", dicrec__read_number, offsetof(struct model_fields, table.t_skip_ms), true},
      {"comment", dicrec__read_any, 0, false}};
  return dicrec__read_object(reader, value, fields, DICREC__COUNT_OF(fields), to, NULL);
}

#define OF_TABLE(name, read, field, is_needed)                                                                         \
  { name, read, offsetof(struct model_fields, table.field), is_needed }
#define LATER(name, is_needed)                                                                                         \
  { #name, dicrec__read_place, offsetof(struct model_fields, name), is_needed }

static const dicrec__text_field model_fields[] = {
    {"dicrec_model", dicrec__read_whole, offsetof(struct model_fields, format), true},
    {"$schema", dicrec__read_any, 0, false}, /* for editors */
    OF_TABLE("name", dicrec__read_text, name, true),
    OF_TABLE("description", dicrec__read_text, description, true),
    {"source", dicrec__read_any, 0, false},
    {"comment", dicrec__read_any, 0, false},
    OF_TABLE("capacitance", dicrec__read_number, capacitance, true),
    OF_TABLE("initial_mv", dicrec__read_number, initial_v_mv, true),
    OF_TABLE("threshold_mv", dicrec__read_number, threshold_mv, true),
    OF_TABLE("spike_level_mv", dicrec__read_number, spike_level_mv, false),
    {"temperature_c", dicrec__read_temperature, offsetof(struct model_fields, temperature_c), false},
    {"dic_time_scales", read_scales, 0, true},
    {"protocol", read_protocol, 0, true},
    LATER(channels, true),
    LATER(leak, true),
    LATER(calcium, false),
    LATER(populations, false)};

static dicrec_status read_model(dicrec__text_reader *reader, dicrec__model_table *table) {
  struct model_fields read = {.temperature_c = (double)NAN, .table.spike_level_mv = (double)NAN};
  dicrec_status status = dicrec__read_object(reader, 0, model_fields, DICREC__COUNT_OF(model_fields), &read, NULL);
  *table = read.table;
  table->has_spike_level = !isnan(read.table.spike_level_mv);
  reader->temperature_c = read.temperature_c;
  if (status == DICREC_OK && read.format != DICREC__MODEL_FILE_FORMAT)
    return dicrec__text_refuse(reader, 0, "format %d of models, this version reads %d", read.format,
                               DICREC__MODEL_FILE_FORMAT);
  if (status == DICREC_OK) status = read_channels(reader, read.channels, table);
  if (status == DICREC_OK && read.calcium > 0) status = read_calcium(reader, read.calcium, &table->calcium);
  if (status == DICREC_OK) status = find_channel(reader, read.leak, table, &table->leak);
  if (status == DICREC_OK) status = read_scale(reader, read.fast, table, &table->fast);
  if (status == DICREC_OK) status = read_scale(reader, read.slow, table, &table->slow);
  if (status == DICREC_OK) status = read_scale(reader, read.ultraslow, table, &table->ultraslow);
  return status == DICREC_OK && read.populations > 0 ? read_populations(reader, read.populations, table) : status;
}

/** Room for all that a text may speak of: a curve or a sample takes a value at least, a channel a name and a value. */
static size_t memory_for(const dicrec__json *json) {
  return (size_t)json->n * sizeof(dicrec__curve) + DICREC__MAX_CHANNELS * sizeof(dicrec__channel);
}

dicrec_status dicrec__model_file_read(dicrec_context *context, const void *bytes, size_t size,
                                      dicrec__model_file *file) {
  const dicrec__allocator *allocator = &context->allocator;
  if (size > DICREC__MODEL_FILE_MAX_BYTES)
    return dicrec__fail(context, DICREC_E_ARGUMENT, "model file: %zu bytes, allowed are %d", size,
                        DICREC__MODEL_FILE_MAX_BYTES);
  const dicrec__json_subject subject = {context, "model file", DICREC_E_ARGUMENT, (int)(size / 2) + 2};
  dicrec__text_reader reader = {.source = bytes};
  dicrec_status status = dicrec__json_parse(&subject, bytes, size, &reader.json);
  file->text = reader.json.text;
  file->source = dicrec__allocate(allocator, size + 1, 1);
  if (status == DICREC_OK) {
    reader.capacity = memory_for(&reader.json);
    reader.memory = file->memory = dicrec__allocate(allocator, reader.capacity, 1);
    if (file->memory == NULL || file->source == NULL) status = dicrec__fail_memory(context, "a model");
  }
  if (status == DICREC_OK) {
    memcpy(file->source, bytes, size);
    file->size = size;
    status = read_model(&reader, &file->table);
  }
  dicrec__json_release(&reader.json);
  return status;
}

void dicrec__model_file_free(const dicrec__allocator *allocator, dicrec__model_file *file) {
  dicrec__release(allocator, file->source);
  dicrec__release(allocator, file->text);
  dicrec__release(allocator, file->memory);
  *file = (dicrec__model_file){.size = 0};
}
