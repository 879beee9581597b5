# SPDX-License-Identifier: MIT
"""Histogram of the intervals: the input filled, members as a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, List, Optional, Sequence, Union

import numpy

from .._arguments import invalid, vector
from ..reconstruction_result import Reconstruction
from ..spikes import Spikes
from ._axes import Axes, note, one_axes, plain_log
from ._colours import ACCEPTED, INPUT_FILL
from ._trains import intervals_of, rows_of, times_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ._trains import Vector

_MARGIN = 1.25  # beyond the shortest and the longest interval, as a factor


def intervals(
    trains: Any,
    spikes: Any = None,
    *,
    ax: Optional[Axes] = None,
    bins: Union[int, ArrayLike] = 48,
    log: bool = True,
    **kwargs: Any,
) -> Axes:
    """Histogram of inter-spike intervals, as shares of all intervals.

    Parameters
    ----------
    trains : Spikes, array_like [n_spikes], sequence of these, Simulation or Reconstruction
        Times in ms. Intervals of all trains are counted together; of a verified reconstruction, those of its accepted
        members. Intervals across gaps and between trials do not count.
    spikes : Spikes or array_like [n_spikes], optional
        The input, ms, whose histogram is filled. Of a reconstruction the note tells `report.isi_distance` (KS).
    ax : matplotlib.axes.Axes, optional
        By default those of a new figure.
    bins : int or array_like [n + 1]
        How many, or their edges in ms.
    log : bool
        Logarithmic axis and bins, so that the intervals in bursts and between them are seen alike.
    **kwargs
        Of `matplotlib.axes.Axes.stairs`, for the histogram of `trains`: color, label, ...

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = dicrec.plot.intervals([10, 35, 61, 88], log=False, bins=[0, 10, 20, 30])
    >>> ax.get_xlabel()
    'interval (ms)'
    """
    shown = _intervals_of_all(trains)
    of_input = None if spikes is None else _intervals_of_input(spikes)
    edges = _edges(numpy.concatenate([shown, shown[:0] if of_input is None else of_input]), bins, log)
    ax = one_axes(ax, 4.5, 2.6)
    if of_input is not None:
        ax.stairs(_shares(of_input, edges), edges, fill=True, color=INPUT_FILL, label="input")
    is_alone = of_input is None
    style = {"fill": is_alone, "color": INPUT_FILL if is_alone else ACCEPTED, "linewidth": 1.1, **kwargs}
    ax.stairs(_shares(shown, edges), edges, **style)
    if log:
        ax.set_xscale("log")
        plain_log(ax.xaxis)
    ax.set_xlim(edges[0], edges[-1])
    ax.set_ylim(bottom=0)
    ax.set_xlabel("interval (ms)")
    ax.set_ylabel("share of intervals")
    if not is_alone:
        note(ax, _note(trains))
    return ax


def _note(trains: Any) -> str:
    if not isinstance(trains, Reconstruction):
        return "input filled, trains line"
    return "input filled, members line, KS %.2g" % trains.report.isi_distance


def _intervals_of_all(trains: Any) -> Vector:
    if isinstance(trains, Spikes):
        return intervals_of(trains)
    rows = rows_of("trains", trains)
    parts: List[Any] = [[]]
    given: Sequence[Any] = rows.times
    if rows.kind == "train" and isinstance(trains, (list, tuple)) and len(trains) == len(rows.times):
        given = [train if isinstance(train, Spikes) else times for train, times in zip(trains, rows.times)]
    parts += [intervals_of(times) for times, accepted in zip(given, rows.accepted) if accepted]
    return numpy.concatenate(parts)


def _intervals_of_input(spikes: Any) -> Vector:
    return intervals_of(spikes if isinstance(spikes, Spikes) else times_of("spikes", spikes))


def _edges(values: Vector, bins: Any, log: bool) -> Vector:
    if numpy.ndim(bins) > 0:
        edges = vector("bins", bins)
        if len(edges) < 2 or not (numpy.diff(edges) > 0).all() or (log and edges[0] <= 0):
            raise invalid("bins: rising edges are expected%s" % (", above 0 on a logarithmic axis" if log else ""))
        return edges
    if int(bins) < 1:
        raise invalid("bins: %d is not 1 or more" % bins)
    low, high = (values.min(), values.max()) if len(values) else (1.0, 100.0)
    between: Vector = numpy.linspace(0, high * 1.05, int(bins) + 1)
    return numpy.geomspace(low / _MARGIN, high * _MARGIN, int(bins) + 1) if log else between


def _shares(values: Vector, edges: Vector) -> Vector:
    shares: Vector = numpy.histogram(values, edges)[0] / max(len(values), 1)
    return shares
