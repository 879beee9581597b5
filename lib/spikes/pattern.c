/* SPDX-License-Identifier: MIT */
#include "spikes/pattern.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "spikes/spikes.h"

/* Intervals are raised to it before logarithms, as in front of the network: spikes may coincide but for rounding. */
static const double shortest_ms = 0.1;
static const double log_shortest = -2.302585092994046; /* of shortest_ms */
static const double bins_per_unit = 16.0;
/* A burst begins where an interval is shorter than the one before by this factor or more. */
static const double log_onset = -0.6931471805599453; /* of 1/2 */
/* Below this all regularity looks alike. */
static const double least_spread = 1e-4;

static void running_add(dicrec__running *running, double x) {
  const double difference = x - running->mean;
  running->n += 1.0;
  running->mean += difference / running->n;
  running->squares += difference * (x - running->mean);
}

static double running_sd(const dicrec__running *running) {
  return running->n > 0.0 ? sqrt(running->squares / running->n) : 0.0;
}

static void end_burst(dicrec__pattern_sums *sums) {
  const uint64_t n = sums->burst_position;
  running_add(&sums->period, sums->burst_ms);
  running_add(&sums->spikes, (double)n);
  running_add(&sums->pause, sums->burst_end[DICREC__PATTERN_LAST - 1]);
  for (uint64_t k = 0; k < n && k < DICREC__PATTERN_FIRST; ++k) running_add(&sums->from_onset[k], sums->burst_logs[k]);
  for (uint64_t k = 0; k < n && k < DICREC__PATTERN_LAST; ++k)
    running_add(&sums->to_end[DICREC__PATTERN_LAST - 1 - k], sums->burst_end[DICREC__PATTERN_LAST - 1 - k]);
}

/* A burst with the pause after it goes from one onset to the next; before the first onset there is none. */
static void follow_burst(dicrec__pattern_sums *sums, double interval_ms, double log_interval) {
  if (sums->n_here > 0 && log_interval - sums->previous < log_onset) {
    if (sums->burst_position > 0) end_burst(sums);
    sums->burst_position = 0;
    sums->burst_ms = 0.0;
  } else if (sums->burst_position == 0) return;
  if (sums->burst_position < DICREC__PATTERN_FIRST) sums->burst_logs[sums->burst_position] = log_interval;
  for (int k = 1; k < DICREC__PATTERN_LAST; ++k) sums->burst_end[k - 1] = sums->burst_end[k];
  sums->burst_end[DICREC__PATTERN_LAST - 1] = log_interval;
  sums->burst_ms += interval_ms;
  ++sums->burst_position;
}

static void follow_neighbours(dicrec__pattern_sums *sums, double interval_ms, double log_interval) {
  const double x = log_interval - sums->first;
  if (sums->n_here >= 1) {
    const double ratio = (interval_ms - sums->previous_ms) / (interval_ms + sums->previous_ms);
    sums->local += ratio * ratio;
    sums->lag_1 += x * (sums->previous - sums->first);
    ++sums->n_pairs[0];
  } else sums->heads[0] += x;
  if (sums->n_here >= 2) {
    sums->lag_2 += x * (sums->before - sums->first);
    ++sums->n_pairs[1];
  } else sums->heads[1] += x;
}

static void count(dicrec__pattern_sums *sums, double log_interval) {
  const double place = (log_interval - log_shortest) * bins_per_unit;
  const int bin = place < DICREC__PATTERN_BINS - 1 ? (int)place : DICREC__PATTERN_BINS - 1;
  ++sums->counts[bin];
  sums->sums[bin] += log_interval;
}

void dicrec__pattern_push(dicrec__pattern_sums *sums, double interval_ms) {
  const double log_interval = interval_ms > shortest_ms ? log(interval_ms) : log_shortest;
  if (sums->n == 0) sums->first = sums->shortest = sums->longest = log_interval;
  follow_burst(sums, interval_ms, log_interval);
  follow_neighbours(sums, interval_ms, log_interval);
  count(sums, log_interval);
  running_add(&sums->interval, interval_ms);
  running_add(&sums->log, log_interval);
  if (log_interval < sums->shortest) sums->shortest = log_interval;
  if (log_interval > sums->longest) sums->longest = log_interval;
  sums->before = sums->previous;
  sums->previous = log_interval;
  sums->previous_ms = interval_ms;
  ++sums->n;
  ++sums->n_here;
}

/* The tails with those of the segment that goes on. */
static void sum_tails(const dicrec__pattern_sums *sums, double tails[2]) {
  const double last = sums->previous - sums->first, before = sums->before - sums->first;
  tails[0] = sums->tails[0] + (sums->n_here > 0 ? last : 0.0);
  tails[1] = sums->tails[1] + (sums->n_here > 1 ? last + before : sums->n_here > 0 ? last : 0.0);
}

void dicrec__pattern_part(dicrec__pattern_sums *sums) {
  sum_tails(sums, sums->tails);
  sums->n_here = 0;
  sums->burst_position = 0; /* where the burst that goes on ends is not seen */
  sums->burst_ms = 0.0;
}

/* Sum over the pairs at a lag of (x - mean)(y - mean), from that of the products of x and y, over the variance of all;
   0 where there is no pair or no variance. */
static double correlation(const dicrec__pattern_sums *sums, int k, double products, double tail) {
  if (sums->n_pairs[k] == 0 || sums->log.squares <= 0.0) return 0.0;
  const double n = (double)sums->n, mean = sums->log.mean - sums->first, total = n * mean;
  const double pairs = (double)sums->n_pairs[k];
  const double covariance = products - mean * (2.0 * total - sums->heads[k] - tail) + pairs * mean * mean;
  return covariance / sums->log.squares;
}

static void read_correlations(const dicrec__pattern_sums *sums, double *pattern) {
  double tails[2];
  sum_tails(sums, tails);
  pattern[DICREC__PATTERN_LAG_1] = correlation(sums, 0, sums->lag_1, tails[0]);
  pattern[DICREC__PATTERN_LAG_2] = correlation(sums, 1, sums->lag_2, tails[1]);
}

/* Shares of the intervals that the quantiles leave below. */
static double quantile_share(int k) {
  if (k == 0) return 0.05;
  return k == DICREC__PATTERN_QUANTILES - 1 ? 0.95 : 0.1 * k;
}

/* Linear between the means of the bins, each at the middle of its ranks, and the shortest and the longest at the ends.
 */
static void read_quantiles(const dicrec__pattern_sums *sums, double log_mean, double *quantiles) {
  const double n = (double)sums->n;
  double rank = 0.0, value = sums->shortest, below = 0.0;
  int k = 0;
  for (int bin = 0; bin <= DICREC__PATTERN_BINS && k < DICREC__PATTERN_QUANTILES; ++bin) {
    const bool is_end = bin == DICREC__PATTERN_BINS;
    const double in_bin = is_end ? 0.0 : (double)sums->counts[bin];
    if (!is_end && in_bin == 0.0) continue;
    const double next_rank = is_end ? n : below + 0.5 * in_bin;
    const double next_value = is_end ? sums->longest : sums->sums[bin] / in_bin;
    for (; k < DICREC__PATTERN_QUANTILES && quantile_share(k) * n <= next_rank; ++k) {
      const double part = next_rank > rank ? (quantile_share(k) * n - rank) / (next_rank - rank) : 1.0;
      quantiles[k] = value + part * (next_value - value) - log_mean;
    }
    below += in_bin;
    rank = next_rank;
    value = next_value;
  }
}

/* Without a whole burst all intervals inside one count as mean ones, and there are no spikes in it. */
static void read_bursts(const dicrec__pattern_sums *sums, double log_mean, double *pattern) {
  const double n_bursts = sums->period.n, period_ms = sums->period.mean;
  pattern[DICREC__PATTERN_BURST_SHARE] = n_bursts / (double)sums->n;
  pattern[DICREC__PATTERN_LOG_PERIOD] = n_bursts > 0.0 ? log(period_ms) - log_mean : 0.0;
  pattern[DICREC__PATTERN_PERIOD_CV] = n_bursts > 0.0 ? running_sd(&sums->period) / period_ms : 0.0;
  pattern[DICREC__PATTERN_BURST_SPIKES] = sums->spikes.mean;
  pattern[DICREC__PATTERN_BURST_SD] = running_sd(&sums->spikes);
  pattern[DICREC__PATTERN_PAUSE_SD] = running_sd(&sums->pause);
  for (int k = 0; k < DICREC__PATTERN_FIRST + DICREC__PATTERN_LAST; ++k) {
    const dicrec__running *at =
        k < DICREC__PATTERN_FIRST ? &sums->from_onset[k] : &sums->to_end[k - DICREC__PATTERN_FIRST];
    pattern[DICREC__PATTERN_FROM_ONSET + k] = at->n > 0.0 ? at->mean - log_mean : 0.0;
  }
}

void dicrec__pattern_read(const dicrec__pattern_sums *sums, double *pattern) {
  const double log_mean = log(sums->interval.mean), sd_log = running_sd(&sums->log);
  const double local = sums->n_pairs[0] > 0 ? 3.0 * sums->local / (double)sums->n_pairs[0] : 0.0;
  pattern[DICREC__PATTERN_LOG_MEAN] = log_mean;
  pattern[DICREC__PATTERN_MEAN_LOG] = sums->log.mean - log_mean;
  pattern[DICREC__PATTERN_SD_LOG] = sd_log;
  pattern[DICREC__PATTERN_LOG_SD_LOG] = log(sd_log + least_spread);
  pattern[DICREC__PATTERN_CV] = running_sd(&sums->interval) / sums->interval.mean;
  pattern[DICREC__PATTERN_LV] = local;
  pattern[DICREC__PATTERN_LOG_LV] = log(sqrt(local / 3.0) + least_spread);
  pattern[DICREC__PATTERN_LOG_SHORTEST] = sums->shortest - log_mean;
  pattern[DICREC__PATTERN_LOG_LONGEST] = sums->longest - log_mean;
  read_correlations(sums, pattern);
  read_quantiles(sums, log_mean, pattern + DICREC__PATTERN_QUANTILE);
  read_bursts(sums, log_mean, pattern);
}

void dicrec__pattern_of(dicrec__train train, double *pattern) {
  dicrec__pattern_sums sums;
  memset(&sums, 0, sizeof sums);
  for (size_t s = 0; s < train.n_segments; ++s) {
    const dicrec__segment segment = dicrec__train_segment(train, s);
    const double *times = train.times_ms + segment.first;
    dicrec__pattern_part(&sums);
    for (size_t i = 1; i < segment.n; ++i) dicrec__pattern_push(&sums, times[i] - times[i - 1]);
  }
  dicrec__pattern_read(&sums, pattern);
}

bool dicrec__pattern_is_relative(int k) {
  const bool is_of_all = k == DICREC__PATTERN_LOG_SHORTEST || k == DICREC__PATTERN_LOG_LONGEST ||
                         (k >= DICREC__PATTERN_QUANTILE && k < DICREC__PATTERN_BURST_SHARE);
  return is_of_all || k == DICREC__PATTERN_LOG_PERIOD ||
         (k >= DICREC__PATTERN_FROM_ONSET && k < DICREC__PATTERN_PAUSE_SD);
}

bool dicrec__pattern_is_time(int k) { return k == DICREC__PATTERN_LOG_MEAN || dicrec__pattern_is_relative(k); }

void dicrec__pattern_absolute(const double *pattern, double *absolute) {
  const bool bursts = pattern[DICREC__PATTERN_BURST_SHARE] > 0.0;
  for (int k = 0; k < DICREC__PATTERN_SIZE; ++k) {
    const bool is_of_bursts = k > DICREC__PATTERN_BURST_SHARE;
    const bool is_in_burst = k >= DICREC__PATTERN_FROM_ONSET && k < DICREC__PATTERN_PAUSE_SD;
    absolute[k] = pattern[k] + (dicrec__pattern_is_relative(k) ? pattern[DICREC__PATTERN_LOG_MEAN] : 0.0);
    if ((is_of_bursts && !bursts) || (is_in_burst && pattern[k] == 0.0)) absolute[k] = (double)NAN;
  }
  if (bursts) absolute[DICREC__PATTERN_BURST_SPIKES] = log(fmax(pattern[DICREC__PATTERN_BURST_SPIKES], 1.0));
}

static const char *const names[DICREC__PATTERN_SIZE] = {
    "log_mean",
    "mean_log",
    "sd_log",
    "log_sd_log",
    "cv",
    "lv",
    "log_lv",
    "lag_1",
    "lag_2",
    "log_shortest",
    "log_longest",
    "log_quantile_05",
    "log_quantile_10",
    "log_quantile_20",
    "log_quantile_30",
    "log_quantile_40",
    "log_quantile_50",
    "log_quantile_60",
    "log_quantile_70",
    "log_quantile_80",
    "log_quantile_90",
    "log_quantile_95",
    "burst_share",
    "log_period",
    "period_cv",
    "burst_spikes",
    "burst_spikes_sd",
    "log_in_burst_1",
    "log_in_burst_2",
    "log_in_burst_3",
    "log_in_burst_4",
    "log_in_burst_5",
    "log_in_burst_6",
    "log_in_burst_7",
    "log_in_burst_8",
    "log_last_but_2",
    "log_last_but_1",
    "log_pause",
    "log_pause_sd",
};

size_t dicrec_pattern_count(void) { return DICREC__PATTERN_SIZE; }

const char *dicrec_pattern_name(size_t index) { return index < DICREC__PATTERN_SIZE ? names[index] : NULL; }

dicrec_status dicrec_spikes_pattern(const dicrec_spikes *spikes, size_t n_numbers, double *pattern) {
  if (spikes == NULL || pattern == NULL) return DICREC_E_ARGUMENT;
  if (n_numbers < 1 || n_numbers > DICREC__PATTERN_SIZE) return DICREC_E_RANGE;
  const bool is_silent = dicrec__train_is_silent(spikes->train);
  double whole[DICREC__PATTERN_SIZE];
  for (int i = 0; is_silent && i < DICREC__PATTERN_SIZE; ++i) whole[i] = (double)NAN;
  if (!is_silent) dicrec__pattern_of(spikes->train, whole);
  memcpy(pattern, whole, n_numbers * sizeof *pattern);
  return is_silent ? DICREC_W_SILENT : DICREC_OK;
}
