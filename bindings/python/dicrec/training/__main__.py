# SPDX-License-Identifier: MIT
"""From nothing to a weight file: python -m dicrec.training stg --work DIRECTORY --out stg.safetensors"""

import argparse
import sys
import time
from pathlib import Path

import numpy

import dicrec

from . import activity, forward, forward_data, network, passes, support
from .batches import Batches
from .export import export, kept_tensors
from .train import train

#: Steps of training of each model's published weights.
STEPS = {"stg": 160_000, "da": 160_000}
#: Of the forward networks: neurons of uniform targets and of targets near bursting, steps for spiking and for
#: bursting.
FORWARD_PLANS = {"stg": (300_000, 0, 30_000, 80_000), "da": (60_000, 120_000, 40_000, 120_000)}


def parse(arguments):
    parser = argparse.ArgumentParser(prog="python -m dicrec.training", description=__doc__)
    parser.add_argument("model", choices=sorted(STEPS))
    parser.add_argument("--work", type=Path, required=True, help="directory of data, checkpoint and log")
    parser.add_argument("--out", type=Path, required=True, help="weight file to write")
    parser.add_argument("--keep", choices=("estimator", "forward"), help="what is taken from --from and not trained")
    parser.add_argument("--from", dest="source", type=Path, help="weight file that --keep takes from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="share of the published plan's neurons")
    parser.add_argument("--steps", type=int, help="steps of training")
    parser.add_argument(
        "--forward",
        type=int,
        nargs=4,
        metavar=("UNIFORM", "BURSTING", "SPIKING_STEPS", "BURSTING_STEPS"),
        help="neurons of both passes and steps of both forward networks",
    )
    options = parser.parse_args(arguments)
    if (options.keep is None) != (options.source is None):
        parser.error("--keep and --from go together")
    return options


def train_forward(options, log):
    """Tensors and metadata of the forward networks."""
    directory, seed = options.work, options.seed
    n_uniform, n_bursting, *steps = options.forward or FORWARD_PLANS[options.model]
    data = forward_data.make_data(options.model, directory / "forward", n_uniform, n_bursting, seed + 2, log=log)
    scales = forward.input_scales(data)
    networks = {}
    for kind, n in zip(forward.N_OUTPUTS, steps):
        networks[kind] = forward.train(data, scales, kind, directory, seed, n, log=log)
    metadata = {"forward_n_train": str(len(data["dics"])), "forward_steps": "%d %d" % tuple(steps)}
    return forward.tensors(scales, networks), metadata


def train_estimator(options, log):
    """Tensors and metadata of the estimator."""
    name, seed = options.model, options.seed
    steps = options.steps or STEPS[name]
    data = passes.training_data(name, options.work, seed, options.share, log)
    log("# %d trains of at least three spikes" % len(data["counts"]))
    dic_range, target = numpy.array(dicrec.Model(name).dic_range), passes.target_of(name)
    layers, scale = train(data, target, options.work, seed, steps, log=log)
    others = passes.others(name, options.work, seed, options.share, log)
    twins = passes.twins(name, options.work, seed, options.share, log)
    tensors = {
        **layers,
        **activity.fit_classes(layers, twins, scale, target, seed),
        **activity.fit_silent(twins, target, seed),
        **support.fit(layers, Batches(data, scale, target, seed), Batches(others, scale, target, seed), seed),
        "input.scale": scale,
        "target.center": target[0],
        "target.scale": target[1],
        "target.range": dic_range,
    }
    metadata = {
        "model": name,
        "version": "2",
        "seed": str(seed),
        "n_simulated": str(round(options.share * sum(p.n_neurons for p in passes.PASSES[name]))),
        "n_train": str(len(data["counts"])),
        "n_noisy": str(int((data["noise"] > 0).sum())),
        "max_noise": str(passes.MAX_NOISE),
        "steps": str(steps),
        "trained_with": "dicrec " + dicrec.version(),
        "g_s_range": "%g %g" % tuple(dic_range[0]),
        "g_u_range": "%g %g" % tuple(dic_range[1]),
    }
    return tensors, metadata


def main(arguments):
    options = parse(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    log_file = open(options.work / "log.txt", "a")

    def log(line):
        print(line, flush=True)
        print(line, file=log_file, flush=True)

    log("# dicrec %s, model %s, seed %d" % (dicrec.version(), options.model, options.seed))
    begin = time.monotonic()
    parts = []
    for name, make in (("estimator", train_estimator), ("forward", train_forward)):
        parts.append(kept_tensors(options.source, name) if options.keep == name else make(options, log))
    export(options.out, *parts)
    log("# wrote %s after %.0f s" % (options.out.name, time.monotonic() - begin))


if __name__ == "__main__":
    main(sys.argv[1:])
