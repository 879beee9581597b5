/* SPDX-License-Identifier: MIT */
/**
 * @file spikes.hpp
 * Spike trains: when a neuron fired and when it was observed.
 */
#ifndef DICREC_CPP_SPIKES_HPP
#define DICREC_CPP_SPIKES_HPP

#include <dicrec.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "call.hpp"
#include "handle.hpp"
#include "options.hpp"
#include "records.hpp"
#include "span.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** A stretch of time that was observed without a gap. */
struct segment {
  /** Start of the observation, ms; of the first spike where no window was given. */
  double start_ms = 0;
  /** Stop of the observation, ms; of the last spike where no window was given. */
  double stop_ms = 0;
  /** Spikes in it. */
  std::size_t n_spikes = 0;
};

/** A checked spike train. */
class spikes : public handle<spikes, dicrec_spikes, dicrec_spikes_retain, dicrec_spikes_free> {
public:
  spikes() noexcept = default;

  /** Make a train of times [n], strictly increasing in every trial, in ms or the unit of the options. */
  static result<spikes> try_make(span<const double> times, const spikes_options &options = {},
                                 const callbacks &with = {}) {
    if (std::string fault = fault_of(options); !fault.empty()) return detail::refused<spikes>(std::move(fault));
    detail::spikes_options_view view(options);
    return detail::made<spikes>(with, [&](dicrec_context *context, dicrec_spikes **pointer) {
      return dicrec_spikes_create(context, times.data(), times.size(), view.get(), pointer);
    });
  }
  /** Make a train of sample numbers [n], of a recording with so many samples a second. */
  static result<spikes> try_from_samples(span<const std::int64_t> samples, double rate_hz,
                                         const spikes_options &options = {}, const callbacks &with = {}) {
    if (std::string fault = fault_of(options); !fault.empty()) return detail::refused<spikes>(std::move(fault));
    detail::spikes_options_view view(options);
    return detail::made<spikes>(with, [&](dicrec_context *context, dicrec_spikes **pointer) {
      return dicrec_spikes_create_from_samples(context, samples.data(), samples.size(), rate_hz, view.get(), pointer);
    });
  }

  /** Number of spikes. */
  std::size_t size() const noexcept { return dicrec_spikes_count(get()); }
  bool empty() const noexcept { return size() == 0; }
  /** The times, ms. */
  std::vector<double> times() const {
    std::vector<double> times(size());
    dicrec_spikes_copy_times(get(), times.data(), times.size());
    return times;
  }
  /** When it was observed, trial by trial. */
  std::vector<segment> segments() const {
    const std::size_t n = dicrec_spikes_segment_count(get());
    std::vector<double> windows(2 * n);
    std::vector<std::uint64_t> counts(n);
    std::vector<segment> segments(n);
    dicrec_spikes_copy_segments(get(), windows.data(), counts.data(), n);
    for (std::size_t i = 0; i < n; ++i)
      segments[i] = {windows[2 * i], windows[2 * i + 1], static_cast<std::size_t>(counts[i])};
    return segments;
  }

  /** Rate, variation, bursts; what cannot be computed is NaN. Remarks status::w_silent. */
  result<spike_statistics> try_statistics() const {
    auto c = detail::sized<dicrec_spike_statistics>();
    return detail::filled(spike_statistics{}, [&](auto &record) {
      const dicrec_status status = dicrec_spikes_statistics(get(), &c);
      record = detail::from_c(c);
      return status;
    });
  }
  /** Whether the rate changes. Remarks status::w_silent. */
  result<spike_stationarity> try_stationarity() const {
    auto c = detail::sized<dicrec_spike_stationarity>();
    return detail::filled(spike_stationarity{}, [&](auto &record) {
      const dicrec_status status = dicrec_spikes_stationarity(get(), &c);
      record = detail::from_c(c);
      return status;
    });
  }
  /** The firing pattern, a number for each of pattern_names(). Remarks status::w_silent, and all are NaN. */
  result<std::vector<double>> try_pattern() const {
    return detail::filled(std::vector<double>(dicrec_pattern_count()),
                          [&](auto &pattern) { return dicrec_spikes_pattern(get(), pattern.size(), pattern.data()); });
  }
  /** Squared van Rossum distance to another train, 1/ms. A time constant of 0, ms, is chosen by this train. */
  result<double> try_distance(const spikes &other, double tau_ms = 0) const {
    return detail::filled(
        0.0, [&](double &squared) { return dicrec_spikes_distance(get(), other.get(), tau_ms, &squared); });
  }

#if DICREC_CPP_EXCEPTIONS
  /** As try_make(). Throws argument_error, which names index and value of what is wrong. */
  explicit spikes(span<const double> times, const spikes_options &options = {}, const callbacks &with = {})
      : spikes(try_make(times, options, with).value()) {}
  /** As try_from_samples(). Throws argument_error. */
  static spikes from_samples(span<const std::int64_t> samples, double rate_hz, const spikes_options &options = {},
                             const callbacks &with = {}) {
    return try_from_samples(samples, rate_hz, options, with).value();
  }
  /** As try_statistics(). Throws argument_error if empty. */
  spike_statistics statistics() const { return try_statistics().value(); }
  /** As try_stationarity(). Throws argument_error if empty. */
  spike_stationarity stationarity() const { return try_stationarity().value(); }
  /** As try_pattern(). Throws argument_error if empty. */
  std::vector<double> pattern() const { return try_pattern().value(); }
  /** As try_distance(). Throws argument_error, also where a time constant of 0 finds no interval. */
  double distance(const spikes &other, double tau_ms = 0) const { return try_distance(other, tau_ms).value(); }
#endif

private:
  /** Arrays are pointers to the library, which cannot see that one is shorter than another. */
  static std::string fault_of(const spikes_options &options) {
    const std::size_t n_trials = options.trial_counts.size(), n_windows = options.trial_windows.size();
    if (n_windows == 0 || n_windows == n_trials) return {};
    return "trial_windows has " + std::to_string(n_windows) + " rows, trial_counts " + std::to_string(n_trials);
  }
};

namespace detail {

/** Trains as the calls for many want them. */
inline std::vector<const dicrec_spikes *> handles_of(span<const spikes> trains) {
  std::vector<const dicrec_spikes *> handles(trains.size());
  for (std::size_t i = 0; i < trains.size(); ++i) handles[i] = trains[i].get();
  return handles;
}

} // namespace detail

/** The unit that times of trains were most likely in, to warn where they were made with another. */
inline time_unit likely_unit(span<const spikes> trains, time_unit said = time_unit::ms) {
  const std::vector<const dicrec_spikes *> handles = detail::handles_of(trains);
  return static_cast<time_unit>(
      dicrec_spikes_likely_unit(handles.data(), handles.size(), static_cast<std::int32_t>(said)));
}

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
