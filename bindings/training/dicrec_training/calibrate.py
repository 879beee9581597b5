# SPDX-License-Identifier: MIT
"""Calibration: how wide the posterior's parts are is set once more, on trains that it did not learn from.

A network that saw few trains for many steps is too sure of itself. Each block of logarithms of deviations gets one
number added, and the logits of the parts one factor, so that trains which were held out are as likely as can be.
"""

import jax.numpy as jnp
import numpy

from . import network
from .descent import descend
from .shared import SHARED, bias, layer, weight

#: Blocks of the head whose deviations are set.
HEAD_LOGS = (SHARED.HEAD_LOG_L11, SHARED.HEAD_LOG_L22, SHARED.HEAD_NOISE_LOG)


def changed(layers, wider):
    """Layers with the numbers added: wider [3 + coordinates], of the head's logarithms and of each coordinate's."""
    last = layer("HEAD", 1)
    blocks = numpy.zeros((SHARED.HEAD_PER_PART, len(HEAD_LOGS)), numpy.float32)
    blocks[HEAD_LOGS, range(len(HEAD_LOGS))] = 1
    n = len(layers[bias(last)]) // SHARED.HEAD_PER_PART
    made = {**layers, bias(last): layers[bias(last)] + jnp.repeat(blocks @ wider[: len(HEAD_LOGS)], n)}
    for k, added in enumerate(wider[len(HEAD_LOGS) :]):
        name = bias(layer("FLOW", k, 2))
        place = numpy.zeros(SHARED.FLOW_PER_PART, numpy.float32)
        place[SHARED.FLOW_LOG] = 1
        made[name] = layers[name] + jnp.repeat(place * added, len(layers[name]) // SHARED.FLOW_PER_PART)
    return made


def calibrated(layers, held, seed, log, steps=300):
    """Layers of code, head and flow with parts as wide as trains that were held out (train.Examples) ask for."""
    given = {name: jnp.asarray(value) for name, value in layers.items()}
    n = sum(weight(layer("FLOW", k, 2)) in layers for k in range(len(layers)))

    def loss(moved, *rows):
        return network.loss(changed(given, moved["wider"]), *rows)

    start = {"wider": jnp.zeros(len(HEAD_LOGS) + n)}
    wider = descend(loss, start, tuple(held), seed, steps, batch=min(1024, len(held.y)), rate=1e-2)["wider"]
    factors = numpy.exp(numpy.asarray(wider))
    log("# calibration: parts wider by %s" % ", ".join("%.3f" % factor for factor in factors))
    return {name: numpy.asarray(value) for name, value in changed(layers, jnp.asarray(wider)).items()}
