# SPDX-License-Identifier: MIT
"""The networks of a weight file as training computes them, in JAX, in double precision."""

import sys

import jax

jax.config.update("jax_enable_x64", True)

import numpy
from safetensors.numpy import load_file

from dicrec_training import batches, examples, forward, network, units
from dicrec_training.forward_data import Neurons
from dicrec_training.shared import SHARED, layer, weight

#: DICs, noise and coordinates that base draws are asked for, as in network_outputs.c.
GIVEN = (0.25, -0.5, 1.0, 0.125, 0.5, -0.5, 1.0, -1.0, 0.0, 0.0, 0.0)
#: Intervals that trains are filled up to, and intervals of all trains at once: few shapes, each compiled once.
SIZES, AT_ONCE = (16, 128, 512, batches.LONGEST), 40_000


def padded(trains):
    """Some trains at a time as rows of like length: size, their indices, and times with absent ones infinite."""
    for shortest, size in zip((0,) + SIZES, SIZES):
        every, n = [i for i, train in enumerate(trains) if shortest < len(train) - 1 <= size], AT_ONCE // size
        for first in range(0, len(every), n):
            rows = every[first : first + n]
            times = numpy.full((n, size + 1), numpy.inf)
            for row, i in zip(times, rows + rows[-1:] * (n - len(rows))):
                row[: len(trains[i])] = trains[i]
            yield size, rows, times


def of_trains(tensors, trains):
    """Code, numbers of the head, logits of the classes and laws of the coordinates of a base draw of each train."""
    scale = tensors[SHARED.INPUT_SCALE]
    pattern_scale = numpy.stack([tensors[SHARED.PATTERN_CENTER], tensors[SHARED.PATTERN_SCALE]])
    n_steps = sum(weight(layer("FLOW", k, 0)) in tensors for k in range(len(GIVEN) - SHARED.N_GIVEN + 1))
    found = [None] * len(trains)
    for size, rows, times in padded(trains):
        read = batches.as_read(times, scale[SHARED.RESOLUTION])
        x, counts, _ = batches.standardised(read, size, scale)
        pooled = examples.pooled(tensors, x.astype(float), counts, scale)
        code = network.code(tensors, examples.features(pooled, examples.patterns(read), pattern_scale))
        given = numpy.tile(GIVEN, (len(code), 1))
        heads = [network.pair(tensors, kind, code) for kind in ("HEAD", "CLASS")]
        laws = [network.step(tensors, k, code, given[:, : SHARED.N_GIVEN + k]) for k in range(n_steps)]
        outputs = numpy.concatenate([code, *heads, *laws], axis=1)
        for i, row in zip(rows, outputs):
            found[i] = row
    return numpy.array(found)


def of_sets(tensors, sets):
    """Logarithms of the classes' probabilities, means and logarithms of scales of each conductance set."""
    n_channels, sets = len(tensors[SHARED.FORWARD_OFFSET]), numpy.array(sets)
    noise, nothing = sets[:, -2], numpy.zeros(len(sets))
    neurons = Neurons(sets[:, :n_channels], sets[:, n_channels:-2], noise, nothing, nothing, sets[:, -1])
    least, found = numpy.log(tensors[SHARED.FORWARD_LEAST_SPREAD]), []
    for kind in forward.KINDS:
        x = forward.inputs(neurons, tensors, kind, units.units_in(tensors))
        logits, mean, log_scale = forward.raw(tensors, kind, x)
        classes = numpy.maximum(jax.nn.log_softmax(logits), numpy.log(sys.float_info.min))
        found.append(numpy.concatenate([classes, mean, numpy.maximum(log_scale, least)], axis=1))
    return numpy.where(noise[:, None] > 0, found[1], found[0])


def outputs(path, trains, sets):
    """What network_outputs.c says, of a weight file."""
    tensors = {name: value.astype(float) for name, value in load_file(path).items()}
    return of_trains(tensors, trains), of_sets(tensors, sets)
