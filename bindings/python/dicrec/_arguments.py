# SPDX-License-Identifier: MIT
"""Python arguments as the library wants them: arrays, counts, choices, options."""

from __future__ import annotations

import ctypes
import functools
import operator
import os
from typing import Any, Dict, SupportsIndex, Tuple, Type, TypeVar

import numpy
from numpy.typing import ArrayLike, NDArray

from ._api import MAX_THREADS, Struct
from ._arrays import is_real, real_array, whole_array
from ._errors import DicrecError, Status, error
from ._library import lib
from ._units import Numeric, in_unit
from .limits import LIMITS

_Struct = TypeVar("_Struct", bound=Struct)
_PROCESSORS = min(os.cpu_count() or 1, MAX_THREADS)
_INTEGERS = (ctypes.c_int32, ctypes.c_uint32, ctypes.c_int64, ctypes.c_uint64)


def invalid(text: str) -> DicrecError:
    """Exception for an argument that is refused before the library sees it."""
    return error(Status.E_ARGUMENT, text)


def out_of_range(name: str, value: object) -> DicrecError:
    return error(Status.E_RANGE, "%s: %r is outside its range" % (name, value))


def expect(name: str, value: object, kind: type) -> None:
    """Refuse an argument that is not an object of this layer."""
    if not isinstance(value, kind):
        raise TypeError("%s: a dicrec.%s is expected, not %r" % (name, kind.__name__, value))


def doubles(array: NDArray[numpy.float64]) -> Any:
    """Pointer to a C-contiguous float64 array, which it keeps alive."""
    return _pointer(array, ctypes.c_double)


def integers(array: NDArray[numpy.int64]) -> Any:
    """Pointer to a C-contiguous int64 array, which it keeps alive."""
    return _pointer(array, ctypes.c_int64)


def unsigned(array: NDArray[numpy.uint64]) -> Any:
    """Pointer to a C-contiguous uint64 array, which it keeps alive."""
    return _pointer(array, ctypes.c_uint64)


def statuses(array: NDArray[numpy.int32]) -> Any:
    """Pointer to a C-contiguous int32 array of statuses, which it keeps alive."""
    return _pointer(array, ctypes.c_int32)


def _pointer(array: NDArray[Any], kind: Any) -> Any:
    # Not numpy's data_as(): its cast leaves a reference cycle that holds the array until the collector runs.
    if array.flags.writeable and array.size:
        return ctypes.pointer(kind.from_buffer(array))
    pointer: Any = ctypes.pointer(kind.from_address(array.__array_interface__["data"][0]))
    pointer.array = array
    return pointer


def vector(name: str, values: Numeric, unit: str = "") -> NDArray[numpy.float64]:
    """Values as a float64 array [n], in this unit."""
    array = real_array(name, values, unit)
    if array.ndim != 1:
        raise invalid("%s: one dimension is expected, not %d" % (name, array.ndim))
    return array


def whole_numbers(name: str, values: ArrayLike) -> NDArray[numpy.uint64]:
    """Values as a uint64 array [n]; no number changes on the way."""
    array = whole_array(name, values, numpy.uint64)
    if array.ndim != 1:
        raise invalid("%s: one dimension is expected, not %d" % (name, array.ndim))
    return array


def sample_numbers(name: str, values: ArrayLike) -> NDArray[numpy.int64]:
    """Indices of samples as an int64 array [n]; times in floating point are not taken for them."""
    array = whole_array(name, values, numpy.int64, allows_floats=False)
    if array.ndim != 1:
        raise invalid("%s: one dimension is expected, not %d" % (name, array.ndim))
    return array


def matrix(name: str, values: Numeric, columns: int, unit: str = "") -> NDArray[numpy.float64]:
    """Values as a float64 array [n, columns], in this unit; one row may come without its outer dimension."""
    array = real_array(name, values, unit)
    if array.ndim == 1:
        array = array.reshape(1, -1)
    if array.ndim != 2 or array.shape[1] != columns:
        raise invalid("%s: shape [n, %d] is expected, not %s" % (name, columns, list(array.shape)))
    return array


def real(name: str, value: Any, unit: str = "") -> float:
    """A number, in this unit; no text that reads as one, no truth value, no array of one."""
    if type(value) in (float, int):
        return float(value)
    value = in_unit(name, value, unit)
    if not is_real(value):
        raise invalid("%s: a number is expected, not %r" % (name, value))
    try:
        return float(value)
    except (TypeError, ValueError) as failure:
        raise invalid("%s: a number is expected: %s" % (name, failure)) from None


def count(name: str, value: SupportsIndex) -> int:
    """A number of things, as size_t."""
    number = operator.index(value)
    if not 0 <= number < 2**63:
        raise out_of_range(name, value)
    return number


def seed64(value: SupportsIndex) -> int:
    """A seed, as uint64_t."""
    number = operator.index(value)
    if not 0 <= number < 2**64:
        raise out_of_range("seed", value)
    return number


def thread_count(threads: SupportsIndex) -> int:
    """Number of worker threads; 0 means every processor."""
    number = operator.index(threads)
    if number == 0:
        return _PROCESSORS
    return number


def new_options(struct: Type[_Struct], **values: Any) -> _Struct:
    """Options with their defaults, then the values that are not None."""
    options = struct()
    init, types, units = _about(struct)
    init(ctypes.byref(options), ctypes.sizeof(options))
    for name, value in values.items():
        if value is None:
            continue
        kind = types.get(name)
        if kind in _INTEGERS:
            _set_integer(options, name, operator.index(value))
        elif kind is ctypes.c_double:
            setattr(options, name, real(name, value, units.get(name, "")))
        else:
            raise TypeError("%s has no number '%s'" % (struct.c_name, name))
    return options


@functools.lru_cache(maxsize=None)
def _about(struct: Type[Struct]) -> Tuple[Any, Dict[str, Any], Dict[str, str]]:
    """The function that writes the defaults of options; the types of their fields, and the units of numbers."""
    name = struct.c_name[len("dicrec_") :]
    units = {field: limit.unit for field, limit in LIMITS.get(name[: -len("_options")], {}).items()}
    return getattr(lib, name + "_init"), {field[0]: field[1] for field in struct._fields_}, units


def _set_integer(options: Struct, name: str, value: int) -> None:
    # ctypes cuts what does not fit, without a word.
    setattr(options, name, value)
    if getattr(options, name) != value:
        raise out_of_range(name, value)
