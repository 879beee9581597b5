# SPDX-License-Identifier: MIT
"""Calls that need a context: each gets one of its own, so that any thread may call."""

from __future__ import annotations

import contextlib
import ctypes
import logging
import signal
import threading
from types import FrameType
from typing import Any, Callable, Dict, Iterator, Optional, Tuple, Union

from . import _api
from ._errors import Status, check
from ._handles import Handle
from ._library import lib

#: Called with how much is done, of how much; a result of False cancels.
Progress = Callable[[int, int], object]

_logger = logging.getLogger("dicrec")
_LEVELS: Dict[int, int] = {_api.Log.INFO: logging.INFO, _api.Log.WARNING: logging.WARNING}


class _Watch:
    """Receives the callbacks of one call and keeps the first exception that they raise."""

    def __init__(self, progress: Optional[Progress]) -> None:
        self._progress = progress
        self.exception: Optional[BaseException] = None

    def log(self, _user: object, level: int, message: bytes) -> None:
        try:
            _logger.log(_LEVELS.get(level, logging.INFO), "%s", message.decode("utf-8", "replace"))
        except BaseException as exception:
            self._keep(exception)

    def progress(self, _user: object, done: int, total: int) -> int:
        # Installed even without a user's function: it lets Python see an interrupt during the call.
        try:
            go_on = self._progress(done, total) if self._progress else True
            cancel = go_on is not None and not go_on
        except BaseException as exception:
            self._keep(exception)
            cancel = True
        return 1 if cancel or self.exception is not None else 0

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        """Keep an interrupt from the keyboard; raised inside a callback it would be lost."""
        is_main = threading.current_thread() is threading.main_thread()
        if not is_main or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
            yield
            return
        signal.signal(signal.SIGINT, self._keep_interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    def _keep_interrupt(self, _signal: int, _frame: Optional[FrameType]) -> None:
        self._keep(KeyboardInterrupt())

    def _keep(self, exception: BaseException) -> None:
        if self.exception is None:
            self.exception = exception

    def raise_kept(self) -> None:
        exception, self.exception = self.exception, None
        if exception is not None:
            raise exception


def text_of(function: Any, *arguments: Any) -> str:
    """What a function of the library copies into a buffer."""
    length = function(*arguments, None, 0)
    if length == 0:
        return ""
    text = ctypes.create_string_buffer(length + 1)
    function(*arguments, text, len(text))
    return text.value.decode("utf-8", "replace")


def call(function: Any, *arguments: Any, progress: Optional[Progress] = None) -> Union[Status, int]:
    """Call `function(context, *arguments)`; raise, warn and log as the library says.

    Returns
    -------
    Status
        ``Status.OK`` or the remark.
    """
    watch = _Watch(progress)
    options = _api.ContextOptions()
    lib.context_options_init(ctypes.byref(options), ctypes.sizeof(options))
    options.log = _api.LogCallback(watch.log)
    options.progress = _api.ProgressCallback(watch.progress)
    context = ctypes.c_void_p()
    check(lib.context_create(ctypes.byref(options), ctypes.byref(context)))
    try:
        with watch.interruptible():
            status = function(context, *arguments)
        detail = text_of(lib.context_error, context)
    finally:
        lib.context_free(context)
    watch.raise_kept()
    return check(status, detail)


def create(
    function: Any, free: Any, *arguments: Any, progress: Optional[Progress] = None
) -> Tuple[Handle, Union[Status, int]]:
    """Call `function(context, *arguments, &object)`.

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
