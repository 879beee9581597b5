/* SPDX-License-Identifier: MIT */
/**
 * @file simulation.hpp
 * What given conductances fire.
 */
#ifndef DICREC_CPP_SIMULATION_HPP
#define DICREC_CPP_SIMULATION_HPP

#include <dicrec.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "call.hpp"
#include "dics.hpp"
#include "handle.hpp"
#include "matrix.hpp"
#include "model.hpp"
#include "options.hpp"
#include "population.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** Spikes, a status, the last state and maybe a trace for each member. */
class simulation : public handle<simulation, dicrec_simulation, dicrec_simulation_retain, dicrec_simulation_free> {
public:
  simulation() noexcept = default;

  /** Number of members. */
  std::size_t size() const noexcept { return dicrec_simulation_member_count(get()); }
  bool empty() const noexcept { return size() == 0; }
  /** The solver that ran. */
  dicrec::solver solver() const noexcept { return static_cast<dicrec::solver>(dicrec_simulation_solver(get())); }
  /** Status of a member; status::e_argument beyond the last. */
  dicrec::status status(std::size_t member) const noexcept {
    return static_cast<dicrec::status>(dicrec_simulation_status(get(), member));
  }
  /** Status of every member. */
  std::vector<dicrec::status> statuses() const {
    std::vector<dicrec_status> numbers(size());
    dicrec_simulation_copy_statuses(get(), numbers.data(), numbers.size());
    std::vector<dicrec::status> statuses(numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) statuses[i] = static_cast<dicrec::status>(numbers[i]);
    return statuses;
  }
  /** Number of spikes of a member; 0 beyond the last. */
  std::size_t spike_count(std::size_t member) const noexcept { return dicrec_simulation_spike_count(get(), member); }
  /** Spike times of every member, ms from the start of the simulation. */
  spike_trains spikes() const {
    std::vector<std::uint64_t> offsets(size() + 1);
    std::vector<double> times(dicrec_simulation_spike_total(get()));
    dicrec_simulation_copy_all_spikes(get(), offsets.data(), offsets.size(), times.data(), times.size());
    return {std::move(offsets), std::move(times)};
  }
  /** Names of the columns of traces, "V", "m_Na", "I_Na", ...; none without traces. */
  std::vector<std::string> trace_columns() const {
    std::vector<std::string> names(dicrec_simulation_trace_column_count(get()));
    for (std::size_t i = 0; i < names.size(); ++i)
      names[i] = detail::text_of(
          [&](char *text, std::size_t size) { return dicrec_simulation_trace_column_name(get(), i, text, size); });
    return names;
  }

  /** Spike times of a member, ms from the start of the simulation. */
  result<std::vector<double>> try_spikes(std::size_t member) const {
    return detail::filled(std::vector<double>(spike_count(member)), [&](auto &times) {
      return dicrec_simulation_copy_spikes(get(), member, times.data(), times.size());
    });
  }
  /** Trace of a member [samples][trace_columns()]: mV, gates 0 to 1, uM, uA/cm2; NaN after an early stop. */
  result<matrix> try_trace(std::size_t member) const {
    matrix values(dicrec_simulation_trace_sample_count(get(), member), dicrec_simulation_trace_column_count(get()));
    return detail::filled(std::move(values), [&](matrix &samples) {
      return dicrec_simulation_copy_trace(get(), member, samples.data(), samples.values().size());
    });
  }
  /** Times of the samples of a member's trace, ms, rising from 0. */
  result<std::vector<double>> try_trace_times(std::size_t member) const {
    return detail::filled(std::vector<double>(dicrec_simulation_trace_sample_count(get(), member)), [&](auto &times) {
      return dicrec_simulation_copy_trace_times(get(), member, times.data(), times.size());
    });
  }
  /** States that the members end with [members][model::states()], to go on as initial_states of the options. */
  result<matrix> try_final_states(const dicrec::model &neuron) const {
    return detail::filled(matrix(size(), neuron.state_count()), [&](matrix &states) {
      return dicrec_simulation_copy_final_states(get(), states.data(), states.values().size());
    });
  }

#if DICREC_CPP_EXCEPTIONS
  /** As try_spikes(). Throws argument_error beyond the last. */
  std::vector<double> spikes(std::size_t member) const { return try_spikes(member).value(); }
  /** As try_trace(). Throws argument_error beyond the last, and without traces. */
  matrix trace(std::size_t member) const { return try_trace(member).value(); }
  /** As try_trace_times(). Throws argument_error beyond the last, and without traces. */
  std::vector<double> trace_times(std::size_t member) const { return try_trace_times(member).value(); }
  /** As try_final_states(). Throws argument_error if the model is not the one that was simulated. */
  matrix final_states(const dicrec::model &neuron) const { return try_final_states(neuron).value(); }
#endif
};

namespace detail {

/** Arrays are pointers to the library, which cannot see that one is shorter than another. */
inline std::string fault_of(const simulate_options &options, const model &neuron, std::size_t n) {
  const auto differs = [](std::size_t size, std::size_t wanted) { return size != 0 && size != wanted; };
  if (differs(options.member_noise_std.size(), n))
    return "member_noise_std is not one for each of " + std::to_string(n);
  if (differs(options.member_streams.size(), n)) return "member_streams is not one for each of " + std::to_string(n);
  if (options.current_values.size() != options.current_times_ms.size())
    return "current_times_ms and current_values are not equally many";
  if (differs(options.initial_states.columns(), neuron.state_count()))
    return "initial_states has " + std::to_string(options.initial_states.columns()) + " columns, the model " +
           std::to_string(neuron.state_count()) + " states";
  return {};
}

} // namespace detail

/**
 * Simulate neurons of conductances [n][channels], mS/cm2. Remarks status::w_partial if some stopped early or failed,
 * also because the call was cancelled.
 */
inline result<simulation> try_simulate(const model &neuron, const matrix &conductances,
                                       const simulate_options &options = {}, const callbacks &with = {}) {
  std::string fault = detail::fault_of(conductances, neuron);
  if (fault.empty()) fault = detail::fault_of(options, neuron, conductances.rows());
  if (!fault.empty()) return detail::refused<simulation>(std::move(fault));
  detail::simulate_options_view view(options);
  return detail::made<simulation>(with, [&](dicrec_context *context, dicrec_simulation **pointer) {
    return dicrec_simulate(context, neuron.get(), conductances.data(), conductances.rows(), view.get(), pointer);
  });
}

/** Simulate the members of a population, with their noise, time scale and streams, whatever the options say of these.
 */
inline result<simulation> try_simulate(const population &members, simulate_options options = {},
                                       const callbacks &with = {}) {
  options.member_noise_std = members.noise_std();
  options.member_streams = members.streams();
  options.time_scale = members.time_scale();
  return try_simulate(members.model(), members.conductances(), options, with);
}

#if DICREC_CPP_EXCEPTIONS
/** As try_simulate(); the remark stays in the simulation. Throws argument_error, memory_error. */
inline simulation simulate(const model &neuron, const matrix &conductances, const simulate_options &options = {},
                           const callbacks &with = {}) {
  return try_simulate(neuron, conductances, options, with).value();
}

/** As try_simulate(); the remark stays in the simulation. Throws argument_error, memory_error. */
inline simulation simulate(const population &members, simulate_options options = {}, const callbacks &with = {}) {
  return try_simulate(members, std::move(options), with).value();
}
#endif

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
