# SPDX-License-Identifier: MIT
"""The estimator's network in JAX, as docs/weights.md defines it and lib/estimator and lib/network compute it.

Intervals become features (pooled units of windows, and the firing pattern), features a code, and the code a law over
members: a mixture over the DICs and the noise, and coordinate by coordinate the base draw, each given all before it.
"""

import jax
import jax.numpy as jnp
import numpy
from jax.scipy.special import erf

from dicrec.spikes import PATTERN

from .simulate import NOISE_RANGE

WINDOW = 4
COMPONENTS = 12  # of the mixture
PER_COMPONENT = 9  # logit; means of g_s and g_u; ln L11, L21, ln L22; logit of no noise; mean and ln deviation of noise
LATENT = 64  # numbers of the code
PARTS = 6  # of the law of a coordinate of the base draw
PATTERN_LIMIT = 10.0  # of the standardised numbers of the pattern
N_BEFORE = 4  # what every coordinate is given: g_s, g_u, whether there is noise, its logarithm
LOG_BOUNDS = (-9.0, 5.0)  # of logarithms of deviations, in training


def sizes(n_coordinates, hidden=96, features=256, latent=LATENT, head=192, step=96):
    """Inputs and outputs of the layers, {name: (inputs, outputs)}."""
    widths = {
        "embed.0": (2 * WINDOW, hidden),
        "embed.1": (hidden, hidden),
        "code.0": (2 * hidden + 1 + len(PATTERN), features),
        "code.1": (features, features),
        "code.2": (features, latent),
        "head.0": (latent, head),
        "head.1": (head, PER_COMPONENT * COMPONENTS),
    }
    for k in range(n_coordinates):
        widths["flow.%d.0" % k] = (latent + N_BEFORE + k, step)
        widths["flow.%d.1" % k] = (step, step)
        widths["flow.%d.2" % k] = (step, 3 * PARTS)
    return widths


def random_layers(rng, widths, spread=lambda name: 1.0):
    """Layers {name.weight: [outputs, inputs], name.bias: [outputs]} that keep the variance of their inputs, times a
    spread."""
    layers = {}
    for name, (n_in, n_out) in widths.items():
        deviation = spread(name) * (2 / n_in) ** 0.5
        layers[name + ".weight"] = jnp.asarray(rng.normal(0, deviation, (n_out, n_in)), jnp.float32)
        layers[name + ".bias"] = jnp.zeros(n_out, jnp.float32)
    return layers


def n_coordinates(layers):
    """Coordinates of the base draw that a network tells."""
    return sum(name.startswith("flow.") and name.endswith(".0.weight") for name in layers)


def initial(seed, widths):
    """Layers to begin the training with."""
    rng = numpy.random.default_rng(seed)
    last = lambda name: name == "head.1" or (name.startswith("flow.") and name.endswith(".2"))
    added = lambda name: name == "code.1" or (name.startswith("flow.") and name.endswith(".1"))
    layers = random_layers(rng, widths, lambda name: 0.1 if last(name) else 0.5 if added(name) else 1.0)
    layers["head.1.bias"] = jnp.asarray(head_bias(rng, COMPONENTS))
    for name in widths:
        if name.startswith("flow.") and last(name):
            layers[name + ".bias"] = jnp.asarray(numpy.repeat([0.0, 0.0, 0.0], PARTS) + step_bias(rng), jnp.float32)
    return layers


def head_bias(rng, components):
    """Raw parameters [9 components] of a mixture whose means are spread over the range."""
    bias = numpy.zeros((PER_COMPONENT, components), numpy.float32)
    bias[1:3] = rng.uniform(-0.8, 0.8, (2, components))
    bias[3] = bias[5] = -1.0
    bias[6] = -1.0
    bias[7] = rng.uniform(-0.5, 0.5, components)
    return bias.ravel()


def step_bias(rng):
    """Raw parameters [3 parts] of a law whose means are spread."""
    bias = numpy.zeros((3, PARTS))
    bias[1] = rng.uniform(-1, 1, PARTS)
    bias[2] = -0.5
    return bias.ravel()


def act(x):
    """A smooth step times x; square root and division alone."""
    return 0.5 * x * (1 + x * jax.lax.rsqrt(1 + x * x))


def dense(layers, name, x):
    return x @ layers[name + ".weight"].T + layers[name + ".bias"]


def pair(layers, name, x):
    """Layers name.0 and name.1, the activation between them."""
    return dense(layers, name + ".1", act(dense(layers, name + ".0", x)))


def pooled(layers, x, counts, scale):
    """Mean and spread of units over windows of standardised log intervals, and the standardised log count.

    x : [batch, length], absent intervals at the end; counts : [batch], how many are present.
    """
    length = x.shape[1]
    present = (jnp.arange(length)[None, :] < counts[:, None]).astype(x.dtype)
    x = x * present
    n_windows = max(length - WINDOW + 1, 1)
    slices = [slice(k, k + n_windows) for k in range(WINDOW)]
    rows = jnp.stack([x[:, s] for s in slices] + [present[:, s] for s in slices], axis=-1)
    used = jnp.maximum(counts - WINDOW + 1, 1)
    mask = (jnp.arange(n_windows)[None, :] < used[:, None]).astype(x.dtype)[..., None]
    h = act(dense(layers, "embed.0", rows))
    h = h + act(dense(layers, "embed.1", h))
    n = used[:, None].astype(x.dtype)
    mean = (h * mask).sum(1) / n
    variance = (jnp.square(h - mean[:, None, :]) * mask).sum(1) / n
    count = (jnp.log(jnp.minimum(counts, scale[5])) - scale[2]) / scale[3]
    return jnp.concatenate([mean, jnp.sqrt(variance + 1e-6), count[:, None]], axis=1)


def standardised_pattern(pattern, scale):
    """Numbers of patterns [batch, n], as the network takes them; scale [2, n]: centre and scale."""
    return jnp.clip((pattern - scale[0]) / scale[1], -PATTERN_LIMIT, PATTERN_LIMIT)


def code(layers, features):
    """Latent code [batch, latent] of features."""
    h = act(dense(layers, "code.0", features))
    h = h + act(dense(layers, "code.1", h))
    return dense(layers, "code.2", h)


def standardised_noise(noise):
    """Whether there is noise, and its logarithm: -1 and 1 at the ends of the trained range, 0 without any."""
    low, high = numpy.log(NOISE_RANGE)
    some = noise > 0
    place = (2 * jnp.log(jnp.where(some, noise, 1.0)) - low - high) / (high - low)
    return some.astype(jnp.float32), jnp.where(some, place, 0.0)


def log_normal(z, log_deviation):
    return -0.5 * z * z - log_deviation - 0.5 * jnp.log(2 * jnp.pi)


def log_mixture(raw, y, some, place):
    """Log density of targets y [batch, 2], in standardised units, and of the noise, under mixtures of the head."""
    logits, mean_s, mean_u, log_l11, l21, log_l22, none, mean_z, log_z = jnp.split(raw, PER_COMPONENT, axis=1)
    log_l11, log_l22 = jnp.clip(log_l11, *LOG_BOUNDS), jnp.clip(log_l22, *LOG_BOUNDS)
    log_z = jnp.clip(log_z, -5.0, 3.0)
    a = (y[:, :1] - mean_s) * jnp.exp(-log_l11)
    b = (y[:, 1:] - mean_u - l21 * a) * jnp.exp(-log_l22)
    deviation, some = jnp.exp(log_z), some[:, None]
    below = lambda edge: erf((edge - mean_z) / deviation * 0.5**0.5)
    inside = jnp.log(0.5 * (below(1.0) - below(-1.0)) + 1e-6)
    noisy = log_normal((place[:, None] - mean_z) / deviation, log_z) - inside - jax.nn.softplus(none)
    noise = some * noisy - (1 - some) * jax.nn.softplus(-none)
    parts = jax.nn.log_softmax(logits, axis=1) + log_normal(a, log_l11) + log_normal(b, log_l22) + noise
    return jax.nn.logsumexp(parts, axis=1)


def log_step(raw, z):
    """Log density of a coordinate z [batch] under mixtures of a step of the flow."""
    logits, mean, log_deviation = jnp.split(raw, 3, axis=1)
    log_deviation = jnp.clip(log_deviation, *LOG_BOUNDS)
    parts = jax.nn.log_softmax(logits, axis=1) + log_normal(
        (z[:, None] - mean) * jnp.exp(-log_deviation), log_deviation
    )
    return jax.nn.logsumexp(parts, axis=1)


def step(layers, k, latent, before):
    """Raw parameters [batch, 3 parts] of the law of coordinate k, given the code and what was drawn before."""
    name = "flow.%d." % k
    h = act(dense(layers, name + "0", jnp.concatenate([latent, before], axis=1)))
    h = h + act(dense(layers, name + "1", h))
    return dense(layers, name + "2", h)


def log_likelihoods(layers, features, y, noise, base):
    """Log density of members: of DICs and noise, of the base draw; [batch] each."""
    latent = code(layers, features)
    some, place = standardised_noise(noise)
    first = log_mixture(pair(layers, "head", latent), y, some, place)
    before = jnp.concatenate([y, some[:, None], place[:, None], base], axis=1)
    rest = sum(log_step(step(layers, k, latent, before[:, : N_BEFORE + k]), base[:, k]) for k in range(base.shape[1]))
    return first, rest


def loss(layers, features, y, noise, base, weight):
    """Negative log likelihood of a batch."""
    first, rest = log_likelihoods(layers, features, y, noise, base)
    return -((first + rest) * weight).sum() / weight.sum()
