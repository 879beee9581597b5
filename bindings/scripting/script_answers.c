/* SPDX-License-Identifier: MIT */
/**
 * @file script_answers.c
 * Turns results of the library into named values.
 */
#include "script_answers.h"

#include <stdio.h>
#include <string.h>

#include "script_call.h"

static const char *kept(script_call *call, const char *text) {
  const char *copy = script_memory_text(&call->memory, text == NULL ? "" : text);
  if (copy == NULL) script_call_fail(call, DICREC_E_MEMORY, "out of memory");
  return copy == NULL ? "" : copy;
}

static void label_parameters(script_call *call, const dicrec_posterior *posterior, answer_value *value) {
  const size_t n = value->columns > 0 ? value->columns : value->rows;
  if (value->labels == NULL && call->status >= 0)
    value->labels = script_memory_take(&call->memory, n, sizeof *value->labels);
  if (value->labels == NULL) script_call_fail(call, DICREC_E_MEMORY, "out of memory");
  for (size_t i = 0; call->status >= 0 && i < n; ++i)
    value->labels[i] = kept(call, dicrec_posterior_parameter_name(posterior, i));
}

static void answer_median(script_call *call, const dicrec_posterior *posterior) {
  const size_t n = dicrec_posterior_parameter_count(posterior);
  answer_value *value = answer_numbers(call, "median", n, 0);
  label_parameters(call, posterior, value);
  if (call->status >= 0) script_call_accept(call, dicrec_posterior_quantile(posterior, 0.5, n, value->numbers));
}

/* A row for each of the two probabilities that the program has, too. */
static void answer_quantiles(script_call *call, const dicrec_posterior *posterior) {
  static const double tails[] = {0.05, 0.95};
  const size_t columns = dicrec_posterior_parameter_count(posterior);
  answer_value *value = answer_numbers(call, "quantiles", 2, columns);
  label_parameters(call, posterior, value);
  for (size_t i = 0; call->status >= 0 && i < value->rows; ++i)
    script_call_accept(call, dicrec_posterior_quantile(posterior, tails[i], columns, value->numbers + i * columns));
}

static void answer_moments(script_call *call, const dicrec_posterior *posterior) {
  const size_t columns = dicrec_posterior_parameter_count(posterior);
  answer_value *mean = answer_numbers(call, "mean", columns, 0);
  answer_value *covariance = answer_numbers(call, "covariance", columns, columns);
  label_parameters(call, posterior, mean);
  label_parameters(call, posterior, covariance);
  if (call->status >= 0)
    script_call_accept(call, dicrec_posterior_moments(posterior, columns, mean->numbers, covariance->numbers));
}

static void answer_mixture(script_call *call, const dicrec_posterior *posterior) {
  const size_t n = dicrec_posterior_component_count(posterior);
  dicrec_mixture mixture;
  dicrec_mixture_init(&mixture, sizeof mixture);
  const size_t n_dics = (size_t)mixture.n_dics;
  mixture.n_components = n;
  answer_group(call, "mixture", 3);
  mixture.weights = answer_numbers(call, "weights", n, 0)->numbers;
  answer_value *means = answer_numbers(call, "means", n, n_dics);
  answer_value *covariances = answer_numbers(call, "covariances", n, n_dics * n_dics);
  mixture.means = means->numbers;
  mixture.covariances = covariances->numbers;
  label_parameters(call, posterior, means);
  covariances->labels = NULL;
  if (call->status >= 0) script_call_accept(call, dicrec_posterior_copy_mixture(posterior, &mixture));
}

void answer_posterior(script_call *call, const dicrec_posterior *posterior) {
  answer_text(call, "activity", dicrec_activity_name(dicrec_posterior_activity(posterior)));
  answer_median(call, posterior);
  answer_quantiles(call, posterior);
  answer_moments(call, posterior);
  answer_number(call, "noiseless", dicrec_posterior_noiseless_probability(posterior));
  answer_number(call, "support", dicrec_posterior_support(posterior));
  answer_number(call, "time_scale", dicrec_posterior_time_scale(posterior));
  answer_mixture(call, posterior);
}

static void answer_statuses(script_call *call, const dicrec_status *statuses, size_t n) {
  answer_value *value = answer_texts(call, "statuses", n);
  for (size_t i = 0; call->status >= 0 && i < n; ++i) value->texts[i] = dicrec_status_name(statuses[i]);
}

static dicrec_status *statuses_of(script_call *call, size_t n) {
  dicrec_status *statuses = call->status < 0 ? NULL : script_memory_take(&call->memory, n, sizeof *statuses);
  if (statuses == NULL) script_call_fail(call, DICREC_E_MEMORY, "out of memory");
  return statuses;
}

answer_value *answer_dics(script_call *call, size_t n) {
  answer_value *value = answer_numbers(call, "dics", n, DICREC_DIC_COUNT);
  for (size_t i = 0; call->status >= 0 && i < value->columns; ++i) value->labels[i] = dicrec_dic_name(i);
  return value;
}

/* Streams are below 2^53, so that doubles hold them. */
static void answer_streams(script_call *call, const dicrec_population *population, size_t n) {
  uint64_t *streams = call->status < 0 ? NULL : script_memory_take(&call->memory, n, sizeof *streams);
  answer_value *value = answer_numbers(call, "streams", n, 0);
  if (streams == NULL) script_call_fail(call, DICREC_E_MEMORY, "out of memory");
  if (call->status < 0 || !script_call_accept(call, dicrec_population_copy_streams(population, streams, n))) return;
  for (size_t i = 0; i < n; ++i) value->numbers[i] = (double)streams[i];
}

void answer_population(script_call *call, const dicrec_model *model, const dicrec_population *population) {
  const size_t n = dicrec_population_member_count(population), n_channels = dicrec_model_channel_count(model);
  answer_value *conductances = answer_numbers(call, "conductances", n, n_channels), *dics = answer_dics(call, n);
  for (size_t c = 0; call->status >= 0 && c < n_channels; ++c)
    conductances->labels[c] = kept(call, dicrec_model_channel_name(model, c));
  double *noise_std = answer_numbers(call, "noise_std", n, 0)->numbers;
  answer_streams(call, population, n);
  answer_number(call, "time_scale", dicrec_population_time_scale(population));
  dicrec_status *statuses = statuses_of(call, n);
  if (call->status < 0) return;
  script_call_accept(
      call, dicrec_population_copy_conductances(population, DICREC_STAGE_FINAL, conductances->numbers, n * n_channels));
  script_call_accept(call, dicrec_population_copy_dics(population, DICREC_DIC_COUNT, dics->numbers, n * dics->columns));
  script_call_accept(call, dicrec_population_copy_noise_std(population, noise_std, n));
  script_call_accept(call, dicrec_population_copy_statuses(population, statuses, n));
  answer_statuses(call, statuses, n);
}

static size_t field_count(const named_field *fields) {
  size_t n = 0;
  while (fields[n].name != NULL) ++n;
  return n;
}

/* Names of the remarks that are set; one that this build does not know has an empty one. */
static void answer_remarks(script_call *call, int32_t remarks) {
  size_t n = 0;
  for (int bit = 0; bit < 31; ++bit) n += (remarks >> bit) & 1;
  answer_value *value = answer_texts(call, "remarks", n);
  for (int bit = 30; call->status >= 0 && bit >= 0; --bit) {
    if (((remarks >> bit) & 1) == 0) continue;
    const char *name = dicrec_remark_name((int32_t)1 << bit);
    value->texts[--n] = name == NULL ? "" : name;
  }
}

static void answer_report(script_call *call, const dicrec_reconstruction *reconstruction) {
  dicrec_reconstruction_report report = {.struct_size = sizeof report};
  const named_field *fields = named_fields_of("reconstruction_report");
  if (!script_call_accept(call, dicrec_reconstruction_copy_report(reconstruction, &report))) return;
  answer_group(call, "report", field_count(fields));
  for (const named_field *field = fields; field->name != NULL; ++field) {
    const double number = named_field_number(field, &report);
    const char *word = named_field_word(field, number);
    if (strcmp(field->name, "remarks") == 0) answer_remarks(call, report.remarks);
    else if (word != NULL) answer_text(call, field->name, word);
    else answer_number(call, field->name, number);
  }
}

/* What each member fired in the check. */
static void answer_statistics(script_call *call, const dicrec_reconstruction *reconstruction, size_t n) {
  const named_field *fields = named_fields_of("spike_statistics");
  const size_t columns = field_count(fields);
  answer_value *value = answer_numbers(call, "statistics", n, columns);
  for (size_t c = 0; call->status >= 0 && c < columns; ++c) value->labels[c] = fields[c].name;
  for (size_t i = 0; call->status >= 0 && i < n; ++i) {
    dicrec_spike_statistics fired = {.struct_size = sizeof fired};
    const dicrec_status status = dicrec_reconstruction_statistics(reconstruction, i, &fired);
    if (status < 0) script_call_accept(call, status); /* that a member is silent is no remark on the call */
    for (size_t c = 0; c < columns; ++c) value->numbers[i * columns + c] = named_field_number(&fields[c], &fired);
  }
}

void answer_reconstruction(script_call *call, const dicrec_reconstruction *reconstruction) {
  const dicrec_population *population = dicrec_reconstruction_population(reconstruction);
  const size_t n = dicrec_population_member_count(population);
  double *accepted = answer_numbers(call, "accepted", n, 0)->numbers;
  double *distance = answer_numbers(call, "distance", n, 0)->numbers;
  double *mismatch = answer_numbers(call, "mismatch", n, 0)->numbers;
  for (size_t i = 0; call->status >= 0 && i < n; ++i) {
    accepted[i] = dicrec_reconstruction_accepted(reconstruction, i);
    distance[i] = dicrec_reconstruction_distance(reconstruction, i);
    mismatch[i] = dicrec_reconstruction_mismatch(reconstruction, i);
  }
  dicrec_reconstruction_report report = {.struct_size = sizeof report};
  if (call->status < 0) return;
  script_call_accept(call, dicrec_reconstruction_copy_report(reconstruction, &report));
  answer_value *spikes = answer_list(call, "spikes", report.verified ? n : 0);
  for (size_t i = 0; call->status >= 0 && i < spikes->rows; ++i) {
    const size_t n_spikes = dicrec_reconstruction_spike_count(reconstruction, i);
    double *times_ms = answer_part(call, spikes, i, n_spikes, 0);
    if (times_ms != NULL)
      script_call_accept(call, dicrec_reconstruction_copy_spikes(reconstruction, i, times_ms, n_spikes));
  }
  answer_statistics(call, reconstruction, report.verified ? n : 0);
  answer_report(call, reconstruction);
}

static void answer_spikes(script_call *call, const dicrec_simulation *simulation, size_t n) {
  answer_value *spikes = answer_list(call, "spikes", n);
  for (size_t i = 0; call->status >= 0 && i < n; ++i) {
    const size_t n_spikes = dicrec_simulation_spike_count(simulation, i);
    double *times_ms = answer_part(call, spikes, i, n_spikes, 0);
    if (times_ms != NULL) script_call_accept(call, dicrec_simulation_copy_spikes(simulation, i, times_ms, n_spikes));
  }
}

static const char *column_name(script_call *call, const dicrec_simulation *simulation, size_t column) {
  const size_t length = dicrec_simulation_trace_column_name(simulation, column, NULL, 0);
  char *name = script_memory_take(&call->memory, length + 1, 1);
  if (name != NULL) dicrec_simulation_trace_column_name(simulation, column, name, length + 1);
  else script_call_fail(call, DICREC_E_MEMORY, "out of memory");
  return name == NULL ? "" : name;
}

/* Times of the samples, then the columns of the library. */
static void answer_trace(script_call *call, const dicrec_simulation *simulation, answer_value *traces, size_t member) {
  const size_t rows = dicrec_simulation_trace_sample_count(simulation, member);
  const size_t columns = dicrec_simulation_trace_column_count(simulation);
  double *room = script_memory_take(&call->memory, rows, (columns + 1) * sizeof *room);
  double *table = answer_part(call, traces, member, rows, columns + 1);
  if (room == NULL) script_call_fail(call, DICREC_E_MEMORY, "out of memory");
  if (call->status < 0) return;
  script_call_accept(call, dicrec_simulation_copy_trace_times(simulation, member, room, rows));
  script_call_accept(call, dicrec_simulation_copy_trace(simulation, member, room + rows, rows * columns));
  for (size_t i = 0; i < rows; ++i) {
    table[i * (columns + 1)] = room[i];
    memcpy(&table[i * (columns + 1) + 1], &room[rows + i * columns], columns * sizeof *table);
  }
}

static void answer_traces(script_call *call, const dicrec_simulation *simulation, size_t n) {
  const size_t columns = dicrec_simulation_trace_column_count(simulation);
  if (columns == 0) return;
  answer_value *traces = answer_list(call, "traces", n);
  const char **labels = script_memory_take(&call->memory, columns + 1, sizeof *labels);
  if (labels == NULL) script_call_fail(call, DICREC_E_MEMORY, "out of memory");
  if (call->status < 0) return;
  labels[0] = "t_ms";
  for (size_t c = 0; c < columns; ++c) labels[c + 1] = column_name(call, simulation, c);
  traces->labels = labels;
  traces->columns = columns + 1;
  for (size_t i = 0; call->status >= 0 && i < n; ++i) answer_trace(call, simulation, traces, i);
}

void answer_simulation(script_call *call, const dicrec_simulation *simulation) {
  const size_t n = dicrec_simulation_member_count(simulation);
  answer_spikes(call, simulation, n);
  dicrec_status *statuses = statuses_of(call, n);
  if (call->status < 0) return;
  script_call_accept(call, dicrec_simulation_copy_statuses(simulation, statuses, n));
  answer_statuses(call, statuses, n);
  answer_traces(call, simulation, n);
}
