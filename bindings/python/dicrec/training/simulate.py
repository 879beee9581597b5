# SPDX-License-Identifier: MIT
"""Training data: DIC targets uniform in the model's range, populations by compensation, spikes by the ensemble.

Data come in shards, each from a seed of its own, so that an interrupted run goes on where it stopped.
"""

from pathlib import Path
from typing import NamedTuple

import numpy

import dicrec

SHARD = 5000  # neurons


def fill_shards(directory, n_neurons, make, log):
    """Make the shards of a directory that are not there yet, each by make(index) -> (arrays, words for the log)."""
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    n_shards = -(-n_neurons // SHARD)
    for index in range(n_shards):
        path = directory / ("shard_%05d.npz" % index)
        if path.exists():
            continue
        arrays, words = make(index)
        part = path.with_suffix(".part")
        with open(part, "wb") as file:
            numpy.savez(file, **arrays)
        part.rename(path)
        log("%s: shard %d of %d, %s" % (directory.name, index + 1, n_shards, words))


class Neurons(NamedTuple):
    """Neurons to simulate: conductances [n, channels], targets [n, 2], noise [n] (uA/cm2), and the seed of the noise."""

    conductances: numpy.ndarray
    dics: numpy.ndarray
    noise: numpy.ndarray
    seed: int


def draw_neurons(model, seed, index, noise_range, n):
    """Neurons of uniform DIC targets, each with noise of its own, uniform in a range; those that no conductances
    reach are left out."""
    rng = numpy.random.default_rng([seed, index])
    (low_s, high_s), (low_u, high_u) = model.dic_range
    targets = rng.uniform([low_s, low_u], [high_s, high_u], (n, 2))
    stream = int(rng.integers(2**63))
    population = dicrec.generate(model, targets, n, seed=stream)
    valid = numpy.flatnonzero(population.valid)
    noise = rng.uniform(*noise_range, n)[valid]
    return Neurons(population.conductances[valid], targets[valid], noise, stream)


def make_shard(model, seed, index, noise_range, dt, n=SHARD, t_end=None):
    """Simulate n neurons for t_end ms (None: the model's protocol); arrays of those that fire at least three spikes."""
    neurons = draw_neurons(model, seed, index, noise_range, n)
    simulation = dicrec.simulate(
        model, neurons.conductances, solver="ensemble", t_end=t_end, dt=dt, noise=neurons.noise, seed=neurons.seed
    )
    fires = numpy.array([len(s) >= 3 for s in simulation.spikes]) & (simulation.status == 0)
    trains = [s for s, f in zip(simulation.spikes, fires) if f]
    return {
        "intervals": numpy.concatenate([numpy.diff(s) for s in trains]).astype(numpy.float32),
        "counts": numpy.array([len(s) - 1 for s in trains], dtype=numpy.int32),
        "dics": neurons.dics[fires].astype(numpy.float32),
        "conductances": neurons.conductances[fires].astype(numpy.float32),
        "noise": neurons.noise[fires].astype(numpy.float32),
        "n_simulated": numpy.array(len(neurons.dics)),
    }


def make_data(name, directory, n_neurons, seed, max_noise=0.0, t_end=None, dt=0.025, log=print):
    """Simulate `n_neurons` neurons into shards of a directory; what is there already is kept."""
    model = dicrec.Model(name)

    def make(index):
        arrays = make_shard(model, seed, index, (0.0, max_noise), dt, t_end=t_end)
        return arrays, "%d of %d fire" % (len(arrays["counts"]), SHARD)

    fill_shards(directory, n_neurons, make, log)


def load_data(directory, keys=("intervals", "counts", "dics", "noise")):
    """All shards of a directory as one dictionary of arrays."""
    shards = [numpy.load(path) for path in sorted(Path(directory).glob("shard_*.npz"))]
    return {key: numpy.concatenate([shard[key] for shard in shards]) for key in keys}
