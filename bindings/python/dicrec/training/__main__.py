# SPDX-License-Identifier: MIT
"""From nothing to a weight file: python -m dicrec.training stg --work DIRECTORY --out stg.safetensors"""

import argparse
import sys
import time
from pathlib import Path

import numpy

import dicrec

from . import forward, forward_data, network, support
from .batches import Batches
from .export import add_forward, export
from .simulate import load_data, make_data
from .train import train


#: Neurons simulated without and with noise, and steps of training, for each model's published weights.
PLANS = {"stg": (200_000, 80_000, 80_000), "da": (180_000, 40_000, 50_000)}
#: The same for the forward networks: neurons of uniform targets and of targets near bursting, steps for spiking and
#: for bursting.
FORWARD_PLANS = {"stg": (300_000, 0, 30_000, 80_000), "da": (60_000, 120_000, 40_000, 120_000)}
MAX_NOISE = 5.0  # uA/cm2


def parse(arguments):
    parser = argparse.ArgumentParser(prog="python -m dicrec.training", description=__doc__)
    parser.add_argument("model", choices=sorted(PLANS))
    parser.add_argument("--work", type=Path, required=True, help="directory of data, checkpoint and log")
    parser.add_argument("--out", type=Path, required=True, help="weight file to write")
    parser.add_argument("--estimator", type=Path, help="weight file whose estimator is kept: only the rest is trained")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clean", type=int, help="neurons simulated without noise")
    parser.add_argument("--noisy", type=int, help="neurons simulated with noise")
    parser.add_argument("--steps", type=int, help="steps of training")
    parser.add_argument(
        "--forward",
        type=int,
        nargs=4,
        metavar=("UNIFORM", "BURSTING", "SPIKING_STEPS", "BURSTING_STEPS"),
        help="neurons of both passes and steps of both forward networks",
    )
    return parser.parse_args(arguments)


def merge(parts):
    return {key: numpy.concatenate([part[key] for part in parts]) for key in parts[0]}


def features_of(layers, data, scale, target, seed, n=60_000):
    """Pooled values and codes of training trains as they were met in training, for the support."""
    batches = Batches(data, scale, target, 128, 0.1, seed)
    rows = []
    for x, counts, _ in batches.epoch():
        rows.append(numpy.concatenate(network.pooled_and_latent(layers, x, counts, scale), axis=1))
        if 128 * len(rows) >= n:
            break
    return numpy.concatenate(rows).astype(float)


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


def train_estimator(options, n_clean, n_noisy, steps, log):
    """Arguments of export() but the path and the forward networks, as a dictionary."""
    make_data(options.model, options.work / "clean", n_clean, options.seed, log=log)
    make_data(options.model, options.work / "noisy", n_noisy, options.seed + 1, MAX_NOISE, log=log)
    data = merge([load_data(options.work / part) for part in ("clean", "noisy")])
    log("# %d trains of at least three spikes" % len(data["counts"]))
    dic_range = numpy.array(dicrec.Model(options.model).dic_range)
    target = dic_range.mean(1), (dic_range[:, 1] - dic_range[:, 0]) / 2
    layers, scale = train(data, target, options.work, options.seed, steps, log=log)
    fitted = support.fit(features_of(layers, data, scale, target, options.seed))
    metadata = {
        "model": options.model,
        "version": "1",
        "seed": str(options.seed),
        "n_train": str(len(data["counts"])),
        "n_noisy": str(int((data["noise"] > 0).sum())),
        "max_noise": str(MAX_NOISE),
        "steps": str(steps),
        "trained_with": "dicrec " + dicrec.version(),
        "g_s_range": "%g %g" % tuple(dic_range[0]),
        "g_u_range": "%g %g" % tuple(dic_range[1]),
    }
    return {
        "layers": layers,
        "scale": scale,
        "target": target,
        "dic_range": dic_range,
        "support": fitted,
        "metadata": metadata,
    }


def main(arguments):
    options = parse(arguments)
    plan = PLANS[options.model]
    n_clean, n_noisy, steps = (a if a is not None else b for a, b in zip((options.clean, options.noisy, options.steps), plan))
    options.work.mkdir(parents=True, exist_ok=True)
    log_file = open(options.work / "log.txt", "a")

    def log(line):
        print(line, flush=True)
        print(line, file=log_file, flush=True)

    log("# dicrec %s, model %s, seed %d, %d clean and %d noisy neurons, %d steps"
        % (dicrec.version(), options.model, options.seed, n_clean, n_noisy, steps))
    begin = time.monotonic()
    if options.estimator is not None:
        add_forward(options.estimator, options.out, *train_forward(options, log))
    else:
        made = train_estimator(options, n_clean, n_noisy, steps, log)
        tensors, metadata = train_forward(options, log)
        made["metadata"].update(metadata)
        export(options.out, forward=tensors, **made)
    log("# wrote %s after %.0f s" % (options.out.name, time.monotonic() - begin))


if __name__ == "__main__":
    main(sys.argv[1:])
