# SPDX-License-Identifier: MIT
"""What limits an estimator: networks trained for as many steps on less data, with more width, and on clean trains.

python -m dicrec.training.study stg --work stg-training --weights stg.safetensors --out study.md --clean clean.safetensors

Takes the data that python -m dicrec.training has left in --work. Writes a section of the model card, and the weights of
the network that was trained on whole clean trains alone; what is not of the network is the same in these as in --weights.
""" 
import argparse
import json
import sys
from pathlib import Path

import jax
import numpy

from . import network, passes
from .export import export, kept_tensors
from .train import N_HELD, Variant, evaluate, select, split, train, validation

VARIANTS = {
    "1/8 of the trains": Variant(share=1 / 8),
    "1/4 of the trains": Variant(share=1 / 4),
    "1/2 of the trains": Variant(share=1 / 2),
    "all trains": Variant(),
    "all trains, twice the width": Variant(width=2.0),
}
CLEAN = Variant(whole_and_clean=True)

INTRODUCTION = """
## The information limit

Networks trained for %d steps each (the published one: %s), and their mean negative log likelihood, in nats, of %d
trains that were kept back, as training meets them and whole without faults. Lower is better; a nat is a factor of 2.7 in
the area of the posterior.

| trained on | n | as met | whole |
|---|---|---|---|
"""


GAP = """
The published network itself: %.4f on trains that it learnt from, %.4f on those kept back, both as met. If the first is
lower, more data of the same kind would gain it about half of the difference; if not, only more steps or another network
would.
"""


def limit(shares, losses):
    """Loss at unlimited data: the best fit of limit + b share^-c, and its c."""
    best = None
    for c in numpy.linspace(0.1, 2.0, 191):
        basis = numpy.stack([numpy.ones(len(shares)), numpy.array(shares) ** -c], axis=1)
        coefficients, *_ = numpy.linalg.lstsq(basis, losses, rcond=None)
        residual = numpy.square(basis @ coefficients - losses).sum()
        if best is None or residual < best[0]:
            best = residual, coefficients[0], c
    return best[1:]


def last_scores(path):
    """Last line of a log."""
    return json.loads([line for line in path.read_text().splitlines() if line.startswith("{")][-1])


def run(options, data, target, label, variant, steps):
    """Layers and input scale of one variant, whose log is in a directory of its own."""
    directory = options.work / ("study-" + label.replace("/", "_").replace(" ", "-").replace(",", ""))
    directory.mkdir(parents=True, exist_ok=True)
    with open(directory / "log.txt", "a") as file:

        def log(line):
            print(label, line, file=sys.stderr, flush=True)
            print(line, file=file, flush=True)

        made = train(data, target, directory, options.seed, steps, variant=variant, log=log)
    return made, last_scores(directory / "log.txt")


def generalisation(options, data, target, tensors):
    """Loss of the published network on as many trains that it learnt from as were kept back, and on these."""
    scale = tensors["input.scale"]
    learnt, held = split(data, N_HELD)
    some = select(learnt, numpy.arange(0, len(learnt["counts"]), len(learnt["counts"]) // N_HELD))
    loss = jax.jit(lambda layers, *batch: network.mean_loss(layers, *batch, scale))
    layers = {key: value for key, value in tensors.items() if key.split(".")[0] in ("embed", "code", "head")}
    return tuple(evaluate(layers, validation(part, scale, target)["held_out"], loss) for part in (some, held))


def section(scores, n_trains, options, published, gap):
    text = INTRODUCTION % (options.steps, published, N_HELD)
    for label, variant in VARIANTS.items():
        values = (scores[label]["held_out"], scores[label]["whole"])
        text += "| %s | %d | %.4f | %.4f |\n" % (label, variant.share * n_trains, *values)
    shares = [variant.share for variant in VARIANTS.values() if variant.width == 1]
    full, wide = list(VARIANTS)[-2:]
    text += "\nExtrapolated to unlimited data, by limit + b share^-c:"
    for key, words in (("held_out", "as met"), ("whole", "whole")):
        losses = [scores[label][key] for label in VARIANTS if VARIANTS[label].width == 1]
        value, power = limit(shares, losses)
        text += " %s %.4f (c = %.2f), %.4f below all trains;" % (words, value, power, losses[-1] - value)
    changes = [scores[wide][key] - scores[full][key] for key in ("held_out", "whole")]
    text += " twice the width changes them by %+.4f and %+.4f.\n" % tuple(changes)
    return text + GAP % gap


def parse(arguments):
    parser = argparse.ArgumentParser(prog="python -m dicrec.training.study", description=__doc__)
    parser.add_argument("model", choices=sorted(passes.PASSES))
    parser.add_argument("--work", type=Path, required=True, help="directory of data; gets those of checkpoints and logs")
    parser.add_argument("--weights", type=Path, required=True, help="the published weights")
    parser.add_argument("--out", type=Path, required=True, help="section of the model card to write")
    parser.add_argument("--clean", type=Path, required=True, help="weights of the network of clean trains to write")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="share of the published plan's neurons")
    parser.add_argument("--steps", type=int, default=30_000, help="steps of training of each network")
    parser.add_argument("--clean-steps", type=int, default=60_000, help="of the network of clean trains")
    return parser.parse_args(arguments)


def main(arguments):
    options = parse(arguments)
    data = passes.training_data(options.model, options.work, options.seed, options.share, print)
    target, n_trains = passes.target_of(options.model), len(data["counts"])
    (layers, scale), _ = run(options, data, target, "clean trains", CLEAN, options.clean_steps)
    tensors, words = kept_tensors(options.weights, "estimator")
    export(options.clean, ({**tensors, **layers, "input.scale": scale}, {**words, "steps": str(options.clean_steps)}))
    scores = {}
    for label, variant in VARIANTS.items():
        scores[label] = run(options, data, target, label, variant, options.steps)[1]
    gap = generalisation(options, data, target, tensors)
    options.out.write_text(section(scores, n_trains, options, words["steps"], gap))


if __name__ == "__main__":
    main(sys.argv[1:])
