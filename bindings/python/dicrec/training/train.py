# SPDX-License-Identifier: MIT
"""Training by likelihood, with checkpoints and a log."""

import json
import pickle
import time
from pathlib import Path
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy
import optax

from . import faults, network
from .batches import LONGEST, SHORTEST_MS, Batches

N_HELD = 10_000  # trains that are kept back, to follow the training
LOG_STEPS = 2000
WHOLE_MS = (1e6, 1e6)  # windows longer than any train


def scales(data):
    """Tensor input.scale: offset and scale of the log intervals and of the log counts, shortest interval, most."""
    logs, counts = numpy.log(data["intervals"]), numpy.log(numpy.minimum(data["counts"], LONGEST))
    values = [logs.mean(), logs.std(), counts.mean(), counts.std(), SHORTEST_MS, LONGEST]
    return numpy.array(values, dtype=numpy.float32)


def split(data, n_held):
    """Data without `n_held` trains, and these."""
    order = numpy.random.default_rng(0).permutation(len(data["counts"]))
    return select(data, numpy.sort(order[n_held:])), select(data, order[:n_held])


def select(data, rows):
    """The trains of some rows, in their order."""
    counts = data["counts"][rows]
    starts = (numpy.cumsum(data["counts"]) - data["counts"])[rows]
    chosen = {key: value[rows] for key, value in data.items() if key != "intervals"}
    within = numpy.arange(counts.sum()) - numpy.repeat(numpy.cumsum(counts) - counts, counts)
    chosen["intervals"] = data["intervals"][numpy.repeat(starts, counts) + within]
    return chosen


def make_step(optimiser, scale):
    @jax.jit
    def step(layers, average, state, x, counts, weight, y):
        value, gradient = jax.value_and_grad(network.loss)(layers, x, counts, weight, y, scale)
        updates, state = optimiser.update(gradient, state, layers)
        layers = optax.apply_updates(layers, updates)
        average = jax.tree.map(lambda a, b: 0.9995 * a + 0.0005 * b, average, layers)
        return layers, average, state, value

    return step


def validation(held, scale, target):
    """Batches of trains that were kept back: as training meets them, and whole and without faults."""
    sets = {"held_out": Batches(held, scale, target, 0), "whole": Batches(held, scale, target, 0, faults.NONE, WHOLE_MS)}
    return {name: [(*batch, batches.y[rows]) for *batch, rows in batches.epoch()] for name, batches in sets.items()}


def evaluate(layers, batches, loss):
    return round(float(numpy.average([loss(layers, *b) for b in batches], weights=[len(b[1]) for b in batches])), 4)


class Variant(NamedTuple):
    """How a network is trained, other than the published ones: to learn what limits these."""

    share: float = 1.0  # of the trains; those kept back are the same
    width: float = 1.0  # of the layers
    whole_and_clean: bool = False  # trains without noise alone, whole, without faults


def make_batches(training, scale, target, seed, variant):
    if variant.whole_and_clean:
        clean = select(training, numpy.flatnonzero(training["noise"] == 0))
        return Batches(clean, scale, target, seed, faults.NONE, WHOLE_MS)
    chosen = numpy.random.default_rng(seed).random(len(training["counts"])) < variant.share
    return Batches(select(training, numpy.flatnonzero(chosen)), scale, target, seed)


def train(data, target, directory, seed, steps, rate=2e-3, variant=Variant(), log=print):
    """Train on `data`; returns the averaged layers and the input scale. Goes on from the directory's checkpoint."""
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    checkpoint = directory / "checkpoint.pickle"
    training, held = split(data, N_HELD)
    scale = scales(training)
    batches, held = make_batches(training, scale, target, seed, variant), validation(held, scale, target)
    schedule = optax.warmup_cosine_decay_schedule(0, rate, min(1000, steps // 10), steps, rate * 1e-3)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=1e-5))
    layers = network.initial(seed, network.sizes(variant.width))
    average, state, done, spent = layers, optimiser.init(layers), 0, 0.0
    if checkpoint.exists():
        layers, average, state, done, spent = pickle.loads(checkpoint.read_bytes())
        log("# goes on at step %d" % done)
    step, loss = make_step(optimiser, scale), jax.jit(lambda layers, *batch: network.mean_loss(layers, *batch, scale))
    begin, losses = time.monotonic(), []
    while done < steps:
        for *batch, rows in batches.epoch():
            layers, average, state, value = step(layers, average, state, *batch, batches.y[rows])
            losses.append(value)
            done += 1
            if done % LOG_STEPS == 0 or done == steps:
                seconds = spent + time.monotonic() - begin
                scores = {name: evaluate(average, kept, loss) for name, kept in held.items()}
                values = {"step": done, "seconds": round(seconds), "loss": round(float(jnp.mean(jnp.stack(losses))), 4)}
                log(json.dumps({**values, **scores}))
                losses = []
                part = checkpoint.with_suffix(".part")
                part.write_bytes(pickle.dumps(jax.device_get((layers, average, state, done, seconds))))
                part.rename(checkpoint)
            if done >= steps:
                break
    return jax.device_get(average), scale
