# SPDX-License-Identifier: MIT
"""Docstrings with the defaults, limits and words of the description of the interface.

``{simulate.dt_ms}`` is the default of that option, ``{MAX_TARGET}`` that number, ``{Leak}`` the words of those
constants, ``{'gamma', ...}``, and ``{Leak:}``, on a line of its own, their meanings, a line each.
"""

from __future__ import annotations

import enum
import re
from typing import Any, List, Match, TypeVar

from . import _api
from ._words import words
from .limits import LIMITS

_PLACE = re.compile(r"\{(?:(?P<options>[a-z]+)\.(?P<field>\w+)|(?P<number>[A-Z][A-Z_]+)|(?P<constants>[A-Z]\w+))\}")
_MEANINGS = re.compile(r"^( *)\{(\w+):\}\n", re.M)
_GIB = 1 << 30
_Item = TypeVar("_Item")


def _shown(value: Any, unit: str) -> str:
    if isinstance(value, enum.IntEnum):
        constants: List[enum.IntEnum] = list(type(value))
        return repr(words(type(value))[constants.index(value)])
    if unit == "bytes" and value % _GIB == 0:
        return "%d GiB" % (value // _GIB)
    if isinstance(value, int):
        return "{:,}".format(value) if value < 10**7 else ("%g" % value).replace("e+0", "e")
    return ("%g" % value).replace("e-0", "e-")


def _filling(match: Match[str]) -> str:
    if match["constants"]:
        return "{%s}" % ", ".join(repr(word) for word in words(getattr(_api, match["constants"])))
    if match["number"]:
        return _shown(getattr(_api, match["number"]), "")
    limit = LIMITS[match["options"]][match["field"]]
    return _shown(limit.default, limit.unit)


def _meanings(match: Match[str]) -> str:
    entries = _api.WORDS[getattr(_api, match[2])].items()
    return "".join("%s%r: %s\n" % (match[1], word, meaning) for word, meaning in entries)


def documented(item: _Item) -> _Item:
    """Decorator of a function or class: fill the places of its docstring."""
    if item.__doc__:  # python -OO has none
        item.__doc__ = _PLACE.sub(_filling, _MEANINGS.sub(_meanings, item.__doc__))
    return item
