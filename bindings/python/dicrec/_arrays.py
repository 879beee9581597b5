# SPDX-License-Identifier: MIT
"""Arrays of users, of whatever type and layout, as arrays that the library reads; copied only if they must be."""

from __future__ import annotations

import numbers
from typing import Any, Iterable

import numpy
from numpy.typing import ArrayLike, NDArray

from ._errors import DicrecError, Status, error
from ._units import Numeric, in_unit

_mask_of: Any = numpy.ma.getmaskarray  # NumPy gives it no types
_KINDS = {
    "b": "truth values",
    "c": "complex numbers",
    "S": "bytes",
    "U": "strings",
    "M": "dates",
    "m": "time differences",
    "V": "records",
}


def _refused(name: str, what: str, expected: str) -> DicrecError:
    return error(Status.E_ARGUMENT, "%s: %s are expected, not %s" % (name, expected, what))


def _without_masked(name: str, values: Any) -> None:
    """Refuse masked values; an array without any of them passes as what it holds."""
    mask: NDArray[numpy.bool_] = _mask_of(values)
    if mask.any():
        first = ", ".join("%d" % i for i in numpy.argwhere(mask)[0])
        text = "%s: %d of %d values are masked, the first is [%s]" % (name, mask.sum(), mask.size, first)
        raise error(Status.E_ARGUMENT, text)


def _read(name: str, values: Any, expected: str, unit: str = "") -> NDArray[Any]:
    values = in_unit(name, values, unit)
    try:
        array = numpy.asarray(values)
    except (TypeError, ValueError) as failure:  # rows of unequal length, objects that refuse
        raise error(Status.E_ARGUMENT, "%s: %s are expected: %s" % (name, expected, failure)) from None
    if isinstance(values, numpy.ma.MaskedArray):
        _without_masked(name, values)
    elif array.ndim > 1 and isinstance(values, (list, tuple)):
        for row in values:
            if isinstance(row, numpy.ma.MaskedArray):
                _without_masked(name, row)
    return array


def is_real(value: Any) -> bool:
    """Whether an object is one real number, and no text or truth value that would pass for one."""
    has_value = hasattr(value, "__float__") or hasattr(value, "__index__")
    pretends = isinstance(value, (str, bytes, bool, numpy.bool_, complex, numpy.complexfloating))
    return has_value and not pretends and value is not numpy.ma.masked and numpy.ndim(value) == 0


def _of_objects(name: str, array: NDArray[Any], expected: str) -> NDArray[Any]:
    """Numbers that came as objects: NumPy would also take the text '1' and make NaN of None."""
    for value in array.flat:
        if not is_real(value):
            raise _refused(name, "%r" % (value,), expected)
    return array


def real_array(name: str, values: Numeric, unit: str = "") -> NDArray[numpy.float64]:
    """Real numbers, in this unit, as an aligned, C-contiguous float64 array: `values` itself if it is one."""
    if type(values) is numpy.ndarray and values.dtype == numpy.float64 and values.flags.c_contiguous:
        return values if values.flags.aligned else values.copy()
    array = _read(name, values, "numbers", unit)
    if array.dtype.kind in _KINDS:
        raise _refused(name, _KINDS[array.dtype.kind], "numbers")
    if array.dtype.kind == "O":
        array = _of_objects(name, array, "numbers")
    try:
        return numpy.require(array, numpy.float64, ("C", "A"))
    except (TypeError, ValueError, OverflowError) as failure:  # of objects
        raise error(Status.E_ARGUMENT, "%s: numbers are expected: %s" % (name, failure)) from None


def whole_array(name: str, values: ArrayLike, dtype: Any, allows_floats: bool = True) -> NDArray[Any]:
    """Whole numbers as an aligned, C-contiguous array of that type; none changes on the way."""
    array = _read(name, values, "whole numbers")
    kinds = _KINDS if allows_floats or not array.size else {**_KINDS, "f": "numbers in floating point"}
    if array.dtype.kind in kinds:
        raise _refused(name, kinds[array.dtype.kind], "whole numbers")
    objects: Iterable[Any] = array.ravel().tolist() if array.dtype.kind == "O" else ()
    for value in objects:
        if not isinstance(value, numbers.Integral) or isinstance(value, bool):
            raise _refused(name, "%r" % (value,), "whole numbers")
    if array.dtype.kind == "f" and not (numpy.isfinite(array) & (array == numpy.floor(array))).all():
        raise _refused(name, "numbers with a fraction", "whole numbers")
    limits = numpy.iinfo(dtype)
    if array.size and not limits.min <= int(array.min()) <= int(array.max()) <= limits.max:
        text = "%s: whole numbers from %d to %d are expected" % (name, limits.min, limits.max)
        raise error(Status.E_ARGUMENT, text)
    return numpy.require(array.astype(dtype, copy=False), dtype, ("C", "A"))
