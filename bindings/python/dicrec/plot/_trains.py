# SPDX-License-Identifier: MIT
"""Spike trains of whatever users have: arrays, Spikes with trials, simulations, reconstructions."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, List, Optional

import numpy

from .._arguments import invalid
from .._errors import DicrecError, error
from ..reconstruction_result import Reconstruction
from ..simulation_result import Simulation
from ..spikes import Spikes, as_spikes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vector = NDArray[numpy.float64]


@dataclass(frozen=True, eq=False)
class Rows:
    """Trains, a row each.

    Attributes
    ----------
    times : list of numpy.ndarray [n_spikes]
        Spike times, ms.
    kind : str
        What a row is: 'train', 'trial' or 'member'.
    accepted : list of bool
        Of members, whether they fire like the input; of others True.
    """

    times: List[Vector]
    kind: str
    accepted: List[bool]


def rows_of(name: str, trains: Any) -> Rows:
    """The trains of an argument, ms."""
    if isinstance(trains, Reconstruction):
        return _members(name, trains)
    if isinstance(trains, Simulation):
        return _all("member", [numpy.asarray(times) for times in trains.spikes])
    if isinstance(trains, Spikes):
        trials = trials_of(trains)
        return _all("trial" if len(trials) > 1 else "train", trials)
    if _is_many(trains):
        return _all("train", [times_of(name, train) for train in trains])
    return _all("train", [times_of(name, trains)])


def _all(kind: str, times: List[Vector]) -> Rows:
    return Rows(times, kind, [True] * len(times))


def _members(name: str, found: Reconstruction) -> Rows:
    """Members that hold conductances: the others never fired."""
    if found.spikes is None or found.accepted is None:
        raise invalid("%s: a verified reconstruction is expected, whose members have spikes: verify=True" % name)
    kept = [i for i, row in enumerate(found.population.conductances) if not numpy.isnan(row).any()]
    return Rows([found.spikes[i] for i in kept], "member", [bool(found.accepted[i]) for i in kept])


def _is_many(trains: Any) -> bool:
    """Whether there are several trains: a sequence of sequences, or an array of two dimensions."""
    if isinstance(trains, numpy.ndarray) and trains.dtype != object:
        return trains.ndim > 1
    is_list = isinstance(trains, (list, tuple)) or isinstance(trains, numpy.ndarray)
    return is_list and len(trains) > 0 and (isinstance(trains[0], Spikes) or numpy.ndim(trains[0]) > 0)


def times_of(name: str, train: Any) -> Vector:
    """Spike times of one train, ms; whatever is wrong with it is said of the argument."""
    try:
        times: Vector = as_spikes(train).times
    except DicrecError as failure:
        raise error(failure.status, "%s: %s" % (name, str(failure).rsplit(" [", 1)[0])) from None
    except (TypeError, ValueError) as failure:
        raise invalid("%s: %s" % (name, failure)) from failure
    return times


def trials_of(train: Spikes) -> List[Vector]:
    """Trains of the trials whose times begin again; one train if there is no such trial."""
    segments, counts = train.segments, train.segment_counts
    begins_again = 1 + numpy.flatnonzero(segments[1:, 0] < segments[:-1, 1])
    ends = numpy.cumsum(counts)
    return list(numpy.split(train.times, ends[begins_again - 1]))


def intervals_of(train: Any) -> Vector:
    """Intervals between spikes of one segment, ms."""
    if not isinstance(train, Spikes):
        return numpy.diff(train)
    parts = numpy.split(train.times, numpy.cumsum(train.segment_counts)[:-1])
    return numpy.concatenate([numpy.diff(part) for part in parts])


def burst_gap(times: Vector) -> float:
    """Interval above which a burst ends, ms; infinite without bursts."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a train is too short for statistics does not matter here
        gap = Spikes(times).statistics().burst_gap_ms
    return math.inf if math.isnan(gap) else gap


def onset(times: Vector, gap: Optional[float] = None) -> float:
    """Time of the first spike after a gap, since the first burst may be cut, else of the first spike; 0 if silent."""
    if len(times) == 0:
        return 0.0
    starts = numpy.flatnonzero(numpy.diff(times) > (burst_gap(times) if gap is None else gap))
    return float(times[starts[0] + 1] if len(starts) else times[0])
