# SPDX-License-Identifier: MIT
"""Compare spike_times.csv with Brian2, which integrates the same text by RK4. Run by hand, with Brian2."""

from __future__ import annotations

import sys

import brian2
import numpy

from equations import CASES, EQUATIONS, Case
from recorded import recorded_trains
from states import lines_of, parameters, system

LEVEL_MV = 10.0


def spike_times(case: Case, dt_ms: float) -> "numpy.typing.NDArray[numpy.float64]":
    """Times at which v rises through the level, linear between two steps."""
    lines = lines_of(EQUATIONS[case.model].text)
    text = ["%s = (%s)/ms : 1" % line if line[0].endswith("/dt") else "%s = %s : 1" % line for line in lines.items()]
    group = brian2.NeuronGroup(
        1, "\n".join(text), method="rk4", dt=dt_ms * brian2.ms, namespace={**parameters(case), "ms": brian2.ms}
    )
    states = sorted((line[1:-3] for line in lines if line.endswith("/dt")), key=lambda name: name != "v")
    group.set_states(dict(zip(states, system(case).start)))
    monitor = brian2.StateMonitor(group, "v", record=True)
    brian2.run(1000 * brian2.ms, namespace={})
    t, v = numpy.asarray(monitor.t / brian2.ms), monitor.v[0]
    up = numpy.flatnonzero((v[:-1] < LEVEL_MV) & (v[1:] >= LEVEL_MV))
    crossed: "numpy.typing.NDArray[numpy.float64]" = t[up] + dt_ms * (LEVEL_MV - v[up]) / (v[up + 1] - v[up])
    return crossed


def main() -> None:
    dt_ms = float(sys.argv[1]) if len(sys.argv) > 1 else 0.002
    for case, expected in zip(CASES, recorded_trains()):
        times = spike_times(case, dt_ms)
        apart = abs(times - expected).max() if len(times) == len(expected) else numpy.nan
        print(
            "%-16s %3d spikes of %3d, at most %.2g ms apart" % (case.model, len(times), len(expected), apart),
            flush=True,
        )


if __name__ == "__main__":
    main()
