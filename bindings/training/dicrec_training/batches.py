# SPDX-License-Identifier: MIT
"""Batches of windows of trains of like length, with faults, padded to a few sizes that are compiled once."""

import numpy

from .faults import Faults, spoil
from .shared import SHARED

#: Most intervals that an example has; the network's count saturates there.
LONGEST = 3072
#: Intervals are raised to it, ms, so that spikes that coincide have a logarithm of their interval.
SHORTEST_MS = 0.1

SIZES = (8, 16, 32, 64, 96, 128, 192, 256, 384, 768, 1536, LONGEST)
#: Intervals of a batch, and most trains: a step takes about as long whatever the size.
BATCH_INTERVALS, BATCH_TRAINS = 8192, 256
#: Between the beginnings of trains on the common axis of times, ms; longer than any train.
_APART_MS = 1e6


class Batches:
    """Random batches of standardised log intervals of random windows of trains.

    windows : range of their length, ms, from which it is drawn log-uniformly.
    """

    def __init__(self, data, scale, units, windows, seed, faults=Faults()):
        self.counts = data["counts"].astype(numpy.int64) + 1  # spikes
        self.starts = numpy.cumsum(self.counts) - self.counts
        self.times = self._lay_out(data["intervals"])
        self.span = self.times[self.starts + self.counts - 1] - self.times[self.starts]
        self.y = units.of_dics(data["dics"]).astype(numpy.float32)
        self.scale, self.faults, self.windows = scale, faults, windows
        self.rng = numpy.random.default_rng(seed)
        self.most = min(BATCH_TRAINS, max(2, 1 << (len(self.counts) // 16).bit_length()))

    def _lay_out(self, intervals):
        """Times of all trains on one ascending axis, so that one search finds the windows of all."""
        first = numpy.zeros(self.counts.sum(), dtype=bool)
        first[self.starts] = True
        steps = numpy.zeros(len(first))
        steps[~first] = intervals
        times = numpy.cumsum(steps)
        return times + numpy.repeat(numpy.arange(len(self.counts)) * _APART_MS - times[self.starts], self.counts)

    def draw_windows(self):
        """First spike and number of spikes, at most LONGEST + 1, of a random window of every train."""
        n = len(self.counts)
        length = numpy.exp(self.rng.uniform(*numpy.log(self.windows), n))
        begin = numpy.arange(n) * _APART_MS + self.rng.random(n) * numpy.maximum(self.span - length, 0)
        low = numpy.searchsorted(self.times, begin)
        high = numpy.searchsorted(self.times, begin + length, side="right")
        return low, numpy.minimum(numpy.minimum(high, self.starts + self.counts) - low, LONGEST + 1)

    def epoch(self):
        """Batches that use one window of every train that has three spikes in it.

        Each is (x [rows, size], counts [rows], weight [rows], rows); the weight is 0 where faults left too few spikes.
        """
        for times, size, rows in self.windows_of_times():
            yield (*standardised(times, size, self.scale), rows)

    def windows_of_times(self):
        """The same before they are standardised: times [rows, n] from 0 on, absent ones infinite, size, rows."""
        low, counts = self.draw_windows()
        order = []
        for shortest, size in zip((1,) + SIZES[:-1], SIZES):
            members = self.rng.permutation(numpy.flatnonzero((counts - 1 > shortest) & (counts - 1 <= size)))
            batch = min(self.most, BATCH_INTERVALS // size)
            whole = len(members) // batch * batch
            order += [(size, rows) for rows in members[:whole].reshape(-1, batch)]
        for k in self.rng.permutation(len(order)):
            size, rows = order[k]
            columns = numpy.arange(size + 1)[None, :]
            times = self.times[numpy.minimum(low[rows][:, None] + columns, len(self.times) - 1)]
            times = numpy.where(columns < counts[rows][:, None], times - times[:, :1], numpy.inf)
            yield spoil(times, self.faults, self.rng), size, rows


def as_read(times, resolution):
    """Ascending times [rows, n], absent ones infinite, in steps of the resolution (ms), none of them the same."""
    with numpy.errstate(invalid="ignore"):
        steps = numpy.diff(numpy.round((times - times[:, :1]) / resolution), axis=1)
    steps = numpy.where(numpy.isfinite(times[:, 1:]), numpy.maximum(steps, 1), numpy.inf)
    return numpy.concatenate([numpy.zeros((len(times), 1)), resolution * numpy.cumsum(steps, axis=1)], axis=1)


def standardised(times, size, scale):
    """Network inputs of ascending times [rows, n], absent ones infinite: x [rows, size], counts [rows], weight [rows]."""
    counts = numpy.minimum(numpy.isfinite(times).sum(1) - 1, size)
    with numpy.errstate(invalid="ignore"):
        intervals = numpy.diff(times[:, : size + 1], axis=1)
    present = numpy.arange(size)[None, :] < counts[:, None]
    logs = numpy.log(numpy.maximum(numpy.where(present, intervals, 1.0), scale[SHARED.SHORTEST]))
    x = (logs - scale[SHARED.INTERVAL_CENTER]) / scale[SHARED.INTERVAL_SCALE]
    x = numpy.where(present, numpy.clip(x, -SHARED.MOST_INTERVAL, SHARED.MOST_INTERVAL), 0)
    return x.astype(numpy.float32), numpy.maximum(counts, 2).astype(numpy.int32), (counts >= 2).astype(numpy.float32)
