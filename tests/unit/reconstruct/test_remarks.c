/* SPDX-License-Identifier: MIT */
/** @file test_remarks.c Each remark of a report is there exactly where it should be, with its name and its text. */
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "support/screening_fixture.h"

Suite *remarks_suite(void);

enum { NOTHING = 0 };

START_TEST(remarks_have_names_and_texts) {
  int32_t last = 0;
#define CHECK(name, value, text)                                                                                       \
  ck_assert_str_eq(dicrec_remark_name(DICREC_REMARK_##name), #name);                                                   \
  ck_assert_str_eq(dicrec_remark_text(value), text);                                                                   \
  ck_assert_int_eq(value, last == 0 ? 1 : 2 * last);                                                                   \
  last = value;
  DICREC_REMARK_LIST(CHECK)
#undef CHECK
  const int32_t others[] = {0, 3, -1, 5, 2 * last, INT32_MIN, INT32_MAX};
  for (size_t i = 0; i < sizeof others / sizeof others[0]; ++i) {
    ck_assert_ptr_null(dicrec_remark_name(others[i]));
    ck_assert_ptr_null(dicrec_remark_text(others[i]));
  }
}
END_TEST

/** These remarks and no others, the status that tells the gravest, and its text. */
static void remarks_are(const dicrec_reconstruct_options *options, int32_t expected) {
  dicrec_status status = expected == NOTHING ? DICREC_OK : DICREC_W_REMARK;
  if ((expected & DICREC_REMARK_INCOMPLETE) != 0) status = DICREC_W_PARTIAL;
  if ((expected & DICREC_REMARK_SUPPORT) != 0) status = DICREC_W_SUPPORT;
  dicrec_reconstruction *made = reconstruct(options, N, status);
  ck_assert_msg(report_of(made).remarks == expected, "%d instead of %d", (int)report_of(made).remarks, (int)expected);
  ck_assert_int_eq(dicrec_reconstruction_status(made), status);
  char text[512];
  dicrec_reconstruction_error(made, text, sizeof text);
  ck_assert_str_eq(text, error_text());
  if (expected == NOTHING) ck_assert_str_eq(text, "");
  if (status == DICREC_W_REMARK) ck_assert_str_eq(text, dicrec_remark_text(expected & -expected));
  dicrec_reconstruction_free(made);
}

START_TEST(usual_inputs_have_no_remarks) {
  for (int way = 0; way < 4; ++way) {
    dicrec_reconstruct_options options = options_of(way % 2);
    options.selection = way / 2;
    remarks_are(&options, NOTHING);
  }
}
END_TEST

START_TEST(unknown_inputs_are_remarked) {
  estimate.support_limit = 1.0; /* hardly any train is as usual as that */
  const dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  remarks_are(&options, DICREC_REMARK_SUPPORT);
}
END_TEST

/** Half of the train at one period, half at another. */
static void set_drift(double first, double second) {
  double times[121] = {0.0};
  for (int i = 1; i <= 120; ++i) times[i] = times[i - 1] + (i <= 60 ? first : second);
  dicrec_spikes_free(input);
  answers(dicrec_spikes_create(context, times, 121, NULL, &input), DICREC_OK);
}

START_TEST(changes_of_the_rate_are_remarked) {
  const dicrec_reconstruct_options options = options_of(DICREC_SCREENING_OFF);
  for (int k = 0; k < 2; ++k) {
    set_drift(PERIOD, k == 0 ? 1.5 * PERIOD : PERIOD);
    dicrec_spike_stationarity found = {.struct_size = sizeof found};
    answers(dicrec_spikes_stationarity(input, &found), DICREC_OK);
    ck_assert_int_eq(found.drifts, k == 0);
    remarks_are(&options, k == 0 ? DICREC_REMARK_DRIFT : NOTHING);
    dicrec_reconstruction *made = reconstruct(&options, N, k == 0 ? DICREC_W_REMARK : DICREC_OK);
    ck_assert_double_eq(report_of(made).drift_p, found.p_value);
    ck_assert_double_eq(report_of(made).drift_factor, found.rate_factor);
    dicrec_reconstruction_free(made);
  }
}
END_TEST

START_TEST(silence_at_the_edge_of_a_window_is_remarked) {
  const dicrec_reconstruct_options options = options_of(DICREC_SCREENING_OFF);
  double times[61] = {0.0};
  for (int i = 1; i <= 60; ++i) times[i] = times[i - 1] + PERIOD;
  for (int k = 0; k < 2; ++k) {
    const double stop = k == 0 ? 120.0 * PERIOD : 62.0 * PERIOD; /* silent for half of it, or for two periods */
    const dicrec_spikes_options window = {.struct_size = sizeof window, .has_window = 1, .start = -1.0, .stop = stop};
    dicrec_spikes_free(input);
    answers(dicrec_spikes_create(context, times, 61, &window, &input), DICREC_OK);
    remarks_are(&options, k == 0 ? DICREC_REMARK_SILENT_EDGE : NOTHING);
  }
}
END_TEST

/* Where the pattern would have been compared. */
START_TEST(few_spikes_are_remarked) {
  for (size_t n = DICREC__LEAST_INTERVALS - 1; n <= DICREC__LEAST_INTERVALS; ++n)
    for (int32_t screening = DICREC_SCREENING_AUTO; screening <= DICREC_SCREENING_OFF; ++screening) {
      set_input(PERIOD, 0.0, n);
      const dicrec_reconstruct_options options = options_of(screening);
      const bool is_remarked = n < DICREC__LEAST_INTERVALS && screening == DICREC_SCREENING_AUTO;
      remarks_are(&options, is_remarked ? DICREC_REMARK_FEW_SPIKES : NOTHING);
    }
}
END_TEST

START_TEST(missing_members_and_wide_tolerances_are_remarked) {
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  options.selection = DICREC_SELECTION_DIVERSE;
  options.max_drawn = 20;
  set_network(6.0 * tolerance_of_mean());
  remarks_are(&options, DICREC_REMARK_WIDENED);
  options.max_drawn = 1;
  set_network(50.0 * tolerance_of_mean());
  remarks_are(&options, DICREC_REMARK_WIDENED | DICREC_REMARK_INCOMPLETE);
  options.screening = DICREC_SCREENING_OFF;
  static const int32_t pair[] = {0, 1}; /* a pair that leads to no members */
  population.channels = pair;
  population.n_channels = 2;
  population.max_draws = 2;
  remarks_are(&options, DICREC_REMARK_INCOMPLETE);
}
END_TEST

/* What is set disagrees with what the spikes say of the noise. */
START_TEST(noise_that_the_posterior_denies_is_remarked) {
  const int32_t outside = DICREC_REMARK_OUTSIDE, off = DICREC_REMARK_NOISE_OFF;
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_OFF);
  options.noise = DICREC_NOISE_FIXED;
  made_noise(&weights, 1.0, 0.0, 1.0); /* surely none */
  remarks_are(&options, NOTHING);
  options.noise_std = 3.0;
  remarks_are(&options, outside);
  made_noise(&weights, 0.0, log(3.0), 0.1);
  remarks_are(&options, NOTHING);
  options.noise_std = 1.0;
  remarks_are(&options, outside | off);
  options.noise_std = 9.0; /* too much is no business of NOISE_OFF */
  remarks_are(&options, outside);
  options.noise_std = 0.0;
  remarks_are(&options, outside | off);
}
END_TEST

/* Without selection members have no noise; with it each has its own. */
START_TEST(noise_that_is_left_out_is_remarked) {
  set_network(0.0);
  predict_input(1.0);
  made_noise(&weights, 0.0, log(3.0), 0.1);
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_OFF);
  remarks_are(&options, DICREC_REMARK_OUTSIDE | DICREC_REMARK_NOISE_OFF);
  options.screening = DICREC_SCREENING_AUTO;
  remarks_are(&options, NOTHING);
}
END_TEST

START_TEST(members_outside_are_counted) {
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_OFF);
  options.noise = DICREC_NOISE_FIXED;
  for (int k = 0; k < 2; ++k) {
    options.noise_std = 3.0 * k;
    dicrec_reconstruction *made = reconstruct(&options, N, k == 0 ? DICREC_OK : DICREC_W_REMARK);
    ck_assert_int_eq(report_of(made).n_outside, k * N);
    dicrec_reconstruction_free(made);
  }
}
END_TEST

/* Among many, a remark belongs to its train. */
START_TEST(remarks_of_many_are_told_by_train) {
  const dicrec_reconstruct_options options = options_of(DICREC_SCREENING_OFF);
  dicrec_estimator *estimator = make_estimator(stg, &weights);
  set_drift(PERIOD, 1.5 * PERIOD);
  const dicrec_spikes *const trains[] = {input};
  dicrec_reconstruction *made[1];
  answers(dicrec_reconstruct_many(context, estimator, trains, 1, N, &options, made), DICREC_OK);
  ck_assert_int_eq(dicrec_reconstruction_status(made[0]), DICREC_W_REMARK);
  ck_assert_int_eq(report_of(made[0]).remarks, DICREC_REMARK_DRIFT);
  dicrec_reconstruction_free(made[0]);
  dicrec_estimator_free(estimator);
}
END_TEST

Suite *remarks_suite(void) {
  Suite *suite = suite_create("remarks");
  TCase *tests = tcase_create("remarks");
  tcase_add_checked_fixture(tests, screening_setup, screening_teardown);
  tcase_set_timeout(tests, 60.0);
  tcase_add_test(tests, remarks_have_names_and_texts);
  tcase_add_test(tests, usual_inputs_have_no_remarks);
  tcase_add_test(tests, unknown_inputs_are_remarked);
  tcase_add_test(tests, changes_of_the_rate_are_remarked);
  tcase_add_test(tests, silence_at_the_edge_of_a_window_is_remarked);
  tcase_add_test(tests, few_spikes_are_remarked);
  tcase_add_test(tests, missing_members_and_wide_tolerances_are_remarked);
  tcase_add_test(tests, noise_that_the_posterior_denies_is_remarked);
  tcase_add_test(tests, noise_that_is_left_out_is_remarked);
  tcase_add_test(tests, members_outside_are_counted);
  tcase_add_test(tests, remarks_of_many_are_told_by_train);
  suite_add_tcase(suite, tests);
  return suite;
}
