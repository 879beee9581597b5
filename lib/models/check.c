/* SPDX-License-Identifier: MIT */
#include "models/check.h"

#include <math.h>
#include <string.h>

#include "core/limits.h"
#include "dicrec/limits.h"
#include "models/check_gate.h"
#include "models/dic_scale.h"

/* Names stand in columns of tables, "g_NAME", and in those of traces. */
static const size_t longest_name = 32;

static dicrec_status check_name(const dicrec__subject *subject, const char *name) {
  static const char *const taken[] = {"f", "s", "u", "t"}; /* the columns g_f, g_s, g_u, g_t are DICs */
  if (name == NULL || name[0] == '\0') return dicrec__refuse(subject, "there is no name");
  if (strlen(name) > longest_name) return dicrec__refuse(subject, "the name is longer than 32 bytes");
  for (const char *c = name; *c != '\0'; ++c)
    if (*c <= ' ' || *c > '~' || strchr(",;\"'=\\", *c) != NULL)
      return dicrec__refuse(subject, "the name holds more than letters, digits and signs but , ; \" ' = \\");
  for (size_t k = 0; k < sizeof taken / sizeof taken[0]; ++k)
    if (strcmp(name, taken[k]) == 0) return dicrec__refuse(subject, "the names f, s, u and t are those of DICs");
  return DICREC_OK;
}

static dicrec_status check_calcium_pool(const dicrec__subject *subject) {
  const dicrec__calcium *pool = &subject->table->calcium;
  const dicrec__subject at = {subject->context, subject->table, NULL, "calcium", NULL};
  if (!pool->present) return DICREC_OK;
  dicrec_status status =
      dicrec__check_within(&at, "the time constant", pool->tau_ms, 1e-9, 1e9, "allowed is 1e-9 to 1e9 ms");
  if (status == DICREC_OK) /* outward currents are positive */
    status = dicrec__check_within(&at, "the gain", pool->gain, -1e6, 0.0,
                                  "allowed is -1e6 to 0: inward currents, which are negative, bring calcium");
  if (status == DICREC_OK)
    status = dicrec__check_within(&at, "the resting calcium", pool->rest_um, 0.0, 1e6, "allowed is 0 to 1e6 uM");
  if (status == DICREC_OK)
    status = dicrec__check_within(&at, "the initial calcium", pool->initial_um, 0.0, 1e6, "allowed is 0 to 1e6 uM");
  return status;
}

static dicrec_status check_range(const dicrec__subject *subject, const dicrec__channel *channel) {
  const double *range = channel->range;
  if (!(range[0] >= 0.0 && range[1] >= range[0] && range[1] <= DICREC_MAX_CONDUCTANCE))
    return dicrec__fail(subject->context, DICREC_E_RANGE,
                        "model %s, channel %s: the range is %g to %g mS/cm2, allowed are rising ones from 0 to %g",
                        subject->table->name, channel->name, range[0], range[1], DICREC_MAX_CONDUCTANCE);
  return DICREC_OK;
}

static bool is_absent(const dicrec__gate *gate) { return gate->kind == DICREC__GATE_ABSENT; }

/* What opens the channel: gates, a scheme, or nothing. */
static dicrec_status check_opening(dicrec__subject subject, const dicrec__channel *channel) {
  const dicrec__gate *gates[2] = {&channel->activation, &channel->inactivation};
  static const char *const parts[2] = {"activation", "inactivation"};
  dicrec_status status = DICREC_OK;
  for (int k = 0; k < 2 && status == DICREC_OK; ++k) {
    subject.part = parts[k];
    if (channel->has_scheme && !is_absent(gates[k])) return dicrec__refuse(&subject, "a gate beside a kinetic scheme");
    status = dicrec__check_gate(&subject, gates[k]);
  }
  subject.part = "kinetic scheme";
  if (status != DICREC_OK || !channel->has_scheme) return status;
  status = dicrec__check_scheme(&subject, &channel->scheme);
  if (status != DICREC_OK) return status;
  /* simulations start with the opening rate as the open fraction */
  const double open = dicrec__curve_at(&channel->scheme.opening, subject.table->initial_v_mv).value;
  return dicrec__check_within(&subject, "the opening rate at the initial voltage", open, 0.0, 1.0,
                              "allowed is 0 to 1: the initial open fraction");
}

static dicrec_status check_channel(dicrec__subject subject, int c) {
  const dicrec__model_table *table = subject.table;
  const dicrec__channel *channel = &table->channels[c];
  subject.part = "a channel";
  dicrec_status status = check_name(&subject, channel->name);
  subject.channel = channel->name;
  subject.part = NULL;
  for (int other = 0; other < c && status == DICREC_OK; ++other)
    if (strcmp(table->channels[other].name, channel->name) == 0)
      status = dicrec__refuse(&subject, "another channel has the same name");
  if (status == DICREC_OK)
    status = dicrec__check_within(&subject, "the reversal potential", channel->reversal_mv, -200.0, 200.0,
                                  "allowed is -200 to 200 mV");
  if (status == DICREC_OK && channel->carries_calcium && !table->calcium.present)
    status = dicrec__refuse(&subject, "it carries calcium, but the model has no calcium pool");
  if (status == DICREC_OK && channel->carries_calcium && channel->reversal_mv < table->threshold_mv)
    status = dicrec__refuse_value(&subject, "the reversal potential", channel->reversal_mv,
                                  "allowed of what carries calcium is the threshold or more, so that it flows in");
  if (status == DICREC_OK) status = check_range(&subject, channel);
  return status == DICREC_OK ? check_opening(subject, channel) : status;
}

static dicrec_status check_leak(dicrec__subject subject) {
  const dicrec__model_table *table = subject.table;
  if (table->leak < 0 || table->leak >= table->n_channels)
    return dicrec__refuse_value(&subject, "the leak", table->leak, "allowed is the number of a channel");
  const dicrec__channel *leak = &table->channels[table->leak];
  subject.channel = leak->name;
  if (leak->has_scheme || !is_absent(&leak->activation) || !is_absent(&leak->inactivation))
    return dicrec__refuse(&subject, "a leak has no gates");
  return DICREC_OK;
}

/* The ensemble holds half-activations in single precision, and a factor for each. */
static dicrec_status check_halves(const dicrec__subject *subject) {
  const dicrec__model_table *table = subject->table;
  float halves[DICREC__MAX_HALVES];
  int n = 0;
  for (int c = 0; c < table->n_channels; ++c)
    for (int k = 0; k < 2; ++k) {
      const dicrec__gate *gate = k == 0 ? &table->channels[c].activation : &table->channels[c].inactivation;
      const float half = (float)gate->calcium_half_um;
      bool is_known = half == 0.0F;
      for (int i = 0; i < n; ++i) is_known |= halves[i] == half;
      if (is_known) continue;
      if (n == DICREC__MAX_HALVES)
        return dicrec__fail(subject->context, DICREC_E_RANGE,
                            "model %s, channel %s: %g uM is one more half-activation by calcium, allowed are %d",
                            table->name, table->channels[c].name, gate->calcium_half_um, DICREC__MAX_HALVES);
      halves[n++] = half;
    }
  return DICREC_OK;
}

static dicrec_status check_time_scales(dicrec__subject subject) {
  const dicrec__model_table *table = subject.table;
  const dicrec__dic_scale *scales[3] = {&table->fast, &table->slow, &table->ultraslow};
  static const char *const parts[3] = {"fast time scale", "slow time scale", "ultraslow time scale"};
  double before = 0.0;
  for (int k = 0; k < 3; ++k) {
    const double tau = dicrec__dic_scale_at(table, scales[k], table->threshold_mv);
    subject.part = parts[k];
    if (!(tau <= 1e9)) return dicrec__refuse(&subject, "neither a constant nor a channel with a time constant");
    if (tau <= before)
      return dicrec__refuse_value(&subject, "its value at the threshold", tau, "allowed is more than the one before");
    before = tau;
  }
  return DICREC_OK;
}

/* Channels that are solved for: in the table, not the leak, each once. */
static dicrec_status check_solved(const dicrec__subject *subject, const int *channels, int n) {
  const dicrec__model_table *table = subject->table;
  for (int k = 0; k < n; ++k) {
    if (channels[k] < 0 || channels[k] >= table->n_channels || channels[k] == table->leak)
      return dicrec__refuse_value(subject, "a channel to solve for", channels[k],
                                  "allowed are numbers of channels but not the leak's");
    for (int other = 0; other < k; ++other)
      if (channels[other] == channels[k])
        return dicrec__refuse_value(subject, "a channel to solve for", channels[k], "and stands there twice");
  }
  return DICREC_OK;
}

static dicrec_status check_rule(const dicrec__subject *subject, const dicrec__rule *rule) {
  if (isnan(rule->below_g_s) || isnan(rule->below_g_u) || !isfinite(rule->start[0]) || !isfinite(rule->start[1]))
    return dicrec__refuse(subject, "a bound or a start of a rule is not a number");
  return check_solved(subject, rule->channels, 2);
}

static bool is_rising(const double range[2]) { return isfinite(range[0]) && isfinite(range[1]) && range[0] < range[1]; }

/* What the file leaves out is zeroed. */
static bool is_absent_or_rising(const double range[2]) {
  return (range[0] == 0.0 && range[1] == 0.0) || is_rising(range);
}

static dicrec_status check_spiking(const dicrec__subject *subject, const dicrec__compensation_rules *rules) {
  const int *channels = rules->spiking_channels;
  if (channels[0] == 0 && channels[1] == 0 && channels[2] == 0) return DICREC_OK;
  const dicrec_status status = check_solved(subject, channels, 3);
  for (int k = 0; k < 3 && status == DICREC_OK; ++k)
    if (!isfinite(rules->spiking_point[k])) return dicrec__refuse(subject, "the spiking point is not a number");
  return status;
}

static dicrec_status check_compensation(dicrec__subject subject) {
  const dicrec__compensation_rules *rules = &subject.table->compensation;
  subject.part = "compensation";
  dicrec_status status = dicrec__check_within(&subject, "the number of rules", rules->n_rules, 0.0, DICREC__MAX_RULES,
                                              "allowed is 0 to 4");
  if (status == DICREC_OK) status = check_spiking(&subject, rules);
  for (int k = 0; k < rules->n_rules && status == DICREC_OK; ++k) status = check_rule(&subject, &rules->rules[k]);
  if (status == DICREC_OK && (!is_absent_or_rising(rules->g_s_range) || !is_absent_or_rising(rules->g_u_range)))
    status = dicrec__refuse(&subject, "the range of g_s or g_u does not rise");
  if (status == DICREC_OK && rules->n_rules > 0 && !(subject.table->channels[subject.table->leak].range[0] > 0.0))
    status = dicrec__refuse(&subject, "the range of the leak does not begin above 0");
  return status;
}

static dicrec_status check_protocol(const dicrec__subject *subject) {
  const dicrec__model_table *table = subject->table;
  dicrec_status status =
      dicrec__check_within(subject, "the capacitance", table->capacitance, 1e-6, 1e6, "allowed is 1e-6 to 1e6 uF/cm2");
  if (status == DICREC_OK)
    status = dicrec__check_within(subject, "the initial voltage", table->initial_v_mv, DICREC__LOWEST_MV,
                                  DICREC__HIGHEST_MV, "allowed is -150 to 100 mV");
  if (status == DICREC_OK)
    status = dicrec__check_within(subject, "the threshold", table->threshold_mv, DICREC__LOWEST_MV, DICREC__HIGHEST_MV,
                                  "allowed is -150 to 100 mV");
  if (status == DICREC_OK)
    status = dicrec__check_within(subject, "the level of a spike", dicrec__spike_level_mv(table),
                                  -DICREC_SPIKE_LEVEL_MOST_MV, DICREC_SPIKE_LEVEL_MOST_MV,
                                  "allowed is up to " DICREC__TEXT(DICREC_SPIKE_LEVEL_MOST_MV) " mV of either sign");
  if (status == DICREC_OK)
    status = dicrec__check_within(subject, "the end of the protocol", table->t_end_ms, DICREC_DURATION_LEAST_MS,
                                  DICREC_DURATION_MOST_MS,
                                  "allowed is above 0 to " DICREC__TEXT(DICREC_DURATION_MOST_MS) " ms");
  if (status == DICREC_OK && !(table->t_skip_ms >= 0.0 && table->t_skip_ms < table->t_end_ms))
    status =
        dicrec__refuse_value(subject, "the time that the protocol skips", table->t_skip_ms, "allowed is 0 to its end");
  return status;
}

dicrec_status dicrec__model_check(dicrec_context *context, const dicrec__model_table *table) {
  dicrec__subject subject = {context, table, NULL, NULL, NULL};
  dicrec_status status = check_name(&subject, table->name);
  if (status == DICREC_OK && table->description == NULL) status = dicrec__refuse(&subject, "there is no description");
  if (status == DICREC_OK &&
      (table->channels == NULL || table->n_channels < 1 || table->n_channels > DICREC__MAX_CHANNELS))
    return dicrec__refuse_value(&subject, "the number of channels", table->n_channels, "allowed is 1 to 32");
  if (status == DICREC_OK) status = check_protocol(&subject);
  if (status == DICREC_OK) status = check_calcium_pool(&subject);
  for (int c = 0; c < table->n_channels && status == DICREC_OK; ++c) status = check_channel(subject, c);
  if (status == DICREC_OK) status = check_leak(subject);
  if (status == DICREC_OK) status = check_halves(&subject);
  if (status == DICREC_OK) status = check_time_scales(subject);
  if (status == DICREC_OK) status = check_compensation(subject);
  return status;
}
