# SPDX-License-Identifier: MIT
"""Find the shared library, load it, and declare every public function."""

import ctypes
import ctypes.util
import os
from ctypes import POINTER, c_char_p, c_double, c_int32, c_int64, c_size_t, c_uint64, c_void_p

from . import _structs

_NAMES = ("libdicrec.so.0", "libdicrec.0.dylib", "libdicrec.dylib")

_handle = c_void_p
_out = POINTER(c_void_p)
_doubles = POINTER(c_double)
_int64s = POINTER(c_int64)
_uint64s = POINTER(c_uint64)
_status = c_int32


def _options(struct):
    return POINTER(struct)


#: Name without the prefix "dicrec_": (result, arguments).
SIGNATURES = {
    # version.h, status.h
    "version": (c_char_p, []),
    "build_info": (c_char_p, []),
    "status_name": (c_char_p, [_status]),
    "status_text": (c_char_p, [_status]),
    # words of enumerations
    "activity_name": (c_char_p, [c_int32]),
    "change_name": (c_char_p, [c_int32]),
    "leak_name": (c_char_p, [c_int32]),
    "solver_name": (c_char_p, [c_int32]),
    "trace_name": (c_char_p, [c_int32]),
    "target_name": (c_char_p, [c_int32]),
    "screening_name": (c_char_p, [c_int32]),
    "selection_name": (c_char_p, [c_int32]),
    "noise_name": (c_char_p, [c_int32]),
    "outcome_name": (c_char_p, [c_int32]),
    # context.h
    "context_create": (_status, [_options(_structs.ContextOptions), _out]),
    "context_options_error": (c_size_t, [_options(_structs.ContextOptions), c_char_p, c_size_t]),
    "context_free": (None, [_handle]),
    "context_error": (c_size_t, [_handle, c_char_p, c_size_t]),
    # model.h
    "model_builtin_count": (c_size_t, []),
    "model_builtin_name": (c_char_p, [c_size_t]),
    "model_open": (_status, [_handle, c_char_p, _out]),
    "model_retain": (_handle, [_handle]),
    "model_free": (None, [_handle]),
    "model_name": (c_char_p, [_handle]),
    "model_description": (c_char_p, [_handle]),
    "model_channel_count": (c_size_t, [_handle]),
    "model_channel_name": (c_char_p, [_handle, c_size_t]),
    "model_channel_index": (c_int32, [_handle, c_char_p]),
    "model_reversal_mv": (c_double, [_handle, c_size_t]),
    "model_threshold_mv": (c_double, [_handle]),
    "model_leak_index": (c_int32, [_handle]),
    "model_target_count": (c_size_t, [_handle]),
    "model_target_name": (c_char_p, [_handle, c_size_t]),
    "model_target_range": (_status, [_handle, c_size_t, _doubles]),
    "dic_count": (c_size_t, []),
    "dic_name": (c_char_p, [c_size_t]),
    "population_model": (_handle, [_handle]),
    "model_conductance_range": (_status, [_handle, c_size_t, _doubles]),
    "model_protocol": (_status, [_handle, _doubles, _doubles]),
    # dic.h
    "dic_compute": (_status, [_handle, _handle, _doubles, c_size_t, c_double, c_size_t, _doubles]),
    "dic_sensitivity": (_status, [_handle, _handle, _doubles, c_size_t, c_double, c_size_t, _doubles]),
    "dic_static_current": (_status, [_handle, _handle, _doubles, c_size_t, c_double, _doubles]),
    "dic_threshold": (_status, [_handle, _handle, _doubles, c_size_t, _doubles, _doubles]),
    # spikes.h
    "spikes_create": (_status, [_handle, _doubles, c_size_t, c_int32, _out]),
    "spikes_create_from_samples": (_status, [_handle, _int64s, c_size_t, c_double, _out]),
    "spikes_retain": (_handle, [_handle]),
    "spikes_free": (None, [_handle]),
    "spikes_count": (c_size_t, [_handle]),
    "spikes_copy_times": (_status, [_handle, _doubles, c_size_t]),
    "spikes_statistics": (_status, [_handle, POINTER(_structs.SpikeStatisticsStruct)]),
    "spikes_stationarity": (_status, [_handle, POINTER(_structs.SpikeStationarityStruct)]),
    "spikes_pattern_size": (c_size_t, []),
    "spikes_pattern_name": (c_char_p, [c_size_t]),
    "spikes_pattern": (_status, [_handle, _doubles, c_size_t]),
    "spikes_distance": (_status, [_handle, _handle, c_double, _doubles]),
    # population.h
    "generate": (
        _status,
        [_handle, _handle, _doubles, c_size_t, c_size_t, c_size_t, _options(_structs.PopulationOptions), _out],
    ),
    "population_retain": (_handle, [_handle]),
    "population_free": (None, [_handle]),
    "population_member_count": (c_size_t, [_handle]),
    "population_valid_count": (c_size_t, [_handle]),
    "population_channel_count": (c_size_t, [_handle]),
    "population_status": (_status, [_handle, c_size_t]),
    "population_copy_conductances": (_status, [_handle, c_int32, _doubles, c_size_t]),
    "population_copy_dics": (_status, [_handle, c_size_t, _doubles, c_size_t]),
    "population_copy_streams": (_status, [_handle, _uint64s, c_size_t]),
    "population_copy_noise_std": (_status, [_handle, _doubles, c_size_t]),
    "population_time_scale": (c_double, [_handle]),
    # simulator.h
    "simulate": (_status, [_handle, _handle, _doubles, c_size_t, _options(_structs.SimulateOptions), _out]),
    "simulation_retain": (_handle, [_handle]),
    "simulation_free": (None, [_handle]),
    "simulation_member_count": (c_size_t, [_handle]),
    "simulation_solver": (c_int32, [_handle]),
    "simulation_status": (_status, [_handle, c_size_t]),
    "simulation_spike_count": (c_size_t, [_handle, c_size_t]),
    "simulation_copy_spikes": (_status, [_handle, c_size_t, _doubles, c_size_t]),
    "simulation_trace_sample_count": (c_size_t, [_handle, c_size_t]),
    "simulation_trace_column_count": (c_size_t, [_handle]),
    "simulation_trace_column_name": (c_size_t, [_handle, c_size_t, c_char_p, c_size_t]),
    "simulation_copy_trace": (_status, [_handle, c_size_t, _doubles, c_size_t]),
    "simulation_copy_trace_times": (_status, [_handle, c_size_t, _doubles, c_size_t]),
    # estimator.h
    "estimator_create": (_status, [_handle, _handle, _options(_structs.EstimatorOptions), _out]),
    "estimator_retain": (_handle, [_handle]),
    "estimator_free": (None, [_handle]),
    "estimator_metadata": (c_size_t, [_handle, c_char_p, c_char_p, c_size_t]),
    "estimate": (_status, [_handle, _handle, _handle, _options(_structs.EstimateOptions), _out]),
    "estimate_many": (
        _status,
        [_handle, _handle, POINTER(c_void_p), c_size_t, _options(_structs.EstimateOptions), _out, POINTER(_status)],
    ),
    "posterior_retain": (_handle, [_handle]),
    "posterior_free": (None, [_handle]),
    "posterior_moments": (_status, [_handle, c_size_t, _doubles, _doubles]),
    "posterior_quantile": (_status, [_handle, c_double, c_size_t, _doubles]),
    "posterior_log_density": (_status, [_handle, _doubles, c_size_t, c_size_t, _doubles]),
    "posterior_sample": (_status, [_handle, c_uint64, c_size_t, c_size_t, _doubles]),
    "posterior_noiseless_probability": (c_double, [_handle]),
    "posterior_parameter_count": (c_size_t, [_handle]),
    "posterior_parameter_name": (c_char_p, [_handle, c_size_t]),
    "posterior_create": (_status, [_handle, POINTER(_structs.MixtureStruct), _out]),
    "posterior_create_at": (_status, [_handle, _doubles, c_size_t, _out]),
    "posterior_component_count": (c_size_t, [_handle]),
    "posterior_copy_mixture": (_status, [_handle, POINTER(_structs.MixtureStruct)]),
    "mixture_init": (None, [POINTER(_structs.MixtureStruct), c_size_t]),
    "estimator_model": (_handle, [_handle]),
    "posterior_activity": (c_int32, [_handle]),
    "posterior_class_probabilities": (_status, [_handle, c_size_t, _doubles]),
    "posterior_support": (c_double, [_handle]),
    "posterior_time_scale": (c_double, [_handle]),
    "posterior_time_scale_interval": (_status, [_handle, _doubles]),
    # stream.h
    "stream_create": (_status, [_handle, _handle, _options(_structs.EstimateOptions), _out]),
    "stream_free": (None, [_handle]),
    "stream_push": (_status, [_handle, _doubles, c_size_t]),
    "stream_spike_count": (c_size_t, [_handle]),
    "stream_posterior": (_status, [_handle, _out]),
    "stream_reset": (None, [_handle]),
    # reconstruct.h
    "remark_name": (c_char_p, [c_int32]),
    "remark_text": (c_char_p, [c_int32]),
    "reconstruct": (
        _status,
        [_handle, _handle, _handle, c_size_t, _options(_structs.ReconstructOptions), _out],
    ),
    "reconstruct_posterior": (
        _status,
        [_handle, _handle, _handle, _handle, c_size_t, _options(_structs.ReconstructOptions), _out],
    ),
    "reconstruct_many": (
        _status,
        [_handle, _handle, _out, c_size_t, c_size_t, _options(_structs.ReconstructOptions), _out],
    ),
    "reconstruction_retain": (_handle, [_handle]),
    "reconstruction_free": (None, [_handle]),
    "reconstruction_status": (_status, [_handle]),
    "reconstruction_error": (c_size_t, [_handle, c_char_p, c_size_t]),
    "reconstruction_posterior": (_handle, [_handle]),
    "reconstruction_population": (_handle, [_handle]),
    "reconstruction_copy_report": (_status, [_handle, POINTER(_structs.ReconstructionReportStruct)]),
    "reconstruction_copy_spread_kept": (_status, [_handle, _doubles, c_size_t]),
    "reconstruction_copy_candidate_moments": (_status, [_handle, _doubles, _doubles, c_size_t]),
    "reconstruction_mismatch": (c_double, [_handle, c_size_t]),
    "reconstruction_accepted": (c_int32, [_handle, c_size_t]),
    "reconstruction_distance": (c_double, [_handle, c_size_t]),
    "reconstruction_statistics": (_status, [_handle, c_size_t, POINTER(_structs.SpikeStatisticsStruct)]),
    "reconstruction_spike_count": (c_size_t, [_handle, c_size_t]),
    "reconstruction_copy_spikes": (_status, [_handle, c_size_t, _doubles, c_size_t]),
}

for _struct in _structs.OPTIONS:
    SIGNATURES[_struct.c_name[len("dicrec_") :] + "_init"] = (None, [POINTER(_struct), c_size_t])


def _candidates():
    """Names to try; a path in DICREC_LIBRARY is tried alone, so that a wrong one is noticed."""
    path = os.environ.get("DICREC_LIBRARY")
    if path:
        return [path]
    found = ctypes.util.find_library("dicrec")
    return ([found] if found else []) + list(_NAMES)


def _open():
    failures = []
    for name in _candidates():
        try:
            return ctypes.CDLL(name)
        except OSError as failure:
            failures.append(str(failure))
    raise ImportError("libdicrec was not found; set DICREC_LIBRARY to its path: " + "; ".join(failures))


class _Library:
    """The declared functions, as attributes without the prefix "dicrec_"."""

    def __init__(self):
        shared = _open()
        for name, (result, arguments) in SIGNATURES.items():
            try:
                function = getattr(shared, "dicrec_" + name)
            except AttributeError:
                raise ImportError("this libdicrec is too old, dicrec_%s is missing" % name) from None
            function.restype = result
            function.argtypes = arguments
            setattr(self, name, function)


lib = _Library()
