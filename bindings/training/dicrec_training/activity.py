# SPDX-License-Identifier: MIT
"""What neurons do without noise, and the DICs of silent ones: data and fits for the tensors class.* and silent.*.

Each neuron is simulated twice, with noise and without: the network reads the noisy train and learns to tell what the
neuron would do by itself.
"""

import warnings

import jax.numpy as jnp
import numpy
import optax

import dicrec
from dicrec.spikes import CLASSES

from . import examples, network
from .batches import Batches
from .descent import descend, descend_pair
from .shared import SHARED
from .progress import no_progress
from .simulate import draw_neurons, fill_shards
from .train import select

#: Longest coefficient of variation of the burst period of a neuron that bursts regularly.
REGULAR_PERIOD_CV = 0.25


def class_of(train):
    """Index into CLASSES of a train without noise."""
    statistics = dicrec.Spikes(train).statistics()
    if statistics.activity != "bursting":
        return CLASSES.index(statistics.activity)
    too_few = 1 <= statistics.n_bursts <= 2  # nothing is known of their regularity
    regular = too_few or statistics.burst_period_cv <= REGULAR_PERIOD_CV
    return CLASSES.index("bursting" if regular else "irregular")


def make_twins(model, noise_range, seed, index, dt, n):
    """Arrays of n neurons, silent ones too: trains under noise, and the class without."""
    neurons = draw_neurons(model, noise_range, seed, index, n)
    run = lambda **options: dicrec.simulate(model, neurons.conductances, solver="ensemble", dt=dt, threads=1, **options)
    noisy, clean = run(noise=neurons.noise, seed=neurons.seed), run()
    whole = (noisy.status == 0) & (clean.status == 0)
    trains = [s for s, w in zip(noisy.spikes, whole) if w]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dicrec.DicrecWarning)  # silent trains
        classes = [class_of(s) for s, w in zip(clean.spikes, whole) if w]
    return {
        "intervals": numpy.concatenate([numpy.diff(s) for s in trains]).astype(numpy.float32),
        "counts": numpy.array([max(len(s) - 1, 0) for s in trains], dtype=numpy.int32),
        "dics": neurons.dics[whole].astype(numpy.float32),
        "noise": neurons.noise[whole].astype(numpy.float32),
        "classes": numpy.array(classes, dtype=numpy.int32),
    }


def make_data(model, plan, shards, seed, log, threads=1, progress=no_progress):
    """Simulate pairs into shards; what is there already is kept."""

    def make(index, n):
        arrays = make_twins(model, plan.noise_range, seed, index, plan.dt_ms, n)
        shares = numpy.bincount(arrays["classes"], minlength=len(CLASSES)) / len(arrays["classes"])
        return arrays, ", ".join("%.3f %s" % pair for pair in zip(shares, CLASSES))

    fill_shards(shards, make, log, threads, progress)


def logits(layers, codes):
    """Of the classes of neurons, [n, 4], from their codes."""
    return network.pair(layers, "CLASS", codes)


def fit_classes(reader, twins, units, windows, seed, steps, n_passes=4, hidden=32):
    """Layers class.0 and class.1, from windows of trains with noise and the class without."""
    twins = select(twins, numpy.flatnonzero(twins["counts"] >= 2))
    batches, codes, classes = Batches(twins, reader.scale, units, windows, seed), [], []
    for _ in range(n_passes):
        for pooled, pattern, rows in examples.views(reader.layers, batches):
            given = examples.features(pooled, pattern, reader.pattern_scale)
            codes.append(numpy.asarray(network.code(reader.layers, given)))
            classes.append(twins["classes"][rows])
    codes, classes = numpy.concatenate(codes), numpy.concatenate(classes)

    def loss(layers, x, y):
        return optax.softmax_cross_entropy_with_integer_labels(logits(layers, x), y).mean()

    return descend_pair(loss, "CLASS", (hidden, len(CLASSES)), codes, classes, seed, steps)


def fit_silent(twins, units, seed, steps, components=4):
    """Tensor silent.mixture: the law of DICs and noise of neurons that fire fewer than three spikes."""
    silent = twins["counts"] < 2
    silent = silent if silent.any() else numpy.ones_like(silent)  # none is: then this is never asked for
    y = units.of_dics(twins["dics"][silent]).astype(numpy.float32)
    noise = units.of_noise(twins["noise"][silent]).astype(numpy.float32)
    start = network.head_bias(numpy.random.default_rng(seed), components)

    def loss(layers, y, noise):
        raw = jnp.broadcast_to(layers["raw"], (len(y), len(start)))
        return -network.log_mixture(raw, y, noise[:, 0], noise[:, 1]).mean()

    fitted = descend(loss, {"raw": jnp.asarray(start)}, (y, noise), seed, steps, rate=1e-2)
    return {SHARED.SILENT_MIXTURE: fitted["raw"]}
