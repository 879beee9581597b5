# SPDX-License-Identifier: MIT
"""The model card that a training writes: how good the weights are, on neurons that training never saw."""

import warnings
from typing import NamedTuple

import numpy

import dicrec

from . import heldout, unlike
from .simulate import draw_neurons, make_shard

SEED = heldout.SEED
#: Most seconds for a train that is reconstructed.
MOST_SECONDS = 5.0

HEAD = """# Weights of the model `%s`

Made by `dicrec-train`; all numbers are of neurons that training never saw, simulated with half the step of training.

%s

"""

SCORES = """## The posterior

Error: mean absolute difference of the posterior's median from the truth, next to that of the best constant guess.
Inside: share of truths inside the central 50 % and 90 % intervals, of g_s and g_u.

| trains | n | error g_s | error g_u | guess g_s | guess g_u | inside 50 % | inside 90 % |
|---|---|---|---|---|---|---|---|
"""

SUPPORT = """
## Support

Told from trains of the model under noise as in training: area under the ROC curve, and the share that is refused by the
limit that refuses 1 % of the model's trains.

| others | n | area | refused |
|---|---|---|---|
"""

FIDELITY = """
## Fidelity

What members of populations reconstructed from noiseless trains fire, %d trains of %d members. Class: share with the class
of the input. Rate: how far the mean rate is off. Found: share of the members that were asked for.

| members | n | found | class | rate off, median | 95 %% | most |
|---|---|---|---|---|---|---|
"""

MORE = """
## What more time would give

The early estimator and this one, on the same %d trains with noise as in training. Density: mean logarithm of the
posterior's density at the truth.

| estimator | minutes | trains learnt from | error g_s | error g_u | density |
|---|---|---|---|---|---|
"""


class Trains(NamedTuple):
    """Held-out trains (ms) that fire, DICs [n, 2], noise [n], and which are bursting."""

    spikes: list
    dics: numpy.ndarray
    noise: numpy.ndarray
    bursting: numpy.ndarray


def held_out(run, noiseless):
    """Trains of neurons with noise as in training, or of noiseless ones."""
    plan, kind = run.plan, int(noiseless == 1.0)
    drawn = draw_neurons(run.model, plan.noise_range, SEED + run.seed, kind, plan.card.trains, noiseless)
    shard = make_shard(run.model, drawn, 0.5 * plan.dt_ms, plan.training[0].t_end_ms)
    fires = numpy.flatnonzero(shard["counts"] >= 2)
    every = heldout.trains_of(shard)
    spikes = [every[i] for i in fires]
    bursting = numpy.array([dicrec.Spikes(s).statistics().activity == "bursting" for s in spikes])
    return Trains(spikes, shard["dics"][fires].astype(float), shard["noise"][fires].astype(float), bursting)


def scores(estimator, trains):
    """Of each train: median [n, 2], inside 50 % [n, 2], inside 90 % [n, 2], log density at the truth [n]."""
    rows = []
    for posterior, dics in zip(estimator.run_many(trains.spikes, support_limit=0), trains.dics):
        low90, low50, high50, high90 = posterior.quantile([0.05, 0.25, 0.75, 0.95])
        inside = [(low50 <= dics) & (dics <= high50), (low90 <= dics) & (dics <= high90)]
        rows.append(numpy.concatenate([posterior.median, *inside, posterior.log_density(dics[None, :])]))
    return numpy.array(rows)


def score_rows(estimator, label, trains):
    rows = scores(estimator, trains)
    for kind, chosen in (("bursting", trains.bursting), ("spiking", ~trains.bursting)):
        if chosen.sum() >= 20:
            yield "| %s, %s | %d | %s |\n" % (label, kind, chosen.sum(), cells(rows[chosen], trains.dics[chosen]))
    yield "| %s, all | %d | %s |\n" % (label, len(rows), cells(rows, trains.dics))


def cells(rows, dics):
    error, guess = numpy.abs(rows[:, :2] - dics).mean(0), numpy.abs(dics - numpy.median(dics, axis=0)).mean(0)
    parts = ["%.2f" % value for value in (*error, *guess)]
    return " | ".join(parts + ["%.2f, %.2f" % tuple(rows[:, k : k + 2].mean(0)) for k in (2, 4)])


def support_rows(run, estimator, trains):
    """Areas and refused shares of trains that are unlike the model's: of noise, changed ones, of the built-in models."""
    support = lambda spikes: numpy.array([p.support for p in estimator.run_many(spikes, support_limit=0)])
    own, rng = support(trains.spikes), numpy.random.default_rng(SEED)
    limit = numpy.quantile(own, 0.01)
    for label, change in (
        ("Poisson trains of the same rates", unlike.poisson),
        ("intervals off by 15 to 60 %", unlike.jittered),
        ("slower or faster by a factor of 2 or more", unlike.stretched),
    ):
        made = [numpy.cumsum(change(numpy.diff(s)[None, :], rng)[0]) for s in trains.spikes]
        yield support_row(label, own, support([numpy.concatenate([[0.0], s]) for s in made]), limit)
    for name in dicrec.models():
        if name != run.model.name:
            population = dicrec.simulate(name, dicrec.generate(name, n_targets(name), 200, seed=SEED).conductances)
            yield support_row("model `%s`" % name, own, support([s for s in population.spikes if len(s) >= 3]), limit)


def n_targets(name, n=200):
    low, high = dicrec.Model(name).dic_range.T
    return low + (high - low) * numpy.random.default_rng(SEED).random((n, 2))


def support_row(label, own, others, limit):
    area = (own[:, None] > others[None, :]).mean() + 0.5 * (own[:, None] == others[None, :]).mean()
    return "| %s | %d | %.3f | %.2f |\n" % (label, len(others), area, (others < limit).mean())


class Fired(NamedTuple):
    """What members of a population fired: which have the input's class, how far their rates are off; and how many were
    asked for."""

    same: list
    off: list
    asked: int


def fired_by(estimator, train, n, verify):
    """What the members that match fire, simulated if they were not."""
    asked = {"verify": verify, "seed": SEED, "max_wall_s": MOST_SECONDS, "support_limit": 0}
    train = train + estimator.model.protocol.t_skip  # as it was fired: members too are simulated from rest on
    made = dicrec.reconstruct(estimator, train, n, **asked)
    members = made.members
    if verify:
        statistics = [s for s, accepted in zip(made.statistics, made.accepted) if accepted]
    else:
        spikes = dicrec.simulate(estimator.model, members).spikes if len(members) else []
        statistics = [dicrec.Spikes(s).statistics() for s in spikes]
    truth = dicrec.Spikes(train).statistics()
    off = [abs(truth.isi_mean_ms / s.isi_mean_ms - 1) if s.n_spikes > 2 else 1.0 for s in statistics]
    return Fired([s.activity == truth.activity for s in statistics], off, n)


def fidelity_rows(run, estimator, trains):
    some = numpy.random.default_rng(SEED).permutation(len(trains.spikes))[: run.plan.card.reconstructed]
    progress = run.stage("fidelity")
    for k, (label, verify) in enumerate((("screened", False), ("verified", True))):
        found = []
        for n, i in enumerate(some):
            found.append(fired_by(estimator, trains.spikes[i], run.plan.card.members, verify))
            progress(k * len(some) + n + 1, 2 * len(some))
        same, off = ([value for one in found for value in getattr(one, key)] for key in ("same", "off"))
        share = len(same) / sum(one.asked for one in found)
        if not same:
            yield "| %s | 0 | 0.00 | | | | |\n" % label
            continue
        rates = (100 * numpy.median(off), 100 * numpy.quantile(off, 0.95), 100 * max(off))
        yield "| %s | %d | %.2f | %.1f %% | %.2f %% | %.2f %% | %.2f %% |\n" % (
            label,
            len(same),
            share,
            100 * numpy.mean(same),
            *rates,
        )


def learning_rows(run, final, early, trains):
    """Rows of both estimators, and what follows of them for twice and four times the time."""
    found = []
    for label, estimator in (("early", early), ("this", final)):
        rows = scores(estimator, trains)
        error, density = numpy.abs(rows[:, :2] - trains.dics).mean(0), rows[:, 6].mean()
        minutes, n = float(estimator.metadata("minutes")), int(estimator.metadata("n_train"))
        found.append((minutes, *error, density))
        yield "| %s | %.1f | %d | %.3f | %.3f | %.3f |\n" % (label, minutes, n, *error, density)
    yield "\n" + outlook(*map(numpy.array, found))


def outlook(first, last):
    """A sentence on longer trainings, if errors go on falling as a power of the time."""
    doublings = numpy.log2(max(last[0] / first[0], 1.01))
    factor = (last[1:3] / first[1:3]) ** (1 / doublings)
    four = last[1:3] * factor**2
    return (
        "Each doubling of the time took errors of g_s and g_u to %.2f and %.2f of what they were, and the density up by "
        "%.2f.\nIf it goes on like this, four times the time takes the errors to %.2f and %.2f; what spikes leave open "
        "is a limit to it.\n" % (*factor, (last[3] - first[3]) / doublings, *four)
    )


def sections(run, weights, early):
    """The card, part by part."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dicrec.DicrecWarning)
        estimator = dicrec.Estimator(run.model, weights=str(weights))
        progress = run.stage("card")
        yield HEAD % (run.model.name, metadata(estimator))
        clean, noisy = held_out(run, 1.0), held_out(run, 0.25)
        progress(1, 4)
        yield SCORES
        yield from score_rows(estimator, "no noise", clean)
        yield from score_rows(estimator, "noise as in training", noisy)
        yield SUPPORT
        yield from support_rows(run, estimator, noisy)
        progress(2, 4)
        yield FIDELITY % (run.plan.card.reconstructed, run.plan.card.members)
        yield from fidelity_rows(run, estimator, clean)
        if early is not None:
            yield MORE % len(noisy.spikes)
            yield from learning_rows(run, estimator, dicrec.Estimator(run.model, weights=str(early)), noisy)


def metadata(estimator):
    keys = ("model_sha256", "seed", "minutes", "n_simulated", "n_train", "n_noisy", "max_noise", "steps")
    keys += ("forward_n_train", "forward_steps", "trained_with", "g_s_range", "g_u_range")
    return "\n".join("- %s: %s" % (key, estimator.metadata(key)) for key in keys)
