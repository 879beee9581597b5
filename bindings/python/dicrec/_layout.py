# SPDX-License-Identifier: MIT
"""What the entries of an object's state must be: types, lengths and shapes that agree.

A layout is a dict of entry to text: ``"float64[n, channels]"`` is an array, ``"str[channels]"`` a list of text,
``"float{channels}"`` a dict of text to float, and ``"str"``, ``"int"``, ``"float"``, ``"bool"``, ``"bytes"`` or the name
of a class are single values; ``?`` after it allows None. A length is a number, or a name that stands for the same
length wherever it is.
"""

from __future__ import annotations

import re
from typing import Any, Dict, Mapping, Tuple, Union

import numpy

State = Dict[str, Any]

_PATTERN = re.compile(r"(?P<kind>\w+)(?:(?P<bracket>[\[{])(?P<lengths>[\w, ]*)[\]}])?(?P<optional>\?)?")
_SCALARS: Mapping[str, Union[type, Tuple[type, ...]]] = {
    "str": str,
    "int": int,
    "float": (float, int),
    "bool": bool,
    "bytes": bytes,
}
_ARRAYS = {name: numpy.dtype(name) for name in ("float64", "int32", "int64", "uint64", "bool")}


class _Lengths:
    """Lengths by name, each set by the first entry that has it."""

    def __init__(self) -> None:
        self._known: Dict[str, int] = {}

    def fit(self, names: str, shape: Tuple[int, ...]) -> bool:
        expected = [name.strip() for name in names.split(",")]
        return len(expected) == len(shape) and all(map(self._fits, expected, shape))

    def _fits(self, name: str, length: int) -> bool:
        return length == (int(name) if name.isdigit() else self._known.setdefault(name, length))


def _is_scalar(kind: str, value: object) -> bool:
    expected = _SCALARS.get(kind)
    if expected is None:  # a class of this package
        return kind in (base.__name__ for base in type(value).__mro__)
    # True is an int in Python, but no count.
    return isinstance(value, expected) and (kind == "bool" or not isinstance(value, bool))


def _fits(text: str, value: object, lengths: _Lengths) -> bool:
    parts = _PATTERN.fullmatch(text)
    assert parts is not None, text
    if value is None:
        return parts["optional"] is not None
    kind, names = parts["kind"], parts["lengths"]
    if parts["bracket"] is None:
        return _is_scalar(kind, value)
    if parts["bracket"] == "{":
        items = value if isinstance(value, dict) else {None: None}
        return lengths.fit(names, (len(items),)) and all(
            isinstance(key, str) and _is_scalar(kind, item) for key, item in items.items()
        )
    if kind in _ARRAYS:
        return isinstance(value, numpy.ndarray) and value.dtype == _ARRAYS[kind] and lengths.fit(names, value.shape)
    if not isinstance(value, (list, tuple)):
        return False
    return lengths.fit(names, (len(value),)) and all(_is_scalar(kind, item) for item in value)


def checked(layout: Mapping[str, str], state: Any) -> State:
    """The state itself, if it has the entries of the layout and no others; else ValueError."""
    if not isinstance(state, dict) or sorted(map(str, state)) != sorted(layout):
        found = ", ".join(sorted(map(str, state)))[:200] if isinstance(state, dict) else type(state).__name__
        raise ValueError("its entries are %s; expected are %s" % (found, ", ".join(sorted(layout))))
    lengths = _Lengths()
    for name, text in layout.items():
        if not _fits(text, state[name], lengths):
            raise ValueError("its entry %s is not %s, with the lengths of the other entries" % (name, text))
    return state
