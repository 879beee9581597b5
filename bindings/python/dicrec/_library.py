# SPDX-License-Identifier: MIT
"""Find the shared library, load it, and declare every public function."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from typing import Any, List

from ._api import ABI_VERSION, PROTOTYPES

_HERE = os.path.dirname(os.path.abspath(__file__))
#: Of Linux and its like, macOS, and Windows.
_NAMES = tuple(
    name % ABI_VERSION for name in ("libdicrec.so.%d", "libdicrec.%d.dylib", "libdicrec-%d.dll", "dicrec-%d.dll")
)


def _candidates() -> List[str]:
    """Names to try. A path in DICREC_LIBRARY is tried alone, and so is what a wheel has brought, so that a wrong one
    is noticed; then what the system has."""
    path = os.environ.get("DICREC_LIBRARY")
    if path:
        return [path]
    bundled = [os.path.join(_HERE, name) for name in _NAMES if os.path.exists(os.path.join(_HERE, name))]
    if bundled:
        return bundled
    found = ctypes.util.find_library("dicrec")
    return list(_NAMES) + ([found] if found else [])


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
