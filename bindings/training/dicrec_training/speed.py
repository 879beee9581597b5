# SPDX-License-Identifier: MIT
"""How fast this machine trains: a few steps of each network on made-up numbers."""

import os
import time

import jax
import numpy
import optax

from dicrec.spikes import PATTERN

from . import forward, network, plan, train
from .derive import WIDTHS, Speed
from .embed import is_of_embedding
from .shared import layer

N_ROWS, N_STEPS = 4096, 60


def processors():
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def posterior(n_coordinates, widths):
    """Steps per second of the posterior."""
    rng = numpy.random.default_rng(0)
    sizes = network.sizes(n_coordinates, features=widths.features, step=widths.step)
    layers = network.initial(0, {name: size for name, size in sizes.items() if not is_of_embedding(name)})
    draw = lambda n: rng.normal(0, 0.3, (N_ROWS, n)).astype("f4")
    noise = numpy.stack([rng.integers(2, size=N_ROWS), rng.uniform(-1, 1, N_ROWS)], axis=1).astype("f4")
    rows = (draw(sizes[layer("CODE", 0)][0]), draw(2), noise, draw(n_coordinates), numpy.ones(N_ROWS, "f4"))
    given, optimiser = train.Examples(*rows), optax.adamw(1e-4)
    step, average, state = train.make_step(optimiser, 0.99), layers, optimiser.init(layers)

    def go(n):
        nonlocal layers, average, state
        for chosen in rng.integers(N_ROWS, size=(n, train.BATCH)):
            layers, average, state, value = step(layers, average, state, *given.at(chosen))
        return jax.block_until_ready(value)

    return rate(go)


def of_forward(kind, n_channels, hidden):
    """Steps per second of a forward network."""
    rng, n_in = numpy.random.default_rng(0), 2 * n_channels + 3 + 2 * (kind == "noisy")
    layers = forward.initial(0, forward.sizes(kind, n_in, hidden))
    x, y = rng.normal(size=(N_ROWS, n_in)).astype("f4"), rng.normal(size=(N_ROWS, len(PATTERN))).astype("f4")
    arrays = (x, rng.integers(3, size=N_ROWS).astype("i4"), y, numpy.ones_like(y))
    optimiser = optax.adamw(1e-4)
    steps = forward.make_steps(optimiser, kind, tuple(map(jax.numpy.asarray, arrays)), numpy.full(y.shape[1], -3, "f4"))
    carry = layers, optimiser.init(layers)
    return rate(lambda n: jax.block_until_ready(steps(carry, rng.integers(N_ROWS, size=(N_STEPS, 1024)))))


def rate(go):
    """Steps per second of go(n), once it is compiled."""
    go(N_STEPS)
    begin = time.perf_counter()
    go(N_STEPS)
    return N_STEPS / (time.perf_counter() - begin)


def measured(model, n_coordinates):
    """The Speed of this machine for a model's networks."""
    widths = plan.Widths(**WIDTHS)
    of = lambda kind: of_forward(kind, len(model.channels), getattr(widths, kind))
    return Speed(posterior(n_coordinates, widths), of("steady"), of("noisy"), processors())
