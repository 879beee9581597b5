# SPDX-License-Identifier: MIT
"""Spike trains, and the distance between two."""

from __future__ import annotations

import ctypes
from typing import Any, Iterable, List, Optional, Sequence, SupportsIndex, Tuple, Union

import numpy
from numpy.typing import ArrayLike, NDArray

from . import _api
from ._arguments import doubles, integers, invalid, real, sample_numbers, unsigned, vector
from ._context import create
from ._documented import documented
from ._errors import check, remark
from ._library import lib
from ._handles import Handle
from ._html import spikes_html
from ._layout import State
from ._lines import spikes_line
from ._observation import spikes_options
from ._sequence import TimesSequence
from ._state import SavedHandle
from ._tables import spikes_frame
from ._times import Spans, Times, Trains, observed, trains_of, unit_code
from ._trains import LAYOUT, UNDIVIDED, Origin, train_of_state, train_state
from ._units import Scalar
from ._words import words
from .spike_statistics import SpikeStationarity, SpikeStatistics

CLASSES = words(_api.Activity)  # of neurons
ACTIVITIES = CLASSES[: _api.Activity.BURSTING + 1]  # of trains
PATTERN: Tuple[str, ...] = tuple(lib.pattern_name(i).decode() for i in range(lib.pattern_count()))


@documented
class Spikes(TimesSequence, SavedHandle):
    """A validated spike train, and when it was observed.

    It is a sequence of its spike times in ms: it can be iterated, indexed, and given where arrays are taken. Trains
    are equal if they have the same times and were observed at the same time.

    Parameters
    ----------
    times : array_like [n]
        Spike times, finite, strictly increasing; they may be negative. None if there are `trials`. Numbers with a unit
        of neo, quantities, pint, astropy, brian2, pandas, xarray or pynapple keep it.
    unit : {Time}, optional
        Unit of all bare numbers, by default ms; times that look like seconds then get a `DicrecWarning`. Where
        times have a unit of their own, it is an error to say another.
    window : (start, stop) or array_like [n_trials, 2], optional
        When it was observed: all trials alike, or each by itself. By default what the times say, as a neo.SpikeTrain
        and what has a `time_support` do, else from first to last spike.
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
    window : numpy.ndarray [2], or [n_trials, 2] of trials
        Start and stop of the observation, ms, gaps included; from first to last spike where none was given.

    Examples
    --------
    >>> train = dicrec.Spikes([0.02, 0.12, 0.22, 0.32], unit="s", window=(0, 0.5))
    >>> train.times
    array([ 20., 120., 220., 320.])
    >>> round(train.statistics().mean_rate_hz, 6)
    8.0
    >>> train.distance(train)
    0.0
    >>> dicrec.Spikes.from_samples([600, 3600, 6600], rate_hz=30000).times
    array([ 20., 120., 220.])
    """

    _layout = LAYOUT
    _handle: Handle
    _origin: Origin

    def __init__(
        self,
        times: Optional[Times] = None,
        unit: Optional[str] = None,
        window: Optional[Spans] = None,
        gaps: Optional[Spans] = None,
        trials: Optional[Iterable[Times]] = None,
    ) -> None:
        if self._make(times, unit, window, gaps, trials):
            _warn_of_unit([self], unit)

    def _make(
        self,
        times: Optional[Times],
        unit: Optional[str] = None,
        window: Optional[Spans] = None,
        gaps: Optional[Spans] = None,
        trials: Optional[Iterable[Times]] = None,
    ) -> bool:
        """Make the train; whether its times may be in another unit than was said."""
        if isinstance(times, Spikes) and unit in (None, "ms") and window is None and gaps is None and trials is None:
            self._handle, self._origin = times._handle, times._origin  # observed when it was
            return False
        is_alone = window is None and gaps is None and trials is None
        if is_alone and unit in (None, "ms") and type(times) is numpy.ndarray and times.dtype.kind in "fiu":
            return self._make_plain(times, unit)
        given = observed("times", times, trials, unit, window, gaps, vector)
        options, n = spikes_options(given), len(given.times)
        self._handle, _ = create(lib.spikes_create, lib.spikes_free, doubles(given.times), n, ctypes.byref(options))
        self._origin = Origin.of_options(options)
        return given.is_bare and unit != "ms"

    def _make_plain(self, times: NDArray[Any], unit: Optional[str]) -> bool:
        """The same for an array of bare numbers in ms, the most frequent case, in a fifth of the time."""
        array = vector("times", times)
        self._handle, _ = create(lib.spikes_create, lib.spikes_free, doubles(array), len(array), None)
        self._origin = UNDIVIDED
        return unit is None

    @classmethod
    def from_samples(
        cls,
        samples: Optional[ArrayLike] = None,
        rate_hz: Optional[Scalar] = None,
        origin: SupportsIndex = 0,
        unit: Optional[str] = None,
        window: Optional[Spans] = None,
        gaps: Optional[Spans] = None,
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
        given = observed("samples", samples, trials, unit, window, gaps, sample_numbers)
        options = spikes_options(given, origin)
        if rate_hz is None:
            raise invalid("rate_hz: a number is expected")
        rate = real("rate_hz", rate_hz, "Hz")
        train = cls.__new__(cls)
        train._handle, _ = create(
            lib.spikes_create_from_samples,
            lib.spikes_free,
            integers(given.times),
            len(given.times),
            rate,
            ctypes.byref(options),
        )
        train._origin = Origin.of_samples(options, given.times, rate)
        return train

    def _state(self) -> State:
        return train_state(self._origin, self.times)

    @classmethod
    def _of_state(cls, state: State) -> Spikes:
        train = cls.__new__(cls)
        train._handle, train._origin = train_of_state(state)
        return train

    def __len__(self) -> int:
        return int(lib.spikes_count(self._handle))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Spikes):
            return NotImplemented
        return self._observed_as == other._observed_as and all(
            numpy.array_equal(getattr(self, name), getattr(other, name))
            for name in ("times", "segments", "segment_counts")
        )

    def __hash__(self) -> int:
        return hash((self.times + 0.0).tobytes())  # -0.0 is 0.0

    @property
    def _observed_as(self) -> Tuple[bool, bool, int]:
        """What segments do not tell of the observation, but rates depend on."""
        return self._origin.is_undivided, self._origin.has_windows, self._origin.n_trials or 1

    def __repr__(self) -> str:
        return spikes_line(self)

    def _repr_html_(self) -> str:
        return spikes_html(self)

    def to_frame(self) -> Any:
        """The spikes as a table.

        Returns
        -------
        pandas.DataFrame
            A row a spike: segment, time_ms.
        """
        return spikes_frame(self)

    @property
    def window(self) -> NDArray[numpy.float64]:
        n_trials = self._origin.n_trials
        stretches = self.segments.reshape(n_trials or 1, -1)
        windows: NDArray[numpy.float64] = stretches[:, [0, -1]]
        if n_trials is not None:
            return windows
        first: NDArray[numpy.float64] = windows[0]
        return first

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

    @documented
    def distance(self, other: Train, tau: Optional[Scalar] = None, unit: Optional[str] = None) -> float:
        """Squared van Rossum distance, each train shifted to its first spike, segment by segment.

        Parameters
        ----------
        other : Spikes or array_like [n]
            The other train, ms.
        tau : float, optional
            Time constant, ms; by default the mean of the shortest and the longest interval of this train.
        unit : {Time}, optional
            Unit of the other train's bare times, by default ms.

        Returns
        -------
        float
            1/ms.
        """
        squared = ctypes.c_double()
        tau_ms = 0.0 if tau is None else real("tau", tau, "ms")
        check(lib.spikes_distance(self._handle, as_spikes(other, unit)._handle, tau_ms, ctypes.byref(squared)))
        return squared.value


#: A train, or its times.
Train = Union[Spikes, Times]


def as_spikes(spikes: Train, unit: Optional[str] = None) -> Spikes:
    """A train, or the train of these times."""
    return spikes if isinstance(spikes, Spikes) else Spikes(spikes, unit)


def as_trains(trains: Trains, unit: Optional[str] = None) -> List[Spikes]:
    """Trains of a list, a group or a table; one warning for all whose unit is doubtful."""
    made: List[Spikes] = []
    doubtful: List[Spikes] = []
    for given in trains_of(trains):
        if isinstance(given, Spikes):
            made.append(given)
            continue
        made.append(Spikes.__new__(Spikes))
        if made[-1]._make(given, unit):
            doubtful.append(made[-1])
    _warn_of_unit(doubtful, unit)
    return made


def handles_of(trains: Sequence[Spikes]) -> Any:
    """Array of the library's handles."""
    return (ctypes.c_void_p * len(trains))(*(train._handle._as_parameter_ for train in trains))


def _warn_of_unit(trains: Sequence[Spikes], unit: Optional[str]) -> None:
    """Warn if bare times are likely in another unit than the user says."""
    said = unit_code(unit)
    likely = lib.spikes_likely_unit(handles_of(trains), len(trains), said)
    if likely == said:
        return
    if likely == _api.Time.S:
        looks = "the times look like seconds: if they are, write unit='s', and if they are ms, unit='ms'"
    else:
        looks = "the times look like ms: if they are, write unit='ms'"
    remark("%s (they were taken for %s)" % (looks, words(_api.Time)[said]))
