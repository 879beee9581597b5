# SPDX-License-Identifier: MIT
"""Descent of a small network on arrays that fit in memory."""

import jax
import numpy
import optax

from .network import random_layers
from .shared import bias, layer, weight


def descend(loss, layers, arrays, seed, steps, batch=512, rate=2e-3):
    """Layers after `steps` of random batches of the rows of arrays; loss(layers, *rows) is a mean over rows."""
    rng = numpy.random.default_rng(seed)
    optimiser = optax.adam(optax.cosine_decay_schedule(rate, steps))
    state = optimiser.init(layers)

    @jax.jit
    def step(layers, state, *rows):
        updates, state = optimiser.update(jax.grad(loss)(layers, *rows), state)
        return optax.apply_updates(layers, updates), state

    for _ in range(steps):
        rows = rng.integers(len(arrays[0]), size=batch)
        layers, state = step(layers, state, *(array[rows] for array in arrays))
    return jax.device_get(layers)


def descend_pair(loss, kind, widths, rows, answers, seed, steps, least_spread=0.0):
    """The two layers of a kind, of widths (hidden, outputs), that answer rows [n, f]; loss(layers, rows, answers).

    Rows are standardised for the descent; in the layers that are returned this is part of the first.
    """
    mean, spread = rows.mean(0), rows.std(0) + least_spread
    first = layer(kind, 0)
    shapes = {first: (rows.shape[1], widths[0]), layer(kind, 1): widths}
    start = random_layers(numpy.random.default_rng(seed), shapes)
    layers = descend(loss, start, ((rows - mean) / spread, answers), seed, steps)
    scaled = layers[weight(first)] / spread
    return {**layers, weight(first): scaled, bias(first): layers[bias(first)] - scaled @ mean}
