# SPDX-License-Identifier: MIT
"""Steady states and time constants of a model's gates over voltages."""

from __future__ import annotations

from typing import Any, List, NamedTuple

import numpy
from numpy.typing import NDArray

from ._api import MAX_VOLTAGE_MV
from ._arguments import doubles
from ._errors import Status, check, error
from ._library import lib

_GATES = ("activation", "inactivation")


class GateCurves(NamedTuple):
    """A gate over voltages, without what calcium does to it.

    Attributes
    ----------
    channel : str
    gate : str
        'activation', of a kinetic scheme its open fraction, or 'inactivation'.
    v : numpy.ndarray [n]
        Voltages, mV.
    steady : numpy.ndarray [n]
        Steady states, 0 to 1.
    tau : numpy.ndarray [n]
        Time constants, ms; 0 for a gate that follows at once, NaN for a kinetic scheme.

    Examples
    --------
    >>> activation = dicrec.Model("stg").gate_curves([-80, -25.5, 0])[0]
    >>> activation.channel, activation.gate
    ('Na', 'activation')
    >>> activation.steady.round(3)
    array([0.   , 0.5  , 0.992])
    """

    channel: str
    gate: str
    v: NDArray[numpy.float64]
    steady: NDArray[numpy.float64]
    tau: NDArray[numpy.float64]


def within_voltages(name: str, v: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    """Refuse voltages that the library refuses; those that are good."""
    for value in v[~(numpy.abs(v) <= MAX_VOLTAGE_MV)].tolist():
        raise error(Status.E_RANGE, "%s: %g mV, allowed is up to %g mV of either sign" % (name, value, MAX_VOLTAGE_MV))
    return v


def curves_of(handle: Any, channels: List[str], v: NDArray[numpy.float64]) -> List[GateCurves]:
    """Every gate of a model, in the order of its channels."""
    found = []
    for index, channel in enumerate(channels):
        for which, gate in enumerate(_GATES):
            if lib.model_gate_curves(handle, index, which, None, 0, None, None) != Status.OK:
                continue  # the channel has no such gate
            steady, tau = numpy.empty(len(v)), numpy.empty(len(v))
            check(lib.model_gate_curves(handle, index, which, doubles(v), len(v), doubles(steady), doubles(tau)))
            found.append(GateCurves(channel, gate, v, steady, tau))
    return found
