# SPDX-License-Identifier: MIT
"""The ten things of same.c in Python.

Usage: same.py TRAIN FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

try:
    import numpy
except ImportError:
    print("skipped: there is no NumPy")
    sys.exit(77)

import dicrec

MODEL = dicrec.Model("stg")


def write(folder: Path, name: str, values: Any) -> None:
    numpy.asarray(values, dtype="<f8").tofile(folder / name)


def counted(spikes: list[Any]) -> list[float]:
    """For each member the number of its spikes, then their times."""
    return [number for times in spikes for number in (len(times), *times)]


def from_spikes(train: Any, folder: Path) -> None:
    estimator = dicrec.Estimator(MODEL)
    posterior = estimator.run(train)
    low, high = posterior.quantile([0.05, 0.95])
    quantiles = [low[0], high[0], low[1], high[1]]
    write(folder, "01_estimate", [*posterior.median, *quantiles, posterior.time_scale, posterior.support])

    members = dicrec.reconstruct(estimator, train, 4, seed=7).population
    columns = [members.conductances, members.dics[:, 1:3], [members.time_scale] * 4, members.noise_std, members.streams]
    write(folder, "02_reconstruct", numpy.column_stack(columns))

    verified = dicrec.reconstruct(estimator, train, 2, seed=3, verify=True)
    rates = [fired.rate_hz for fired in verified.statistics]
    columns = [verified.population.conductances, verified.distance, verified.accepted, rates]
    write(folder, "03_verified", numpy.column_stack(columns))

    published = dicrec.reconstruct(estimator, train, 4, seed=5, screening="off", noise="off")
    write(folder, "04_published", published.population.conductances)


def from_a_target(folder: Path) -> None:
    members = dicrec.generate(MODEL, (-5, 8), 5, seed=2)
    conductances = members.conductances
    write(folder, "05_generate", numpy.column_stack([conductances, members.dics[:, 1:3]]))
    write(folder, "06_dics", MODEL.dics(conductances, v=-51))
    write(folder, "07_threshold", MODEL.threshold(conductances))

    fired = dicrec.simulate(MODEL, conductances, t_end=1500, t_skip=500, solver="ensemble")
    write(folder, "08_simulate", counted(fired.spikes))
    noisy = dicrec.simulate(MODEL, conductances[:1], t_end=1500, noise=5, seed=4, solver="cvode")
    write(folder, "09_noisy", counted(noisy.spikes))
    traced = dicrec.simulate(MODEL, conductances[0], t_end=100, solver="cvode", trace="currents", trace_dt=0.5)
    write(folder, "10_trace", numpy.column_stack([traced.times[0], traced.traces[0]]))


if __name__ == "__main__":
    from_spikes(numpy.loadtxt(sys.argv[1]), Path(sys.argv[2]))
    from_a_target(Path(sys.argv[2]))
