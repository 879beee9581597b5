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

from .shared import SHARED, bias, layer, weight

WINDOW = 4
COMPONENTS = 12  # of the mixture
LATENT = 64  # numbers of the code
PARTS = 6  # of the law of a coordinate of the base draw
LOG_BOUNDS = (SHARED.LEAST_LOG, SHARED.MOST_LOG)


def sizes(n_coordinates, hidden=96, features=256, latent=LATENT, head=192, step=96):
    """Inputs and outputs of the layers, {name: (inputs, outputs)}."""
    widths = {
        layer("EMBED", 0): (2 * WINDOW, hidden),
        layer("EMBED", 1): (hidden, hidden),
        layer("CODE", 0): (2 * hidden + 1 + len(PATTERN), features),
        layer("CODE", 1): (features, features),
        layer("CODE", 2): (features, latent),
        layer("HEAD", 0): (latent, head),
        layer("HEAD", 1): (head, SHARED.HEAD_PER_PART * COMPONENTS),
    }
    for k in range(n_coordinates):
        widths[layer("FLOW", k, 0)] = (latent + SHARED.N_GIVEN + k, step)
        widths[layer("FLOW", k, 1)] = (step, step)
        widths[layer("FLOW", k, 2)] = (step, SHARED.FLOW_PER_PART * PARTS)
    return widths


def random_layers(rng, widths, spread=lambda name: 1.0):
    """Layers that keep the variance of their inputs, times a spread: {name of a tensor: weights [outputs, inputs] or
    biases [outputs]}."""
    layers = {}
    for name, (n_in, n_out) in widths.items():
        deviation = spread(name) * (2 / n_in) ** 0.5
        layers[weight(name)] = jnp.asarray(rng.normal(0, deviation, (n_out, n_in)), jnp.float32)
        layers[bias(name)] = jnp.zeros(n_out, jnp.float32)
    return layers


def is_step(name, k):
    """Whether a name is that of layer k of a coordinate."""
    return name.startswith(layer("FLOW", "")) and name.endswith(".%d" % k)


def initial(seed, widths):
    """Layers to begin the training with."""
    rng = numpy.random.default_rng(seed)
    last = lambda name: name == layer("HEAD", 1) or is_step(name, 2)
    added = lambda name: name == layer("CODE", 1) or is_step(name, 1)
    layers = random_layers(rng, widths, lambda name: 0.1 if last(name) else 0.5 if added(name) else 1.0)
    layers[bias(layer("HEAD", 1))] = jnp.asarray(head_bias(rng, COMPONENTS))
    for name in widths:
        if is_step(name, 2):
            layers[bias(name)] = jnp.asarray(step_bias(rng), jnp.float32)
    return layers


def averaging(steps):
    """What is kept at each step of the running mean of the layers: it reaches over a small part of the steps."""
    return min(0.9995, 1 - 20 / max(steps, 40))


def log_steps(steps):
    """Steps between lines of the log and checkpoints."""
    return max(100, min(2000, steps // 8))


def head_bias(rng, components):
    """Raw parameters of a mixture whose means are spread over the range."""
    raw = numpy.zeros((SHARED.HEAD_PER_PART, components), numpy.float32)
    raw[[SHARED.HEAD_MEAN_S, SHARED.HEAD_MEAN_U]] = rng.uniform(-0.8, 0.8, (2, components))
    raw[[SHARED.HEAD_LOG_L11, SHARED.HEAD_LOG_L22, SHARED.HEAD_NOISELESS]] = -1.0
    raw[SHARED.HEAD_NOISE_MEAN] = rng.uniform(-0.5, 0.5, components)
    return raw.ravel()


def step_bias(rng):
    """Raw parameters of a law whose means are spread."""
    raw = numpy.zeros((SHARED.FLOW_PER_PART, PARTS))
    raw[SHARED.FLOW_MEAN] = rng.uniform(-1, 1, PARTS)
    raw[SHARED.FLOW_LOG] = -0.5
    return raw.ravel()


def act(x):
    """A smooth step times x; square root and division alone."""
    return 0.5 * x * (1 + x * jax.lax.rsqrt(1 + x * x))


def dense(layers, name, x):
    return x @ layers[weight(name)].T + layers[bias(name)]


def pair(layers, kind, x):
    """Two layers of a kind, the activation between them."""
    return dense(layers, layer(kind, 1), act(dense(layers, layer(kind, 0), x)))


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
    h = act(dense(layers, layer("EMBED", 0), rows))
    h = h + act(dense(layers, layer("EMBED", 1), h))
    n = used[:, None].astype(x.dtype)
    mean = (h * mask).sum(1) / n
    variance = (jnp.square(h - mean[:, None, :]) * mask).sum(1) / n
    count = jnp.log(jnp.minimum(counts, scale[SHARED.MOST_COUNT])) - scale[SHARED.COUNT_CENTER]
    return jnp.concatenate(
        [mean, jnp.sqrt(variance + SHARED.VARIANCE_FLOOR), count[:, None] / scale[SHARED.COUNT_SCALE]], axis=1
    )


def standardised_pattern(pattern, scale):
    """Numbers of patterns [batch, n], as the network takes them; scale [2, n]: centre and scale."""
    return jnp.clip((pattern - scale[0]) / scale[1], -SHARED.MOST_NUMBER, SHARED.MOST_NUMBER)


def code(layers, features):
    """Latent code [batch, latent] of features."""
    h = act(dense(layers, layer("CODE", 0), features))
    h = h + act(dense(layers, layer("CODE", 1), h))
    return dense(layers, layer("CODE", 2), h)


def log_normal(z, log_deviation):
    return -0.5 * z * z - log_deviation - 0.5 * jnp.log(2 * jnp.pi)


def log_mixture(raw, y, some, place):
    """Log density of targets y [batch, 2], in standardised units, and of the noise, under mixtures of the head."""
    blocks = jnp.split(raw, SHARED.HEAD_PER_PART, axis=1)
    logits, mean_s, mean_u = (blocks[k] for k in (SHARED.HEAD_LOGIT, SHARED.HEAD_MEAN_S, SHARED.HEAD_MEAN_U))
    log_l11, l21, log_l22 = (blocks[k] for k in (SHARED.HEAD_LOG_L11, SHARED.HEAD_L21, SHARED.HEAD_LOG_L22))
    none, mean_z, log_z = (blocks[k] for k in (SHARED.HEAD_NOISELESS, SHARED.HEAD_NOISE_MEAN, SHARED.HEAD_NOISE_LOG))
    log_l11, log_l22 = jnp.clip(log_l11, *LOG_BOUNDS), jnp.clip(log_l22, *LOG_BOUNDS)
    log_z = jnp.clip(log_z, SHARED.LEAST_NOISE_LOG, SHARED.MOST_NOISE_LOG)
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
    blocks = jnp.split(raw, SHARED.FLOW_PER_PART, axis=1)
    logits, mean, log_deviation = (blocks[k] for k in (SHARED.FLOW_LOGIT, SHARED.FLOW_MEAN, SHARED.FLOW_LOG))
    log_deviation = jnp.clip(log_deviation, *LOG_BOUNDS)
    parts = jax.nn.log_softmax(logits, axis=1) + log_normal(
        (z[:, None] - mean) * jnp.exp(-log_deviation), log_deviation
    )
    return jax.nn.logsumexp(parts, axis=1)


def step(layers, k, latent, before):
    """Raw parameters [batch, blocks of parts] of the law of coordinate k, given the code and what was drawn before."""
    h = act(dense(layers, layer("FLOW", k, 0), jnp.concatenate([latent, before], axis=1)))
    h = h + act(dense(layers, layer("FLOW", k, 1), h))
    return dense(layers, layer("FLOW", k, 2), h)


def log_likelihoods(layers, features, y, noise, base):
    """Log density of members: of DICs y and noise [batch, 2] in standard units, of the base draw; [batch] each."""
    latent = code(layers, features)
    first = log_mixture(pair(layers, "HEAD", latent), y, noise[:, 0], noise[:, 1])
    before = jnp.concatenate([y, noise, base], axis=1)  # in the order of DICREC__GIVEN_S and what follows it
    laws = (step(layers, k, latent, before[:, : SHARED.N_GIVEN + k]) for k in range(base.shape[1]))
    rest = sum(log_step(law, base[:, k]) for k, law in enumerate(laws))
    return first, rest


def loss(layers, features, y, noise, base, weight):
    """Negative log likelihood of a batch."""
    first, rest = log_likelihoods(layers, features, y, noise, base)
    return -((first + rest) * weight).sum() / weight.sum()
