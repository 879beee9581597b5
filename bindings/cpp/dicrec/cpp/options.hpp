/* SPDX-License-Identifier: MIT */
/**
 * @file options.hpp
 * The options of calls, with the library's defaults. Made of the public headers by bindings/api/describe.py.
 */
#ifndef DICREC_CPP_OPTIONS_HPP
#define DICREC_CPP_OPTIONS_HPP

#include <dicrec.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "c_struct.hpp"
#include "config.hpp"
#include "constants.hpp"
#include "matrix.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

namespace detail {
inline const dicrec_spikes_options &default_spikes_options() noexcept {
  static const auto defaults = initialised<dicrec_spikes_options>(dicrec_spikes_options_init);
  return defaults;
}
} // namespace detail

/** When a train was observed, and in which unit it is given. */
struct spikes_options {
  /** dicrec::time_unit, of the spikes and of all times here. */
  dicrec::time_unit unit = static_cast<dicrec::time_unit>(detail::default_spikes_options().unit);
  /** true: observed from `start` to `stop`, in every trial; false: from its first spike to its last. */
  bool has_window = detail::default_spikes_options().has_window != 0;
  /** Of the observation, before `stop`; without has_window it must be 0. */
  double start = detail::default_spikes_options().start;
  /** Of the observation; likewise. */
  double stop = detail::default_spikes_options().stop;
  /**
   * [n_gaps][2], start and stop of stretches that were not observed, in any trial: rising, not overlapping, inside
   * every trial's window, without spikes.
   */
  std::vector<std::array<double, 2>> gaps{};
  /**
   * [n_trials], spikes of each trial; they add up to the spikes. The trials' spikes come one trial after the other, and
   * times may begin again in each.
   */
  std::vector<std::uint64_t> trial_counts{};
  /** [n_trials][2], start and stop of each; empty: as has_window says, which must be 0 if they are given. */
  std::vector<std::array<double, 2>> trial_windows{};
  /** dicrec_spikes_create_from_samples(): the sample that is time 0; else it must be 0. */
  std::int64_t origin = detail::default_spikes_options().origin;
};

namespace detail {
class spikes_options_view {
public:
  explicit spikes_options_view(const spikes_options &from) : c_(default_spikes_options()) {
    c_.unit = static_cast<std::int32_t>(from.unit);
    c_.has_window = from.has_window ? 1 : 0;
    c_.start = from.start;
    c_.stop = from.stop;
    c_.gaps = detail::data_of(from.gaps);
    c_.trial_counts = detail::data_of(from.trial_counts);
    c_.trial_windows = detail::data_of(from.trial_windows);
    c_.origin = from.origin;
    c_.n_gaps = static_cast<std::uint64_t>(detail::count_of(from.gaps));
    c_.n_trials = static_cast<std::uint64_t>(detail::count_of(from.trial_counts));
  }
  spikes_options_view(const spikes_options_view &) = delete;
  spikes_options_view &operator=(const spikes_options_view &) = delete;
  dicrec_spikes_options *get() noexcept { return &c_; }

private:
  dicrec_spikes_options c_;
};
} // namespace detail

namespace detail {
inline const dicrec_estimator_options &default_estimator_options() noexcept {
  static const auto defaults = initialised<dicrec_estimator_options>(dicrec_estimator_options_init);
  return defaults;
}
} // namespace detail

/** Options of dicrec_estimator_create(). */
struct estimator_options {
  /** Safetensors file. */
  std::string weights_path{};
  /** Safetensors bytes; copied. Set at most one of the two. */
  std::vector<unsigned char> weights_data{};
};

namespace detail {
class estimator_options_view {
public:
  explicit estimator_options_view(const estimator_options &from) : c_(default_estimator_options()) {
    c_.weights_path = from.weights_path.empty() ? nullptr : from.weights_path.c_str();
    c_.weights_data = detail::data_of(from.weights_data);
    c_.weights_size = static_cast<std::uint64_t>(detail::count_of(from.weights_data));
  }
  estimator_options_view(const estimator_options_view &) = delete;
  estimator_options_view &operator=(const estimator_options_view &) = delete;
  dicrec_estimator_options *get() noexcept { return &c_; }

private:
  dicrec_estimator_options c_;
};
} // namespace detail

namespace detail {
inline const dicrec_estimate_options &default_estimate_options() noexcept {
  static const auto defaults = initialised<dicrec_estimate_options>(dicrec_estimate_options_init);
  return defaults;
}
} // namespace detail

/** Options of dicrec_estimate(). */
struct estimate_options {
  /** true: choose the time scale with the highest support, 1 whenever 1 is supported. */
  bool auto_scale = detail::default_estimate_options().auto_scale != 0;
  /** Spike times are divided by it. Not with auto_scale. */
  double time_scale = detail::default_estimate_options().time_scale;
  /** Support below which W_SUPPORT is answered; 0: never. */
  double support_limit = detail::default_estimate_options().support_limit;
  /** Worker threads of dicrec_estimate_many(). */
  std::int32_t n_threads = detail::default_estimate_options().n_threads;
};

namespace detail {
class estimate_options_view {
public:
  explicit estimate_options_view(const estimate_options &from) : c_(default_estimate_options()) {
    c_.auto_scale = from.auto_scale ? 1 : 0;
    c_.time_scale = from.time_scale;
    c_.support_limit = from.support_limit;
    c_.n_threads = from.n_threads;
  }
  estimate_options_view(const estimate_options_view &) = delete;
  estimate_options_view &operator=(const estimate_options_view &) = delete;
  dicrec_estimate_options *get() noexcept { return &c_; }

private:
  dicrec_estimate_options c_;
};
} // namespace detail

namespace detail {
inline const dicrec_mixture &default_mixture() noexcept {
  static const auto defaults = initialised<dicrec_mixture>(dicrec_mixture_init);
  return defaults;
}
} // namespace detail

/**
 * A posterior as plain numbers: a mixture of Gaussians over the DICs, each with a law of the noise current that is none
 * or Gaussian in its natural logarithm.
 */
struct mixture {
  /** [n_components], positive; they need not sum to 1. */
  std::vector<double> weights{};
  /** [n_components][n_dics]. */
  dicrec::matrix means{};
  /** [n_components][n_dics][n_dics], positive definite. */
  std::vector<double> covariances{};
  /** [n_dics][2], lowest and highest; empty: -DICREC_MAX_DIC to DICREC_MAX_DIC. */
  std::vector<std::array<double, 2>> dic_ranges{};
  /** [n_components], probability of no noise; empty: there is none. */
  std::vector<double> noiseless{};
  /** [n_components], of the logarithm of noise_std in uA/cm2; empty with noiseless empty. */
  std::vector<double> log_noise_means{};
  /** [n_components], its standard deviation, positive; empty with noiseless empty. */
  std::vector<double> log_noise_stds{};
  /** [2], least, above 0, and largest noise_std, uA/cm2; empty: 1e-6 to DICREC_MAX_CURRENT. */
  std::vector<double> noise_range{};
  /** Of the train that it describes; 0: 1. */
  double time_scale = detail::default_mixture().time_scale;
};

namespace detail {
class mixture_view {
public:
  explicit mixture_view(const mixture &from) : c_(default_mixture()) {
    c_.weights = detail::data_of(from.weights);
    c_.means = detail::data_of(from.means);
    c_.covariances = detail::data_of(from.covariances);
    c_.dic_ranges = detail::data_of(from.dic_ranges);
    c_.noiseless = detail::data_of(from.noiseless);
    c_.log_noise_means = detail::data_of(from.log_noise_means);
    c_.log_noise_stds = detail::data_of(from.log_noise_stds);
    c_.noise_range = detail::data_of(from.noise_range);
    c_.time_scale = from.time_scale;
    c_.n_dics = static_cast<std::int32_t>(from.means.columns());
    c_.n_components = static_cast<std::uint64_t>(detail::count_of(from.weights));
  }
  mixture_view(const mixture_view &) = delete;
  mixture_view &operator=(const mixture_view &) = delete;
  dicrec_mixture *get() noexcept { return &c_; }

private:
  dicrec_mixture c_;
};
} // namespace detail

namespace detail {
inline const dicrec_generate_options &default_generate_options() noexcept {
  static const auto defaults = initialised<dicrec_generate_options>(dicrec_generate_options_init);
  return defaults;
}
} // namespace detail

/** Options of dicrec_generate(). */
struct generate_options {
  /** Worker threads. */
  std::int32_t n_threads = detail::default_generate_options().n_threads;
  /** Seed of the random streams; each member has a stream of its own. */
  std::uint64_t seed = detail::default_generate_options().seed;
  /** Budget of base draws for each member and pair of channels. */
  std::int32_t max_draws = detail::default_generate_options().max_draws;
  /** dicrec::leak. */
  dicrec::leak leak_law = static_cast<dicrec::leak>(detail::default_generate_options().leak_law);
  /** [n_channels] indices of the conductances to modulate, and of no others. */
  std::vector<std::int32_t> channels{};
  /** true: also keep the base draw and the spiking neuron of step 2. */
  bool keep_raw = detail::default_generate_options().keep_raw != 0;
  /**
   * [n_channels][2] ranges of the base draw, mS/cm2, at most DICREC_MAX_CONDUCTANCE, of the leak at least 1e-9; empty:
   * the model's own.
   */
  std::vector<std::array<double, 2>> ranges{};
  /** Stream of the first member, so that a population can be made in parts; member i has stream first_member + i. */
  std::uint64_t first_member = detail::default_generate_options().first_member;
};

namespace detail {
class generate_options_view {
public:
  explicit generate_options_view(const generate_options &from) : c_(default_generate_options()) {
    c_.n_threads = from.n_threads;
    c_.seed = from.seed;
    c_.max_draws = from.max_draws;
    c_.leak_law = static_cast<std::int32_t>(from.leak_law);
    c_.channels = detail::data_of(from.channels);
    c_.keep_raw = from.keep_raw ? 1 : 0;
    c_.ranges = detail::data_of(from.ranges);
    c_.first_member = from.first_member;
    c_.n_channels = static_cast<std::int32_t>(detail::count_of(from.channels));
  }
  generate_options_view(const generate_options_view &) = delete;
  generate_options_view &operator=(const generate_options_view &) = delete;
  dicrec_generate_options *get() noexcept { return &c_; }

private:
  dicrec_generate_options c_;
};
} // namespace detail

namespace detail {
inline const dicrec_simulate_options &default_simulate_options() noexcept {
  static const auto defaults = initialised<dicrec_simulate_options>(dicrec_simulate_options_init);
  return defaults;
}
} // namespace detail

/** Options of dicrec_simulate(). */
struct simulate_options {
  /** dicrec::solver. */
  dicrec::solver solver = static_cast<dicrec::solver>(detail::default_simulate_options().solver);
  /** End of the simulation; 0: that of the model's protocol. */
  double t_end_ms = detail::default_simulate_options().t_end_ms;
  /** Spikes before it do not count, up to t_end_ms; 0 if t_end_ms is 0: the protocol's. */
  double t_skip_ms = detail::default_simulate_options().t_skip_ms;
  /** CVODE. */
  double relative_tolerance = detail::default_simulate_options().relative_tolerance;
  /** CVODE, on gates, mV and uM alike. */
  double absolute_tolerance = detail::default_simulate_options().absolute_tolerance;
  /** Ensemble, finest step. */
  double dt_ms = detail::default_simulate_options().dt_ms;
  /** Interval of the trace, which begins at t = 0, or DICREC_TRACE_STEPS; 0: none. CVODE. */
  double trace_dt_ms = detail::default_simulate_options().trace_dt_ms;
  /** Standard deviation of the noise current before its filter, uA/cm2; 0: none. */
  double noise_std = detail::default_simulate_options().noise_std;
  /** [n] one for each member instead; empty: noise_std for all. */
  std::vector<double> member_noise_std{};
  /** Constant injected current, uA/cm2, depolarising positive. */
  double current = detail::default_simulate_options().current;
  /** [n_current] points of a current to add; rising, two equal times are a jump. */
  std::vector<double> current_times_ms{};
  /** [n_current] uA/cm2; linear between the points, constant before and after them. */
  std::vector<double> current_values{};
  /** Stretches every time constant and the capacitance. */
  double time_scale = detail::default_simulate_options().time_scale;
  /** Seed of the noise; each member has a stream of its own. */
  std::uint64_t seed = detail::default_simulate_options().seed;
  /** Limit of spikes for each member. */
  std::int64_t max_spikes = detail::default_simulate_options().max_spikes;
  /** CVODE, limit of steps for each member. */
  std::int64_t max_steps = detail::default_simulate_options().max_steps;
  /** Limit of the time that the call takes, seconds; 0: none. */
  double max_wall_s = detail::default_simulate_options().max_wall_s;
  /** dicrec::trace; needs a trace_dt_ms. */
  dicrec::trace trace = static_cast<dicrec::trace>(detail::default_simulate_options().trace);
  /** Worker threads. */
  std::int32_t n_threads = detail::default_simulate_options().n_threads;
  /** Stream of the first member; member i has stream first_member + i. */
  std::uint64_t first_member = detail::default_simulate_options().first_member;
  /** [n] one for each member instead, below 2^53; empty: first_member + i. */
  std::vector<std::uint64_t> member_streams{};
  /** Limit of the memory of all traces, each member has its share. */
  std::uint64_t max_trace_bytes = detail::default_simulate_options().max_trace_bytes;
  /**
   * [n_initial_states][n_states], in the order of dicrec_model_state_name(): V within -150 to 100 mV, gates 0 to 1, Ca
   * 0 to 1e9 uM.
   */
  dicrec::matrix initial_states{};
  /**
   * V rising through it is a spike, the next one once V has fallen well below; DICREC_SPIKE_LEVEL_OF_MODEL: the level
   * of the model.
   */
  double spike_level_mv = detail::default_simulate_options().spike_level_mv;
};

namespace detail {
class simulate_options_view {
public:
  explicit simulate_options_view(const simulate_options &from) : c_(default_simulate_options()) {
    c_.solver = static_cast<std::int32_t>(from.solver);
    c_.t_end_ms = from.t_end_ms;
    c_.t_skip_ms = from.t_skip_ms;
    c_.relative_tolerance = from.relative_tolerance;
    c_.absolute_tolerance = from.absolute_tolerance;
    c_.dt_ms = from.dt_ms;
    c_.trace_dt_ms = from.trace_dt_ms;
    c_.noise_std = from.noise_std;
    c_.member_noise_std = detail::data_of(from.member_noise_std);
    c_.current = from.current;
    c_.current_times_ms = detail::data_of(from.current_times_ms);
    c_.current_values = detail::data_of(from.current_values);
    c_.time_scale = from.time_scale;
    c_.seed = from.seed;
    c_.max_spikes = from.max_spikes;
    c_.max_steps = from.max_steps;
    c_.max_wall_s = from.max_wall_s;
    c_.trace = static_cast<std::int32_t>(from.trace);
    c_.n_threads = from.n_threads;
    c_.first_member = from.first_member;
    c_.member_streams = detail::data_of(from.member_streams);
    c_.max_trace_bytes = from.max_trace_bytes;
    c_.initial_states = detail::data_of(from.initial_states);
    c_.spike_level_mv = from.spike_level_mv;
    c_.n_current = static_cast<std::uint64_t>(detail::count_of(from.current_times_ms));
    c_.n_initial_states = static_cast<std::uint64_t>(detail::count_of(from.initial_states));
  }
  simulate_options_view(const simulate_options_view &) = delete;
  simulate_options_view &operator=(const simulate_options_view &) = delete;
  dicrec_simulate_options *get() noexcept { return &c_; }

private:
  dicrec_simulate_options c_;
};
} // namespace detail

namespace detail {
inline const dicrec_reconstruct_options &default_reconstruct_options() noexcept {
  static const auto defaults = initialised<dicrec_reconstruct_options>(dicrec_reconstruct_options_init);
  return defaults;
}
} // namespace detail

/** Options of dicrec_reconstruct(). */
struct reconstruct_options {
  /** dicrec::target. */
  dicrec::target target = static_cast<dicrec::target>(detail::default_reconstruct_options().target);
  /** true: simulate candidates and keep members that fire like the input, until n are found or the budget ends. */
  bool verify = detail::default_reconstruct_options().verify != 0;
  /** verify: candidates to simulate for each member asked for. */
  std::int32_t max_candidates = detail::default_reconstruct_options().max_candidates;
  /** dicrec::screening. */
  dicrec::screening screening = static_cast<dicrec::screening>(detail::default_reconstruct_options().screening);
  /** screening: candidates to draw for each member asked for, twice as many if they are verified. */
  std::int32_t max_drawn = detail::default_reconstruct_options().max_drawn;
  /** verify: relative difference of the mean rate. */
  double rate_tolerance = detail::default_reconstruct_options().rate_tolerance;
  /** verify: difference in spikes per burst. */
  double burst_tolerance = detail::default_reconstruct_options().burst_tolerance;
  /** Options of the estimate. */
  estimate_options estimate{};
  /** Options of the population. */
  generate_options generate{};
  /**
   * Options of the check. t_end_ms 0: as long as the input lasts, or three times that if it is irregular, within 1 and
   * 4 times the model's protocol; time_scale 0 or 1: that of the input, nothing else is allowed; noise_std must be 0,
   * for members have their own; max_wall_s bounds the whole check of a train.
   */
  simulate_options simulate{};
  /**
   * Of dicrec_reconstruct_many(): trains at once; of dicrec_reconstruct(): worker threads of the population and of the
   * check, where their own options leave it open.
   */
  std::int32_t n_threads = detail::default_reconstruct_options().n_threads;
  /** dicrec::selection. */
  dicrec::selection selection = static_cast<dicrec::selection>(detail::default_reconstruct_options().selection);
  /** dicrec::noise. */
  dicrec::noise noise = static_cast<dicrec::noise>(detail::default_reconstruct_options().noise);
  /** With DICREC_NOISE_FIXED: standard deviation of the noise current of all members, uA/cm2; else it must be 0. */
  double noise_std = detail::default_reconstruct_options().noise_std;
  /** Seed of all random numbers, where the options of population and check leave theirs at 0. */
  std::uint64_t seed = detail::default_reconstruct_options().seed;
  /** Limit of the time that a train takes, seconds: what was found until then is taken as it is; 0: none. */
  double max_wall_s = detail::default_reconstruct_options().max_wall_s;
};

namespace detail {
class reconstruct_options_view {
public:
  explicit reconstruct_options_view(const reconstruct_options &from)
      : estimate_(from.estimate), generate_(from.generate), simulate_(from.simulate),
        c_(default_reconstruct_options()) {
    c_.target = static_cast<std::int32_t>(from.target);
    c_.verify = from.verify ? 1 : 0;
    c_.max_candidates = from.max_candidates;
    c_.screening = static_cast<std::int32_t>(from.screening);
    c_.max_drawn = from.max_drawn;
    c_.rate_tolerance = from.rate_tolerance;
    c_.burst_tolerance = from.burst_tolerance;
    c_.estimate = estimate_.get();
    c_.generate = generate_.get();
    c_.simulate = simulate_.get();
    c_.n_threads = from.n_threads;
    c_.selection = static_cast<std::int32_t>(from.selection);
    c_.noise = static_cast<std::int32_t>(from.noise);
    c_.noise_std = from.noise_std;
    c_.seed = from.seed;
    c_.max_wall_s = from.max_wall_s;
  }
  reconstruct_options_view(const reconstruct_options_view &) = delete;
  reconstruct_options_view &operator=(const reconstruct_options_view &) = delete;
  dicrec_reconstruct_options *get() noexcept { return &c_; }

private:
  estimate_options_view estimate_;
  generate_options_view generate_;
  simulate_options_view simulate_;
  dicrec_reconstruct_options c_;
};
} // namespace detail

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
