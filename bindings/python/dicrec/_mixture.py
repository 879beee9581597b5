# SPDX-License-Identifier: MIT
"""A posterior's mixture between arrays and the struct of the C interface."""

from __future__ import annotations

import ctypes
from typing import Any, Dict, Optional, Tuple

import numpy
from numpy.typing import ArrayLike

from . import _api
from ._arrays import real_array
from ._arguments import doubles, invalid, new_options
from ._errors import check
from ._handles import Handle
from ._library import lib

# Shapes of the arrays of a mixture of n components over d DICs.
_SHAPES = {
    "weights": "n",
    "means": "nd",
    "covariances": "ndd",
    "dic_ranges": "d2",
    "noiseless": "n",
    "log_noise_means": "n",
    "log_noise_stds": "n",
    "noise_range": "2",
}


def _shape(name: str, n_components: int, n_dics: int) -> Tuple[int, ...]:
    sizes = {"n": n_components, "d": n_dics, "2": 2}
    return tuple(sizes[letter] for letter in _SHAPES[name])


def filled_mixture(time_scale: float, weights: ArrayLike, **others: Optional[ArrayLike]) -> _api.Mixture:
    """Struct of the library from arrays, which it keeps alive; arrays that are None are left out."""
    mixture = new_options(_api.Mixture, time_scale=time_scale)
    mixture.n_components = numpy.size(weights)
    mixture.kept = {}
    arrays: Dict[str, Optional[ArrayLike]] = {"weights": weights, **others}
    for name, values in arrays.items():
        if values is None:
            continue
        array = real_array(name, values)
        expected = _shape(name, mixture.n_components, mixture.n_dics)
        if array.shape != expected:
            raise invalid("%s: shape %s is expected, not %s" % (name, list(expected), list(array.shape)))
        mixture.kept[name] = array
        setattr(mixture, name, doubles(array))
    return mixture


def mixture_arrays(posterior: Handle) -> Dict[str, Any]:
    """Arrays and time scale of a handle's mixture: dict."""
    mixture = new_options(_api.Mixture)
    mixture.n_components = lib.posterior_component_count(posterior)
    arrays = {name: numpy.empty(_shape(name, mixture.n_components, mixture.n_dics)) for name in _SHAPES}
    for name, array in arrays.items():
        setattr(mixture, name, doubles(array))
    check(lib.posterior_copy_mixture(posterior, ctypes.byref(mixture)))
    return {**arrays, "time_scale": mixture.time_scale}
