# SPDX-License-Identifier: MIT
"""The forward networks in JAX, from conductances and noise to the pattern of what they fire, as docs/weights.md defines
them.

One network for neurons without noise, one for those with: of these the pattern of a train of limited length is
predicted. Both tell the classes apart, and give each number of the pattern with its own uncertainty, so that candidates
can be screened without a simulation.
"""

import json
import pickle
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy
import optax

from dicrec.spikes import PATTERN

from .forward_data import CLASSES
from .progress import no_progress
from .network import act, dense, random_layers
from .shared import SHARED, bias, layer, weight

KINDS = ("steady", "noisy")
#: Least standard deviation of each number: no capacity is spent on what is exact enough. Logarithms of intervals: 0.001.
FLOORS = {
    "mean_log": 0.01,
    "sd_log": 0.01,
    "log_sd_log": 0.3,
    "cv": 0.01,
    "lv": 0.02,
    "log_lv": 0.3,
    "lag_1": 0.05,
    "lag_2": 0.05,
    "burst_share": 0.01,
    "period_cv": 0.01,
    "burst_spikes": 0.003,
    "burst_spikes_sd": 0.05,
    "log_pause_sd": 0.01,
}
SD_FLOOR = numpy.array([FLOORS.get(name, 0.001) for name in PATTERN])
#: What regular spiking is told by; a number for each interval of a burst would only repeat the mean.
OF_SPIKING = tuple(PATTERN.index(name) for name in ("log_mean", "cv", "log_shortest", "log_longest"))
OFFSET_SHARE = 0.02  # of a conductance's mean; added before the logarithm, so that 0 is a conductance like any other
DEGREES = 4.0  # of freedom of Student's law: chaotic neurons have heavy tails


def names(kind):
    """Names of the layers of a network, the last one's among them."""
    return [layer(kind.upper(), k) for k in range(SHARED.FORWARD_HIDDEN + 1)]


def sizes(kind, n_in, hidden):
    """Widths of the layers: {name: (inputs, outputs)}."""
    first, *added, last = names(kind)
    widths = {first: (n_in, hidden), **{name: (hidden, hidden) for name in added}}
    widths[last] = (hidden, len(CLASSES) + 2 * len(PATTERN))
    return widths


def initial(seed, widths):
    """Layers to begin the training with; those that add to their input begin small."""
    first, last = list(widths)[0], list(widths)[-1]
    spread = lambda name: (1.0 if name == first else 0.5) * (0.1 if name == last else 1.0)
    return random_layers(numpy.random.default_rng(seed), widths, spread)


def membrane_inputs(conductances, dics, offset):
    """Features [n, 2 channels + 3]: logarithms of the conductances, the conductances, g_f, g_s and g_u at threshold."""
    return numpy.concatenate([numpy.log(conductances + offset), conductances, dics], axis=1)


def input_scales(neurons):
    """What the inputs are standardised by, the same for both networks."""
    offset = OFFSET_SHARE * neurons.conductances.mean(0)
    x = membrane_inputs(neurons.conductances, neurons.dics, offset)
    logs = numpy.log(neurons.duration[neurons.classes > 0])
    return {
        SHARED.FORWARD_OFFSET: offset,
        SHARED.FORWARD_CENTER: x.mean(0),
        SHARED.FORWARD_SCALE: numpy.maximum(x.std(0), 1e-6),
        SHARED.FORWARD_DURATION: numpy.array([logs.mean(), logs.std()]),
    }


def inputs(neurons, scales, kind, units):
    """Standardised inputs of a network; for noisy neurons with the noise and the duration of the train."""
    x = membrane_inputs(neurons.conductances, neurons.dics, scales[SHARED.FORWARD_OFFSET])
    x = (x - scales[SHARED.FORWARD_CENTER]) / scales[SHARED.FORWARD_SCALE]
    if kind == "noisy":
        place, (center, scale) = units.of_noise(neurons.noise)[:, 1], scales[SHARED.FORWARD_DURATION]
        duration = (numpy.log(neurons.duration) - center) / scale
        x = numpy.concatenate([x, place[:, None], duration[:, None]], axis=1)
    return numpy.clip(x, -SHARED.MOST_FORWARD, SHARED.MOST_FORWARD)


def raw(layers, kind, x):
    """Logits [n, 3], means [n, p] and logarithms of deviations [n, p], standardised."""
    first, *added, last = names(kind)
    h = act(dense(layers, first, x))
    for name in added:
        h = h + act(dense(layers, name, h))
    out = dense(layers, last, h)
    return jnp.split(out, (len(CLASSES), (len(CLASSES) + out.shape[1]) // 2), axis=1)


def loss(layers, kind, floor, x, activity, y, defined):
    """Mean negative log likelihood of classes and of the defined numbers."""
    logits, mean, log_sd = raw(layers, kind, x)
    log_sd = jnp.maximum(log_sd, floor)
    z = (y - mean) * jnp.exp(-log_sd)
    terms = log_sd + 0.5 * (DEGREES + 1) * jnp.log1p(z * z / DEGREES)
    entropy = optax.softmax_cross_entropy_with_integer_labels(logits, activity)
    return 3 * entropy.mean() + (terms * defined).sum() / len(x)


def prepare(neurons, scales, kind, units):
    """Standardised arrays (inputs, classes, numbers, masks) of one network, and centre and scale of its numbers."""
    x, y = inputs(neurons, scales, kind, units), neurons.patterns.copy()
    if kind == "steady":
        others = numpy.delete(numpy.arange(len(PATTERN)), OF_SPIKING)
        y[numpy.ix_(neurons.classes == 1, others)] = numpy.nan
    defined = numpy.isfinite(y)
    center, scale = center_and_scale(y)
    y = numpy.where(defined, (y - center) / scale, 0)
    arrays = (x.astype("f4"), neurons.classes, y.astype("f4"), defined.astype("f4"))
    return tuple(jnp.asarray(a) for a in arrays), center, scale


def center_and_scale(y):
    """Of each column's defined numbers; 0 and 1 where there are none, as of bursts where none are."""
    shown = numpy.isfinite(y).any(0)
    center, scale = numpy.zeros(y.shape[1]), numpy.ones(y.shape[1])
    center[shown], scale[shown] = numpy.nanmedian(y[:, shown], axis=0), numpy.nanstd(y[:, shown], axis=0)
    return center, numpy.where(scale > 0, scale, 1.0)


def draw(rng, shape, members, n):
    """Rows for batches: half of them from the members of the class, half from all n."""
    chosen = members[rng.integers(len(members), size=shape)]
    return numpy.where(rng.random(shape) < 0.5, chosen, rng.integers(n, size=shape))


def make_steps(optimiser, kind, arrays, floor):
    """A function that makes one step for each row of indices."""

    def step(carry, rows):
        layers, state = carry
        value, gradient = jax.value_and_grad(loss)(layers, kind, floor, *(a[rows] for a in arrays))
        updates, state = optimiser.update(gradient, state, layers)
        return (optax.apply_updates(layers, updates), state), value

    return jax.jit(lambda carry, rows: jax.lax.scan(step, carry, rows))


def held_out(n):
    """Rows to learn from and rows to be judged by."""
    order = numpy.random.default_rng(0).permutation(n)
    return order[n // 50 :], order[: n // 50]


def train(
    neurons, scales, kind, hidden, units, directory, seed, steps, batch=1024, rate=3e-3, log=print, progress=no_progress
):
    """Train the network of a kind; returns its layers in units of the data.

    Goes on from the directory's checkpoint.
    """
    arrays, center, scale = prepare(neurons, scales, kind, units)
    learn, judge = held_out(len(arrays[0]))
    training, held = [a[learn] for a in arrays], [a[judge] for a in arrays]
    floor = jnp.asarray(numpy.log(SD_FLOOR / scale), jnp.float32)
    schedule = optax.warmup_cosine_decay_schedule(0, rate, min(1000, steps // 10), steps, rate * 1e-3)
    optimiser = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(schedule, weight_decay=1e-5))
    layers = initial(seed, sizes(kind, arrays[0].shape[1], hidden))
    carry, done, spent = (layers, optimiser.init(layers)), 0, 0.0
    checkpoint = Path(directory) / ("forward_%s.pickle" % kind)
    if checkpoint.exists():
        carry, done, spent = pickle.loads(checkpoint.read_bytes())
        log("forward, %s: goes on at step %d" % (kind, done))
    run, evaluate = make_steps(optimiser, kind, training, floor), jax.jit(loss, static_argnums=1)
    members = numpy.flatnonzero(training[1] == CLASSES.index("bursting"))
    members = members if len(members) else numpy.arange(len(learn))
    begin, block = time.monotonic(), min(250, max(10, steps // 50))
    while done < steps:
        rng = numpy.random.default_rng([seed, done])
        carry, values = run(carry, draw(rng, (min(block, steps - done), batch), members, len(learn)))
        done += len(values)
        progress(done, steps)
        if done % (16 * block) == 0 or done == steps:
            value, judged = float(values.mean()), float(evaluate(carry[0], kind, floor, *held))
            seconds = spent + time.monotonic() - begin
            scores = {"loss": round(value, 4), "held_out": round(judged, 4)}
            log(json.dumps({"forward": kind, "step": done, "seconds": round(seconds), **scores}))
            part = checkpoint.with_suffix(".part")
            part.write_bytes(pickle.dumps(jax.device_get((carry, done, seconds))))
            part.rename(checkpoint)
    return unscaled(jax.device_get(carry[0]), names(kind)[-1], center, scale)


def unscaled(layers, last, center, scale):
    """Layers, of which the last gives means and standard deviations in units of the data."""
    layers = {name: numpy.array(value, dtype=float) for name, value in layers.items()}
    n = len(scale)
    mean, log_sd = slice(len(CLASSES), len(CLASSES) + n), slice(len(CLASSES) + n, None)
    layers[weight(last)][mean] *= scale[:, None]
    layers[bias(last)][mean] = layers[bias(last)][mean] * scale + center
    layers[bias(last)][log_sd] += numpy.log(scale)
    return layers


def tensors(scales, networks):
    """The forward networks' tensors of a weight file, from the scales of their inputs and the layers of each."""
    return {SHARED.FORWARD_LEAST_SPREAD: SD_FLOOR, **scales, **networks["steady"], **networks["noisy"]}
