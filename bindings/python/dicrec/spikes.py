# SPDX-License-Identifier: MIT
"""Spike trains, their statistics, and the distance between two."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, fields
from typing import Any, Callable, Iterable, Optional, SupportsIndex, Tuple, TypeVar, Union

import numpy
from numpy.typing import ArrayLike, NDArray

from . import _api
from ._arguments import doubles, integers, invalid, matrix, new_options, real, sample_numbers, unsigned, vector
from ._context import create
from ._documented import documented
from ._errors import check
from ._library import lib
from ._words import value_of, word_of, words

_Number = TypeVar("_Number", bound=numpy.number[Any])

CLASSES = words(_api.Activity)  # of neurons
ACTIVITIES = CLASSES[: _api.Activity.BURSTING + 1]  # of trains
PATTERN: Tuple[str, ...] = tuple(lib.pattern_name(i).decode() for i in range(lib.pattern_count()))


@dataclass(frozen=True)
class SpikeStatistics:
    """Statistics of a train; what cannot be computed is NaN."""

    activity: str
    n_spikes: int
    n_bursts: int
    rate_hz: float
    isi_mean_ms: float
    isi_cv: float
    isi_min_ms: float
    isi_max_ms: float
    spikes_per_burst: float
    burst_hz: float
    burst_duration_ms: float
    spikes_per_burst_sd: float
    burst_period_cv: float
    n_segments: int
    n_intervals: int
    observed_ms: float
    mean_rate_hz: float
    burst_gap_ms: float

    @classmethod
    def from_struct(cls, struct: _api.SpikeStatistics) -> SpikeStatistics:
        """Copy of the library's struct."""
        values = {field.name: getattr(struct, field.name) for field in fields(cls)}
        values["activity"] = word_of(_api.Activity, struct.activity)
        return cls(**values)


@documented
@dataclass(frozen=True)
class SpikeStationarity:
    """Whether the rate of a train changes while it is observed; NaN with fewer than ten intervals.

    Attributes
    ----------
    drifts : bool
        Whether `p_value` is below 0.01 and `rate_factor` outside 1/1.15 to 1.15.
    change : {Change}
        What describes the change best, be it significant or not; 'none' with too few spikes.
    n_components : int
        Slow Fourier components compared: the fastest has so many half periods in the train.
    p_value : float
        Probability of as large a change in a train of constant statistics.
    rate_factor : float
        Late rate over early: at the ends of a drift, after and before a step.
    step_ms : float
        When the step is, ms, in the times of its segment; NaN for a drift.
    step_segment : int
        The segment that it is in; -1 for a drift.
    silence_ms : float
        Longest silence between a spike and the edge of its segment, ms; 0 without windows and gaps.
    silence_p : float
        Probability of as long a silence in an irregular train.
    has_silent_edge : bool
        Whether `silence_p` is below 0.001 and `silence_ms` above three times the longest interval.
    """

    drifts: bool
    change: str
    n_components: int
    p_value: float
    rate_factor: float
    step_ms: float
    step_segment: int
    silence_ms: float
    silence_p: float
    has_silent_edge: bool

    @classmethod
    def from_struct(cls, struct: _api.SpikeStationarity) -> SpikeStationarity:
        """Copy of the library's struct."""
        values = {field.name: getattr(struct, field.name) for field in fields(cls)}
        values.update(drifts=bool(struct.drifts), change=word_of(_api.Change, struct.change))
        values.update(has_silent_edge=bool(struct.has_silent_edge))
        return cls(**values)


def _in_one(
    name: str,
    spikes: Optional[ArrayLike],
    trials: Optional[Iterable[ArrayLike]],
    as_vector: Callable[[str, ArrayLike], NDArray[_Number]],
) -> Tuple[NDArray[_Number], Optional[NDArray[numpy.uint64]]]:
    """The spikes, or those of all trials one after the other, and the count of each trial; None without trials."""
    if spikes is not None and trials is None:
        return as_vector(name, spikes), None
    if spikes is not None or trials is None:
        raise invalid("%s, trials: one of the two is expected" % name)
    vectors = [as_vector("trials", trial) for trial in trials]
    if not vectors:
        raise invalid("trials: at least one is expected")
    return numpy.concatenate(vectors), numpy.array([len(trial) for trial in vectors], dtype=numpy.uint64)


def _observation(
    unit: str,
    window: Optional[ArrayLike],
    gaps: Optional[ArrayLike],
    counts: Optional[NDArray[numpy.uint64]],
    origin: Optional[SupportsIndex] = None,
) -> _api.SpikesOptions:
    """Options of a train; the arrays that they point to are attributes of theirs."""
    options = new_options(_api.SpikesOptions, unit=value_of("unit", _api.Time, unit), origin=origin)
    if gaps is not None and numpy.size(gaps):
        options.kept_gaps = matrix("gaps", gaps, 2)
        options.gaps, options.n_gaps = doubles(options.kept_gaps), len(options.kept_gaps)
    if counts is not None:
        options.kept_counts = counts
        options.trial_counts, options.n_trials = unsigned(counts), len(counts)
    if window is not None and numpy.ndim(window) == 2:
        options.kept_windows = matrix("window", window, 2)
        if counts is None or len(options.kept_windows) != len(counts):
            raise invalid("window: one for each trial, or one for all, is expected")
        options.trial_windows = doubles(options.kept_windows)
    elif window is not None:
        if numpy.shape(window) != (2,):
            raise invalid("window: start and stop are expected, not %r" % (window,))
        ((options.start, options.stop),) = matrix("window", window, 2)
        options.has_window = 1
    return options


@documented
class Spikes:
    """A validated spike train, and when it was observed.

    Parameters
    ----------
    times : array_like [n]
        Spike times, finite, strictly increasing; they may be negative. None if there are `trials`.
    unit : {Time}
        Unit of all times.
    window : (start, stop) or array_like [n_trials, 2], optional
        When it was observed: all trials alike, or each by itself. By default from first to last spike.
    gaps : array_like [n, 2], optional
        Start and stop of stretches that were not observed, in any trial.
    trials : sequence of array_like, optional
        Spike times of each trial, instead of `times`; they may begin again in each.

    Attributes
    ----------
    times : numpy.ndarray [n]
        Spike times, ms, one trial after the other; a copy.
    segments : numpy.ndarray [n_segments, 2]
        Start and stop, ms, of the stretches that were observed without a gap; a copy.
    segment_counts : numpy.ndarray of int [n_segments]
        Spikes in each of them; a copy.
    """

    def __init__(
        self,
        times: Optional[ArrayLike] = None,
        unit: str = "ms",
        window: Optional[ArrayLike] = None,
        gaps: Optional[ArrayLike] = None,
        trials: Optional[Iterable[ArrayLike]] = None,
    ) -> None:
        array, counts = _in_one("times", times, trials, vector)
        options = _observation(unit, window, gaps, counts)
        self._handle, _ = create(lib.spikes_create, lib.spikes_free, doubles(array), len(array), ctypes.byref(options))

    @classmethod
    def from_samples(
        cls,
        samples: Optional[ArrayLike] = None,
        rate_hz: Optional[float] = None,
        origin: SupportsIndex = 0,
        unit: str = "ms",
        window: Optional[ArrayLike] = None,
        gaps: Optional[ArrayLike] = None,
        trials: Optional[Iterable[ArrayLike]] = None,
    ) -> Spikes:
        """Train from sample indices of a recording.

        Parameters
        ----------
        samples : array_like of int [n]
            Sample indices, strictly increasing. None if there are `trials`.
        rate_hz : float
            Sampling rate, Hz.
        origin : int
            Sample that is time 0.
        unit, window, gaps, trials
            As of a train from times; the trials hold sample indices.
        """
        array, counts = _in_one("samples", samples, trials, sample_numbers)
        options = _observation(unit, window, gaps, counts, origin)
        if rate_hz is None:
            raise invalid("rate_hz: a number is expected")
        train = cls.__new__(cls)
        train._handle, _ = create(
            lib.spikes_create_from_samples,
            lib.spikes_free,
            integers(array),
            len(array),
            real("rate_hz", rate_hz),
            ctypes.byref(options),
        )
        return train

    def __len__(self) -> int:
        return int(lib.spikes_count(self._handle))

    def __repr__(self) -> str:
        return "<dicrec.Spikes: %d spikes>" % len(self)

    @property
    def times(self) -> NDArray[numpy.float64]:
        result = numpy.empty(len(self))
        check(lib.spikes_copy_times(self._handle, doubles(result), len(result)))
        return result

    @property
    def segments(self) -> NDArray[numpy.float64]:
        result = numpy.empty((lib.spikes_segment_count(self._handle), 2))
        check(lib.spikes_copy_segments(self._handle, doubles(result), None, len(result)))
        return result

    @property
    def segment_counts(self) -> NDArray[numpy.int64]:
        result = numpy.empty(lib.spikes_segment_count(self._handle), dtype=numpy.uint64)
        check(lib.spikes_copy_segments(self._handle, None, unsigned(result), len(result)))
        return result.astype(numpy.int64)

    def statistics(self) -> SpikeStatistics:
        """Rate, intervals and bursts.

        Returns
        -------
        SpikeStatistics
            With fewer than two intervals only counts, observed time and mean rate, and a `DicrecWarning`.
        """
        struct = _api.SpikeStatistics(struct_size=ctypes.sizeof(_api.SpikeStatistics))
        check(lib.spikes_statistics(self._handle, ctypes.byref(struct)))
        return SpikeStatistics.from_struct(struct)

    def stationarity(self) -> SpikeStationarity:
        """Whether the rate changes: a drift or a step, with its p value.

        Returns
        -------
        SpikeStationarity
            NaN with fewer than ten intervals; with fewer than two also a `DicrecWarning`.
        """
        struct = _api.SpikeStationarity(struct_size=ctypes.sizeof(_api.SpikeStationarity))
        check(lib.spikes_stationarity(self._handle, ctypes.byref(struct)))
        return SpikeStationarity.from_struct(struct)

    def pattern(self) -> NDArray[numpy.float64]:
        """Firing pattern: rate, irregularity, serial correlation, quantiles of the intervals, shape of bursts.

        Returns
        -------
        numpy.ndarray [len(PATTERN)]
            The numbers that `PATTERN` names; NaN with fewer than two intervals, and a `DicrecWarning`.
        """
        result = numpy.empty(len(PATTERN))
        check(lib.spikes_pattern(self._handle, len(result), doubles(result)))
        return result

    def distance(self, other: Train, tau: Optional[float] = None) -> float:
        """Squared van Rossum distance, each train shifted to its first spike, segment by segment.

        Parameters
        ----------
        other : Spikes or array_like [n]
            The other train, ms.
        tau : float, optional
            Time constant, ms; by default the mean of the shortest and the longest interval of this train.

        Returns
        -------
        float
            1/ms.
        """
        squared = ctypes.c_double()
        tau_ms = 0.0 if tau is None else real("tau", tau)
        check(lib.spikes_distance(self._handle, as_spikes(other)._handle, tau_ms, ctypes.byref(squared)))
        return squared.value


#: A train, or its times in ms.
Train = Union[Spikes, ArrayLike]


def as_spikes(spikes: Train) -> Spikes:
    """A train, or the train of these times in ms."""
    return spikes if isinstance(spikes, Spikes) else Spikes(spikes)
