/* SPDX-License-Identifier: MIT */
/**
 * @file reconstruction.hpp
 * What came of a reconstruction: posterior, members, report, and what the members fired.
 */
#ifndef DICREC_CPP_RECONSTRUCTION_HPP
#define DICREC_CPP_RECONSTRUCTION_HPP

#include <dicrec.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "call.hpp"
#include "handle.hpp"
#include "matrix.hpp"
#include "population.hpp"
#include "posterior.hpp"
#include "records.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** What members were chosen from: mean and standard deviation [channels] over all candidates, mS/cm2. */
struct candidate_moments {
  std::vector<double> mean{};
  std::vector<double> deviation{};
};

/** Bits of reconstruction_report::remarks one by one. */
inline std::vector<remark> remarks_of(const reconstruction_report &report) {
  std::vector<remark> found;
  for (std::uint32_t bit = 1; bit != 0 && bit <= static_cast<std::uint32_t>(report.remarks); bit <<= 1U)
    if ((static_cast<std::uint32_t>(report.remarks) & bit) != 0) found.push_back(static_cast<remark>(bit));
  return found;
}

/** Posterior, population and, if verified, the firing of each member. */
class reconstruction
    : public handle<reconstruction, dicrec_reconstruction, dicrec_reconstruction_retain, dicrec_reconstruction_free> {
public:
  reconstruction() noexcept = default;

  /** What is remarked of the train, or why it failed; status::e_argument if empty. */
  dicrec::status status() const noexcept { return static_cast<dicrec::status>(dicrec_reconstruction_status(get())); }
  /** Text of the failure or remark. */
  std::string text() const {
    return detail::text_of(
        [&](char *text, std::size_t size) { return dicrec_reconstruction_error(get(), text, size); });
  }
  /** What the spikes say. */
  dicrec::posterior posterior() const noexcept {
    return dicrec::posterior::share(dicrec_reconstruction_posterior(get()));
  }
  /** The members: those that match first, then the nearest of the others, status::w_rejected. */
  dicrec::population population() const noexcept {
    return dicrec::population::share(dicrec_reconstruction_population(get()));
  }
  /** How far a member's predicted firing is from the input, in tolerances; NaN without screening, beyond the last. */
  double mismatch(std::size_t member) const noexcept { return dicrec_reconstruction_mismatch(get(), member); }
  /** Whether a member fired like the input; false without the check. */
  bool accepted(std::size_t member) const noexcept { return dicrec_reconstruction_accepted(get(), member) != 0; }
  /** Squared van Rossum distance of a member's train to the input, 1/ms; NaN if silent, beyond the last, unchecked. */
  double distance(std::size_t member) const noexcept { return dicrec_reconstruction_distance(get(), member); }
  /** Number of spikes that a member fired in the check; 0 without it. */
  std::size_t spike_count(std::size_t member) const noexcept {
    return dicrec_reconstruction_spike_count(get(), member);
  }

  /** How the search ended and what to know before the members are believed. */
  result<reconstruction_report> try_report() const {
    auto c = detail::sized<dicrec_reconstruction_report>();
    return detail::filled(reconstruction_report{}, [&](auto &record) {
      const dicrec_status status = dicrec_reconstruction_copy_report(get(), &c);
      record = detail::from_c(c);
      return status;
    });
  }
  /** Standard deviation of each conductance [channels] over the accepted members, relative to all candidates. */
  result<std::vector<double>> try_spread_kept() const {
    return detail::filled(std::vector<double>(population().channel_count()), [&](auto &kept) {
      return dicrec_reconstruction_copy_spread_kept(get(), kept.data(), kept.size());
    });
  }
  /** What the members were chosen from. */
  result<dicrec::candidate_moments> try_candidate_moments() const {
    const std::size_t n = population().channel_count();
    dicrec::candidate_moments moments{std::vector<double>(n), std::vector<double>(n)};
    return detail::filled(std::move(moments), [&](auto &both) {
      return dicrec_reconstruction_copy_candidate_moments(get(), both.mean.data(), both.deviation.data(), n);
    });
  }
  /** Statistics of what a member fired in the check. Remarks status::w_silent. */
  result<spike_statistics> try_statistics(std::size_t member) const {
    auto c = detail::sized<dicrec_spike_statistics>();
    return detail::filled(spike_statistics{}, [&](auto &record) {
      const dicrec_status status = dicrec_reconstruction_statistics(get(), member, &c);
      record = detail::from_c(c);
      return status;
    });
  }
  /** Spike times that a member fired in the check, ms, at the input's time scale. */
  result<std::vector<double>> try_spikes(std::size_t member) const {
    return detail::filled(std::vector<double>(spike_count(member)), [&](auto &times) {
      return dicrec_reconstruction_copy_spikes(get(), member, times.data(), times.size());
    });
  }
  /** Spike times that every member fired in the check, ms. */
  result<spike_trains> try_spikes() const {
    std::vector<std::uint64_t> offsets(population().size() + 1);
    std::vector<double> times(dicrec_reconstruction_spike_total(get()));
    const dicrec_status status =
        dicrec_reconstruction_copy_all_spikes(get(), offsets.data(), offsets.size(), times.data(), times.size());
    return {outcome_of_call(status, std::string()), spike_trains(std::move(offsets), std::move(times))};
  }

#if DICREC_CPP_EXCEPTIONS
  /** As try_report(). Throws argument_error if the train failed. */
  reconstruction_report report() const { return try_report().value(); }
  /** As try_spread_kept(). Throws argument_error if members were neither screened nor checked. */
  std::vector<double> spread_kept() const { return try_spread_kept().value(); }
  /** As try_candidate_moments(). Throws argument_error if members were neither screened nor checked. */
  dicrec::candidate_moments candidate_moments() const { return try_candidate_moments().value(); }
  /** As try_statistics(). Throws argument_error without the check, and beyond the last. */
  spike_statistics statistics(std::size_t member) const { return try_statistics(member).value(); }
  /** As try_spikes(). Throws argument_error without the check, and beyond the last. */
  std::vector<double> spikes(std::size_t member) const { return try_spikes(member).value(); }
  /** As try_spikes(). Throws argument_error without the check. */
  spike_trains spikes() const { return try_spikes().value(); }
#endif
};

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
