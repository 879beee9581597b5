/* SPDX-License-Identifier: MIT */
/** @file test_reconstruct_many.c Many trains in one call are the same as one by one. */
#include <math.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "support/screening_fixture.h"

Suite *reconstruct_many_suite(void);

enum { N_TRAINS = 7, FEW = 3 /* the train with too few spikes */ };

static dicrec_estimator *estimator;
static dicrec_spikes *trains[N_TRAINS];
static dicrec_simulate_options simulate;

static void setup(void) {
  screening_setup();
  estimator = make_estimator(stg, &weights);
  dicrec_simulate_options_init(&simulate, sizeof simulate);
  simulate.t_end_ms = 700.0;
  for (size_t i = 0; i < N_TRAINS; ++i) {
    trains[i] = NULL;
    set_input(PERIOD + (double)i, 0.0, i == FEW ? 1 : 30);
    trains[i] = input;
    input = NULL;
  }
}

static void teardown(void) {
  for (size_t i = 0; i < N_TRAINS; ++i) dicrec_spikes_free(trains[i]);
  dicrec_estimator_free(estimator);
  screening_teardown();
}

static dicrec_reconstruct_options many_options(int32_t verify, int32_t n_threads) {
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  options.verify = verify;
  options.simulate = &simulate;
  options.max_candidates = 2;
  options.max_drawn = 60;
  options.n_threads = n_threads;
  options.noise = DICREC_NOISE_FIXED;
  options.noise_std = 2.0;
  return options;
}

static void free_all(dicrec_reconstruction **made) {
  for (size_t i = 0; i < N_TRAINS; ++i) dicrec_reconstruction_free(made[i]);
}

static void same_text(const dicrec_reconstruction *made, const char *text) {
  char own[512];
  ck_assert_uint_eq(dicrec_reconstruction_error(made, own, sizeof own), strlen(text));
  ck_assert_str_eq(own, text);
}

static void same_members(const dicrec_reconstruction *a, const dicrec_reconstruction *b) {
  const dicrec_reconstruction_report reports[2] = {report_of(a), report_of(b)};
  ck_assert(memcmp(&reports[0], &reports[1], sizeof reports[0]) == 0);
  double g[2][N * N_CHANNELS], times[2][400];
  copy_members(a, g[0], N);
  copy_members(b, g[1], N);
  ck_assert(same_bytes(g[0], g[1], N * N_CHANNELS));
  for (size_t i = 0; i < N; ++i) {
    const double mismatch[2] = {dicrec_reconstruction_mismatch(a, i), dicrec_reconstruction_mismatch(b, i)};
    ck_assert(same_bytes(&mismatch[0], &mismatch[1], 1));
    const size_t n = dicrec_reconstruction_spike_count(a, i);
    ck_assert_uint_eq(n, dicrec_reconstruction_spike_count(b, i));
    if (reports[0].verified == 0) continue;
    answers(dicrec_reconstruction_copy_spikes(a, i, times[0], 400), DICREC_OK);
    answers(dicrec_reconstruction_copy_spikes(b, i, times[1], 400), DICREC_OK);
    ck_assert(same_bytes(times[0], times[1], n));
  }
}

START_TEST(many_are_the_same_as_one_by_one) {
  for (int32_t verify = 0; verify <= 1; ++verify)
    for (int32_t n_threads = 0; n_threads <= 5; n_threads += 1 + n_threads) {
      const dicrec_reconstruct_options options = many_options(verify, n_threads);
      dicrec_reconstruction *made[N_TRAINS], *one;
      answers(dicrec_reconstruct_many(context, estimator, (const dicrec_spikes *const *)trains, N_TRAINS, N, &options,
                                      made),
              DICREC_W_PARTIAL);
      ck_assert_ptr_nonnull(strstr(error_text(), "1 of 7 trains failed; train 4: the train has 2 spikes"));
      for (size_t i = 0; i < N_TRAINS; ++i) {
        const dicrec_status status = dicrec_reconstruct(context, estimator, trains[i], N, &options, &one);
        ck_assert_int_eq(status, dicrec_reconstruction_status(made[i]));
        same_text(made[i], error_text());
        if (i == FEW) continue;
        ck_assert_int_eq(status, dicrec_reconstruction_status(one));
        same_text(one, error_text());
        same_members(made[i], one);
        dicrec_reconstruction_free(one);
      }
      free_all(made);
    }
}
END_TEST

START_TEST(a_failed_train_holds_a_status_and_a_text_alone) {
  const dicrec_reconstruct_options options = many_options(1, 2);
  dicrec_reconstruction *made[N_TRAINS];
  answers(
      dicrec_reconstruct_many(context, estimator, (const dicrec_spikes *const *)trains, N_TRAINS, N, &options, made),
      DICREC_W_PARTIAL);
  const dicrec_reconstruction *failed = made[FEW];
  ck_assert_int_eq(dicrec_reconstruction_status(failed), DICREC_E_SPIKES);
  same_text(failed, "the train has 2 spikes, at least 3 are needed");
  ck_assert_ptr_null(dicrec_reconstruction_posterior(failed));
  ck_assert_ptr_null(dicrec_reconstruction_population(failed));
  dicrec_reconstruction_report report = {.struct_size = sizeof report};
  dicrec_spike_statistics fired = {.struct_size = sizeof fired};
  double values[N_CHANNELS];
  answers(dicrec_reconstruction_copy_report(failed, &report), DICREC_E_ARGUMENT);
  answers(dicrec_reconstruction_copy_spread_kept(failed, values, N_CHANNELS), DICREC_E_ARGUMENT);
  answers(dicrec_reconstruction_statistics(failed, 0, &fired), DICREC_E_ARGUMENT);
  answers(dicrec_reconstruction_copy_spikes(failed, 0, values, N_CHANNELS), DICREC_E_ARGUMENT);
  ck_assert(isnan(dicrec_reconstruction_mismatch(failed, 0)) && isnan(dicrec_reconstruction_distance(failed, 0)));
  ck_assert_int_eq(dicrec_reconstruction_accepted(failed, 0), 0);
  ck_assert_uint_eq(dicrec_reconstruction_spike_count(failed, 0), 0);
  free_all(made);
  ck_assert_int_eq(dicrec_reconstruction_status(NULL), DICREC_E_ARGUMENT);
  same_text(NULL, "");
}
END_TEST

START_TEST(the_report_tells_the_target) {
  for (int32_t screening = DICREC_SCREENING_AUTO; screening <= DICREC_SCREENING_OFF; ++screening)
    for (int32_t target = DICREC_TARGET_AUTO; target <= DICREC_TARGET_SAMPLE; ++target) {
      dicrec_reconstruct_options options = options_of(screening);
      options.target = target;
      dicrec_reconstruction *made;
      ck_assert_int_ge(dicrec_reconstruct(context, estimator, trains[0], N, &options, &made), 0);
      const int32_t of_auto = screening == DICREC_SCREENING_AUTO ? DICREC_TARGET_SAMPLE : DICREC_TARGET_MEDIAN;
      ck_assert_int_eq(report_of(made).target, target == DICREC_TARGET_AUTO ? of_auto : target);
      dicrec_reconstruction_free(made);
    }
}
END_TEST

/** A call that must answer `expected` and leave nothing. */
static void refused(const dicrec_spikes *const *from, size_t n_members, const dicrec_reconstruct_options *options,
                    dicrec_status expected) {
  dicrec_reconstruction *made[N_TRAINS];
  for (size_t i = 0; i < N_TRAINS; ++i) made[i] = (dicrec_reconstruction *)1;
  answers(dicrec_reconstruct_many(context, estimator, from, N_TRAINS, n_members, options, made), expected);
  for (size_t i = 0; i < N_TRAINS; ++i) ck_assert_ptr_null(made[i]);
  ck_assert_uint_gt(dicrec_context_error(context, NULL, 0), 0);
}

START_TEST(bad_calls_are_refused) {
  const dicrec_spikes *const *from = (const dicrec_spikes *const *)trains;
  dicrec_reconstruct_options options = many_options(0, 257);
  refused(from, N, &options, DICREC_E_RANGE);
  options.n_threads = -1;
  refused(from, N, &options, DICREC_E_RANGE);
  options = many_options(0, 1);
  options.reserved = 1;
  refused(from, N, &options, DICREC_E_OPTION);
  refused(from, 0, NULL, DICREC_E_RANGE);
  options = many_options(0, 1); /* what no train could be made with is no failure of a train */
  population.max_draws = -1;
  refused(from, N, &options, DICREC_E_RANGE);
  population.max_draws = 0;
  simulate.dt_ms = 7.0;
  refused(from, N, &options, DICREC_E_RANGE);
  simulate.dt_ms = 0.0;
  estimate.time_scale = -1.0;
  refused(from, N, &options, DICREC_E_RANGE);
  estimate.time_scale = 0.0;
  refused(NULL, N, NULL, DICREC_E_ARGUMENT);
  const dicrec_spikes *gap[N_TRAINS];
  memcpy(gap, trains, sizeof gap);
  gap[5] = NULL;
  refused(gap, N, NULL, DICREC_E_ARGUMENT);
  ck_assert_str_eq(error_text(), "train 6 of 7 is NULL");
  dicrec_reconstruction *made[N_TRAINS];
  answers(dicrec_reconstruct_many(context, NULL, from, N_TRAINS, N, NULL, made), DICREC_E_ARGUMENT);
  answers(dicrec_reconstruct_many(context, estimator, from, N_TRAINS, N, NULL, NULL), DICREC_E_ARGUMENT);
  answers(dicrec_reconstruct_many(NULL, estimator, from, N_TRAINS, N, NULL, made), DICREC_E_ARGUMENT);
  answers(dicrec_reconstruct_many(context, estimator, NULL, 0, N, NULL, NULL), DICREC_OK);
}
END_TEST

START_TEST(a_cancelled_call_keeps_what_was_done) {
  for (int32_t n_threads = 1; n_threads <= 3; ++n_threads)
    for (int call = 1; call <= 4; ++call) {
      int n_calls = call;
      dicrec_context *own = make_cancelling_context(&n_calls);
      const dicrec_reconstruct_options options = many_options(1, n_threads);
      dicrec_reconstruction *made[N_TRAINS];
      ck_assert_int_eq(
          dicrec_reconstruct_many(own, estimator, (const dicrec_spikes *const *)trains, N_TRAINS, 400, &options, made),
          DICREC_W_PARTIAL);
      size_t n_cancelled = 0;
      for (size_t i = 0; i < N_TRAINS; ++i) {
        const bool is_cancelled = dicrec_reconstruction_status(made[i]) == DICREC_E_CANCELLED;
        n_cancelled += is_cancelled;
        ck_assert_int_eq(dicrec_reconstruction_population(made[i]) == NULL, is_cancelled);
        if (is_cancelled) ck_assert_uint_gt(dicrec_reconstruction_error(made[i], NULL, 0), 0);
        dicrec_reconstruction_free(made[i]);
      }
      ck_assert_uint_gt(n_cancelled, 0);
      ck_assert_uint_gt(dicrec_context_error(own, NULL, 0), 0);
      dicrec_context_free(own);
    }
}
END_TEST

/** An allocator that notices when two threads are in it. */
struct watched_memory {
  atomic_int n_inside, n_overlaps, n_blocks, n_large;
};

static void enter(struct watched_memory *memory) {
  if (atomic_fetch_add(&memory->n_inside, 1) > 0) atomic_fetch_add(&memory->n_overlaps, 1);
}

static void *watched_allocate(void *user, size_t size) {
  struct watched_memory *memory = user;
  enter(memory);
  void *block = malloc(size);
  atomic_fetch_add(&memory->n_blocks, 1);
  if (size >= 20000) atomic_fetch_add(&memory->n_large, 1);
  if (size >= 400000) nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL); /* tables: long enough to be met */
  atomic_fetch_sub(&memory->n_inside, 1);
  return block;
}

static void watched_release(void *user, void *pointer) {
  struct watched_memory *memory = user;
  enter(memory);
  free(pointer);
  atomic_fetch_sub(&memory->n_blocks, 1);
  atomic_fetch_sub(&memory->n_inside, 1);
}

static dicrec_context *watched_context(struct watched_memory *memory) {
  dicrec_context_options own_options;
  dicrec_context_options_init(&own_options, sizeof own_options);
  own_options.allocate = watched_allocate;
  own_options.release = watched_release;
  own_options.allocator_user = memory;
  dicrec_context *own;
  ck_assert_int_eq(dicrec_context_create(&own_options, &own), DICREC_OK);
  return own;
}

/** Reconstruct the first good train `n` times on threads; the objects outlive the context. */
static void reconstruct_watched(struct watched_memory *memory, size_t n, int32_t n_threads) {
  enum { MOST = 60 };
  dicrec_context *own = watched_context(memory);
  const dicrec_reconstruct_options options = many_options(1, n_threads);
  const dicrec_spikes *from[MOST];
  dicrec_reconstruction *made[MOST];
  for (size_t i = 0; i < n; ++i) from[i] = trains[0];
  ck_assert_int_ge(dicrec_reconstruct_many(own, estimator, from, n, N, &options, made), 0);
  dicrec_context_free(own);
  for (size_t i = 0; i < n; ++i) dicrec_reconstruction_free(made[i]);
  ck_assert_int_eq(atomic_load(&memory->n_overlaps), 0);
  ck_assert_int_eq(atomic_load(&memory->n_blocks), 0);
}

START_TEST(the_allocator_is_called_by_one_thread_at_a_time) {
  struct watched_memory memory = {0};
  reconstruct_watched(&memory, 60, 4);
}
END_TEST

START_TEST(the_allocator_of_a_new_model_too) {
  enum { MOST = 8 };
  struct watched_memory memory = {0};
  dicrec_context *own = watched_context(&memory);
  dicrec_model *model;
  dicrec_estimator *own_estimator;
  dicrec_estimator_options own_weights;
  dicrec_estimator_options_init(&own_weights, sizeof own_weights);
  size_t size;
  unsigned char *bytes = made_bytes(&weights, "stg", &size);
  own_weights.weights_data = bytes;
  own_weights.weights_size = size;
  ck_assert_int_eq(dicrec_model_open(own, "stg", &model), DICREC_OK);
  ck_assert_int_eq(dicrec_estimator_create(own, model, &own_weights, &own_estimator), DICREC_OK);
  free(bytes);
  const dicrec_reconstruct_options options = many_options(1, 4); /* the check is its first simulation */
  const dicrec_spikes *from[MOST];
  dicrec_reconstruction *made[MOST];
  for (size_t i = 0; i < MOST; ++i) from[i] = trains[0];
  ck_assert_int_ge(dicrec_reconstruct_many(own, own_estimator, from, MOST, N, &options, made), 0);
  for (size_t i = 0; i < MOST; ++i) dicrec_reconstruction_free(made[i]);
  dicrec_estimator_free(own_estimator);
  dicrec_model_free(model);
  dicrec_context_free(own);
  ck_assert_int_eq(atomic_load(&memory.n_overlaps), 0);
  ck_assert_int_eq(atomic_load(&memory.n_blocks), 0);
}
END_TEST

START_TEST(large_blocks_go_from_train_to_train) {
  struct watched_memory few = {0}, many = {0};
  reconstruct_watched(&few, 2, 1);
  reconstruct_watched(&many, 30, 1);
  ck_assert_int_gt(atomic_load(&few.n_large), 0);
  ck_assert_int_eq(atomic_load(&many.n_large), atomic_load(&few.n_large));
}
END_TEST

static int32_t count_trains(void *user, int64_t done, int64_t total) {
  int64_t *last = user;
  ck_assert_int_eq(total, N_TRAINS);
  ck_assert(done >= *last && done <= total);
  *last = done;
  return 0;
}

START_TEST(progress_counts_trains) {
  for (int32_t n_threads = 1; n_threads <= 3; n_threads += 2) {
    int64_t last = 0;
    dicrec_context_options own_options;
    dicrec_context_options_init(&own_options, sizeof own_options);
    own_options.progress = count_trains;
    own_options.progress_user = &last;
    dicrec_context *own;
    ck_assert_int_eq(dicrec_context_create(&own_options, &own), DICREC_OK);
    const dicrec_reconstruct_options options = many_options(1, n_threads);
    dicrec_reconstruction *made[N_TRAINS];
    const dicrec_spikes *const *from = (const dicrec_spikes *const *)trains;
    ck_assert_int_ge(dicrec_reconstruct_many(own, estimator, from, N_TRAINS, N, &options, made), 0);
    if (n_threads == 1) ck_assert_int_eq(last, N_TRAINS);
    free_all(made);
    dicrec_context_free(own);
  }
}
END_TEST

Suite *reconstruct_many_suite(void) {
  Suite *suite = suite_create("reconstruct_many");
  TCase *tests = tcase_create("reconstruct_many");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 240.0);
  tcase_add_test(tests, many_are_the_same_as_one_by_one);
  tcase_add_test(tests, a_failed_train_holds_a_status_and_a_text_alone);
  tcase_add_test(tests, the_report_tells_the_target);
  tcase_add_test(tests, bad_calls_are_refused);
  tcase_add_test(tests, a_cancelled_call_keeps_what_was_done);
  tcase_add_test(tests, the_allocator_is_called_by_one_thread_at_a_time);
  tcase_add_test(tests, the_allocator_of_a_new_model_too);
  tcase_add_test(tests, large_blocks_go_from_train_to_train);
  tcase_add_test(tests, progress_counts_trains);
  suite_add_tcase(suite, tests);
  return suite;
}
