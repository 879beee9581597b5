# SPDX-License-Identifier: MIT
"""DICs of a neuron while it fires."""

from __future__ import annotations

import ctypes
from typing import Optional

from numpy.typing import ArrayLike

from ._arguments import doubles, vector
from ._context import create, text_of
from ._documented import documented
from ._errors import check
from ._handles import Handle
from ._library import lib
from .estimator import Estimator, estimate_options
from .posterior import Posterior


@documented
class Stream:
    """Spikes of one neuron, read as they come, in memory that does not grow.

    Parameters
    ----------
    estimator : Estimator
    time_scale : float
        Spike times are divided by it.
    support_limit : float, optional
        Support below which `posterior` issues a `DicrecWarning`; by default {estimate.support_limit}, 0 for never.
    """

    def __init__(self, estimator: Estimator, time_scale: float = 1, support_limit: Optional[float] = None) -> None:
        self.estimator = estimator
        options = estimate_options(time_scale, support_limit)
        self._handle, _ = create(lib.stream_create, lib.stream_free, estimator._handle, ctypes.byref(options))

    def __len__(self) -> int:
        return int(lib.stream_spike_count(self._handle))

    def __repr__(self) -> str:
        return "<dicrec.Stream: %d spikes>" % len(self)

    def push(self, times: ArrayLike) -> None:
        """Add spikes: all of them or, after an exception, none.

        Parameters
        ----------
        times : array_like [n]
            Spike times, ms, strictly increasing and after the last one.
        """
        array = vector("times", times)
        status = lib.stream_push(self._handle, doubles(array), len(array))
        check(status, text_of(lib.stream_error, self._handle))

    def posterior(self) -> Posterior:
        """Read the DICs from all spikes since the beginning.

        Returns
        -------
        Posterior
            It changes when this is called again, except for the attributes that are arrays or numbers.
        """
        pointer = ctypes.c_void_p()
        remark = check(lib.stream_posterior(self._handle, ctypes.byref(pointer)))
        return Posterior(Handle.lent(pointer.value, self._handle), remark)

    def reset(self) -> None:
        """Forget all spikes."""
        lib.stream_reset(self._handle)
