# SPDX-License-Identifier: MIT
"""From nothing to a weight file: python -m dicrec_training stg --work DIRECTORY --out stg.safetensors"""

import argparse
import sys
import time
from pathlib import Path
from typing import NamedTuple

import numpy

import dicrec

from . import activity, embed, examples, forward, forward_data, passes, support
from .batches import LONG_WINDOWS_MS, LONGEST, Batches
from .export import export, kept_tensors
from .simulate import NOISE_RANGE
from .train import N_HELD, examples_of, input_scale, select, split, train


class Plan(NamedTuple):
    """Steps of training: of the embedding, of the posterior, of both forward networks."""

    embedding: int = 80_000
    posterior: int = 120_000
    steady: int = 60_000
    noisy: int = 40_000


#: Windows of each train that the posterior learns from.
VIEWS = 2


def parse(arguments):
    parser = argparse.ArgumentParser(prog="python -m dicrec_training", description=__doc__)
    parser.add_argument("model", choices=sorted(passes.PASSES))
    parser.add_argument("--work", type=Path, required=True, help="directory of data, checkpoints and log")
    parser.add_argument("--out", type=Path, required=True, help="weight file to write")
    parser.add_argument("--embedding", type=Path, help="weight file whose embedding of the intervals is kept")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="share of the published plan's neurons")
    parser.add_argument("--steps", type=float, default=1.0, help="share of the published plan's steps")
    return parser.parse_args(arguments)


def learn_embedding(options, data, target, log):
    """Layers embed.* and the tensor input.scale: those of a weight file, or learnt anew."""
    scale = input_scale(data, passes.RESOLUTION_MS[options.model])
    if options.embedding is None:
        steps = round(options.steps * Plan().embedding)
        return embed.train(data, scale, target, options.work, options.seed, steps, log=log), scale
    tensors, _ = kept_tensors(options.embedding, "estimator")
    scale[:2] = tensors["input.scale"][:2]  # what the embedding was learnt with
    return {name: value for name, value in tensors.items() if embed.is_of_embedding(name)}, scale


def learn_posterior(options, data, target, log):
    """What reads trains (examples.Reader), with all layers."""
    steps = round(options.steps * Plan().posterior)
    training, held = split(data, N_HELD if options.share == 1.0 else len(data["counts"]) // 20)
    embedding, scale = learn_embedding(options, training, target, log)
    given = examples.collect(embedding, Batches(training, scale, target, options.seed), VIEWS)
    kept = examples.collect(embedding, Batches(held, scale, target, options.seed + 1), 1)
    log("# %d examples of %d trains" % (len(given[2]), len(training["counts"])))
    pattern_scale = examples.pattern_scale(given[1])
    sets = [
        examples_of(source, examples.features(pooled, pattern, pattern_scale), rows, target)
        for source, (pooled, pattern, rows) in ((training, given), (held, kept))
    ]
    layers = train(*sets, options.work, options.seed, steps, log=log)
    return examples.Reader({**embedding, **layers}, scale, pattern_scale)


def likely(data, n, seed):
    """Some trains, drawn as the prior has them."""
    share = data["weight"] / data["weight"].sum()
    n = min(n, numpy.count_nonzero(share))
    return select(data, numpy.sort(numpy.random.default_rng(seed).choice(len(share), n, replace=False, p=share)))


def train_estimator(options, log):
    """Tensors and metadata of the estimator."""
    name, seed = options.model, options.seed
    data = passes.training_data(name, options.work, seed, options.share, log)
    fires = lambda some: select(some, numpy.flatnonzero(some["counts"] >= 2))
    data = fires(data)
    dic_range, target = numpy.array(dicrec.Model(name).dic_range), passes.target_of(name)
    reader = learn_posterior(options, data, target, log)
    others = fires(passes.others(name, options.work, seed, options.share, log))
    twins = passes.twins(name, options.work, seed, options.share, log)
    batches = Batches(likely(data, 120_000, seed), reader.scale, target, seed)
    long_data = fires(passes.minutes(name, options.work, seed, options.share, log))
    long_batches = Batches(long_data, reader.scale, target, seed, windows=LONG_WINDOWS_MS)
    n_support = round(100_000 * min(1.0, options.share * 4))
    tensors = {
        **reader.layers,
        **activity.fit_classes(reader, twins, target, seed),
        **activity.fit_silent(twins, target, seed),
        **support.fit(reader, batches, long_batches, Batches(others, reader.scale, target, seed), seed, n_support),
        "input.scale": reader.scale,
        "pattern.center": reader.pattern_scale[0],
        "pattern.scale": reader.pattern_scale[1],
        "target.center": target[0],
        "target.scale": target[1],
        "target.range": dic_range,
        "noise.range": numpy.array(NOISE_RANGE),
    }
    return tensors, metadata(options, data, dic_range)


def metadata(options, data, dic_range):
    return {
        "model": options.model,
        "version": "3",
        "seed": str(options.seed),
        "n_simulated": str(round(options.share * sum(p.n_neurons for p in passes.PASSES[options.model]))),
        "n_train": str(len(data["counts"])),
        "n_noisy": str(int((data["noise"] > 0).sum())),
        "max_noise": str(NOISE_RANGE[1]),
        "steps": str(round(options.steps * Plan().posterior)),
        "trained_with": "dicrec " + dicrec.version(),
        "g_s_range": "%g %g" % tuple(dic_range[0]),
        "g_u_range": "%g %g" % tuple(dic_range[1]),
        "most_intervals": str(LONGEST),
    }


def train_forward(options, log):
    """Tensors and metadata of the forward networks."""
    data = passes.training_data(options.model, options.work, options.seed, options.share, log, with_pilot=True)
    neurons = forward_data.of_data(dicrec.Model(options.model), data, options.seed)
    scales, networks = forward.input_scales(neurons), {}
    steps = {kind: round(options.steps * getattr(Plan(), kind)) for kind in forward.KINDS}
    for kind in forward.KINDS:
        rows = numpy.flatnonzero((neurons.noise > 0) == (kind == "noisy"))
        chosen = forward_data.Neurons(*(column[rows] for column in neurons))
        networks[kind] = forward.train(chosen, scales, kind, options.work, options.seed, steps[kind], log=log)
    words = {"forward_n_train": str(len(neurons.noise)), "forward_steps": "%d %d" % tuple(steps.values())}
    return forward.tensors(scales, networks), words


def main(arguments):
    options = parse(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    log_file = open(options.work / "log.txt", "a")

    def log(line):
        print(line, flush=True)
        print(line, file=log_file, flush=True)

    log("# dicrec %s, model %s, seed %d" % (dicrec.version(), options.model, options.seed))
    begin = time.monotonic()
    export(options.out, train_estimator(options, log), train_forward(options, log))
    log("# wrote %s after %.0f s" % (options.out.name, time.monotonic() - begin))


if __name__ == "__main__":
    main(sys.argv[1:])
