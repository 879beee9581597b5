# SPDX-License-Identifier: MIT
"""Training by likelihood, with checkpoints and a log."""

import json
import pickle
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy
import optax

from . import network
from .batches import Batches


def scales(data):
    """Offset and scale of the log intervals and of the log counts over trains."""
    logs, counts = numpy.log(data["intervals"]), numpy.log(data["counts"])
    return numpy.array([logs.mean(), logs.std(), counts.mean(), counts.std()], dtype=numpy.float32)


def split(data, share):
    """The last `share` of the trains, and the rest."""
    n = len(data["counts"])
    order = numpy.random.default_rng(0).permutation(n)
    cut = int(n * share)
    return select(data, order[cut:]), select(data, order[:cut])


def select(data, rows):
    starts = numpy.concatenate([[0], numpy.cumsum(data["counts"])])
    chosen = {key: value[rows] for key, value in data.items() if key not in ("intervals",)}
    chosen["intervals"] = numpy.concatenate([data["intervals"][starts[r] : starts[r + 1]] for r in rows])
    return chosen


def make_step(optimiser, scale):
    @jax.jit
    def step(layers, average, state, x, counts, y):
        value, gradient = jax.value_and_grad(network.loss)(layers, x, counts, y, scale)
        updates, state = optimiser.update(gradient, state, layers)
        layers = optax.apply_updates(layers, updates)
        average = jax.tree.map(lambda a, b: 0.9995 * a + 0.0005 * b, average, layers)
        return layers, average, state, value

    return step


def evaluate(layers, batches, scale, loss):
    return float(numpy.mean([loss(layers, *b, scale) for b in batches]))


def train(data, target, directory, seed, steps, batch=128, rate=1e-3, cut_share=0.25, log=print):
    """Train on `data`; returns the averaged layers and the input scale. Goes on from the directory's checkpoint."""
    directory = Path(directory)
    training, held = split(data, 0.02)
    scale = scales(training)
    batches = Batches(training, scale, target, batch, cut_share, seed)
    validation = list(Batches(held, scale, target, batch, 0.0, 0).epoch())
    schedule = optax.warmup_cosine_decay_schedule(0, rate, min(1000, steps // 10), steps, rate * 1e-3)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=1e-5))
    layers = network.initial(seed, network.sizes())
    average, state, done, spent = layers, optimiser.init(layers), 0, 0.0
    checkpoint = directory / "checkpoint.pickle"
    if checkpoint.exists():
        layers, average, state, done, spent = pickle.loads(checkpoint.read_bytes())
        log("goes on at step %d" % done)
    step, loss = make_step(optimiser, scale), jax.jit(network.loss)
    begin, losses = time.monotonic(), []
    while done < steps:
        for x, counts, y in batches.epoch():
            layers, average, state, value = step(layers, average, state, x, counts, y)
            losses.append(value)
            done += 1
            if done % 1000 == 0 or done == steps:
                held_out = evaluate(average, validation, scale, loss)
                seconds = spent + time.monotonic() - begin
                log(json.dumps({"step": done, "seconds": round(seconds), "loss": round(float(jnp.mean(jnp.stack(losses))), 4),
                                "held_out": round(held_out, 4)}))
                losses = []
                if done % 2000 == 0 or done == steps:
                    part = checkpoint.with_suffix(".part")
                    part.write_bytes(pickle.dumps(jax.device_get((layers, average, state, done, seconds))))
                    part.rename(checkpoint)
            if done >= steps:
                break
    return jax.device_get(average), scale
