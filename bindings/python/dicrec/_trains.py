# SPDX-License-Identifier: MIT
"""What a train was made of: enough to make the very same one again.

Times and segments alone are not: a trial observed from its first spike to its last has the rate of its intervals, one
with that window has the rate of its spikes; and spikes between samples may lie just outside their window.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any, List, Optional, Tuple

import numpy
from numpy.typing import NDArray

from . import _api
from ._arguments import doubles, integers, invalid, new_options, unsigned
from ._context import create
from ._handles import Handle
from ._layout import State
from ._library import lib

#: Layout of the state of a train.
LAYOUT = {
    "times": "float64[n]?",
    "samples": "int64[n]?",
    "rate_hz": "float?",
    "window": "float64[2]?",
    "trial_windows": "float64[trials, 2]?",
    "gaps": "float64[gaps, 2]?",
    "trial_counts": "uint64[trials]?",
}
_Numbers = NDArray[numpy.float64]


@dataclass(frozen=True)
class Origin:
    """When a train was observed, ms, and the samples if it was made of some within windows or gaps."""

    window: Optional[_Numbers]
    trial_windows: Optional[_Numbers]
    gaps: Optional[_Numbers]
    trial_counts: Optional[NDArray[numpy.uint64]]
    samples: Optional[NDArray[numpy.int64]] = None
    rate_hz: Optional[float] = None

    @classmethod
    def of_options(cls, options: _api.SpikesOptions) -> Origin:
        """From the options that a train was made with, and the arrays that they keep."""
        unit_ms = 1000.0 if options.unit == _api.Time.S else 1.0
        windows, gaps = (getattr(options, name, None) for name in ("kept_windows", "kept_gaps"))
        window = numpy.array([options.start, options.stop]) if options.has_window else None
        in_ms: List[Optional[_Numbers]] = [
            None if array is None else array * unit_ms for array in (window, windows, gaps)
        ]
        return cls(in_ms[0], in_ms[1], in_ms[2], getattr(options, "kept_counts", None))

    @classmethod
    def of_samples(cls, options: _api.SpikesOptions, samples: NDArray[numpy.int64], rate_hz: float) -> Origin:
        """Likewise, of a train of samples; they need not be kept where no edge decides about them."""
        found = cls.of_options(options)
        edges = (found.window, found.trial_windows, found.gaps)
        if all(edge is None for edge in edges):
            return found
        return cls(*edges, found.trial_counts, samples - options.origin, rate_hz)

    @property
    def is_undivided(self) -> bool:
        """Nothing was said but the times."""
        return all(value is None for value in (self.window, self.trial_windows, self.gaps, self.trial_counts))

    @property
    def has_windows(self) -> bool:
        return self.window is not None or self.trial_windows is not None

    @property
    def n_trials(self) -> Optional[int]:
        return None if self.trial_counts is None else len(self.trial_counts)


#: Of a train of which nothing was said but the times.
UNDIVIDED = Origin(None, None, None, None)


def train_state(origin: Origin, times: _Numbers) -> State:
    """The state of a train."""
    state = {name: getattr(origin, name, None) for name in LAYOUT}
    return {**state, "times": times if origin.samples is None else None}


def train_of_state(state: State) -> Tuple[Handle, Origin]:
    """A train of its state, with the library's checks, and its origin."""
    origin = Origin(**{name: value for name, value in state.items() if name != "times"})
    options = _options(origin)
    values: Any = state["times"] if origin.samples is None else origin.samples
    if values is None:
        raise invalid("it has neither times nor samples")
    arguments: Tuple[Any, ...]
    if origin.samples is None:
        arguments = (lib.spikes_create, lib.spikes_free, doubles(values), len(values))
    else:
        arguments = (
            lib.spikes_create_from_samples,
            lib.spikes_free,
            integers(values),
            len(values),
            origin.rate_hz or 0.0,
        )
    handle, _ = create(*arguments, ctypes.byref(options))
    return handle, origin


def _options(origin: Origin) -> _api.SpikesOptions:
    options = new_options(_api.SpikesOptions)
    if origin.window is not None:
        options.has_window = 1
        options.start, options.stop = origin.window.tolist()
    if origin.trial_windows is not None:
        options.trial_windows = doubles(origin.trial_windows)
    if origin.gaps is not None:
        options.gaps, options.n_gaps = doubles(origin.gaps), len(origin.gaps)
    if origin.trial_counts is not None:
        options.trial_counts, options.n_trials = unsigned(origin.trial_counts), len(origin.trial_counts)
    return options
