/* SPDX-License-Identifier: MIT */
/**
 * @file constants.hpp
 * The constants as enumerations of their own, and their words. Made of the public headers by bindings/api/describe.py.
 */
#ifndef DICREC_CPP_CONSTANTS_HPP
#define DICREC_CPP_CONSTANTS_HPP

#include <dicrec.h>

#include <cstdint>
#include <string_view>

#include "c_struct.hpp"
#include "config.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** The statuses as constants: DICREC_OK, DICREC_W_PARTIAL, DICREC_E_ARGUMENT, . */
enum class status : std::int32_t {
  /** Done. */
  ok = DICREC_OK,
  /** Done in part: some of what was asked for failed or was not finished. */
  w_partial = DICREC_W_PARTIAL,
  /** Done, but the input is unlike anything that the estimator was trained on. */
  w_support = DICREC_W_SUPPORT,
  /** Done, but with fewer than two intervals the train carries no interval statistics. */
  w_silent = DICREC_W_SILENT,
  /** Stopped at a limit; what was computed until then is kept. */
  w_limit = DICREC_W_LIMIT,
  /** The member does not, or is not predicted to, fire like the input within the tolerances. */
  w_rejected = DICREC_W_REJECTED,
  /** Done, but a value is outside the range that the model's populations are for. */
  w_range = DICREC_W_RANGE,
  /** Done, but the report of the reconstruction remarks on it. */
  w_remark = DICREC_W_REMARK,
  /** Done, but of some set the total input conductance has no falling zero in the voltage range. */
  w_threshold = DICREC_W_THRESHOLD,
  /** An argument is missing or contradicts another. */
  e_argument = DICREC_E_ARGUMENT,
  /** A value is outside its allowed range. */
  e_range = DICREC_E_RANGE,
  /** Out of memory. */
  e_memory = DICREC_E_MEMORY,
  /** An option is not supported by this version of the library. */
  e_option = DICREC_E_OPTION,
  /** Cancelled by the progress callback. */
  e_cancelled = DICREC_E_CANCELLED,
  /** Unknown name. */
  e_name = DICREC_E_NAME,
  /** The caller's buffer is too small. */
  e_buffer = DICREC_E_BUFFER,
  /** The file cannot be read. */
  e_file = DICREC_E_FILE,
  /** The weights are malformed or do not fit. */
  e_weights = DICREC_E_WEIGHTS,
  /** Objects of different models were combined. */
  e_mismatch = DICREC_E_MISMATCH,
  /** The spike times are not finite, strictly increasing and inside their window. */
  e_spikes = DICREC_E_SPIKES,
  /** No set of non-negative conductances was found within the budget. */
  e_infeasible = DICREC_E_INFEASIBLE,
  /** The compensating conductances cannot move the targets independently. */
  e_singular = DICREC_E_SINGULAR,
  /** The compensation did not converge. */
  e_convergence = DICREC_E_CONVERGENCE,
  /** The integrator failed. */
  e_solver = DICREC_E_SOLVER,
  /** The solution left the physical range or is not finite. */
  e_unstable = DICREC_E_UNSTABLE,
};

/** Name of a value; "" or a word for others if it is not known. */
inline std::string_view name(status value) noexcept {
  return detail::view(dicrec_status_name(static_cast<std::int32_t>(value)));
}

/** Meaning in a line of a value; "" or a word for others if it is not known. */
inline std::string_view text(status value) noexcept {
  return detail::view(dicrec_status_text(static_cast<std::int32_t>(value)));
}

/** Levels of log messages. */
enum class log_level : std::int32_t {
  /** . */
  info = DICREC_LOG_INFO,
  /** . */
  warning = DICREC_LOG_WARNING,
};

/**
 * Columns of a row of DICs, in an order that never changes; a later version may append more. Arrays of rows come with
 * their number of columns: the first so many are meant.
 */
enum class dic_column : std::int32_t {
  /** g_f. */
  fast = DICREC_DIC_FAST,
  /** g_s. */
  slow = DICREC_DIC_SLOW,
  /** g_u. */
  ultraslow = DICREC_DIC_ULTRASLOW,
  /** g_t = g_f + g_s + g_u. */
  total = DICREC_DIC_TOTAL,
};

/** Name of a value; "" or a word for others if it is not known. */
inline std::string_view name(dic_column value) noexcept {
  return detail::view(dicrec_dic_name(static_cast<std::size_t>(value)));
}

/** Units of time that a train may be given in. */
enum class time_unit : std::int32_t {
  /** . */
  ms = DICREC_TIME_MS,
  /** . */
  s = DICREC_TIME_S,
};

/** Activity classes [Brandoit et al., arXiv:2509.12783]. */
enum class activity : std::int32_t {
  /** Fewer than two intervals: of an undivided train, fewer than three spikes. */
  silent = DICREC_ACTIVITY_SILENT,
  /** The coefficient of variation of the intervals is at most 0.15. */
  spiking = DICREC_ACTIVITY_SPIKING,
  /** It is above. */
  bursting = DICREC_ACTIVITY_BURSTING,
  /** Only as a class probability: above, without regular bursts. */
  irregular = DICREC_ACTIVITY_IRREGULAR,
};

/** Name of a value; "" or a word for others if it is not known. */
inline std::string_view name(activity value) noexcept {
  return detail::view(dicrec_activity_name(static_cast<std::int32_t>(value)));
}

/** How the rate of a train changes. */
enum class change : std::int32_t {
  /** Too few spikes to tell. */
  none = DICREC_CHANGE_NONE,
  /** A steady drift describes it. */
  drift = DICREC_CHANGE_DRIFT,
  /** A step describes it better. */
  step = DICREC_CHANGE_STEP,
};

/** Name of a value; "" or a word for others if it is not known. */
inline std::string_view name(change value) noexcept {
  return detail::view(dicrec_change_name(static_cast<std::int32_t>(value)));
}

/** Laws of the leak conductance in the base draw. */
enum class leak : std::int32_t {
  /** Gamma with the mean and variance of the uniform law on its range. */
  gamma = DICREC_LEAK_GAMMA,
  /** Uniform on its range. */
  uniform = DICREC_LEAK_UNIFORM,
  /** The middle of its range. */
  fixed = DICREC_LEAK_FIXED,
};

/** Name of a value; "" or a word for others if it is not known. */
inline std::string_view name(leak value) noexcept {
  return detail::view(dicrec_leak_name(static_cast<std::int32_t>(value)));
}

/** Stages of a member's construction that can be copied out. */
enum class stage : std::int32_t {
  /** The member itself. */
  final = DICREC_STAGE_FINAL,
  /** The base draw; channels solved later are 0 (needs keep_raw). */
  base = DICREC_STAGE_BASE,
  /** The spiking neuron of step 2 (needs keep_raw). */
  spiking = DICREC_STAGE_SPIKING,
};

/** Integrators. */
enum class solver : std::int32_t {
  /** CVODE for traces and whenever a tolerance is set, else the ensemble. */
  auto_ = DICREC_SOLVER_AUTO,
  /** SUNDIALS CVODE: analytic Jacobian, adaptive steps to a tolerance. */
  cvode = DICREC_SOLVER_CVODE,
  /** Many neurons at once, exponential steps that each neuron chooses, second order. */
  ensemble = DICREC_SOLVER_ENSEMBLE,
};

/** Name of a value; "" or a word for others if it is not known. */
inline std::string_view name(solver value) noexcept {
  return detail::view(dicrec_solver_name(static_cast<std::int32_t>(value)));
}

/** What a trace holds. */
enum class trace : std::int32_t {
  /** V alone. */
  voltage = DICREC_TRACE_VOLTAGE,
  /** Every state of the model: V, m_Na, h_Na, ..., Ca (uM). */
  states = DICREC_TRACE_STATES,
  /** V and the current of each channel, I_Na, ...: uA/cm2, outward positive. */
  currents = DICREC_TRACE_CURRENTS,
};

/** Name of a value; "" or a word for others if it is not known. */
inline std::string_view name(trace value) noexcept {
  return detail::view(dicrec_trace_name(static_cast<std::int32_t>(value)));
}

/** Where the members' DICs come from. */
enum class target : std::int32_t {
  /** A draw from the posterior if candidates are screened or the posterior is given, else its median. */
  auto_ = DICREC_TARGET_AUTO,
  /** Every member has the posterior's marginal median. */
  median = DICREC_TARGET_MEDIAN,
  /** Every member has its own draw from the posterior. */
  sample = DICREC_TARGET_SAMPLE,
};

/** Name of a value; "" or a word for others if it is not known. */
inline std::string_view name(target value) noexcept {
  return detail::view(dicrec_target_name(static_cast<std::int32_t>(value)));
}

/** Whether candidates are screened by what a forward network predicts that they fire. */
enum class screening : std::int32_t {
  /** If the estimator's weights have a forward network, which the built-in ones do. */
  auto_ = DICREC_SCREENING_AUTO,
  /** Every candidate that can be made becomes a member, as published. */
  off = DICREC_SCREENING_OFF,
  /** always: E_WEIGHTS if the weights have no forward network. */
  on = DICREC_SCREENING_ON,
};

/** Name of a value; "" or a word for others if it is not known. */
inline std::string_view name(screening value) noexcept {
  return detail::view(dicrec_screening_name(static_cast<std::int32_t>(value)));
}

/** Which of the candidates that match become members. */
enum class selection : std::int32_t {
  /** As they are drawn: members are a sample of what the spikes leave open. */
  representative = DICREC_SELECTION_REPRESENTATIVE,
  /** Of four times as many, those that are farthest from each other. */
  diverse = DICREC_SELECTION_DIVERSE,
};

/** Name of a value; "" or a word for others if it is not known. */
inline std::string_view name(selection value) noexcept {
  return detail::view(dicrec_selection_name(static_cast<std::int32_t>(value)));
}

/** Where the noise current of the members comes from. */
enum class noise : std::int32_t {
  /** The posterior: each member has its own, maybe none; none without screening, verify and a given posterior. */
  auto_ = DICREC_NOISE_AUTO,
  /** noise_std of the options, for all members. */
  fixed = DICREC_NOISE_FIXED,
};

/** Name of a value; "" or a word for others if it is not known. */
inline std::string_view name(noise value) noexcept {
  return detail::view(dicrec_noise_name(static_cast<std::int32_t>(value)));
}

/** The remarks as constants: DICREC_REMARK_SUPPORT, . */
enum class remark : std::int32_t {
  /** The input is unlike anything that the estimator was trained on. */
  support = DICREC_REMARK_SUPPORT,
  /** The rate of the input changes, which one set of conductances cannot follow. */
  drift = DICREC_REMARK_DRIFT,
  /** Too few spikes to compare the pattern: rate and class alone were matched. */
  few_spikes = DICREC_REMARK_FEW_SPIKES,
  /** Fewer members fire like the input than were asked for. */
  incomplete = DICREC_REMARK_INCOMPLETE,
  /** Members lie outside the 98 % interval of the posterior. */
  outside = DICREC_REMARK_OUTSIDE,
  /** Members match only at wider tolerances. */
  widened = DICREC_REMARK_WIDENED,
  /** The input is irregular, and members were made without noise or with too little of it. */
  noise_off = DICREC_REMARK_NOISE_OFF,
  /** The input is silent at an edge of its window for far longer than between its spikes. */
  silent_edge = DICREC_REMARK_SILENT_EDGE,
};

/** Name of a value; "" or a word for others if it is not known. */
inline std::string_view name(remark value) noexcept {
  return detail::view(dicrec_remark_name(static_cast<std::int32_t>(value)));
}

/** Meaning in a line of a value; "" or a word for others if it is not known. */
inline std::string_view text(remark value) noexcept {
  return detail::view(dicrec_remark_text(static_cast<std::int32_t>(value)));
}

/** How a search for members ended. */
enum class outcome : std::int32_t {
  /** All members were found. */
  complete = DICREC_OUTCOME_COMPLETE,
  /** The budget of candidates to draw ended. */
  drawn = DICREC_OUTCOME_DRAWN,
  /** The budget of candidates to simulate ended. */
  simulated = DICREC_OUTCOME_SIMULATED,
  /** So few simulated candidates were accepted that more would not help. */
  given_up = DICREC_OUTCOME_GIVEN_UP,
  /** Too few conductance sets have the DICs. */
  unreachable = DICREC_OUTCOME_UNREACHABLE,
  /** max_wall_s was over. */
  timed_out = DICREC_OUTCOME_TIMED_OUT,
};

/** Name of a value; "" or a word for others if it is not known. */
inline std::string_view name(outcome value) noexcept {
  return detail::view(dicrec_outcome_name(static_cast<std::int32_t>(value)));
}

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
