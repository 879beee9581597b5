# SPDX-License-Identifier: MIT
"""Training of code, head and flow by likelihood, on rows of features, with checkpoints and a log."""

import json
import pickle
import time
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy
import optax

from . import network
from .batches import LONGEST, SHORTEST_MS
from .embed import is_of_embedding
from .progress import no_progress

N_HELD = 10_000  # neurons that are kept back, to follow the training
BATCH = 512


class Examples(NamedTuple):
    """Rows of features [n, f], DICs y and noise [n, 2] in standard units, base draws [n, c], weights [n]."""

    features: numpy.ndarray
    y: numpy.ndarray
    noise: numpy.ndarray
    base: numpy.ndarray
    weight: numpy.ndarray

    def at(self, rows):
        return Examples(*(column[rows] for column in self))


def input_scale(data, resolution):
    """What inputs are standardised by, in the order of DICREC__INTERVAL_CENTER and what follows it."""
    logs, counts = numpy.log(data["intervals"]), numpy.log(numpy.minimum(data["counts"], LONGEST))
    values = [logs.mean(), logs.std(), counts.mean(), counts.std(), SHORTEST_MS, LONGEST, resolution]
    return numpy.array(values, dtype=numpy.float32)


def split(data, n_held):
    """Data without `n_held` trains, and these."""
    order = numpy.random.default_rng(0).permutation(len(data["counts"]))
    return select(data, numpy.sort(order[n_held:])), select(data, order[:n_held])


def select(data, rows):
    """The trains of some rows, in their order."""
    counts = data["counts"][rows].astype(numpy.int64)
    starts = (numpy.cumsum(data["counts"], dtype=numpy.int64) - data["counts"])[rows]
    chosen = {key: value[rows] for key, value in data.items() if key != "intervals"}
    within = numpy.arange(counts.sum()) - numpy.repeat(numpy.cumsum(counts) - counts, counts)
    chosen["intervals"] = data["intervals"][numpy.repeat(starts, counts) + within]
    return chosen


def examples_of(data, features, rows, units):
    """Examples of features that were taken from some rows of the data."""
    y, noise = units.of_dics(data["dics"][rows]), units.of_noise(data["noise"][rows])
    return Examples(features, y.astype("f4"), noise.astype("f4"), data["base"][rows], data["weight"][rows])


def make_step(optimiser, kept):
    @jax.jit
    def step(layers, average, state, *batch):
        value, gradient = jax.value_and_grad(network.loss)(layers, *batch)
        updates, state = optimiser.update(gradient, state, layers)
        layers = optax.apply_updates(layers, updates)
        average = jax.tree.map(lambda a, b: kept * a + (1 - kept) * b, average, layers)
        return layers, average, state, value

    return step


def scores(layers, held):
    """Mean log density of the DICs and the noise, and of the base draw given them: of all that were held out, and of
    the noiseless ones."""
    parts = [network.log_likelihoods(layers, *held.at(slice(i, i + 2000))[:4]) for i in range(0, len(held.y), 2000)]
    first, rest = (numpy.concatenate(part) for part in zip(*parts))
    result = {}
    for name, rows in (("all", held.noise[:, 0] >= 0), ("noiseless", held.noise[:, 0] == 0)):
        weight = held.weight[rows]
        result[name] = [round(float(numpy.average(part[rows], weights=weight)), 4) for part in (first, rest)]
    return result


def train(training, held, widths, directory, seed, steps, rate=3e-3, log=print, progress=no_progress):
    """Train on examples; returns the averaged layers. Goes on from the directory's checkpoint."""
    checkpoint = Path(directory) / "checkpoint.pickle"
    schedule = optax.warmup_cosine_decay_schedule(0, rate, min(1000, steps // 10), steps, rate * 1e-3)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=1e-5))
    sizes = network.sizes(training.base.shape[1], features=widths.features, step=widths.step)
    layers = network.initial(seed, {name: size for name, size in sizes.items() if not is_of_embedding(name)})
    average, state, done, spent = layers, optimiser.init(layers), 0, 0.0
    if checkpoint.exists():
        layers, average, state, done, spent = pickle.loads(checkpoint.read_bytes())
        log("# goes on at step %d" % done)
    every, kept = network.log_steps(steps), network.averaging(steps)
    step, begin, losses = make_step(optimiser, kept), time.monotonic(), []
    while done < steps:
        rng = numpy.random.default_rng([seed, done])
        for rows in rng.integers(len(training.y), size=(min(every, steps - done), BATCH)):
            progress(done + len(losses), steps)
            layers, average, state, value = step(layers, average, state, *training.at(rows))
            losses.append(value)
        done += len(losses)
        seconds = spent + time.monotonic() - begin
        progress(done, steps)
        values = {"step": done, "seconds": round(seconds), "loss": round(float(jnp.mean(jnp.stack(losses))), 4)}
        log(json.dumps({**values, **scores(average, held)}))
        losses = []
        part = checkpoint.with_suffix(".part")
        part.write_bytes(pickle.dumps(jax.device_get((layers, average, state, done, seconds))))
        part.rename(checkpoint)
    return jax.device_get(average)
