/* SPDX-License-Identifier: MIT */
/** @file test_refine.c Candidates that are moved by a network whose mean interval is a known function of g_u. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "estimator/estimator.h"
#include "population/generate.h"
#include "population/population.h"
#include "reconstruct/candidates.h"
#include "reconstruct/predict.h"
#include "reconstruct/refine.h"
#include "support/fixture.h"

Suite *refine_suite(void);

enum { N = 40, N_CHANNELS = 8, N_BASE = 5, N_SPIKES = 41, G_U = 2 * N_CHANNELS + 2 };

/* The network sees (g_u - CENTER) / SPAN, and its mean interval is PERIOD there. */
#define CENTER 8.0
#define SPAN   20.0
#define PERIOD 100.0

/** One tolerance is this much of g_u. */
static const double of_g_u = 0.03;

static made_weights weights;
static dicrec_estimator *estimator;
static dicrec__request request;
static dicrec__candidates candidates;
static dicrec__candidate members[N], before[N];
static dicrec__candidate *pointers[N];

/** Compare with a train of this period from now on. */
static void set_period(double period, bool is_regular) {
  double times[N_SPIKES];
  for (int i = 0; i < N_SPIKES; ++i) times[i] = period * i;
  dicrec__screen_init(&candidates.screen, dicrec__train_of(times, N_SPIKES), 1.0, is_regular);
}

static double tolerance(void) { return candidates.screen.tolerance[DICREC__PATTERN_LOG_MEAN]; }

/** Let the mean interval grow by a tolerance with this much of g_u, and by nothing with 0. */
static void set_network(double for_one) {
  const double slope = for_one == 0.0 ? 0.0 : SPAN * tolerance() / for_one;
  const double at_center = 0.5 * 10.0 * (1.0 + 10.0 / sqrt(101.0));
  float *bias = made_values(&weights, "forward.steady.layer.3.bias");
  bias[DICREC_ACTIVITY_SPIKING] = 20.0F;
  bias[3 + DICREC__PATTERN_LOG_MEAN] = (float)(log(PERIOD) - slope * at_center);
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    bias[3 + DICREC__PATTERN_SIZE + k] = -20.0F;
    made_values(&weights, "forward.least_spread")[k] = 1e-6F;
  }
  made_values(&weights, "forward.input.center")[G_U] = (float)CENTER;
  made_values(&weights, "forward.input.scale")[G_U] = (float)SPAN;
  made_values(&weights, "forward.steady.layer.0.weight")[G_U] = 1.0F;
  made_values(&weights, "forward.steady.layer.0.bias")[0] = 10.0F;
  made_values(&weights, "forward.steady.layer.3.weight")[3 * MADE_FORWARD_HIDDEN] = (float)slope;
  dicrec_estimator_free(estimator);
  estimator = make_estimator(stg, &weights);
  request.forward = dicrec__estimator_forward(estimator);
  request.units = dicrec__estimator_target(estimator);
}

static void setup(void) {
  fixture_setup();
  make_weights(&weights, 1);
  made_forward(&weights, N_CHANNELS);
  request = (dicrec__request){.model = stg};
  dicrec_generate_options_init(&request.population, sizeof request.population);
  candidates = (dicrec__candidates){.context = context, .request = &request};
  set_period(PERIOD, true);
  estimator = NULL;
  set_network(of_g_u);
}

static void teardown(void) {
  dicrec_estimator_free(estimator);
  made_weights_free(&weights);
  fixture_teardown();
}

/** Conductances and DICs of a target and a base draw; false if there are none that are allowed. */
static bool make(double g_s, double g_u, const double *base, dicrec__candidate *made) {
  const double target[2] = {g_s, g_u};
  const uint64_t stream = 0;
  dicrec_population *one = NULL;
  ck_assert_int_ge(dicrec__generate_from(context, stg, target, 1, 1, &stream, base, &request.population, &one), 0);
  const bool is_made = one->status[0] == DICREC_OK;
  memcpy(made->conductances, one->conductances, N_CHANNELS * sizeof(double));
  memcpy(made->dics, one->dics, sizeof made->dics);
  memcpy(made->base, base, N_BASE * sizeof(double));
  dicrec_population_free(one);
  return is_made;
}

/** N candidates around a target, as far as `width` from it in each DIC; those that can be made. */
static void make_candidates(double g_s, double g_u, double width) {
  dicrec__random random;
  dicrec__random_start(&random, 3, DICREC__PURPOSE_POPULATION, 0, 0);
  for (size_t i = 0; i < N;) {
    double normals[N_BASE + 1], place[2];
    for (int k = 0; k < N_BASE + 1; k += 2) dicrec__random_normal_pair(&random, normals + k);
    for (int k = 0; k < 2; ++k) place[k] = width * (2.0 * dicrec__random_uniform(&random) - 1.0);
    members[i] = (dicrec__candidate){.stream = i};
    i += make(g_s + place[0], g_u + place[1], normals, &members[i]);
  }
  for (size_t i = 0; i < N; ++i) pointers[i] = &members[i];
  answers(dicrec__candidates_screen(&candidates, pointers, N), DICREC_OK);
  memcpy(before, members, sizeof before);
}

/** Logarithm of the mean interval that the network predicts, less what the input asks for, in tolerances. */
static double miss_of(const dicrec__candidate *member) {
  dicrec__candidate copy = *member, *pointer = &copy;
  dicrec__prediction prediction;
  answers(dicrec__candidates_predict(&candidates, &pointer, 1, &prediction), DICREC_OK);
  const int k = DICREC__PATTERN_LOG_MEAN;
  return (prediction.mean[k] - candidates.screen.asked[k]) / tolerance();
}

/** A member is what its DICs and its base draw lead to, and its mismatch that of its prediction. */
static void check_sound(const dicrec__candidate *member) {
  dicrec__candidate again = {.stream = 0}, copy = *member, *pointer = &copy;
  ck_assert(make(member->dics[DICREC_DIC_SLOW], member->dics[DICREC_DIC_ULTRASLOW], member->base, &again));
  for (int c = 0; c < N_CHANNELS; ++c)
    ck_assert_double_eq_tol(again.conductances[c], member->conductances[c], 1e-6 * (1.0 + member->conductances[c]));
  answers(dicrec__candidates_screen(&candidates, &pointer, 1), DICREC_OK);
  ck_assert_double_eq_tol(copy.mismatch, member->mismatch, 1e-9);
}

START_TEST(candidates_come_where_the_input_is_predicted) {
  make_candidates(-5.0, CENTER, 1.0);
  double worst = 0.0;
  answers(dicrec__refine(&candidates, pointers, N, NULL), DICREC_OK);
  for (size_t i = 0; i < N; ++i) {
    worst = fmax(worst, fabs(miss_of(&before[i])));
    ck_assert_double_lt(fabs(miss_of(&members[i])), 0.5);
    ck_assert_double_lt(members[i].mismatch, 0.5);
    check_sound(&members[i]);
    ck_assert(members[i].stream == before[i].stream && members[i].noise_std == before[i].noise_std);
  }
  ck_assert_double_gt(worst, 10.0); /* they had far to go */
}
END_TEST

/* What the prediction does not depend on is left nearly as it was, in units that are alike. */
START_TEST(candidates_move_no_farther_than_they_must) {
  make_candidates(-5.0, CENTER, 1.0);
  answers(dicrec__refine(&candidates, pointers, N, NULL), DICREC_OK);
  for (size_t i = 0; i < N; ++i) {
    ck_assert_double_eq_tol(members[i].dics[DICREC_DIC_SLOW], before[i].dics[DICREC_DIC_SLOW], 1e-3);
    for (int k = 0; k < N_BASE; ++k) ck_assert_double_eq_tol(members[i].base[k], before[i].base[k], 1e-3);
  }
}
END_TEST

START_TEST(near_and_far_candidates_stay) {
  make_candidates(-5.0, CENTER, 0.02 * of_g_u);
  answers(dicrec__refine(&candidates, pointers, N, NULL), DICREC_OK);
  ck_assert(memcmp(members, before, sizeof members) == 0);
  set_period(3.0 * PERIOD, true); /* hundreds of tolerances away */
  make_candidates(-5.0, CENTER, 1.0);
  answers(dicrec__refine(&candidates, pointers, N, NULL), DICREC_OK);
  ck_assert(memcmp(members, before, sizeof members) == 0);
}
END_TEST

START_TEST(nothing_moves_where_no_step_helps) {
  set_period(1.05 * PERIOD, true);
  set_network(0.0);
  make_candidates(-5.0, CENTER, 1.0);
  for (size_t i = 0; i < N; ++i) ck_assert(before[i].mismatch > 1.0 && before[i].mismatch < 50.0);
  answers(dicrec__refine(&candidates, pointers, N, NULL), DICREC_OK);
  ck_assert(memcmp(members, before, sizeof members) == 0);
}
END_TEST

START_TEST(nothing_moves_for_an_irregular_input) {
  set_period(PERIOD, false);
  make_candidates(-5.0, CENTER, 1.0);
  answers(dicrec__refine(&candidates, pointers, N, NULL), DICREC_OK);
  ck_assert(memcmp(members, before, sizeof members) == 0);
}
END_TEST

/* A regular input takes noise for too little to be seen: candidates that have some are moved as others are. */
START_TEST(noise_stays_with_those_that_move) {
  make_candidates(-5.0, CENTER, 1.0);
  for (size_t i = 0; i < N; i += 2) members[i].noise_std = 0.1 * (double)(i + 1);
  memcpy(before, members, sizeof before);
  answers(dicrec__refine(&candidates, pointers, N, NULL), DICREC_OK);
  for (size_t i = 0; i < N; ++i) {
    ck_assert_double_eq(members[i].noise_std, before[i].noise_std);
    ck_assert_double_lt(members[i].mismatch, 0.5);
  }
}
END_TEST

/* Predictions that are known to be too large are to be larger by that. */
START_TEST(known_errors_are_undone) {
  static double errors[N][DICREC__PATTERN_SIZE];
  make_candidates(-5.0, CENTER, 1.0);
  for (size_t i = 0; i < N; ++i) errors[i][DICREC__PATTERN_LOG_MEAN] = ((double)i - 20.0) * tolerance();
  answers(dicrec__refine(&candidates, pointers, N, errors[0]), DICREC_OK);
  for (size_t i = 0; i < N; ++i) ck_assert_double_eq_tol(miss_of(&members[i]), (double)i - 20.0, 0.5);
}
END_TEST

/** Whether some neighbour of a member, a little away in one coordinate, cannot be made. */
static bool is_at_an_edge(const dicrec__candidate *member) {
  for (int k = 0; k < 2 * (2 + N_BASE); ++k) {
    const double step = k % 2 == 0 ? 0.05 : -0.05;
    dicrec__candidate near = *member;
    double *place = k / 2 < 2 ? &near.dics[k / 2 == 0 ? DICREC_DIC_SLOW : DICREC_DIC_ULTRASLOW] : &near.base[k / 2 - 2];
    *place += step;
    const double g_s = near.dics[DICREC_DIC_SLOW], g_u = near.dics[DICREC_DIC_ULTRASLOW];
    double base[N_BASE];
    memcpy(base, near.base, sizeof base);
    if (!make(g_s, g_u, base, &near)) return true;
  }
  return false;
}

/** Move candidates around a target, for an input that one at this g_u is predicted to fire: never worse, all members.
 */
static void move_at(double g_s, double g_u, double width, double asked) {
  set_period(PERIOD * exp((asked - CENTER) / of_g_u * tolerance()), true);
  make_candidates(g_s, g_u, width);
  answers(dicrec__refine(&candidates, pointers, N, NULL), DICREC_OK);
  for (size_t i = 0; i < N; ++i) {
    check_sound(&members[i]);
    ck_assert_double_le(fabs(miss_of(&members[i])), fabs(miss_of(&before[i])) + 1e-3);
  }
}

/* With this pair of channels a part of the base draws leads to no allowed conductances. */
START_TEST(infeasible_differences_are_survived) {
  const int32_t pair[] = {dicrec_model_channel_index(stg, "A"), dicrec_model_channel_index(stg, "H")};
  request.population.channels = pair;
  request.population.n_channels = 2;
  size_t n_at_edges = 0, n_better = 0;
  for (int k = 0; k < 16; ++k) {
    const double g_s = -8.0 + 0.25 * k;
    move_at(g_s, CENTER, 0.45, CENTER);
    for (size_t i = 0; i < N; ++i) {
      n_at_edges += is_at_an_edge(&before[i]);
      n_better += members[i].mismatch < 0.5;
    }
  }
  ck_assert_msg(n_at_edges >= 5, "%zu", n_at_edges);
  ck_assert_msg(n_better >= 16 * N * 3 / 4, "%zu", n_better);
}
END_TEST

/* An input that asks for more g_u than its range holds: members go as far as it reaches. */
START_TEST(ranges_are_kept) {
  move_at(-5.0, 19.5, 0.45, 20.5);
  for (size_t i = 0; i < N; ++i) ck_assert_double_eq_tol(members[i].dics[DICREC_DIC_ULTRASLOW], 20.0, 1e-6);
}
END_TEST

START_TEST(what_is_no_number_stays) {
  make_candidates(-5.0, CENTER, 1.0);
  made_values(&weights, "forward.steady.layer.3.weight")[3 * MADE_FORWARD_HIDDEN] = 3e38F; /* products overflow */
  dicrec_estimator *overflowing = make_estimator(stg, &weights);
  request.forward = dicrec__estimator_forward(overflowing);
  answers(dicrec__refine(&candidates, pointers, N, NULL), DICREC_OK);
  ck_assert(memcmp(members, before, sizeof members) == 0);
  answers(dicrec__refine(&candidates, pointers, 0, NULL), DICREC_OK);
  dicrec_estimator_free(overflowing);
}
END_TEST

Suite *refine_suite(void) {
  Suite *suite = suite_create("refine");
  TCase *tests = tcase_create("refine");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, candidates_come_where_the_input_is_predicted);
  tcase_add_test(tests, candidates_move_no_farther_than_they_must);
  tcase_add_test(tests, near_and_far_candidates_stay);
  tcase_add_test(tests, nothing_moves_where_no_step_helps);
  tcase_add_test(tests, nothing_moves_for_an_irregular_input);
  tcase_add_test(tests, noise_stays_with_those_that_move);
  tcase_add_test(tests, known_errors_are_undone);
  tcase_add_test(tests, infeasible_differences_are_survived);
  tcase_add_test(tests, ranges_are_kept);
  tcase_add_test(tests, what_is_no_number_stays);
  suite_add_tcase(suite, tests);
  return suite;
}
