# SPDX-License-Identifier: MIT
"""The forward networks in JAX, from conductances to the statistics of what they fire, as docs/weights.md defines them.

One network for inputs that spike and one for inputs that burst: both tell the classes apart, each predicts the
statistics of its own class alone. For each statistic it gives the mean of the logarithm and its own uncertainty, so
that candidates can be screened without a simulation.
"""

import json
import pickle
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy
import optax

from dicrec.spikes import ACTIVITIES

from .forward_data import STATISTICS
from .network import act, dense, random_layers

CLASSES = len(ACTIVITIES)
#: Whose natural logarithms are predicted, in this order; a network for spiking has the first four.
OUTPUTS = (
    "isi_mean_ms",
    "isi_cv",
    "isi_min_ms",
    "isi_max_ms",
    "spikes_per_burst",
    "burst_period_ms",
    "burst_duration_ms",
)
N_OUTPUTS = {"spiking": 4, "bursting": 7}
#: Least standard deviation of each: no capacity is spent on what is exact enough.
SD_FLOOR = numpy.array([0.003, 0.05, 0.005, 0.005, 0.01, 0.003, 0.01])
CV_FLOOR = 0.01
OFFSET_SHARE = 0.02  # of a conductance's mean; added before the logarithm, so that 0 is a conductance like any other
INPUT_LIMIT = 5.0  # of standardised inputs: nothing is extrapolated far
DEGREES = 4.0  # of freedom of Student's law: chaotic neurons have heavy tails


def sizes(n_in, n_outputs, hidden=144, depth=3):
    """Widths of the layers: {name: (inputs, outputs)}."""
    widths = {"layer.0": (n_in, hidden)}
    widths.update({"layer.%d" % k: (hidden, hidden) for k in range(1, depth)})
    widths["layer.%d" % depth] = (hidden, CLASSES + 2 * n_outputs)
    return widths


def initial(seed, widths):
    """Layers to begin the training with; those that add to their input begin small."""
    first, last = list(widths)[0], list(widths)[-1]
    spread = lambda name: (1.0 if name == first else 0.5) * (0.1 if name == last else 1.0)
    return random_layers(numpy.random.default_rng(seed), widths, spread)


def inputs(conductances, dics, offset):
    """Features [n, 2 channels + 3]: logarithms of the conductances, the conductances, g_f, g_s and g_u at threshold."""
    return numpy.concatenate([numpy.log(conductances + offset), conductances, dics[:, :3]], axis=1)


def targets(statistics):
    """Class [n], logarithms [n, outputs] and which of them are defined [n, outputs]."""
    column = {name: statistics[:, k] for k, name in enumerate(STATISTICS)}
    column["isi_cv"] = numpy.maximum(column["isi_cv"], CV_FLOOR)
    column["burst_period_ms"] = 1000 / column["burst_hz"]
    y = numpy.log(numpy.stack([column[name] for name in OUTPUTS], axis=1))
    defined = numpy.isfinite(y)
    return column["activity"].astype(numpy.int32), numpy.where(defined, y, 0), defined


def raw(layers, x):
    """Logits [n, 3], means [n, outputs] and logarithms of standard deviations [n, outputs], standardised."""
    last = len(layers) // 2 - 1
    h = act(dense(layers, "layer.0", x))
    for k in range(1, last):
        h = h + act(dense(layers, "layer.%d" % k, h))
    out = dense(layers, "layer.%d" % last, h)
    return jnp.split(out, (CLASSES, (CLASSES + out.shape[1]) // 2), axis=1)


def loss(layers, floor, x, activity, y, defined):
    """Mean negative log likelihood of classes and of the defined statistics."""
    logits, mean, log_sd = raw(layers, x)
    log_sd = jnp.maximum(log_sd, floor)
    z = (y - mean) * jnp.exp(-log_sd)
    terms = log_sd + 0.5 * (DEGREES + 1) * jnp.log1p(z * z / DEGREES)
    entropy = optax.softmax_cross_entropy_with_integer_labels(logits, activity)
    return entropy.mean() + (terms * defined).sum() / len(x)


def input_scales(data):
    """What the inputs are standardised by, the same for both networks."""
    offset = OFFSET_SHARE * data["conductances"].mean(0)
    x = inputs(data["conductances"], data["dics"], offset)
    return {"offset": offset, "center": x.mean(0), "scale": x.std(0)}


def prepare(data, scales, kind):
    """Standardised arrays (inputs, classes, targets, masks) of one network, and centre and scale of its targets."""
    x = (inputs(data["conductances"], data["dics"], scales["offset"]) - scales["center"]) / scales["scale"]
    x = numpy.clip(x, -INPUT_LIMIT, INPUT_LIMIT)
    activity, y, defined = targets(data["statistics"])
    n = N_OUTPUTS[kind]
    y, defined = y[:, :n], defined[:, :n] & (activity == ACTIVITIES.index(kind))[:, None]
    center = numpy.array([column[mask].mean() for column, mask in zip(y.T, defined.T)])
    scale = numpy.array([column[mask].std() for column, mask in zip(y.T, defined.T)])
    y = numpy.where(defined, (y - center) / scale, 0)
    arrays = (x.astype("f4"), activity, y.astype("f4"), defined.astype("f4"))
    return tuple(jnp.asarray(a) for a in arrays), center, scale


def draw(rng, shape, members, n):
    """Rows for batches: half of them from the members of the class, half from all n."""
    chosen = members[rng.integers(len(members), size=shape)]
    return numpy.where(rng.random(shape) < 0.5, chosen, rng.integers(n, size=shape))


def make_steps(optimiser, arrays, floor):
    """A function that makes one step for each row of indices."""

    def step(carry, rows):
        layers, state = carry
        value, gradient = jax.value_and_grad(loss)(layers, floor, *(a[rows] for a in arrays))
        updates, state = optimiser.update(gradient, state, layers)
        return (optax.apply_updates(layers, updates), state), value

    return jax.jit(lambda carry, rows: jax.lax.scan(step, carry, rows))


def held_out(n):
    """Rows to learn from and rows to be judged by."""
    order = numpy.random.default_rng(0).permutation(n)
    return order[n // 50 :], order[: n // 50]


def train(data, scales, kind, directory, seed, steps, batch=1024, rate=3e-3, hidden=144, depth=3, log=print):
    """Train the network of a class; returns its layers in units of the data.

    Goes on from the directory's checkpoint.
    """
    arrays, center, scale = prepare(data, scales, kind)
    learn, judge = held_out(len(arrays[0]))
    training, held = [a[learn] for a in arrays], [a[judge] for a in arrays]
    floor = jnp.asarray(numpy.log(SD_FLOOR[: len(scale)] / scale), jnp.float32)
    schedule = optax.warmup_cosine_decay_schedule(0, rate, min(1000, steps // 10), steps, rate * 1e-3)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=1e-5))
    layers = initial(seed, sizes(arrays[0].shape[1], len(scale), hidden, depth))
    carry, done, spent = (layers, optimiser.init(layers)), 0, 0.0
    checkpoint = Path(directory) / ("forward_%s.pickle" % kind)
    if checkpoint.exists():
        carry, done, spent = pickle.loads(checkpoint.read_bytes())
        log("forward, %s: goes on at step %d" % (kind, done))
    run, evaluate = make_steps(optimiser, training, floor), jax.jit(loss)
    members = numpy.flatnonzero(training[1] == ACTIVITIES.index(kind))
    begin, block = time.monotonic(), 250
    while done < steps:
        rng = numpy.random.default_rng([seed, done])
        carry, values = run(carry, draw(rng, (min(block, steps - done), batch), members, len(learn)))
        done += len(values)
        if done % (16 * block) == 0 or done == steps:
            value, judged = float(values.mean()), float(evaluate(carry[0], floor, *held))
            seconds = spent + time.monotonic() - begin
            log(json.dumps({"forward": kind, "step": done, "seconds": round(seconds), "loss": round(value, 4),
                            "held_out": round(judged, 4)}))
            part = checkpoint.with_suffix(".part")
            part.write_bytes(pickle.dumps(jax.device_get((carry, done, seconds))))
            part.rename(checkpoint)
    return unscaled(jax.device_get(carry[0]), center, scale)


def unscaled(layers, center, scale):
    """Layers that give means and standard deviations in units of the data."""
    layers = {name: numpy.array(value, dtype=float) for name, value in layers.items()}
    last, n = "layer.%d" % (len(layers) // 2 - 1), len(scale)
    mean, log_sd = slice(CLASSES, CLASSES + n), slice(CLASSES + n, None)
    layers[last + ".weight"][mean] *= scale[:, None]
    layers[last + ".bias"][mean] = layers[last + ".bias"][mean] * scale + center
    layers[last + ".bias"][log_sd] += numpy.log(scale)
    return layers


def tensors(scales, networks):
    """Tensors forward.* of a weight file, from the input scales and {kind: layers}."""
    named = {"input." + key: value for key, value in scales.items()}
    for kind, layers in networks.items():
        named.update({"%s.%s" % (kind, name): value for name, value in layers.items()})
    return {"forward." + name: value for name, value in named.items()}
