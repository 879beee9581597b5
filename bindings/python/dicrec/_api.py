# SPDX-License-Identifier: MIT
"""The C interface as ctypes sees it. Made of the public headers by bindings/api/describe.py."""

from __future__ import annotations

import enum
from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    c_char_p,
    c_double,
    c_int32,
    c_int64,
    c_size_t,
    c_uint32,
    c_uint64,
    c_uint8,
    c_void_p,
)
from typing import Any, Dict, List, Tuple, Type

VERSION = "0.1.0"


class Struct(Structure):
    """A struct of the interface, with its name there."""

    c_name = ""


class Status(enum.IntEnum):
    """The statuses as constants: DICREC_OK, DICREC_W_PARTIAL, DICREC_E_ARGUMENT, ..."""

    OK = 0
    W_PARTIAL = 1
    W_SUPPORT = 2
    W_SILENT = 3
    W_LIMIT = 4
    W_REJECTED = 5
    W_RANGE = 6
    W_REMARK = 7
    W_THRESHOLD = 8
    E_ARGUMENT = -1
    E_RANGE = -2
    E_MEMORY = -3
    E_OPTION = -4
    E_CANCELLED = -5
    E_NAME = -6
    E_BUFFER = -7
    E_FILE = -10
    E_WEIGHTS = -11
    E_MISMATCH = -12
    E_SPIKES = -20
    E_INFEASIBLE = -30
    E_SINGULAR = -31
    E_CONVERGENCE = -32
    E_SOLVER = -40
    E_UNSTABLE = -41


class Log(enum.IntEnum):
    """Levels of log messages."""

    INFO = 1
    WARNING = 2


class Dic(enum.IntEnum):
    """Columns of a row of DICs, in an order that never changes; a later version may append more. Arrays of rows come with their number of columns: the first so many are meant."""

    FAST = 0
    SLOW = 1
    ULTRASLOW = 2
    TOTAL = 3
    COUNT = 4


class Time(enum.IntEnum):
    """Units of time that a train may be given in."""

    MS = 0
    S = 1


class Activity(enum.IntEnum):
    """Activity classes [Brandoit et al., arXiv:2509.12783]."""

    SILENT = 0
    SPIKING = 1
    BURSTING = 2
    IRREGULAR = 3


class Change(enum.IntEnum):
    """How the rate of a train changes."""

    NONE = 0
    DRIFT = 1
    STEP = 2


class Leak(enum.IntEnum):
    """Laws of the leak conductance in the base draw."""

    GAMMA = 0
    UNIFORM = 1
    FIXED = 2


class Stage(enum.IntEnum):
    """Stages of a member's construction that can be copied out."""

    FINAL = 0
    BASE = 1
    SPIKING = 2


class Solver(enum.IntEnum):
    """Integrators."""

    AUTO = 0
    CVODE = 1
    ENSEMBLE = 2


class Trace(enum.IntEnum):
    """What a trace holds."""

    VOLTAGE = 0
    STATES = 1
    CURRENTS = 2


class Target(enum.IntEnum):
    """Where the members' DICs come from."""

    AUTO = 0
    MEDIAN = 1
    SAMPLE = 2


class Screening(enum.IntEnum):
    """Whether candidates are screened by what a forward network predicts that they fire."""

    AUTO = 0
    OFF = 1
    ON = 2


class Selection(enum.IntEnum):
    """Which of the candidates that match become members."""

    REPRESENTATIVE = 0
    DIVERSE = 1


class Noise(enum.IntEnum):
    """Where the noise current of the members comes from."""

    AUTO = 0
    FIXED = 1


class Remark(enum.IntEnum):
    """The remarks as constants: DICREC_REMARK_SUPPORT, ..."""

    SUPPORT = 1
    DRIFT = 2
    FEW_SPIKES = 4
    INCOMPLETE = 8
    OUTSIDE = 16
    WIDENED = 32
    NOISE_OFF = 64
    SILENT_EDGE = 128


class Outcome(enum.IntEnum):
    """How a search for members ended."""

    COMPLETE = 0
    DRAWN = 1
    SIMULATED = 2
    GIVEN_UP = 3
    UNREACHABLE = 4
    TIMED_OUT = 5


#: Number in the soname of the shared library: raised when a released function or struct changes.
ABI_VERSION = 0

#: Most worker threads of a call.
MAX_THREADS = 256

#: Shortest and longest simulation, ms.
DURATION_LEAST_MS = 1e-06
DURATION_MOST_MS = 1000000000.0

#: Least and largest time scale.
TIME_SCALE_LEAST = 0.01
TIME_SCALE_MOST = 100

#: Largest DIC of a target, of either sign.
MAX_DIC = 10000.0

#: Largest standard deviation of a noise current and largest injected current, uA/cm2.
MAX_CURRENT = 1000000.0

#: Largest conductance that is simulated or made, mS/cm2.
MAX_CONDUCTANCE = 10000000.0

#: Highest voltage at which DICs are computed, of either sign, mV.
MAX_VOLTAGE_MV = 200

#: Where a threshold is looked for unless a range is given, mV.
THRESHOLD_LEAST_MV = -75
THRESHOLD_MOST_MV = 0

#: The voltage that V rises through in a spike, of models whose file has none, mV.
SPIKE_LEVEL_MV = 10

#: Highest such voltage, of either sign, mV.
SPIKE_LEVEL_MOST_MV = 100

#: The spike_level_mv that stands for the model's own.
SPIKE_LEVEL_OF_MODEL = -1000

#: What the program and the bindings take for trace_dt_ms where a trace is asked for and no interval, ms.
TRACE_DT_MS = 0.1

#: As trace_dt_ms: a sample at every step of the solver.
TRACE_STEPS = -1

#: What the values are called and mean, in the order of the constants.
WORDS: Dict[Type[enum.IntEnum], Dict[str, str]] = {
    Log: {
        "info": "",
        "warning": "",
    },
    Dic: {
        "fast": "g_f",
        "slow": "g_s",
        "ultraslow": "g_u",
        "total": "g_t = g_f + g_s + g_u",
        "count": "columns that these headers know",
    },
    Time: {
        "ms": "",
        "s": "",
    },
    Activity: {
        "silent": "fewer than two intervals: of an undivided train, fewer than three spikes",
        "spiking": "the coefficient of variation of the intervals is at most 0.15",
        "bursting": "it is above",
        "irregular": "only as a class probability: above, without regular bursts",
    },
    Change: {
        "none": "too few spikes to tell",
        "drift": "a steady drift describes it",
        "step": "a step describes it better",
    },
    Leak: {
        "gamma": "gamma with the mean and variance of the uniform law on its range",
        "uniform": "uniform on its range",
        "fixed": "the middle of its range",
    },
    Stage: {
        "final": "the member itself",
        "base": "the base draw; channels solved later are 0 (needs keep_raw)",
        "spiking": "the spiking neuron of step 2 (needs keep_raw)",
    },
    Solver: {
        "auto": "CVODE for traces and whenever a tolerance is set, else the ensemble",
        "cvode": "SUNDIALS CVODE: analytic Jacobian, adaptive steps to a tolerance",
        "ensemble": "many neurons at once, exponential steps that each neuron chooses, second order",
    },
    Trace: {
        "voltage": "V alone",
        "states": "every state of the model: V, m_Na, h_Na, ..., Ca (uM)",
        "currents": "V and the current of each channel, I_Na, ...: uA/cm2, outward positive",
    },
    Target: {
        "auto": "a draw from the posterior if candidates are screened or the posterior is given, else its median",
        "median": "every member has the posterior's marginal median",
        "sample": "every member has its own draw from the posterior",
    },
    Screening: {
        "auto": "if the estimator's weights have a forward network, which the built-in ones do",
        "off": "every candidate that can be made becomes a member, as published",
        "on": "always: E_WEIGHTS if the weights have no forward network",
    },
    Selection: {
        "representative": "as they are drawn: members are a sample of what the spikes leave open",
        "diverse": "of four times as many, those that are farthest from each other",
    },
    Noise: {
        "auto": "the posterior: each member has its own, maybe none; none without screening, verify and a given posterior",
        "fixed": "noise_std of the options, for all members",
    },
    Remark: {
        "SUPPORT": "the input is unlike anything that the estimator was trained on",
        "DRIFT": "the rate of the input changes, which one set of conductances cannot follow",
        "FEW_SPIKES": "too few spikes to compare the pattern: rate and class alone were matched",
        "INCOMPLETE": "fewer members fire like the input than were asked for",
        "OUTSIDE": "members lie outside the 98 % interval of the posterior",
        "WIDENED": "members match only at wider tolerances",
        "NOISE_OFF": "the input is irregular, and members were made without noise or with too little of it",
        "SILENT_EDGE": "the input is silent at an edge of its window for far longer than between its spikes",
    },
    Outcome: {
        "complete": "all members were found",
        "drawn": "the budget of candidates to draw ended",
        "simulated": "the budget of candidates to simulate ended",
        "given up": "so few simulated candidates were accepted that more would not help",
        "unreachable": "too few conductance sets have the DICs",
        "timed out": "max_wall_s was over",
    },
}

AllocateCallback = CFUNCTYPE(c_void_p, c_void_p, c_size_t)
ReleaseCallback = CFUNCTYPE(None, c_void_p, c_void_p)
LogCallback = CFUNCTYPE(None, c_void_p, c_int32, c_char_p)
ProgressCallback = CFUNCTYPE(c_int32, c_void_p, c_int64, c_int64)


class ContextOptions(Struct):
    c_name = "dicrec_context_options"
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("allocate", AllocateCallback),
        ("release", ReleaseCallback),
        ("allocator_user", c_void_p),
        ("log", LogCallback),
        ("log_user", c_void_p),
        ("progress", ProgressCallback),
        ("progress_user", c_void_p),
    ]


class SpikesOptions(Struct):
    c_name = "dicrec_spikes_options"
    _fields_ = [
        ("struct_size", c_uint32),
        ("unit", c_int32),
        ("has_window", c_int32),
        ("reserved", c_int32),
        ("start", c_double),
        ("stop", c_double),
        ("gaps", POINTER(c_double)),
        ("n_gaps", c_uint64),
        ("trial_counts", POINTER(c_uint64)),
        ("n_trials", c_uint64),
        ("trial_windows", POINTER(c_double)),
        ("origin", c_int64),
    ]


class SpikeStatistics(Struct):
    c_name = "dicrec_spike_statistics"
    _fields_ = [
        ("struct_size", c_uint32),
        ("activity", c_int32),
        ("n_spikes", c_int64),
        ("n_bursts", c_int64),
        ("rate_hz", c_double),
        ("isi_mean_ms", c_double),
        ("isi_cv", c_double),
        ("isi_min_ms", c_double),
        ("isi_max_ms", c_double),
        ("spikes_per_burst", c_double),
        ("burst_hz", c_double),
        ("burst_duration_ms", c_double),
        ("spikes_per_burst_sd", c_double),
        ("burst_period_cv", c_double),
        ("n_segments", c_int64),
        ("n_intervals", c_int64),
        ("observed_ms", c_double),
        ("mean_rate_hz", c_double),
        ("burst_gap_ms", c_double),
    ]


class SpikeStationarity(Struct):
    c_name = "dicrec_spike_stationarity"
    _fields_ = [
        ("struct_size", c_uint32),
        ("drifts", c_int32),
        ("change", c_int32),
        ("n_components", c_int32),
        ("p_value", c_double),
        ("rate_factor", c_double),
        ("step_ms", c_double),
        ("step_segment", c_int64),
        ("silence_ms", c_double),
        ("silence_p", c_double),
        ("has_silent_edge", c_int32),
        ("reserved", c_int32),
    ]


class EstimatorOptions(Struct):
    c_name = "dicrec_estimator_options"
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("weights_path", c_char_p),
        ("weights_data", c_void_p),
        ("weights_size", c_uint64),
    ]


class EstimateOptions(Struct):
    c_name = "dicrec_estimate_options"
    _fields_ = [
        ("struct_size", c_uint32),
        ("auto_scale", c_int32),
        ("time_scale", c_double),
        ("support_limit", c_double),
        ("n_threads", c_int32),
        ("reserved", c_uint32),
    ]


class Mixture(Struct):
    c_name = "dicrec_mixture"
    _fields_ = [
        ("struct_size", c_uint32),
        ("n_dics", c_int32),
        ("n_components", c_uint64),
        ("weights", POINTER(c_double)),
        ("means", POINTER(c_double)),
        ("covariances", POINTER(c_double)),
        ("dic_ranges", POINTER(c_double)),
        ("noiseless", POINTER(c_double)),
        ("log_noise_means", POINTER(c_double)),
        ("log_noise_stds", POINTER(c_double)),
        ("noise_range", POINTER(c_double)),
        ("time_scale", c_double),
    ]


class GenerateOptions(Struct):
    c_name = "dicrec_generate_options"
    _fields_ = [
        ("struct_size", c_uint32),
        ("n_threads", c_int32),
        ("seed", c_uint64),
        ("max_draws", c_int32),
        ("leak_law", c_int32),
        ("channels", POINTER(c_int32)),
        ("n_channels", c_int32),
        ("keep_raw", c_int32),
        ("ranges", POINTER(c_double)),
        ("first_member", c_uint64),
    ]


class SimulateOptions(Struct):
    c_name = "dicrec_simulate_options"
    _fields_ = [
        ("struct_size", c_uint32),
        ("solver", c_int32),
        ("t_end_ms", c_double),
        ("t_skip_ms", c_double),
        ("relative_tolerance", c_double),
        ("absolute_tolerance", c_double),
        ("dt_ms", c_double),
        ("trace_dt_ms", c_double),
        ("noise_std", c_double),
        ("member_noise_std", POINTER(c_double)),
        ("current", c_double),
        ("current_times_ms", POINTER(c_double)),
        ("current_values", POINTER(c_double)),
        ("n_current", c_uint64),
        ("time_scale", c_double),
        ("seed", c_uint64),
        ("max_spikes", c_int64),
        ("max_steps", c_int64),
        ("max_wall_s", c_double),
        ("trace", c_int32),
        ("n_threads", c_int32),
        ("first_member", c_uint64),
        ("member_streams", POINTER(c_uint64)),
        ("max_trace_bytes", c_uint64),
        ("initial_states", POINTER(c_double)),
        ("n_initial_states", c_uint64),
        ("spike_level_mv", c_double),
    ]


class ReconstructOptions(Struct):
    c_name = "dicrec_reconstruct_options"
    _fields_ = [
        ("struct_size", c_uint32),
        ("target", c_int32),
        ("verify", c_int32),
        ("max_candidates", c_int32),
        ("screening", c_int32),
        ("max_drawn", c_int32),
        ("rate_tolerance", c_double),
        ("burst_tolerance", c_double),
        ("estimate", POINTER(EstimateOptions)),
        ("generate", POINTER(GenerateOptions)),
        ("simulate", POINTER(SimulateOptions)),
        ("n_threads", c_int32),
        ("reserved", c_int32),
        ("selection", c_int32),
        ("noise", c_int32),
        ("noise_std", c_double),
        ("seed", c_uint64),
        ("max_wall_s", c_double),
    ]


class ReconstructionReport(Struct):
    c_name = "dicrec_reconstruction_report"
    _fields_ = [
        ("struct_size", c_uint32),
        ("outcome", c_int32),
        ("activity", c_int32),
        ("screened", c_int32),
        ("verified", c_int32),
        ("target", c_int32),
        ("n_requested", c_int64),
        ("n_found", c_int64),
        ("n_accepted", c_int64),
        ("n_drawn", c_int64),
        ("n_matched", c_int64),
        ("n_simulated", c_int64),
        ("g_s", c_double),
        ("g_u", c_double),
        ("support", c_double),
        ("time_scale", c_double),
        ("tolerance", c_double),
        ("spread_kept_min", c_double),
        ("t_end_ms", c_double),
        ("t_skip_ms", c_double),
        ("selection", c_int32),
        ("remarks", c_int32),
        ("n_outside", c_int64),
        ("noise_std", c_double),
        ("noiseless", c_double),
        ("drift_p", c_double),
        ("drift_factor", c_double),
        ("isi_distance", c_double),
        ("isi_moved", c_double),
    ]


#: Structs of options, by what they are options of.
OPTIONS: Dict[str, Type[Struct]] = {
    "context": ContextOptions,
    "spikes": SpikesOptions,
    "estimator": EstimatorOptions,
    "estimate": EstimateOptions,
    "generate": GenerateOptions,
    "simulate": SimulateOptions,
    "reconstruct": ReconstructOptions,
}

#: Numeric options: (default, or None if it depends; least, most, unit).
LIMITS: Dict[str, Dict[str, Tuple[Any, Any, Any, str]]] = {
    "spikes": {
        "unit": (Time.MS, Time.MS, Time.S, ""),
        "has_window": (0, 0, 1, ""),
    },
    "estimate": {
        "auto_scale": (0, 0, 1, ""),
        "time_scale": (1, 0.01, 100, ""),
        "support_limit": (0.01, 0, 1, ""),
        "n_threads": (1, 1, 256, ""),
    },
    "generate": {
        "n_threads": (1, 1, 256, ""),
        "max_draws": (200, 1, 1000000, ""),
        "leak_law": (Leak.GAMMA, Leak.GAMMA, Leak.FIXED, ""),
        "keep_raw": (0, 0, 1, ""),
    },
    "simulate": {
        "solver": (Solver.AUTO, Solver.AUTO, Solver.ENSEMBLE, ""),
        "t_end_ms": (None, 1e-06, 1000000000.0, "ms"),
        "t_skip_ms": (0, 0, 1000000000.0, "ms"),
        "relative_tolerance": (2e-08, 1e-12, 0.01, ""),
        "absolute_tolerance": (2e-10, 1e-300, 1, ""),
        "dt_ms": (0.02, 0.0001, 0.1, "ms"),
        "trace_dt_ms": (0, -1, 1000000000.0, "ms"),
        "noise_std": (0, 0, 1000000.0, "uA/cm2"),
        "current": (0, -1000000.0, 1000000.0, "uA/cm2"),
        "time_scale": (1, 0.01, 100, ""),
        "max_spikes": (100000, 1, 1000000000000000, ""),
        "max_steps": (100000000, 1, 1000000000000000000, ""),
        "max_wall_s": (0, 0, 1000000000.0, "s"),
        "trace": (Trace.VOLTAGE, Trace.VOLTAGE, Trace.CURRENTS, ""),
        "n_threads": (1, 1, 256, ""),
        "max_trace_bytes": (1073741824, 1, 18500000000000000000, "bytes"),
        "spike_level_mv": (None, -100, 100, "mV"),
    },
    "reconstruct": {
        "target": (Target.AUTO, Target.AUTO, Target.SAMPLE, ""),
        "verify": (0, 0, 1, ""),
        "max_candidates": (50, 1, 10000, ""),
        "screening": (Screening.AUTO, Screening.AUTO, Screening.ON, ""),
        "max_drawn": (64, 1, 100000, ""),
        "rate_tolerance": (0.015, 1e-09, 1000000000.0, ""),
        "burst_tolerance": (0.5, 1e-09, 1000000000.0, "spikes"),
        "n_threads": (1, 1, 256, ""),
        "selection": (Selection.REPRESENTATIVE, Selection.REPRESENTATIVE, Selection.DIVERSE, ""),
        "noise": (Noise.AUTO, Noise.AUTO, Noise.FIXED, ""),
        "noise_std": (0, 0, 1000000.0, "uA/cm2"),
        "max_wall_s": (0, 0, 1000000000.0, "s"),
    },
}

#: Name without the prefix "dicrec_": (result, arguments).
PROTOTYPES: Dict[str, Tuple[Any, List[Any]]] = {
    "version": (c_char_p, []),
    "build_info": (c_char_p, []),
    "status_name": (c_char_p, [c_int32]),
    "status_text": (c_char_p, [c_int32]),
    "context_options_init": (None, [POINTER(ContextOptions), c_size_t]),
    "context_create": (c_int32, [POINTER(ContextOptions), POINTER(c_void_p)]),
    "context_options_error": (c_size_t, [POINTER(ContextOptions), c_char_p, c_size_t]),
    "context_free": (None, [c_void_p]),
    "context_error": (c_size_t, [c_void_p, c_char_p, c_size_t]),
    "model_builtin_count": (c_size_t, []),
    "model_builtin_name": (c_char_p, [c_size_t]),
    "model_open": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p)]),
    "model_create_from_file": (c_int32, [c_void_p, c_char_p, POINTER(c_void_p)]),
    "model_create_from_text": (c_int32, [c_void_p, c_char_p, c_size_t, POINTER(c_void_p)]),
    "model_copy_text": (c_size_t, [c_void_p, c_char_p, c_size_t]),
    "model_retain": (c_void_p, [c_void_p]),
    "model_free": (None, [c_void_p]),
    "model_name": (c_char_p, [c_void_p]),
    "model_description": (c_char_p, [c_void_p]),
    "model_channel_count": (c_size_t, [c_void_p]),
    "model_channel_name": (c_char_p, [c_void_p, c_size_t]),
    "model_channel_index": (c_int32, [c_void_p, c_char_p]),
    "model_leak_index": (c_int32, [c_void_p]),
    "model_state_count": (c_size_t, [c_void_p]),
    "model_state_name": (c_char_p, [c_void_p, c_size_t]),
    "model_reversal_mv": (c_double, [c_void_p, c_size_t]),
    "model_threshold_mv": (c_double, [c_void_p]),
    "model_spike_level_mv": (c_double, [c_void_p]),
    "model_target_count": (c_size_t, [c_void_p]),
    "model_target_name": (c_char_p, [c_void_p, c_size_t]),
    "model_target_range": (c_int32, [c_void_p, c_size_t, POINTER(c_double)]),
    "model_conductance_range": (c_int32, [c_void_p, c_size_t, POINTER(c_double)]),
    "model_protocol": (c_int32, [c_void_p, POINTER(c_double), POINTER(c_double)]),
    "model_time_scales": (c_int32, [c_void_p, c_double, POINTER(c_double)]),
    "model_gate_curves": (
        c_int32,
        [c_void_p, c_size_t, c_size_t, POINTER(c_double), c_size_t, POINTER(c_double), POINTER(c_double)],
    ),
    "dic_count": (c_size_t, []),
    "dic_name": (c_char_p, [c_size_t]),
    "dic_compute": (c_int32, [c_void_p, c_void_p, POINTER(c_double), c_size_t, c_double, c_size_t, POINTER(c_double)]),
    "dic_sensitivity": (
        c_int32,
        [c_void_p, c_void_p, POINTER(c_double), c_size_t, c_double, c_size_t, POINTER(c_double)],
    ),
    "dic_static_current": (c_int32, [c_void_p, c_void_p, POINTER(c_double), c_size_t, c_double, POINTER(c_double)]),
    "dic_threshold": (c_int32, [c_void_p, c_void_p, POINTER(c_double), c_size_t, POINTER(c_double), POINTER(c_double)]),
    "activity_name": (c_char_p, [c_int32]),
    "change_name": (c_char_p, [c_int32]),
    "spikes_options_init": (None, [POINTER(SpikesOptions), c_size_t]),
    "spikes_create": (c_int32, [c_void_p, POINTER(c_double), c_size_t, POINTER(SpikesOptions), POINTER(c_void_p)]),
    "spikes_create_from_samples": (
        c_int32,
        [c_void_p, POINTER(c_int64), c_size_t, c_double, POINTER(SpikesOptions), POINTER(c_void_p)],
    ),
    "spikes_retain": (c_void_p, [c_void_p]),
    "spikes_free": (None, [c_void_p]),
    "spikes_count": (c_size_t, [c_void_p]),
    "spikes_copy_times": (c_int32, [c_void_p, POINTER(c_double), c_size_t]),
    "spikes_segment_count": (c_size_t, [c_void_p]),
    "spikes_copy_segments": (c_int32, [c_void_p, POINTER(c_double), POINTER(c_uint64), c_size_t]),
    "spikes_statistics": (c_int32, [c_void_p, POINTER(SpikeStatistics)]),
    "spikes_stationarity": (c_int32, [c_void_p, POINTER(SpikeStationarity)]),
    "spikes_likely_unit": (c_int32, [POINTER(c_void_p), c_size_t, c_int32]),
    "pattern_count": (c_size_t, []),
    "pattern_name": (c_char_p, [c_size_t]),
    "spikes_pattern": (c_int32, [c_void_p, c_size_t, POINTER(c_double)]),
    "spikes_distance": (c_int32, [c_void_p, c_void_p, c_double, POINTER(c_double)]),
    "estimator_options_init": (None, [POINTER(EstimatorOptions), c_size_t]),
    "estimator_create": (c_int32, [c_void_p, c_void_p, POINTER(EstimatorOptions), POINTER(c_void_p)]),
    "estimator_retain": (c_void_p, [c_void_p]),
    "estimator_free": (None, [c_void_p]),
    "estimator_model": (c_void_p, [c_void_p]),
    "estimator_metadata": (c_size_t, [c_void_p, c_char_p, c_char_p, c_size_t]),
    "estimate_options_init": (None, [POINTER(EstimateOptions), c_size_t]),
    "estimate": (c_int32, [c_void_p, c_void_p, c_void_p, POINTER(EstimateOptions), POINTER(c_void_p)]),
    "estimate_many": (
        c_int32,
        [
            c_void_p,
            c_void_p,
            POINTER(c_void_p),
            c_size_t,
            POINTER(EstimateOptions),
            POINTER(c_void_p),
            POINTER(c_int32),
        ],
    ),
    "posterior_retain": (c_void_p, [c_void_p]),
    "posterior_free": (None, [c_void_p]),
    "posterior_parameter_count": (c_size_t, [c_void_p]),
    "posterior_parameter_name": (c_char_p, [c_void_p, c_size_t]),
    "posterior_moments": (c_int32, [c_void_p, c_size_t, POINTER(c_double), POINTER(c_double)]),
    "posterior_quantile": (c_int32, [c_void_p, c_double, c_size_t, POINTER(c_double)]),
    "posterior_log_density": (c_int32, [c_void_p, POINTER(c_double), c_size_t, c_size_t, POINTER(c_double)]),
    "posterior_sample": (c_int32, [c_void_p, c_uint64, c_size_t, c_size_t, POINTER(c_double)]),
    "posterior_noiseless_probability": (c_double, [c_void_p]),
    "posterior_activity": (c_int32, [c_void_p]),
    "posterior_class_probabilities": (c_int32, [c_void_p, c_size_t, POINTER(c_double)]),
    "posterior_support": (c_double, [c_void_p]),
    "posterior_time_scale": (c_double, [c_void_p]),
    "posterior_time_scale_interval": (c_int32, [c_void_p, POINTER(c_double)]),
    "mixture_init": (None, [POINTER(Mixture), c_size_t]),
    "posterior_create": (c_int32, [c_void_p, POINTER(Mixture), POINTER(c_void_p)]),
    "posterior_create_at": (c_int32, [c_void_p, POINTER(c_double), c_size_t, POINTER(c_void_p)]),
    "posterior_component_count": (c_size_t, [c_void_p]),
    "posterior_copy_mixture": (c_int32, [c_void_p, POINTER(Mixture)]),
    "posterior_byte_count": (c_size_t, [c_void_p]),
    "posterior_copy_bytes": (c_int32, [c_void_p, POINTER(c_uint8), c_size_t]),
    "posterior_create_from_bytes": (c_int32, [c_void_p, POINTER(c_uint8), c_size_t, POINTER(c_void_p)]),
    "leak_name": (c_char_p, [c_int32]),
    "generate_options_init": (None, [POINTER(GenerateOptions), c_size_t]),
    "generate": (
        c_int32,
        [
            c_void_p,
            c_void_p,
            POINTER(c_double),
            c_size_t,
            c_size_t,
            c_size_t,
            POINTER(GenerateOptions),
            POINTER(c_void_p),
        ],
    ),
    "population_retain": (c_void_p, [c_void_p]),
    "population_free": (None, [c_void_p]),
    "population_model": (c_void_p, [c_void_p]),
    "population_member_count": (c_size_t, [c_void_p]),
    "population_valid_count": (c_size_t, [c_void_p]),
    "population_channel_count": (c_size_t, [c_void_p]),
    "population_status": (c_int32, [c_void_p, c_size_t]),
    "population_copy_statuses": (c_int32, [c_void_p, POINTER(c_int32), c_size_t]),
    "population_copy_conductances": (c_int32, [c_void_p, c_int32, POINTER(c_double), c_size_t]),
    "population_copy_dics": (c_int32, [c_void_p, c_size_t, POINTER(c_double), c_size_t]),
    "population_copy_streams": (c_int32, [c_void_p, POINTER(c_uint64), c_size_t]),
    "population_copy_noise_std": (c_int32, [c_void_p, POINTER(c_double), c_size_t]),
    "population_time_scale": (c_double, [c_void_p]),
    "solver_name": (c_char_p, [c_int32]),
    "trace_name": (c_char_p, [c_int32]),
    "simulate_options_init": (None, [POINTER(SimulateOptions), c_size_t]),
    "simulate": (
        c_int32,
        [c_void_p, c_void_p, POINTER(c_double), c_size_t, POINTER(SimulateOptions), POINTER(c_void_p)],
    ),
    "simulation_retain": (c_void_p, [c_void_p]),
    "simulation_free": (None, [c_void_p]),
    "simulation_member_count": (c_size_t, [c_void_p]),
    "simulation_solver": (c_int32, [c_void_p]),
    "simulation_status": (c_int32, [c_void_p, c_size_t]),
    "simulation_copy_statuses": (c_int32, [c_void_p, POINTER(c_int32), c_size_t]),
    "simulation_spike_count": (c_size_t, [c_void_p, c_size_t]),
    "simulation_copy_spikes": (c_int32, [c_void_p, c_size_t, POINTER(c_double), c_size_t]),
    "simulation_spike_total": (c_size_t, [c_void_p]),
    "simulation_copy_all_spikes": (c_int32, [c_void_p, POINTER(c_uint64), c_size_t, POINTER(c_double), c_size_t]),
    "simulation_copy_final_states": (c_int32, [c_void_p, POINTER(c_double), c_size_t]),
    "simulation_trace_sample_count": (c_size_t, [c_void_p, c_size_t]),
    "simulation_trace_column_count": (c_size_t, [c_void_p]),
    "simulation_trace_column_name": (c_size_t, [c_void_p, c_size_t, c_char_p, c_size_t]),
    "simulation_copy_trace": (c_int32, [c_void_p, c_size_t, POINTER(c_double), c_size_t]),
    "simulation_copy_trace_times": (c_int32, [c_void_p, c_size_t, POINTER(c_double), c_size_t]),
    "target_name": (c_char_p, [c_int32]),
    "screening_name": (c_char_p, [c_int32]),
    "selection_name": (c_char_p, [c_int32]),
    "noise_name": (c_char_p, [c_int32]),
    "remark_name": (c_char_p, [c_int32]),
    "remark_text": (c_char_p, [c_int32]),
    "outcome_name": (c_char_p, [c_int32]),
    "reconstruct_options_init": (None, [POINTER(ReconstructOptions), c_size_t]),
    "reconstruct": (c_int32, [c_void_p, c_void_p, c_void_p, c_size_t, POINTER(ReconstructOptions), POINTER(c_void_p)]),
    "reconstruct_posterior": (
        c_int32,
        [c_void_p, c_void_p, c_void_p, c_void_p, c_size_t, POINTER(ReconstructOptions), POINTER(c_void_p)],
    ),
    "reconstruct_many": (
        c_int32,
        [c_void_p, c_void_p, POINTER(c_void_p), c_size_t, c_size_t, POINTER(ReconstructOptions), POINTER(c_void_p)],
    ),
    "reconstruction_status": (c_int32, [c_void_p]),
    "reconstruction_error": (c_size_t, [c_void_p, c_char_p, c_size_t]),
    "reconstruction_retain": (c_void_p, [c_void_p]),
    "reconstruction_free": (None, [c_void_p]),
    "reconstruction_posterior": (c_void_p, [c_void_p]),
    "reconstruction_population": (c_void_p, [c_void_p]),
    "reconstruction_copy_report": (c_int32, [c_void_p, POINTER(ReconstructionReport)]),
    "reconstruction_copy_spread_kept": (c_int32, [c_void_p, POINTER(c_double), c_size_t]),
    "reconstruction_copy_candidate_moments": (c_int32, [c_void_p, POINTER(c_double), POINTER(c_double), c_size_t]),
    "reconstruction_mismatch": (c_double, [c_void_p, c_size_t]),
    "reconstruction_accepted": (c_int32, [c_void_p, c_size_t]),
    "reconstruction_distance": (c_double, [c_void_p, c_size_t]),
    "reconstruction_statistics": (c_int32, [c_void_p, c_size_t, POINTER(SpikeStatistics)]),
    "reconstruction_spike_count": (c_size_t, [c_void_p, c_size_t]),
    "reconstruction_copy_spikes": (c_int32, [c_void_p, c_size_t, POINTER(c_double), c_size_t]),
    "reconstruction_spike_total": (c_size_t, [c_void_p]),
    "reconstruction_copy_all_spikes": (c_int32, [c_void_p, POINTER(c_uint64), c_size_t, POINTER(c_double), c_size_t]),
    "stream_create": (c_int32, [c_void_p, c_void_p, POINTER(EstimateOptions), POINTER(c_void_p)]),
    "stream_free": (None, [c_void_p]),
    "stream_push": (c_int32, [c_void_p, POINTER(c_double), c_size_t]),
    "stream_error": (c_size_t, [c_void_p, c_char_p, c_size_t]),
    "stream_spike_count": (c_size_t, [c_void_p]),
    "stream_posterior": (c_int32, [c_void_p, POINTER(c_void_p)]),
    "stream_reset": (None, [c_void_p]),
}
