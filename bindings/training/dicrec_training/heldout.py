# SPDX-License-Identifier: MIT
"""Trains that training never saw, as they are and as recordings would spoil them, and what is not a train at all."""

import functools
from typing import Callable, NamedTuple

import numpy

import dicrec

from . import faults
from .simulate import draw_neurons, make_shard

#: Far from the seeds of training data.
SEED = 1_000_003
DT_MS = 0.0125  # finer than training data, so that their rounding is not what is scored


class Trains(NamedTuple):
    """Trains (ms), the DICs [n, 2] and the noise [n] of their neurons, and which neurons burst as simulated."""

    spikes: list
    dics: numpy.ndarray
    noise: numpy.ndarray
    bursting: numpy.ndarray

    def select(self, rows):
        spikes = [self.spikes[i] for i in numpy.flatnonzero(rows)]
        return Trains(spikes, self.dics[rows], self.noise[rows], self.bursting[rows])


def trains_of(shard):
    """Trains of a shard, each from 0 on."""
    parts = numpy.split(shard["intervals"].astype(float), numpy.cumsum(shard["counts"])[:-1])
    return [numpy.concatenate([[0.0], numpy.cumsum(part)]) for part in parts]


@functools.lru_cache(maxsize=None)
def neurons(plan, noise, n, t_end=None):
    """Arrays of a shard of n neurons that training never saw, silent ones too; under noise of a standard deviation
    (uA/cm2), or None: as training draws it."""
    model, index = dicrec.Model(plan.model), int(1000 * (noise or 0)) + (0 if t_end is None else int(t_end)) + (
        noise is None
    )
    drawn = draw_neurons(model, plan.noise_range, SEED, index, n)
    if noise is not None:
        drawn = drawn._replace(noise=numpy.full(len(drawn.noise), float(noise)))
    return make_shard(model, drawn, DT_MS, t_end)


@functools.lru_cache(maxsize=None)
def simulated(plan, noise, n, t_end=None):
    """Trains of those of these neurons that fire."""
    shard = neurons(plan, noise, n, t_end)
    fires = numpy.flatnonzero(shard["counts"] >= 2)
    every = trains_of(shard)
    spikes = [every[i] for i in fires]
    bursting = [dicrec.Spikes(train).statistics().activity == "bursting" for train in spikes]
    return Trains(
        spikes, shard["dics"][fires].astype(float), shard["noise"][fires].astype(float), numpy.array(bursting)
    )


def changed(trains, change, seed=SEED):
    """Trains each changed by change(times, rng); those left with fewer than three spikes are left out."""
    rng = numpy.random.default_rng(seed)
    spikes = [change(train, rng) for train in trains.spikes]
    kept = numpy.array([len(train) >= 3 for train in spikes])
    return Trains(spikes, trains.dics, trains.noise, trains.bursting).select(kept)


def window(length_ms):
    """A random stretch."""

    def cut(times, rng):
        start = times[0] + rng.random() * max(times[-1] - times[0] - length_ms, 0)
        return times[(times >= start) & (times < start + length_ms)]

    return cut


def missing(share):
    return lambda times, rng: times[rng.random(len(times)) >= share]


def extra(share):
    def add(times, rng):
        more = rng.uniform(times[0], times[-1], rng.binomial(len(times), share))
        return numpy.unique(numpy.concatenate([times, more]))

    return add


def jittered(deviation_ms):
    def move(times, rng):
        moved = times + deviation_ms * rng.standard_normal(len(times))
        return numpy.unique(moved - min(moved.min(), 0))

    return move


def rounded(step_ms):
    return lambda times, rng: numpy.unique(numpy.round(times / step_ms) * step_ms)


def as_in_training(windows_ms):
    """Windows with faults drawn as in training."""

    def change(times, rng):
        length = numpy.exp(rng.uniform(*numpy.log(windows_ms)))
        piece = window(length)(times, rng)
        if len(piece) < 3:
            return piece
        made = faults.spoil((piece - piece[0])[None, :], faults.Faults(), rng)[0]
        made = made[numpy.isfinite(made)]
        return made - min(made[0], 0) if len(made) else made

    return change


class Condition(NamedTuple):
    """Words of a row of a table, the noise of its neurons, and what is done to their trains."""

    label: str
    noise: object
    change: Callable = lambda times, rng: times
    t_end: object = None


CONDITIONS = (
    Condition("clean", 0.0),
    Condition("noise as in training", None),
    Condition("noise 1 uA/cm2", 1.0),
    Condition("noise 5 uA/cm2", 5.0),
    Condition("noise 20 uA/cm2", 20.0),
    Condition("clean, 1 s", 0.0, window(1e3)),
    Condition("noise 5 uA/cm2, 1 s", 5.0, window(1e3)),
    Condition("noise 5 uA/cm2, 60 s", 5.0, t_end=63e3),
    Condition("clean, 5 % of the spikes missed", 0.0, missing(0.05)),
    Condition("clean, 10 % missed", 0.0, missing(0.1)),
    Condition("clean, 20 % missed", 0.0, missing(0.2)),
    Condition("clean, 5 % extra", 0.0, extra(0.05)),
    Condition("clean, jitter 1 ms", 0.0, jittered(1.0)),
    Condition("clean, rounded to 1 ms", 0.0, rounded(1.0)),
)


def trains_under(plan, condition, n):
    return changed(simulated(plan, condition.noise, n, condition.t_end), condition.change)


def poisson(trains):
    """Trains without structure, of the same rates and numbers of spikes."""

    def draw(times, rng):
        return numpy.concatenate([[0.0], numpy.cumsum(rng.exponential(numpy.diff(times).mean(), len(times) - 1))])

    return changed(trains, draw)


def perturbed(trains, share):
    """The same trains with every interval changed by up to a share of it, uniformly."""

    def perturb(times, rng):
        intervals = numpy.diff(times)
        return numpy.concatenate([[0.0], numpy.cumsum(intervals * (1 + share * rng.uniform(-1, 1, len(intervals))))])

    return changed(trains, perturb)
