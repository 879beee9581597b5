# SPDX-License-Identifier: MIT
"""What the support score is measured by: how far a train's features lie from those of the training trains."""

import numpy


def whitening(features, axes):
    """Mean [f] and projection [axes, f] onto unit variance along the leading principal axes.

    Axes along which training trains hardly differ weigh as much as the others: they are what unusual trains are
    found by.
    """
    mean = features.mean(0)
    centred = features - mean
    covariance = centred.T @ centred / len(features)
    values, vectors = numpy.linalg.eigh(covariance)
    order = numpy.argsort(values)[::-1]
    values, vectors = values[order], vectors[:, order]
    kept = vectors[:, :axes] / numpy.sqrt(values[:axes] + 1e-6 * values[0])
    return mean, kept.T


def clusters(points, n, seed, rounds=15):
    """Prototypes [n, axes] of the points, by k-means."""
    rng = numpy.random.default_rng(seed)
    centres = points[rng.choice(len(points), n, replace=False)]
    for _ in range(rounds):
        nearest = assign(points, centres)[0]
        for k in range(n):
            members = points[nearest == k]
            if len(members):
                centres[k] = members.mean(0)
    return centres


def assign(points, centres):
    """Index of the nearest centre and squared distance to it, for each point."""
    index, squared = [], []
    norms = (centres**2).sum(1)
    for part in numpy.array_split(points, max(1, len(points) // 4096)):
        d = (part**2).sum(1)[:, None] - 2 * part @ centres.T + norms
        index.append(d.argmin(1))
        squared.append(d.min(1))
    return numpy.concatenate(index), numpy.maximum(numpy.concatenate(squared), 0)


def fit(features, axes=48, n_prototypes=512, n_quantiles=512, seed=0):
    """The tensors support.* of a weight file, from the features of training trains; half fit, half calibrate."""
    rng = numpy.random.default_rng(seed)
    order = rng.permutation(len(features))
    half = len(features) // 2
    fitted, held = features[order[:half]], features[order[half:]]
    mean, projection = whitening(fitted, axes)
    centres = clusters((fitted - mean) @ projection.T, n_prototypes, seed)
    distance = assign((held - mean) @ projection.T, centres)[1]
    levels = (numpy.arange(n_quantiles) + 0.5) / n_quantiles
    return {
        "mean": mean,
        "projection": projection,
        "prototypes": centres,
        "quantiles": numpy.quantile(distance, levels),
    }
