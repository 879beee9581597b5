# SPDX-License-Identifier: MIT
"""Trains that are unlike any of the model's, made of its trains: what the support learns to tell from them.

Each function takes intervals [rows, n] (absent ones NaN) and returns intervals of the same shape.
"""

import numpy


def log_uniform(rng, low, high, n):
    return numpy.exp(rng.uniform(numpy.log(low), numpy.log(high), (n, 1)))


def poisson(intervals, rng):
    """Irregular firing at the same rate."""
    return numpy.nanmean(intervals, axis=1, keepdims=True) * rng.exponential(size=intervals.shape)


def renewal(intervals, rng):
    """Independent gamma intervals of any rate and regularity."""
    shape = log_uniform(rng, 0.5, 100, len(intervals))
    return log_uniform(rng, 2, 5000, len(intervals)) / shape * rng.gamma(shape, size=intervals.shape)


def jittered(intervals, rng):
    """Every interval off by up to 15 to 60 %."""
    return intervals * (1 + rng.uniform(0.15, 0.6, (len(intervals), 1)) * rng.uniform(-1, 1, intervals.shape))


def shuffled(intervals, rng):
    """The same intervals in another order; jittered, since it would be the same for regular trains."""
    order = numpy.argsort(numpy.where(numpy.isnan(intervals), numpy.inf, rng.random(intervals.shape)), axis=1)
    return jittered(numpy.take_along_axis(intervals, order, axis=1), rng)


def stretched(intervals, rng):
    """A neuron with other time constants, from 30 times faster to 100 times slower, at least twice."""
    n = len(intervals)
    factor = numpy.where(rng.random((n, 1)) < 0.3, 1 / log_uniform(rng, 2, 30, n), log_uniform(rng, 2, 100, n))
    return intervals * factor


def bursts(intervals, rng):
    """Bursts of any period, length and regularity."""
    n, m = intervals.shape
    in_burst, pause = log_uniform(rng, 2, 200, n), log_uniform(rng, 1.5, 100, n)
    n_spikes = numpy.floor(log_uniform(rng, 2, 25, n))
    phase = (numpy.arange(m)[None, :] + rng.integers(25, size=(n, 1))) % n_spikes
    spread = log_uniform(rng, 0.01, 0.5, n) * rng.standard_normal((n, m))
    return in_burst * numpy.where(phase == 0, pause, 1) * numpy.exp(spread)


KINDS = (poisson, renewal, jittered, shuffled, stretched, bursts)


def make(times, rng):
    """Times like these [rows, n], ascending from 0, absent ones infinite, each row made unlike by a kind of its own."""
    with numpy.errstate(invalid="ignore"):
        intervals = numpy.diff(times, axis=1)
    intervals[~numpy.isfinite(intervals)] = numpy.nan
    kind = rng.integers(len(KINDS), size=len(times))
    for k, change in enumerate(KINDS):
        rows = numpy.flatnonzero((kind == k) & (numpy.isfinite(times).sum(1) >= 3))
        if len(rows):
            changed = change(intervals[rows], rng)
            intervals[rows] = numpy.where(numpy.isnan(intervals[rows]), numpy.nan, changed)
    made = numpy.concatenate([numpy.zeros((len(times), 1)), numpy.cumsum(intervals, axis=1)], axis=1)
    return numpy.where(numpy.isnan(made), numpy.inf, made)
