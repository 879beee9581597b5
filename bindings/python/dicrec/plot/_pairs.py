# SPDX-License-Identifier: MIT
"""Conductances against each other: how members compensate one channel by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Optional, Sequence, Tuple, Union

import numpy

from .._arguments import invalid, matrix
from ..model import Model
from ._axes import Axes, AxesArray, axes_grid
from ._colours import ACCEPTED, BAND, INPUT_FILL, REJECTED
from ._members import Members, chosen_channels, members_of

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ._members import Floats

_ROW = 4  # panels side by side, of chosen pairs


def conductance_pairs(
    source: Any,
    pairs: Optional[Sequence[Tuple[str, str]]] = None,
    *,
    channels: Optional[Sequence[str]] = None,
    candidates: Optional[ArrayLike] = None,
    model: Union[Model, str, None] = None,
    ax: Union[Axes, AxesArray, Sequence[Axes], None] = None,
    **kwargs: Any,
) -> AxesArray:
    """Conductances of members against each other: chosen pairs, or all pairs of some channels.

    The grey band is mean and standard deviation of the candidates that members were chosen from: members that cover
    it have kept the spread that the spikes leave open.

    Parameters
    ----------
    source : Population, Reconstruction or array_like [n, n_channels]
        Maximal conductances, mS/cm2; accepted members are dark, rejected ones open, failed ones left out.
    pairs : sequence of (str, str), optional
        Channels of the horizontal and the vertical axis, a panel each. By default a matrix of all pairs of `channels`,
        with their histograms on the diagonal.
    channels : sequence of str, optional
        Channels of the matrix, by default all.
    candidates : array_like [2, n_channels], optional
        Mean and standard deviation of the candidates, mS/cm2; by default those of a reconstruction.
    model : Model or str, optional
        Names the columns of an array.
    ax : matplotlib.axes.Axes or array of them, optional
        One for each pair; of a matrix [n, n]. By default a new figure.
    **kwargs
        Of `matplotlib.axes.Axes.scatter`.

    Returns
    -------
    numpy.ndarray of matplotlib.axes.Axes [n_pairs] or [n, n]
        Those above the diagonal of a matrix are switched off.

    Examples
    --------
    >>> population = dicrec.generate("stg", (-5, 8), 50)
    >>> panels = dicrec.plot.conductance_pairs(population, [("Na", "Kd"), ("CaT", "CaS")])
    >>> panels[0].get_xlabel()
    'Na (mS/cm²)'
    """
    members = members_of("source", source, model)
    moments = _moments(members, candidates)
    if pairs is not None:
        return _draw_pairs(members, moments, pairs, ax, kwargs)
    names = chosen_channels(members, channels)
    n = len(names)
    if n < 2:
        raise invalid("channels: two or more are expected")
    grid = axes_grid(ax, (n, n), (1.35, 1.25) if n > 4 else (1.9, 1.75), sharex="col" if ax is None else False)
    for row, y in enumerate(names):
        for column, x in enumerate(names):
            one = grid[row, column]
            if row < column:
                one.axis("off")
            elif row == column:
                _draw_histogram(one, members, moments, x)
            else:
                _draw_pair(one, members, moments, (x, y), kwargs)
    _label_matrix(grid, names)
    return grid


def _moments(members: Members, candidates: Any) -> Optional[Floats]:
    """Mean and standard deviation of the candidates [2, n_channels], if they are known."""
    if candidates is not None:
        moments = matrix("candidates", candidates, len(members.channels))
        if len(moments) != 2:
            raise invalid("candidates: mean and standard deviation are expected, not %d rows" % len(moments))
        return moments
    if members.candidate_mean is None or members.candidate_std is None:
        return None
    known: Floats = numpy.stack([members.candidate_mean, members.candidate_std])
    return known


def _draw_pairs(members: Members, moments: Any, pairs: Any, ax: Any, kwargs: Any) -> AxesArray:
    chosen: List[Tuple[str, str]] = []
    for pair in pairs:
        if isinstance(pair, str) or len(pair) != 2:
            raise invalid("pairs: two channels are expected, not %r" % (pair,))
        x, y = chosen_channels(members, pair)
        chosen.append((x, y))
    if not chosen:
        raise invalid("pairs: at least one is expected")
    n_columns = min(len(chosen), _ROW) if ax is None else len(chosen)
    n_rows = -(-len(chosen) // n_columns)
    grid = axes_grid(ax, (n_rows, n_columns), (2.5, 2.3)).reshape(-1)
    for one in grid[len(chosen) :]:
        one.axis("off")
    for one, (x, y) in zip(grid, chosen):
        _draw_pair(one, members, moments, (x, y), kwargs)
        one.set_xlabel("%s (mS/cm²)" % x)
        one.set_ylabel("%s (mS/cm²)" % y)
    return grid[: len(chosen)]


def _draw_pair(ax: Axes, members: Members, moments: Optional[Floats], pair: Tuple[str, str], kwargs: Any) -> None:
    x, y = (members.column(channel) for channel in pair)
    if moments is not None and numpy.isfinite(moments[:, [x, y]]).all():
        for draw, k in ((ax.axvspan, x), (ax.axhspan, y)):
            draw(moments[0, k] - moments[1, k], moments[0, k] + moments[1, k], color=BAND, alpha=0.6, lw=0, zorder=0)
    size = 14 if len(members.conductances) <= 100 else 5
    for chosen, fill, edge in ((~members.accepted, "white", REJECTED), (members.accepted, ACCEPTED, "none")):
        style: Dict[str, Any] = {"s": size, "linewidths": 0.6, "alpha": 0.9, **kwargs}
        if not {"c", "color", "facecolors"} & set(kwargs):
            style.update(facecolors=fill, edgecolors=edge)
        if chosen.any():
            ax.scatter(members.conductances[chosen, x], members.conductances[chosen, y], **style)


def _draw_histogram(ax: Axes, members: Members, moments: Optional[Floats], channel: str) -> None:
    k = members.column(channel)
    values = members.conductances[members.accepted, k]
    if moments is not None and numpy.isfinite(moments[:, k]).all():
        ax.axvspan(moments[0, k] - moments[1, k], moments[0, k] + moments[1, k], color=BAND, alpha=0.6, lw=0, zorder=0)
    if len(values):
        ax.hist(values, bins="auto" if len(values) > 20 else 8, color=INPUT_FILL, edgecolor=ACCEPTED, linewidth=0.6)
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)


def _label_matrix(grid: AxesArray, names: Sequence[str]) -> None:
    """Numbers and names at the left and at the bottom alone."""
    n = len(names)
    for row in range(n):
        for column in range(row + 1):
            one = grid[row, column]
            one.locator_params(nbins=3)
            one.tick_params(labelbottom=row == n - 1, labelleft=column == 0 and row > 0, labelsize="small")
        if row > 0:
            grid[row, 0].set_ylabel(names[row])
        grid[n - 1, row].set_xlabel(names[row])
    grid[0, 0].set_title("conductances (mS/cm²)", loc="left", fontsize="medium")
