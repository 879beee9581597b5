# SPDX-License-Identifier: MIT
"""The neurons of a plan, simulated."""

import copy

import numpy

import dicrec

from . import activity
from .coordinates import free_channels
from .plan import Plan
from .shared import SHARED
from .progress import no_progress
from .simulate import EVERYWHERE, Shards, Strata, load_data, make_data
from .units import units_of


class Run:
    """A plan at work: with the directory of its data, the seed of the run and the share of the plan's neurons.

    model : dicrec.Model, by default the built-in one of the plan's name; threads : for simulating; progress : a
    Progress, if there is one.
    """

    def __init__(self, plan: Plan, directory, seed, share, log, model=None, threads=1, progress=None):
        self.plan, self.directory, self.seed, self.share, self.log = plan, directory, seed, share, log
        self.model = model or dicrec.Model(plan.model)
        self.units = units_of(self.model, plan)
        self.threads, self.progress = threads, progress
        self.first, self.steps_share, self.checkpoints = 1.0, 1.0, directory
        self.n_coordinates = 1 + len(free_channels(self.model))
        self.budget, self.settled = None, {}  # minutes that it may take, if the plan was derived; steps by pace.py

    def early(self):
        """The run that makes the estimator that is written first, of the first neurons."""
        run = copy.copy(self)
        run.first, run.steps_share = self.plan.early.neurons, self.steps_share * self.plan.early.steps
        run.checkpoints, run.settled = self.directory / "early", {}
        run.checkpoints.mkdir(exist_ok=True)
        return run

    def stage(self, name):
        """Begin a stage; what is called as progress(done, total)."""
        return self.progress.stage(name) if self.progress else no_progress

    def steps(self, network):
        steps = self.settled.get(network, getattr(self.plan.steps, network))
        return max(1, round(self.steps_share * steps))

    def shards(self, p, share=None, name=None, first=None):
        n_neurons = round((self.share if share is None else share) * p.n_neurons)
        return Shards(self.directory / (name or p.name), n_neurons, p.shard, self.first if first is None else first)

    def simulate(self, p, strata=EVERYWHERE, model=None, **which):
        """Data of one pass, in a directory of its name; the seed of a pass is counted from that of the run."""
        shards, progress = self.shards(p, **which), self.stage("simulate " + p.name)
        seed = self.seed + p.seed
        make_data(model or self.model, self.plan, shards, seed, p, strata, self.log, self.threads, progress)
        return load_data(shards)

    def pilot(self):
        """Noiseless neurons, to learn where on the plane of the DICs they fire."""
        return self.simulate(self.plan.pilot, share=1.0, first=1.0)

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

    def prepare(self):
        """Simulate all that is not there yet."""
        for data in (self.training, self.twins, self.others, self.minutes):
            data()

    def minutes(self):
        """Data of long recordings, for the support: nothing is unlike the model's trains for its length alone."""
        return self.simulate(self.plan.minutes)

    def others(self):
        """Data of other models, for the support."""
        p = self.plan.others
        models = p.models or [name for name in dicrec.models() if name != self.model.name]
        share = self.share / len(models)
        of = lambda m: self.simulate(p, model=dicrec.Model(m), share=share, name="%s_%s" % (p.name, m))
        kept = ("intervals", "counts", "dics", "noise", "weight")  # the others have as many columns as the model
        return joined([{key: data[key] for key in kept} for data in map(of, models)])

    def twins(self):
        """Neurons simulated with noise and without, for the class probabilities."""
        p = self.plan.twins
        shards, progress = self.shards(p), self.stage("simulate " + p.name)
        activity.make_data(self.model, self.plan, shards, self.seed + p.seed, self.log, self.threads, progress)
        return load_data(shards, ("intervals", "counts", "dics", "noise", "classes"))


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
