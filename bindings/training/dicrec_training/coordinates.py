# SPDX-License-Identifier: MIT
"""The coordinates of a member beside its DICs and its noise, as docs/weights.md defines them.

A base draw is a leak, and free conductances that are uniform in their ranges once they are divided by it. Each is told
by a number that is standard normal over the base draws.
"""

import numpy

#: Shares of a range are kept this far inside of it.
EDGE = 1e-6


def free_channels(model):
    """Channels that the base draw draws, by index, without the leak."""
    low, high = model.ranges.T
    return [c for c in range(len(model.channels)) if high[c] > low[c] and c != leak_channel(model)]


def leak_channel(model):
    return model.leak_index


def base_coordinates(model, base):
    """Coordinates [n, 1 + free channels] of base draws [n, channels]: of the leak, then of the free channels."""
    from scipy.special import ndtri  # pilots do without

    low, high = model.ranges.T
    leak = leak_channel(model)
    mean = 0.5 * (low[leak] + high[leak])
    factor = base[:, leak] / mean
    shape = 12 * (mean / (high[leak] - low[leak])) ** 2
    # Wilson and Hilferty 1931: the cube root of a gamma number is nearly normal
    columns = [3 * shape**0.5 * (numpy.cbrt(factor) - 1 + 1 / (9 * shape))]
    for c in free_channels(model):
        share = (base[:, c] / factor - low[c]) / (high[c] - low[c])
        columns.append(ndtri(numpy.clip(share, EDGE, 1 - EDGE)))
    return numpy.stack(columns, axis=1)
