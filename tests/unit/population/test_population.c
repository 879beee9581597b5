/* SPDX-License-Identifier: MIT */
/** @file test_population.c Degenerate populations: targets met, members independent, laws, budgets, bad inputs. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/fixture.h"
#include "support/hodgkin_huxley.h"

Suite *population_suite(void);

static dicrec_generate_options options_of(uint64_t seed) {
  dicrec_generate_options options;
  dicrec_generate_options_init(&options, sizeof options);
  options.seed = seed;
  return options;
}

static dicrec_population *generate(const dicrec_model *model, const double *targets, size_t n_targets, size_t n,
                                   const dicrec_generate_options *options, dicrec_status expected) {
  dicrec_population *population = NULL;
  answers(dicrec_generate(context, model, targets, n_targets, 2, n, options, &population), expected);
  ck_assert_uint_eq(dicrec_population_member_count(population), n);
  ck_assert_uint_eq(dicrec_population_channel_count(population), dicrec_model_channel_count(model));
  return population;
}

/** All conductances of a stage, malloc'ed. */
static double *copy_stage(const dicrec_population *population, int32_t stage) {
  const size_t n = dicrec_population_member_count(population) * dicrec_population_channel_count(population);
  double *g = malloc(n * sizeof *g);
  answers(dicrec_population_copy_conductances(population, stage, g, n), DICREC_OK);
  return g;
}

static double *copy_dics(const dicrec_population *population) {
  const size_t n = dicrec_population_member_count(population) * DICREC_DIC_COUNT;
  double *dics = malloc(n * sizeof *dics);
  answers(dicrec_population_copy_dics(population, DICREC_DIC_COUNT, dics, n), DICREC_OK);
  return dics;
}

/** Check one point of the DIC plane, where every member is to be valid; returns the worst residual. */
static double check_target(const dicrec_model *model, const double target[2]) {
  enum { N = 200 };
  const dicrec_generate_options options = options_of(7);
  dicrec_population *p = generate(model, target, 1, N, &options, DICREC_OK);
  const size_t n_channels = dicrec_model_channel_count(model);
  double *g = copy_stage(p, DICREC_STAGE_FINAL), *kept = copy_dics(p), worst = 0.0;
  ck_assert_uint_eq(dicrec_population_valid_count(p), N);
  for (size_t i = 0; i < N; ++i) {
    const double *row = g + i * n_channels;
    ck_assert_int_eq(dicrec_population_status(p, i), DICREC_OK);
    for (size_t c = 0; c < n_channels; ++c) ck_assert(isfinite(row[c]) && row[c] >= 0.0);
    double dics[DICREC_DIC_COUNT];
    answers(dicrec_dic_compute(context, model, row, 1, dicrec_model_threshold_mv(model), DICREC_DIC_COUNT, dics),
            DICREC_OK);
    worst = fmax(worst, fmax(fabs(dics[1] - target[0]), fabs(dics[2] - target[1])));
    for (size_t s = 0; s < DICREC_DIC_COUNT; ++s)
      ck_assert_double_eq_tol(kept[i * DICREC_DIC_COUNT + s], dics[s], 1e-9);
  }
  free(g);
  free(kept);
  dicrec_population_free(p);
  return worst;
}

/* The whole published plane. */
static double check_plane(const dicrec_model *model) {
  double g_s[2], g_u[2], worst = 0.0;
  answers(dicrec_model_target_range(model, 0, g_s), DICREC_OK);
  answers(dicrec_model_target_range(model, 1, g_u), DICREC_OK);
  for (int i = 0; i < 9; ++i)
    for (int j = 0; j < 6; ++j) {
      const double target[2] = {g_s[0] + (g_s[1] - g_s[0]) * i / 8.0, g_u[0] + (g_u[1] - g_u[0]) * j / 5.0};
      worst = fmax(worst, check_target(model, target));
    }
  return worst;
}

START_TEST(members_have_their_targets_over_the_plane_of_stg) {
  const double worst = check_plane(stg);
  report_worst("stg: DICs of 10,800 members against their targets", worst, 1e-9);
  ck_assert_double_lt(worst, 1e-9);
}
END_TEST

START_TEST(members_have_their_targets_over_the_plane_of_da) {
  const double worst = check_plane(da);
  report_worst("da: DICs of 10,800 members against their targets", worst, 1e-9);
  ck_assert_double_lt(worst, 1e-9);
}
END_TEST

/* Of DA, targets of small g_u are out of reach of the published pairs: they would need a negative ERG. */
START_TEST(targets_out_of_reach_are_partial) {
  enum { N = 20 };
  dicrec_generate_options options = options_of(7);
  const int32_t pair[] = {dicrec_model_channel_index(da, "ERG"), dicrec_model_channel_index(da, "Kd")};
  options.channels = pair;
  options.n_channels = 2;
  const double da_target[2] = {5.0, 0.0}, stg_target[2] = {100.0, -40.0};
  for (int m = 0; m < 2; ++m) {
    dicrec_population *p = m == 0 ? generate(da, da_target, 1, N, &options, DICREC_W_PARTIAL)
                                  : generate(stg, stg_target, 1, N, NULL, DICREC_W_PARTIAL);
    double *g = copy_stage(p, DICREC_STAGE_FINAL), *dics = copy_dics(p);
    ck_assert_uint_eq(dicrec_population_valid_count(p), 0);
    for (size_t i = 0; i < N; ++i) {
      const dicrec_status status = dicrec_population_status(p, i);
      ck_assert(status == DICREC_E_INFEASIBLE || status == DICREC_E_CONVERGENCE || status == DICREC_E_SINGULAR);
    }
    for (size_t k = 0; k < N * dicrec_population_channel_count(p); ++k) ck_assert(isnan(g[k]));
    for (size_t k = 0; k < (size_t)N * DICREC_DIC_COUNT; ++k) ck_assert(isnan(dics[k]));
    ck_assert_ptr_nonnull(strstr(error_text(), "0 of 20"));
    free(g);
    free(dics);
    dicrec_population_free(p);
  }
}
END_TEST

START_TEST(threads_do_not_change_a_population) {
  enum { N = 1500 };
  const dicrec_model *models[] = {stg, da};
  for (int m = 0; m < 2; ++m) {
    const double target[2] = {m == 0 ? -5.0 : 5.0, 8.0};
    const size_t size = N * dicrec_model_channel_count(models[m]);
    double *one = NULL;
    for (int32_t n_threads = 1; n_threads <= 3; ++n_threads) {
      dicrec_generate_options options = options_of(3);
      options.n_threads = n_threads;
      dicrec_population *p = generate(models[m], target, 1, N, &options, DICREC_OK);
      double *g = copy_stage(p, DICREC_STAGE_FINAL);
      if (one == NULL) one = g;
      ck_assert(same_bytes(g, one, size));
      if (g != one) free(g);
      dicrec_population_free(p);
    }
    free(one);
  }
}
END_TEST

START_TEST(members_do_not_depend_on_the_others) {
  const double target[2] = {-5.0, 8.0};
  double many_targets[2 * 400];
  for (size_t i = 0; i < 400; ++i) memcpy(many_targets + 2 * i, i % 2 == 0 ? target : (double[]){6.0, 3.0}, 16);
  const dicrec_generate_options options = options_of(11);
  dicrec_population *few = generate(stg, target, 1, 5, &options, DICREC_OK);
  dicrec_population *many = generate(stg, target, 1, 400, &options, DICREC_OK);
  dicrec_population *mixed = generate(stg, many_targets, 400, 400, &options, DICREC_OK);
  double *a = copy_stage(few, 0), *b = copy_stage(many, 0), *c = copy_stage(mixed, 0), *d = copy_dics(mixed);
  ck_assert(same_bytes(a, b, 5 * 8));
  for (size_t i = 0; i < 400; ++i) {
    ck_assert(same_bytes(b + 8 * i, c + 8 * i, 8) == (i % 2 == 0));
    ck_assert_double_eq_tol(d[4 * i + 1], many_targets[2 * i], 1e-9);
    ck_assert_double_eq_tol(d[4 * i + 2], many_targets[2 * i + 1], 1e-9);
  }
  const dicrec_generate_options other = options_of(12);
  dicrec_population *reseeded = generate(stg, target, 1, 5, &other, DICREC_OK);
  double *e = copy_stage(reseeded, 0);
  for (size_t i = 0; i < 5; ++i) ck_assert(!same_bytes(a + 8 * i, e + 8 * i, 8));
  for (size_t i = 1; i < 400; ++i) ck_assert(!same_bytes(b, b + 8 * i, 8));
  free(a), free(b), free(c), free(d), free(e);
  dicrec_population_free(few);
  dicrec_population_free(many);
  dicrec_population_free(mixed);
  dicrec_population_free(reseeded);
}
END_TEST

/* Base: drawn within the ranges times leak / mean leak, solved channels 0. Spiking: at the published point. */
static void check_stages(const dicrec_model *model, const char *const solved[3], const double point[3]) {
  enum { N = 300 };
  const double target[2] = {3.0, 6.0}; /* neither DIC is that of the spiking point, so that both channels move */
  dicrec_generate_options options = options_of(2);
  options.keep_raw = 1;
  dicrec_population *p = generate(model, target, 1, N, &options, DICREC_OK);
  const size_t n_channels = dicrec_model_channel_count(model);
  double *base = copy_stage(p, DICREC_STAGE_BASE), *spiking = copy_stage(p, DICREC_STAGE_SPIKING);
  double *final = copy_stage(p, DICREC_STAGE_FINAL), leak_range[2];
  answers(dicrec_model_conductance_range(model, n_channels - 1, leak_range), DICREC_OK);
  for (size_t i = 0; i < N; ++i) {
    const double *b = base + i * n_channels, *s = spiking + i * n_channels, *f = final + i * n_channels;
    const double factor = b[n_channels - 1] / (0.5 * (leak_range[0] + leak_range[1]));
    size_t n_modulated = 0;
    for (size_t c = 0; c < n_channels; ++c) {
      bool is_solved = false;
      for (int k = 0; k < 3; ++k) is_solved |= strcmp(dicrec_model_channel_name(model, c), solved[k]) == 0;
      double range[2];
      answers(dicrec_model_conductance_range(model, c, range), DICREC_OK);
      if (is_solved) ck_assert(b[c] == 0.0 && range[1] == 0.0);
      else ck_assert(b[c] == s[c]);
      if (!is_solved && c + 1 < n_channels)
        ck_assert(b[c] >= range[0] * factor * (1.0 - 1e-12) && b[c] <= range[1] * factor * (1.0 + 1e-12));
      n_modulated += s[c] != f[c];
    }
    ck_assert_uint_eq(n_modulated, 2);
    double dics[DICREC_DIC_COUNT];
    answers(dicrec_dic_compute(context, model, s, 1, dicrec_model_threshold_mv(model), DICREC_DIC_COUNT, dics),
            DICREC_OK);
    for (int k = 0; k < 3; ++k) ck_assert_double_eq_tol(dics[k], point[k], 1e-9);
  }
  free(base);
  free(spiking);
  free(final);
  dicrec_population_free(p);
}

START_TEST(stages_are_kept) {
  check_stages(stg, (const char *const[]){"Na", "A", "H"}, (const double[]){-6.2, 4.0, 5.0});
  check_stages(da, (const char *const[]){"Na", "CaN", "ERG"}, (const double[]){-12.95, 0.5, 5.0});
  const double target[2] = {4.0, 6.0};
  double g[8];
  dicrec_population *p = generate(stg, target, 1, 1, NULL, DICREC_OK);
  answers(dicrec_population_copy_conductances(p, DICREC_STAGE_BASE, g, 8), DICREC_E_ARGUMENT);
  answers(dicrec_population_copy_conductances(p, DICREC_STAGE_SPIKING, g, 8), DICREC_E_ARGUMENT);
  dicrec_population_free(p);
}
END_TEST

START_TEST(chosen_channels_are_modulated) {
  enum { N = 50, KD = 1, H = 6 };
  const double target[2] = {6.0, 7.0};
  dicrec_generate_options options = options_of(5);
  options.keep_raw = 1;
  const int32_t pair[] = {KD, H};
  options.channels = pair;
  options.n_channels = 2;
  dicrec_population *p = generate(stg, target, 1, N, &options, DICREC_OK);
  double *s = copy_stage(p, DICREC_STAGE_SPIKING), *f = copy_stage(p, DICREC_STAGE_FINAL), *dics = copy_dics(p);
  for (size_t i = 0; i < N; ++i) {
    for (size_t c = 0; c < 8; ++c) ck_assert((s[8 * i + c] != f[8 * i + c]) == (c == KD || c == H));
    ck_assert_double_eq_tol(dics[4 * i + 1], 6.0, 1e-9);
    ck_assert_double_eq_tol(dics[4 * i + 2], 7.0, 1e-9);
  }
  free(s), free(f), free(dics);
  dicrec_population_free(p);
}
END_TEST

START_TEST(ranges_can_be_given) {
  enum { N = 100 };
  double ranges[16] = {0};
  for (size_t c = 0; c < 8; ++c) answers(dicrec_model_conductance_range(stg, c, ranges + 2 * c), DICREC_OK);
  ranges[2] = 100.0, ranges[3] = 101.0;   /* Kd */
  ranges[14] = 0.02, ranges[15] = 0.0201; /* leak */
  dicrec_generate_options options = options_of(5);
  options.ranges = ranges;
  options.leak_law = DICREC_LEAK_UNIFORM;
  const double target[2] = {5.0, 5.0};
  dicrec_population *p = generate(stg, target, 1, N, &options, DICREC_OK);
  double *g = copy_stage(p, DICREC_STAGE_FINAL);
  for (size_t i = 0; i < N; ++i) {
    ck_assert(g[8 * i + 7] >= 0.02 && g[8 * i + 7] <= 0.0201);
    ck_assert(g[8 * i + 1] >= 99.7 && g[8 * i + 1] <= 101.3);
  }
  free(g);
  dicrec_population_free(p);
}
END_TEST

START_TEST(leaks_follow_their_law) {
  enum { N = 20000 };
  const double target[2] = {5.0, 5.0}, mean = 0.0105, variance = 0.007 * 0.007 / 12.0;
  for (int32_t law = DICREC_LEAK_GAMMA; law <= DICREC_LEAK_FIXED; ++law) {
    dicrec_generate_options options = options_of(21);
    options.leak_law = law;
    dicrec_population *p = generate(stg, target, 1, N, &options, DICREC_OK);
    double *g = copy_stage(p, DICREC_STAGE_FINAL), sum = 0.0, squares = 0.0, least = INFINITY, most = 0.0;
    for (size_t i = 0; i < N; ++i) {
      const double leak = g[8 * i + 7];
      sum += leak / N;
      squares += (leak - mean) * (leak - mean) / N;
      least = fmin(least, leak);
      most = fmax(most, leak);
    }
    ck_assert_double_eq_tol(sum / mean, 1.0, law == DICREC_LEAK_FIXED ? 1e-12 : 0.01);
    if (law == DICREC_LEAK_FIXED) ck_assert(least == most);
    else ck_assert_double_eq_tol(squares / variance, 1.0, 0.05);
    if (law == DICREC_LEAK_UNIFORM) ck_assert(least >= 0.007 && most <= 0.014 && least < 0.00701 && most > 0.01399);
    if (law == DICREC_LEAK_GAMMA) ck_assert(least < 0.007 && most > 0.014);
    free(g);
    dicrec_population_free(p);
  }
}
END_TEST

START_TEST(pairs_that_cannot_move_the_targets_are_singular) {
  dicrec_generate_options options = options_of(1);
  const int32_t pair[] = {dicrec_model_channel_index(da, "NMDA"),
                          dicrec_model_channel_index(da, "Kd")}; /* counts wholly as fast */
  options.channels = pair;
  options.n_channels = 2;
  const double target[2] = {3.0, 6.0};
  dicrec_population *p = generate(da, target, 1, 4, &options, DICREC_W_PARTIAL);
  for (size_t i = 0; i < 4; ++i) ck_assert_int_eq(dicrec_population_status(p, i), DICREC_E_SINGULAR);
  ck_assert_uint_eq(dicrec_population_valid_count(p), 0);
  dicrec_population_free(p);
}
END_TEST

START_TEST(one_bad_member_does_not_sink_the_others) {
  const double targets[6] = {5.0, 5.0, 100.0, -40.0, 5.0, 6.0};
  dicrec_generate_options options = options_of(1);
  options.max_draws = 5;
  dicrec_population *p = generate(stg, targets, 3, 3, &options, DICREC_W_PARTIAL);
  ck_assert_int_eq(dicrec_population_status(p, 0), DICREC_OK);
  ck_assert_int_lt(dicrec_population_status(p, 1), 0);
  ck_assert_int_eq(dicrec_population_status(p, 2), DICREC_OK);
  ck_assert_int_eq(dicrec_population_status(p, 3), DICREC_E_ARGUMENT);
  ck_assert_ptr_nonnull(strstr(error_text(), "2 of 3"));
  double g[24], dics[12];
  answers(dicrec_population_copy_conductances(p, DICREC_STAGE_FINAL, g, 23), DICREC_E_BUFFER);
  answers(dicrec_population_copy_conductances(p, DICREC_STAGE_FINAL, NULL, 24), DICREC_E_ARGUMENT);
  answers(dicrec_population_copy_conductances(p, 3, g, 24), DICREC_E_ARGUMENT);
  answers(dicrec_population_copy_conductances(NULL, 0, g, 24), DICREC_E_ARGUMENT);
  answers(dicrec_population_copy_dics(p, DICREC_DIC_COUNT, dics, 11), DICREC_E_BUFFER);
  answers(dicrec_population_copy_dics(p, DICREC_DIC_COUNT, NULL, 12), DICREC_E_ARGUMENT);
  answers(dicrec_population_copy_dics(NULL, DICREC_DIC_COUNT, dics, 12), DICREC_E_ARGUMENT);
  uint64_t streams[3];
  answers(dicrec_population_copy_streams(p, streams, 2), DICREC_E_BUFFER);
  answers(dicrec_population_copy_streams(p, NULL, 3), DICREC_E_ARGUMENT);
  answers(dicrec_population_copy_streams(NULL, streams, 3), DICREC_E_ARGUMENT);
  answers(dicrec_population_copy_noise_std(p, dics, 2), DICREC_E_BUFFER);
  answers(dicrec_population_copy_noise_std(p, NULL, 3), DICREC_E_ARGUMENT);
  answers(dicrec_population_copy_noise_std(NULL, dics, 3), DICREC_E_ARGUMENT);
  dicrec_status statuses[3];
  answers(dicrec_population_copy_statuses(p, statuses, 2), DICREC_E_BUFFER);
  answers(dicrec_population_copy_statuses(p, NULL, 3), DICREC_E_ARGUMENT);
  answers(dicrec_population_copy_statuses(NULL, statuses, 3), DICREC_E_ARGUMENT);
  answers(dicrec_population_copy_statuses(p, statuses, 3), DICREC_OK);
  for (size_t i = 0; i < 3; ++i) ck_assert_int_eq(statuses[i], dicrec_population_status(p, i));
  ck_assert(isnan(dicrec_population_time_scale(NULL)));
  dicrec_population_free(p);
  dicrec_population_free(NULL);
  ck_assert_uint_eq(dicrec_population_member_count(NULL), 0);
  ck_assert_uint_eq(dicrec_population_valid_count(NULL), 0);
  ck_assert_uint_eq(dicrec_population_channel_count(NULL), 0);
  ck_assert_int_eq(dicrec_population_status(NULL, 0), DICREC_E_ARGUMENT);
}
END_TEST

static void refused(const dicrec_model *model, const double *targets, size_t n_targets, size_t n,
                    const dicrec_generate_options *options, dicrec_status expected) {
  dicrec_population *population = (dicrec_population *)1;
  answers(dicrec_generate(context, model, targets, n_targets, 2, n, options, &population), expected);
  ck_assert_ptr_null(population);
  ck_assert_uint_gt(dicrec_context_error(context, NULL, 0), 0);
}

START_TEST(bad_generations_are_refused) {
  const double target[2] = {5.0, 5.0}, nan[4] = {5.0, 5.0, 5.0, (double)NAN}, infinite[2] = {(double)INFINITY, 5.0};
  dicrec_population *p;
  refused(NULL, target, 1, 1, NULL, DICREC_E_ARGUMENT);
  refused(stg, NULL, 1, 1, NULL, DICREC_E_ARGUMENT);
  refused(stg, target, 1, 0, NULL, DICREC_E_RANGE);
  refused(stg, target, 0, 1, NULL, DICREC_E_ARGUMENT);
  refused(stg, nan, 2, 3, NULL, DICREC_E_ARGUMENT);
  refused(stg, nan, 2, 2, NULL, DICREC_E_RANGE);
  refused(stg, infinite, 1, 2, NULL, DICREC_E_RANGE);
  answers(dicrec_generate(NULL, stg, target, 1, 2, 1, NULL, &p), DICREC_E_ARGUMENT);
  answers(dicrec_generate(context, stg, target, 1, 2, 1, NULL, NULL), DICREC_E_ARGUMENT);
  dicrec_model *hh;
  answers(dicrec__model_create(context, &hodgkin_huxley_table, &hh), DICREC_OK);
  refused(hh, target, 1, 1, NULL, DICREC_E_ARGUMENT);
  dicrec_model_free(hh);
}
END_TEST

START_TEST(bad_generate_options_are_refused) {
  const double target[2] = {5.0, 5.0};
  dicrec_generate_options good = options_of(0), bad;
#define REFUSED(change, expected)                                                                                      \
  do {                                                                                                                 \
    bad = good;                                                                                                        \
    bad.change;                                                                                                        \
    refused(stg, target, 1, 1, &bad, expected);                                                                        \
  } while (0)
  REFUSED(struct_size = 0, DICREC_E_OPTION);
  REFUSED(n_threads = -1, DICREC_E_RANGE);
  REFUSED(n_threads = 257, DICREC_E_RANGE);
  REFUSED(max_draws = -1, DICREC_E_RANGE);
  REFUSED(max_draws = 1000001, DICREC_E_RANGE);
  REFUSED(leak_law = -1, DICREC_E_RANGE);
  REFUSED(leak_law = 3, DICREC_E_RANGE);
  REFUSED(first_member = (UINT64_C(1) << 53), DICREC_E_RANGE);
  REFUSED(first_member = UINT64_MAX, DICREC_E_RANGE);
  static const int32_t pairs[][3] = {{-1, 2, DICREC_E_RANGE},
                                     {2, 8, DICREC_E_RANGE},
                                     {7, 2, DICREC_E_RANGE},
                                     {2, 7, DICREC_E_RANGE},
                                     {2, 2, DICREC_E_ARGUMENT}};
  good.n_channels = 2;
  for (size_t i = 0; i < 5; ++i) REFUSED(channels = pairs[i], pairs[i][2]);
  good.channels = pairs[0];
  REFUSED(n_channels = 1, DICREC_E_RANGE);
  REFUSED(n_channels = 3, DICREC_E_RANGE);
  REFUSED(channels = NULL, DICREC_E_ARGUMENT);
  good.n_channels = 0;
  static const double values[][3] = {{3, 5.0, 4.0},  {3, -1.0, 4.0},  {3, (double)NAN, 4.0}, {3, 1.0, INFINITY},
                                     {7, 0.0, 0.01}, {7, 0.02, 0.01}, {0, -1.0, -0.5},       {1, 1.0, (double)NAN}};
  for (size_t i = 0; i < sizeof values / sizeof values[0]; ++i) {
    double ranges[16];
    for (size_t c = 0; c < 8; ++c) answers(dicrec_model_conductance_range(stg, c, ranges + 2 * c), DICREC_OK);
    memcpy(ranges + 2 * (size_t)values[i][0], &values[i][1], 16);
    REFUSED(ranges = ranges, DICREC_E_RANGE);
  }
#undef REFUSED
}
END_TEST

START_TEST(huge_populations_are_out_of_memory) {
  counted_memory memory = {.limit = (size_t)64 << 20};
  dicrec_context *own = make_counted_context(&memory);
  const size_t before = memory.n_blocks;
  static const size_t sizes[] = {10000000, SIZE_MAX / 64, SIZE_MAX / 2, SIZE_MAX};
  const double target[2] = {5.0, 5.0};
  for (size_t i = 0; i < 4; ++i) {
    dicrec_population *p = (dicrec_population *)1;
    ck_assert_int_eq(dicrec_generate(own, stg, target, 1, 2, sizes[i], NULL, &p), DICREC_E_MEMORY);
    ck_assert_ptr_null(p);
    ck_assert_uint_gt(dicrec_context_error(own, NULL, 0), 0);
    ck_assert_uint_eq(memory.n_blocks, before);
  }
  dicrec_context_free(own);
}
END_TEST

START_TEST(generation_can_be_cancelled) {
  int n_calls = 2;
  dicrec_context *own = make_cancelling_context(&n_calls);
  dicrec_population *p = (dicrec_population *)1;
  const double target[2] = {5.0, 5.0};
  ck_assert_int_eq(dicrec_generate(own, stg, target, 1, 2, 2000, NULL, &p), DICREC_W_PARTIAL);
  char text[200];
  dicrec_context_error(own, text, sizeof text);
  ck_assert_ptr_nonnull(strstr(text, "cancelled: "));
  dicrec_population *whole = generate(stg, target, 1, 2000, NULL, DICREC_OK);
  static double made[2000 * 8], expected[2000 * 8];
  answers(dicrec_population_copy_conductances(p, DICREC_STAGE_FINAL, made, 2000 * 8), DICREC_OK);
  answers(dicrec_population_copy_conductances(whole, DICREC_STAGE_FINAL, expected, 2000 * 8), DICREC_OK);
  const size_t n_made = dicrec_population_valid_count(p);
  ck_assert(n_made > 0 && n_made < 2000);
  for (size_t i = 0; i < 2000; ++i) {
    const bool is_made = dicrec_population_status(p, i) == DICREC_OK;
    ck_assert_int_eq(dicrec_population_status(p, i), is_made ? DICREC_OK : DICREC_E_CANCELLED);
    ck_assert(is_made ? same_bytes(made + 8 * i, expected + 8 * i, 8) : isnan(made[8 * i]));
  }
  dicrec_population_free(whole);
  dicrec_population_free(p);
  dicrec_context_free(own);
}
END_TEST

Suite *population_suite(void) {
  Suite *suite = suite_create("population");
  TCase *tests = tcase_create("population");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 240.0);
  tcase_add_test(tests, members_have_their_targets_over_the_plane_of_stg);
  tcase_add_test(tests, members_have_their_targets_over_the_plane_of_da);
  tcase_add_test(tests, targets_out_of_reach_are_partial);
  tcase_add_test(tests, threads_do_not_change_a_population);
  tcase_add_test(tests, members_do_not_depend_on_the_others);
  tcase_add_test(tests, stages_are_kept);
  tcase_add_test(tests, chosen_channels_are_modulated);
  tcase_add_test(tests, ranges_can_be_given);
  tcase_add_test(tests, leaks_follow_their_law);
  tcase_add_test(tests, pairs_that_cannot_move_the_targets_are_singular);
  tcase_add_test(tests, one_bad_member_does_not_sink_the_others);
  tcase_add_test(tests, bad_generations_are_refused);
  tcase_add_test(tests, bad_generate_options_are_refused);
  tcase_add_test(tests, huge_populations_are_out_of_memory);
  tcase_add_test(tests, generation_can_be_cancelled);
  suite_add_tcase(suite, tests);
  return suite;
}
