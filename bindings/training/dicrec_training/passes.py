# SPDX-License-Identifier: MIT
"""Which neurons the published networks were trained on, and how long they were simulated."""

from typing import NamedTuple, Optional

import numpy

import dicrec

from . import activity
from .simulate import EVERYWHERE, NOISELESS, Strata, load_data, make_data


class Pass(NamedTuple):
    """Neurons to simulate. The seed is counted from the seed of the run; t_end in ms, None: the protocol."""

    name: str
    n_neurons: int
    seed: int
    noiseless: float = NOISELESS  # share without noise
    t_end: Optional[float] = None
    is_stratified: bool = False


#: Most neurons as in the published protocol, fewer for longer, since windows of up to a minute are drawn from them.
#: The first two are noiseless and noisy ones alone, which count as the noise's law has it.
PASSES = {
    "stg": (
        Pass("clean", 300_000, 0, 1.0),
        Pass("noisy", 350_000, 1, 0.0),
        Pass("mid", 30_000, 2, t_end=18e3),
        Pass("long", 15_000, 3, t_end=63e3),
    ),
    "da": (
        Pass("clean", 250_000, 0, 1.0, is_stratified=True),
        Pass("noisy", 300_000, 1, 0.0),
        Pass("long", 15_000, 3, t_end=63e3),
    ),
}
#: Times are read in steps of it, ms, from the first spike on: what is below are the errors of the ensemble that made the
#: data, in a slow pacemaker's intervals larger ones, and no network must learn from them.
RESOLUTION_MS = {"stg": 0.05, "da": 0.25}
#: Of noiseless neurons, to learn where on the DIC plane they fire.
PILOT = Pass("pilot", 15_000, 7, 1.0)
#: Recordings of ten minutes, for the support: nothing is unlike the model's trains for its length alone.
MINUTES = Pass("minutes", 500, 8, t_end=603e3)
#: Of another model, for the support; and simulated with and without noise, for the class probabilities.
OTHER = {"stg": "da", "da": "stg"}
OTHERS = Pass("others", 20_000, 0)
TWINS = Pass("twins", 30_000, 6)
#: Cells of the strata along g_s and g_u, and how much more densely cells with bursting neurons are drawn from.
CELLS, BURSTING_DENSITY, BURSTING_SHARE = (25, 20), 3.0, 0.05


def simulate(name, directory, p, seed, share, log, strata=EVERYWHERE):
    """Data of one pass, of a share of its neurons, in a directory of that name below `directory`."""
    model, n_neurons = dicrec.Model(name), round(share * p.n_neurons)
    make_data(model, directory / p.name, n_neurons, seed + p.seed, p.noiseless, p.t_end, strata, log=log)
    return load_data(directory / p.name)


def cell_of(model, dics):
    low, high = numpy.array(model.dic_range).T
    return tuple(numpy.clip(((dics - low) / (high - low) * CELLS).astype(int), 0, numpy.array(CELLS) - 1).T)


def strata_of(name, directory, seed, log):
    """Cells where no neuron of a pilot fires, nor in those around, are left out; those with bursting ones are denser."""
    data = simulate(name, directory, PILOT, seed, 1.0, log)
    model, fired = dicrec.Model(name), data["counts"] >= 2
    starts = numpy.cumsum(data["counts"]) - data["counts"]
    bursts = numpy.zeros(len(fired), dtype=bool)
    for i in numpy.flatnonzero(fired):
        intervals = data["intervals"][starts[i] : starts[i] + data["counts"][i]]
        bursts[i] = intervals.std() > 0.15 * intervals.mean()
    n, n_fired, n_bursting = (numpy.zeros(CELLS) for _ in range(3))
    for total, rows in ((n, slice(None)), (n_fired, fired), (n_bursting, bursts)):
        numpy.add.at(total, cell_of(model, data["dics"][rows]), 1)
    around = numpy.zeros(CELLS)
    padded = numpy.pad(n_fired, 1)
    for i in range(3):
        for j in range(3):
            around += padded[i : i + CELLS[0], j : j + CELLS[1]]
    dense = numpy.where(n_bursting > BURSTING_SHARE * n, BURSTING_DENSITY, 1.0)
    return Strata(numpy.where(around > 0, dense, 0.0))


def training_data(name, directory, seed, share, log, with_pilot=False):
    """Data of all passes of a model, each neuron with the weight by which it counts as drawn from the prior.

    with_pilot : also the pilot's, whose weight is 0, which has the silent neurons that the strata leave out.
    """
    passes, parts = PASSES[name], []
    for p in passes:
        strata = strata_of(name, directory, seed, log) if p.is_stratified else EVERYWHERE
        parts.append(simulate(name, directory, p, seed, share, log, strata))
    parts[0]["weight"] *= passes[1].n_neurons * NOISELESS / (1 - NOISELESS) / passes[0].n_neurons
    if with_pilot and any(p.is_stratified for p in passes):
        pilot = simulate(name, directory, PILOT, seed, 1.0, log)
        parts.append({**pilot, "weight": 0 * pilot["weight"]})
    return {key: numpy.concatenate([part[key] for part in parts]) for key in parts[0]}


def minutes(name, directory, seed, share, log):
    """Data of long recordings."""
    return simulate(name, directory, MINUTES, seed, share, log)


def others(name, directory, seed, share, log):
    """Data of the other model."""
    return simulate(OTHER[name], directory, OTHERS, seed, share, log)


def twins(name, directory, seed, share, log):
    path, n_neurons = directory / TWINS.name, round(share * TWINS.n_neurons)
    activity.make_data(dicrec.Model(name), path, n_neurons, seed + TWINS.seed, log=log)
    return load_data(path, ("intervals", "counts", "dics", "noise", "classes"))


def target_of(name):
    """Centre and scale [2] of the DICs that a network learns: its outputs are standardised by the training range."""
    low, high = numpy.array(dicrec.Model(name).dic_range).T
    return (low + high) / 2, (high - low) / 2
