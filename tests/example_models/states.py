# SPDX-License-Identifier: MIT
"""The right-hand side of hand-written equations as a function, for integrators that want one."""

from __future__ import annotations

import math
import re
from types import CodeType
from typing import Any, Callable, Dict, List, NamedTuple, Sequence

from equations import EQUATIONS, Case

FUNCTIONS = {name: getattr(math, name) for name in ("exp", "tanh", "cosh")}


class System(NamedTuple):
    rates: Callable[[float, Sequence[float]], List[float]]
    start: List[float]
    """Voltage as the equations say, each other state at rest."""


def parameters(case: Case) -> Dict[str, float]:
    values = {"g_" + channel: float(value) for channel, value in case.conductances.items()}
    return {**values, "C": EQUATIONS[case.model].capacitance, "I": float(case.current)}


def lines_of(text: str) -> Dict[str, str]:
    """Right sides by their left ones, each after those that it needs."""
    given = dict(re.split(" = ", line, maxsplit=1) for line in text.splitlines() if line)
    ordered: Dict[str, str] = {}

    def add(name: str) -> None:
        if name in given and name not in ordered:
            for needed in re.findall(r"[A-Za-z_]\w*", given[name]):
                add(needed)
            ordered[name] = given[name]

    for name in given:
        add(name)
    return ordered


def system(case: Case) -> System:
    lines = lines_of(EQUATIONS[case.model].text)
    states = [name[1:-3] for name in lines if name.endswith("/dt")]
    states.sort(key=lambda name: name != "v")
    inner = [(name, compile(text, name, "eval")) for name, text in lines.items() if not name.endswith("/dt")]
    outer: List[CodeType] = [compile(lines["d%s/dt" % name], name, "eval") for name in states]
    known: Dict[str, Any] = {**FUNCTIONS, **parameters(case)}

    def rates(_: float, y: Sequence[float]) -> List[float]:
        known.update(zip(states, y))
        for name, code in inner:
            known[name] = eval(code, known)  # our own text
        return [eval(code, known) for code in outer]

    v = EQUATIONS[case.model].start_mv
    closed, opened = (rates(0, [v] + [x] * (len(states) - 1)) for x in (0.0, 1.0))
    return System(rates, [v] + [a / (a - b) for a, b in zip(closed[1:], opened[1:])])
