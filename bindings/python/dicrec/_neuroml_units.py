# SPDX-License-Identifier: MIT
"""Quantities of NeuroML 2, "-65mV", in the units of this library."""

from __future__ import annotations

import math
import re
from typing import Dict

from ._arguments import invalid

#: Units of each dimension with their factors: mV, ms, 1/ms, mS/cm2 and none.
_UNITS: Dict[str, Dict[str, float]] = {
    "voltage": {"mV": 1.0, "V": 1e3},
    "time": {"ms": 1.0, "s": 1e3, "us": 1e-3},
    "rate": {"per_ms": 1.0, "per_s": 1e-3, "Hz": 1e-3},
    "conductance density": {"mS_per_cm2": 1.0, "S_per_cm2": 1e3, "S_per_m2": 0.1},
    "temperature": {"degC": 1.0},
    "plain number": {"": 1.0},
}

_QUANTITY = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(\w*)\s*")


def quantity(where: str, text: str, dimension: str) -> float:
    """A quantity as a number; what is no such quantity is refused, `where` says whose it is."""
    units = _UNITS[dimension]
    found = _QUANTITY.fullmatch(text)
    if found is None or found[2] not in units:
        known = ", ".join(units) if "" not in units else "none"
        raise invalid("%s: %r is no %s, units known are %s" % (where, text[:40], dimension, known))
    value = float(found[1]) * units[found[2]]
    if not math.isfinite(value):
        raise invalid("%s: %r is too large" % (where, text[:40]))
    return value
