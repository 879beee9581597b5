# SPDX-License-Identifier: MIT
"""What is computed of a spike train: its statistics, and whether its rate changes."""

from __future__ import annotations

from dataclasses import dataclass, fields

from . import _api
from ._documented import documented
from ._lines import stationarity_line, statistics_line
from ._shown import ShownValues
from ._state import SavedValues
from ._words import word_of


@dataclass(frozen=True)
class SpikeStatistics(ShownValues, SavedValues):
    """Statistics of a train; what cannot be computed is NaN.

    Examples
    --------
    >>> statistics = dicrec.Spikes(numpy.arange(0, 3000, 100)).statistics()
    >>> statistics.activity, statistics.n_spikes, round(statistics.isi_mean_ms, 6)
    ('spiking', 30, 100.0)
    """

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

    def __repr__(self) -> str:
        return statistics_line(self)


@documented
@dataclass(frozen=True)
class SpikeStationarity(ShownValues, SavedValues):
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

    Examples
    --------
    >>> stationarity = dicrec.Spikes(numpy.arange(0, 3000, 100)).stationarity()
    >>> stationarity.drifts, stationarity.has_silent_edge
    (False, False)
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

    def __repr__(self) -> str:
        return stationarity_line(self)
