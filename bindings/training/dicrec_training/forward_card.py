# SPDX-License-Identifier: MIT
"""Section of the model card on the forward networks, from neurons that training never saw."""

import numpy
from safetensors.numpy import load_file

import dicrec
from dicrec.spikes import PATTERN

from . import forward, forward_data, heldout
from .shared import SHARED
from .units import units_in

INTRODUCTION = """
## Forward networks

What the networks predict of neurons that training never saw, made in the same way and simulated with the finer step.
Class: share of all these neurons whose class the network tells. Error: of the n neurons that show the number, relative.
Inside: share of the logarithms that are less than one predicted scale off; 0.63 is expected of Student's law with 4
degrees of freedom, more where the scale is at its floor.

| neurons | class | n | mean interval: error, median and mean; inside | n | first interval of a burst | n | pause after it |
|---|---|---|---|---|---|---|---|
"""
SHOWN = tuple(PATTERN.index(name) for name in ("log_mean", "log_in_burst_1", "log_pause"))


def predictions(tensors, kind, neurons):
    """Class told [n], means [n, p] and logarithms of the scales [n, p] by the network of a kind."""
    x = forward.inputs(neurons, tensors, kind, units_in(tensors)).astype(numpy.float32)
    logits, mean, log_scale = (numpy.asarray(part) for part in forward.raw(tensors, kind, x))
    return logits.argmax(1), mean, numpy.maximum(log_scale, numpy.log(tensors[SHARED.FORWARD_LEAST_SPREAD]))


def forward_line(tensors, kind, label, neurons):
    told, mean, log_scale = predictions(tensors, kind, neurons)
    cells = [label, "%.3f" % (told == neurons.classes).mean()]
    for k in SHOWN:
        kept = numpy.isfinite(neurons.patterns[:, k]) & (neurons.classes > 0)
        off = numpy.abs(mean[kept, k] - neurons.patterns[kept, k])
        error = numpy.expm1(off)
        inside = (off < numpy.exp(log_scale[kept, k])).mean()
        cells += ["%d" % kept.sum(), "%.4f, %.4f; %.2f" % (numpy.median(error), error.mean(), inside)]
    return "| %s |\n" % " | ".join(cells)


def forward_section(plan, weights, n):
    """Scores of the forward networks; nothing if the file has none."""
    tensors, model = load_file(weights), dicrec.Model(plan.model)
    if not any(key.startswith(SHARED.FORWARD) for key in tensors):
        return ""
    lines = ""
    for label, kind, noise in (
        ("clean", "steady", 0.0),
        ("noise 1 uA/cm2", "noisy", 1.0),
        ("noise 5 uA/cm2", "noisy", 5.0),
    ):
        neurons = forward_data.of_data(model, heldout.neurons(plan, noise, n), heldout.SEED)
        lines += forward_line(tensors, kind, label, neurons)
    return INTRODUCTION + lines
