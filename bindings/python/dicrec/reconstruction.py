# SPDX-License-Identifier: MIT
"""The whole way in one call: spike train, DICs, population, and a check of what it fires."""

import ctypes
from dataclasses import dataclass
from typing import List, Optional

import numpy

from ._arguments import choice, count, new_options
from ._context import create
from ._errors import Status, check
from ._handles import Handle
from ._library import lib
from ._structs import ReconstructOptions, SpikeStatisticsStruct
from .estimator import Posterior, estimate_options
from .population import Population, population_options
from .simulation import member_spikes, simulate_options
from .spikes import SpikeStatistics, as_spikes

TARGETS = ("median", "sample")


@dataclass(frozen=True, eq=False)
class Reconstruction:
    """Posterior, population and, if verified, the firing of each member.

    Attributes
    ----------
    posterior : Posterior
    population : Population
        Accepted members first, then the nearest of the rejected.
    n_candidates : int
        Number of candidates that were simulated; 0 without the check.
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

    posterior: Posterior
    population: Population
    n_candidates: int
    accepted: Optional[numpy.ndarray]
    distance: Optional[numpy.ndarray]
    spikes: Optional[List[numpy.ndarray]]
    statistics: Optional[List[SpikeStatistics]]
    remark: Status


def reconstruct(
    estimator,
    spikes,
    n,
    verify=False,
    target="median",
    time_scale=1,
    support_limit=None,
    seed=1,
    threads=0,
    max_candidates=None,
    rate_tolerance=None,
    burst_tolerance=None,
    population=None,
    simulation=None,
    progress=None,
):
    """Turn a spike train into a degenerate population.

    Parameters
    ----------
    estimator : Estimator
        Its model is the population's.
    spikes : Spikes or array_like [n_spikes]
        Train of at least three spikes, ms.
    n : int
        Number of members.
    verify : bool
        Simulate candidates and keep those that fire like the input.
    target : {'median', 'sample'}
        Every member has the posterior's marginal median, or its own draw.
    time_scale, support_limit
        As in `Estimator.run`.
    seed : int
        Seed of the population.
    threads : int
        Worker threads; 0 for every processor.
    max_candidates : int, optional
        Budget of candidates for each member asked for; by default 50.
    rate_tolerance : float, optional
        Relative difference of the mean rate; by default 0.02.
    burst_tolerance : float, optional
        Difference in spikes per burst; by default 0.5.
    population : dict, optional
        Further arguments in the words of `generate`: channels, ranges, leak, keep_raw, max_draws.
    simulation : dict, optional
        Further arguments of the check in the words of `simulate`.
    progress : callable, optional
        Called as ``progress(done, total)``; a result of False cancels, None goes on.

    Returns
    -------
    Reconstruction
        With a `DicrecWarning` if the input is unlike the training data, or members are missing.
    """
    train = as_spikes(spikes)
    of_population = {"seed": seed, "threads": threads, **(population or {})}
    of_simulation = {"threads": threads, **(simulation or {})}
    parts = {
        "estimate": estimate_options(time_scale, support_limit),
        "population": population_options(estimator.model, **of_population),
        "simulate": simulate_options(**of_simulation),
    }
    options = new_options(
        ReconstructOptions,
        target=choice("target", target, TARGETS),
        verify=bool(verify),
        max_candidates=max_candidates,
        rate_tolerance=rate_tolerance,
        burst_tolerance=burst_tolerance,
    )
    for name, part in parts.items():
        setattr(options, name, ctypes.pointer(part))
    handle, remark = create(
        lib.reconstruct,
        lib.reconstruction_free,
        estimator._handle,
        train._handle,
        count("n", n),
        ctypes.byref(options),
        progress=progress,
    )
    keep_raw = of_population.get("keep_raw", False)
    return _copied(handle, estimator.model, bool(verify), keep_raw, remark)


def _copied(handle, model, is_verified, keep_raw, remark):
    posterior = Posterior(Handle.lent(lib.reconstruction_posterior(handle), handle), remark)
    members = Handle.lent(lib.reconstruction_population(handle), handle)
    population = Population.copied(members, model.channels, keep_raw, remark)
    members = range(len(population) if is_verified else 0)
    return Reconstruction(
        posterior=posterior,
        population=population,
        n_candidates=lib.reconstruction_candidate_count(handle),
        accepted=numpy.array([lib.reconstruction_accepted(handle, i) for i in members], dtype=bool) if is_verified else None,
        distance=numpy.array([lib.reconstruction_distance(handle, i) for i in members]) if is_verified else None,
        spikes=_trains(handle, len(population)) if is_verified else None,
        statistics=[_statistics(handle, i) for i in members] if is_verified else None,
        remark=remark,
    )


def _statistics(handle, member):
    struct = SpikeStatisticsStruct(struct_size=ctypes.sizeof(SpikeStatisticsStruct))
    status = lib.reconstruction_statistics(handle, member, ctypes.byref(struct))
    if status < 0:  # a silent member is no reason to warn
        check(status)
    return SpikeStatistics.from_struct(struct)


def _trains(handle, n):
    return member_spikes(handle, lib.reconstruction_spike_count, lib.reconstruction_copy_spikes, n)
