# SPDX-License-Identifier: MIT
"""How far a long call is: a user's function, or a bar."""

from __future__ import annotations

import importlib
import sys
import time
from typing import Any, Callable, Optional, Union

Watcher = Callable[[int, int], object]

#: True for a bar, or a function that is called with how much is done, of how much; its result False cancels.
Progress = Union[bool, Watcher, None]

_PERIOD_S = 0.1  # of lines on a terminal


class _Bar:
    """A bar of tqdm, which knows terminals and notebooks."""

    def __init__(self, make: Any, name: str) -> None:
        self._bar = make(desc=name, total=0, leave=True)

    def __call__(self, done: int, total: int) -> None:
        if total != self._bar.total:
            self._bar.reset(total)
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        self._bar.close()


class _Line:
    """One line of text, written anew."""

    def __init__(self, name: str) -> None:
        self._name, self._due_s, self._shown = name, 0.0, ""

    def __call__(self, done: int, total: int) -> None:
        text = "%s: %d of %d" % (self._name, done, total)
        if text != self._shown and (done == total or time.monotonic() >= self._due_s):
            self._due_s, self._shown = time.monotonic() + _PERIOD_S, text
            print("\r" + text, end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        if self._shown:
            print(file=sys.stderr, flush=True)


def _bar(name: str) -> Union[_Bar, _Line]:
    try:
        tqdm: Any = importlib.import_module("tqdm.auto")  # which a checker need not find
    except ImportError:
        return _Line(name)
    return _Bar(tqdm.tqdm, name)


class Watched:
    """What is to be called while the call `name` is under way."""

    __slots__ = ("_progress", "_name", "_bar")

    def __init__(self, progress: Progress, name: str) -> None:
        self._progress = progress
        self._name = name
        self._bar: Union[_Bar, _Line, None] = None

    def __enter__(self) -> Optional[Watcher]:
        if self._progress is None or self._progress is False:
            return None
        if self._progress is True:
            self._bar = _bar(self._name)
            return self._bar
        if callable(self._progress):
            return self._progress
        raise TypeError("progress: True or a function of (done, total) is expected, not %r" % (self._progress,))

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
