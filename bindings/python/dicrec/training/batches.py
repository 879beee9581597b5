# SPDX-License-Identifier: MIT
"""Batches of trains of like length, some of them cut, padded to a few sizes that are compiled once."""

import numpy

#: Range of the standard deviation of the jitter of spikes, ms; drawn log-uniformly for each train.
JITTER = (0.001, 0.1)

SIZES = (8, 16, 32, 48, 64, 96, 128, 192)


class Batches:
    """Random batches of standardised log intervals.

    A batch holds trains of one size class. A share of the trains is cut to a random stretch, so that the network
    meets short recordings and bursts that are cut at both ends. Every spike is jittered a little, so that the network
    reads the neuron and not the rounding of the integrator that simulated it.
    """

    def __init__(self, data, scale, target, batch, cut_share, seed, jitter=JITTER):
        self.x = ((numpy.log(data["intervals"]) - scale[0]) / scale[1]).astype(numpy.float32)
        self.counts = data["counts"]
        self.starts = numpy.concatenate([[0], numpy.cumsum(self.counts)[:-1]])
        self.y = ((data["dics"] - target[0]) / target[1]).astype(numpy.float32)
        self.scale, self.batch, self.cut_share, self.jitter = scale, batch, cut_share, jitter
        self.rng = numpy.random.default_rng(seed)

    def epoch(self):
        """Batches that use every train about once: (x [batch, size], counts [batch], y [batch, 2])."""
        n = len(self.counts)
        starts, counts = self.starts.copy(), numpy.minimum(self.counts, SIZES[-1])
        starts = starts + (self.rng.random(n) * (self.counts - counts + 1)).astype(int)
        cut = (self.rng.random(n) < self.cut_share) & (counts > 2)
        shorter = numpy.exp(self.rng.uniform(numpy.log(2), numpy.log(counts + 1))).astype(int)
        shorter = numpy.where(cut, numpy.clip(shorter, 2, counts), counts)
        starts = starts + (self.rng.random(n) * (counts - shorter + 1)).astype(int)
        counts = shorter
        order = []
        for low, size in zip((0,) + SIZES[:-1], SIZES):
            members = self.rng.permutation(numpy.flatnonzero((counts > low) & (counts <= size)))
            whole = len(members) // self.batch * self.batch
            order += [(size, rows) for rows in members[:whole].reshape(-1, self.batch)]
        for k in self.rng.permutation(len(order)):
            size, rows = order[k]
            yield (*self.gather(starts[rows], counts[rows], size), self.y[rows])

    def gather(self, starts, counts, size):
        columns = numpy.arange(size)[None, :]
        x = self.x[numpy.minimum(starts[:, None] + columns, len(self.x) - 1)]
        moved = x + self.moves(x) / self.scale[1]
        return numpy.where(columns < counts[:, None], moved, 0).astype(numpy.float32), counts.astype(numpy.int32)

    def moves(self, x):
        """Changes of the log intervals by Gaussian jitter, of one standard deviation for each train."""
        deviation = numpy.exp(self.rng.uniform(*numpy.log(self.jitter), (len(x), 1)))
        times = (deviation * self.rng.standard_normal((len(x), x.shape[1] + 1))).astype(numpy.float32)
        intervals = numpy.exp(x * self.scale[1] + self.scale[0])
        return numpy.log1p(numpy.maximum(numpy.diff(times, axis=1) / intervals, -0.5))
