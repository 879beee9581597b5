# SPDX-License-Identifier: MIT
"""Find the shared library, load it, and declare every public function."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from typing import Any, List

from ._api import ABI_VERSION, PROTOTYPES

_NAMES = ("libdicrec.so.%d" % ABI_VERSION, "libdicrec.%d.dylib" % ABI_VERSION, "libdicrec.dylib")


def _candidates() -> List[str]:
    """Names to try; a path in DICREC_LIBRARY is tried alone, so that a wrong one is noticed."""
    path = os.environ.get("DICREC_LIBRARY")
    if path:
        return [path]
    found = ctypes.util.find_library("dicrec")
    return ([found] if found else []) + list(_NAMES)


def _open() -> ctypes.CDLL:
    failures = []
    for name in _candidates():
        try:
            return ctypes.CDLL(name)
        except OSError as failure:
            failures.append(str(failure))
    raise ImportError("libdicrec was not found; set DICREC_LIBRARY to its path: " + "; ".join(failures))


class _Library:
    """The declared functions, as attributes without the prefix "dicrec_"."""

    def __init__(self) -> None:
        shared = _open()
        for name, (result, arguments) in PROTOTYPES.items():
            try:
                function = getattr(shared, "dicrec_" + name)
            except AttributeError:
                raise ImportError("this libdicrec is too old, dicrec_%s is missing" % name) from None
            function.restype = result
            function.argtypes = arguments
            setattr(self, name, function)


lib: Any = _Library()  # what ctypes makes of the prototypes has no types for a checker
