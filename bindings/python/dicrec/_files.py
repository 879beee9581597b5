# SPDX-License-Identifier: MIT
"""Objects in files: the state as JSON, but for its arrays, which stand beside it in an ``.npz``.

In the JSON, what JSON has no form for is an object of one entry, which says what it is: ``{"array": NAME}``,
``{"bytes": NAME}``, ``{"values": {...}}``, ``{"float": BITS}`` for what is not finite, ``{"object": {...}}``.
"""

from __future__ import annotations

import json
import math
import os
import struct
import zipfile
from typing import Any, Callable, Dict, Mapping, NoReturn, Type, TypeVar, Union

import numpy
from numpy.typing import NDArray

from ._api import VERSION as LIBRARY_VERSION
from ._archive import read_archive, write_archive
from ._errors import DicrecError, Status, error
from ._layout import State
from ._state import KINDS, STATE_VERSION, Saved, checked_state, restored

_Any = TypeVar("_Any", bound=Saved)
_Arrays = Dict[str, NDArray[Any]]
_MOST_DIGITS = 20  # of a 64-bit number with its sign


def _failure(verb: str, path: str, reason: str) -> DicrecError:
    return error(Status.E_FILE, "cannot %s %r: %s" % (verb, path, reason))


def _reason(failure: BaseException) -> str:
    """Why, without the name of the file, which stands before it."""
    if isinstance(failure, OSError) and failure.strerror:
        return failure.strerror
    if isinstance(failure, DicrecError):
        return str(failure.args[0]).rsplit(" [", 1)[0]
    if isinstance(failure, (OSError, ValueError, zipfile.BadZipFile)):
        return str(failure)
    return "its content is malformed (%s: %.80s)" % (type(failure).__name__, failure)


def save(item: Saved, path: Union[str, os.PathLike[str]]) -> None:
    """Write an object to a file, whole or not at all."""
    arrays: _Arrays = {}
    header = {
        "format": "dicrec",
        "version": STATE_VERSION,
        "library": LIBRARY_VERSION,
        **_encoded_object(item, "", arrays),
    }
    name = os.fspath(path)
    try:
        write_archive(name, json.dumps(header, allow_nan=False).encode(), arrays)
    except (OSError, ValueError) as failure:
        raise _failure("save", name, _reason(failure)) from failure


def load(path: Union[str, os.PathLike[str]], kind: Type[_Any]) -> _Any:
    """Read what `save` has written, if it is of a kind."""
    name = os.fspath(path)
    try:
        return _loaded(name, kind)
    except MemoryError as failure:
        raise error(Status.E_MEMORY, "cannot load %r: out of memory" % name) from failure
    except Exception as failure:  # whatever strangers' bytes may bring about
        raise _failure("load", name, _reason(failure)) from failure


def load_any(path: Union[str, os.PathLike[str]]) -> Any:
    """Read any object from the file that its `save` has written; safe with files of strangers.

    Parameters
    ----------
    path : path

    Returns
    -------
    Spikes, Model, Estimator, Posterior, Population, Simulation, Reconstruction, ...

    Raises
    ------
    FileError
        The file cannot be read, is damaged, or is of a version that is not known here.

    Examples
    --------
    >>> import os, tempfile
    >>> population = dicrec.generate("stg", target=(-5, 8), n=2, seed=1)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     population.save(os.path.join(folder, "members.npz"))
    ...     again = dicrec.load(os.path.join(folder, "members.npz"))
    >>> bool((again.conductances == population.conductances).all())
    True
    """
    return load(path, Saved)


def _loaded(path: str, kind: Type[_Any]) -> _Any:
    text, arrays = read_archive(path)
    header = json.loads(text, parse_int=_whole, parse_constant=_refuse)
    if not isinstance(header, dict) or header.get("format") != "dicrec":
        raise ValueError("it is not a file of dicrec")
    if header.get("version") != STATE_VERSION:
        found = "%.20r, of libdicrec %.20s" % (header.get("version"), header.get("library"))
        raise ValueError("its version is %s; libdicrec %s reads %d" % (found, LIBRARY_VERSION, STATE_VERSION))
    held = KINDS.get(str(header.get("kind")))
    if held is None or not issubclass(held, kind):
        raise ValueError("it holds a %.40s, not a %s" % (header.get("kind"), kind.__name__))
    item: _Any = restored(held, STATE_VERSION, str(header.get("library")), _decoded_state(header["state"], arrays))
    return item


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError("its header has a number of %d digits" % len(digits))
    return int(digits)


def _refuse(constant: str) -> NoReturn:
    raise ValueError("its header has the number %s" % constant)


def _encoded_object(item: Saved, prefix: str, arrays: _Arrays) -> Dict[str, Any]:
    kind = next(base.__name__ for base in type(item).__mro__ if KINDS.get(base.__name__) is base)
    state = {name: _encoded(value, prefix + name, arrays) for name, value in checked_state(item).items()}
    return {"kind": kind, "state": state}


def _encoded(value: Any, name: str, arrays: _Arrays) -> Any:
    if isinstance(value, numpy.ndarray):
        arrays[name] = value
        return {"array": name}
    if isinstance(value, bytes):
        arrays[name] = numpy.frombuffer(value, dtype=numpy.uint8)
        return {"bytes": name}
    if isinstance(value, Saved):
        return {"object": _encoded_object(value, name + ".", arrays)}
    if isinstance(value, dict):
        return {"values": {key: _encoded(item, name, arrays) for key, item in value.items()}}
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": struct.pack(">d", value).hex()}
    return value


def _decoded_state(state: Mapping[str, Any], arrays: _Arrays) -> State:
    return {name: _decoded(value, arrays) for name, value in state.items()}


def _decoded_object(content: Mapping[str, Any], arrays: _Arrays) -> Any:
    return restored(str(content["kind"]), STATE_VERSION, LIBRARY_VERSION, _decoded_state(content["state"], arrays))


_DECODERS: Mapping[str, Callable[[Any, _Arrays], Any]] = {
    "array": lambda name, arrays: arrays[name],
    "bytes": lambda name, arrays: arrays[name].astype(numpy.uint8, casting="no").tobytes(),
    "values": _decoded_state,
    "float": lambda bits, arrays: struct.unpack(">d", bytes.fromhex(bits))[0],
    "object": _decoded_object,
}


def _decoded(value: Any, arrays: _Arrays) -> Any:
    if not isinstance(value, dict):
        return value
    ((tag, content),) = value.items()
    return _DECODERS[tag](content, arrays)
