# SPDX-License-Identifier: MIT
"""Statuses of the library as exceptions and warnings."""

from __future__ import annotations

import sys
import warnings
from typing import Any, Dict, Tuple, Type, Union

from ._api import Status as Status  # other modules take it from here
from ._library import lib

Status.__module__ = str(__package__)
Status.__doc__ = "Status of a call or of one member; newer libraries may answer others, which stay plain numbers."


class DicrecWarning(UserWarning):
    """A call was done, with a remark."""


class DicrecError(Exception):
    """A call failed.

    Attributes
    ----------
    status : int
        Value of the status, negative.
    name : str
        Name of the status, such as ``"E_RANGE"``.
    """

    def __init__(self, message: str, status: int = -1) -> None:
        super().__init__(message)
        self.status = int(status)
        self.name: str = lib.status_name(self.status).decode()

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.args[0], self.status)


class ArgumentError(DicrecError, ValueError):
    """An argument, option, name or spike train is not acceptable."""


class OutOfMemoryError(DicrecError, MemoryError):
    """The library could not get memory."""


class FileError(DicrecError, OSError):
    """A file cannot be read."""


class WeightsError(DicrecError, ValueError):
    """Weights are malformed or do not fit."""


class ComputationError(DicrecError, ArithmeticError):
    """A computation has no answer."""


class CancelledError(DicrecError):
    """The progress callback cancelled the call."""


# What has a class of its own; of the other failures those up to this one are computations, the rest arguments.
_CLASSES: Dict[int, Type[DicrecError]] = {
    Status.E_MEMORY: OutOfMemoryError,
    Status.E_CANCELLED: CancelledError,
    Status.E_FILE: FileError,
    Status.E_WEIGHTS: WeightsError,
}
_STATUSES: Dict[int, Status] = {int(status): status for status in Status}
_FIRST_COMPUTATION = Status.E_INFEASIBLE


def _class_of(status: int) -> Type[DicrecError]:
    if status not in list(Status):
        return DicrecError
    return _CLASSES.get(status, ComputationError if status <= _FIRST_COMPUTATION else ArgumentError)


def error(status: int, detail: str = "") -> DicrecError:
    """Exception for a status; the detail, if any, replaces the general meaning."""
    name = lib.status_name(status).decode()
    message = "%s [%s]" % (detail or lib.status_text(status).decode(), name)
    return _class_of(status)(message, status)


def check(status: int, detail: str = "") -> Union[Status, int]:
    """Raise for a failure, warn for a remark.

    Returns
    -------
    Status
        ``Status.OK`` or the remark; a plain int if only newer libraries know it.
    """
    if status < 0:
        raise error(status, detail)
    if status != 0:
        name = lib.status_name(status).decode()
        text = "%s [%s]" % (detail or lib.status_text(status).decode(), name)
        warnings.warn(text, DicrecWarning, stacklevel=_outside_level())
    return remark_of(status)


def remark(text: str) -> None:
    """Warn of what a user should know."""
    warnings.warn(text, DicrecWarning, stacklevel=_outside_level())


def remark_of(status: int) -> Union[Status, int]:
    """A status as a `Status`, or as it is if only newer libraries know it."""
    return _STATUSES.get(status, status)


def _outside_level() -> int:
    """Stack level, as seen from the caller, of the first frame outside this package."""
    level, frame = 2, sys._getframe(2)
    while frame.f_back and frame.f_globals.get("__name__", "").split(".")[0] == __package__:
        level, frame = level + 1, frame.f_back
    return level
