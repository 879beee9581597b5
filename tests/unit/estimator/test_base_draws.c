/* SPDX-License-Identifier: MIT */
/** @file test_base_draws.c Members that are made of the coordinates of a base draw, and what these coordinates are. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/random.h"
#include "population/generate.h"
#include "population/member.h"
#include "population/population.h"
#include "support/fixture.h"

Suite *base_draws_suite(void);

enum { N = 300, MAX_BASE = 8 };

static const double targets[2][2] = {{-5.0, 8.0}, {3.0, 4.0}}; /* STG, DA */

static const dicrec_model *model_of(int i) { return i == 0 ? stg : da; }

static dicrec_population *make(const dicrec_model *model, const double target[2], const double *base, size_t n,
                               int32_t n_threads, dicrec_status expected) {
  dicrec_generate_options options;
  dicrec_generate_options_init(&options, sizeof options);
  options.seed = 11;
  options.keep_raw = 1;
  options.n_threads = n_threads;
  dicrec_population *population = NULL;
  answers(dicrec__generate_from(context, model, target, 1, n, NULL, base, &options, &population), expected);
  return population;
}

static double normal_below(double z) { return 0.5 * erfc(-z * sqrt(0.5)); }

static double normal_quantile(double p) {
  double low = -40.0, high = 40.0;
  for (int i = 0; i < 200; ++i) {
    const double middle = 0.5 * (low + high);
    *(normal_below(middle) < p ? &low : &high) = middle;
  }
  return 0.5 * (low + high);
}

/** What stands for the leak, 12 mean^2 / width^2 of its range. */
static double leak_shape(const dicrec__model_table *table) {
  const double *range = table->channels[table->leak].range, ratio = (range[0] + range[1]) / (range[1] - range[0]) / 2.0;
  return 12.0 * ratio * ratio;
}

static double mean_leak(const dicrec__model_table *table) {
  return 0.5 * (table->channels[table->leak].range[0] + table->channels[table->leak].range[1]);
}

/** Coordinates of a base draw, [dicrec__model_base_count()]. */
static void base_coordinates(const dicrec__model_table *table, const double *base, double *coordinates) {
  const double factor = base[table->leak] / mean_leak(table), shape = leak_shape(table);
  *coordinates++ = 3.0 * sqrt(shape) * (cbrt(factor) - 1.0 + 1.0 / (9.0 * shape));
  for (int c = 0; c < table->n_channels; ++c) {
    const double *range = table->channels[c].range;
    if (c == table->leak || !dicrec__is_drawn(range)) continue;
    *coordinates++ = normal_quantile((base[c] / factor - range[0]) / (range[1] - range[0]));
  }
}

START_TEST(a_member_is_told_by_its_coordinates) {
  const dicrec_model *model = model_of(_i);
  const size_t n_channels = dicrec_model_channel_count(model);
  const size_t n_base = (size_t)dicrec__model_base_count(model->table);
  double coordinates[N * MAX_BASE], worst = 0.0;
  ck_assert_uint_le(n_base, MAX_BASE);
  dicrec_population *drawn = make(model, targets[_i], NULL, N, 1, DICREC_OK);
  for (size_t i = 0; i < N; ++i) base_coordinates(model->table, drawn->base + i * n_channels, coordinates + i * n_base);
  dicrec_population *made = make(model, targets[_i], coordinates, N, 1, DICREC_OK);
  for (size_t i = 0; i < N * n_channels; ++i) {
    worst = fmax(worst, fabs(made->base[i] - drawn->base[i]) / (1e-3 + fabs(drawn->base[i])));
    worst = fmax(worst, fabs(made->conductances[i] - drawn->conductances[i]) / (1e-3 + fabs(drawn->conductances[i])));
  }
  report_worst("members of given base draws against drawn ones", worst, 1e-6);
  ck_assert_double_le(worst, 1e-6);
  for (size_t i = 0; i < N; ++i)
    for (int k = 0; k < 2; ++k) {
      const double dic = made->dics[i * DICREC_DIC_COUNT + (k == 0 ? DICREC_DIC_SLOW : DICREC_DIC_ULTRASLOW)];
      ck_assert_double_eq_tol(dic, targets[_i][k], 1e-8);
    }
  dicrec_population_free(made);
  dicrec_population_free(drawn);
}
END_TEST

START_TEST(coordinates_of_zero_are_the_middle) {
  const dicrec_model *model = model_of(_i);
  const dicrec__model_table *table = model->table;
  const double zeros[MAX_BASE] = {0};
  dicrec_population *population = make(model, targets[_i], zeros, 1, 1, DICREC_OK);
  const double *base = population->base, factor = base[table->leak] / mean_leak(table);
  ck_assert(factor > 0.97 && factor < 1.0); /* the median of a gamma law is below its mean */
  for (int c = 0; c < table->n_channels; ++c) {
    const double *range = table->channels[c].range;
    if (c != table->leak) ck_assert_double_eq_tol(base[c], factor * 0.5 * (range[0] + range[1]), 1e-12);
  }
  dicrec_population_free(population);
}
END_TEST

START_TEST(far_coordinates_are_the_ends_of_the_ranges) {
  const dicrec_model *model = model_of(_i);
  const dicrec__model_table *table = model->table;
  for (int side = 0; side < 2; ++side) {
    double far[MAX_BASE] = {0};
    for (int k = 1; k < MAX_BASE; ++k) far[k] = side == 0 ? -50.0 : 50.0;
    dicrec_population *population = make(model, targets[_i], far, 1, 1, DICREC_OK);
    const double factor = population->base[table->leak] / mean_leak(table);
    for (int c = 0; c < table->n_channels; ++c)
      if (c != table->leak) ck_assert_double_eq_tol(population->base[c], factor * table->channels[c].range[side], 1e-9);
    dicrec_population_free(population);
  }
}
END_TEST

/** The leak's coordinate is nearly standard normal over draws of its gamma law. */
START_TEST(the_leak_is_told_by_a_nearly_normal_number) {
  enum { N_DRAWS = 100000 };
  const dicrec__model_table *table = model_of(_i)->table;
  const double shape = leak_shape(table);
  int n_below[7] = {0};
  for (int i = 0; i < N_DRAWS; ++i) {
    dicrec__random random;
    dicrec__random_start(&random, 4, DICREC__PURPOSE_POPULATION, (uint64_t)i, 0);
    double base[DICREC__MAX_CHANNELS] = {0}, coordinates[DICREC__MAX_CHANNELS];
    base[table->leak] = mean_leak(table) * dicrec__random_gamma(&random, shape) / shape;
    base_coordinates(table, base, coordinates);
    for (int k = 0; k < 7; ++k) n_below[k] += coordinates[0] < k - 3.0;
  }
  for (int k = 0; k < 7; ++k) ck_assert_double_eq_tol((double)n_below[k] / N_DRAWS, normal_below(k - 3.0), 0.008);
}
END_TEST

/** No leak is that small, or the conductances that would give the target are none: the others are made. */
START_TEST(what_cannot_be_made_does_not_sink_the_others) {
  const dicrec_model *model = model_of(_i);
  const size_t n_base = (size_t)dicrec__model_base_count(model->table);
  double coordinates[5 * MAX_BASE] = {0};
  coordinates[1 * n_base] = -1e3;
  coordinates[3 * n_base] = (double)NAN;
  coordinates[4 * n_base] = 1e6; /* a leak of more than any conductance */
  dicrec_population *population = make(model, targets[_i], coordinates, 5, 1, DICREC_W_PARTIAL);
  static const bool is_made[5] = {true, false, true, false, false};
  for (int i = 0; i < 5; ++i) {
    ck_assert((population->status[i] == DICREC_OK) == is_made[i]);
    if (!is_made[i]) ck_assert(isnan(population->conductances[(size_t)i * population->n_channels]));
  }
  ck_assert_int_eq(population->status[1], DICREC_E_INFEASIBLE);
  dicrec_population_free(population);
}
END_TEST

START_TEST(threads_do_not_change_base_draws) {
  const dicrec_model *model = model_of(_i);
  const size_t n_base = (size_t)dicrec__model_base_count(model->table);
  enum { MANY = 1000 };
  static double coordinates[MANY * MAX_BASE];
  for (size_t i = 0; i < MANY * n_base; ++i) coordinates[i] = sin(1.7 * (double)i);
  dicrec_population *one = make(model, targets[_i], coordinates, MANY, 1, DICREC_OK);
  dicrec_population *four = make(model, targets[_i], coordinates, MANY, 4, DICREC_OK);
  ck_assert(same_bytes(one->conductances, four->conductances, MANY * one->n_channels));
  ck_assert(same_bytes(one->dics, four->dics, MANY * DICREC_DIC_COUNT));
  dicrec_population_free(one);
  dicrec_population_free(four);
}
END_TEST

Suite *base_draws_suite(void) {
  Suite *suite = suite_create("base_draws");
  TCase *tests = tcase_create("base_draws");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_loop_test(tests, a_member_is_told_by_its_coordinates, 0, 2);
  tcase_add_loop_test(tests, coordinates_of_zero_are_the_middle, 0, 2);
  tcase_add_loop_test(tests, far_coordinates_are_the_ends_of_the_ranges, 0, 2);
  tcase_add_loop_test(tests, the_leak_is_told_by_a_nearly_normal_number, 0, 2);
  tcase_add_loop_test(tests, what_cannot_be_made_does_not_sink_the_others, 0, 2);
  tcase_add_loop_test(tests, threads_do_not_change_base_draws, 0, 2);
  suite_add_tcase(suite, tests);
  return suite;
}
