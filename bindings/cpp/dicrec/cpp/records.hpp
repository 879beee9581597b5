/* SPDX-License-Identifier: MIT */
/**
 * @file records.hpp
 * What calls tell in structs. Made of the public headers by bindings/api/describe.py.
 */
#ifndef DICREC_CPP_RECORDS_HPP
#define DICREC_CPP_RECORDS_HPP

#include <dicrec.h>

#include <cstdint>

#include "c_struct.hpp"
#include "config.hpp"
#include "constants.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** Statistics of a train; what cannot be computed is NaN. */
struct spike_statistics {
  /** dicrec::activity. */
  dicrec::activity activity{};
  /** Number of spikes. */
  std::int64_t n_spikes{};
  /** Whole bursts of at least two spikes: those that may be cut are left out. */
  std::int64_t n_bursts{};
  /** 1000 / mean interval. */
  double rate_hz{};
  /** Mean inter-spike interval. */
  double isi_mean_ms{};
  /** Standard deviation over mean of the intervals. */
  double isi_cv{};
  /** Shortest interval. */
  double isi_min_ms{};
  /** Longest interval. */
  double isi_max_ms{};
  /** Mean over the whole bursts. */
  double spikes_per_burst{};
  /** 1000 / mean time between burst onsets. */
  double burst_hz{};
  /** Mean time from first to last spike of a burst. */
  double burst_duration_ms{};
  /** Standard deviation over the whole bursts, with n - 1. */
  double spikes_per_burst_sd{};
  /** Standard deviation over mean of the times between burst onsets. */
  double burst_period_cv{};
  /** Stretches observed without a gap. */
  std::int64_t n_segments{};
  /** Inter-spike intervals, which are inside the segments. */
  std::int64_t n_intervals{};
  /** Length of the windows less the gaps; from first to last spike without a window. */
  double observed_ms{};
  /** Spikes over observed time; without a window 1000 / mean interval. */
  double mean_rate_hz{};
  /** Intervals above it end a burst; NaN unless the train bursts. */
  double burst_gap_ms{};
};

namespace detail {
inline spike_statistics from_c(const dicrec_spike_statistics &c) noexcept {
  spike_statistics record;
  record.activity = static_cast<dicrec::activity>(c.activity);
  record.n_spikes = c.n_spikes;
  record.n_bursts = c.n_bursts;
  record.rate_hz = c.rate_hz;
  record.isi_mean_ms = c.isi_mean_ms;
  record.isi_cv = c.isi_cv;
  record.isi_min_ms = c.isi_min_ms;
  record.isi_max_ms = c.isi_max_ms;
  record.spikes_per_burst = c.spikes_per_burst;
  record.burst_hz = c.burst_hz;
  record.burst_duration_ms = c.burst_duration_ms;
  record.spikes_per_burst_sd = c.spikes_per_burst_sd;
  record.burst_period_cv = c.burst_period_cv;
  record.n_segments = c.n_segments;
  record.n_intervals = c.n_intervals;
  record.observed_ms = c.observed_ms;
  record.mean_rate_hz = c.mean_rate_hz;
  record.burst_gap_ms = c.burst_gap_ms;
  return record;
}
} // namespace detail

/** Whether the rate of a train changes while it is observed; NaN with fewer than ten intervals. */
struct spike_stationarity {
  /** true: p_value is below 0.01 and rate_factor outside 1/1.15 to 1.15; else 0. */
  bool drifts{};
  /** dicrec::change: what fits best, be it significant or not. */
  dicrec::change change{};
  /** Slow Fourier components compared: the fastest has so many half periods in the train. */
  std::int32_t n_components{};
  /** Probability of as large a change in a train of constant statistics. */
  double p_value{};
  /** Late rate over early, of the fit: at the ends of a drift, after and before a step. */
  double rate_factor{};
  /** When the step is, in the times of its segment; NaN for a drift. */
  double step_ms{};
  /** The segment that it is in; -1 for a drift. */
  std::int64_t step_segment{};
  /**
   * Longest silence between a spike and the edge of its segment, or of one without spikes; 0 without windows and gaps;
   * NaN with fewer than two intervals.
   */
  double silence_ms{};
  /** Probability of as long a one in an irregular train; likewise. */
  double silence_p{};
  /** true: silence_p is below 0.001 and silence_ms above three times the longest interval. */
  bool has_silent_edge{};
};

namespace detail {
inline spike_stationarity from_c(const dicrec_spike_stationarity &c) noexcept {
  spike_stationarity record;
  record.drifts = c.drifts != 0;
  record.change = static_cast<dicrec::change>(c.change);
  record.n_components = c.n_components;
  record.p_value = c.p_value;
  record.rate_factor = c.rate_factor;
  record.step_ms = c.step_ms;
  record.step_segment = c.step_segment;
  record.silence_ms = c.silence_ms;
  record.silence_p = c.silence_p;
  record.has_silent_edge = c.has_silent_edge != 0;
  return record;
}
} // namespace detail

/** What came of a reconstruction. */
struct reconstruction_report {
  /** dicrec::outcome. */
  dicrec::outcome outcome{};
  /** dicrec::activity of the input. */
  dicrec::activity activity{};
  /** true: candidates were screened. */
  bool screened{};
  /** true: candidates were simulated. */
  bool verified{};
  /** dicrec::target: MEDIAN or SAMPLE, also where AUTO was asked for. */
  dicrec::target target{};
  /** Members asked for. */
  std::int64_t n_requested{};
  /** Members that hold conductances. */
  std::int64_t n_found{};
  /** Of these, members that match: simulated if verified, predicted if only screened. */
  std::int64_t n_accepted{};
  /** Candidates drawn. */
  std::int64_t n_drawn{};
  /** Candidates drawn that are predicted to match; all valid ones without screening. */
  std::int64_t n_matched{};
  /** Candidates simulated, up to a limit or the end. */
  std::int64_t n_simulated{};
  /** Posterior median. */
  double g_s{};
  /** Posterior median. */
  double g_u{};
  /** Of the input, 0 to 1. */
  double support{};
  /** Of the input. */
  double time_scale{};
  /** Largest mismatch that counted as a match: 1, 2 or 4; NaN without screening. */
  double tolerance{};
  /** Least of dicrec_reconstruction_copy_spread_kept(); NaN if not known. */
  double spread_kept_min{};
  /** How long members were simulated, as in dicrec_simulate_options; 0: they were not. */
  double t_end_ms{};
  /** Spikes before it did not count. */
  double t_skip_ms{};
  /** dicrec::selection. */
  dicrec::selection selection{};
  /** dicrec::remark, or-ed; 0: nothing is to be remarked. */
  std::int32_t remarks{};
  /** Accepted members outside the 98 % interval of g_s, g_u or noise of the posterior. */
  std::int64_t n_outside{};
  /** Posterior median of the noise current, or the fixed one, uA/cm2. */
  double noise_std{};
  /** Posterior probability that there is none. */
  double noiseless{};
  /** P value of a change of the input's rate, see dicrec_spikes_stationarity(). */
  double drift_p{};
  /** Late rate over early. */
  double drift_factor{};
  /**
   * Of the accepted members' intervals to the input's, Kolmogorov-Smirnov, median; NaN if no member was accepted in a
   * check.
   */
  double isi_distance{};
  /** The same, earth mover's distance over the input's mean interval. */
  double isi_moved{};
};

namespace detail {
inline reconstruction_report from_c(const dicrec_reconstruction_report &c) noexcept {
  reconstruction_report record;
  record.outcome = static_cast<dicrec::outcome>(c.outcome);
  record.activity = static_cast<dicrec::activity>(c.activity);
  record.screened = c.screened != 0;
  record.verified = c.verified != 0;
  record.target = static_cast<dicrec::target>(c.target);
  record.n_requested = c.n_requested;
  record.n_found = c.n_found;
  record.n_accepted = c.n_accepted;
  record.n_drawn = c.n_drawn;
  record.n_matched = c.n_matched;
  record.n_simulated = c.n_simulated;
  record.g_s = c.g_s;
  record.g_u = c.g_u;
  record.support = c.support;
  record.time_scale = c.time_scale;
  record.tolerance = c.tolerance;
  record.spread_kept_min = c.spread_kept_min;
  record.t_end_ms = c.t_end_ms;
  record.t_skip_ms = c.t_skip_ms;
  record.selection = static_cast<dicrec::selection>(c.selection);
  record.remarks = c.remarks;
  record.n_outside = c.n_outside;
  record.noise_std = c.noise_std;
  record.noiseless = c.noiseless;
  record.drift_p = c.drift_p;
  record.drift_factor = c.drift_factor;
  record.isi_distance = c.isi_distance;
  record.isi_moved = c.isi_moved;
  return record;
}
} // namespace detail

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
