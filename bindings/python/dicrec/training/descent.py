# SPDX-License-Identifier: MIT
"""Descent of a small network on arrays that fit in memory."""

import jax
import jax.numpy as jnp
import numpy
import optax


def dense_layers(rng, prefix, widths):
    """Layers prefix.k of widths (in, ..., out), random, that keep the variance of their inputs."""
    layers = {}
    for k, (n_in, n_out) in enumerate(zip(widths, widths[1:])):
        layers["%s.%d.weight" % (prefix, k)] = jnp.asarray(rng.normal(0, (2 / n_in) ** 0.5, (n_out, n_in)), jnp.float32)
        layers["%s.%d.bias" % (prefix, k)] = jnp.zeros(n_out, jnp.float32)
    return layers


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
