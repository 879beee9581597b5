# SPDX-License-Identifier: MIT
"""The neurons of a plan, simulated."""

import numpy

import dicrec

from . import activity
from .plan import Plan
from .shared import SHARED
from .simulate import EVERYWHERE, Strata, load_data, make_data


class Run:
    """A plan at work: with the directory of its data, the seed of the run and the share of the plan's neurons."""

    def __init__(self, plan: Plan, directory, seed, share, log):
        self.plan, self.directory, self.seed, self.share, self.log = plan, directory, seed, share, log
        self.model = dicrec.Model(plan.model)

    def simulate(self, p, share=None, strata=EVERYWHERE, model=None, name=None):
        """Data of one pass, in a directory of its name; the seed of a pass is counted from that of the run."""
        directory = self.directory / (name or p.name)
        n_neurons = round((self.share if share is None else share) * p.n_neurons)
        make_data(model or self.model, self.plan, directory, n_neurons, self.seed + p.seed, p, strata, self.log)
        return load_data(directory)

    def pilot(self):
        """Noiseless neurons, to learn where on the plane of the DICs they fire."""
        return self.simulate(self.plan.pilot, share=1.0)

    def training(self, with_pilot=False):
        """Data of all passes, each neuron with the weight by which it counts as drawn from the prior.

        with_pilot : also the pilot's, whose weight is 0, which has the silent neurons that the strata leave out.
        """
        passes, is_stratified = self.plan.training, any(p.is_stratified for p in self.plan.training)
        strata = strata_of(self.model, self.plan.strata, self.pilot()) if is_stratified else EVERYWHERE
        parts = [self.simulate(p, strata=strata if p.is_stratified else EVERYWHERE) for p in passes]
        for part, weight in zip(parts, weights(passes)):
            part["weight"] *= weight
        if with_pilot and is_stratified:
            pilot = self.pilot()
            parts.append({**pilot, "weight": 0 * pilot["weight"]})
        return joined(parts)

    def minutes(self):
        """Data of long recordings, for the support: nothing is unlike the model's trains for its length alone."""
        return self.simulate(self.plan.minutes)

    def others(self):
        """Data of other models, for the support."""
        p = self.plan.others
        share = self.share / len(p.models)
        return joined([self.simulate(p, share, model=dicrec.Model(m), name="%s_%s" % (p.name, m)) for m in p.models])

    def twins(self):
        """Neurons simulated with noise and without, for the class probabilities."""
        p = self.plan.twins
        path, n_neurons = self.directory / p.name, round(self.share * p.n_neurons)
        activity.make_data(self.model, self.plan, path, n_neurons, self.seed + p.seed, self.log)
        return load_data(path, ("intervals", "counts", "dics", "noise", "classes"))


def joined(parts):
    return {key: numpy.concatenate([part[key] for part in parts]) for key in parts[0]}


def weights(passes):
    """By which the neurons of each pass count: those of noiseless passes so that, beside those of noisy ones, there are
    as many without noise as the law of the noise has."""
    n_clean, n_noisy = (sum(p.n_neurons for p in passes if p.noiseless == share) for share in (1.0, 0.0))
    odds = SHARED.NOISELESS_SHARE / (1 - SHARED.NOISELESS_SHARE)
    return [n_noisy * odds / n_clean if p.noiseless == 1.0 and n_noisy > 0 else 1.0 for p in passes]


def bursting(data):
    """Which trains of the data burst, bool [n]."""
    starts = numpy.cumsum(data["counts"]) - data["counts"]
    bursts = numpy.zeros(len(starts), dtype=bool)
    for i in numpy.flatnonzero(data["counts"] >= 2):
        intervals = data["intervals"][starts[i] : starts[i] + data["counts"][i]].astype(float)
        bursts[i] = (
            dicrec.Spikes(numpy.concatenate([[0.0], numpy.cumsum(intervals)])).statistics().activity == "bursting"
        )
    return bursts


def cell_of(model, cells, dics):
    low, high = numpy.array(model.dic_range).T
    return tuple(numpy.clip(((dics - low) / (high - low) * cells).astype(int), 0, numpy.array(cells) - 1).T)


def strata_of(model, plan, data):
    """Cells where no neuron of a pilot fires, nor in those around, are left out; those with bursting ones are denser."""
    cells, fired = plan.cells, data["counts"] >= 2
    n, n_fired, n_bursting = (numpy.zeros(cells) for _ in range(3))
    for total, rows in ((n, slice(None)), (n_fired, fired), (n_bursting, bursting(data))):
        numpy.add.at(total, cell_of(model, cells, data["dics"][rows]), 1)
    around = numpy.zeros(cells)
    padded = numpy.pad(n_fired, 1)
    for i in range(3):
        for j in range(3):
            around += padded[i : i + cells[0], j : j + cells[1]]
    dense = numpy.where(n_bursting > plan.bursting_share * n, plan.bursting_density, 1.0)
    return Strata(numpy.where(around > 0, dense, 0.0))
