# SPDX-License-Identifier: MIT
"""The stages of a training: from the data of a run to the tensors and metadata of a weight file."""

from pathlib import Path

import numpy

import dicrec

from . import activity, calibrate, embed, examples, forward, forward_data, support
from .batches import LONGEST, Batches
from .export import kept_tensors
from .identity import digest
from .shared import SHARED
from .train import N_HELD, examples_of, input_scale, select, split, train

#: Windows of each train that the posterior learns from.
VIEWS = 2
#: A weight file whose embedding of the intervals is kept where a plan trains none: it reads spikes of any model.
EMBEDDING = Path(__file__).with_name("embedding.safetensors")


def learn_embedding(run, data, embedding):
    """Layers of the embedding and what its inputs are standardised by: those of a weight file, or learnt anew."""
    scale = input_scale(data, run.plan.resolution_ms)
    if embedding is None and run.plan.steps.embedding > 0:
        steps, progress = run.steps("embedding"), run.stage("embedding")
        where = (run.checkpoints, run.seed, steps)
        return embed.train(data, scale, run.units, run.plan, *where, log=run.log, progress=progress), scale
    tensors = kept_tensors(embedding or EMBEDDING, "estimator")
    learnt_with = [SHARED.INTERVAL_CENTER, SHARED.INTERVAL_SCALE]
    scale[learnt_with] = tensors[SHARED.INPUT_SCALE][learnt_with]
    return {name: value for name, value in tensors.items() if embed.is_of_embedding(name)}, scale


def n_held(run, n):
    """How many of n trains are kept back."""
    return min(N_HELD, n // 10) if run.plan.is_calibrated or run.share != 1.0 else N_HELD


def learn_posterior(run, data, embedding):
    """What reads trains (examples.Reader), with all layers."""
    training, held = split(data, n_held(run, len(data["counts"])))
    layers, scale = learn_embedding(run, training, embedding)
    batches = [
        Batches(some, scale, run.units, run.plan.windows_ms, run.seed + k) for k, some in enumerate((training, held))
    ]
    progress = run.stage("features")
    given, kept = examples.collect(layers, batches[0], VIEWS, progress), examples.collect(layers, batches[1], 1)
    run.log("# %d examples of %d trains" % (len(given[2]), len(training["counts"])))
    scale_of_patterns = examples.pattern_scale(given[1])
    sets = [
        examples_of(source, examples.features(pooled, pattern, scale_of_patterns), rows, run.units)
        for source, (pooled, pattern, rows) in ((training, given), (held, kept))
    ]
    where = (run.plan.widths, run.checkpoints, run.seed, run.steps("posterior"))
    learnt = train(*sets, *where, log=run.log, progress=run.stage("posterior"))
    if run.plan.is_calibrated:
        learnt = calibrate.calibrated(learnt, sets[1], run.seed, run.log)
    return examples.Reader({**layers, **learnt}, scale, scale_of_patterns)


def likely(data, n, seed):
    """Some trains, drawn as the prior has them."""
    share = data["weight"] / data["weight"].sum()
    n = min(n, numpy.count_nonzero(share))
    return select(data, numpy.sort(numpy.random.default_rng(seed).choice(len(share), n, replace=False, p=share)))


def fires(data):
    """The trains that are not silent."""
    return select(data, numpy.flatnonzero(data["counts"] >= 2))


def learn_support(run, reader, data):
    """The support's tensors."""
    of = lambda some, windows: Batches(some, reader.scale, run.units, windows, run.seed)
    plan, others, minutes = run.plan, fires(run.others()), fires(run.minutes())
    batches = of(likely(data, 120_000, run.seed), plan.windows_ms), of(minutes, plan.long_windows_ms)
    n = round(plan.support_trains * min(1.0, run.share * run.steps_share * 4))
    run.stage("support")
    return support.fit(reader, *batches, of(others, plan.windows_ms), run.seed, max(n, 400), run.steps("support"))


def train_estimator(run, embedding=None):
    """Tensors and metadata of the estimator.

    embedding : a weight file whose embedding of the intervals is kept.
    """
    data = fires(run.training())
    reader, twins = learn_posterior(run, data, embedding), run.twins()
    run.stage("classes")
    windows, seed = run.plan.windows_ms, run.seed
    tensors = {
        **reader.layers,
        **activity.fit_classes(reader, twins, run.units, windows, seed, run.steps("classes")),
        **activity.fit_silent(twins, run.units, seed, run.steps("silent")),
        **learn_support(run, reader, data),
        SHARED.INPUT_SCALE: reader.scale,
        SHARED.PATTERN_CENTER: reader.pattern_scale[0],
        SHARED.PATTERN_SCALE: reader.pattern_scale[1],
        SHARED.TARGET_CENTER: run.units.center,
        SHARED.TARGET_SCALE: run.units.scale,
        SHARED.TARGET_RANGE: numpy.array(run.model.dic_range),
        SHARED.NOISE_RANGE: numpy.array(run.units.noise_range),
    }
    return tensors, metadata(run, data)


def metadata(run, data):
    range_s, range_u = run.model.dic_range
    return {
        "model": run.plan.model,
        "model_sha256": digest(run.model),
        "version": str(run.plan.version),
        "seed": str(run.seed),
        "n_simulated": str(round(run.first * run.share * sum(p.n_neurons for p in run.plan.training))),
        "n_train": str(len(data["counts"])),
        "n_noisy": str(int((data["noise"] > 0).sum())),
        "max_noise": str(run.plan.noise_range[1]),
        "steps": str(run.steps("posterior")),
        "trained_with": "dicrec " + dicrec.version(),
        "g_s_range": "%g %g" % tuple(range_s),
        "g_u_range": "%g %g" % tuple(range_u),
        "most_intervals": str(LONGEST),
    }


def train_forward(run):
    """Tensors and metadata of the forward networks."""
    neurons = forward_data.of_data(run.model, run.training(with_pilot=True), run.seed)
    scales, networks = forward.input_scales(neurons), {}
    steps = {kind: run.steps(kind) for kind in forward.KINDS}
    for kind in forward.KINDS:
        rows = numpy.flatnonzero((neurons.noise > 0) == (kind == "noisy"))
        chosen = forward_data.Neurons(*(column[rows] for column in neurons))
        hidden = getattr(run.plan.widths, kind)
        where = (run.units, run.checkpoints, run.seed, steps[kind])
        networks[kind] = forward.train(
            chosen, scales, kind, hidden, *where, log=run.log, progress=run.stage("forward, " + kind)
        )
    words = {"forward_n_train": str(len(neurons.noise)), "forward_steps": "%d %d" % tuple(steps.values())}
    return forward.tensors(scales, networks), words
