# SPDX-License-Identifier: MIT
"""Spikes as ticks: the input on top, a row for each train, trial or member below."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Dict, List, Optional, Sequence, Tuple

import numpy

from .._arguments import invalid, matrix
from ..reconstruction_result import Reconstruction
from ._axes import Axes, note, one_axes, width_of
from ._colours import ACCEPTED, INPUT, REJECTED
from ._time import shown_ms, unit_ms
from ._trains import Rows, burst_gap, onset, rows_of, times_of

if TYPE_CHECKING:
    from ._trains import Vector

_NO_SPIKES = numpy.empty(0)


@dataclass(frozen=True)
class _View:
    """What is shown of a train: shifted to its onset or not, in a unit, within limits."""

    aligned: bool
    unit_ms: float
    limits: Optional[Tuple[float, float]]

    def of(self, times: Vector) -> Vector:
        """Times on the axis of those spikes that are on it."""
        places = (times - (onset(times) if self.aligned else 0.0)) / self.unit_ms
        if self.limits is None:
            return places
        return places[(places >= self.limits[0]) & (places <= self.limits[1])]


def raster(
    trains: Any,
    spikes: Any = None,
    *,
    ax: Optional[Axes] = None,
    align: Optional[str] = None,
    t_range: Optional[Sequence[float]] = None,
    unit: str = "s",
    max_rows: int = 60,
    **kwargs: Any,
) -> Axes:
    """Spikes of a train, of trials, of many trains, or of the members of a reconstruction.

    Parameters
    ----------
    trains : Spikes, array_like [n_spikes], sequence of these, Simulation or Reconstruction
        Times in ms. Trials whose times begin again have a row each. A reconstruction must be verified: its accepted
        members are dark, the rejected ones light, and failed ones are left out.
    spikes : Spikes or array_like [n_spikes], optional
        The input, ms, drawn above the rows.
    ax : matplotlib.axes.Axes, optional
        By default those of a new figure.
    align : {'none', 'onset'}, optional
        'onset' shifts every row to its first whole burst, or to its first spike if it does not burst; the default
        where there is an input or a reconstruction.
    t_range : (float, float), optional
        Time drawn, in `unit`; by default everything, but of aligned rows about a dozen bursts or thirty spikes.
    unit : {'s', 'ms'}
        Of the time axis.
    max_rows : int
        Rows drawn, the first ones; a note says if there are more.
    **kwargs
        Of `matplotlib.axes.Axes.eventplot`, for the rows: colors, linewidths, ...

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = dicrec.plot.raster([[10, 35, 61], [12, 40, 66]], unit="ms", colors="tab:blue")
    >>> ax.get_xlabel()
    'time (ms)'
    """
    rows = rows_of("trains", trains)
    train = None if spikes is None else times_of("spikes", spikes)
    leader = max(rows.times, key=len, default=_NO_SPIKES) if train is None else train
    gap = burst_gap(leader)
    aligned = _is_aligned(align, train is not None or isinstance(trains, Reconstruction))
    view = _View(aligned, unit_ms(unit), _limits(t_range, aligned, shown_ms(leader, gap) / unit_ms(unit)))
    n = min(len(rows.times), max_rows)
    ax = one_axes(ax, 5, 1.1 + 0.11 * max(n, 5))
    _draw_rows(ax, rows, n, view, kwargs)
    middle = 0.0 if train is None else _draw_input(ax, train, n, view)
    _label_rows(ax, rows, n, middle)
    if view.limits is not None:
        ax.set_xlim(*view.limits)
    ax.set_xlabel(_time_label(unit, aligned, gap))
    return ax


def _is_aligned(align: Optional[str], default: bool) -> bool:
    if align not in (None, "none", "onset"):
        raise invalid("align: %r is not 'none' or 'onset'" % (align,))
    return default if align is None else align == "onset"


def _limits(t_range: Any, aligned: bool, default: float) -> Optional[Tuple[float, float]]:
    """Start and end of the axis; None for all spikes."""
    if t_range is None and not aligned:
        return None
    limits = (0.0, default) if t_range is None else t_range
    ((start, stop),) = matrix("t_range", [limits], 2)
    if not start < stop:
        raise invalid("t_range: %g is not below %g" % (start, stop))
    margin = 0.01 * (stop - start) if aligned else 0.0  # so that the first tick is whole
    return float(start - margin), float(stop + margin)


def _draw_rows(ax: Axes, rows: Rows, n: int, view: _View, kwargs: Any) -> None:
    if n == 0:
        return
    style: Dict[str, Any] = {"linelengths": 0.72, "linewidths": _line_width(ax), **kwargs}
    if "color" not in style and "colors" not in style:
        style["colors"] = [ACCEPTED if accepted else REJECTED for accepted in rows.accepted[:n]]
    places = style.pop("lineoffsets", range(n))
    ax.eventplot([view.of(times) for times in rows.times[:n]], lineoffsets=places, **style)


def _draw_input(ax: Axes, train: Vector, n: int, view: _View) -> float:
    """Draw the input above the rows, higher than they; return its middle, upwards negative."""
    length = max(1.0, 0.07 * n)
    middle = -0.5 - 1.1 * length
    ax.eventplot(
        [view.of(train)], lineoffsets=[middle], linelengths=length, linewidths=1.2 * _line_width(ax), colors=INPUT
    )
    return middle


def _line_width(ax: Axes) -> float:
    """Points: thin where there is little room."""
    return min(0.8, max(0.3, 0.2 * width_of(ax)))


def _label_rows(ax: Axes, rows: Rows, n: int, middle: float) -> None:
    """Rows downwards; names only where they tell something."""
    ax.set_ylim(n - 0.4, 2 * middle + 0.5 if middle else -0.6)
    ticks: List[float] = [middle] if middle else []
    names = ["input"] if middle else []
    if rows.kind != "member" and 1 < n <= 12:
        ticks += list(range(n))
        names += [str(i + 1) for i in range(n)]
    ax.set_yticks(ticks)
    ax.set_yticklabels(names)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    total = len(rows.times)
    if total != 1 or middle:
        counted = "%d" % total if n == total else "%d of %d" % (n, total)
        ax.set_ylabel("%s %s%s" % (counted, rows.kind, "" if total == 1 else "s"), labelpad=7)
    if not all(rows.accepted[:n]):
        note(ax, "accepted dark, rejected light")


def _time_label(unit: str, aligned: bool, gap: float) -> str:
    if not aligned:
        return "time (%s)" % unit
    return "time from first %s (%s)" % ("burst onset" if math.isfinite(gap) else "spike", unit)
