# SPDX-License-Identifier: MIT
"""Ownership of the library's objects."""

from __future__ import annotations

import ctypes
from typing import Any, Callable, List, Optional, SupportsIndex


class Handle:
    """One object of the library, freed once: with the last reference to the handle.

    ctypes takes the handle itself as an argument and so keeps it alive during the call.
    """

    __slots__ = ("_as_parameter_", "_free", "_owner", "__weakref__")

    _as_parameter_: Optional[int]
    _free: Optional[Callable[[Optional[int]], object]]
    _owner: Optional[Handle]

    def __init__(self, pointer: Optional[int], free: Callable[[Optional[int]], object]) -> None:
        self._as_parameter_ = pointer
        self._free = free
        self._owner = None

    @classmethod
    def lent(cls, pointer: Optional[int], owner: Handle) -> Handle:
        """An object that `owner`, another handle, frees."""
        handle = cls.__new__(cls)
        handle._as_parameter_ = pointer
        handle._free = None
        handle._owner = owner
        return handle

    def __del__(self) -> None:
        if self._free is not None:
            self._free(self._as_parameter_)

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        raise TypeError("objects of libdicrec cannot be copied or pickled")


class Batch:
    """Objects that one call makes: freed all together if the block that makes them fails."""

    def __init__(self, n: int, free: Callable[[Optional[int]], object]) -> None:
        self.array: Any = (ctypes.c_void_p * n)()
        self._free = free

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, *_: object) -> None:
        # Also a remark that is turned into an exception comes with objects.
        for pointer in self.array if kind is not None else ():
            self._free(pointer)

    def handles(self) -> List[Handle]:
        """A handle for each; to be called once."""
        return [Handle(pointer, self._free) for pointer in self.array]
