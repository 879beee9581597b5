# SPDX-License-Identifier: MIT
"""Model card of a weight file, from trains that training never saw.

python -m dicrec.training.card stg --weights stg.safetensors --log log.txt --out card.md
"""

import argparse
import json
import sys
import warnings
from pathlib import Path

import numpy
from safetensors.numpy import load_file

import dicrec
from dicrec.spikes import ACTIVITIES

from . import forward, forward_data
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

FORWARD_INTRODUCTION = """
## Forward networks

What the networks predict of %d neurons that training never saw (%s), made in the same way and
simulated without noise at the default step. Class: share of all these neurons whose class the network tells. Error: of
the n neurons of the network's own class, relative. Inside: share of the logarithms that are less than one predicted
scale off; 0.63 is expected of Student's law with 4 degrees of freedom, more where the scale is at its floor.

| network | n | class | error of the mean interval: median, mean | inside | error of spikes per burst: median, mean | inside |
|---|---|---|---|---|---|---|
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


def predictions(tensors, kind, shard):
    """Class told [n], means of the logarithms [n, outputs] and logarithms of their scales by the network of a class."""
    scales = {key: tensors["forward.input." + key] for key in ("offset", "center", "scale")}
    x = forward.inputs(shard["conductances"], shard["dics"], scales["offset"])
    x = numpy.clip((x - scales["center"]) / scales["scale"], -forward.INPUT_LIMIT, forward.INPUT_LIMIT)
    prefix = "forward.%s." % kind
    layers = {name[len(prefix) :]: value for name, value in tensors.items() if name.startswith(prefix)}
    logits, mean, log_scale = (numpy.asarray(part) for part in forward.raw(layers, x))
    return logits.argmax(1), mean, numpy.maximum(log_scale, numpy.log(forward.SD_FLOOR[: mean.shape[1]]))


def forward_line(tensors, kind, shard):
    told, mean, log_scale = predictions(tensors, kind, shard)
    activity, logarithms, defined = forward.targets(shard["statistics"])
    own = activity == ACTIVITIES.index(kind)
    cells = [kind, "%d" % own.sum(), "%.3f" % (told == activity).mean()]
    for name in ("isi_mean_ms", "spikes_per_burst"):
        k = forward.OUTPUTS.index(name)
        if k >= mean.shape[1]:
            cells += ["", ""]
            continue
        kept = own & defined[:, k]
        off = numpy.abs(mean[kept, k] - logarithms[kept, k])
        error = numpy.expm1(off)
        cells += ["%.4f, %.4f" % (numpy.median(error), error.mean()), "%.2f" % (off < numpy.exp(log_scale[kept, k])).mean()]
    return "| %s |\n" % " | ".join(cells)


def forward_section(model, weights, n):
    """Scores of the forward networks; nothing if the file has none."""
    tensors = load_file(weights)
    if not any(name.startswith("forward.") for name in tensors):
        return ""
    rng = numpy.random.default_rng([SEED, 3])  # 0 to 2: the estimator's trains
    targets = forward_data.uniform_targets(model, rng, n)
    shard = forward_data.make_shard(model, targets, int(rng.integers(2**63)), None)
    counts = numpy.bincount(shard["statistics"][:, 0].astype(int), minlength=len(ACTIVITIES))
    words = ", ".join("%d %s" % (count, name) for count, name in zip(counts, ACTIVITIES))
    lines = [forward_line(tensors, kind, shard) for kind in forward.N_OUTPUTS]
    return FORWARD_INTRODUCTION % (counts.sum(), words) + "".join(lines)


def metadata(estimator):
    keys = ("version", "seed", "n_train", "n_noisy", "max_noise", "steps", "trained_with", "g_s_range", "g_u_range")
    keys += ("forward_n_train", "forward_steps")
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
    text += "".join(table(estimator, model, options.n))
    text += forward_section(model, options.weights, options.n) + log_lines(options.log)
    options.out.write_text(text)


if __name__ == "__main__":
    main(sys.argv[1:])
