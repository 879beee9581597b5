# SPDX-License-Identifier: MIT
"""Axes and figures: those that are given, or new ones; what is written on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Tuple

import numpy

from .._arguments import invalid
from ._colours import MID
from ._matplotlib import Axes, Figure, pyplot_figure, ticker

if TYPE_CHECKING:
    from numpy.typing import NDArray

    AxesArray = NDArray[Any]  # of Axes
else:
    AxesArray = numpy.ndarray

__all__ = [
    "Axes",
    "AxesArray",
    "Figure",
    "axes_count",
    "axes_grid",
    "legend_above",
    "new_figure",
    "note",
    "one_axes",
    "plain_log",
    "tidy",
    "width_of",
]

_CLOSE = {"handletextpad": 0.4, "handlelength": 1.2, "columnspacing": 1.0, "labelspacing": 0.3}
_PADS = {"w_pad": 0.07, "h_pad": 0.06}  # inches


def new_figure(width: float, height: float) -> Figure:
    """A figure of so many inches."""
    return pyplot_figure(figsize=(width, height), constrained_layout=_PADS)


def tidy(ax: Axes) -> None:
    """Leave out the frame where nothing is read off it."""
    ax.spines["top"].set_visible(False)
    ax.spines["right"].set_visible(False)


def one_axes(ax: Any, width: float = 5, height: float = 3) -> Axes:
    """The Axes that a user gave, or those of a new figure of so many inches."""
    if ax is None:
        ax = new_figure(width, height).add_subplot()
        tidy(ax)
    if not isinstance(ax, Axes):
        raise invalid("ax: matplotlib's Axes are expected, not %r" % (ax,))
    return ax


def width_of(ax: Axes) -> float:
    """Width of the Axes, inches, as far as it is known before the figure is laid out."""
    return float(ax.bbox.width / ax.figure.dpi)


def axes_count(ax: Any) -> int:
    """How many Axes a user gave: one, or a sequence or an array of them."""
    return 1 if isinstance(ax, Axes) else len(list(getattr(ax, "flat", ax)))


def axes_grid(
    ax: Any,
    shape: Tuple[int, int],
    panel: Tuple[float, float],
    sharex: Any = False,
    sharey: Any = False,
) -> AxesArray:
    """Array [rows, columns] of the Axes that a user gave in any shape, or of a new figure of panels of so many inches."""
    if ax is None:
        figure = new_figure(panel[0] * shape[1], panel[1] * shape[0])
        grid = figure.subplots(*shape, sharex=sharex, sharey=sharey, squeeze=False)
        for one in grid.flat:
            tidy(one)
    else:
        grid = numpy.empty(numpy.shape(ax), dtype=object)
        grid[...] = ax
        if grid.size != shape[0] * shape[1]:
            raise invalid("ax: %d Axes are expected, not %d" % (shape[0] * shape[1], grid.size))
        grid = grid.reshape(shape)
    result: AxesArray = grid
    for one in result.flat:
        one_axes(one)
    return result


def note(ax: Axes, text: str) -> None:
    """A small grey line over the Axes, at the right: a title, so that a long one does not make the Axes narrow."""
    ax.set_title(text, loc="right", fontsize="small", color=MID)


def legend_above(ax: Axes, columns: int = 2, **kwargs: Any) -> None:
    """A legend that hides nothing."""
    place = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.2, "ncol": columns}
    ax.legend(**{**place, "frameon": False, "fontsize": "small", **_CLOSE, **kwargs})


def plain_log(axis: Any) -> None:
    """Numbers of a logarithmic axis that are read at a glance: 10, 20, 50, not powers."""
    axis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
    axis.set_major_formatter(ticker.ScalarFormatter())
    axis.set_minor_formatter(ticker.NullFormatter())
