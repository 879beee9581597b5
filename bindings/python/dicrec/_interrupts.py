# SPDX-License-Identifier: MIT
"""Interrupts from the keyboard during a call of the library."""

from __future__ import annotations

import importlib
import signal
import threading
from types import FrameType
from typing import Any, Callable, Optional

# The functions of the module `signal` look for each handler among the names of an enumeration, which takes longer than
# all that is done here; those of `_signal`, which they call, do not.
try:
    _signal: Any = importlib.import_module("_signal")
except ImportError:
    _signal = signal


class InterruptsKept:
    """Gives `keep` what the handler of SIGINT raises: raised inside a callback of the library it would be lost.

    The handler itself, Python's or that of an event loop or a notebook, still decides what an interrupt does. Handlers
    that are not of Python are left alone, and so are other threads, where none of them runs.
    """

    __slots__ = ("_keep", "_former", "_mine")

    def __init__(self, keep: Callable[[BaseException], None]) -> None:
        self._keep = keep
        self._former: Any = None
        self._mine = self._handle

    def _handle(self, number: int, frame: Optional[FrameType]) -> None:
        try:
            self._former(number, frame)
        except BaseException as exception:
            self._keep(exception)

    def __enter__(self) -> None:
        if threading.get_ident() != threading.main_thread().ident:
            return
        former = _signal.getsignal(signal.SIGINT)
        if callable(former):
            self._former = former
            _signal.signal(signal.SIGINT, self._mine)

    def __exit__(self, *_: object) -> None:
        # A handler that a callback has set meanwhile stays.
        if self._former is not None and _signal.getsignal(signal.SIGINT) is self._mine:
            _signal.signal(signal.SIGINT, self._former)
        del self._mine  # which holds this object
