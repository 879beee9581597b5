# SPDX-License-Identifier: MIT
"""Model card of a weight file, from trains that training never saw.

python -m dicrec.training.card stg --weights stg.safetensors --log log.txt --out card.md
"""

import argparse
import sys
import warnings
from pathlib import Path

import numpy

import dicrec

from .simulate import make_shard

#: Far from the seeds of training data.
SEED = 1_000_003

INTRODUCTION = """# Weights of the model `%s`

Made by `python -m dicrec.training.card` from the weight file and its training log; nothing here is typed.

%s

## Scores on trains that training never saw

DIC targets uniform in the training range, populations by compensation, the model's protocol. Error: mean absolute
difference of the posterior's median from the truth, next to that of the best constant guess. Inside: share of
truths inside the central 50 %% and 90 %% intervals. Support: share of trains whose support is below 0.01.

| trains | n | error g_s | error g_u | guess g_s | guess g_u | inside 50 %% | inside 90 %% | support < 0.01 |
|---|---|---|---|---|---|---|---|---|
"""


def cut_windows(trains, duration, rng):
    """A random stretch of each train; None where it holds fewer than three spikes."""
    pieces = []
    for train in trains:
        start = train[0] + rng.random() * max(train[-1] - train[0] - duration, 0)
        piece = train[(train >= start) & (train < start + duration)]
        pieces.append(piece if len(piece) >= 3 else None)
    return pieces


def trains_of(shard):
    ends = numpy.cumsum(shard["counts"])
    parts = numpy.split(shard["intervals"].astype(float), ends[:-1])
    return [numpy.concatenate([[0.0], numpy.cumsum(part)]) for part in parts]


def score(estimator, trains, truth):
    """Posterior summaries: median [n, 2], inside 50 % [n, 2], inside 90 % [n, 2], support [n]."""
    rows = []
    for train, dics in zip(trains, truth):
        posterior = estimator.run(train)
        low90, low50, high50, high90 = (posterior.quantile(p) for p in (0.05, 0.25, 0.75, 0.95))
        inside50, inside90 = (low50 <= dics) & (dics <= high50), (low90 <= dics) & (dics <= high90)
        rows.append(numpy.concatenate([posterior.median, inside50, inside90, [posterior.support]]))
    return numpy.array(rows)


def line(name, rows, truth):
    error = numpy.abs(rows[:, :2] - truth).mean(0)
    guess = numpy.abs(truth - numpy.median(truth, axis=0)).mean(0)
    inside50, inside90 = rows[:, 2:4].mean(0), rows[:, 4:6].mean(0)
    values = (*error, *guess, *inside50, *inside90, (rows[:, 6] < 0.01).mean())
    return "| %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f, %.2f | %.2f, %.2f | %.3f |\n" % (name, len(rows), *values)


def table(estimator, model, n):
    """Lines for clean, noisy and short trains, by class."""
    rng = numpy.random.default_rng(SEED)
    for label, index, noise, seconds in (
        ("clean", 0, 0.0, None),
        ("noise 2.5 uA/cm2", 1, 2.5, None),
        ("noise 5 uA/cm2", 2, 5.0, None),
        ("clean, 1 s", 0, 0.0, 1.0),
    ):
        shard = make_shard(model, SEED, index, (noise, noise), 0.0125, n)
        trains, truth = trains_of(shard), shard["dics"].astype(float)
        if seconds is not None:
            trains = cut_windows(trains, 1000 * seconds, rng)
        kept = [i for i, train in enumerate(trains) if train is not None]
        trains, truth = [trains[i] for i in kept], truth[kept]
        rows = score(estimator, trains, truth)
        bursting = numpy.array([dicrec.Spikes(train).statistics().activity == "bursting" for train in trains])
        for name, members in (("bursting", bursting), ("spiking", ~bursting)):
            if members.sum() >= 20:
                yield line("%s, %s" % (label, name), rows[members], truth[members])


def metadata(estimator):
    keys = ("version", "seed", "n_train", "n_noisy", "max_noise", "steps", "trained_with", "g_s_range", "g_u_range")
    return "\n".join("- %s: %s" % (key, estimator.metadata(key)) for key in keys)


def log_lines(path):
    lines = Path(path).read_text().splitlines()
    steps = [text for text in lines if text.startswith("{")]
    return "\n## Training log, every tenth line\n\n" + "\n".join("    " + text for text in steps[9::10]) + "\n"


def main(arguments):
    parser = argparse.ArgumentParser(prog="python -m dicrec.training.card", description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--weights", required=True)
    parser.add_argument("--log", required=True, help="training log")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--n", type=int, default=2000, help="neurons simulated for each kind of train")
    options = parser.parse_args(arguments)
    warnings.simplefilter("ignore", dicrec.DicrecWarning)
    model = dicrec.Model(options.model)
    estimator = dicrec.Estimator(model, weights=options.weights)
    text = INTRODUCTION % (options.model, metadata(estimator))
    text += "".join(table(estimator, model, options.n)) + log_lines(options.log)
    options.out.write_text(text)


if __name__ == "__main__":
    main(sys.argv[1:])
