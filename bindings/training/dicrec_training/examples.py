# SPDX-License-Identifier: MIT
"""Examples to learn from: random windows of trains with faults, each as the features that the network takes.

The embedding of the intervals is given: it comes from a weight file, or from dicrec_training.embed. What is left to
train takes rows of numbers.
"""

from typing import NamedTuple

import jax
import numpy

import dicrec
from dicrec.spikes import PATTERN

from . import network
from .batches import as_read, standardised
from .progress import no_progress
from .shared import SHARED

pooled = jax.jit(network.pooled)


class Reader(NamedTuple):
    """What reads trains: layers, the scale of their inputs, and centre and scale of the numbers of a pattern [2, n]."""

    layers: dict
    scale: numpy.ndarray
    pattern_scale: numpy.ndarray


def patterns(times):
    """Patterns [rows, n] of ascending times [rows, m], absent ones infinite, at least three present."""
    rows = numpy.empty((len(times), len(PATTERN)), numpy.float32)
    for row, train in zip(rows, times):
        present = train[numpy.isfinite(train)]
        row[:] = dicrec.Spikes(present - present[0]).pattern()
    return rows


def views(layers, batches, change=lambda times: times):
    """One pass over the trains: (pooled values [n, p], patterns [n, q], rows [n]) of each batch."""
    for times, size, rows in batches.windows_of_times():
        times = as_read(change(times), batches.scale[SHARED.RESOLUTION])
        x, counts, weight = standardised(times, size, batches.scale)
        good = weight > 0
        yield numpy.asarray(pooled(layers, x, counts, batches.scale))[good], patterns(times[good, : size + 1]), rows[
            good
        ]


def collect(layers, batches, n_passes, progress=no_progress):
    """All views of some passes: pooled values, patterns, rows."""
    parts, n, total = [], 0, n_passes * len(batches.counts)
    for _ in range(n_passes):
        for view in views(layers, batches):
            parts.append(view)
            n += len(view[2])
            progress(min(n, total), total)
    return tuple(numpy.concatenate(column) for column in zip(*parts))


def pattern_scale(rows):
    """Centre and scale [2, n] of patterns, by quantiles, since some numbers have long tails."""
    low, middle, high = numpy.quantile(rows[:: max(1, len(rows) // 100_000)], (0.1, 0.5, 0.9), axis=0)
    return numpy.stack([middle, numpy.maximum(0.4 * (high - low), 0.02)]).astype(numpy.float32)


def features(pooled_values, pattern, scale):
    """What the code is made of, [n, p + q]."""
    return numpy.concatenate([pooled_values, numpy.asarray(network.standardised_pattern(pattern, scale))], axis=1)
