# SPDX-License-Identifier: MIT
"""The units that the networks compute in: DICs and noise, standardised."""

from typing import NamedTuple

import numpy

from .shared import SHARED


class Units(NamedTuple):
    """Centre and scale [2] of the DICs, and the least and the most noise, uA/cm2."""

    center: numpy.ndarray
    scale: numpy.ndarray
    noise_range: tuple

    def of_dics(self, dics):
        """Of DICs [n, 2]: -1 and 1 at the ends of the trained range."""
        return (dics - self.center) / self.scale

    def of_noise(self, noise):
        """Of noise [n]: whether there is any, and its logarithm: -1 and 1 at the ends of the trained range, 0 without
        any; [n, 2]."""
        low, high = numpy.log(numpy.asarray(self.noise_range, dtype=float))
        some = noise > 0
        place = (2 * numpy.log(numpy.where(some, noise, 1.0)) - low - high) / (high - low)
        return numpy.stack([some, numpy.where(some, place, 0.0)], axis=1)


def units_of(model, plan):
    """Units of a plan of a model, by the ranges that it trains on."""
    low, high = numpy.array(model.dic_range).T
    return Units((low + high) / 2, (high - low) / 2, plan.noise_range)


def units_in(tensors):
    """Units of a weight file, from its tensors."""
    return Units(*(tensors[name] for name in (SHARED.TARGET_CENTER, SHARED.TARGET_SCALE, SHARED.NOISE_RANGE)))
