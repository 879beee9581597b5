# SPDX-License-Identifier: MIT
"""What came of a reconstruction, copied out of the library."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence, Union

import numpy
from numpy.typing import NDArray

from . import _api
from ._arguments import doubles
from ._context import text_of
from ._datasets import reconstruction_dataset
from ._errors import DicrecError, Status, check, error, remark_of
from ._handles import Handle
from ._html import reconstruction_html
from ._layout import State
from ._lazy import Lazy
from ._library import lib
from ._lines import reconstruction_line
from ._state import Saved, columns, columns_layout, packed, rows_of, unpacked
from ._tables import reconstruction_frame
from .model import Model
from .population import Population
from .posterior import Posterior
from .report import ReconstructionReport
from .simulation_result import all_spikes
from .spike_statistics import SpikeStatistics

# Entries of the state that are attributes.
_BY_NAME = (
    "posterior",
    "population",
    "report",
    "mismatch",
    "spread_kept",
    "candidate_mean",
    "candidate_std",
    "accepted",
    "distance",
)


@dataclass(frozen=True, eq=False, repr=False)
class Reconstruction(Lazy, Saved):
    """Posterior, population and, if verified, the firing of each member.

    Attributes
    ----------
    posterior : Posterior
    population : Population
        Members that match first, then the nearest of the others, whose status is ``Status.W_REJECTED``.
    report : ReconstructionReport
    mismatch : numpy.ndarray [n] or None
        How far what each member is predicted to fire is from the input, in tolerances of the screening: at most
        `report.tolerance` is a match; NaN for failed members. None without screening.
    spread_kept : dict of str to float, or None
        By channel, the standard deviation of the conductance over the accepted members, relative to that over all
        candidates that were drawn; NaN where it is not known. None with neither screening nor the check.
    candidate_mean, candidate_std : numpy.ndarray [n_channels] or None
        What members were chosen from: mean and standard deviation of each conductance over all candidates that were
        drawn, mS/cm2. None with neither screening nor the check.
    accepted : numpy.ndarray of bool [n] or None
        The member fires like the input within the tolerances.
    distance : numpy.ndarray [n] or None
        Squared van Rossum distance to the input, 1/ms; NaN if silent.
    spikes : list of numpy.ndarray [n_spikes] or None
        Spike times that each member fired, ms, at the input's time scale.
    statistics : list of SpikeStatistics or None
        Statistics of each member's train.
    remark : Status
        ``Status.OK``, or the remark on the whole call.

    Examples
    --------
    >>> estimator = dicrec.Estimator("stg")
    >>> result = dicrec.reconstruct(estimator, numpy.arange(0, 3000, 100), n=3, seed=1)
    >>> result.population.conductances.shape
    (3, 8)
    >>> result.report.outcome
    'complete'
    >>> result.accepted is None  # nothing was simulated
    True
    """

    _layout = {
        "posterior": "Posterior",
        "population": "Population",
        "report": "ReconstructionReport",
        "mismatch": "float64[n]?",
        "spread_kept": "float{channels}?",
        "candidate_mean": "float64[channels]?",
        "candidate_std": "float64[channels]?",
        "accepted": "bool[n]?",
        "distance": "float64[n]?",
        "spike_times": "float64[spikes]?",
        "spike_counts": "int64[n]?",
        **columns_layout("statistics", SpikeStatistics, "n"),
        "remark": "int",
    }

    posterior: Posterior
    population: Population
    report: ReconstructionReport
    mismatch: Optional[NDArray[numpy.float64]]
    spread_kept: Optional[Dict[str, float]]
    candidate_mean: Optional[NDArray[numpy.float64]]
    candidate_std: Optional[NDArray[numpy.float64]]
    accepted: Optional[NDArray[numpy.bool_]]
    distance: Optional[NDArray[numpy.float64]]
    spikes: Optional[List[NDArray[numpy.float64]]]
    statistics: Optional[List[SpikeStatistics]]
    remark: Union[Status, int]

    def __repr__(self) -> str:
        return reconstruction_line(self)

    def _repr_html_(self) -> str:
        return reconstruction_html(self)

    @property
    def members(self) -> Population:
        """Population: the members that match, as simulated if verified, else as predicted if screened."""
        return self.population[self.population.valid if self.accepted is None else self.accepted]

    def _state(self) -> State:
        spike_times, spike_counts = packed(self.spikes)
        return {
            **{name: getattr(self, name) for name in _BY_NAME},
            "spike_times": spike_times,
            "spike_counts": spike_counts,
            **columns("statistics", SpikeStatistics, self.statistics),
            "remark": int(self.remark),
        }

    @classmethod
    def _of_state(cls, state: State) -> Reconstruction:
        return cls(
            **{name: state[name] for name in _BY_NAME},
            spikes=unpacked(state["spike_times"], state["spike_counts"]),
            statistics=rows_of("statistics", SpikeStatistics, state),
            remark=remark_of(state["remark"]),
        )

    def to_frame(self) -> Any:
        """The members as a table.

        Returns
        -------
        pandas.DataFrame
            The columns of `Population.to_frame`, and, as far as they are there, mismatch, accepted, distance and the
            statistics of what each member fired.
        """
        return reconstruction_frame(self)

    def to_xarray(self) -> Any:
        """Members, what they fired, and as attributes the report, as a dataset with units.

        Returns
        -------
        xarray.Dataset
            The spikes of all members one after the other along ``spike``.
        """
        return reconstruction_dataset(self)

    @property
    def n_candidates(self) -> int:
        """int: number of candidates that were simulated; 0 without the check."""
        return self.report.n_simulated


def reconstruction_or_error(handle: Handle, model: Model, keep_raw: bool) -> Union[Reconstruction, DicrecError]:
    """One of many: a reconstruction, or why there is none."""
    status = lib.reconstruction_status(handle)
    if status >= 0:
        return copied_reconstruction(handle, model, keep_raw, remark_of(status))
    return error(status, text_of(lib.reconstruction_error, handle))


def copied_reconstruction(handle: Handle, model: Model, keep_raw: bool, remark: Union[Status, int]) -> Reconstruction:
    """What the library answers: it is copied when it is asked for."""
    return Reconstruction.later(_Source(handle, model.channels, keep_raw), remark=remark)


class _Source(NamedTuple):
    handle: Handle
    channels: List[str]
    keep_raw: bool


def _is_selected(made: Reconstruction) -> bool:
    return made.report.screened or made.report.verified


def _posterior(made: Reconstruction) -> Posterior:
    handle = made._source.handle
    return Posterior(Handle.lent(lib.reconstruction_posterior(handle), handle), made.remark)


def _population(made: Reconstruction) -> Population:
    handle, channels, keep_raw = made._source
    members = Handle.lent(lib.reconstruction_population(handle), handle)
    return Population.of(members, channels, keep_raw and not _is_selected(made), made.remark)


def _spikes(made: Reconstruction) -> Optional[List[NDArray[numpy.float64]]]:
    if not made.report.verified:
        return None
    functions = (lib.reconstruction_spike_total, lib.reconstruction_copy_all_spikes)
    return all_spikes(made._source.handle, len(made.population), *functions)


def _statistics(made: Reconstruction) -> Optional[List[SpikeStatistics]]:
    if not made.report.verified:
        return None
    return [_statistics_of(made._source.handle, i) for i in range(len(made.population))]


def _moments(made: Reconstruction) -> Sequence[Optional[NDArray[numpy.float64]]]:
    if not _is_selected(made):
        return None, None
    mean, std = numpy.empty((2, len(made._source.channels)))
    check(lib.reconstruction_copy_candidate_moments(made._source.handle, doubles(mean), doubles(std), len(mean)))
    return mean, std


def _spread_kept(made: Reconstruction) -> Optional[Dict[str, float]]:
    if not _is_selected(made):
        return None
    kept = numpy.empty(len(made._source.channels))
    check(lib.reconstruction_copy_spread_kept(made._source.handle, doubles(kept), len(kept)))
    return dict(zip(made._source.channels, kept.tolist()))


def _by_member(stage: str, function: Any, kind: Any) -> Callable[[Reconstruction], Optional[NDArray[Any]]]:
    """Reader of a number for each member, which is there after the stage, 'screened' or 'verified'."""

    def read(made: Reconstruction) -> Optional[NDArray[Any]]:
        if not getattr(made.report, stage):
            return None
        return numpy.array([function(made._source.handle, i) for i in range(len(made.population))], dtype=kind)

    return read


def _statistics_of(handle: Handle, member: int) -> SpikeStatistics:
    struct = _api.SpikeStatistics(struct_size=ctypes.sizeof(_api.SpikeStatistics))
    status = lib.reconstruction_statistics(handle, member, ctypes.byref(struct))
    if status < 0:  # a silent member is no reason to warn
        check(status)
    return SpikeStatistics.from_struct(struct)


Reconstruction._readers = {
    "posterior": _posterior,
    "population": _population,
    "report": lambda made: ReconstructionReport.of(made._source.handle),
    "mismatch": _by_member("screened", lib.reconstruction_mismatch, float),
    "spread_kept": _spread_kept,
    "candidate_mean": lambda made: _moments(made)[0],
    "candidate_std": lambda made: _moments(made)[1],
    "accepted": _by_member("verified", lib.reconstruction_accepted, bool),
    "distance": _by_member("verified", lib.reconstruction_distance, float),
    "spikes": _spikes,
    "statistics": _statistics,
}
