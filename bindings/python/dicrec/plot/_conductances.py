# SPDX-License-Identifier: MIT
"""Conductances on parallel axes: a line for each member over the spread of the candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, Sequence, Union

import numpy

from ..model import Model
from ._axes import Axes, note, one_axes, plain_log, width_of
from ._colours import ACCEPTED, BAND, MID, REJECTED, opacity
from ._members import Members, chosen_channels, members_of

if TYPE_CHECKING:
    from ._members import Floats

_HALF_BAND = 0.25
_NARROW = 0.04  # inches for a channel and a point of type, below which labels stand upright
_LOG_FROM = 4  # largest over smallest value


def conductances(
    source: Any,
    *,
    channels: Optional[Sequence[str]] = None,
    model: Union[Model, str, None] = None,
    ax: Optional[Axes] = None,
    **kwargs: Any,
) -> Axes:
    """Conductances of members on parallel axes, relative to their mean.

    Below the name of each channel stands that mean, of the accepted members, in mS/cm2. The grey bands are mean and
    standard deviation of the candidates that the members of a reconstruction were chosen from.

    Parameters
    ----------
    source : Population, Reconstruction or array_like [n, n_channels]
        Maximal conductances, mS/cm2; accepted members are dark, rejected ones light, failed ones left out.
    channels : sequence of str, optional
        Which to show, and in which order; by default all.
    model : Model or str, optional
        Names the columns of an array.
    ax : matplotlib.axes.Axes, optional
        By default those of a new figure.
    **kwargs
        Of `matplotlib.axes.Axes.plot`, for the lines.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = dicrec.plot.conductances(dicrec.generate("stg", (-5, 8), 20))
    >>> ax.get_ylabel()
    'conductance / mean'
    """
    members = members_of("source", source, model)
    names = chosen_channels(members, channels)
    columns = [members.column(name) for name in names]
    means = _means(members, columns)
    ax = one_axes(ax, 1 + 0.65 * len(names), 2.8)
    _draw_bands(ax, members, columns, means)
    _draw_lines(ax, members.conductances[:, columns] / means, members.accepted, kwargs)
    ax.axhline(1, color=MID, linewidth=0.6, zorder=0.5)
    ax.set_xlim(-0.5, len(names) - 0.5)
    is_narrow = width_of(ax) < _NARROW * float(ax.xaxis.label.get_fontsize()) * len(names)
    labels = [("%s  %s" if is_narrow else "%s\n%s") % (name, _number(mean)) for name, mean in zip(names, means)]
    ax.set_xticks(range(len(names)))
    ax.set_xticklabels(labels, rotation=90 if is_narrow else 0)
    ax.tick_params(axis="x", length=0)
    ax.set_xlabel("channel, its mean (mS/cm²)")
    ax.set_ylabel("conductance / mean")
    return ax


def _means(members: Members, columns: Sequence[int]) -> Floats:
    """Mean of each channel over the accepted members, over all if none is; NaN where it is 0 or there is no member."""
    rows = members.conductances[members.accepted] if members.accepted.any() else members.conductances
    means: Floats = numpy.full(len(columns), numpy.nan)
    if len(rows):
        means = rows[:, columns].mean(axis=0)
        means[means == 0] = numpy.nan
    return means


def _number(value: float) -> str:
    return "–" if numpy.isnan(value) else "%.3g" % value if value < 1000 else "%.0f" % value


def _draw_bands(ax: Axes, members: Members, columns: Sequence[int], means: Floats) -> None:
    if members.candidate_mean is None or members.candidate_std is None:
        return
    middle, half = members.candidate_mean[columns] / means, members.candidate_std[columns] / means
    shown = numpy.isfinite(middle + half)
    places = numpy.arange(len(columns))[shown]
    ax.bar(places, 2 * half[shown], 2 * _HALF_BAND, bottom=(middle - half)[shown], color=BAND, zorder=0)
    note(ax, "band: candidates, mean ± SD")


def _draw_lines(ax: Axes, values: Floats, accepted: Any, kwargs: Any) -> None:
    alpha = opacity(len(values))
    for chosen, colour in ((~accepted, REJECTED), (accepted, ACCEPTED)):  # the accepted ones on top
        style = {"linewidth": 0.7, "marker": "o", "markersize": 2.4, "alpha": alpha, **kwargs}
        if "color" not in kwargs and "c" not in kwargs:
            style["color"] = colour
        if chosen.any():
            ax.plot(values[chosen].T, **style)
    shown = values[numpy.isfinite(values)]
    is_wide = shown.size > 0 and shown.min() > 0.005 and shown.max() > _LOG_FROM * shown.min()
    if is_wide:
        ax.set_yscale("log")
        plain_log(ax.yaxis)
    else:
        ax.set_ylim(bottom=min(0.0, float(shown.min())) if shown.size else 0.0)
