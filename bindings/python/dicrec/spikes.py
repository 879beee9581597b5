# SPDX-License-Identifier: MIT
"""Spike trains, their statistics, and the distance between two."""

import ctypes
from dataclasses import dataclass, fields

import numpy

from . import _api
from ._arguments import doubles, integers, invalid, vector
from ._context import create
from ._documented import documented
from ._errors import check
from ._library import lib
from ._words import value_of, word_of, words

CLASSES = words(_api.Activity)  # of neurons
ACTIVITIES = CLASSES[: _api.Activity.BURSTING + 1]  # of trains
PATTERN = tuple(lib.spikes_pattern_name(i).decode() for i in range(lib.spikes_pattern_size()))


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

    @classmethod
    def from_struct(cls, struct):
        """Copy of the library's struct."""
        values = {field.name: getattr(struct, field.name) for field in fields(cls)}
        values["activity"] = word_of(_api.Activity, struct.activity)
        return cls(**values)


@documented
@dataclass(frozen=True)
class SpikeStationarity:
    """Whether the rate of a train changes over its duration; NaN with fewer than eleven spikes.

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
        When the step is, ms; NaN for a drift.
    """

    drifts: bool
    change: str
    n_components: int
    p_value: float
    rate_factor: float
    step_ms: float

    @classmethod
    def from_struct(cls, struct):
        """Copy of the library's struct."""
        values = {field.name: getattr(struct, field.name) for field in fields(cls)}
        values.update(drifts=bool(struct.drifts), change=word_of(_api.Change, struct.change))
        return cls(**values)


@documented
class Spikes:
    """A validated spike train.

    Parameters
    ----------
    times : array_like [n]
        Spike times, finite, not negative, strictly increasing.
    unit : {Time}
        Unit of `times`.

    Attributes
    ----------
    times : numpy.ndarray [n]
        Spike times, ms; a copy.
    """

    def __init__(self, times, unit="ms"):
        array = vector("times", times)
        self._handle, _ = create(
            lib.spikes_create, lib.spikes_free, doubles(array), len(array), value_of("unit", _api.Time, unit)
        )

    @classmethod
    def from_samples(cls, samples, rate_hz):
        """Train from sample indices of a recording.

        Parameters
        ----------
        samples : array_like of int [n]
            Sample indices, not negative, strictly increasing.
        rate_hz : float
            Sampling rate, Hz.
        """
        array = numpy.asarray(samples)
        if array.ndim != 1 or (array.size and array.dtype.kind not in "iu"):
            raise invalid("samples: integers in one dimension are expected")
        array = numpy.ascontiguousarray(array, dtype=numpy.int64)
        train = cls.__new__(cls)
        train._handle, _ = create(
            lib.spikes_create_from_samples, lib.spikes_free, integers(array), len(array), float(rate_hz)
        )
        return train

    def __len__(self):
        return lib.spikes_count(self._handle)

    def __repr__(self):
        return "<dicrec.Spikes: %d spikes>" % len(self)

    @property
    def times(self):
        result = numpy.empty(len(self))
        check(lib.spikes_copy_times(self._handle, doubles(result), len(result)))
        return result

    def statistics(self):
        """Rate, intervals and bursts.

        Returns
        -------
        SpikeStatistics
            With fewer than three spikes only the counts, and a `DicrecWarning`.
        """
        struct = _api.SpikeStatistics(struct_size=ctypes.sizeof(_api.SpikeStatistics))
        check(lib.spikes_statistics(self._handle, ctypes.byref(struct)))
        return SpikeStatistics.from_struct(struct)

    def stationarity(self):
        """Whether the rate changes: a drift or a step, with its p value.

        Returns
        -------
        SpikeStationarity
            NaN with fewer than eleven spikes; with fewer than three also a `DicrecWarning`.
        """
        struct = _api.SpikeStationarity(struct_size=ctypes.sizeof(_api.SpikeStationarity))
        check(lib.spikes_stationarity(self._handle, ctypes.byref(struct)))
        return SpikeStationarity.from_struct(struct)

    def pattern(self):
        """Firing pattern: rate, irregularity, serial correlation, quantiles of the intervals, shape of bursts.

        Returns
        -------
        numpy.ndarray [len(PATTERN)]
            The numbers that `PATTERN` names; NaN with fewer than three spikes, and a `DicrecWarning`.
        """
        result = numpy.empty(len(PATTERN))
        check(lib.spikes_pattern(self._handle, doubles(result), len(result)))
        return result

    def distance(self, other, tau=None):
        """Squared van Rossum distance, each train shifted to its first spike.

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
        tau_ms = 0.0 if tau is None else float(tau)
        check(lib.spikes_distance(self._handle, as_spikes(other)._handle, tau_ms, ctypes.byref(squared)))
        return squared.value


def as_spikes(spikes):
    """A train, or the train of these times in ms."""
    return spikes if isinstance(spikes, Spikes) else Spikes(spikes)
