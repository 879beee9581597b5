/* SPDX-License-Identifier: MIT */
/**
 * @file command_reconstruct.c
 * dicrec reconstruct: spike trains to degenerate populations.
 */
#include <stdlib.h>

#include "commands/commands.h"
#include "commands/option_rows.h"
#include "plot/picture.h"
#include "tables/member_rows.h"
#include "tables/report_rows.h"
#include "tables/spike_file.h"
#include "tables/train_block.h"

static const option_spec OPTIONS[] = {
    OPTION_ROW_MODEL,
    OPTION_ROW_MEMBERS("members of each population"),
    OPTION_ROW_SEED("seed; a train's members depend on it and on the train, not on the other rows"),
    {.name = "target",
     .kind = OPTION_CHOICE,
     .value = "T",
     .words = TARGET_WORDS,
     OPTION_SETS(reconstruct, target),
     .help = "where the DICs of the members come from"},
    OPTION_ROW_AUTO_SCALE,
    {.name = "screening",
     .kind = OPTION_CHOICE,
     .value = "S",
     .words = SCREENING_WORDS,
     OPTION_SETS(reconstruct, screening),
     .help = "whether candidates are screened by what a forward network predicts that they fire"},
    {.name = "max-drawn",
     .kind = OPTION_COUNT,
     .value = "N",
     OPTION_SETS(reconstruct, max_drawn),
     .help = "screening: candidates to draw for each member, until the search ends; twice as many with --verify"},
    {.name = "selection",
     .kind = OPTION_CHOICE,
     .value = "S",
     .words = SELECTION_WORDS,
     OPTION_SETS(reconstruct, selection),
     .help = "which of the candidates that match become members"},
    {.name = "noise",
     .kind = OPTION_NUMBER,
     .value = "X",
     .words = NOISE_WORDS,
     .word_limits = LIMITS_OF(reconstruct, noise),
     OPTION_SETS(reconstruct, noise_std),
     .help = "noise current of the members, standard deviation as 'simulate' has it; auto: each member's own, drawn "
             "from the posterior with its DICs, maybe none; off: none"},
    {.name = "verify",
     .kind = OPTION_FLAG,
     .field = FIELD_OF(reconstruct, verify),
     .help = "simulate candidates, keep those that fire like the input; adds columns"},
    {.name = "max-candidates",
     .kind = OPTION_COUNT,
     .value = "N",
     OPTION_SETS(reconstruct, max_candidates),
     .help = "--verify: candidates to simulate for each member, until the search ends"},
    {.name = "rate-tolerance",
     .kind = OPTION_NUMBER,
     .value = "X",
     OPTION_SETS(reconstruct, rate_tolerance),
     .help = "--verify: relative difference of the mean rate that is accepted"},
    {.name = "burst-tolerance",
     .kind = OPTION_NUMBER,
     .value = "X",
     OPTION_SETS(reconstruct, burst_tolerance),
     .help = "--verify: difference in spikes per burst that is accepted"},
    {.name = "max-wall",
     .kind = OPTION_NUMBER,
     .value = "X",
     OPTION_SETS(reconstruct, max_wall_s),
     .help = "limit of the time that a train takes, whose search then ends with what it has found; 0: none"},
    {.name = "report",
     .kind = OPTION_TEXT,
     .traits = OPTION_WRITTEN,
     .value = "FILE",
     .help = "write one row per train there: how the search ended, how much of the spread was kept, the noise, and "
             "what to know before the members are believed"},
    {.name = "plot",
     .kind = OPTION_TEXT,
     .traits = OPTION_WRITTEN,
     .value = "FILE",
     .help = "draw one train and its population (.svg, .pdf or .png); implies --verify"},
    {.name = "plot-id", .kind = OPTION_TEXT, .value = "ID", .help = "the train to draw, instead of the first"},
    OPTION_ROW_UNIT,
    OPTION_ROW_WEIGHTS,
    OPTION_ROW_THREADS,
    OPTION_ROW_OUTPUT,
    OPTION_ROW_QUIET,
    OPTION_ROW_HELP,
    OPTION_ROW_END};

enum { BLOCK_MEMBERS = 1 << 14, MIN_BLOCK_ROWS = 16 };

/* A reconstruct command at work. */
typedef struct reconstruct_job {
  session work;
  spike_file file;
  dicrec_estimator *estimator;
  dicrec_estimate_options estimate;
  dicrec_generate_options population;
  dicrec_simulate_options simulate;
  dicrec_reconstruct_options options;
  size_t plot_row; /* the row to draw; n_rows: none */
  text_buffer picture, report;
} reconstruct_job;

/* A number is a fixed noise, and so is "off", of 0. */
static void set_options(reconstruct_job *job, const arguments *given) {
  session_estimate_options(&job->work, &job->estimate);
  dicrec_generate_options_init(&job->population, sizeof job->population);
  dicrec_simulate_options_init(&job->simulate, sizeof job->simulate);
  dicrec_reconstruct_options_init(&job->options, sizeof job->options);
  job->options.seed = argument_count(given, "seed");
  arguments_fill(given, STRUCT_reconstruct, &job->options);
  const option_word *noise = argument_word(given, "noise");
  job->options.noise = noise != NULL ? noise->value : DICREC_NOISE_FIXED;
  if (argument_given(given, "plot")) job->options.verify = 1;
  job->options.estimate = &job->estimate;
  job->options.generate = &job->population;
  job->options.simulate = job->options.verify ? &job->simulate : NULL;
}

/* The rows of one train; `found` is NULL if there is no train. */
static void append_train(reconstruct_job *job, const train_block *block, size_t i, const dicrec_reconstruction *found) {
  session *work = &job->work;
  const char *id = spike_file_id(&job->file, block->first + i);
  bool is_verified = job->options.verify != 0;
  dicrec_status status = found != NULL ? dicrec_reconstruction_status(found) : block->status[i];
  text_buffer problem = {0};
  if (found != NULL && status < 0) append_reconstruction_error(&problem, found);
  const char *detail = found != NULL ? problem.bytes : block->problems[i].bytes;
  session_require_row(work, status);
  const bool is_of_input = status == DICREC_W_SUPPORT || status == DICREC_W_REMARK;
  if (status < 0) member_rows_failed(work, is_verified, id, status, detail);
  else
    member_rows_append(work, id, dicrec_reconstruction_population(found), 0, is_of_input ? status : DICREC_OK,
                       is_verified ? found : NULL);
  if (status >= 0 && block->first + i == job->plot_row)
    picture_draw(work, id, block->trains[block->positions[i]], &job->options, found, &job->picture);
  if (argument_given(work->given, "report"))
    report_rows_append(work, &job->report, id, status >= 0 ? found : NULL, status, detail);
  text_buffer_free(&problem);
}

/* Threads go to trains; those that are more than there are trains work on each. */
static void share_threads(reconstruct_job *job, size_t n_trains) {
  size_t n_threads = (size_t)job->work.n_threads, n_at_once = n_trains < n_threads ? n_trains : n_threads;
  job->options.n_threads = (int32_t)n_at_once;
  job->population.n_threads = n_at_once > 0 ? (int32_t)(n_threads / n_at_once) : 1;
  job->simulate.n_threads = job->population.n_threads;
}

static void reconstruct_block(reconstruct_job *job, const train_block *block) {
  session *work = &job->work;
  dicrec_reconstruction **found = allocate(block->n_trains, sizeof(dicrec_reconstruction *));
  share_threads(job, block->n_trains);
  session_require(work,
                  dicrec_reconstruct_many(work->context, job->estimator, train_block_trains(block), block->n_trains,
                                          (size_t)argument_count(work->given, "members"), &job->options, found),
                  "stopped");
  for (size_t i = 0; i < block->n; ++i)
    append_train(job, block, i, block->positions[i] != NO_TRAIN ? found[block->positions[i]] : NULL);
  for (size_t i = 0; i < block->n_trains; ++i) dicrec_reconstruction_free(found[i]);
  free(found);
}

/* Rows whose members are worth a call and small enough to hold. */
static size_t block_rows(const arguments *given) {
  uint64_t n = BLOCK_MEMBERS / argument_count(given, "members");
  return n < MIN_BLOCK_ROWS ? MIN_BLOCK_ROWS : (size_t)n;
}

/* Write the table and what else was asked for. */
static int finish(reconstruct_job *job) {
  const output_file files[] = {{.path = argument_text(job->work.given, "plot"), .content = &job->picture},
                               {.path = argument_text(job->work.given, "report"), .content = &job->report}};
  if (files[0].path != NULL && files[0].content->length == 0)
    session_warn(&job->work, "there is no population to draw; '%s' is not written", files[0].path);
  output_file extras[2];
  size_t n_extras = 0;
  for (size_t i = 0; i < 2; ++i)
    if (files[i].content->length > 0) extras[n_extras++] = files[i];
  return session_finish_with(&job->work, extras, n_extras);
}

static int run(const arguments *given) {
  reconstruct_job job = {0};
  picture_check(given);
  session_open(&job.work, given);
  job.estimator = session_open_estimator(&job.work);
  set_options(&job, given);
  spike_file_read(&job.file, &job.work);
  job.plot_row = picture_row(&job.file, given);
  member_rows_header(&job.work, job.options.verify != 0);
  if (argument_given(given, "report")) report_rows_header(&job.work, &job.report);
  train_block block = {0};
  while (train_block_next(&block, &job.file, &job.work, block_rows(given))) reconstruct_block(&job, &block);
  int exit_status = finish(&job);
  text_buffer_free(&job.picture);
  text_buffer_free(&job.report);
  spike_file_free(&job.file);
  dicrec_estimator_free(job.estimator);
  return exit_status;
}

const command_spec command_reconstruct = {
    .name = "reconstruct",
    .operand = "SPIKES",
    .summary = "Turn spike trains into populations of models that share the train's dynamic input conductances.",
    .details =
        "In:  ID,spiking_times, such as 1,\"[12.3, 45.6]\", and maybe start,stop, when it was observed, in the unit\n"
        "     of the spikes; other columns are ignored.\n"
        "Out: ID,member,g_<channel>...,g_s,g_u,time_scale,noise_std,stream,status; conductances in mS/cm2.\n"
        "     'simulate' uses what stands before status. With --verify also distance (squared van Rossum\n"
        "     distance to the input in 1/ms), accepted, and what the member fired: "
        "rate_hz,isi_cv,spikes_per_burst,burst_hz.\n"
        "Candidates are screened by what a forward network predicts that they fire, unless --screening off;\n"
        "members that match come first, the others are W_REJECTED.\n"
        "Exit status: 0; 1 if a row failed or was rejected (its status says why); 2 if nothing was written.",
    .options = OPTIONS,
    .run = run};
