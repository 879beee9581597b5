# SPDX-License-Identifier: MIT
"""When a train was observed, as options of the library."""

from __future__ import annotations

from typing import Any, Optional, SupportsIndex

import numpy

from . import _api
from ._arguments import doubles, invalid, matrix, new_options, unsigned
from ._times import Observed


def spikes_options(given: Observed, origin: Optional[SupportsIndex] = None) -> _api.SpikesOptions:
    """Options of a train; the arrays that they point to are attributes of theirs."""
    options = new_options(_api.SpikesOptions, unit=given.unit, origin=origin)
    if given.gaps is not None and numpy.size(given.gaps):
        options.kept_gaps = matrix("gaps", given.gaps, 2)
        options.gaps, options.n_gaps = doubles(options.kept_gaps), len(options.kept_gaps)
    if given.counts is not None:
        options.kept_counts = given.counts
        options.trial_counts, options.n_trials = unsigned(given.counts), len(given.counts)
    if given.window is not None:
        _set_window(options, given.window)
    return options


def _set_window(options: _api.SpikesOptions, window: Any) -> None:
    """One window of all trials, or one of each."""
    if numpy.ndim(window) == 2:
        options.kept_windows = matrix("window", window, 2)
        if len(options.kept_windows) != options.n_trials:
            raise invalid("window: one for each trial, or one for all, is expected")
        options.trial_windows = doubles(options.kept_windows)
        return
    if numpy.shape(window) != (2,):
        raise invalid("window: start and stop are expected, not %r" % (window,))
    ((options.start, options.stop),) = matrix("window", window, 2)
    options.has_window = 1
