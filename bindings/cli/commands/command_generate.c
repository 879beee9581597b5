/* SPDX-License-Identifier: MIT */
/**
 * @file command_generate.c
 * dicrec generate: a target of dynamic input conductances to a population.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/option_rows.h"
#include "tables/decimal.h"
#include "tables/member_rows.h"

static const option_spec OPTIONS[] = {
    OPTION_ROW_MODEL,
    {.name = "gs",
     .kind = OPTION_NUMBER,
     .traits = OPTION_REQUIRED,
     .value = "X",
     .help = "slow DIC of every member at the model's threshold"},
    {.name = "gu",
     .kind = OPTION_NUMBER,
     .traits = OPTION_REQUIRED,
     .value = "Y",
     .help = "ultraslow DIC of every member at the model's threshold"},
    OPTION_ROW_MEMBERS("members of the population"),
    OPTION_ROW_SEED("seed; a member depends on it and on its number alone"),
    OPTION_ROW_FIRST_MEMBER(generate, NULL, "members of other parts of the population that come before these"),
    {.name = "channels",
     .kind = OPTION_TEXT,
     .value = "A,B",
     .help = "the two channels to solve for the target, instead of the model's rule"},
    {.name = "range",
     .kind = OPTION_TEXT,
     .traits = OPTION_REPEATED,
     .value = "C=LOW:HIGH",
     .help = "range of a channel's base draw in mS/cm2, instead of the model's"},
    {.name = "leak",
     .kind = OPTION_CHOICE,
     .value = "LAW",
     .words = LEAK_WORDS,
     OPTION_SETS(generate, leak_law),
     .help = "law of the leak conductance"},
    OPTION_ROW_THREADS,
    OPTION_ROW_OUTPUT,
    OPTION_ROW_QUIET,
    OPTION_ROW_HELP,
    OPTION_ROW_END};

/* Index of the channel that the first `length` characters name. */
static int32_t channel_index(const session *work, const char *option, const char *name, size_t length) {
  text_buffer names = {0};
  text_buffer wanted = {0};
  text_buffer_append(&wanted, name, length);
  int32_t index = dicrec_model_channel_index(work->model, wanted.bytes);
  for (size_t i = 0; index < 0 && i < dicrec_model_channel_count(work->model); ++i)
    text_buffer_format(&names, "%s%s", i > 0 ? ", " : "", dicrec_model_channel_name(work->model, i));
  if (index < 0)
    fail_usage(work->given->command, "option --%s: '%s' is not one of the channels %s", option, wanted.bytes,
               names.bytes);
  text_buffer_free(&wanted);
  return index;
}

/* The pair of --channels; `pair` must live as long as the options. */
static void set_channels(const session *work, int32_t *pair, dicrec_generate_options *options) {
  const char *text = argument_text(work->given, "channels");
  if (text == NULL) return;
  const char *comma = strchr(text, ',');
  if (comma == NULL || strchr(comma + 1, ',') != NULL)
    fail_usage(work->given->command, "option --channels: '%s' is not two channels, such as A,H", text);
  pair[0] = channel_index(work, "channels", text, (size_t)(comma - text));
  pair[1] = channel_index(work, "channels", comma + 1, strlen(comma + 1));
  if (pair[0] == pair[1]) fail_usage(work->given->command, "option --channels: '%s' names one channel twice", text);
  options->channels = pair;
  options->n_channels = 2;
}

/* A range that was given for a channel. */
typedef struct given_range {
  int32_t channel;
  double range[2];
} given_range;

/* Read "Kd=70:140". */
static given_range read_range(const session *work, const char *text) {
  const char *equals = strchr(text, '='), *end;
  given_range given;
  bool is_good = equals != NULL && decimal_prefix(equals + 1, &end, &given.range[0]) && *end == ':' &&
                 decimal_number(end + 1, &given.range[1]) && islessequal(given.range[0], given.range[1]);
  if (!is_good) fail_usage(work->given->command, "option --range: '%s' is not CHANNEL=LOW:HIGH with LOW <= HIGH", text);
  given.channel = channel_index(work, "range", text, (size_t)(equals - text));
  return given;
}

/* [n_channels][2] ranges with those that were given, or NULL. */
static double *make_ranges(const session *work) {
  const option_value *value = NULL;
  while ((value = argument_next(work->given, "range", value)) != NULL) read_range(work, value->text); /* all or none */
  if (!argument_given(work->given, "range")) return NULL;
  size_t n = dicrec_model_channel_count(work->model);
  double *ranges = allocate(n, 2 * sizeof *ranges);
  for (size_t channel = 0; channel < n; ++channel)
    session_require(work, dicrec_model_conductance_range(work->model, channel, ranges + 2 * channel), "range");
  while ((value = argument_next(work->given, "range", value)) != NULL) {
    given_range given = read_range(work, value->text);
    memcpy(ranges + 2 * given.channel, given.range, sizeof given.range);
  }
  return ranges;
}

static int run(const arguments *given) {
  session work;
  session_open(&work, given);
  double *ranges = make_ranges(&work);
  dicrec_generate_options options;
  dicrec_generate_options_init(&options, sizeof options);
  arguments_fill(given, STRUCT_generate, &options);
  options.n_threads = work.n_threads;
  options.seed = argument_count(given, "seed");
  options.ranges = ranges;
  int32_t pair[2];
  set_channels(&work, pair, &options);
  double target[2] = {argument_number(given, "gs"), argument_number(given, "gu")};
  dicrec_population *population = NULL;
  session_begin_work();
  dicrec_status made = dicrec_generate(work.context, work.model, target, 1, 2, (size_t)argument_count(given, "members"),
                                       &options, &population);
  session_require(&work, made, "population");
  session_warn_of(&work, made);
  member_rows_header(&work, false);
  member_rows_append(&work, "1", population, options.first_member, made == DICREC_W_RANGE ? made : DICREC_OK, NULL);
  int exit_status = session_finish(&work, NULL, NULL);
  dicrec_population_free(population);
  free(ranges);
  return exit_status;
}

const command_spec command_generate = {
    .name = "generate",
    .summary = "Draw a population of models whose dynamic input conductances (DICs) equal a target.",
    .details =
        "Out: ID,member,g_<channel>...,g_s,g_u,time_scale,noise_std,stream,status; conductances in mS/cm2, ID is 1.\n"
        "     A population in parts: -n 500, and -n 500 --first-member 500, hold the members of -n 1000.\n"
        "Members of a target outside the published range of the model are marked W_RANGE.\n"
        "Exit status: 0; 1 if a member failed (its status says why); 2 if nothing was written.",
    .options = OPTIONS,
    .run = run};
