# SPDX-License-Identifier: MIT
"""The one form in which objects are pickled, copied and saved: plain values, with a version.

A class says what its state is in three places next to each other: the layout, `_state` and `_of_state`. Pickles and
files hold the same state; what reads it checks the version first, then the layout.
"""

from __future__ import annotations

import copy
import os
from dataclasses import fields
from typing import Any, ClassVar, Dict, List, Mapping, Optional, Sequence, Tuple, Type, TypeVar, Union, cast

import numpy
from numpy.typing import NDArray

from ._api import VERSION as LIBRARY_VERSION
from ._arguments import invalid
from ._layout import State, checked

#: Version of the states that this package writes, and of those that it reads.
STATE_VERSION = 1

_Any = TypeVar("_Any", bound="Saved")
_Row = TypeVar("_Row")
_ROW_TYPES = {"str": "str", "int": "int64", "float": "float64", "bool": "bool"}

#: Classes of this package that can be saved, by name.
KINDS: Dict[str, Type[Saved]] = {}


class Saved:
    """What can be pickled, copied, and saved to a file."""

    _layout: ClassVar[Mapping[str, str]] = {}

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        if cls.__module__.split(".")[0] == __package__ and cls._layout:
            KINDS[cls.__name__] = cls

    def _state(self) -> State:
        """Entries as the layout says; arrays are not copied."""
        raise NotImplementedError

    @classmethod
    def _of_state(cls: Type[_Any], state: State) -> _Any:
        """An object of a state that fits the layout."""
        raise NotImplementedError

    def __reduce__(self) -> Tuple[Any, ...]:
        # By its name, wherever its module may move to; classes that users derive from it are themselves.
        name = type(self).__name__
        kind = name if KINDS.get(name) is type(self) else type(self)
        return restored, (kind, STATE_VERSION, LIBRARY_VERSION, checked_state(self))

    def save(self, path: Union[str, os.PathLike[str]]) -> None:
        """Write the object to a file, whole or not at all, for `load`.

        Parameters
        ----------
        path : path
            What is there is replaced. The file is an ``.npz`` of NumPy, whatever its name.

        Raises
        ------
        FileError
        """
        from ._files import save

        save(self, path)

    @classmethod
    def load(cls: Type[_Any], path: Union[str, os.PathLike[str]]) -> _Any:
        """Read what `save` has written; safe with files of strangers.

        Parameters
        ----------
        path : path

        Raises
        ------
        FileError
            The file cannot be read, is damaged, holds something else, or is of a version that is not known here.
        """
        from ._files import load

        return load(path, cls)


class SavedHandle(Saved):
    """An object of the library that never changes: copies share it, and have the attributes for themselves."""

    def __copy__(self: _Any) -> _Any:
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        return made

    def __deepcopy__(self: _Any, memo: Dict[int, Any]) -> _Any:
        made = type(self).__new__(type(self))
        for name, value in self.__dict__.items():
            made.__dict__[name] = value if name.startswith("_") else copy.deepcopy(value, memo)
        return made


class SavedValues(Saved):
    """A dataclass of single values, whose state they are."""

    def __init_subclass__(cls, **arguments: Any) -> None:
        # Not fields(): the decorator that makes them comes after this.
        cls._layout = {**cls._layout, **{name: _layout_of(kind) for name, kind in cls.__annotations__.items()}}
        super().__init_subclass__(**arguments)

    def _state(self) -> State:
        return {field: getattr(self, field) for field in self._layout}

    @classmethod
    def _of_state(cls: Type[_Any], state: State) -> _Any:
        return cls(**{name: tuple(value) if isinstance(value, list) else value for name, value in state.items()})


def _layout_of(annotation: str) -> str:
    return "str[texts]" if annotation == "Tuple[str, ...]" else annotation


def checked_state(item: Saved) -> State:
    """The state of an object, if it can be read again: of one that a user has made, too."""
    try:
        return checked(item._layout, item._state())
    except ValueError as failure:
        raise invalid("this dicrec.%s cannot be saved: %s" % (type(item).__name__, failure)) from failure


def restored(kind: Union[str, Type[Saved]], version: int, library: str, state: State) -> Any:
    """An object of its state; pickles call this by its name."""
    if isinstance(kind, str):
        kind = KINDS[kind]
    if version != STATE_VERSION:
        found = "version %r of libdicrec %s" % (version, library)
        raise invalid(
            "a dicrec.%s of state %s; libdicrec %s reads version %d"
            % (kind.__name__, found, LIBRARY_VERSION, STATE_VERSION)
        )
    try:
        checked(kind._layout, state)
    except ValueError as failure:
        raise invalid("the state of a dicrec.%s cannot be read: %s" % (kind.__name__, failure)) from failure
    return kind._of_state(state)


def packed(arrays: Optional[Sequence[NDArray[Any]]]) -> Tuple[Optional[NDArray[Any]], Optional[NDArray[numpy.int64]]]:
    """Arrays one after the other, and the length of each; None and None of None."""
    if arrays is None:
        return None, None
    counts = numpy.array([len(array) for array in arrays], dtype=numpy.int64)
    return (numpy.concatenate(arrays) if arrays else numpy.empty(0)), counts


def unpacked(values: Optional[NDArray[Any]], counts: Optional[NDArray[numpy.int64]]) -> Optional[List[NDArray[Any]]]:
    """The arrays that were packed; they share one."""
    if values is None or counts is None:
        return None
    if (counts < 0).any() or (counts > len(values)).any() or counts.sum() != len(values):
        raise invalid("counts that do not add up to the %d values" % len(values))
    return numpy.split(values, numpy.cumsum(counts)[:-1]) if len(counts) else []


def columns_layout(prefix: str, kind: Type[Any], length: str) -> Dict[str, str]:
    """Layout of the entries that `columns` makes."""
    return {"%s.%s" % (prefix, f.name): "%s[%s]?" % (_ROW_TYPES[str(f.type)], length) for f in fields(kind)}


def columns(prefix: str, kind: Type[Any], rows: Optional[Sequence[Any]]) -> State:
    """Dataclasses of single values as an array, or a list of text, for each field; all None of None."""
    state: State = {}
    for field in fields(kind):
        values = None if rows is None else [getattr(row, field.name) for row in rows]
        is_text = values is None or str(field.type) == "str"
        state["%s.%s" % (prefix, field.name)] = (
            values if is_text else numpy.array(values, dtype=_ROW_TYPES[str(field.type)])
        )
    return state


def rows_of(prefix: str, kind: Type[_Row], state: State) -> Optional[List[_Row]]:
    """The dataclasses that `columns` has taken apart."""
    names = [field.name for field in fields(cast(Any, kind))]
    values = [state["%s.%s" % (prefix, name)] for name in names]
    if any(value is None for value in values):
        return None
    lists = [value if isinstance(value, (list, tuple)) else value.tolist() for value in values]
    return [kind(**dict(zip(names, row))) for row in zip(*lists)]
