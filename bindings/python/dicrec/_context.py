# SPDX-License-Identifier: MIT
"""Calls that need a context: each has one to itself, so that any thread may call."""

from __future__ import annotations

import ctypes
import enum
import logging
from typing import Any, Callable, Dict, List, Optional, Tuple, Union

from . import _api
from ._errors import Status, check
from ._handles import Handle
from ._interrupts import InterruptsKept
from ._library import lib
from ._progress import Progress as Progress
from ._progress import Watched

_logger = logging.getLogger("dicrec")
_LEVELS: Dict[int, int] = {_api.Log.INFO: logging.INFO, _api.Log.WARNING: logging.WARNING}


class _Soon(enum.Enum):
    """In place of progress: the call takes no time to speak of."""

    DONE = enum.auto()


class _Watch:
    """Receives the callbacks of one call after the other, and keeps the first exception of each."""

    def __init__(self) -> None:
        self.on_progress: Optional[Callable[[int, int], object]] = None
        self.exception: Optional[BaseException] = None

    def log(self, _user: object, level: int, message: bytes) -> None:
        try:
            _logger.log(_LEVELS.get(level, logging.INFO), "%s", message.decode("utf-8", "replace"))
        except BaseException as exception:
            self.keep(exception)

    def progress(self, _user: object, done: int, total: int) -> int:
        # Installed even without a user's function: it lets Python see an interrupt during the call.
        try:
            go_on = self.on_progress(done, total) if self.on_progress else True
            cancel = go_on is not None and not go_on
        except BaseException as exception:
            self.keep(exception)
            cancel = True
        return 1 if cancel or self.exception is not None else 0

    def keep(self, exception: BaseException) -> None:
        if self.exception is None:
            self.exception = exception

    def raise_kept(self) -> None:
        exception, self.exception = self.exception, None
        if exception is not None:
            raise exception


class _Context:
    """A context of the library and the watch that its callbacks call."""

    def __init__(self) -> None:
        self.watch = _Watch()
        options = _api.ContextOptions()
        lib.context_options_init(ctypes.byref(options), ctypes.sizeof(options))
        self._callbacks = _api.LogCallback(self.watch.log), _api.ProgressCallback(self.watch.progress)
        options.log, options.progress = self._callbacks
        pointer = ctypes.c_void_p()
        check(lib.context_create(ctypes.byref(options), ctypes.byref(pointer)))
        self.handle = Handle(pointer.value, lib.context_free)


# Contexts that no call has: making one, with its callbacks, takes longer than many a call.
_idle: List[_Context] = []


class _Taken:
    """A context that nobody else has meanwhile: a call in a callback, or in another thread, gets another one."""

    __slots__ = ("_mine",)

    def __enter__(self) -> _Context:
        try:
            self._mine = _idle.pop()
        except IndexError:
            self._mine = _Context()
        return self._mine

    def __exit__(self, *_: object) -> None:
        self._mine.watch.on_progress = self._mine.watch.exception = None
        _idle.append(self._mine)


def text_of(function: Any, *arguments: Any) -> str:
    """What a function of the library copies into a buffer."""
    length = function(*arguments, None, 0)
    if length == 0:
        return ""
    text = ctypes.create_string_buffer(length + 1)
    function(*arguments, text, len(text))
    return text.value.decode("utf-8", "replace")


def answer(function: Any, *arguments: Any, progress: Union[Progress, _Soon] = _Soon.DONE) -> Tuple[int, str]:
    """Status of `function(context, *arguments)`, and what there is to say of it; log what it logs.

    A call that is given `progress`, be it None, may take long: an interrupt from the keyboard cancels it.
    """
    with _Taken() as mine:
        if isinstance(progress, _Soon):
            status = function(mine.handle, *arguments)
        else:
            name = function.__name__[len("dicrec_") :]
            with Watched(progress, name) as mine.watch.on_progress, InterruptsKept(mine.watch.keep):
                status = function(mine.handle, *arguments)
        detail = text_of(lib.context_error, mine.handle) if status else ""
        mine.watch.raise_kept()
    return status, detail


def call(function: Any, *arguments: Any, progress: Union[Progress, _Soon] = _Soon.DONE) -> Union[Status, int]:
    """Call `function(context, *arguments)`; raise and warn as the library says. `progress` as in `answer`.

    Returns
    -------
    Status
        ``Status.OK`` or the remark.
    """
    status, detail = answer(function, *arguments, progress=progress)
    return check(status, detail) if status else Status.OK


def create(
    function: Any, free: Any, *arguments: Any, progress: Union[Progress, _Soon] = _Soon.DONE
) -> Tuple[Handle, Union[Status, int]]:
    """Call `function(context, *arguments, &object)`; `progress` as in `answer`.

    Returns
    -------
    (Handle, Status)
        The object, and the remark or ``Status.OK``.
    """
    pointer = ctypes.c_void_p()
    try:
        remark = call(function, *arguments, ctypes.byref(pointer), progress=progress)
    except BaseException:
        # A remark turned into an exception, or an exception in a callback, comes with an object.
        free(pointer)
        raise
    return Handle(pointer.value, free), remark
