# SPDX-License-Identifier: MIT
"""Spike trains as users have them, of neo, pynapple, NWB, ...: their times, and when they were observed.

No package is imported: their objects are known by what they can do.
"""

from __future__ import annotations

from typing import Any, Callable, Iterable, List, Mapping, NamedTuple, Optional, Protocol, Tuple, Union

import numpy
from numpy.typing import NDArray

from . import _api
from ._units import Numbers, Numeric, has_unit, in_unit, refused, times
from ._words import value_of, words


class _Timestamps(Protocol):  # of pynapple, as its intervals are
    @property
    def time_support(self) -> Any: ...


class _Intervals(Protocol):
    @property
    def start(self) -> Any: ...

    @property
    def end(self) -> Any: ...


#: Times of a train, plain or with a unit.
Times = Union[Numeric, _Timestamps]
#: Starts and stops.
Spans = Union[Numeric, _Intervals]

#: Trains: a list, a dict or group by name, or a table of NWB.
Trains = Union[Iterable[Any], Mapping[Any, Any]]

_CODES = {word: value_of("unit", _api.Time, word) for word in words(_api.Time)}

_AsVector = Callable[[str, Any], NDArray[Any]]


class _Seconds(NamedTuple):
    """A row of a table of NWB."""

    times: Any
    observed: Any  # [n, 2], or None


class Observed(NamedTuple):
    """What a user gives for a train: numbers in one unit."""

    unit: int  # constant of the library
    times: NDArray[Any]
    counts: Optional[NDArray[numpy.uint64]]  # spikes of each trial
    window: Any  # (start, stop), or [n_trials, 2]
    gaps: Any  # [n, 2]
    is_bare: bool  # some times have no unit of their own


def unit_code(unit: Optional[str]) -> int:
    """The library's constant of a unit that a user says, or of ms."""
    word = "ms" if unit is None else unit
    return _CODES[word] if word in _CODES else value_of("unit", _api.Time, word)


def observed(
    name: str, given: Any, trials: Any, unit: Optional[str], window: Any, gaps: Any, as_vector: _AsVector
) -> Observed:
    """A train, or its trials, in the unit that the user says, or in ms; window and gaps as they say or as given."""
    code = unit_code(unit)
    if (given is None) == (trials is None):
        raise refused("%s, trials: one of the two is expected" % name)
    rows = [given] if trials is None else trains_of(trials)
    if not rows:
        raise refused("trials: at least one is expected")
    name = name if trials is None else "trials"
    read = [_train(name, row, unit) for row in rows]
    vectors = [as_vector(name, numbers.values) for numbers, _ in read]
    spans = [_not_of_spikes(own, vector) for (_, own), vector in zip(read, vectors)]
    own_window, own_gaps = _split(spans[0]) if trials is None else _split_trials(spans)
    if window is not None:
        own_window, own_gaps = _as_window(window, unit)
    return Observed(
        unit=code,
        times=vectors[0] if trials is None else numpy.concatenate(vectors),
        counts=None if trials is None else numpy.array([len(vector) for vector in vectors], dtype=numpy.uint64),
        window=own_window,
        gaps=own_gaps if gaps is None else _spans("gaps", gaps, unit),
        is_bare=any(numbers.unit is None for numbers, _ in read),
    )


def trains_of(trains: Any) -> List[Any]:
    """The trains of a list, a dict or a group, of a neo.Segment, or of a table of NWB."""
    if has_unit(trains) or (hasattr(trains, "t") and hasattr(trains, "time_support")):
        raise refused("trains: many are expected, not one")
    trains = getattr(trains, "spiketrains", trains)
    if isinstance(trains, Mapping):
        return list(trains.values())
    if "spike_times" in (getattr(trains, "colnames", None) or ()):
        column, n = trains["spike_times"], len(trains)
        has_intervals = "obs_intervals" in trains.colnames
        return [_Seconds(column[i], trains["obs_intervals"][i] if has_intervals else None) for i in range(n)]
    if getattr(getattr(trains, "target", None), "name", None) == "spike_times":
        return [_Seconds(trains[i], None) for i in range(len(trains))]
    return list(trains)


def _train(name: str, train: Any, unit: Optional[str]) -> Tuple[Numbers, Any]:
    """Times of one train, and the stretches [n, 2] that it says it was observed in, or None."""
    if type(train) in (numpy.ndarray, list):
        return times(name, train, unit), None
    if isinstance(train, _Seconds):
        own = None if train.observed is None else _seconds(name, train.observed, unit)
        return Numbers(_seconds(name, train.times, unit), "s"), own
    if hasattr(train, "t_start") and hasattr(train, "t_stop"):
        ends = [in_unit(name, end, unit or "ms") for end in (train.t_start, train.t_stop)]
        return times(name, train, unit), numpy.array([ends], dtype=numpy.float64)
    if hasattr(train, "time_support"):
        if isinstance(train, Mapping):
            raise refused("%s: a group of %d trains, one is expected" % (name, len(train)))
        if hasattr(train, "d"):
            raise refused("%s: a series of values is no train; its times are x.t, with unit='s'" % name)
        return Numbers(_seconds(name, train.t, unit), "s"), _spans(name, train.time_support, unit)
    return times(name, train, unit), None


def _seconds(name: str, values: Any, unit: Optional[str]) -> Any:
    """Numbers that are seconds, in the unit that the user says, or in ms."""
    if unit == "ms":
        raise refused("%s: they are in s, and unit='ms' contradicts that; leave it out" % name)
    return numpy.asarray(values, dtype=numpy.float64) * (1 if unit else 1000)


def _spans(name: str, values: Any, unit: Optional[str]) -> Any:
    """Starts and stops: of an IntervalSet, an Epoch, or as numbers."""
    if hasattr(values, "start") and hasattr(values, "end") and hasattr(values, "values"):
        return _seconds(name, values.values, unit).reshape(-1, 2)
    if hasattr(values, "durations") and has_unit(values):
        starts, lengths = times(name, values, unit).values, times(name, values.durations, unit).values
        return numpy.stack([starts, starts + lengths], axis=1)
    return times(name, values, unit).values


def _as_window(window: Any, unit: Optional[str]) -> Tuple[Any, Any]:
    """A window, and the gaps that an IntervalSet of several intervals has."""
    spans = _spans("window", window, unit)
    return _split(spans) if hasattr(window, "end") or hasattr(window, "durations") else (spans, None)


def _not_of_spikes(spans: Any, vector: NDArray[Any]) -> Any:
    """None for what says no more than the first spike and the last."""
    if spans is None or not len(spans):
        return None
    is_of_spikes = len(spans) == 1 and len(vector) > 0 and spans[0][0] == vector[0] and spans[0][1] == vector[-1]
    return None if is_of_spikes else spans


def _split(spans: Any) -> Tuple[Any, Any]:
    """Window and gaps of the stretches that were observed."""
    if spans is None:
        return None, None
    return (spans[0, 0], spans[-1, 1]), numpy.stack([spans[:-1, 1], spans[1:, 0]], axis=1)


def _split_trials(spans: List[Any]) -> Tuple[Any, Any]:
    """Windows of the trials and the gaps that all have."""
    if all(own is None for own in spans):
        return None, None
    if any(own is None for own in spans):
        raise refused("trials: some say when they were observed and others do not; give window")
    windows, gaps = zip(*map(_split, spans))
    if any(not numpy.array_equal(other, gaps[0]) for other in gaps):
        raise refused("trials: they have different gaps; gaps are of all trials")
    return numpy.array(windows), gaps[0]
