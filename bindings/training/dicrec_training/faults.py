# SPDX-License-Identifier: MIT
"""Faults of recordings: spikes that are missed, spikes of other neurons, times that are off or rounded, rates that
drift."""

from dataclasses import dataclass
from typing import Tuple

import numpy


@dataclass(frozen=True)
class Faults:
    """How recordings differ from the neuron. Largest values: each train has its own, uniform from 0.

    Attributes
    ----------
    share : float
        Share of the trains that have faults; of these each kind is present with probability one half.
    missed, extra : float
        Largest share of spikes that are missed, and of spikes of others that are taken for the neuron's.
    jitter : float
        Largest standard deviation of the error of a spike's time, ms.
    rounding : float
        Times are rounded to multiples of it, ms.
    least_jitter : (float, float)
        Range of the jitter that every train has, ms, drawn log-uniformly, so that the network reads the neuron and
        not the rounding of the integrator that simulated it.
    drifting : float
        Share of the trains whose rate changes, half of them slowly, half in a step.
    drift : float
        Largest factor of that change, log-uniform from its inverse.
    """

    share: float = 0.5
    missed: float = 0.2
    extra: float = 0.05
    jitter: float = 1.0
    rounding: float = 1.0
    least_jitter: Tuple[float, float] = (0.001, 0.05)
    drifting: float = 0.1
    drift: float = 2.0


#: Trains as they are, but for the rounding of the integrator.
NONE = Faults(share=0.0, drifting=0.0)


def miss(times, share, rng):
    """Times [rows, n] without a share [rows, 1] of them; absent ones are infinite."""
    return numpy.where(rng.random(times.shape, dtype=numpy.float32) < share, numpy.inf, times)


def add(times, share, rng):
    """Times [rows, n + m] with spikes of others, a share [rows, 1] of those present, uniform over each train."""
    present = numpy.isfinite(times)
    n_extra = rng.binomial(present.sum(1), share[:, 0])
    columns = numpy.arange(max(1, n_extra.max()))[None, :]
    last = numpy.where(present, times, 0).max(1, keepdims=True)
    extra = last * rng.random((len(times), columns.shape[1]))
    return numpy.concatenate([times, numpy.where(columns < n_extra[:, None], extra, numpy.inf)], axis=1)


def drift(times, faults, rng):
    """Times [rows, n] of trains from 0 on, some with intervals that grow or shrink; the mean logarithm is kept."""
    column = lambda: rng.random((len(times), 1))
    with numpy.errstate(invalid="ignore"):
        intervals = numpy.diff(times, axis=1)
    present = numpy.isfinite(intervals)
    place = numpy.cumsum(present, axis=1) / numpy.maximum(present.sum(1, keepdims=True), 1)
    change = numpy.log(faults.drift) * (2 * column() - 1) * (column() < faults.drifting)
    shape = numpy.where(column() < 0.5, place - 0.5, (place > 0.1 + 0.8 * column()) - 0.5)
    intervals = numpy.where(present, intervals * numpy.exp(change * shape), numpy.inf)
    return numpy.concatenate([times[:, :1], times[:, :1] + numpy.cumsum(intervals, axis=1)], axis=1)


def spoil(times, faults, rng):
    """Times [rows, m], ascending, absent ones infinite at the end, of trains from 0 on [rows, n] laid out alike."""
    column = lambda: rng.random((len(times), 1))
    if faults.drifting > 0:
        times = drift(times, faults, rng)
    faulty = column() < faults.share

    def strength(largest):
        return numpy.where(faulty & (column() < 0.5), column() * largest, 0.0)

    missed, extra, jitter = strength(faults.missed), strength(faults.extra), strength(faults.jitter)
    least = numpy.exp(rng.uniform(*numpy.log(faults.least_jitter), (len(times), 1)))
    deviation = numpy.sqrt(jitter**2 + least**2)
    times = times + deviation * rng.standard_normal(times.shape, dtype=numpy.float32)
    if faults.share > 0:
        times = add(miss(times, missed, rng), extra, rng)
        rounded = faulty & (column() < 0.5)
        times = numpy.where(rounded, numpy.round(times / faults.rounding) * faults.rounding, times)
    times = numpy.sort(times, axis=1)
    with numpy.errstate(invalid="ignore"):
        again = numpy.diff(times, axis=1) == 0  # spikes that rounding made one
    if again.any():
        times[:, 1:][again] = numpy.inf
        times = numpy.sort(times, axis=1)
    return times
