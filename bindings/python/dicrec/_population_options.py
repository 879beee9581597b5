# SPDX-License-Identifier: MIT
"""Options of a population."""

from __future__ import annotations

import ctypes
import operator
from typing import List, Mapping, Optional, Sequence, SupportsIndex, Union

import numpy
from numpy.typing import NDArray

from . import _api
from ._arguments import doubles, invalid, matrix, new_options, thread_count, vector
from ._units import Numeric
from ._words import value_or_default
from .model import Model

#: Rows for all channels, or limits by the names of some.
Ranges = Union[Numeric, Mapping[str, Numeric]]


def population_options(
    model: Model,
    seed: SupportsIndex = 1,
    channels: Optional[Sequence[Union[str, SupportsIndex]]] = None,
    ranges: Optional[Ranges] = None,
    leak: Optional[str] = None,
    threads: SupportsIndex = 0,
    keep_raw: bool = False,
    max_draws: Optional[SupportsIndex] = None,
    first_member: Optional[SupportsIndex] = None,
) -> _api.GenerateOptions:
    """Options of the library from the words of `generate`."""
    options = new_options(
        _api.GenerateOptions,
        seed=seed,
        n_threads=thread_count(threads),
        leak_law=value_or_default("leak", _api.Leak, leak),
        keep_raw=bool(keep_raw),
        max_draws=max_draws,
        first_member=first_member,
    )
    if channels is not None:
        options._channels = (ctypes.c_int32 * 2)(*_pair(model, channels))
        options.channels = ctypes.cast(options._channels, ctypes.POINTER(ctypes.c_int32))
        options.n_channels = len(options._channels)
    if ranges is not None:
        options.kept_ranges = _ranges(model, ranges)  # the struct only points to it
        options.ranges = doubles(options.kept_ranges)
    return options


def _pair(model: Model, channels: Sequence[Union[str, SupportsIndex]]) -> List[int]:
    channels = list(channels)
    if len(channels) != 2:
        raise invalid("channels: two are expected, not %d" % len(channels))
    return [model.channel_index(c) if isinstance(c, str) else operator.index(c) for c in channels]


def _ranges(model: Model, ranges: Ranges) -> NDArray[numpy.float64]:
    if isinstance(ranges, Mapping):
        result = model.ranges.copy()
        for channel, limits in ranges.items():
            result[model.channel_index(channel)] = vector("ranges", limits, "mS/cm2")
        return result
    result = matrix("ranges", ranges, 2, "mS/cm2")
    if len(result) != len(model.channels):
        raise invalid("ranges: shape [%d, 2] or a dict by channel is expected" % len(model.channels))
    return result
