# SPDX-License-Identifier: MIT
"""Axes of time: units, and how much of a train is enough to look at."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy

from .. import _api
from .._words import value_of

if TYPE_CHECKING:
    from ._trains import Vector

_BURSTS_SHOWN, _SPIKES_SHOWN = 12, 30
_ROUND = (1, 1.5, 2, 3, 5, 7.5, 10)


def unit_ms(unit: str) -> float:
    """Length of a unit of time, ms; refused if it is none of the library's."""
    value_of("unit", _api.Time, unit)
    return 1000.0 if unit == "s" else 1.0


def _rounded_up(value: float) -> float:
    power: float = 10.0 ** math.floor(math.log10(value))
    return power * next(step for step in _ROUND if step * power >= value * (1 - 1e-9))


def shown_ms(times: Vector, gap: float) -> float:
    """Length of time that shows about a dozen bursts or thirty spikes, ms; all of a shorter train."""
    if len(times) < 2:
        return 1000.0
    starts = numpy.flatnonzero(numpy.diff(times) > gap) + 1
    events = times[starts] if len(starts) > 1 else times
    wanted = _BURSTS_SHOWN if len(starts) > 1 else _SPIKES_SHOWN
    last = events[min(wanted, len(events) - 1)] if len(events) > wanted else times[-1]
    return _rounded_up(float(last - events[0]))
