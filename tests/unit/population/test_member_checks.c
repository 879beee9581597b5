/* SPDX-License-Identifier: MIT */
/** @file test_member_checks.c What makes a member: its target met, conductances that are allowed, no trap, no hang. */
#define _GNU_SOURCE /* feenableexcept() */
#include <fenv.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/workers.h"
#include "support/fixture.h"

Suite *member_checks_suite(void);

static double ranges[2 * 32];

/** The model's ranges, of which one is then changed; seed 5. */
static dicrec_generate_options with_range(const dicrec_model *model, const char *channel, double low, double high) {
  for (size_t c = 0; c < dicrec_model_channel_count(model); ++c)
    answers(dicrec_model_conductance_range(model, c, ranges + 2 * c), DICREC_OK);
  const int32_t changed = dicrec_model_channel_index(model, channel);
  ranges[2 * changed] = low, ranges[2 * changed + 1] = high;
  dicrec_generate_options options;
  dicrec_generate_options_init(&options, sizeof options);
  options.seed = 5;
  options.ranges = ranges;
  options.max_draws = 20;
  return options;
}

/** Generate 100 members and see that those that are good are; returns how many are. */
static size_t count_good(const dicrec_model *model, const double target[2], const dicrec_generate_options *options) {
  enum { N = 100 };
  dicrec_population *p = NULL;
  ck_assert_int_ge(dicrec_generate(context, model, target, 1, 2, N, options, &p), 0);
  const size_t n_channels = dicrec_model_channel_count(model);
  double *g = malloc(N * n_channels * sizeof *g), kept[N * DICREC_DIC_COUNT], dics[DICREC_DIC_COUNT];
  answers(dicrec_population_copy_conductances(p, DICREC_STAGE_FINAL, g, N * n_channels), DICREC_OK);
  answers(dicrec_population_copy_dics(p, DICREC_DIC_COUNT, kept, N * DICREC_DIC_COUNT), DICREC_OK);
  size_t n_good = 0;
  for (size_t i = 0; i < N; ++i) {
    const dicrec_status status = dicrec_population_status(p, i);
    ck_assert(status == DICREC_OK || status == DICREC_E_INFEASIBLE || status == DICREC_E_CONVERGENCE ||
              status == DICREC_E_SINGULAR);
    if (status != DICREC_OK) continue;
    ++n_good;
    answers(dicrec_dic_compute(context, model, g + i * n_channels, 1, dicrec_model_threshold_mv(model),
                               DICREC_DIC_COUNT, dics),
            DICREC_OK);
    ck_assert(same_bytes(dics, kept + i * DICREC_DIC_COUNT, DICREC_DIC_COUNT));
    for (size_t k = 0; k < 2; ++k)
      ck_assert_double_le(fabs(dics[DICREC_DIC_SLOW + k] - target[k]), 1e-9 * fmax(1.0, fabs(target[k])));
    for (size_t c = 0; c < n_channels; ++c) ck_assert(g[i * n_channels + c] >= 0.0 && g[i * n_channels + c] <= 1e7);
  }
  free(g);
  dicrec_population_free(p);
  return n_good;
}

/* Where the sums of which a target is the difference are so large that rounding alone misses it. */
START_TEST(good_members_have_their_target_in_every_range) {
  const dicrec_model *models[] = {stg, stg, stg, da};
  const double targets[][2] = {{-6.0, 6.0}, {6.0, 6.0}, {6.0, -2.0}, {2.0, 5.0}};
  for (int m = 0; m < 4; ++m)
    for (double high = 1e2; high <= 1e7; high *= 10.0) {
      const dicrec_generate_options options = with_range(models[m], "Kd", 0.5 * high, high);
      count_good(models[m], targets[m], &options);
    }
}
END_TEST

START_TEST(good_members_have_their_target_with_every_leak) {
  const double target[2] = {-6.0, 6.0};
  size_t n_good = 0;
  for (double leak = 1e7; leak >= 2e-9; leak *= 0.1) {
    const dicrec_generate_options options = with_range(stg, "leak", 0.5 * leak, leak);
    n_good += count_good(stg, target, &options);
  }
  ck_assert_uint_gt(n_good, 100);
}
END_TEST

/* Solved conductances scale with the leak, and beyond what a simulation takes there are no members. */
START_TEST(conductances_beyond_those_simulated_are_infeasible) {
  const double target[2] = {6.0, 6.0};
  dicrec_generate_options options = with_range(stg, "leak", 1e6, 1e6);
  dicrec_population *p = NULL;
  answers(dicrec_generate(context, stg, target, 1, 2, 1, &options, &p), DICREC_W_PARTIAL);
  ck_assert_int_eq(dicrec_population_status(p, 0), DICREC_E_INFEASIBLE);
  dicrec_population_free(p);
}
END_TEST

/* At the edges of the published range there is no remark. */
START_TEST(targets_outside_the_published_range_are_remarked) {
  double g_s[2], g_u[2];
  answers(dicrec_model_target_range(stg, 0, g_s), DICREC_OK);
  answers(dicrec_model_target_range(stg, 1, g_u), DICREC_OK);
  const double inside[] = {g_s[0], g_u[1], g_s[1], g_u[0]};
  dicrec_population *p = NULL;
  answers(dicrec_generate(context, stg, inside, 2, 2, 2, NULL, &p), DICREC_OK);
  dicrec_population_free(p);
  static const struct {
    double targets[4];
    const char *said;
  } cases[] = {{{5.0, 5.0, 5.0, 20.5}, "g_u of target 1 is 20.5, populations of model stg are for 0 to 20"},
               {{-20.25, 5.0, 5.0, 5.0}, "g_s of target 0 is -20.25, populations of model stg are for -20 to 20"}};
  for (size_t i = 0; i < 2; ++i) {
    answers(dicrec_generate(context, stg, cases[i].targets, 2, 2, 2, NULL, &p), DICREC_W_RANGE);
    ck_assert_str_eq(error_text(), cases[i].said);
    ck_assert_uint_eq(dicrec_population_valid_count(p), 2);
    ck_assert_int_eq(dicrec_population_status(p, 1), DICREC_OK);
    dicrec_population_free(p);
  }
  const double unreachable[2] = {100.0, -40.0};
  answers(dicrec_generate(context, stg, unreachable, 1, 2, 1, NULL, &p), DICREC_W_PARTIAL);
  ck_assert_ptr_nonnull(strstr(error_text(), "0 of 1 members are valid"));
  ck_assert_ptr_nonnull(strstr(error_text(), "; g_s of target 0 is 100, populations"));
  dicrec_population_free(p);
}
END_TEST

START_TEST(ranges_end_where_simulations_do) {
  const double target[2] = {6.0, 6.0};
  dicrec_population *p = NULL;
  static const double highest[] = {1.001e7, 1e8, 1e300, (double)INFINITY}, lowest[] = {9e-10, 1e-300, 0.0, -1.0};
  for (size_t i = 0; i < sizeof highest / sizeof highest[0]; ++i) {
    const dicrec_generate_options options = with_range(stg, "Kd", 1.0, highest[i]);
    answers(dicrec_generate(context, stg, target, 1, 2, 1, &options, &p), DICREC_E_RANGE);
    ck_assert_ptr_nonnull(strstr(error_text(), "g_Kd"));
    const dicrec_generate_options leaks = with_range(stg, "leak", lowest[i], 0.01);
    answers(dicrec_generate(context, stg, target, 1, 2, 1, &leaks, &p), DICREC_E_RANGE);
    ck_assert_ptr_nonnull(strstr(error_text(), "g_leak"));
  }
}
END_TEST

START_TEST(dics_that_are_not_finite_are_refused) {
  double g[3 * 8], dics[3 * DICREC_DIC_COUNT], columns[3 * 3 * 8], currents[3];
  for (size_t i = 0; i < 3 * 8; ++i) g[i] = 1.0;
  g[2 * 8 + 1] = 1e308; /* Kd of the last set */
  g[2 * 8 + 7] = 1e-6;
  answers(dicrec_dic_compute(context, stg, g, 3, -51.0, DICREC_DIC_COUNT, dics), DICREC_E_RANGE);
  ck_assert_ptr_nonnull(strstr(error_text(), "set 2"));
  answers(dicrec_dic_compute(context, stg, g, 2, -51.0, DICREC_DIC_COUNT, dics), DICREC_OK);
  g[2 * 8 + 7] = 1e-320;
  answers(dicrec_dic_sensitivity(context, stg, g, 3, -51.0, 3, columns), DICREC_E_RANGE);
  ck_assert_ptr_nonnull(strstr(error_text(), "set 2"));
  g[2 * 8] = -1.7e308, g[2 * 8 + 1] = 1.7e308;
  answers(dicrec_dic_static_current(context, stg, g, 3, 50.0 + 90.0, currents), DICREC_E_RANGE);
  ck_assert_ptr_nonnull(strstr(error_text(), "set 2"));
}
END_TEST

/** Cancels some time after the start and notes when. */
struct canceller {
  double start_s, asked_s;
};

static int32_t cancel_soon(void *user, int64_t done, int64_t total) {
  (void)done, (void)total;
  struct canceller *canceller = user;
  const double now = dicrec__clock_s();
  if (now < canceller->start_s + 0.1) return 0;
  if (canceller->asked_s == 0.0) canceller->asked_s = now;
  return 1;
}

/* One member may take millions of draws before it is given up. */
START_TEST(a_member_that_is_drawn_for_long_can_be_cancelled) {
  const double target[2] = {100.0, -40.0};
  for (int32_t n_threads = 1; n_threads <= 3; ++n_threads) {
    struct canceller canceller = {.start_s = dicrec__clock_s()};
    dicrec_context_options own_options;
    dicrec_context_options_init(&own_options, sizeof own_options);
    own_options.progress = cancel_soon;
    own_options.progress_user = &canceller;
    dicrec_context *own;
    answers(dicrec_context_create(&own_options, &own), DICREC_OK);
    dicrec_generate_options options = with_range(stg, "Kd", 70.0, 140.0);
    options.max_draws = 1000000;
    options.n_threads = n_threads;
    dicrec_population *p = (dicrec_population *)1;
    ck_assert_int_eq(dicrec_generate(own, stg, target, 1, 2, 600, &options, &p), DICREC_W_PARTIAL);
    ck_assert_double_lt(dicrec__clock_s() - canceller.asked_s, 1.0);
    ck_assert_int_eq(dicrec_population_status(p, 599), DICREC_E_CANCELLED);
    dicrec_population_free(p);
    dicrec_context_free(own);
  }
}
END_TEST

#ifdef __GLIBC__
/* A host may have unmasked them. */
START_TEST(member_checks_do_not_trap) {
  if (feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW) == -1) return; /* this processor has no traps */
  const double targets[][2] = {{-6.0, 6.0}, {6.0, 6.0}, {0.0, 0.0}, {19.0, 0.5}, {100.0, -40.0}, {1e4, -1e4}};
  static const double leaks[][2] = {{0.007, 0.014}, {0.01, 0.01}, {1e-9, 2e-9}, {1e-9, 1e7}, {1e6, 1e7}};
  for (size_t t = 0; t < sizeof targets / sizeof targets[0]; ++t)
    for (size_t k = 0; k < sizeof leaks / sizeof leaks[0]; ++k)
      for (int32_t law = DICREC_LEAK_GAMMA; law <= DICREC_LEAK_FIXED; ++law)
        for (int m = 0; m < 2; ++m) {
          dicrec_generate_options options = with_range(m == 0 ? stg : da, "leak", leaks[k][0], leaks[k][1]);
          options.leak_law = law;
          options.max_draws = 3;
          count_good(m == 0 ? stg : da, targets[t], &options);
          memset(ranges, 0, (m == 0 ? 14 : 12) * sizeof *ranges); /* all but the leak's */
          count_good(m == 0 ? stg : da, targets[t], &options);
          const int32_t pair[] = {m == 0 ? 2 : 4, m == 0 ? 4 : 1}; /* STG: CaT and KCa; DA: ERG and Kd */
          options.channels = pair;
          options.n_channels = 2;
          count_good(m == 0 ? stg : da, targets[t], &options);
        }
  for (int m = 0; m < 2; ++m) {
    double g[32] = {0.0}, row[3 * 32];
    const dicrec_model *model = m == 0 ? stg : da;
    g[dicrec_model_channel_count(model) - 1] = 0.01;
    for (double v = -200.0; v <= 200.0; v += 0.5) {
      answers(dicrec_dic_compute(context, model, g, 1, v, DICREC_DIC_COUNT, row), DICREC_OK);
      answers(dicrec_dic_sensitivity(context, model, g, 1, v, 3, row), DICREC_OK);
      answers(dicrec_dic_static_current(context, model, g, 1, v, row), DICREC_OK);
    }
    dicrec_dic_threshold(context, model, g, 1, NULL, row);
  }
}
END_TEST
#endif

Suite *member_checks_suite(void) {
  Suite *suite = suite_create("member_checks");
  TCase *tests = tcase_create("member_checks");
  tcase_add_checked_fixture(tests, fixture_setup, fixture_teardown);
  tcase_set_timeout(tests, 120.0);
  tcase_add_test(tests, good_members_have_their_target_in_every_range);
  tcase_add_test(tests, good_members_have_their_target_with_every_leak);
  tcase_add_test(tests, conductances_beyond_those_simulated_are_infeasible);
  tcase_add_test(tests, targets_outside_the_published_range_are_remarked);
  tcase_add_test(tests, ranges_end_where_simulations_do);
  tcase_add_test(tests, dics_that_are_not_finite_are_refused);
  tcase_add_test(tests, a_member_that_is_drawn_for_long_can_be_cancelled);
#ifdef __GLIBC__
  tcase_add_test(tests, member_checks_do_not_trap);
#endif
  suite_add_tcase(suite, tests);
  return suite;
}
