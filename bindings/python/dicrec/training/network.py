# SPDX-License-Identifier: MIT
"""The estimator's network in JAX, as docs/weights.md defines it and lib/estimator/network.c computes it."""

import jax
import jax.numpy as jnp
import numpy

WINDOW = 4
NOMINAL_BATCH = 128


def sizes(width=1.0, latent=24, components=8):
    """Inputs and outputs of the layers, {name: (inputs, outputs)}; with width 1 those of the published networks."""
    hidden, code, head = (round(width * n) for n in (96, 256, 256))
    return {
        "embed.0": (2 * WINDOW, hidden),
        "embed.1": (hidden, hidden),
        "code.0": (2 * hidden + 1, code),
        "code.1": (code, latent),
        "head.0": (latent, head),
        "head.1": (head, 6 * components),
    }


def random_layers(rng, widths, spread=lambda name: 1.0):
    """Layers {name.weight: [outputs, inputs], name.bias: [outputs]} that keep the variance of their inputs, times a
    spread."""
    layers = {}
    for name, (n_in, n_out) in widths.items():
        deviation = spread(name) * (2 / n_in) ** 0.5
        layers[name + ".weight"] = jnp.asarray(rng.normal(0, deviation, (n_out, n_in)), jnp.float32)
        layers[name + ".bias"] = jnp.zeros(n_out, jnp.float32)
    return layers


def initial(seed, widths):
    """Layers to begin the training with."""
    rng = numpy.random.default_rng(seed)
    layers = random_layers(rng, widths, lambda name: 0.1 if name == "head.1" else 1.0)
    layers["head.1.bias"] = jnp.asarray(head_bias(rng, widths["head.1"][1] // 6))
    return layers


def head_bias(rng, components):
    """Raw parameters [6 components] of a mixture whose means are spread over the range."""
    bias = numpy.zeros(6 * components, numpy.float32)
    bias[components : 3 * components] = rng.uniform(-0.8, 0.8, 2 * components)
    bias[3 * components : 4 * components] = bias[5 * components :] = -1.0
    return bias


def act(x):
    """A smooth step times x; square root and division alone."""
    return 0.5 * x * (1 + x * jax.lax.rsqrt(1 + x * x))


def dense(layers, name, x):
    return x @ layers[name + ".weight"].T + layers[name + ".bias"]


def pair(layers, name, x):
    """Layers name.0 and name.1, the activation between them."""
    return dense(layers, name + ".1", act(dense(layers, name + ".0", x)))


def features(layers, x, counts):
    """Pooled windows of standardised log intervals.

    x : [batch, length], absent intervals at the end; counts : [batch], how many are present.
    Returns pooled [batch, 2 hidden + 1] without the count's standardisation, which the caller appends.
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
    return jnp.concatenate([mean, jnp.sqrt(variance + 1e-6)], axis=1)


def code(layers, pooled):
    """Latent code [batch, latent] of pooled values with the standardised count."""
    return pair(layers, "code", pooled)


def head(layers, latent):
    """Raw parameters of the mixture, [batch, 6 components]."""
    return pair(layers, "head", latent)


def log_likelihood(raw, y):
    """Log density of targets y [batch, 2], in standardised units, under the mixtures."""
    logits, mean_s, mean_u, log_l11, l21, log_l22 = jnp.split(raw, 6, axis=1)
    log_l11, log_l22 = jnp.clip(log_l11, -9, 5), jnp.clip(log_l22, -9, 5)
    a = (y[:, :1] - mean_s) * jnp.exp(-log_l11)
    b = (y[:, 1:] - mean_u - l21 * a) * jnp.exp(-log_l22)
    parts = jax.nn.log_softmax(logits, axis=1) - 0.5 * (a * a + b * b) - log_l11 - log_l22 - jnp.log(2 * jnp.pi)
    return jax.nn.logsumexp(parts, axis=1)


def pooled_with_count(layers, x, counts, scale):
    """Features with the standardised logarithm of the count, as the code takes them."""
    count = (jnp.log(jnp.minimum(counts, scale[5])) - scale[2]) / scale[3]
    return jnp.concatenate([features(layers, x, counts), count[:, None]], axis=1)


def log_likelihoods(layers, x, counts, y, scale):
    return log_likelihood(head(layers, code(layers, pooled_with_count(layers, x, counts, scale))), y)


def loss(layers, x, counts, weight, y, scale):
    """Negative log likelihood of a batch, summed: every train weighs the same, however many a batch holds."""
    return -(log_likelihoods(layers, x, counts, y, scale) * weight).sum() / NOMINAL_BATCH


def mean_loss(layers, x, counts, weight, y, scale):
    """Mean negative log likelihood of the trains of a batch."""
    return -(log_likelihoods(layers, x, counts, y, scale) * weight).sum() / jnp.maximum(weight.sum(), 1)


@jax.jit
def pooled_and_latent(layers, x, counts, scale):
    """Pooled values and code of a batch, for the support."""
    pooled = pooled_with_count(layers, x, counts, scale)
    return pooled, code(layers, pooled)
