/* SPDX-License-Identifier: MIT */
#include "models/model.h"

#include <math.h>
#include <string.h>

#include "models/check.h"

/* The next state, called by a letter and its channel, or by the letters alone. */
static int add_state(dicrec_model *model, const char *letters, const char *channel) {
  char *name = model->state_names[model->n_states];
  const size_t length = dicrec__copy_text(letters, name, DICREC__STATE_NAME);
  if (channel != NULL) dicrec__copy_text(channel, name + length, DICREC__STATE_NAME - length);
  return model->n_states++;
}

static void lay_out_states(dicrec_model *model) {
  const dicrec__model_table *table = model->table;
  add_state(model, "V", NULL);
  for (int c = 0; c < table->n_channels; ++c) {
    const dicrec__channel *channel = &table->channels[c];
    dicrec__channel_states *states = &model->states[c];
    const bool is_open = channel->has_scheme; /* open and inactivated fractions instead of gates */
    states->activation = is_open || dicrec__has_time_constant(&channel->activation)
                             ? add_state(model, is_open ? "o_" : "m_", channel->name)
                             : -1;
    states->inactivation = is_open || dicrec__has_time_constant(&channel->inactivation)
                               ? add_state(model, is_open ? "i_" : "h_", channel->name)
                               : -1;
  }
  model->calcium_state = table->calcium.present ? add_state(model, "Ca", NULL) : -1;
}

dicrec_status dicrec__model_create(dicrec_context *context, const dicrec__model_table *table, dicrec_model **model) {
  *model = NULL;
  const dicrec_status status = dicrec__model_check(context, table);
  if (status != DICREC_OK) return status;
  dicrec_model *made = dicrec__allocate(&context->allocator, 1, sizeof *made);
  if (made == NULL) return dicrec__fail_memory(context, "a model");
  made->allocator = context->allocator;
  made->table = table;
  for (int k = 0; k < DICREC__KEPT_COUNT; ++k) atomic_init(&made->kept[k], NULL);
  lay_out_states(made);
  *model = made;
  return DICREC_OK;
}

dicrec_status dicrec__model_create_from_text(dicrec_context *context, const char *text, size_t size,
                                             dicrec_model **model) {
  dicrec__model_file file = {.size = 0};
  *model = NULL;
  dicrec_status status = dicrec__model_file_read(context, text, size, &file);
  if (status == DICREC_OK) status = dicrec__model_create(context, &file.table, model);
  if (status != DICREC_OK) {
    dicrec__model_file_free(&context->allocator, &file);
    return status;
  }
  (*model)->file = file;
  (*model)->table = &(*model)->file.table;
  return DICREC_OK;
}

/* The count and what is kept are the mutable parts of a model. */
static dicrec_model *mutable_part(const dicrec_model *model) { return (dicrec_model *)(uintptr_t)model; }

const void *dicrec__model_kept(const dicrec_model *model, enum dicrec__kept which) {
  return atomic_load(&model->kept[which]);
}

const void *dicrec__model_keep(const dicrec_model *model, enum dicrec__kept which, void *block) {
  void *first = NULL;
  if (atomic_compare_exchange_strong(&mutable_part(model)->kept[which], &first, block)) return block;
  dicrec__release(&model->allocator, block);
  return first;
}

DICREC__DEFINE_RETAIN(model)

void dicrec_model_free(dicrec_model *model) {
  if (model == NULL || !dicrec__owners_leave(&model->owners)) return;
  const dicrec__allocator allocator = model->allocator;
  dicrec__model_file_free(&allocator, &model->file);
  for (int k = 0; k < DICREC__KEPT_COUNT; ++k) dicrec__release(&allocator, atomic_load(&model->kept[k]));
  dicrec__release(&allocator, model);
}

void dicrec__model_initial_state(const dicrec_model *model, double *state) {
  const dicrec__model_table *table = model->table;
  const double v = table->initial_v_mv;
  state[0] = v;
  if (model->calcium_state >= 0) state[model->calcium_state] = table->calcium.initial_um;
  for (int c = 0; c < table->n_channels; ++c) {
    const dicrec__channel *channel = &table->channels[c];
    const dicrec__channel_states *states = &model->states[c];
    if (channel->has_scheme) { /* the published protocol starts from the opening rate itself */
      state[states->activation] = dicrec__curve_at(&channel->scheme.opening, v).value;
      state[states->inactivation] = 0.0;
      continue;
    }
    const dicrec__gate *gates[2] = {&channel->activation, &channel->inactivation};
    const int index[2] = {states->activation, states->inactivation};
    for (int k = 0; k < 2; ++k)
      if (index[k] >= 0)
        state[index[k]] = dicrec__gate_at(gates[k], v).steady.value *
                          dicrec__calcium_factor(gates[k], table->calcium.initial_um).value;
  }
}

const char *dicrec_model_name(const dicrec_model *model) { return model == NULL ? NULL : model->table->name; }

const char *dicrec_model_description(const dicrec_model *model) {
  return model == NULL ? NULL : model->table->description;
}

size_t dicrec_model_channel_count(const dicrec_model *model) {
  return model == NULL ? 0 : (size_t)model->table->n_channels;
}

size_t dicrec_model_state_count(const dicrec_model *model) { return model == NULL ? 0 : (size_t)model->n_states; }

const char *dicrec_model_state_name(const dicrec_model *model, size_t state) {
  return state < dicrec_model_state_count(model) ? model->state_names[state] : NULL;
}

static const dicrec__channel *channel_at(const dicrec_model *model, size_t channel) {
  return channel < dicrec_model_channel_count(model) ? &model->table->channels[channel] : NULL;
}

const char *dicrec_model_channel_name(const dicrec_model *model, size_t channel) {
  const dicrec__channel *found = channel_at(model, channel);
  return found == NULL ? NULL : found->name;
}

int32_t dicrec_model_channel_index(const dicrec_model *model, const char *name) {
  if (model == NULL || name == NULL) return -1;
  for (int c = 0; c < model->table->n_channels; ++c)
    if (strcmp(model->table->channels[c].name, name) == 0) return c;
  return -1;
}

double dicrec_model_reversal_mv(const dicrec_model *model, size_t channel) {
  const dicrec__channel *found = channel_at(model, channel);
  return found == NULL ? (double)NAN : found->reversal_mv;
}

double dicrec_model_threshold_mv(const dicrec_model *model) {
  return model == NULL ? (double)NAN : model->table->threshold_mv;
}

double dicrec_model_spike_level_mv(const dicrec_model *model) {
  return model == NULL ? (double)NAN : dicrec__spike_level_mv(model->table);
}

enum { N_TARGETS = 2 };

size_t dicrec_model_target_count(const dicrec_model *model) { return model == NULL ? 0 : N_TARGETS; }

int32_t dicrec_model_leak_index(const dicrec_model *model) { return model == NULL ? -1 : model->table->leak; }

dicrec_status dicrec_model_conductance_range(const dicrec_model *model, size_t channel, double *range) {
  if (model == NULL || range == NULL) return DICREC_E_ARGUMENT;
  const dicrec__channel *found = channel_at(model, channel);
  if (found == NULL) return DICREC_E_RANGE;
  memcpy(range, found->range, 2 * sizeof *range);
  return DICREC_OK;
}

dicrec_status dicrec_model_protocol(const dicrec_model *model, double *t_end_ms, double *t_skip_ms) {
  if (model == NULL || t_end_ms == NULL || t_skip_ms == NULL) return DICREC_E_ARGUMENT;
  *t_end_ms = model->table->t_end_ms;
  *t_skip_ms = model->table->t_skip_ms;
  return DICREC_OK;
}

int dicrec__model_base_count(const dicrec__model_table *table) {
  int n = 1;
  for (int c = 0; c < table->n_channels; ++c) n += c != table->leak && dicrec__is_drawn(table->channels[c].range);
  return n;
}
