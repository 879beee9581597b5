# SPDX-License-Identifier: MIT
"""What the support is measured by, as docs/weights.md defines it: how far a train's features lie from those of the
training trains, and how surely a small network tells them from unlike trains."""

import jax.numpy as jnp
import numpy
import optax

from . import examples, network, unlike
from .descent import descend_pair
from .shared import SHARED, layer, weight

AXES, PROTOTYPES, HIDDEN, LEVELS = 48, 256, 64, 512
#: Of what counts as the model's trains, how many are long recordings.
LONG_SHARE = 0.05


def collect(reader, batches, n, change=lambda times: times):
    """Features, then the code, of at least n random windows of trains, changed, float [rows, f]; of none, if there are
    too few trains for a batch."""
    found, n_found = [], 0
    while n_found < n:
        before = n_found
        for pooled, pattern, _ in examples.views(reader.layers, batches, change):
            given = examples.features(pooled, pattern, reader.pattern_scale)
            found.append(numpy.concatenate([given, numpy.asarray(network.code(reader.layers, given))], axis=1))
            n_found += len(given)
            if n_found >= n:
                break
        if n_found == before:
            break
    return (
        numpy.concatenate(found)
        if found
        else numpy.empty((0, len(reader.layers[weight(layer("CODE", 0))].T) + network.LATENT))
    )


def whitening(rows, axes):
    """Mean [f] and projection [axes, f] onto unit variance along the leading principal axes.

    Axes along which training trains hardly differ weigh as much as the others: they are what unusual trains are
    found by.
    """
    mean = rows.mean(0)
    centred = rows - mean
    values, vectors = numpy.linalg.eigh(centred.T @ centred / len(rows))
    order = numpy.argsort(values)[::-1]
    values, vectors = values[order], vectors[:, order]
    return mean, (vectors[:, :axes] / numpy.sqrt(values[:axes] + 1e-6 * values[0])).T


def clusters(points, n, seed, rounds=15):
    """Prototypes [n, axes] of the points, by k-means."""
    centres = points[numpy.random.default_rng(seed).choice(len(points), n, replace=False)]
    for _ in range(rounds):
        nearest = assign(points, centres)[0]
        sums = numpy.zeros_like(centres)
        numpy.add.at(sums, nearest, points)
        counts = numpy.bincount(nearest, minlength=n)[:, None]
        centres = numpy.where(counts > 0, sums / numpy.maximum(counts, 1), centres)
    return centres


def assign(points, centres):
    """Index of the nearest centre and squared distance to it, for each point."""
    index, squared, norms = [], [], (centres**2).sum(1)
    for part in numpy.array_split(points, max(1, len(points) // 4096)):
        d = (part**2).sum(1)[:, None] - 2 * part @ centres.T + norms
        index.append(d.argmin(1))
        squared.append(d.min(1))
    return numpy.concatenate(index), numpy.maximum(numpy.concatenate(squared), 0)


def logit(layers, rows):
    """How surely rows [n, f] are of the model: log odds against unlike trains [n]."""
    return network.pair(layers, "SUPPORT", rows)[:, 0]


def tell_apart(like, strange, seed, steps):
    """Layers of the network behind `logit`."""
    rows = numpy.concatenate([like, strange])
    labels = numpy.concatenate([numpy.ones(len(like)), numpy.zeros(len(strange))]).astype(numpy.float32)

    def loss(layers, x, y):
        return optax.sigmoid_binary_cross_entropy(logit(layers, x), y).mean()

    return descend_pair(loss, "SUPPORT", (HIDDEN, 1), rows, labels, seed, steps, least_spread=1e-3)


def share_above(table, values):
    """Share of the sample behind a table of its quantiles that lies above each value; its upper tail is exponential."""
    n = len(table)
    share = 1 - numpy.interp(values, table, (numpy.arange(n) + 0.5) / n, 0)
    beyond = numpy.maximum(values - table[-1], 0) / (table[-1] - table[-1 - n // SHARED.TAIL_PART])
    return share * numpy.exp(-beyond)


def fit(reader, batches, long_batches, others, seed, n, steps):
    """The support's tensors of a weight file; half of the training trains fit, half calibrate.

    reader : examples.Reader; batches, long_batches : windows of the model's trains; others : of another model's.
    """
    rng = numpy.random.default_rng(seed)
    n_long = round(2 * n * LONG_SHARE)
    like = numpy.concatenate([collect(reader, batches, 2 * n - n_long), collect(reader, long_batches, n_long)[:n_long]])
    strange = [
        collect(reader, batches, n * 2 // 3, lambda times: unlike.make(times, rng)),
        collect(reader, others, n // 3),
    ]
    order = rng.permutation(len(like))
    fitted, held = like[order[: len(like) // 2]], like[order[len(like) // 2 :]]
    mean, projection = whitening(fitted.astype(float), AXES)
    centres = clusters((fitted - mean) @ projection.T, PROTOTYPES, seed)
    told = tell_apart(fitted, numpy.concatenate(strange), seed, steps)
    levels = (numpy.arange(LEVELS) + 0.5) / LEVELS
    distance, odds = assign((held - mean) @ projection.T, centres)[1], -numpy.asarray(logit(told, jnp.asarray(held)))
    far, odd = numpy.quantile(distance, levels), numpy.quantile(odds, levels)
    least = numpy.minimum(share_above(far, distance), share_above(odd, odds))
    return {
        **told,
        SHARED.SUPPORT_MEAN: mean,
        SHARED.SUPPORT_PROJECTION: projection,
        SHARED.SUPPORT_PROTOTYPES: centres,
        SHARED.SUPPORT_DISTANCES: far,
        SHARED.SUPPORT_ODDS: odd,
        SHARED.SUPPORT_LEAST: numpy.quantile(least, levels),
    }
