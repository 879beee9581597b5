# SPDX-License-Identifier: MIT
"""Gates of NeuroML 2 as those of a model's file."""

from __future__ import annotations

import math
from typing import Any, Callable, Dict, List, Optional, Tuple
from xml.etree.ElementTree import Element

from ._arguments import invalid
from ._neuroml_units import quantity

#: Of what a gate is made, and in which order the children are looked for.
_KINDS: Dict[str, Tuple[str, ...]] = {
    "gateHHrates": ("forwardRate", "reverseRate"),
    "gateHHtauInf": ("timeCourse", "steadyState"),
    "gateHHratesTau": ("forwardRate", "reverseRate", "timeCourse"),
    "gateHHratesInf": ("forwardRate", "reverseRate", "steadyState"),
    "gateHHratesTauInf": ("forwardRate", "reverseRate", "timeCourse", "steadyState"),
    "gateHHInstantaneous": ("steadyState",),
}

_FORMS = ("Exp", "Sigmoid", "ExpLinear")
_PROSE = ("notes", "annotation", "property")
_FAR_MV = (-120.0, 60.0)  # where a gate is taken for open or closed

Curve = Any  # of a model's file: a number or a dict


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str, where: str) -> str:
    """An attribute that has to be there."""
    value = element.get(name)
    if value is None:
        raise invalid("%s: '%s' of %s is missing" % (where, name, local(element)))
    return value


def refuse(where: str, what: str, known: Any) -> Exception:
    """What is outside the subset that is read."""
    return invalid("%s: %s is not supported, supported are %s" % (where, what, ", ".join(known)))


def gate_kind(element: Element) -> Optional[str]:
    """The kind of gate that an element is, such as 'gateHHrates'; None: it is no gate."""
    name = local(element)
    if not name.startswith("gate"):
        return None
    return element.get("type", "gate without a type") if name == "gate" else name


def read_gate(element: Element, kind: str, where: str) -> Dict[str, Any]:
    """A gate of a model's file."""
    if kind not in _KINDS:
        raise refuse(where, kind, _KINDS)
    parts = _children(element, kind, where)
    power = quantity(where + ", instances", element.get("instances", "1"), "plain number")
    if power != int(power):
        raise invalid("%s: instances are %g, a whole number is expected" % (where, power))
    gate: Dict[str, Any] = {"power": int(power)}
    fixed = _read_q10(parts.get("q10Settings"), gate, where)
    rates = [_scaled(_read_curve(parts[name], "Rate", where), fixed) for name in _KINDS[kind][:2] if "Rate" in name]
    if "steadyState" in parts:
        gate["steady"] = _read_curve(parts["steadyState"], "Variable", where)
    elif "timeCourse" in parts:  # the rates say the steady state alone
        gate["steady"] = {"quotient": [rates[0], {"sum": rates}]}
    if kind == "gateHHInstantaneous":
        return {**gate, "instant": True}
    if "timeCourse" in parts:
        return {**gate, "tau_ms": _read_time(parts["timeCourse"], where) / fixed}
    named = dict(zip(("opening", "closing"), rates))
    return {**gate, "tau_ms": {"rates": named}} if "steady" in gate else {**gate, **named}


def _children(element: Element, kind: str, where: str) -> Dict[str, Element]:
    known = (*_KINDS[kind], "q10Settings")
    parts: Dict[str, Element] = {}
    for child in element:
        name = local(child)
        if name in _PROSE:
            continue
        if name not in known or name in parts:
            raise refuse(where, name + (" twice" if name in parts else ""), known)
        parts[name] = child
    for name in _KINDS[kind]:
        if name not in parts:
            raise invalid("%s: %s without a %s" % (where, kind, name))
    return parts


def _read_curve(element: Element, suffix: str, where: str) -> Curve:
    where = "%s, %s" % (where, local(element))
    kind = element.get("type", "no type")
    form = kind[2 : -len(suffix)] if kind.startswith("HH") and kind.endswith(suffix) else ""
    if form not in _FORMS:
        raise refuse(where, kind, ["HH%s%s" % (form, suffix) for form in _FORMS])
    dimension = "rate" if suffix == "Rate" else "plain number"
    rate = quantity(where + ", rate", attribute(element, "rate", where), dimension)
    half = quantity(where + ", midpoint", attribute(element, "midpoint", where), "voltage")
    slope = quantity(where + ", scale", attribute(element, "scale", where), "voltage")
    if slope == 0:
        raise invalid("%s: the scale is 0 mV, which divides" % where)
    if form == "Exp":
        return {"exponential": {"scale": rate, "half_mv": half, "slope_mv": slope}}
    if form == "Sigmoid":
        return {"boltzmann": {"scale": rate, "half_mv": half, "slope_mv": -slope}}
    return {"linoid": {"scale": rate / slope, "half_mv": half, "slope_mv": slope}}


def _read_time(element: Element, where: str) -> float:
    where = where + ", timeCourse"
    kind = element.get("type", "no type")
    if kind != "fixedTimeCourse":
        raise refuse(where, kind, ["fixedTimeCourse"])
    return quantity(where + ", tau", attribute(element, "tau", where), "time")


def _read_q10(element: Optional[Element], gate: Dict[str, Any], where: str) -> float:
    """The factor that holds at any temperature; one that does not goes into the gate."""
    if element is None:
        return 1.0
    where = where + ", q10Settings"
    kind = element.get("type", "no type")
    if kind == "q10Fixed":
        factor = quantity(where + ", fixedQ10", attribute(element, "fixedQ10", where), "plain number")
        if not factor > 0:
            raise invalid("%s: fixedQ10 is %g, allowed is above 0" % (where, factor))
        return factor
    if kind != "q10ExpTemp":
        raise refuse(where, kind, ["q10Fixed", "q10ExpTemp"])
    at = quantity(where + ", experimentalTemp", attribute(element, "experimentalTemp", where), "temperature")
    factor = quantity(where + ", q10Factor", attribute(element, "q10Factor", where), "plain number")
    gate["q10"] = {"factor": factor, "at_c": at}
    return 1.0


def _scaled(curve: Curve, factor: float) -> Curve:
    if factor == 1.0:
        return curve
    ((form, numbers),) = curve.items()
    return {form: {**numbers, "scale": numbers["scale"] * factor}}


def _exp(x: float) -> float:
    return math.exp(max(-700.0, min(x, 700.0)))


_VALUES: Dict[str, Callable[[float], float]] = {
    "exponential": _exp,
    "boltzmann": lambda x: 1.0 / (1.0 + _exp(x)),
    "linoid": lambda x: 1.0 if abs(x) < 1e-9 else x / (1.0 - _exp(-x)),
}


def _value(curve: Curve, v: float) -> float:
    ((form, n),) = curve.items()
    scale = n["scale"] * (n["slope_mv"] if form == "linoid" else 1.0)
    return float(scale * _VALUES[form]((v - n["half_mv"]) / n["slope_mv"]))


def _steady(gate: Dict[str, Any], v: float) -> float:
    if "steady" in gate and "quotient" not in gate["steady"]:
        return _value(gate["steady"], v)
    opening, closing = gate["steady"]["quotient"][1]["sum"] if "steady" in gate else (gate["opening"], gate["closing"])
    rate = _value(opening, v)
    return rate / (rate + _value(closing, v) + 1e-300)


def in_order(gates: List[Dict[str, Any]]) -> List[Dict[str, Any]]:
    """Of two gates the one that opens with V first: it is the activation."""
    falls = [_steady(gate, _FAR_MV[0]) > _steady(gate, _FAR_MV[1]) for gate in gates]
    return gates[::-1] if falls == [True, False] else gates
