# SPDX-License-Identifier: MIT
"""Words of Python for the constants of the C interface."""

from __future__ import annotations

import enum
import functools
from typing import Dict, List, Optional, Tuple, Type

from . import _api
from ._errors import Status, error
from ._library import lib


def words(constants: Type[enum.IntEnum]) -> Tuple[str, ...]:
    """Words of an enum of the interface, in the order of its constants: a tuple of str."""
    return tuple(_api.WORDS[constants])


def word_of(constants: Type[enum.IntEnum], value: int) -> str:
    """The library's word of a value that it answers; 'other' for one that it does not know itself."""
    word = _words_of(constants).get(value)
    return word or str(getattr(lib, constants.__name__.lower() + "_name")(value).decode())


@functools.lru_cache(maxsize=None)
def _words_of(constants: Type[enum.IntEnum]) -> Dict[int, str]:
    return {value: word for word, value in _values_of(constants).items()}


@functools.lru_cache(maxsize=None)
def _values_of(constants: Type[enum.IntEnum]) -> Dict[str, int]:
    listed: List[enum.IntEnum] = list(constants)
    return {word: int(constant) for word, constant in zip(words(constants), listed)}


def value_of(name: str, constants: Type[enum.IntEnum], word: str) -> int:
    """Constant of the word that a user gives the argument `name`."""
    value = _values_of(constants).get(word) if isinstance(word, str) else None
    if value is None:
        raise error(Status.E_ARGUMENT, "%s: %r is not one of %s" % (name, word, ", ".join(words(constants))))
    return value


def value_or_default(name: str, constants: Type[enum.IntEnum], word: Optional[str]) -> Optional[int]:
    """Constant of a word, or None, the library's default, if the user gives none."""
    return None if word is None else value_of(name, constants, word)
