# SPDX-License-Identifier: MIT
"""Section of the model card on the forward networks, from neurons that training never saw."""

import numpy
from safetensors.numpy import load_file

from dicrec.spikes import ACTIVITIES

from . import forward, forward_data
from .heldout import SEED

INTRODUCTION = """
## Forward networks

What the networks predict of %d neurons that training never saw (%s), made in the same way and
simulated without noise at the default step. Class: share of all these neurons whose class the network tells. Error: of
the n neurons of the network's own class, relative. Inside: share of the logarithms that are less than one predicted
scale off; 0.63 is expected of Student's law with 4 degrees of freedom, more where the scale is at its floor.

| network | n | class | error of the mean interval: median, mean | inside | error of spikes per burst: median, mean | inside |
|---|---|---|---|---|---|---|
"""


def predictions(tensors, kind, shard):
    """Class told [n], means of the logarithms [n, outputs] and logarithms of their scales by the network of a class."""
    scales = {key: tensors["forward.input." + key] for key in ("offset", "center", "scale")}
    x = forward.inputs(shard["conductances"], shard["dics"], scales["offset"])
    x = numpy.clip((x - scales["center"]) / scales["scale"], -forward.INPUT_LIMIT, forward.INPUT_LIMIT)
    prefix = "forward.%s." % kind
    layers = {name[len(prefix) :]: value for name, value in tensors.items() if name.startswith(prefix)}
    logits, mean, log_scale = (numpy.asarray(part) for part in forward.raw(layers, x))
    return logits.argmax(1), mean, numpy.maximum(log_scale, numpy.log(forward.SD_FLOOR[: mean.shape[1]]))


def forward_line(tensors, kind, shard):
    told, mean, log_scale = predictions(tensors, kind, shard)
    activity, logarithms, defined = forward.targets(shard["statistics"])
    own = activity == ACTIVITIES.index(kind)
    cells = [kind, "%d" % own.sum(), "%.3f" % (told == activity).mean()]
    for name in ("isi_mean_ms", "spikes_per_burst"):
        k = forward.OUTPUTS.index(name)
        if k >= mean.shape[1]:
            cells += ["", ""]
            continue
        kept = own & defined[:, k]
        off = numpy.abs(mean[kept, k] - logarithms[kept, k])
        error = numpy.expm1(off)
        cells += ["%.4f, %.4f" % (numpy.median(error), error.mean()), "%.2f" % (off < numpy.exp(log_scale[kept, k])).mean()]
    return "| %s |\n" % " | ".join(cells)


def forward_section(model, weights, n):
    """Scores of the forward networks; nothing if the file has none."""
    tensors = load_file(weights)
    if not any(name.startswith("forward.") for name in tensors):
        return ""
    rng = numpy.random.default_rng([SEED, 3])  # a number that no trains of heldout have
    targets = forward_data.uniform_targets(model, rng, n)
    shard = forward_data.make_shard(model, targets, int(rng.integers(2**63)), None)
    counts = numpy.bincount(shard["statistics"][:, 0].astype(int), minlength=len(ACTIVITIES))
    words = ", ".join("%d %s" % (count, name) for count, name in zip(counts, ACTIVITIES))
    lines = [forward_line(tensors, kind, shard) for kind in forward.N_OUTPUTS]
    return INTRODUCTION % (counts.sum(), words) + "".join(lines)
