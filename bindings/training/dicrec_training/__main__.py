# SPDX-License-Identifier: MIT
"""From nothing to a weight file: python -m dicrec_training stg --work DIRECTORY --out stg.safetensors"""

import argparse
import sys
import time
from pathlib import Path

import numpy

import dicrec

from . import activity, embed, examples, forward, forward_data, plan, support
from .batches import LONGEST, Batches
from .export import export, kept_tensors
from .passes import Run
from .shared import SHARED
from .train import N_HELD, examples_of, input_scale, select, split, train
from .units import units_of

#: Windows of each train that the posterior learns from.
VIEWS = 2


def parse(arguments):
    parser = argparse.ArgumentParser(prog="python -m dicrec_training", description=__doc__)
    parser.add_argument("plan", help="name of a model (%s), or a plan's file MODEL.toml" % ", ".join(plan.names()))
    parser.add_argument("--work", type=Path, required=True, help="directory of data, checkpoints and log")
    parser.add_argument("--out", type=Path, required=True, help="weight file to write")
    parser.add_argument("--embedding", type=Path, help="weight file whose embedding of the intervals is kept")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="share of the plan's neurons")
    parser.add_argument("--steps", type=float, default=1.0, help="share of the plan's steps")
    return parser.parse_args(arguments)


def steps_of(options, run, network):
    return round(options.steps * getattr(run.plan.steps, network))


def learn_embedding(options, run, data, units):
    """Layers of the embedding and what its inputs are standardised by: those of a weight file, or learnt anew."""
    scale = input_scale(data, run.plan.resolution_ms)
    if options.embedding is None:
        steps = steps_of(options, run, "embedding")
        layers = embed.train(data, scale, units, run.plan.windows_ms, options.work, run.seed, steps, log=run.log)
        return layers, scale
    tensors = kept_tensors(options.embedding, "estimator")
    learnt_with = [SHARED.INTERVAL_CENTER, SHARED.INTERVAL_SCALE]
    scale[learnt_with] = tensors[SHARED.INPUT_SCALE][learnt_with]
    return {name: value for name, value in tensors.items() if embed.is_of_embedding(name)}, scale


def learn_posterior(options, run, data, units):
    """What reads trains (examples.Reader), with all layers."""
    training, held = split(data, N_HELD if run.share == 1.0 else len(data["counts"]) // 20)
    embedding, scale = learn_embedding(options, run, training, units)
    batches = [
        Batches(some, scale, units, run.plan.windows_ms, run.seed + k) for k, some in enumerate((training, held))
    ]
    given, kept = examples.collect(embedding, batches[0], VIEWS), examples.collect(embedding, batches[1], 1)
    run.log("# %d examples of %d trains" % (len(given[2]), len(training["counts"])))
    pattern_scale = examples.pattern_scale(given[1])
    sets = [
        examples_of(source, examples.features(pooled, pattern, pattern_scale), rows, units)
        for source, (pooled, pattern, rows) in ((training, given), (held, kept))
    ]
    layers = train(*sets, options.work, run.seed, steps_of(options, run, "posterior"), log=run.log)
    return examples.Reader({**embedding, **layers}, scale, pattern_scale)


def likely(data, n, seed):
    """Some trains, drawn as the prior has them."""
    share = data["weight"] / data["weight"].sum()
    n = min(n, numpy.count_nonzero(share))
    return select(data, numpy.sort(numpy.random.default_rng(seed).choice(len(share), n, replace=False, p=share)))


def fires(data):
    """The trains that are not silent."""
    return select(data, numpy.flatnonzero(data["counts"] >= 2))


def learn_support(run, reader, data, units):
    """The support's tensors."""
    of = lambda some, windows: Batches(some, reader.scale, units, windows, run.seed)
    plan, others, minutes = run.plan, fires(run.others()), fires(run.minutes())
    batches = of(likely(data, 120_000, run.seed), plan.windows_ms), of(minutes, plan.long_windows_ms)
    n = round(100_000 * min(1.0, run.share * 4))
    return support.fit(reader, *batches, of(others, plan.windows_ms), run.seed, n)


def train_estimator(options, run):
    """Tensors and metadata of the estimator."""
    data, units = fires(run.training()), units_of(run.plan)
    reader, twins = learn_posterior(options, run, data, units), run.twins()
    tensors = {
        **reader.layers,
        **activity.fit_classes(reader, twins, units, run.plan.windows_ms, run.seed),
        **activity.fit_silent(twins, units, run.seed),
        **learn_support(run, reader, data, units),
        SHARED.INPUT_SCALE: reader.scale,
        SHARED.PATTERN_CENTER: reader.pattern_scale[0],
        SHARED.PATTERN_SCALE: reader.pattern_scale[1],
        SHARED.TARGET_CENTER: units.center,
        SHARED.TARGET_SCALE: units.scale,
        SHARED.TARGET_RANGE: numpy.array(run.model.dic_range),
        SHARED.NOISE_RANGE: numpy.array(units.noise_range),
    }
    return tensors, metadata(options, run, data)


def metadata(options, run, data):
    range_s, range_u = run.model.dic_range
    return {
        "model": run.plan.model,
        "version": str(run.plan.version),
        "seed": str(run.seed),
        "n_simulated": str(round(run.share * sum(p.n_neurons for p in run.plan.training))),
        "n_train": str(len(data["counts"])),
        "n_noisy": str(int((data["noise"] > 0).sum())),
        "max_noise": str(run.plan.noise_range[1]),
        "steps": str(steps_of(options, run, "posterior")),
        "trained_with": "dicrec " + dicrec.version(),
        "g_s_range": "%g %g" % tuple(range_s),
        "g_u_range": "%g %g" % tuple(range_u),
        "most_intervals": str(LONGEST),
    }


def train_forward(options, run):
    """Tensors and metadata of the forward networks."""
    neurons = forward_data.of_data(run.model, run.training(with_pilot=True), run.seed)
    scales, units, networks = forward.input_scales(neurons), units_of(run.plan), {}
    steps = {kind: steps_of(options, run, kind) for kind in forward.KINDS}
    for kind in forward.KINDS:
        rows = numpy.flatnonzero((neurons.noise > 0) == (kind == "noisy"))
        chosen = forward_data.Neurons(*(column[rows] for column in neurons))
        networks[kind] = forward.train(chosen, scales, kind, units, options.work, run.seed, steps[kind], log=run.log)
    words = {"forward_n_train": str(len(neurons.noise)), "forward_steps": "%d %d" % tuple(steps.values())}
    return forward.tensors(scales, networks), words


def main(arguments):
    options = parse(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    log_file = open(options.work / "log.txt", "a")

    def log(line):
        print(line, flush=True)
        print(line, file=log_file, flush=True)

    run = Run(plan.load(options.plan), options.work, options.seed, options.share, log)
    log("# dicrec %s, model %s, seed %d" % (dicrec.version(), run.plan.model, run.seed))
    begin = time.monotonic()
    export(options.out, train_estimator(options, run), train_forward(options, run))
    log("# wrote %s after %.0f s" % (options.out.name, time.monotonic() - begin))


if __name__ == "__main__":
    main(sys.argv[1:])
