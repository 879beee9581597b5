/* SPDX-License-Identifier: MIT */
/** @file test_screening.c Which candidates become members: found again by hand from what the network says of each. */
#include <math.h>
#include <string.h>

#include "estimator/estimator.h"
#include "support/screening_fixture.h"

Suite *screening_suite(void);

enum { FOR_DIVERSITY = 4, MAX_CANDIDATES = 1200 };

/** Candidates as a reconstruction without screening makes them, with what the network must say of each. */
typedef struct known_candidates {
  size_t n, n_matched, pool;
  double g[MAX_CANDIDATES][N_CHANNELS], dics[MAX_CANDIDATES][DICREC_DIC_COUNT], mismatch[MAX_CANDIDATES], tolerance;
  size_t match[MAX_CANDIDATES]; /**< those that match, in the order in which they are found */
} known_candidates;

static known_candidates known;

/** The mismatch of each known candidate: the farthest of the two numbers that are compared. */
static void judge_known(void) {
  static const double without_noise[MAX_CANDIDATES];
  static dicrec__prediction predictions[MAX_CANDIDATES];
  static const int compared[] = {DICREC__PATTERN_LOG_MEAN, DICREC__PATTERN_CV};
  const dicrec__screen screen = screen_of_input();
  dicrec_estimator *estimator = make_estimator(stg, &weights);
  const dicrec__forward_neurons neurons = {known.n, known.g[0], known.dics[0], without_noise, screen.duration_ms};
  answers(dicrec__forward_predict(context, dicrec__estimator_forward(estimator), &neurons, predictions), DICREC_OK);
  for (size_t i = 0; i < known.n; ++i) {
    const double *mean = predictions[i].mean;
    ck_assert_double_eq_tol(mean[DICREC__PATTERN_LOG_MEAN], predicted_interval(known.g[i][0]), 2e-5);
    for (int k = 0; k < 2; ++k) {
      const double off = fabs(mean[compared[k]] - screen.asked[compared[k]]);
      const double wide = hypot(screen.tolerance[compared[k]], predictions[i].spread[compared[k]]);
      known.mismatch[i] = fmax(known.mismatch[i], off / wide);
    }
  }
  dicrec_estimator_free(estimator);
}

/** The nearest of the known candidates beyond a mismatch; their number if there is none. */
static size_t next_nearest(double mismatch) {
  size_t found = known.n;
  for (size_t i = 0; i < known.n; ++i)
    if (known.mismatch[i] > mismatch && (found == known.n || known.mismatch[i] < known.mismatch[found])) found = i;
  return found;
}

/** Those within the tolerance, and while they are too few the nearest within its double, twice. */
static void find_matches(void) {
  for (size_t i = 0; i < known.n; ++i)
    if (known.mismatch[i] <= 1.0) known.match[known.n_matched++] = i;
  double last = 1.0;
  for (known.tolerance = 1.0; known.n_matched < known.pool && known.tolerance < 4.0;) {
    known.tolerance *= 2.0;
    for (size_t next = next_nearest(last);
         known.n_matched < known.pool && next < known.n && known.mismatch[next] <= known.tolerance;
         next = next_nearest(last)) {
      known.match[known.n_matched++] = next;
      last = known.mismatch[next];
    }
  }
}

static void know_candidates(size_t n, int32_t selection) {
  ck_assert_uint_le(n, MAX_CANDIDATES);
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_OFF);
  options.target = DICREC_TARGET_SAMPLE;
  dicrec_reconstruction *all = reconstruct(&options, n, DICREC_OK);
  known = (known_candidates){.n = n, .pool = selection == DICREC_SELECTION_DIVERSE ? FOR_DIVERSITY * N : N};
  copy_members(all, known.g[0], n);
  answers(dicrec_population_copy_dics(dicrec_reconstruction_population(all), DICREC_DIC_COUNT, known.dics[0],
                                      n * DICREC_DIC_COUNT),
          DICREC_OK);
  dicrec_reconstruction_free(all);
  judge_known();
  find_matches();
}

static double standard_deviation(const double *values, size_t n, size_t stride) {
  double mean = 0.0, squares = 0.0;
  for (size_t i = 0; i < n; ++i) mean += values[i * stride] / (double)n;
  for (size_t i = 0; i < n; ++i) squares += (values[i * stride] - mean) * (values[i * stride] - mean);
  return sqrt(squares / ((double)n - 1.0));
}

/** How far a known candidate is from the nearest member so far, in standard deviations of the candidates. */
static double distance_to_members(size_t candidate, double g[][N_CHANNELS], size_t n, const double *scale) {
  double nearest = INFINITY;
  for (size_t i = 0; i < n; ++i) {
    double sum = 0.0;
    for (size_t c = 0; c < N_CHANNELS; ++c) sum += pow((known.g[candidate][c] - g[i][c]) / scale[c], 2.0);
    nearest = fmin(nearest, sum);
  }
  return nearest;
}

/** The match that must come next: as they were drawn, or the farthest from all members if there is a choice. */
static size_t next_match(double g[][N_CHANNELS], size_t rank, const double *scale) {
  if (rank == 0 || known.n_matched <= N || known.pool == N) return known.match[rank];
  size_t found = known.match[0];
  for (size_t k = 1; k < known.n_matched; ++k)
    if (distance_to_members(known.match[k], g, rank, scale) > distance_to_members(found, g, rank, scale))
      found = known.match[k];
  return found;
}

static void check_spread(const dicrec_reconstruction *made, const double *g, size_t n_accepted) {
  double kept[N_CHANNELS], mean[N_CHANNELS], deviation[N_CHANNELS], least = INFINITY;
  answers(dicrec_reconstruction_copy_spread_kept(made, kept, N_CHANNELS), DICREC_OK);
  answers(dicrec_reconstruction_copy_candidate_moments(made, mean, deviation, N_CHANNELS), DICREC_OK);
  for (size_t c = 0; c < N_CHANNELS; ++c) {
    const double all = standard_deviation(known.g[0] + c, known.n, N_CHANNELS);
    ck_assert_double_eq_tol(deviation[c], all, 1e-9 * all);
    ck_assert_double_eq_tol(kept[c], standard_deviation(g + c, n_accepted, N_CHANNELS) / all, 1e-9);
    least = fmin(least, kept[c]);
  }
  ck_assert(report_of(made).spread_kept_min == least);
  answers(dicrec_reconstruction_copy_candidate_moments(made, mean, deviation, N_CHANNELS - 1), DICREC_E_BUFFER);
}

static void check_counts(const dicrec_reconstruction_report *report, size_t n_accepted) {
  ck_assert_int_eq(report->n_matched, (int64_t)known.n_matched);
  ck_assert_int_eq(report->n_accepted, (int64_t)n_accepted);
  ck_assert_int_eq(report->n_found, N);
  ck_assert_int_eq(report->n_requested, N);
  ck_assert_int_eq(report->n_simulated, 0);
  ck_assert(report->screened == 1 && report->verified == 0);
  ck_assert_int_eq(report->outcome, n_accepted == N ? DICREC_OUTCOME_COMPLETE : DICREC_OUTCOME_DRAWN);
  ck_assert_double_eq(report->tolerance, known.tolerance);
}

/** Members, statuses, mismatches, spread and report of a screened reconstruction, all found again by hand. */
static void check_members(const dicrec_reconstruction *made) {
  const dicrec_reconstruction_report report = report_of(made);
  know_candidates((size_t)report.n_drawn, report.selection);
  const size_t n_accepted = known.n_matched < N ? known.n_matched : N;
  check_counts(&report, n_accepted);
  ck_assert_uint_eq(dicrec_population_valid_count(dicrec_reconstruction_population(made)), n_accepted);
  double g[N][N_CHANNELS], scale[N_CHANNELS], mismatch = known.tolerance;
  copy_members(made, g[0], N);
  for (size_t c = 0; c < N_CHANNELS; ++c) scale[c] = standard_deviation(known.g[0] + c, known.n, N_CHANNELS);
  for (size_t i = 0; i < N; ++i) {
    const size_t from = i < n_accepted ? next_match(g, i, scale) : next_nearest(mismatch);
    if (i >= n_accepted) mismatch = known.mismatch[from];
    ck_assert(same_bytes(g[i], known.g[from], N_CHANNELS));
    ck_assert_double_eq_tol(dicrec_reconstruction_mismatch(made, i), known.mismatch[from],
                            1e-9 * (1.0 + known.mismatch[from]));
    ck_assert_int_eq(dicrec_population_status(dicrec_reconstruction_population(made), i),
                     i < n_accepted ? DICREC_OK : DICREC_W_REJECTED);
    ck_assert_int_eq(dicrec_reconstruction_accepted(made, i), 0); /* that is the word of a simulation */
  }
  if (n_accepted > 1) check_spread(made, g[0], n_accepted);
}

/* As they are drawn, or the most diverse of more of them. */
START_TEST(matching_candidates_become_members) {
  set_network(2.0 * tolerance_of_mean());
  for (int32_t selection = DICREC_SELECTION_REPRESENTATIVE; selection <= DICREC_SELECTION_DIVERSE; ++selection) {
    dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
    options.selection = selection;
    dicrec_reconstruction *made = reconstruct(&options, N, DICREC_OK);
    const dicrec_reconstruction_report report = report_of(made);
    ck_assert_int_eq(report.activity, DICREC_ACTIVITY_SPIKING);
    ck_assert_int_eq(report.selection, selection);
    ck_assert(report.n_matched >= N && report.n_matched < report.n_drawn);
    ck_assert_double_eq(report.tolerance, 1.0);
    check_members(made);
    dicrec_reconstruction_free(made);
  }
}
END_TEST

START_TEST(the_nearest_fill_up_what_the_budget_leaves) {
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  for (options.max_drawn = 1; options.max_drawn <= 4; ++options.max_drawn) {
    options.selection = options.max_drawn % 2;
    set_network(20.0 * tolerance_of_mean() * options.max_drawn);
    dicrec_reconstruction *made = reconstruct(&options, N, DICREC_W_PARTIAL);
    ck_assert_ptr_nonnull(strstr(error_text(), "of 12 members"));
    ck_assert_int_eq(report_of(made).n_drawn, N * options.max_drawn);
    ck_assert_int_eq(report_of(made).outcome, DICREC_OUTCOME_DRAWN);
    ck_assert_double_eq(report_of(made).tolerance, 4.0);
    check_members(made);
    dicrec_reconstruction_free(made);
  }
}
END_TEST

/* No further than is needed for a choice, and not while the budget lasts. */
START_TEST(tolerances_double_when_the_budget_ends) {
  static const double slopes[3] = {2.0, 6.0, 20.0}; /* tolerances for each unit of the input */
  const double tolerance = tolerance_of_mean();
  for (int k = 0; k < 3; ++k) {
    dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
    options.max_drawn = 20;
    options.selection = DICREC_SELECTION_DIVERSE;
    set_network(slopes[k] * tolerance);
    dicrec_reconstruction *made = reconstruct(&options, N, k == 0 ? DICREC_OK : DICREC_W_REMARK);
    const dicrec_reconstruction_report report = report_of(made);
    ck_assert_double_eq(report.tolerance, (double)(1 << k));
    ck_assert(k == 0 ? report.n_drawn <= 20 * N : report.n_drawn == 20 * N);
    check_members(made);
    dicrec_reconstruction_free(made);
  }
}
END_TEST

START_TEST(no_budget_is_the_default_budget) {
  set_network(0.0);
  set_input(2.0 * PERIOD, 0.0, 30); /* which nobody fires */
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  options.max_drawn = 0;
  dicrec_reconstruction *made = reconstruct(&options, 2, DICREC_W_PARTIAL);
  ck_assert_int_eq(report_of(made).n_drawn, 2 * 64);
  ck_assert_int_eq(report_of(made).n_accepted, 0);
  ck_assert(isnan(report_of(made).spread_kept_min));
  double kept[N_CHANNELS];
  answers(dicrec_reconstruction_copy_spread_kept(made, kept, N_CHANNELS), DICREC_OK);
  for (size_t c = 0; c < N_CHANNELS; ++c) ck_assert(isnan(kept[c]));
  dicrec_reconstruction_free(made);
}
END_TEST

static double share_of_matches(dicrec_reconstruction *made) {
  const dicrec_reconstruction_report report = report_of(made);
  return (double)report.n_matched / (double)report.n_drawn;
}

/* Jitter leaves the mean interval uncertain. */
START_TEST(jitter_widens_the_tolerances) {
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  options.selection = DICREC_SELECTION_DIVERSE;
  set_network(4.0 * tolerance_of_mean());
  dicrec_reconstruction *made = reconstruct(&options, N, DICREC_OK);
  const double of_regular = share_of_matches(made);
  dicrec_reconstruction_free(made);
  set_input(PERIOD, 10.0, 30);
  set_predicted(DICREC__PATTERN_CV, 0.1, LEAST_SPREAD);
  made = reconstruct(&options, N, DICREC_OK);
  ck_assert_double_gt(share_of_matches(made), 1.3 * of_regular);
  ck_assert_int_eq(report_of(made).activity, DICREC_ACTIVITY_SPIKING);
  check_members(made);
  dicrec_reconstruction_free(made);
}
END_TEST

/* Finite weights whose products are not. */
START_TEST(a_network_that_overflows_matches_nothing) {
  made_values(&weights, "forward.steady.layer.3.weight")[3 * MADE_FORWARD_HIDDEN] = 3e38F;
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  options.max_drawn = 2;
  dicrec_reconstruction *made = reconstruct(&options, N, DICREC_W_PARTIAL);
  ck_assert_int_eq(report_of(made).n_matched, 0);
  ck_assert_int_eq(report_of(made).n_found, N);
  for (size_t i = 0; i < N; ++i) ck_assert_double_infinite(dicrec_reconstruction_mismatch(made, i));
  dicrec_reconstruction_free(made);
}
END_TEST

START_TEST(a_doubtful_class_is_no_match) {
  set_network(0.0);
  set_class(DICREC_ACTIVITY_SPIKING, 0.8);
  dicrec_reconstruct_options options = options_of(DICREC_SCREENING_AUTO);
  options.max_drawn = 4;
  dicrec_reconstruction *made = reconstruct(&options, N, DICREC_W_PARTIAL);
  ck_assert_int_eq(report_of(made).n_matched, 0);
  for (size_t i = 0; i < N; ++i) ck_assert_double_gt(dicrec_reconstruction_mismatch(made, i), 4.0);
  dicrec_reconstruction_free(made);
}
END_TEST

Suite *screening_suite(void) {
  Suite *suite = suite_create("screening");
  TCase *tests = tcase_create("screening");
  tcase_add_checked_fixture(tests, screening_setup, screening_teardown);
  tcase_set_timeout(tests, 240.0);
  tcase_add_test(tests, matching_candidates_become_members);
  tcase_add_test(tests, the_nearest_fill_up_what_the_budget_leaves);
  tcase_add_test(tests, tolerances_double_when_the_budget_ends);
  tcase_add_test(tests, no_budget_is_the_default_budget);
  tcase_add_test(tests, jitter_widens_the_tolerances);
  tcase_add_test(tests, a_network_that_overflows_matches_nothing);
  tcase_add_test(tests, a_doubtful_class_is_no_match);
  suite_add_tcase(suite, tests);
  return suite;
}
