# SPDX-License-Identifier: MIT
"""Ownership of the library's objects."""

from __future__ import annotations

from typing import Any, Callable, Optional, SupportsIndex


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
