# SPDX-License-Identifier: MIT
"""Mirrors of the structs of the C interface, field by field in the order of the headers."""

import ctypes
from ctypes import POINTER, c_char_p, c_double, c_int32, c_int64, c_uint32, c_uint64, c_void_p

LogCallback = ctypes.CFUNCTYPE(None, c_void_p, c_int32, c_char_p)
ProgressCallback = ctypes.CFUNCTYPE(c_int32, c_void_p, c_int64, c_int64)


class ContextOptions(ctypes.Structure):
    c_name = "dicrec_context_options"
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("allocate", c_void_p),
        ("release", c_void_p),
        ("allocator_user", c_void_p),
        ("log", LogCallback),
        ("log_user", c_void_p),
        ("progress", ProgressCallback),
        ("progress_user", c_void_p),
    ]


class SpikeStatisticsStruct(ctypes.Structure):
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
    ]


class SpikeStationarityStruct(ctypes.Structure):
    c_name = "dicrec_spike_stationarity"
    _fields_ = [
        ("struct_size", c_uint32),
        ("drifts", c_int32),
        ("change", c_int32),
        ("n_components", c_int32),
        ("p_value", c_double),
        ("rate_factor", c_double),
        ("step_ms", c_double),
    ]


class PopulationOptions(ctypes.Structure):
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


class SimulateOptions(ctypes.Structure):
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
    ]


class EstimatorOptions(ctypes.Structure):
    c_name = "dicrec_estimator_options"
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("weights_path", c_char_p),
        ("weights_data", c_void_p),
        ("weights_size", c_uint64),
    ]


class EstimateOptions(ctypes.Structure):
    c_name = "dicrec_estimate_options"
    _fields_ = [
        ("struct_size", c_uint32),
        ("auto_scale", c_int32),
        ("time_scale", c_double),
        ("support_limit", c_double),
        ("n_threads", c_int32),
        ("reserved", c_uint32),
    ]


class MixtureStruct(ctypes.Structure):
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


class ReconstructOptions(ctypes.Structure):
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
        ("generate", POINTER(PopulationOptions)),
        ("simulate", POINTER(SimulateOptions)),
        ("n_threads", c_int32),
        ("reserved", c_int32),
        ("selection", c_int32),
        ("noise", c_int32),
        ("noise_std", c_double),
        ("seed", c_uint64),
        ("max_wall_s", c_double),
    ]


class ReconstructionReportStruct(ctypes.Structure):
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


#: Structs that have a function `<name>_init(options, size)`.
OPTIONS = (
    ContextOptions,
    PopulationOptions,
    SimulateOptions,
    EstimatorOptions,
    EstimateOptions,
    ReconstructOptions,
)
