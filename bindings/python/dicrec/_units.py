# SPDX-License-Identifier: MIT
"""Numbers with units as plain numbers in the unit that the library wants; nothing loses its unit without a word.

The packages that make such numbers are known by what their objects can do, so that none is imported here.
"""

from __future__ import annotations

import datetime
from typing import Any, Callable, NamedTuple, Optional, Protocol, Sequence, Union

import numpy
from numpy.typing import ArrayLike

from ._errors import DicrecError, Status, error


class _Rescaled(Protocol):  # of quantities and neo
    def rescale(self, units: Any) -> Any: ...


class _Pint(Protocol):
    def m_as(self, units: Any) -> Any: ...


class _ToValue(Protocol):  # of astropy and unyt
    def to_value(self, unit: Any) -> Any: ...


class _Brian(Protocol):
    def get_best_unit(self) -> Any: ...


#: A number or numbers with a unit, of any package that makes such.
Quantity = Union[_Rescaled, _Pint, _ToValue, _Brian, datetime.timedelta, numpy.timedelta64]
#: A number, or one with a unit.
Scalar = Union[float, Quantity]
#: Numbers, or numbers with units.
Numeric = Union[ArrayLike, Quantity, Sequence[Quantity]]


class _Target(NamedTuple):
    """A unit that the library wants: as packages spell it, what it measures, and what it is in brian2."""

    spelling: str
    measures: str
    brian_dimension: str
    of_brian: float  # how many there are in one unit of the SI


_TARGETS = {
    "": _Target("dimensionless", "plain number", "1", 1),
    "ms": _Target("ms", "time", "s", 1000),
    "s": _Target("s", "time", "s", 1),
    "Hz": _Target("Hz", "frequency", "s^-1", 1),
    "mV": _Target("mV", "voltage", "m^2 kg s^-3 A^-1", 1000),
    "mS/cm2": _Target("mS/cm**2", "conductance by area", "m^-4 kg^-1 s^3 A^2", 0.1),
    "uA/cm2": _Target("uA/cm**2", "current by area", "m^-2 A", 100),
}

#: Units of time as attributes and packages write them, ms.
TIMES_MS = {
    name: size
    for size, names in {
        1e-6: "ns nsec nsecs nanosecond nanoseconds",
        1e-3: "us usec usecs microsecond microseconds \u00b5s \u03bcs",
        1.0: "ms msec msecs millisecond milliseconds",
        1e3: "s sec secs second seconds",
        6e4: "min minute minutes",
        3.6e6: "h hr hour hours",
    }.items()
    for name in names.split()
}
_PLAIN = frozenset(
    (float, int, bool, str, bytes, type(None), numpy.float64, numpy.float32, numpy.int64, numpy.int32, numpy.bool_)
)


class _Kind(NamedTuple):
    """Numbers of one sort of package."""

    unit: Callable[[Any], str]  # name of the unit that they have
    convert: Callable[[Any, _Target], Any]  # to plain numbers in another
    has_unit: bool = True  # False: they are lengths of time by themselves, and their unit is only how they are kept


def _by_name(values: Any, target: _Target) -> Any:
    """Plain numbers whose unit an attribute tells."""
    name = _named_unit(values) or ""
    numbers = numpy.asarray(values, dtype=numpy.float64)
    if name.replace("^", "").replace("**", "") == target.spelling.replace("**", ""):
        return numbers
    if target.measures != "time" or name not in TIMES_MS:
        raise ValueError(name)
    return numbers * (TIMES_MS[name] / TIMES_MS[target.spelling])


def _of_timedelta(values: Any, target: _Target) -> Any:
    size = int(TIMES_MS[target.spelling])
    if isinstance(values, datetime.timedelta):
        return values / datetime.timedelta(milliseconds=size)
    return numpy.asarray(values) / numpy.timedelta64(size, "ms")


def _of_brian(values: Any, target: _Target) -> Any:
    if str(values.dim) != target.brian_dimension:
        raise ValueError(values.dim)
    return numpy.asarray(values) * target.of_brian


_QUANTITIES = _Kind(lambda v: str(v.dimensionality), lambda v, t: v.rescale(t.spelling).magnitude)
_PINT = _Kind(lambda v: format(v.units, "~") or "dimensionless", lambda v, t: v.m_as(t.spelling))
_ASTROPY = _Kind(
    lambda v: str(v.unit if hasattr(v, "unit") else v.units) or "dimensionless",
    lambda v, t: v.to_value("" if t.spelling == "dimensionless" else t.spelling),
)
_BRIAN = _Kind(lambda v: str(v.get_best_unit() if v.size else v.dim), _of_brian, False)
_TIMEDELTA = _Kind(lambda v: "timedelta", _of_timedelta, False)
_NAMED = _Kind(lambda v: _named_unit(v) or "", _by_name)


def _named_unit(values: Any) -> Optional[str]:
    """Unit that an attribute tells: of xarray, h5py and NWB, or of anything that has a `unit`."""
    told: Any = getattr(values, "attrs", None)
    told = told if hasattr(told, "get") else {}
    for name in ("units", "unit"):
        unit = told.get(name) if told.get(name) is not None else getattr(values, name, None)
        if unit is not None and not callable(unit):
            word = unit.decode("utf-8", "replace") if isinstance(unit, bytes) else str(unit)
            return None if word in ("", "1", "dimensionless") else word
    # Of NWB's spike times, which are seconds, only the resolution may be told.
    return "s" if told.get("resolution") is not None else None


def _dtype_kind(values: Any) -> str:
    kind = getattr(getattr(values, "dtype", None), "kind", "")
    return kind if isinstance(kind, str) else ""


def _kind_of(values: Any) -> Optional[_Kind]:
    """What sort of numbers with a unit these are; None for plain ones."""
    if hasattr(values, "rescale") and hasattr(values, "dimensionality"):
        return _QUANTITIES
    if hasattr(values, "m_as"):
        return _PINT
    if hasattr(values, "to_value") and (hasattr(values, "unit") or hasattr(values, "units")):
        return _ASTROPY
    if hasattr(values, "get_best_unit") and hasattr(values, "dim"):
        return _BRIAN
    if isinstance(values, datetime.timedelta) or _dtype_kind(values) == "m":
        return _TIMEDELTA
    return _NAMED if _named_unit(values) else None


def has_unit(values: Any) -> bool:
    """Whether these are numbers with a unit, all in one object."""
    return type(values) not in (list, tuple, numpy.ndarray) and _kind_of(_inner(values)) is not None


def _inner(values: Any) -> Any:
    """The quantity that the column of a table holds, or the values themselves."""
    if isinstance(values, numpy.ndarray):
        return values
    for held in (getattr(values, "array", None), getattr(values, "data", None)):
        quantity = getattr(held, "quantity", held)
        if _kind_of(quantity) in (_QUANTITIES, _PINT, _ASTROPY):
            return quantity
    return values


class Numbers(NamedTuple):
    """Plain numbers, and which unit they had."""

    values: Any
    unit: Optional[str]  # None: none; OWN: lengths of time


OWN = "their own"


def read(name: str, values: Any, unit: str) -> Numbers:
    """Plain numbers in this unit, "" for numbers without one, of whatever a user gives the argument `name`."""
    kind = type(values)
    if kind in _PLAIN or (kind is numpy.ndarray and values.dtype.kind not in "mMO"):
        return Numbers(values, None)
    if kind in (list, tuple):
        return _of_sequence(name, values, unit)
    if isinstance(values, datetime.date) or _dtype_kind(values) == "M":
        raise refused("%s: dates are no %s; subtract their beginning" % (name, _TARGETS[unit].measures))
    values = _inner(values)
    found = _kind_of(values)
    if found is not None:
        return _converted(name, values, unit, found)
    if _dtype_kind(values) == "O":
        return _of_objects(name, values, unit)
    if not isinstance(values, numpy.ndarray) and hasattr(values, "__array__"):
        return read(name, numpy.asarray(values), unit)  # of other tables, whose columns may be lengths of time
    return Numbers(values, None)


def in_unit(name: str, values: Any, unit: str) -> Any:
    """Plain numbers in this unit; those without one are taken to be in it."""
    return read(name, values, unit).values


def _converted(name: str, values: Any, unit: str, kind: _Kind) -> Numbers:
    for target in (_TARGETS[unit], _TARGETS[""]):
        try:
            numbers = kind.convert(values, target)
        except Exception:  # each package has its own
            continue
        numbers = float(numbers) if numpy.ndim(numbers) == 0 else numbers
        had = kind.unit(values) if kind.has_unit else OWN
        return Numbers(numbers, had if target.spelling != "dimensionless" else None)
    wanted = "%s (%s)" % (_TARGETS[unit].measures, unit) if unit else "plain number"
    raise refused("%s: unit %s is no %s" % (name, kind.unit(values), wanted))


def _of_sequence(name: str, values: Any, unit: str) -> Numbers:
    """Of a list, whose elements may have units."""
    if set(map(type, values)).issubset(_PLAIN):
        return Numbers(values, None)
    parts = [read(name, value, unit) for value in values]
    units = {part.unit for part in parts}
    if units == {None}:
        is_plain = all(part.values is value for part, value in zip(parts, values))
        return Numbers(values if is_plain else [part.values for part in parts], None)
    if None in units:
        raise refused("%s: some have a unit and others have none" % name)
    return Numbers([part.values for part in parts], units.pop() if len(units) == 1 else OWN)


def _of_objects(name: str, values: Any, unit: str) -> Numbers:
    """Of an array of objects, which may have units."""
    array = numpy.asarray(values)
    numbers = _of_sequence(name, array.ravel().tolist(), unit)
    if numbers.unit is None:
        return Numbers(values, None)
    return Numbers(numpy.array(numbers.values, dtype=numpy.float64).reshape(array.shape), numbers.unit)


def times(name: str, values: Any, unit: Optional[str]) -> Numbers:
    """Times in the unit that a user says, ms if none is said; a unit that they have themselves must be that one."""
    numbers = read(name, values, unit or "ms")
    if unit and numbers.unit not in (None, OWN) and TIMES_MS.get(str(numbers.unit)) != TIMES_MS[unit]:
        raise refused("%s: they are in %s, and unit=%r contradicts that; leave it out" % (name, numbers.unit, unit))
    return numbers


def refused(text: str) -> DicrecError:
    """Exception for numbers in a wrong unit."""
    return error(Status.E_ARGUMENT, text)
