/* SPDX-License-Identifier: MIT */
#include "reconstruct/train_check.h"

#include <math.h>

void dicrec__train_check_init(dicrec__train_check *check, const dicrec__request *request, const dicrec__screen *screen,
                              double *intervals) {
  const dicrec__sampling_error error = dicrec__sampling_error_of(&request->input);
  dicrec__comparison *comparison = &check->comparison;
  check->request = request;
  check->tau_ms = dicrec__van_rossum_tau(request->spikes->train);
  dicrec__comparison_init(comparison, screen, request->spikes->train, dicrec_posterior_time_scale(request->posterior),
                          intervals);
  comparison->rate_tolerance = hypot(request->options.rate_tolerance, error.rate);
  comparison->burst_tolerance =
      hypot(request->options.burst_tolerance, error.spikes_per_burst * request->input.spikes_per_burst);
}

/* How many spikes of a train lie within a time from its first. */
static size_t count_within(const double *times_ms, size_t n, double span) {
  while (n > 1 && times_ms[n - 1] - times_ms[0] > span) --n;
  return n;
}

/* Distance of a train from the input's longest segment, over the time that both last. */
static double distance_from_input(const dicrec__train_check *check, const dicrec__spike_list *train) {
  const dicrec__train input = check->request->spikes->train;
  const dicrec__segment longest = dicrec__train_longest(input);
  const double *times = input.times_ms + longest.first;
  const double window = check->request->simulate.t_end_ms - check->request->simulate.t_skip_ms;
  const double span = fmin(times[longest.n - 1] - times[0], window);
  return dicrec__van_rossum(times, count_within(times, longest.n, span), train->times_ms,
                            count_within(train->times_ms, train->n, span + check->tau_ms), check->tau_ms);
}

dicrec__member_train dicrec__train_check_run(const dicrec__train_check *check, const dicrec__spike_list *list,
                                             double *sorted, dicrec__compared *compared) {
  const dicrec__train train = dicrec__train_of(list->times_ms, list->n);
  dicrec__member_train fired = {.distance = (double)NAN, .n_times = list->n};
  dicrec__spike_statistics(train, &fired.statistics);
  *compared = dicrec__compare(&check->comparison, train, &fired.statistics, sorted);
  fired.accepted = compared->mismatch <= 1.0;
  fired.intervals = compared->intervals;
  if (list->n > 0) fired.distance = distance_from_input(check, list);
  return fired;
}
