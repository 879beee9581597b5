# SPDX-License-Identifier: MIT
"""A pilot: what neurons of a model do over its plane of DICs, and what a simulation of them costs. Plans are derived
from it."""

import time
import warnings
from dataclasses import asdict, dataclass
from typing import Dict, Tuple

import numpy

import dicrec

from .coordinates import free_channels
from .simulate import draw_neurons

N_NEURONS, SEED, DT_MS = 3000, 9, 0.025
#: Firing neurons of which noise and step are varied.
N_VARIED = 64
#: Standard deviations of noise that are tried, uA/cm2.
NOISES = numpy.logspace(-2.5, 2, 10)
#: Steps in which spike times may be read, ms.
RESOLUTIONS = (0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0)
#: Changes of a train, as `change` has them, that noise makes: what is hardly seen, and what leaves nothing to see.
SEEN, DROWNED = 0.003, 0.7
#: Fewer of the neurons that fire than this, and there is nothing to learn from.
LEAST_FIRING = 20


@dataclass(frozen=True)
class Pilot:
    """What was found. Quantiles are the 5th, 50th and 95th hundredth, of noiseless neurons that fire.

    Attributes
    ----------
    n : int
        Neurons asked for.
    reached, firing : float
        Share of the targets that conductances reach, and of the neurons of these that fire three spikes.
    classes : dict
        Share of each class among the neurons that fire.
    rate_hz, longest_ms : (float, float, float)
        Mean rate, and the longest interval of a train.
    burst_spikes, period_ms : (float, float, float)
        Of those that burst; 0 if none does.
    noise_range : (float, float)
        Noise that is hardly seen, and that drowns what the neuron does, uA/cm2.
    resolution_ms : float
        Errors of the integrator are below.
    cost : (float, float)
        Seconds of one processor for a neuron and a simulated second, without noise and with.
    t_end_ms, t_skip_ms : float
        The model's protocol.
    n_coordinates : int
        Of a base draw.
    """

    n: int
    reached: float
    firing: float
    classes: Dict[str, float]
    rate_hz: Tuple[float, float, float]
    longest_ms: Tuple[float, float, float]
    burst_spikes: Tuple[float, float, float]
    period_ms: Tuple[float, float, float]
    noise_range: Tuple[float, float]
    resolution_ms: float
    cost: Tuple[float, float]
    t_end_ms: float
    t_skip_ms: float
    n_coordinates: int

    def as_dict(self):
        return asdict(self)


def require_populations(model):
    """ValueError unless populations of the model can be made: else its plane of DICs is empty."""
    low, high = model.dic_range.T
    if not (low < high).all():
        raise ValueError(
            "model %s has no populations: training draws its neurons from them; give its channels a `range`, and "
            "its file `populations`, as docs/models.md has it" % model.name
        )


def quantiles(values):
    return tuple(float(v) for v in numpy.quantile(values, (0.05, 0.5, 0.95))) if len(values) else (0.0, 0.0, 0.0)


def simulated(model, conductances, noise, dt=DT_MS):
    noise = numpy.broadcast_to(noise, len(conductances)).astype(float)
    run = dict(solver="ensemble", dt=dt, noise=noise, seed=SEED, threads=1)
    return dicrec.simulate(model, conductances, **run).spikes


def change(train, other):
    """How much a train differs from another one of the same neuron: in its rate, relative, and in its irregularity."""
    if len(other) < 3:
        return DROWNED
    a, b = numpy.diff(train), numpy.diff(other)
    rate = abs(numpy.log(a.mean() / b.mean()))
    return rate + abs(a.std() / a.mean() - b.std() / b.mean())


def noise_range(model, conductances, trains):
    """Noise that is hardly seen and that drowns, among NOISES."""
    low, high = NOISES[0], NOISES[-1]
    for noise in NOISES:
        noisy = simulated(model, conductances, noise)
        median = numpy.median([change(train, other) for train, other in zip(trains, noisy)])
        if median <= SEEN:
            low = noise
        if median >= DROWNED:
            high = noise
            break
    return float("%.1g" % low), float("%.1g" % max(high, 30 * low))


def levels(train):
    """Quantiles of the intervals of a train: one spike more or less hardly moves them."""
    return numpy.quantile(numpy.diff(train), numpy.linspace(0.1, 0.9, 9))


def resolution(model, conductances, trains):
    """A step of RESOLUTIONS above what the intervals of most neurons move by at half the step of the integrator."""
    off, finer = [], [simulated(model, conductances, 0.0, share * DT_MS) for share in (0.5, 0.25)]
    for train, half, quarter in zip(trains, *finer):
        if min(len(half), len(quarter)) > 2:
            moved = numpy.median(numpy.abs(levels(train) - levels(half)))
            if numpy.median(numpy.abs(levels(half) - levels(quarter))) <= 0.6 * moved:  # others are chaotic
                off.append(moved)
    error = numpy.quantile(off, 0.75) if off else RESOLUTIONS[-1]
    return next((step for step in RESOLUTIONS if step >= error), RESOLUTIONS[-1])


def timed(model, conductances, noise, seconds):
    begin = time.perf_counter()
    trains = simulated(model, conductances, noise)
    return trains, (time.perf_counter() - begin) / (len(conductances) * seconds)


def run(model, n=N_NEURONS, progress=lambda done, total: None):
    """The pilot of a model; ValueError if there is nothing to train on."""
    require_populations(model)
    drawn = draw_neurons(model, (1.0, 2.0), SEED, 0, n, noiseless=1.0)
    if len(drawn.conductances) == 0:
        raise ValueError("model %s: conductances reach none of %d targets of its plane of DICs" % (model.name, n))
    protocol = model.protocol
    progress(1, 4)
    trains, clean = timed(model, drawn.conductances, 0.0, 1e-3 * protocol.t_end)
    fires = numpy.array([len(train) >= 3 for train in trains])
    if fires.sum() < LEAST_FIRING:
        raise ValueError(
            "model %s: %d of %d neurons fire three spikes from %g to %g ms, at least %d must: are the plane of DICs, the "
            "ranges of its conductances and its threshold right?"
            % (model.name, fires.sum(), len(fires), protocol.t_skip, protocol.t_end, LEAST_FIRING)
        )
    progress(2, 4)
    some = numpy.flatnonzero(fires)[:N_VARIED]
    varied, kept = drawn.conductances[some], [trains[i] for i in some]
    least, most = noise_range(model, varied, kept)
    noisy = timed(model, drawn.conductances[: n // 4], (least * most) ** 0.5, 1e-3 * protocol.t_end)[1]
    progress(3, 4)
    found = statistics_of([train for train, f in zip(trains, fires) if f])
    step = resolution(model, varied, kept)
    progress(4, 4)
    return Pilot(
        n=n,
        reached=len(trains) / n,
        firing=float(fires.mean()),
        noise_range=(least, most),
        resolution_ms=step,
        cost=(clean, noisy),
        t_end_ms=protocol.t_end,
        t_skip_ms=protocol.t_skip,
        n_coordinates=1 + len(free_channels(model)),
        **found,
    )


def statistics_of(trains):
    """What a pilot says of trains, by the names of its attributes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dicrec.DicrecWarning)
        all_statistics = [dicrec.Spikes(train).statistics() for train in trains]
    bursting = [s for s in all_statistics if s.activity == "bursting"]
    names = [s.activity for s in all_statistics]
    return {
        "classes": {name: names.count(name) / len(names) for name in sorted(set(names))},
        "rate_hz": quantiles([1e3 / numpy.diff(train).mean() for train in trains]),
        "longest_ms": quantiles([numpy.diff(train).max() for train in trains]),
        "burst_spikes": quantiles([s.spikes_per_burst for s in bursting if s.spikes_per_burst > 0]),
        "period_ms": quantiles([1e3 / s.burst_hz for s in bursting if s.burst_hz > 0]),
    }
