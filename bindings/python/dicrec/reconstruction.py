# SPDX-License-Identifier: MIT
"""The whole way in one call: spike train, DICs, population, and a check of what it fires."""

from __future__ import annotations

import ctypes
from typing import Any, List, Mapping, Optional, SupportsIndex, Union


from ._arguments import count, expect
from ._context import Progress, call, create
from ._documented import documented
from ._errors import DicrecError
from ._handles import Batch
from ._library import lib
from ._reconstruct_options import reconstruct_options
from ._times import Trains
from ._units import Scalar
from .estimator import Estimator
from .model import Model, as_model
from .posterior import Posterior
from .reconstruction_result import Reconstruction, copied_reconstruction, reconstruction_or_error
from .spikes import Train, as_spikes, as_trains, handles_of

_OF_AN_ESTIMATOR = {"time_scale", "support_limit", "screening", "max_drawn"}


@documented
def reconstruct(
    estimator: Estimator,
    spikes: Train,
    n: SupportsIndex,
    verify: bool = False,
    target: Optional[str] = None,
    time_scale: Union[float, str] = 1,
    support_limit: Optional[float] = None,
    seed: SupportsIndex = 1,
    threads: SupportsIndex = 0,
    max_candidates: Optional[SupportsIndex] = None,
    screening: Union[bool, str] = True,
    max_drawn: Optional[SupportsIndex] = None,
    rate_tolerance: Optional[float] = None,
    burst_tolerance: Optional[float] = None,
    selection: Optional[str] = None,
    noise: Union[Scalar, str] = "auto",
    population: Optional[Mapping[str, Any]] = None,
    simulation: Optional[Mapping[str, Any]] = None,
    max_wall_s: Optional[Scalar] = None,
    progress: Progress = None,
    unit: Optional[str] = None,
) -> Reconstruction:
    """Turn a spike train into a degenerate population.

    Candidates are drawn with the posterior's DICs and noise, screened by what a forward network predicts that they
    fire, and, with `verify`, simulated.

    Parameters
    ----------
    estimator : Estimator
        Its model is the population's.
    spikes : Spikes or array_like [n_spikes]
        Train of at least three spikes; times with a unit keep it, as in `Spikes`.
    n : int
        Number of members.
    verify : bool
        Simulate candidates and keep those that fire like the input.
    target : {Target}, optional
        Where the members' DICs come from; by default {reconstruct.target}.
        {Target:}
    time_scale, support_limit
        As in `Estimator.run`.
    seed : int
        Seed of all random numbers.
    threads : int
        Worker threads; 0 for every processor.
    max_candidates : int, optional
        Budget of candidates to simulate for each member asked for; by default {reconstruct.max_candidates}.
    screening : bool or {Screening}
        Keep only candidates that are predicted to fire like the input; True is 'auto', False 'off'.
        {Screening:}
    max_drawn : int, optional
        Screening: budget of candidates to draw for each member asked for, twice that with `verify`; by default
        {reconstruct.max_drawn}.
    rate_tolerance : float, optional
        Relative difference of the mean rate; by default {reconstruct.rate_tolerance}.
    burst_tolerance : float, optional
        Difference in spikes per burst; by default {reconstruct.burst_tolerance}.
    selection : {Selection}, optional
        Which of the candidates that match become members; by default {reconstruct.selection}.
        {Selection:}
    noise : str or float
        Noise current of the members. 'auto': of each its own from the posterior, maybe none; 'off': none; a number:
        this standard deviation for all, uA/cm2, 0 or above, before its filter as in `simulate`.
    population : dict, optional
        Further arguments in the words of `generate`: channels, ranges, leak, keep_raw, max_draws. Without effect on
        members that were screened or simulated: keep_raw.
    simulation : dict, optional
        Further arguments of the check in the words of `simulate`, but for noise, which the members have themselves.
    max_wall_s : float, optional
        Limit of the time that a train takes, seconds: what was found until then is taken as it is; 0, the default, for
        none.
    progress : bool or callable, optional
        True shows a bar; a function is called as ``progress(done, total)``: a result of False cancels, None goes on.
    unit : {Time}, optional
        Unit of bare times, by default ms.

    Returns
    -------
    Reconstruction
        With a `DicrecWarning` if the input is unlike the training data, or members are missing.

    Examples
    --------
    >>> estimator = dicrec.Estimator("stg")
    >>> train = dicrec.Spikes(numpy.arange(0, 3000, 100))
    >>> result = dicrec.reconstruct(estimator, train, n=2, verify=True, seed=1)
    >>> result.report.n_accepted, [statistics.activity for statistics in result.statistics]
    (2, ['spiking', 'spiking'])
    """
    expect("estimator", estimator, Estimator)
    train = as_spikes(spikes, unit)
    options, keep_raw = reconstruct_options(
        estimator.model,
        threads,
        verify=verify,
        target=target,
        time_scale=time_scale,
        support_limit=support_limit,
        seed=seed,
        max_candidates=max_candidates,
        screening=screening,
        max_drawn=max_drawn,
        rate_tolerance=rate_tolerance,
        burst_tolerance=burst_tolerance,
        selection=selection,
        noise=noise,
        population=population,
        simulation=simulation,
        max_wall_s=max_wall_s,
    )
    handle, remark = create(
        lib.reconstruct,
        lib.reconstruction_free,
        estimator._handle,
        train._handle,
        count("n", n),
        ctypes.byref(options),
        progress=progress,
    )
    return copied_reconstruction(handle, estimator.model, keep_raw, remark)


def reconstruct_many(
    estimator: Estimator,
    trains: Trains,
    n: SupportsIndex,
    threads: SupportsIndex = 0,
    progress: Progress = None,
    unit: Optional[str] = None,
    **arguments: Any,
) -> List[Union[Reconstruction, DicrecError]]:
    """Turn many spike trains into a degenerate population each.

    Parameters
    ----------
    estimator : Estimator
    trains : iterable of Spikes or of array_like [n_spikes]
        Trains of at least three spikes; also a dict, a pynapple.TsGroup, a neo.Segment, or the table of units of an NWB
        file.
    n : int
        Number of members for each train.
    threads : int
        Trains at once, each on a thread of its own; 0 for every processor.
    progress : bool or callable, optional
        True shows a bar; a function is called as ``progress(done, total)`` in trains: a result of False cancels, None goes on. What was done until then
        is kept: for the other trains there is a `CancelledError`.
    unit
        As for `reconstruct`, for every train.
    **arguments
        As for `reconstruct`, for every train: verify, target, seed, ...

    Returns
    -------
    list of Reconstruction or DicrecError
        What `reconstruct` returns for each train, to the byte, whatever the number of threads; the exception, which is
        not raised, for a train that failed. One `DicrecWarning` for all.

    Examples
    --------
    >>> estimator = dicrec.Estimator("stg")
    >>> trains = [numpy.arange(0, 3000, 100), [10.0, 20.0]]
    >>> for result in dicrec.reconstruct_many(estimator, trains, n=2):
    ...     print(result.name if isinstance(result, dicrec.DicrecError) else result.report.outcome)
    complete
    E_SPIKES
    """
    expect("estimator", estimator, Estimator)
    read = as_trains(trains, unit)
    options, keep_raw = reconstruct_options(estimator.model, threads, **arguments)
    results = Batch(len(read), lib.reconstruction_free)
    with results:
        call(
            lib.reconstruct_many,
            estimator._handle,
            handles_of(read),
            len(read),
            count("n", n),
            ctypes.byref(options),
            results.array,
            progress=progress,
        )
    return [reconstruction_or_error(handle, estimator.model, keep_raw) for handle in results.handles()]


def reconstruct_posterior(
    model: Union[Model, str],
    posterior: Posterior,
    n: SupportsIndex,
    spikes: Optional[Train] = None,
    threads: SupportsIndex = 0,
    progress: Progress = None,
    unit: Optional[str] = None,
    **arguments: Any,
) -> Reconstruction:
    """Turn a posterior into a degenerate population, without an estimator.

    Candidates are drawn from the posterior, and, with `verify`, simulated; no network screens them.

    Parameters
    ----------
    model : Model or str
        Model of the members.
    posterior : Posterior
        `Posterior.at` a target, `Posterior.of_mixture`, or what an estimator answers.
    n : int
        Number of members.
    spikes : Spikes or array_like [n_spikes], optional
        Train of at least three spikes that members should fire like; needed with `verify`.
    threads : int
        Worker threads; 0 for every processor.
    progress : bool or callable, optional
        True shows a bar; a function is called as ``progress(done, total)``: a result of False cancels, None goes on.
    unit
        Of the spikes, as for `reconstruct`.
    **arguments
        As for `reconstruct`: verify, target, seed, max_candidates, rate_tolerance, burst_tolerance, selection, noise,
        population, simulation, max_wall_s.

    Returns
    -------
    Reconstruction
        Its members have the time scale of the posterior.

    Examples
    --------
    >>> wide = dicrec.Posterior.of_mixture(weights=[1], means=[[-5, 8]], covariances=[[[0.3, 0], [0, 4]]])
    >>> result = dicrec.reconstruct_posterior("stg", wide, n=4, seed=1)
    >>> len(result.population), result.report.screened
    (4, False)
    """
    unknown = sorted(set(arguments) & _OF_AN_ESTIMATOR)
    if unknown:
        raise TypeError("reconstruct_posterior() has no estimator, and so no argument %r" % unknown[0])
    expect("posterior", posterior, Posterior)
    model = as_model(model)
    train = None if spikes is None else as_spikes(spikes, unit)
    options, keep_raw = reconstruct_options(model, threads, screening=False, **arguments)
    handle, remark = create(
        lib.reconstruct_posterior,
        lib.reconstruction_free,
        model._handle,
        posterior._handle,
        None if train is None else train._handle,
        count("n", n),
        ctypes.byref(options),
        progress=progress,
    )
    return copied_reconstruction(handle, model, keep_raw, remark)
