# SPDX-License-Identifier: MIT
"""Model card of a weight file, from trains that training never saw.

python -m dicrec_training.card stg --weights stg.safetensors --log log.txt --out card.md
"""

import argparse
import json
import sys
import warnings
from pathlib import Path

import numpy
from scipy import stats

import dicrec

from . import activity, heldout
from .forward_card import forward_section
from .plan import load

INTRODUCTION = """# Weights of the model `%s`

Made by `python -m dicrec_training.card` from the weight file and its training log; nothing here is typed.

%s

"""

SCORES = """## Scores on trains that training never saw

DIC targets uniform in the training range, populations by compensation, the model's protocol unless a length is given.
Bursting and spiking: class of the train before it was cut or spoiled. Error: mean absolute difference of the
posterior's median from the truth, next to that of the best constant guess. Inside: share of truths inside the central
50 % and 90 % intervals. Support: share of trains whose support is below 0.01.

"""

CALIBRATION = """
## Calibration

Simulation-based calibration: ranks of the truth among 99 samples of the posterior, in 20 bins, with the probability of
a larger χ² if the ranks were uniform. Noise as in training: none in a quarter of the neurons, else log-uniform in %g to
%g uA/cm2. No noise has a probability of its own, and ties are broken at random.

| trains | n | p, g_s | p, g_u | p, noise |
|---|---|---|---|---|
"""

NOISE = """
## Noise

Of neurons with noise as in training: what the posterior says of it, for %d trains.

| noise, uA/cm2 | n | probability of none, mean | log10 of the median off by, median | inside 90 %% |
|---|---|---|---|---|
"""

SUPPORT = """
## Support

How well the support tells held-out trains (clean, and with noise as in training) from others: area under the ROC
curve. Refused: share of the others whose support is below the limit that refuses 1 %% of the held-out trains under noise
(%.4f).

| others | n | area, from clean | area, from noisy | refused |
|---|---|---|---|---|
"""

CLASSES = """
## Class probabilities

What the neuron does by itself, told from its train with noise as in training (%d neurons that fire).

| class | share | mean probability | told right, of those with this class |
|---|---|---|---|
"""


def score(estimator, trains):
    """Posterior summaries: median [n, 2], inside 50 % [n, 2], inside 90 % [n, 2], support [n, 1]."""
    rows = []
    for posterior, dics in zip(estimator.run_many(trains.spikes, support_limit=0), trains.dics):
        low90, low50, high50, high90 = posterior.quantile([0.05, 0.25, 0.75, 0.95])
        inside50, inside90 = (low50 <= dics) & (dics <= high50), (low90 <= dics) & (dics <= high90)
        rows.append(numpy.concatenate([posterior.median, inside50, inside90, [posterior.support]]))
    return numpy.array(rows)


def score_cells(rows, truth):
    error = numpy.abs(rows[:, :2] - truth).mean(0)
    guess = numpy.abs(truth - numpy.median(truth, axis=0)).mean(0)
    cells = ["%.2f" % value for value in (*error, *guess)]
    cells += ["%.2f, %.2f" % tuple(rows[:, k : k + 2].mean(0)) for k in (2, 4)]
    return cells + ["%.3f" % (rows[:, 6] < 0.01).mean()]


def score_section(estimator, plan, n):
    """Scores of all conditions, by class."""
    yield SCORES
    columns = ["trains", "n", "error g_s", "error g_u", "guess g_s", "guess g_u", "inside 50 %", "inside 90 %"]
    yield "| %s |\n|%s\n" % (" | ".join(columns + ["support < 0.01"]), "---|" * (len(columns) + 1))
    for condition in heldout.CONDITIONS:
        trains = heldout.trains_under(plan, condition, n)
        rows = score(estimator, trains)
        for label, members in (("bursting", trains.bursting), ("spiking", ~trains.bursting)):
            if members.sum() >= 20:
                cells = score_cells(rows[members], trains.dics[members])
                yield "| %s |\n" % " | ".join(["%s, %s" % (condition.label, label), "%d" % members.sum(), *cells])


def calibration_section(estimator, plan, n):
    yield CALIBRATION % plan.noise_range
    noisy, rng = heldout.simulated(plan, None, n), numpy.random.default_rng(1)
    for label, trains in (
        ("clean", heldout.simulated(plan, 0.0, n)),
        ("noise as in training", noisy),
        (
            "the same, windows and faults as in training",
            heldout.changed(noisy, heldout.as_in_training(plan.windows_ms)),
        ),
    ):
        posteriors = estimator.run_many(trains.spikes, support_limit=0)
        samples = numpy.array([p.sample(99, i + 1, noise=True) for i, p in enumerate(posteriors)])
        truth = numpy.concatenate([trains.dics, trains.noise[:, None]], axis=1)[:, None, :]
        ranks = (samples < truth).sum(1) + rng.integers((samples == truth).sum(1) + 1)
        p = [stats.chisquare(numpy.bincount(column // 5, minlength=20)).pvalue for column in ranks.T]
        yield "| %s | %d | %.3g | %.3g | %s |\n" % (
            label,
            len(ranks),
            *p[:2],
            "" if label == "clean" else "%.3g" % p[2],
        )


def noise_section(estimator, plan, n):
    trains = heldout.simulated(plan, None, n)
    posteriors = estimator.run_many(trains.spikes, support_limit=0)
    low, median, high = numpy.array([p.noise_quantile([0.05, 0.5, 0.95]) for p in posteriors]).T
    none = numpy.array([p.noiseless for p in posteriors])
    yield NOISE % len(none)
    for least, most in ((0, 0), (0.03, 0.1), (0.1, 0.3), (0.3, 1), (1, 3), (3, 10), (10, 30)):
        rows = (trains.noise >= least) & ((trains.noise < most) | (trains.noise == most))
        inside = ((low <= trains.noise) & (trains.noise <= high))[rows].mean()
        off = ""
        if most > 0:
            off = "%.2f" % numpy.median(
                numpy.abs(numpy.log10(numpy.maximum(median, plan.noise_range[0]) / trains.noise)[rows])
            )
        label = "none" if most == 0 else "%g to %g" % (least, most)
        yield "| %s | %d | %.3f | %s | %.3f |\n" % (label, rows.sum(), none[rows].mean(), off, inside)


def support_of(estimator, trains):
    return numpy.array([posterior.support for posterior in estimator.run_many(trains.spikes, support_limit=0)])


def area(inside, outside):
    """Area under the ROC curve of the support."""
    return stats.mannwhitneyu(inside, outside).statistic / (len(inside) * len(outside))


def support_section(estimator, plan, n):
    clean_trains, noisy_trains = heldout.simulated(plan, 0.0, n), heldout.simulated(plan, None, n)
    clean, noisy = support_of(estimator, clean_trains), support_of(estimator, noisy_trains)
    limit = numpy.quantile(noisy, 0.01)
    yield SUPPORT % limit
    for label, others in (
        ("Poisson trains of the clean trains' rates", heldout.poisson(clean_trains)),
        ("Poisson trains of the noisy trains' rates", heldout.poisson(noisy_trains)),
        *[("model `%s`, clean" % other, heldout.simulated(load(other), 0.0, n)) for other in plan.others.models],
        *[
            ("model `%s`, noise 5 uA/cm2" % other, heldout.simulated(load(other), 5.0, n))
            for other in plan.others.models
        ],
        ("clean trains, intervals off by up to 30 %", heldout.perturbed(clean_trains, 0.3)),
        (
            "clean bursting trains, intervals off by up to 30 %",
            heldout.perturbed(clean_trains.select(clean_trains.bursting), 0.3),
        ),
    ):
        values = support_of(estimator, others)
        cells = (label, len(values), area(clean, values), area(noisy, values), (values < limit).mean())
        yield "| %s | %d | %.3f | %.3f | %.2f |\n" % cells


def class_section(estimator, plan, n):
    shard = activity.make_twins(dicrec.Model(plan.model), plan.noise_range, heldout.SEED, 2, heldout.DT_MS, n)
    fires = numpy.flatnonzero(shard["counts"] >= 2)
    all_trains = heldout.trains_of(shard)
    trains = [all_trains[i] for i in fires]
    posteriors = estimator.run_many(trains, support_limit=0)
    probabilities = numpy.array([list(p.class_probabilities.values()) for p in posteriors])
    truth, told = shard["classes"][fires], probabilities.argmax(1)
    yield CLASSES % len(trains)
    for k, label in enumerate(dicrec.spikes.CLASSES):
        right = "%.3f" % (told[truth == k] == k).mean() if (truth == k).any() else ""
        yield "| %s | %.3f | %.3f | %s |\n" % (label, (truth == k).mean(), probabilities[:, k].mean(), right)


def metadata(estimator):
    keys = ("version", "seed", "n_simulated", "n_train", "n_noisy", "max_noise", "steps", "trained_with")
    keys += ("g_s_range", "g_u_range", "forward_n_train", "forward_steps")
    return "\n".join("- %s: %s" % (key, estimator.metadata(key)) for key in keys)


def log_lines(path):
    """Every tenth line of each network, and its last."""
    networks = {}
    for text in Path(path).read_text().splitlines():
        if text.startswith("{"):
            networks.setdefault(json.loads(text).get("forward"), []).append("    " + text)
    kept = [text for lines in networks.values() for text in dict.fromkeys(lines[9::10] + lines[-1:])]
    return "\n## Training log, every tenth line and the last\n\n" + "\n".join(kept) + "\n"


def main(arguments):
    parser = argparse.ArgumentParser(prog="python -m dicrec_training.card", description=__doc__)
    parser.add_argument("plan", help="as it was trained by")
    parser.add_argument("--weights", required=True)
    parser.add_argument("--log", required=True, help="training log")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--n", type=int, default=2000, help="neurons simulated for each kind of train")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore", dicrec.DicrecWarning)
    plan = load(options.plan)
    estimator = dicrec.Estimator(dicrec.Model(plan.model), weights=options.weights)
    text = INTRODUCTION % (plan.model, metadata(estimator))
    for section in (score_section, calibration_section, noise_section, support_section, class_section):
        text += "".join(section(estimator, plan, options.n))
    text += forward_section(plan, options.weights, options.n) + log_lines(options.log)
    options.out.write_text(text)


if __name__ == "__main__":
    main(sys.argv[1:])
