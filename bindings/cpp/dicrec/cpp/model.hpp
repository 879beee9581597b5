/* SPDX-License-Identifier: MIT */
/**
 * @file model.hpp
 * Conductance-based models, built-in ones and those of users: channels, states, ranges.
 */
#ifndef DICREC_CPP_MODEL_HPP
#define DICREC_CPP_MODEL_HPP

#include <dicrec.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "call.hpp"
#include "handle.hpp"
#include "span.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** How long the published protocol simulates. */
struct protocol {
  /** End of the simulation, ms. */
  double t_end_ms = 0;
  /** Time from which spikes count, ms. */
  double t_skip_ms = 0;
};

/** A gate over voltages. */
struct gate_curves {
  /** Steady states. */
  std::vector<double> steady;
  /** Time constants, ms; 0 of a gate that follows at once, NaN of a kinetic scheme. */
  std::vector<double> tau_ms;
};

/** A neuron model. Texts and names live as long as any of its owners. */
class model : public handle<model, dicrec_model, dicrec_model_retain, dicrec_model_free> {
public:
  model() noexcept = default;
  /** Open one of models() by name. */
  static result<model> try_open(const std::string &name, const callbacks &with = {}) {
    return detail::made<model>(with, [&](dicrec_context *context, dicrec_model **pointer) {
      return dicrec_model_open(context, name.c_str(), pointer);
    });
  }
  /** Make one of a file of your own. */
  static result<model> try_from_file(const std::string &path, const callbacks &with = {}) {
    return detail::made<model>(with, [&](dicrec_context *context, dicrec_model **pointer) {
      return dicrec_model_create_from_file(context, path.c_str(), pointer);
    });
  }
  /** Make one of the text of such a file, which may come from strangers. */
  static result<model> try_from_text(std::string_view text, const callbacks &with = {}) {
    return detail::made<model>(with, [&](dicrec_context *context, dicrec_model **pointer) {
      return dicrec_model_create_from_text(context, text.data(), text.size(), pointer);
    });
  }

  /** The text that it was made of; built-in ones have one too. */
  std::string text() const {
    return detail::text_of([&](char *text, std::size_t size) { return dicrec_model_copy_text(get(), text, size); });
  }
  std::string_view name() const noexcept { return detail::view(dicrec_model_name(get())); }
  /** A line with the published source. */
  std::string_view description() const noexcept { return detail::view(dicrec_model_description(get())); }
  /** Number of channels, the leak included: the columns of conductances. */
  std::size_t channel_count() const noexcept { return dicrec_model_channel_count(get()); }
  /** Names of the channels, in the order of the columns of conductances. */
  std::vector<std::string_view> channels() const {
    return detail::names_of(channel_count(), [&](std::size_t i) { return dicrec_model_channel_name(get(), i); });
  }
  /** Index of a channel; nothing if there is none of this name. */
  std::optional<std::size_t> channel_index(const std::string &channel) const {
    return index_of(dicrec_model_channel_index(get(), channel.c_str()));
  }
  /** Index of the leak, by which DICs are divided. */
  std::optional<std::size_t> leak_index() const noexcept { return index_of(dicrec_model_leak_index(get())); }
  /** Number of state variables, V included. */
  std::size_t state_count() const noexcept { return dicrec_model_state_count(get()); }
  /** Names of the state variables, "V" (mV), "m_Na", "h_Na", ..., "Ca" (uM), in the order of every row of states. */
  std::vector<std::string_view> states() const {
    return detail::names_of(state_count(), [&](std::size_t i) { return dicrec_model_state_name(get(), i); });
  }
  /** Reversal potential of a channel, mV; NaN beyond the last. */
  double reversal_mv(std::size_t channel) const noexcept { return dicrec_model_reversal_mv(get(), channel); }
  /** Potential at which the DICs are read, mV. */
  double threshold_mv() const noexcept { return dicrec_model_threshold_mv(get()); }
  /** Voltage that V rises through in a spike unless a simulation is asked for another, mV. */
  double spike_level_mv() const noexcept { return dicrec_model_spike_level_mv(get()); }
  /** Names of the DICs that a target has. */
  std::vector<std::string_view> targets() const {
    return detail::names_of(dicrec_model_target_count(get()),
                            [&](std::size_t i) { return dicrec_model_target_name(get(), i); });
  }

  /** Lowest and highest published value of a target's DIC. */
  result<std::array<double, 2>> try_target_range(std::size_t target) const {
    return detail::filled(std::array<double, 2>{},
                          [&](auto &range) { return dicrec_model_target_range(get(), target, range.data()); });
  }
  /** Lowest and highest conductance of a channel in the base draw, mS/cm2; both 0 for those that are solved. */
  result<std::array<double, 2>> try_conductance_range(std::size_t channel) const {
    return detail::filled(std::array<double, 2>{},
                          [&](auto &range) { return dicrec_model_conductance_range(get(), channel, range.data()); });
  }
  /** How long the published protocol simulates. */
  result<dicrec::protocol> try_protocol() const {
    return detail::filled(dicrec::protocol{},
                          [&](auto &times) { return dicrec_model_protocol(get(), &times.t_end_ms, &times.t_skip_ms); });
  }
  /** Time scales of the DICs at a voltage, ms: fast, slow, ultraslow. */
  result<std::array<double, 3>> try_time_scales(double v_mv) const {
    return detail::filled(std::array<double, 3>{},
                          [&](auto &tau_ms) { return dicrec_model_time_scales(get(), v_mv, tau_ms.data()); });
  }
  /** The activation (0) or the inactivation (1) of a channel over voltages, mV. */
  result<dicrec::gate_curves> try_gate_curves(std::size_t channel, std::size_t gate, span<const double> v_mv) const {
    dicrec::gate_curves room{std::vector<double>(v_mv.size()), std::vector<double>(v_mv.size())};
    return detail::filled(std::move(room), [&](auto &curves) {
      return dicrec_model_gate_curves(get(), channel, gate, v_mv.data(), v_mv.size(), curves.steady.data(),
                                      curves.tau_ms.data());
    });
  }

#if DICREC_CPP_EXCEPTIONS
  /** Open one of models() by name. Throws argument_error. */
  explicit model(const std::string &name, const callbacks &with = {}) : model(try_open(name, with).value()) {}
  /** As try_from_file(). Throws argument_error, which names line and value; file_error. */
  static model from_file(const std::string &path, const callbacks &with = {}) {
    return try_from_file(path, with).value();
  }
  /** As try_from_text(). Throws argument_error, which names line and value. */
  static model from_text(std::string_view text, const callbacks &with = {}) {
    return try_from_text(text, with).value();
  }
  /** As try_target_range(). Throws argument_error beyond the last. */
  std::array<double, 2> target_range(std::size_t target) const { return try_target_range(target).value(); }
  /** As try_conductance_range(). Throws argument_error beyond the last. */
  std::array<double, 2> conductance_range(std::size_t channel) const { return try_conductance_range(channel).value(); }
  /** As try_protocol(). Throws argument_error if empty. */
  dicrec::protocol protocol() const { return try_protocol().value(); }
  /** As try_time_scales(). Throws argument_error if empty, or for a voltage that is too high. */
  std::array<double, 3> time_scales(double v_mv) const { return try_time_scales(v_mv).value(); }
  /** As try_gate_curves(). Throws argument_error where there is no such gate. */
  dicrec::gate_curves gate_curves(std::size_t channel, std::size_t gate, span<const double> v_mv) const {
    return try_gate_curves(channel, gate, v_mv).value();
  }
#endif

private:
  static std::optional<std::size_t> index_of(std::int32_t index) noexcept {
    if (index < 0) return std::nullopt;
    return static_cast<std::size_t>(index);
  }
};

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
