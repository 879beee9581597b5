# SPDX-License-Identifier: MIT
"""What the forward networks learn from: conductances, noise and DICs of neurons, and the pattern of what they fire."""

from typing import NamedTuple

import numpy

import dicrec
from dicrec.spikes import ACTIVITIES, PATTERN

CLASSES = ACTIVITIES  # that the networks tell apart
#: Numbers of the pattern that are told of every train; the others are of trains with a whole burst.
OF_EVERY_TRAIN = PATTERN.index("burst_share")
#: Numbers that are logarithms of intervals relative to their mean.
RELATIVE = tuple(
    k
    for k, name in enumerate(PATTERN)
    if name.startswith("log_") and name not in ("log_mean", "log_sd_log", "log_lv", "log_pause_sd")
)
#: Longest part of a noisy train that is left out of a window, as a share of the logarithm of its length.
SHORTEST_WINDOW = 0.1


class Neurons(NamedTuple):
    """Conductances [n, channels], DICs at threshold [n, 3], noise [n], classes [n], patterns [n, p] with logarithms of
    intervals in ms, and how long the trains are that they were taken from, ms [n]."""

    conductances: numpy.ndarray
    dics: numpy.ndarray
    noise: numpy.ndarray
    classes: numpy.ndarray
    patterns: numpy.ndarray
    duration: numpy.ndarray


def absolute(pattern):
    """Patterns with logarithms of intervals in ms, and of spikes per burst; what a train does not show is NaN."""
    pattern = numpy.array(pattern, dtype=numpy.float64)
    spikes = PATTERN.index("burst_spikes")
    pattern[:, spikes] = numpy.log(numpy.maximum(pattern[:, spikes], 1.0))
    bursts = pattern[:, PATTERN.index("burst_share")] > 0
    pattern[~bursts, OF_EVERY_TRAIN + 1 :] = numpy.nan
    in_burst = slice(PATTERN.index("log_in_burst_1"), PATTERN.index("log_pause_sd"))
    pattern[:, in_burst] = numpy.where(pattern[:, in_burst] == 0, numpy.nan, pattern[:, in_burst])
    pattern[:, RELATIVE] += pattern[:, :1]
    return pattern


def windows(data, rng):
    """First interval and number of intervals of a window of each train: all of it, or of noisy ones also a part."""
    counts = data["counts"].astype(int)
    share = numpy.exp(rng.uniform(numpy.log(SHORTEST_WINDOW), 0, len(counts)))
    share[(rng.random(len(counts)) < 0.4) | (data["noise"] == 0)] = 1.0
    n = numpy.minimum(numpy.maximum(numpy.round(counts * share), 8), counts).astype(int)
    return (rng.random(len(counts)) * (counts - n + 1)).astype(int), n


def of_data(model, data, seed):
    """Neurons of simulated data, silent ones too."""
    rng = numpy.random.default_rng(seed)
    starts = numpy.cumsum(data["counts"], dtype=numpy.int64) - data["counts"]
    begin, n = windows(data, rng)
    classes = numpy.zeros(len(n), dtype=numpy.int32)
    patterns, duration = numpy.full((len(n), len(PATTERN)), numpy.nan), numpy.ones(len(n))
    for i in numpy.flatnonzero(data["counts"] >= 2):
        intervals = data["intervals"][starts[i] + begin[i] : starts[i] + begin[i] + n[i]].astype(float)
        times = numpy.concatenate([[0.0], numpy.cumsum(intervals)])
        spikes = dicrec.Spikes(times)
        patterns[i], duration[i] = spikes.pattern(), times[-1]
        classes[i] = CLASSES.index(spikes.statistics().activity)
    conductances = data["conductances"].astype(float)
    dics = model.dics(conductances)[:, :3]
    return Neurons(conductances, dics, data["noise"].astype(float), classes, absolute(patterns), duration)
