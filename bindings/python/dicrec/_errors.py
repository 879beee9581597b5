# SPDX-License-Identifier: MIT
"""Statuses of the library as exceptions and warnings."""

import enum
import sys
import warnings

from ._library import lib

_SCANNED = range(-256, 257)


def _known():
    names = ((lib.status_name(value).decode(), value) for value in _SCANNED)
    return {name: value for name, value in names if name != "UNKNOWN"}


Status = enum.IntEnum("Status", _known(), module=__package__)
Status.__doc__ = "Status of a call or of one member, as the loaded library lists them."


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

    def __init__(self, message, status=-1):
        super().__init__(message)
        self.status = int(status)
        self.name = lib.status_name(self.status).decode()

    def __reduce__(self):
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


_CLASSES = {
    "E_ARGUMENT": ArgumentError,
    "E_RANGE": ArgumentError,
    "E_OPTION": ArgumentError,
    "E_NAME": ArgumentError,
    "E_BUFFER": ArgumentError,
    "E_MISMATCH": ArgumentError,
    "E_SPIKES": ArgumentError,
    "E_MEMORY": OutOfMemoryError,
    "E_CANCELLED": CancelledError,
    "E_FILE": FileError,
    "E_WEIGHTS": WeightsError,
    "E_INFEASIBLE": ComputationError,
    "E_SINGULAR": ComputationError,
    "E_CONVERGENCE": ComputationError,
    "E_SOLVER": ComputationError,
    "E_UNSTABLE": ComputationError,
}


def error(status, detail=""):
    """Exception for a status; the detail, if any, replaces the general meaning."""
    name = lib.status_name(status).decode()
    message = "%s [%s]" % (detail or lib.status_text(status).decode(), name)
    return _CLASSES.get(name, DicrecError)(message, status)


def check(status, detail=""):
    """Raise for a failure, warn for a remark.

    Returns
    -------
    Status
        ``Status.OK`` or the remark; a plain int if this library's list lacks it.
    """
    if status < 0:
        raise error(status, detail)
    if status != 0:
        name = lib.status_name(status).decode()
        text = "%s [%s]" % (detail or lib.status_text(status).decode(), name)
        warnings.warn(text, DicrecWarning, stacklevel=_outside_level())
    return remark_of(status)


def remark_of(status):
    """A status as a `Status`, or as it is if this library's list lacks it."""
    try:
        return Status(status)
    except ValueError:
        return status


def _outside_level():
    """Stack level, as seen from check(), of the first frame outside this package."""
    level, frame = 2, sys._getframe(2)
    while frame.f_back and frame.f_globals.get("__name__", "").split(".")[0] == __package__:
        level, frame = level + 1, frame.f_back
    return level
