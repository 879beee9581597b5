# SPDX-License-Identifier: MIT
"""What came of a reconstruction, copied out of the library."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any, Dict, List, Optional, Tuple, Union

import numpy
from numpy.typing import NDArray

from . import _api
from ._arguments import doubles
from ._context import text_of
from ._datasets import reconstruction_dataset
from ._errors import DicrecError, Status, check, error, remark_of
from ._handles import Handle
from ._layout import State
from ._library import lib
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
class Reconstruction(Saved):
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
        found = (self.report.outcome, self.report.n_accepted, self.report.n_requested)
        return "<dicrec.Reconstruction: %s, %d of %d members accepted>" % found

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
    report = ReconstructionReport.of(handle)
    is_selected = report.screened or report.verified
    posterior = Posterior(Handle.lent(lib.reconstruction_posterior(handle), handle), remark)
    members = Handle.lent(lib.reconstruction_population(handle), handle)
    population = Population.copied(members, model.channels, keep_raw and not is_selected, remark)
    n = len(population)
    mean, std = _candidate_moments(handle, len(model.channels)) if is_selected else (None, None)
    return Reconstruction(
        posterior=posterior,
        population=population,
        report=report,
        mismatch=_by_member(lib.reconstruction_mismatch, handle, n, float) if report.screened else None,
        spread_kept=_spread_kept(handle, model.channels) if is_selected else None,
        candidate_mean=mean,
        candidate_std=std,
        accepted=_by_member(lib.reconstruction_accepted, handle, n, bool) if report.verified else None,
        distance=_by_member(lib.reconstruction_distance, handle, n, float) if report.verified else None,
        spikes=(
            all_spikes(handle, n, lib.reconstruction_spike_total, lib.reconstruction_copy_all_spikes)
            if report.verified
            else None
        ),
        statistics=[_statistics(handle, i) for i in range(n)] if report.verified else None,
        remark=remark,
    )


def _by_member(function: Any, handle: Handle, n: int, kind: Any) -> NDArray[Any]:
    return numpy.array([function(handle, i) for i in range(n)], dtype=kind)


def _spread_kept(handle: Handle, channels: List[str]) -> Dict[str, float]:
    kept = numpy.empty(len(channels))
    check(lib.reconstruction_copy_spread_kept(handle, doubles(kept), len(kept)))
    return dict(zip(channels, kept.tolist()))


def _candidate_moments(handle: Handle, n_channels: int) -> Tuple[NDArray[numpy.float64], NDArray[numpy.float64]]:
    mean, std = numpy.empty(n_channels), numpy.empty(n_channels)
    check(lib.reconstruction_copy_candidate_moments(handle, doubles(mean), doubles(std), n_channels))
    return mean, std


def _statistics(handle: Handle, member: int) -> SpikeStatistics:
    struct = _api.SpikeStatistics(struct_size=ctypes.sizeof(_api.SpikeStatistics))
    status = lib.reconstruction_statistics(handle, member, ctypes.byref(struct))
    if status < 0:  # a silent member is no reason to warn
        check(status)
    return SpikeStatistics.from_struct(struct)
