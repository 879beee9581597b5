# SPDX-License-Identifier: MIT
"""Which neurons the published estimators were trained on, and how long they were simulated."""

from typing import NamedTuple, Optional

import numpy

import dicrec

from . import activity
from .simulate import load_data, make_data

MAX_NOISE = 5.0  # uA/cm2


class Pass(NamedTuple):
    """Neurons of uniform DIC targets. The seed is counted from the seed of the run; t_end in ms, None: the protocol."""

    name: str
    n_neurons: int
    seed: int
    max_noise: float = 0.0
    t_end: Optional[float] = None


#: Most neurons as in the published protocol, fewer for longer, since windows of up to a minute are drawn from them.
PASSES = {
    "stg": (
        Pass("clean", 600_000, 0),
        Pass("noisy", 350_000, 1, MAX_NOISE),
        Pass("clean_mid", 50_000, 2, t_end=18e3),
        Pass("noisy_mid", 50_000, 3, MAX_NOISE, t_end=18e3),
        Pass("clean_long", 20_000, 4, t_end=63e3),
        Pass("noisy_long", 20_000, 5, MAX_NOISE, t_end=63e3),
    ),
    "da": (
        Pass("clean", 490_000, 0),
        Pass("noisy", 345_000, 1, MAX_NOISE),
        Pass("clean_long", 15_000, 4, t_end=63e3),
        Pass("noisy_long", 25_000, 5, MAX_NOISE, t_end=63e3),
    ),
}
#: Of another model, for the support; and simulated with and without noise, for the class probabilities.
OTHER = {"stg": "da", "da": "stg"}
OTHERS = (Pass("others_clean", 10_000, 0), Pass("others_noisy", 20_000, 1, MAX_NOISE))
TWINS = Pass("twins", 30_000, 6, MAX_NOISE)


def simulate(name, directory, p, seed, share, log):
    """Data of one pass, of a share of its neurons, in a directory of that name below `directory`."""
    make_data(name, directory / p.name, round(share * p.n_neurons), seed + p.seed, p.max_noise, p.t_end, log=log)
    return load_data(directory / p.name)


def merged(name, directory, passes, seed, share, log):
    parts = [simulate(name, directory, p, seed, share, log) for p in passes]
    return {key: numpy.concatenate([part[key] for part in parts]) for key in parts[0]}


def training_data(name, directory, seed, share, log):
    """Data of all passes of a model."""
    return merged(name, directory, PASSES[name], seed, share, log)


def others(name, directory, seed, share, log):
    """Data of the other model."""
    return merged(OTHER[name], directory, OTHERS, seed, share, log)


def twins(name, directory, seed, share, log):
    path, n_neurons = directory / TWINS.name, round(share * TWINS.n_neurons)
    activity.make_data(name, path, n_neurons, seed + TWINS.seed, TWINS.max_noise, log=log)
    return load_data(path, ("intervals", "counts", "dics", "noise", "classes"))


def target_of(name):
    """Centre and scale [2] of the DICs that a network learns: its outputs are standardised by the training range."""
    low, high = numpy.array(dicrec.Model(name).dic_range).T
    return (low + high) / 2, (high - low) / 2
