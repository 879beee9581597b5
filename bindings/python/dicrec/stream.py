# SPDX-License-Identifier: MIT
"""DICs of a neuron while it fires."""

from __future__ import annotations

import ctypes
import threading
from typing import Any, List, Optional, SupportsIndex

import numpy
from numpy.typing import NDArray

from ._arguments import doubles, expect, invalid, vector
from ._context import create, text_of
from ._documented import documented
from ._errors import check
from ._handles import Handle
from ._library import lib
from ._times import Times, observed
from ._units import TIMES_MS
from .estimator import Estimator, estimate_options
from .posterior import Posterior
from .spikes import as_spikes

_ENOUGH_SPIKES = 10


@documented
class Stream:
    """Spikes of one neuron, read as they come, in memory that does not grow.

    Threads may share it: they take turns. It may be closed, as a file is, by `close` or at the end of a ``with`` block;
    else it ends with its last reference. It is neither copied nor pickled: two would not see the same spikes.

    Parameters
    ----------
    estimator : Estimator
    time_scale : float
        Spike times are divided by it.
    support_limit : float, optional
        Support below which `posterior` issues a `DicrecWarning`; by default {estimate.support_limit}, 0 for never.

    Examples
    --------
    >>> estimator = dicrec.Estimator("stg")
    >>> with dicrec.Stream(estimator) as stream:
    ...     for time in range(0, 3000, 100):
    ...         stream.push([time])
    ...     posterior = stream.posterior()
    >>> posterior.activity
    'spiking'
    """

    def __init__(self, estimator: Estimator, time_scale: float = 1, support_limit: Optional[float] = None) -> None:
        expect("estimator", estimator, Estimator)
        self.estimator = estimator
        self._turn = threading.Lock()
        self._own: Optional[Handle] = None
        options = estimate_options(time_scale, support_limit)
        self._first: Optional[List[float]] = []  # bare times, until there are enough to tell their unit
        self._own, _ = create(lib.stream_create, lib.stream_free, estimator._handle, ctypes.byref(options))

    @property
    def _handle(self) -> Handle:
        if self._own is None:
            raise invalid("this stream is closed")
        return self._own

    def close(self) -> None:
        """Free its memory; nothing can be done with it afterwards. Closing it again is no error."""
        with self._turn:
            self._own = None

    @property
    def closed(self) -> bool:
        """bool: whether it is closed."""
        return self._own is None

    def __enter__(self) -> Stream:
        self._handle  # none that is closed
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __len__(self) -> int:
        with self._turn:
            return int(lib.stream_spike_count(self._handle))

    def __repr__(self) -> str:
        return "<dicrec.Stream: closed>" if self.closed else "<dicrec.Stream: %d spikes>" % len(self)

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        raise TypeError("a dicrec.Stream cannot be copied or pickled: keep its spikes, and push them into a new one")

    @documented
    def push(self, times: Times, unit: Optional[str] = None) -> None:
        """Add spikes: all of them or, after an exception, none.

        Parameters
        ----------
        times : array_like [n]
            Spike times, strictly increasing and after the last one; times with a unit keep it, as in `Spikes`.
        unit : {Time}, optional
            Unit of bare times, by default ms.
        """
        given = observed("times", times, None, unit, None, None, vector)
        array = given.times if unit != "s" else given.times * TIMES_MS[unit]
        with self._turn:
            status = lib.stream_push(self._handle, doubles(array), len(array))
            detail = text_of(lib.stream_error, self._handle) if status else ""
            check(status, detail)
            if given.is_bare and unit is None:
                self._check_unit(array)

    def _check_unit(self, times: NDArray[numpy.float64]) -> None:
        """Warn, once, if the first bare times are likely no ms."""
        if self._first is None:
            return
        self._first.extend(times[:_ENOUGH_SPIKES].tolist())
        if len(self._first) >= _ENOUGH_SPIKES:
            first, self._first = self._first, None
            as_spikes(first)

    def posterior(self) -> Posterior:
        """Read the DICs from all spikes since the beginning.

        Returns
        -------
        Posterior
            Of these spikes: it stays as it is when more are pushed, or the stream is closed.
        """
        pointer = ctypes.c_void_p()
        with self._turn:
            remark = check(lib.stream_posterior(self._handle, ctypes.byref(pointer)))
            return Posterior(_copied(Handle.lent(pointer.value, self._handle)), remark)

    def reset(self) -> None:
        """Forget all spikes."""
        with self._turn:
            lib.stream_reset(self._handle)
            self._first = None if self._first is None else []


def _copied(posterior: Handle) -> Handle:
    """What the stream lends, for it is written anew at the next reading."""
    content = (ctypes.c_uint8 * lib.posterior_byte_count(posterior))()
    check(lib.posterior_copy_bytes(posterior, content, len(content)))
    return create(lib.posterior_create_from_bytes, lib.posterior_free, content, len(content))[0]
