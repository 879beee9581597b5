# SPDX-License-Identifier: MIT
"""Objects of every kind for the tests of the Python layer; exits 77 where NumPy is missing."""

import pathlib
import sys
import tempfile
import warnings
from unittest import mock

try:
    import numpy
except ImportError:
    print("SKIPPED: the Python layer is not tested, NumPy is missing", file=sys.stderr)
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bindings" / "python"))

import dicrec  # noqa: E402

WEIGHTS = ROOT / "lib" / "network" / "weights" / "stg.safetensors"
BURSTING = (-5.0, 8.0)


def bursts(n=12):
    """Spike times of a bursting train, ms."""
    return numpy.concatenate([100.0 * k + numpy.array([0, 8.1, 15.9, 24.3, 33.33]) for k in range(n)])


def trains():
    """Trains observed in every way, by name."""
    times = bursts()
    samples = numpy.rint(times * 30).astype(int)
    return {
        "plain": dicrec.Spikes(times),
        "negative": dicrec.Spikes(times - 500),
        "window": dicrec.Spikes(times, window=(-20.5, 1300)),
        "window of its spikes": dicrec.Spikes(times, window=(times[0], times[-1])),
        "seconds": dicrec.Spikes(times / 1000, unit="s", window=(-0.0205, 1.3), gaps=[(0.05, 0.0901)]),
        "gaps": dicrec.Spikes(times, gaps=[(40, 90), (140, 195.5)]),
        "gap at the edge": dicrec.Spikes(times, window=(-20, 1300), gaps=[(-20, -10), (1200, 1300)]),
        "trials": dicrec.Spikes(trials=[times[:30], [], times[:20], [5.0]]),
        "one trial": dicrec.Spikes(trials=[times]),
        "trials with windows": dicrec.Spikes(trials=[times[:30], [], times[:20]], window=[(0, 700), (0, 9), (-3, 500)]),
        "trials with gaps": dicrec.Spikes(trials=[times[:30], times[:30]], gaps=[(40, 90)]),
        "samples": dicrec.Spikes.from_samples(samples, 30000 / 1.0, origin=7),
        "samples at the edge": dicrec.Spikes.from_samples(
            samples, 30000, window=((samples[0] + 0.4) / 30, (samples[-1] - 0.4) / 30)
        ),
        "silent": dicrec.Spikes([]),
        "silent in a window": dicrec.Spikes([], window=(0, 100)),
        "one spike": dicrec.Spikes([3.25]),
    }


def everything():
    """An object or more of every kind, by name."""
    model, estimator = dicrec.Model("stg"), dicrec.Estimator("stg")
    population = dicrec.generate(model, BURSTING, 3, seed=3, keep_raw=True)
    simulation = dicrec.simulate(model, population, t_end=2000, t_skip=500, noise=1)
    train = dicrec.Spikes(simulation.spikes[0])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dicrec.DicrecWarning)
        found = {
            "model": model,
            "other model": dicrec.Model("da"),
            "estimator": estimator,
            "estimator with weights": dicrec.Estimator(model, WEIGHTS.read_bytes()),
            "estimator with a file": dicrec.Estimator(model, WEIGHTS),
            "population": population,
            "cancelled population": dicrec.generate(model, BURSTING, 2, progress=lambda *_: False),
            "simulation": simulation,
            "simulation with traces": dicrec.simulate(model, population, t_end=20, trace="currents"),
            "simulation at the solver's steps": dicrec.simulate(model, population, t_end=20, trace_dt="steps"),
            "posterior": estimator.run(train),
            "posterior with a remark": estimator.run([1, 2]),
            "sure posterior": dicrec.Posterior.at(BURSTING, noise=0.5),
            "verified": dicrec.reconstruct(estimator, train, 2, verify=True),
            "screened": dicrec.reconstruct(estimator, train, 2),
            "as published": dicrec.reconstruct(estimator, train, 2, screening=False, noise="off"),
            "statistics": train.statistics(),
            "statistics of silence": dicrec.Spikes([1, 2]).statistics(),
            "stationarity": train.stationarity(),
            "posterior of a stream": streamed(estimator, train),
        }
    found["report"] = found["verified"].report
    return {**found, **{"train, %s" % name: spikes for name, spikes in trains().items()}}


def streamed(estimator, train):
    stream = dicrec.Stream(estimator)
    stream.push(train.times)
    return stream.posterior()


def content(item):
    """What the file of an object holds: equal bytes are equal objects, to the last bit."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "item"
        with mock.patch("os.fsync"):  # hundreds of files: the disk need not keep them
            item.save(path)
        return path.read_bytes()
