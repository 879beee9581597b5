/* SPDX-License-Identifier: MIT */
/**
 * @file 03_errors_and_options.c
 * What happens when something is wrong, and how the library is fitted into a larger program.
 */
#include <dicrec.h>
#include <stdio.h>
#include <stdlib.h>

/* An allocator of one's own, here one that counts what is in use; it may keep its books anywhere. */
static void *allocate(void *user, size_t size) {
  ++*(int *)user;
  return malloc(size);
}

static void release(void *user, void *pointer) {
  --*(int *)user;
  free(pointer);
}

/* The library never prints; whoever wants its messages takes them here. */
static void log_message(void *user, int32_t level, const char *message) {
  fprintf(user, "  log, level %d: %s\n", (int)level, message);
}

/* Called between pieces of work. A result other than 0 cancels the call, which keeps what it did for many things (a
 * population, say), and answers W_PARTIAL; of one thing nothing is kept, and the answer is E_CANCELLED. */
static int32_t watch(void *user, int64_t done, int64_t total) {
  const int *is_cancelled = user;
  (void)done, (void)total; /* for a progress bar */
  return *is_cancelled;
}

/* Say what was tried and what came of it. The context keeps the text of the last call that received it. */
static void report(dicrec_context *context, const char *attempt, dicrec_status status) {
  char text[256];
  dicrec_context_error(context, text, sizeof text);
  printf("%s\n  %s (%s)\n  %s\n", attempt, dicrec_status_name(status), dicrec_status_text(status), text);
}

/* Each of these fails, names the offending value, and leaves NULL behind: nothing to free. */
static void show_wrong_inputs(dicrec_context *context, const dicrec_model *model) {
  dicrec_model *unknown = NULL;
  report(context, "an unknown model", dicrec_model_open(context, "squid", &unknown));

  const double unordered_ms[] = {10, 30, 20};
  dicrec_spikes *spikes = NULL;
  report(context, "unordered spikes", dicrec_spikes_create(context, unordered_ms, 3, NULL, &spikes));

  const double target[] = {-6, 6};
  dicrec_population *population = NULL;
  dicrec_generate_options options;
  dicrec_generate_options_init(&options, sizeof options); /* always first: sets the size and the defaults */
  options.n_threads = 100000;
  report(context, "too many threads", dicrec_generate(context, model, target, 1, 2, 4, &options, &population));
}

/* A positive status comes with a result. Members with negative conductances are drawn again; one draw is too few. */
static dicrec_status show_partial_result(dicrec_context *context, const dicrec_model *model) {
  const double target[] = {-8, 6};
  dicrec_population *population = NULL;
  dicrec_generate_options options;
  dicrec_generate_options_init(&options, sizeof options);
  options.max_draws = 1;
  const int32_t pair[] = {dicrec_model_channel_index(model, "CaS"), dicrec_model_channel_index(model, "A")};
  options.channels = pair; /* compensate by these two, and by no other pair */
  options.n_channels = 2;
  const dicrec_status status = dicrec_generate(context, model, target, 1, 2, 8, &options, &population);
  report(context, "a small budget", status);
  for (size_t i = 0; i < dicrec_population_member_count(population); ++i)
    printf("  member %zu: %s\n", i, dicrec_status_name(dicrec_population_status(population, i)));
  dicrec_population_free(population);
  return status;
}

static void show_cancelling(dicrec_context *context, const dicrec_model *model, int *is_cancelled) {
  const double target[] = {-6, 6};
  dicrec_population *population = NULL;
  *is_cancelled = 1;
  report(context, "cancelled by the caller", dicrec_generate(context, model, target, 1, 2, 10000, NULL, &population));
  *is_cancelled = 0;
  dicrec_population_free(population); /* NULL is ignored */
}

int main(void) {
  int n_blocks = 0, is_cancelled = 0;
  dicrec_context_options options;
  dicrec_context_options_init(&options, sizeof options);
  options.allocate = allocate;
  options.release = release;
  options.allocator_user = &n_blocks;
  options.log = log_message;
  options.log_user = stdout;
  options.progress = watch;
  options.progress_user = &is_cancelled;

  dicrec_context *context = NULL;
  dicrec_model *model = NULL;
  dicrec_status status = dicrec_context_create(&options, &context);
  if (status == DICREC_OK) status = dicrec_model_open(context, "stg", &model);
  if (status == DICREC_OK) {
    show_wrong_inputs(context, model);
    status = show_partial_result(context, model);
    show_cancelling(context, model, &is_cancelled);
  }
  dicrec_model_free(model);
  dicrec_context_free(context);
  printf("%d blocks of memory left\n", n_blocks);
  return status < 0 || n_blocks != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
