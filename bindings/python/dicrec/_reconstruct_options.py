# SPDX-License-Identifier: MIT
"""Options of a reconstruction."""

from __future__ import annotations

import ctypes
import math
import numbers
from typing import Any, Dict, Mapping, Optional, SupportsIndex, Tuple, Union

from . import _api
from ._arguments import invalid, new_options, thread_count
from ._errors import Status, error
from ._population_options import population_options
from ._units import Scalar, in_unit
from ._words import value_of, value_or_default
from .estimator import estimate_options
from .model import Model
from .simulation import simulate_options

_NOISES: Dict[str, int] = {
    "auto": _api.Noise.AUTO,
    "off": _api.Noise.FIXED,
}


def reconstruct_options(
    model: Model,
    threads: SupportsIndex,
    verify: bool = False,
    target: Optional[str] = None,
    time_scale: Union[float, str] = 1,
    support_limit: Optional[float] = None,
    seed: SupportsIndex = 1,
    max_candidates: Optional[SupportsIndex] = None,
    screening: Union[bool, str] = True,
    max_drawn: Optional[SupportsIndex] = None,
    rate_tolerance: Optional[float] = None,
    burst_tolerance: Optional[float] = None,
    selection: Optional[str] = None,
    noise: Union[Scalar, str] = "auto",
    population: Optional[Mapping[str, Any]] = None,
    simulation: Optional[Mapping[str, Any]] = None,
    max_wall_s: Optional[Scalar] = None,
) -> Tuple[_api.ReconstructOptions, bool]:
    """Options of the library from the words of `reconstruct`, and whether the raw stages are kept."""
    of_population, of_simulation = population or {}, simulation or {}
    if of_simulation.get("noise") is not None:
        raise invalid("simulation: noise is %r, but the argument noise sets it" % (of_simulation["noise"],))
    noise_source, noise_std = _noise(noise)
    options = new_options(
        _api.ReconstructOptions,
        target=value_or_default("target", _api.Target, target),
        verify=bool(verify),
        max_candidates=max_candidates,
        screening=_screening(screening),
        max_drawn=max_drawn,
        rate_tolerance=rate_tolerance,
        burst_tolerance=burst_tolerance,
        selection=value_or_default("selection", _api.Selection, selection),
        noise=noise_source,
        noise_std=noise_std,
        seed=seed,
        n_threads=thread_count(threads),
        max_wall_s=max_wall_s,
    )
    if time_scale != 1 or support_limit is not None:
        options.estimate = ctypes.pointer(estimate_options(time_scale, support_limit))
    shared: Dict[str, Any] = {"threads": threads, "seed": 0}  # 0: that of the whole
    if of_population:
        options.generate = ctypes.pointer(population_options(model, **{**shared, **of_population}))
    if of_simulation:
        of_simulation = {**shared, **of_simulation}
        options.simulate = ctypes.pointer(simulate_options(len(model.states), **of_simulation))
    return options, bool(of_population.get("keep_raw", False))


def _screening(screening: Union[bool, str]) -> int:
    if isinstance(screening, str):
        return value_of("screening", _api.Screening, screening)
    return _api.Screening.AUTO if screening else _api.Screening.OFF


def _noise(noise: Union[Scalar, str]) -> Tuple[int, float]:
    """Source and standard deviation of the members' noise as the library wants them."""
    if isinstance(noise, str) and noise in _NOISES:
        return _NOISES[noise], 0.0
    std: Any = in_unit("noise", noise, "uA/cm2")
    if isinstance(std, (str, bool)) or not isinstance(std, numbers.Real):
        raise invalid("noise: %r is not %s or a number of uA/cm2, 0 or above" % (noise, ", ".join(_NOISES)))
    if not 0 <= float(std) < math.inf:
        raise error(Status.E_RANGE, "noise: %r is outside its range, 0 uA/cm2 or above" % (noise,))
    return _api.Noise.FIXED, float(std)
