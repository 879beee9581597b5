# SPDX-License-Identifier: MIT
"""Training data: neurons of DIC targets in the model's range, made by compensation, and what the ensemble fires.

Data come in shards, each from a seed of its own, so that an interrupted run goes on where it stopped.
"""

import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy

import dicrec

from .coordinates import base_coordinates
from .progress import no_progress
from .shared import SHARED

#: What a shard holds of every neuron, beside the intervals of all.
KEYS = ("intervals", "counts", "dics", "conductances", "base", "noise", "weight")


class Shards(NamedTuple):
    """How the neurons of a pass lie in a directory: in shards, of which only the first may be asked for."""

    directory: Path
    n_neurons: int
    n_each: int
    first: float = 1.0  # share of the shards that are asked for

    def paths(self):
        n_shards = math.ceil(self.first * math.ceil(self.n_neurons / self.n_each))
        return [Path(self.directory) / ("shard_%05d.npz" % index) for index in range(n_shards)]

    def size(self, index):
        return min(self.n_each, self.n_neurons - index * self.n_each)


def fill_shards(shards, make, log, threads=1, progress=no_progress):
    """Make the shards that are not there yet, each by make(index, n) -> (arrays, words for the log)."""
    paths = shards.paths()
    Path(shards.directory).mkdir(parents=True, exist_ok=True)

    def fill(index):
        arrays, words = make(index, shards.size(index))
        part = paths[index].with_suffix(".part")
        with open(part, "wb") as file:
            numpy.savez(file, **arrays)
        part.rename(paths[index])
        return "%s: shard %d of %d, %s" % (Path(shards.directory).name, index + 1, len(paths), words)

    missing = [index for index, path in enumerate(paths) if not path.exists()]
    done = len(paths) - len(missing)
    pool = ThreadPoolExecutor(threads)
    try:
        for line in pool.map(fill, missing):
            done += 1
            log(line)
            progress(done, len(paths))
    finally:
        pool.shutdown(cancel_futures=True)


def load_data(shards, keys=KEYS):
    """What is asked for of shards as one dictionary of arrays."""
    shards = [numpy.load(path) for path in shards.paths()]
    return {key: numpy.concatenate([shard[key] for shard in shards]) for key in keys}


def draw_noise(rng, n, noise_range, noiseless=SHARED.NOISELESS_SHARE):
    """Standard deviations [n] of noise currents, uA/cm2, log-uniform, but for the share without any."""
    some = numpy.exp(rng.uniform(*numpy.log(noise_range), n))
    return numpy.where(rng.random(n) < noiseless, 0.0, some)


class Strata(NamedTuple):
    """How densely the cells of a grid over the DIC plane are drawn from: 0 where nothing fires, 1 as elsewhere."""

    density: numpy.ndarray  # [cells of g_s, cells of g_u]

    def draw(self, rng, n):
        """Places [n, 2] in the unit square and their weights [n], by which they count as uniform."""
        shape = self.density.shape
        cell = rng.choice(self.density.size, size=n, p=(self.density / self.density.sum()).ravel())
        place = (numpy.stack(numpy.unravel_index(cell, shape), axis=1) + rng.random((n, 2))) / shape
        return place, self.density.mean() / self.density.ravel()[cell]


EVERYWHERE = Strata(numpy.ones((1, 1)))


class Neurons(NamedTuple):
    """Neurons to simulate: conductances [n, channels], base draws likewise, targets [n, 2], noise [n] (uA/cm2),
    weights [n], and the seed of the noise."""

    conductances: numpy.ndarray
    base: numpy.ndarray
    dics: numpy.ndarray
    noise: numpy.ndarray
    weight: numpy.ndarray
    seed: int


def draw_neurons(model, noise_range, seed, index, n, noiseless=SHARED.NOISELESS_SHARE, strata=EVERYWHERE):
    """Neurons with noise of their own; targets that no conductances reach are left out."""
    rng = numpy.random.default_rng([seed, index])
    low, high = numpy.array(model.dic_range).T
    place, weight = strata.draw(rng, n)
    targets = low + (high - low) * place
    stream = int(rng.integers(2**63))
    population = dicrec.generate(model, targets, n, seed=stream, keep_raw=True, threads=1)
    valid = numpy.flatnonzero(population.valid)
    noise = draw_noise(rng, n, noise_range, noiseless)
    return Neurons(
        population.conductances[valid], population.base[valid], targets[valid], noise[valid], weight[valid], stream
    )


def make_shard(model, neurons, dt, t_end=None):
    """Simulate neurons for t_end ms (None: the model's protocol), from its t_skip on; arrays of KEYS, silent neurons too."""
    simulation = dicrec.simulate(
        model,
        neurons.conductances,
        solver="ensemble",
        t_end=t_end,
        t_skip=0 if t_end is None else model.protocol.t_skip,
        dt=dt,
        noise=neurons.noise,
        seed=neurons.seed,
        threads=1,
    )
    whole = numpy.flatnonzero(simulation.status == 0)
    trains = [simulation.spikes[i] for i in whole]
    return {
        "intervals": numpy.concatenate([numpy.diff(s) for s in trains]).astype(numpy.float32),
        "counts": numpy.array([max(len(s) - 1, 0) for s in trains], dtype=numpy.int32),
        "dics": neurons.dics[whole].astype(numpy.float32),
        "conductances": neurons.conductances[whole].astype(numpy.float32),
        "base": base_coordinates(model, neurons.base[whole]).astype(numpy.float32),
        "noise": neurons.noise[whole].astype(numpy.float32),
        "weight": neurons.weight[whole].astype(numpy.float32),
    }


def make_data(model, plan, shards, seed, p, strata, log, threads=1, progress=no_progress):
    """Simulate the neurons of a pass of a plan into shards; what is there already is kept."""

    def make(index, n):
        neurons = draw_neurons(model, plan.noise_range, seed, index, n, p.noiseless, strata)
        arrays = make_shard(model, neurons, plan.dt_ms, p.t_end_ms)
        return arrays, "%d of %d fire" % ((arrays["counts"] >= 2).sum(), len(arrays["counts"]))

    fill_shards(shards, make, log, threads, progress)
