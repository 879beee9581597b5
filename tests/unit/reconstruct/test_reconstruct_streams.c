/* SPDX-License-Identifier: MIT */
/** @file test_reconstruct_streams.c Draws belong to a train and a candidate alone, and what members fired is repeated.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "estimator/estimator.h"
#include "reconstruct/diversity.h"
#include "spikes/spikes.h"
#include "support/screening_fixture.h"

Suite *reconstruct_streams_suite(void);

enum { N_TRAINS = 200, N_EACH = 4, CAPACITY = 4000 };

static int by_value(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void all_different(double *values, size_t n) {
  qsort(values, n, sizeof *values, by_value);
  for (size_t i = 1; i < n; ++i) ck_assert_double_gt(values[i], values[i - 1]);
}

/** What a population tells: conductances [n][N_CHANNELS] and streams [n]. */
static void copy_population(const dicrec_reconstruction *made, size_t n, double *g, uint64_t *streams) {
  copy_members(made, g, n);
  answers(dicrec_population_copy_streams(dicrec_reconstruction_population(made), streams, n), DICREC_OK);
}

/* Trains that differ by a microsecond in one spike, and one train in other company. */
START_TEST(trains_have_draws_of_their_own) {
  for (int32_t screening = DICREC_SCREENING_AUTO; screening <= DICREC_SCREENING_OFF; ++screening) {
    static double sodium[N_TRAINS * N_EACH], numbers[N_TRAINS * N_EACH];
    const dicrec_reconstruct_options options = options_of(screening);
    dicrec_estimator *estimator = make_estimator(stg, &weights);
    for (size_t i = 0; i < N_TRAINS; ++i) {
      double g[N_EACH * N_CHANNELS];
      uint64_t streams[N_EACH];
      set_input(PERIOD + 1e-3 * (double)i, 0.0, 30);
      dicrec_reconstruction *made;
      ck_assert_int_ge(dicrec_reconstruct(context, estimator, input, N_EACH, &options, &made), DICREC_OK);
      ck_assert_uint_eq(dicrec_population_valid_count(dicrec_reconstruction_population(made)), N_EACH);
      copy_population(made, N_EACH, g, streams);
      for (size_t k = 0; k < N_EACH; ++k) {
        sodium[N_EACH * i + k] = g[k * N_CHANNELS];
        numbers[N_EACH * i + k] = (double)streams[k];
        ck_assert(streams[k] < (uint64_t)1 << 53);
      }
      dicrec_reconstruction_free(made);
    }
    dicrec_estimator_free(estimator);
    all_different(sodium, N_TRAINS * N_EACH);
    all_different(numbers, N_TRAINS * N_EACH);
  }
}
END_TEST

START_TEST(a_train_is_known_by_its_content) {
  static const double in_ms[] = {0.0, 1000.0, 2500.0, 4000.0}, in_s[] = {-0.0, 1.0, 2.5, 4.0};
  static const double moved[] = {0.0, 1000.0, 2500.0, 4000.0000001};
  static const int64_t samples[] = {0, 10, 25, 40};
  const dicrec_spikes_options seconds = {.struct_size = sizeof seconds, .unit = DICREC_TIME_S};
  dicrec_spikes *spikes[5];
  answers(dicrec_spikes_create(context, in_ms, 4, NULL, &spikes[0]), DICREC_OK);
  answers(dicrec_spikes_create(context, in_s, 4, &seconds, &spikes[1]), DICREC_OK);
  answers(dicrec_spikes_create_from_samples(context, samples, 4, 10.0, NULL, &spikes[2]), DICREC_OK);
  answers(dicrec_spikes_create(context, moved, 4, NULL, &spikes[3]), DICREC_OK);
  answers(dicrec_spikes_create(context, in_ms, 3, NULL, &spikes[4]), DICREC_OK);
  uint64_t keys[5];
  for (int i = 0; i < 5; ++i) keys[i] = dicrec__spikes_key(spikes[i]);
  ck_assert(keys[0] == keys[1] && keys[0] == keys[2]);
  ck_assert(keys[0] != keys[3] && keys[0] != keys[4] && keys[3] != keys[4]);
  for (int i = 0; i < 5; ++i) dicrec_spikes_free(spikes[i]);
}
END_TEST

/* The base draw and the target of a member belong to its stream. */
START_TEST(members_are_drawn_from_their_streams) {
  for (int32_t target = DICREC_TARGET_MEDIAN; target <= DICREC_TARGET_SAMPLE; ++target) {
    population.seed = 7;
    dicrec_reconstruct_options options = options_of(DICREC_SCREENING_OFF);
    options.target = target;
    dicrec_reconstruction *made = reconstruct(&options, N, DICREC_OK);
    const dicrec_posterior *posterior = dicrec_reconstruction_posterior(made);
    double g[N * N_CHANNELS], repeated[N_CHANNELS], point[2];
    uint64_t streams[N];
    copy_population(made, N, g, streams);
    for (size_t i = 0; i < N; ++i) {
      dicrec_generate_options own = population;
      own.first_member = streams[i];
      answers(dicrec_posterior_quantile(posterior, 0.5, 2, point), DICREC_OK);
      if (target == DICREC_TARGET_SAMPLE) dicrec__posterior_sample_at(posterior, 7, streams[i], point);
      dicrec_population *one;
      answers(dicrec_generate(context, stg, point, 1, 2, 1, &own, &one), DICREC_OK);
      answers(dicrec_population_copy_conductances(one, DICREC_STAGE_FINAL, repeated, N_CHANNELS), DICREC_OK);
      ck_assert(same_bytes(g + i * N_CHANNELS, repeated, N_CHANNELS));
      dicrec_population_free(one);
    }
    dicrec_reconstruction_free(made);
  }
}
END_TEST

/** Simulate the members as the reconstruction and its population say, `n` from the one numbered `first` on. */
static void repeat(const dicrec_reconstruction *made, const dicrec_simulate_options *check, size_t first, size_t n) {
  const dicrec_reconstruction_report report = report_of(made);
  const dicrec_population *members = dicrec_reconstruction_population(made);
  double g[N * N_CHANNELS], noise_std[N], times[2][CAPACITY];
  uint64_t streams[N];
  copy_population(made, N, g, streams);
  answers(dicrec_population_copy_noise_std(members, noise_std, N), DICREC_OK);
  dicrec_simulate_options options;
  dicrec_simulate_options_init(&options, sizeof options);
  options.t_end_ms = report.t_end_ms;
  options.t_skip_ms = report.t_skip_ms;
  options.time_scale = dicrec_population_time_scale(members);
  options.member_noise_std = noise_std + first;
  options.member_streams = streams + first;
  options.seed = check->seed;
  dicrec_simulation *simulation;
  answers(dicrec_simulate(context, stg, g + first * N_CHANNELS, n, &options, &simulation), DICREC_OK);
  for (size_t i = 0; i < n; ++i) {
    const size_t n_spikes = dicrec_simulation_spike_count(simulation, i);
    ck_assert_uint_eq(n_spikes, dicrec_reconstruction_spike_count(made, first + i));
    answers(dicrec_simulation_copy_spikes(simulation, i, times[0], CAPACITY), DICREC_OK);
    answers(dicrec_reconstruction_copy_spikes(made, first + i, times[1], CAPACITY), DICREC_OK);
    ck_assert(n_spikes > 0 && same_bytes(times[0], times[1], n_spikes));
  }
  dicrec_simulation_free(simulation);
}

START_TEST(trains_of_verified_members_can_be_repeated) {
  for (int k = 0; k < 6; ++k) {
    dicrec_simulate_options check;
    dicrec_simulate_options_init(&check, sizeof check);
    check.seed = 11;
    if (k >= 4) {
      check.t_end_ms = 1500.0;
      check.t_skip_ms = 300.0;
    }
    estimate.time_scale = k == 2 || k == 3 ? 2.5 : 1.0;
    check.time_scale = k == 3 ? 2.5 : 1.0; /* the same said twice */
    set_input(PERIOD * estimate.time_scale, 0.0, 30);
    dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
    options.verify = 1;
    options.simulate = &check;
    options.max_candidates = 4;                                          /* several rounds */
    options.noise = k % 2 == 0 ? DICREC_NOISE_FIXED : DICREC_NOISE_AUTO; /* the latter: of each its own, maybe none */
    options.noise_std = k % 2 == 0 ? 3.0 : 0.0;
    made_noise(&weights, 0.3, log(3.0), 0.5);
    dicrec_estimator *estimator = make_estimator(stg, &weights);
    dicrec_reconstruction *made;
    ck_assert_int_ge(dicrec_reconstruct(context, estimator, input, N, &options, &made), 0);
    ck_assert_int_gt(report_of(made).n_simulated, N);
    ck_assert_double_eq(dicrec_population_time_scale(dicrec_reconstruction_population(made)), estimate.time_scale);
    repeat(made, &check, 0, N);
    repeat(made, &check, 0, 3); /* and of a part of them */
    repeat(made, &check, 5, N - 5);
    dicrec_reconstruction_free(made);
    dicrec_estimator_free(estimator);
  }
}
END_TEST

/* By mismatch; equals, also the infinite ones, by stream: no two candidates have the same place. */
START_TEST(the_nearest_come_first) {
  static const double mismatches[] = {2.0, (double)INFINITY, 0.5, 1.0};
  for (size_t n = 0; n <= 70; ++n) {
    dicrec__candidate candidates[70];
    size_t order[70];
    for (size_t i = 0; i < n; ++i)
      candidates[i] = (dicrec__candidate){
          .mismatch = mismatches[i % 4], .stream = dicrec__random_stream(n, i), .dics = {(double)i}};
    dicrec__nearest_order(candidates, n, order);
    for (size_t i = 0; i < n; ++i) {
      const size_t from = (size_t)candidates[i].dics[0]; /* whole candidates are moved */
      ck_assert_double_eq(candidates[i].mismatch, mismatches[from % 4]);
      ck_assert(candidates[i].stream == dicrec__random_stream(n, from));
      if (i == 0) continue;
      ck_assert_double_le(candidates[i - 1].mismatch, candidates[i].mismatch);
      if (candidates[i - 1].mismatch == candidates[i].mismatch)
        ck_assert(candidates[i - 1].stream < candidates[i].stream);
    }
  }
}
END_TEST

START_TEST(choosing_the_diverse_can_be_cancelled) {
  enum { MANY = 2000 };
  dicrec__candidate *candidates = calloc(MANY, sizeof *candidates);
  double *nearest = calloc(MANY, sizeof *nearest), deviations[N_CHANNELS] = {1.0};
  for (size_t i = 0; i < MANY; ++i) candidates[i].conductances[0] = (double)(i * i % 997);
  for (int calls = 1; calls <= 3; ++calls) {
    int n_calls = calls;
    dicrec_context *own = make_cancelling_context(&n_calls);
    ck_assert_int_eq(dicrec__diversity_order(own, candidates, MANY, MANY, deviations, N_CHANNELS, nearest),
                     DICREC_E_CANCELLED);
    ck_assert_uint_gt(dicrec_context_error(own, NULL, 0), 0);
    dicrec_context_free(own);
  }
  answers(dicrec__diversity_order(context, candidates, MANY, MANY, deviations, N_CHANNELS, nearest), DICREC_OK);
  free(nearest);
  free(candidates);
}
END_TEST

Suite *reconstruct_streams_suite(void) {
  Suite *suite = suite_create("reconstruct_streams");
  TCase *tests = tcase_create("reconstruct_streams");
  tcase_add_checked_fixture(tests, screening_setup, screening_teardown);
  tcase_set_timeout(tests, 240.0);
  tcase_add_test(tests, trains_have_draws_of_their_own);
  tcase_add_test(tests, a_train_is_known_by_its_content);
  tcase_add_test(tests, members_are_drawn_from_their_streams);
  tcase_add_test(tests, trains_of_verified_members_can_be_repeated);
  tcase_add_test(tests, the_nearest_come_first);
  tcase_add_test(tests, choosing_the_diverse_can_be_cancelled);
  suite_add_tcase(suite, tests);
  return suite;
}
