# SPDX-License-Identifier: MIT
"""How well neurons that the library makes and simulates are recognised and rebuilt, against what the documentation says.

Everything is made from fixed seeds. Limits are the documented figures, loosened by what a few hundred neurons, or a few
trains, may differ from the thousands behind them.
"""

import os
import sys
import warnings
from pathlib import Path

try:
    import numpy
except ImportError:
    print("skipped: NumPy is missing")
    sys.exit(77)

import dicrec
import documented

SEED = 20
#: Neurons of each class; batches that they are looked for in, and neurons of a batch.
N, BATCHES, BATCH = 200, 6, 500
#: As finely as the neurons of the model cards were simulated, ms.
DT_MS = 0.0125
#: Of the documented mean error, at most; below the documented share inside the 90 % intervals, at most.
ERROR_FACTOR, INSIDE_MARGIN = 1.25, 0.08
#: Fewer neurons of a class tell nothing.
LEAST = 50
CONDITIONS = {"clean": 0.0, "noise 5 uA/cm2": 5.0}
#: Trains of each class that are rebuilt, and members of each.
TRAINS, MEMBERS = 6, 16
#: The median rate error of the members, at most this times the documented mean; below the documented percentage of
#: members of the same class, at most.
RATE_FACTOR, CLASS_MARGIN = 1.0, 4.0


def simulated(model, noise, batch):
    """Trains of a batch of neurons whose DICs are uniform in the model's range, and these DICs."""
    rng = numpy.random.default_rng([SEED, batch])
    low, high = numpy.array(model.dic_range).T
    targets = low + (high - low) * rng.random((BATCH, 2))
    made = dicrec.generate(model, targets, BATCH, seed=SEED + batch)
    rows = numpy.flatnonzero(made.valid)
    run = dicrec.simulate(
        model, made.conductances[rows], solver="ensemble", dt=DT_MS, noise=noise, seed=SEED + batch, threads=0
    )
    return [(train, targets[row]) for train, row in zip(run.spikes, rows) if len(train) >= 3]


def neurons(model, noise):
    """{class: trains and DICs of up to N neurons}."""
    found = {"bursting": [], "spiking": []}
    for batch in range(BATCHES):
        for train, dics in simulated(model, noise, batch):
            found[dicrec.Spikes(train).statistics().activity].append((train, dics))
        if min(map(len, found.values())) >= N:
            break
    return {name: some[:N] for name, some in found.items()}


def said(label, found, limit, is_good):
    print("%-34s %8.4g  limit %8.4g  %s" % (label, found, limit, "ok" if is_good else "MISSED"))
    return is_good


def check_estimates(estimator, condition, label, some):
    """Whether errors and intervals of the posteriors are as documented."""
    (errors, shares), dics = documented.estimates(estimator.model.name)[condition, label], numpy.array(
        [d for _, d in some]
    )
    posteriors, results = estimator.run_many([train for train, _ in some], support_limit=0, threads=0), []
    error = numpy.abs(numpy.array([p.median for p in posteriors]) - dics).mean(0)
    low, high = numpy.array([p.quantile([0.05, 0.95]) for p in posteriors]).transpose(1, 0, 2)
    inside = ((low <= dics) & (dics <= high)).mean(0)
    for k, name in enumerate(("g_s", "g_u")):
        words, most, least = (
            "%s, %s, %s" % (condition, label, name),
            ERROR_FACTOR * errors[k],
            shares[k] - INSIDE_MARGIN,
        )
        results.append(said(words + ": error", error[k], most, error[k] <= most))
        results.append(said(words + ": inside 90 %", inside[k], least, inside[k] >= least))
    return all(results)


def member_trains(model, result):
    """What the members fire, simulated as the neurons were."""
    return dicrec.simulate(model, result.population, solver="ensemble", dt=DT_MS, threads=0).spikes


def check_reconstructions(estimator, label, some, selection):
    """Whether members fire at the rate of their trains, and are of their class, as documented."""
    model, is_verified = estimator.model, selection == "verified"
    same, mean_error, _ = documented.reconstructions()["%s %s" % (model.name.upper(), label), selection]
    trains, errors, alike = [train for train, _ in some[:TRAINS]], [], []
    for train, result in zip(
        trains, dicrec.reconstruct_many(estimator, trains, MEMBERS, verify=is_verified, seed=SEED)
    ):
        members = [dicrec.Spikes(s).statistics() for s in member_trains(model, result)]
        rate = dicrec.Spikes(train).statistics().rate_hz
        alike += [100.0 * (s.activity == label) for s in members]
        errors += [100.0 * abs(s.rate_hz / rate - 1) for s in members if s.activity == label]
    words, share, error = "%s, %s" % (label, selection), numpy.mean(alike), numpy.median(errors)
    most, least = RATE_FACTOR * mean_error, same - CLASS_MARGIN
    good = said(words + ": rate error, %", error, most, error <= most)
    return said(words + ": of the class, %", share, least, share >= least) and good


def check(name):
    """Whether a model does as well as documented."""
    print(name)
    model, good = dicrec.Model(name), True
    estimator = dicrec.Estimator(model)
    for condition, noise in CONDITIONS.items():
        for label, some in neurons(model, noise).items():
            if len(some) < LEAST:
                continue
            good = check_estimates(estimator, condition, label, some) and good
            for selection in ("screened", "verified") if condition == "clean" else ():
                good = check_reconstructions(estimator, label, some, selection) and good
    return good


if __name__ == "__main__":
    warnings.simplefilter("ignore", dicrec.DicrecWarning)
    names = sorted(path.stem for path in Path(os.environ["WEIGHTS"]).glob("*.safetensors"))
    sys.exit(0 if all([check(name) for name in names]) else 1)
