# SPDX-License-Identifier: MIT
"""Training data of the forward network: conductances, DICs at threshold and the statistics of what they fire.

Two passes: DIC targets uniform in the model's range, then targets near those of neurons that burst, which are rare
in some models. Data come in shards, each from a seed of its own, so that an interrupted run goes on where it stopped.
"""

import warnings
from pathlib import Path

import numpy

import dicrec
from dicrec.spikes import ACTIVITIES

from .simulate import SHARD, fill_shards, load_data

#: What is kept of a train, in this order; the first is an index into ACTIVITIES.
STATISTICS = (
    "activity",
    "n_spikes",
    "n_bursts",
    "rate_hz",
    "isi_mean_ms",
    "isi_cv",
    "isi_min_ms",
    "isi_max_ms",
    "spikes_per_burst",
    "burst_hz",
    "burst_duration_ms",
)

KEYS = ("conductances", "dics", "statistics")
SCATTER = 0.04  # standard deviation of targets about those of a neuron that bursts, in widths of the range


def statistics_of(trains):
    """Statistics [n, len(STATISTICS)] of spike trains; the library computes them."""
    rows = numpy.empty((len(trains), len(STATISTICS)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dicrec.DicrecWarning)  # silent trains
        for row, train in zip(rows, trains):
            values = dicrec.Spikes(train).statistics()
            row[0] = ACTIVITIES.index(values.activity)
            row[1:] = [getattr(values, name) for name in STATISTICS[1:]]
    return rows


def uniform_targets(model, rng, n):
    low, high = numpy.array(model.dic_range).T
    return rng.uniform(low, high, (n, 2))


def targets_near(model, centres, rng, n):
    """Targets scattered about random centres, inside the model's range."""
    low, high = numpy.array(model.dic_range).T
    scattered = centres[rng.integers(len(centres), size=n)] + SCATTER * (high - low) * rng.standard_normal((n, 2))
    return numpy.clip(scattered, low, high)


def make_shard(model, targets, seed, dt):
    """Arrays of the neurons that reach their targets, silent ones too."""
    population = dicrec.generate(model, targets, len(targets), seed=seed)
    conductances = population.conductances[population.valid]
    simulation = dicrec.simulate(model, conductances, solver="ensemble", dt=dt)
    whole = simulation.status == 0
    return {
        "conductances": conductances[whole].astype(numpy.float32),
        "dics": population.dics[population.valid][whole].astype(numpy.float32),
        "statistics": statistics_of([s for s, w in zip(simulation.spikes, whole) if w]).astype(numpy.float32),
    }


def make_pass(model, directory, n_neurons, seed, dt, draw, log):
    def make(index):
        rng = numpy.random.default_rng([seed, index])
        arrays = make_shard(model, draw(rng, SHARD), int(rng.integers(2**63)), dt)
        shares = [(arrays["statistics"][:, 0] == k).mean() for k in range(len(ACTIVITIES))]
        return arrays, "%.2f silent, %.2f spiking, %.2f bursting" % tuple(shares)

    fill_shards(directory, n_neurons, make, log)


def make_data(name, directory, n_uniform, n_bursting, seed, dt=0.025, log=print):
    """Simulate both passes into shards below a directory and return them merged; what is there already is kept."""
    directory, model = Path(directory), dicrec.Model(name)
    make_pass(model, directory / "uniform", n_uniform, seed, dt, lambda rng, n: uniform_targets(model, rng, n), log)
    data = load_data(directory / "uniform", KEYS)
    if n_bursting == 0:
        return data
    bursts = data["statistics"][:, 0] == ACTIVITIES.index("bursting")
    centres = data["dics"][bursts, 1:3].astype(float)

    def draw(rng, n):
        return targets_near(model, centres, rng, n)

    make_pass(model, directory / "bursting", n_bursting, seed + 1, dt, draw, log)
    second = load_data(directory / "bursting", KEYS)
    return {key: numpy.concatenate([data[key], second[key]]) for key in KEYS}
