/* SPDX-License-Identifier: MIT */
/** @file test_segments.c What an estimator reads of a train with gaps or trials: all of its segments, nothing between.
 */
#include <stdlib.h>
#include <string.h>

#include "estimator/estimator.h"
#include "spikes/spikes.h"
#include "support/estimator_fixture.h"

Suite *segments_suite(void);

enum { N = 90 };

static double times[N];

static void setup(void) {
  estimator_setup();
  for (int i = 0; i < N; ++i) times[i] = (i > 0 ? times[i - 1] : -40.0) + (i % 5 == 4 ? 120.0 : 9.0 + i % 3);
}

static dicrec_spikes *cut(const double *of_spikes, const double (*gaps)[2], size_t n_gaps) {
  dicrec_spikes_options options = {.struct_size = sizeof options, .gaps = gaps[0], .n_gaps = n_gaps};
  dicrec_spikes *spikes;
  answers(dicrec_spikes_create(context, of_spikes, N, &options, &spikes), DICREC_OK);
  return spikes;
}

static dicrec_spikes *divided(const double *of_spikes, const uint64_t *counts, size_t n_trials) {
  dicrec_spikes_options options = {.struct_size = sizeof options, .trial_counts = counts, .n_trials = n_trials};
  dicrec_spikes *spikes;
  uint64_t n = 0;
  for (size_t i = 0; i < n_trials; ++i) n += counts[i];
  answers(dicrec_spikes_create(context, of_spikes, (size_t)n, &options, &spikes), DICREC_OK);
  return spikes;
}

static double difference_of(const dicrec_spikes *a, const dicrec_spikes *b, int32_t auto_scale) {
  dicrec_posterior *of_a = run(a, auto_scale, 0.0), *of_b = run(b, auto_scale, 0.0);
  check_finite(of_a);
  const double difference = posterior_difference(of_a, of_b);
  dicrec_posterior_free(of_a);
  dicrec_posterior_free(of_b);
  return difference;
}

/** Features of a train [n_features] from each of its segments, read by itself; the windows that they have. */
static size_t add_up(const dicrec_spikes *spikes, dicrec__scratch *scratch, float *features) {
  const dicrec__network *network = &estimator->reader.network;
  dicrec__pattern_sums sums = {0};
  double pattern[DICREC__PATTERN_SIZE];
  dicrec__sums_clear(&scratch->sums[0], dicrec__embedding_width(&network->embedding));
  for (size_t s = 0; s < spikes->train.n_segments; ++s) {
    const dicrec__segment segment = dicrec__train_segment(spikes->train, s);
    const double *of_segment = spikes->times_ms + segment.first;
    if (segment.n < 2) continue;
    const dicrec__view view = {.train = dicrec__train_of(of_segment, segment.n), .time_scale = 1.0};
    dicrec__queue_train(&scratch->queue, &view, &scratch->sums[0]);
    dicrec__pattern_part(&sums);
    for (size_t i = 1; i < segment.n; ++i)
      dicrec__pattern_push(
          &sums, dicrec__interval_as_read(&network->embedding, of_segment[0], of_segment[i - 1], of_segment[i], 1.0));
  }
  dicrec__queue_run(&scratch->queue);
  dicrec__pattern_read(&sums, pattern);
  dicrec__code_features(network, &scratch->sums[0], spikes->train.n_intervals, pattern, features);
  return scratch->sums[0].n;
}

/** The posterior of a train is that of its segments together. */
static void adds_up(const dicrec_spikes *spikes, size_t n_windows) {
  dicrec__scratch scratch;
  answers(dicrec__scratch_create(context, &estimator->reader, 1, &scratch), DICREC_OK);
  const dicrec__reader *reader = &estimator->reader;
  ck_assert_uint_eq(add_up(spikes, &scratch, scratch.features), n_windows);
  dicrec__scratch_support(reader, &scratch, 1);
  dicrec__scratch_heads(reader, &scratch, 1);
  const dicrec__time_scale_found scale = {1.0, {1.0, 1.0}};
  const dicrec__reading reading =
      dicrec__reading_of_row(estimator, &scratch, 0, dicrec__spike_activity(spikes->train), &scale);
  dicrec_posterior *together, *read = run(spikes, 0, 1.0);
  answers(dicrec__posterior_create(context, &estimator->target, dicrec__estimator_components(estimator),
                                   reader->network.n_code, &together),
          DICREC_OK);
  dicrec__posterior_set(together, &estimator->target, &reading);
  const double worst = posterior_difference(read, together);
  report_worst("a train with gaps against its segments together", worst, 1e-6);
  ck_assert_double_le(worst, 1e-6);
  dicrec_posterior_free(together);
  dicrec_posterior_free(read);
  dicrec__scratch_free(&context->allocator, &scratch);
}

START_TEST(a_train_with_a_gap_is_its_segments_together) {
  const size_t window = (size_t)estimator->reader.network.embedding.window;
  const double gaps[][2] = {{times[29] + 1.0, times[30] - 1.0}, {times[69] + 1.0, times[70] - 1.0}};
  dicrec_spikes *spikes = cut(times, gaps, 2);
  adds_up(spikes, N - 3 * window);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(short_segments_have_windows_if_there_is_none_else) {
  const size_t window = (size_t)estimator->reader.network.embedding.window;
  const uint64_t some[] = {2, window + 3, 1, 0, window}, all_short[] = {2, 2, 1, 0, 2};
  dicrec_spikes *spikes = divided(times, some, 5), *briefly = divided(times + window + 3, some + 2, 3);
  dicrec_posterior *posterior = run(spikes, 0, 1.0);
  check_finite(posterior);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
  dicrec_spikes_free(briefly);
  spikes = divided(times, all_short, 5);
  adds_up(spikes, 3);
  dicrec_spikes_free(spikes);
}
END_TEST

START_TEST(where_trials_are_in_time_is_of_no_matter) {
  static const uint64_t counts[] = {20, 30, 40}, swapped_counts[] = {40, 20, 30};
  double moved[N], swapped[N];
  for (int i = 0; i < N; ++i) moved[i] = times[i] - (i < 20 ? 0.0 : i < 50 ? times[20] : times[50]);
  memcpy(swapped, moved + 50, 40 * sizeof *swapped);
  memcpy(swapped + 40, moved, 50 * sizeof *swapped);
  const double gaps[][2] = {{times[19] + 1.0, times[20]}, {times[49], times[50]}};
  for (int32_t auto_scale = 0; auto_scale < 2; ++auto_scale) {
    dicrec_spikes *gapped = cut(times, gaps, 2), *trials = divided(moved, counts, 3);
    dicrec_spikes *others = divided(swapped, swapped_counts, 3), *whole;
    answers(dicrec_spikes_create(context, times, N, NULL, &whole), DICREC_OK);
    ck_assert_double_le(difference_of(gapped, trials, auto_scale), 1e-6);
    ck_assert_double_le(difference_of(trials, others, auto_scale), 1e-4);
    ck_assert_double_gt(difference_of(gapped, whole, auto_scale), 1e-4);
    dicrec_spikes_free(gapped);
    dicrec_spikes_free(trials);
    dicrec_spikes_free(others);
    dicrec_spikes_free(whole);
  }
}
END_TEST

START_TEST(a_window_alone_changes_nothing) {
  dicrec_spikes_options options = {.struct_size = sizeof options, .has_window = 1, .start = -1e5, .stop = 1e5};
  dicrec_spikes *whole, *windowed;
  answers(dicrec_spikes_create(context, times, N, NULL, &whole), DICREC_OK);
  answers(dicrec_spikes_create(context, times, N, &options, &windowed), DICREC_OK);
  ck_assert_double_eq(difference_of(whole, windowed, 0), 0.0);
  ck_assert_double_eq(difference_of(whole, windowed, 1), 0.0);
  dicrec_spikes_free(whole);
  dicrec_spikes_free(windowed);
}
END_TEST

START_TEST(a_search_looks_at_long_trains_with_gaps) {
  enum { LONG = 6000, PER_TRIAL = 50 };
  double *many = malloc(LONG * sizeof *many);
  uint64_t counts[LONG / PER_TRIAL];
  for (int i = 0; i < LONG; ++i) many[i] = i % PER_TRIAL == 0 ? 0.0 : many[i - 1] + 30.0 + i % 7;
  for (int i = 0; i < LONG / PER_TRIAL; ++i) counts[i] = PER_TRIAL;
  dicrec_spikes *spikes = divided(many, counts, LONG / PER_TRIAL);
  dicrec_posterior *posterior = run(spikes, 1, 0.0);
  check_finite(posterior);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
  free(many);
}
END_TEST

START_TEST(spikes_without_intervals_are_silent) {
  static const uint64_t counts[] = {1, 1, 2, 1, 1};
  dicrec_spikes *spikes = divided(times, counts, 5);
  dicrec_posterior *posterior;
  answers(dicrec_estimate(context, estimator, spikes, NULL, &posterior), DICREC_W_SILENT);
  ck_assert_ptr_nonnull(strstr(error_text(), "6 spikes with 1 interval"));
  ck_assert_int_eq(dicrec_posterior_activity(posterior), DICREC_ACTIVITY_SILENT);
  dicrec_posterior_free(posterior);
  dicrec_spikes_free(spikes);
}
END_TEST

Suite *segments_suite(void) {
  Suite *suite = suite_create("segments");
  TCase *tests = tcase_create("segments");
  tcase_add_checked_fixture(tests, setup, estimator_teardown);
  tcase_add_test(tests, a_train_with_a_gap_is_its_segments_together);
  tcase_add_test(tests, short_segments_have_windows_if_there_is_none_else);
  tcase_add_test(tests, where_trials_are_in_time_is_of_no_matter);
  tcase_add_test(tests, a_window_alone_changes_nothing);
  tcase_add_test(tests, a_search_looks_at_long_trains_with_gaps);
  tcase_add_test(tests, spikes_without_intervals_are_silent);
  suite_add_tcase(suite, tests);
  return suite;
}
