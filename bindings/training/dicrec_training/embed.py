# SPDX-License-Identifier: MIT
"""Learning the embedding of the intervals: its two layers, trained together with a code and a head that are
thrown away, on raw intervals."""

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
from .progress import no_progress
from .shared import SHARED, layer

NOMINAL_BATCH = 128


def is_of_embedding(name):
    return name.startswith(SHARED.LAYER_EMBED)


def loss(layers, x, counts, weight, y, noise, scale):
    """Negative log likelihood of DICs and noise of a batch, summed: every train weighs the same, however many there
    are."""
    latent = network.code(layers, network.pooled(layers, x, counts, scale))
    likelihood = network.log_mixture(network.pair(layers, "HEAD", latent), y, noise[:, 0], noise[:, 1])
    return -(likelihood * weight).sum() / NOMINAL_BATCH


def widths_without_pattern(features):
    widths = network.sizes(0, features=features)
    first = layer("CODE", 0)
    widths[first] = (2 * widths[layer("EMBED", 0)][1] + 1, widths[first][1])
    return widths


def make_step(optimiser, scale, kept):
    @jax.jit
    def step(layers, average, state, *batch):
        value, gradient = jax.value_and_grad(loss)(layers, *batch, scale)
        updates, state = optimiser.update(gradient, state, layers)
        layers = optax.apply_updates(layers, updates)
        average = jax.tree.map(lambda a, b: kept * a + (1 - kept) * b, average, layers)
        return layers, average, state, value

    return step


def train(data, scale, units, plan, directory, seed, steps, start=None, rate=2e-3, log=print, progress=no_progress):
    """The layers of the embedding, after steps of batches of windows of trains. Goes on from the directory's checkpoint.

    start : layers to begin with.
    """
    checkpoint = Path(directory) / "embedding.pickle"
    batches = Batches(data, scale, units, plan.windows_ms, seed)
    noise = units.of_noise(data["noise"]).astype(numpy.float32)
    schedule = optax.warmup_cosine_decay_schedule(0, rate, min(1000, steps // 10), steps, rate * 1e-3)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=1e-5))
    layers = {**network.initial(seed, widths_without_pattern(plan.widths.features)), **(start or {})}
    average, state, done, spent = layers, optimiser.init(layers), 0, 0.0
    if checkpoint.exists():
        layers, average, state, done, spent = pickle.loads(checkpoint.read_bytes())
        log("# the embedding goes on at step %d" % done)
    every, kept = network.log_steps(steps), network.averaging(steps)
    step, begin, losses = make_step(optimiser, scale, kept), time.monotonic(), []
    while done < steps:
        for x, counts, weight, rows in batches.epoch():
            weight = weight * data["weight"][rows]
            layers, average, state, value = step(
                layers, average, state, x, counts, weight, batches.y[rows], noise[rows]
            )
            losses.append(value)
            done += 1
            progress(done, steps)
            if done % every == 0 or done == steps:
                seconds = spent + time.monotonic() - begin
                values = {"embedding": done, "seconds": round(seconds)}
                log(json.dumps({**values, "loss": round(float(jnp.mean(jnp.stack(losses))), 4)}))
                losses = []
                part = checkpoint.with_suffix(".part")
                part.write_bytes(pickle.dumps(jax.device_get((layers, average, state, done, seconds))))
                part.rename(checkpoint)
            if done >= steps:
                break
    return {name: numpy.asarray(value) for name, value in average.items() if is_of_embedding(name)}
