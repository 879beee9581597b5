# SPDX-License-Identifier: MIT
"""Write spike_times.csv: what SciPy's DOP853 makes of the hand-written equations. Run by hand, with SciPy."""

from __future__ import annotations

import pathlib

import numpy
from scipy.integrate import solve_ivp

from equations import CASES, Case
from states import system

T_END_MS = 1000.0
LEVEL_MV = 10.0


def spike_times(case: Case) -> "numpy.typing.NDArray[numpy.float64]":
    def at_level(_: float, y: "numpy.typing.NDArray[numpy.float64]") -> float:
        return float(y[0]) - LEVEL_MV

    at_level.direction = 1  # type: ignore[attr-defined]
    made = system(case)
    done = solve_ivp(made.rates, (0, T_END_MS), made.start, "DOP853", events=at_level, rtol=1e-11, atol=1e-13)
    assert done.success, done.message
    return numpy.asarray(done.t_events[0])


def main() -> None:
    with open(pathlib.Path(__file__).with_name("spike_times.csv"), "w", encoding="utf-8") as table:
        print("case,spike_times_ms", file=table)
        for number, case in enumerate(CASES):
            times = spike_times(case)
            print("%d,%s" % (number, " ".join("%.7f" % time for time in times)), file=table)
            print(case.model, case.current, len(times), "spikes")


if __name__ == "__main__":
    main()
