# SPDX-License-Identifier: MIT
"""From nothing to a weight file: python -m dicrec.training stg --work DIRECTORY --out stg.safetensors"""

import argparse
import sys
import time
from pathlib import Path

import numpy

import dicrec

from . import network, support
from .batches import Batches
from .export import export
from .simulate import load_data, make_data
from .train import train


#: Neurons simulated without and with noise, and steps of training, for each model's published weights.
PLANS = {"stg": (200_000, 80_000, 80_000), "da": (180_000, 40_000, 50_000)}
MAX_NOISE = 5.0  # uA/cm2


def parse(arguments):
    parser = argparse.ArgumentParser(prog="python -m dicrec.training", description=__doc__)
    parser.add_argument("model", choices=sorted(PLANS))
    parser.add_argument("--work", type=Path, required=True, help="directory of data, checkpoint and log")
    parser.add_argument("--out", type=Path, required=True, help="weight file to write")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clean", type=int, help="neurons simulated without noise")
    parser.add_argument("--noisy", type=int, help="neurons simulated with noise")
    parser.add_argument("--steps", type=int, help="steps of training")
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
    export(options.out, layers, scale, target, dic_range, fitted, metadata)
    log("# wrote %s after %.0f s" % (options.out.name, time.monotonic() - begin))


if __name__ == "__main__":
    main(sys.argv[1:])
