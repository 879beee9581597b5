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
    """A call was done, with a remark.

    Examples
    --------
    >>> import warnings
    >>> with warnings.catch_warnings(record=True) as remarks:
    ...     warnings.simplefilter("always")
    ...     statistics = dicrec.Spikes([10.0, 20.0]).statistics()
    >>> [remark.category.__name__ for remark in remarks]
    ['DicrecWarning']
    """


class DicrecError(Exception):
    """A call failed.

    Attributes
    ----------
    status : int
        Value of the status, negative.
    name : str
        Name of the status, such as ``"E_RANGE"``.

    Examples
    --------
    >>> try:
    ...     dicrec.Spikes([2.0, 1.0])
    ... except dicrec.DicrecError as failure:
    ...     print(failure.name, failure.status == dicrec.Status.E_SPIKES)
    E_SPIKES True
    """

    def __init__(self, message: str, status: int = -1) -> None:
        super().__init__(message)
        self.status = int(status)
        self.name: str = lib.status_name(self.status).decode()

    def __reduce__(self) -> Tuple[Any, ...]:
        return type(self), (self.args[0], self.status)


class ArgumentError(DicrecError, ValueError):
    """An argument, option, name or spike train is not acceptable.

    Examples
    --------
    >>> dicrec.Spikes([2.0, 1.0])
    Traceback (most recent call last):
    dicrec._errors.ArgumentError: spike 2 of 2 is at 1 ms, not after the one before it (2 ms) [E_SPIKES]
    """


class OutOfMemoryError(DicrecError, MemoryError):
    """The library could not get memory.

    Examples
    --------
    >>> issubclass(dicrec.OutOfMemoryError, MemoryError)
    True
    """


class FileError(DicrecError, OSError):
    """A file cannot be read.

    Examples
    --------
    >>> try:
    ...     dicrec.Estimator("stg", weights="no such file")
    ... except dicrec.FileError as failure:
    ...     print(failure.name)
    E_FILE
    """


class WeightsError(DicrecError, ValueError):
    """Weights are malformed or do not fit.

    Examples
    --------
    >>> try:
    ...     dicrec.Estimator("stg", weights=b"no weights")
    ... except dicrec.WeightsError as failure:
    ...     print(failure.name)
    E_WEIGHTS
    """


class ComputationError(DicrecError, ArithmeticError):
    """A computation has no answer.

    Examples
    --------
    >>> issubclass(dicrec.ComputationError, ArithmeticError)
    True
    """


class CancelledError(DicrecError):
    """The progress callback cancelled the call.

    Examples
    --------
    >>> estimator = dicrec.Estimator("stg")
    >>> try:
    ...     dicrec.reconstruct(estimator, numpy.arange(0, 3000, 100), n=100, progress=lambda done, total: False)
    ... except dicrec.CancelledError as failure:
    ...     print(failure.name)
    E_CANCELLED
    """


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
