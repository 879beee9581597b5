# SPDX-License-Identifier: MIT
"""Defaults and limits of the numeric options of the C interface."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Mapping, NamedTuple

from . import _api


class Limit(NamedTuple):
    """What an option may be.

    Attributes
    ----------
    default
        What it is unless it is set; None where that depends on the model or the input.
    least, most
        Both are allowed themselves.
    unit : str
        Empty for numbers without one.

    Examples
    --------
    >>> limit = dicrec.LIMITS["simulate"]["dt_ms"]
    >>> limit.least < limit.default < limit.most, limit.unit
    (True, 'ms')
    """

    default: Any
    least: Any
    most: Any
    unit: str


#: By function of the library and field of its options: ``LIMITS["simulate"]["dt_ms"].default``.
LIMITS: Mapping[str, Mapping[str, Limit]] = MappingProxyType(
    {
        options: MappingProxyType({field: Limit(*row) for field, row in rows.items()})
        for options, rows in _api.LIMITS.items()
    }
)
