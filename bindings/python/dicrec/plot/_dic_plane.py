# SPDX-License-Identifier: MIT
"""The plane of the slow and the ultraslow DIC: posterior, members, target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Optional, Sequence, Tuple

import numpy

from .. import _api
from .._arguments import invalid, matrix, vector
from ..posterior import Posterior
from ..reconstruction_result import Reconstruction
from ._axes import Axes, legend_above, one_axes
from ._colours import ACCENT, ACCEPTED, POSTERIOR, REJECTED
from ._members import members_of

if TYPE_CHECKING:
    from ._members import Flags, Floats

_SLOW, _ULTRASLOW = int(_api.Dic.SLOW), int(_api.Dic.ULTRASLOW)
_N_SAMPLES = 4000  # that say where a share of the probability ends
_GRID = 160
_FILLS = ("0.90", "0.80", "0.70", "0.60")


def dic_plane(
    source: Any = None,
    members: Any = None,
    target: Any = None,
    *,
    ax: Optional[Axes] = None,
    regions: Sequence[float] = (0.5, 0.9),
    samples: int = 0,
    interval: bool = False,
    legend: bool = True,
    **kwargs: Any,
) -> Axes:
    """Posterior over g_s and g_u, the members of populations, and what they were made for.

    Parameters
    ----------
    source : Posterior or Reconstruction, optional
        Of a reconstruction also its members.
    members : Population, Reconstruction or array_like [n, 2] or [n, 4], optional
        Accepted ones are dark, rejected ones open; of arrays [n, 2] the columns are g_s and g_u, of arrays [n, 4] the
        DICs as in `Population.dics`.
    target : array_like [2] or [n, 2], optional
        g_s and g_u to be marked, such as what is true.
    ax : matplotlib.axes.Axes, optional
        By default those of a new figure.
    regions : sequence of float
        Shares of the probability: of each, the smallest region that holds it is filled. Empty for none.
    samples : int
        Draws from the posterior to be shown.
    interval : bool
        Mark the posterior's marginal medians, with bars from 5 % to 95 %.
    legend : bool
        Say what is what.
    **kwargs
        Of `matplotlib.axes.Axes.scatter`, for the members.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> posterior = dicrec.Posterior.of_mixture([1], [[-5, 8]], [[[0.3, 0], [0, 4]]])
    >>> population = dicrec.generate("stg", (-5, 8), 5)
    >>> ax = dicrec.plot.dic_plane(posterior, population, target=(-5, 8))
    >>> ax.get_xlabel()
    'slow DIC $g_\\\\mathrm{s}$'
    """
    posterior, points, accepted = _parts(source, members)
    goal = None if target is None else matrix("target", target, 2)
    shares = _shares(regions)
    ax = one_axes(ax, 4.4, 3.6)
    if posterior is not None:
        _draw_posterior(ax, posterior, shares, samples, interval)
    if points is not None:
        _draw_members(ax, points, accepted, kwargs)
    if goal is not None:
        ax.scatter(
            goal[:, 0],
            goal[:, 1],
            marker="*",
            s=110,
            color=ACCENT,
            edgecolors="white",
            linewidths=0.6,
            zorder=5,
            label="target",
        )
    ax.set_xlabel("slow DIC $g_\\mathrm{s}$")
    ax.set_ylabel("ultraslow DIC $g_\\mathrm{u}$")
    ax.locator_params(axis="x", nbins=6)
    if legend and ax.get_legend_handles_labels()[0]:
        legend_above(ax)
    return ax


def _parts(source: Any, members: Any) -> Tuple[Optional[Posterior], Optional[Floats], Flags]:
    """Posterior, DICs [n, 2] of the members, and which of them are accepted."""
    posterior = source.posterior if isinstance(source, Reconstruction) else source
    if posterior is not None and not isinstance(posterior, Posterior):
        raise invalid("source: a Posterior or a Reconstruction is expected, not %s" % type(source).__name__)
    if members is None and isinstance(source, Reconstruction):
        members = source
    if members is None:
        return posterior, None, numpy.ones(0, dtype=bool)
    return (posterior, *_members_dics(members))


def _members_dics(members: Any) -> Tuple[Floats, Flags]:
    if hasattr(members, "dics") or isinstance(members, Reconstruction):
        found = members_of("members", members)
        assert found.dics is not None  # of a population
        return found.dics[:, [_SLOW, _ULTRASLOW]], found.accepted
    columns = numpy.shape(members)[-1] if numpy.ndim(members) else 0
    rows = matrix("members", members, int(_api.Dic.COUNT) if columns == _api.Dic.COUNT else 2)
    rows = rows if rows.shape[1] == 2 else rows[:, [_SLOW, _ULTRASLOW]]
    rows = rows[~numpy.isnan(rows).any(axis=1)]
    return rows, numpy.ones(len(rows), dtype=bool)


def _shares(regions: Sequence[float]) -> Floats:
    shares = vector("regions", regions)
    if not ((shares > 0) & (shares < 1)).all() or len(shares) > len(_FILLS):
        raise invalid("regions: up to %d numbers between 0 and 1 are expected" % len(_FILLS))
    return numpy.sort(shares)[::-1]


def _draw_posterior(ax: Axes, posterior: Posterior, shares: Floats, samples: int, interval: bool) -> None:
    drawn = posterior.sample(max(_N_SAMPLES, samples))
    if len(shares) and _spread(drawn) > 0:
        _draw_regions(ax, posterior, shares, drawn)
    if samples:
        shown = drawn[:samples]
        ax.scatter(
            shown[:, 0],
            shown[:, 1],
            s=6,
            color=POSTERIOR,
            linewidths=0,
            alpha=0.7,
            zorder=1.5,
            label="samples",
        )
    if interval or _spread(drawn) == 0:
        _draw_interval(ax, posterior)


def _spread(drawn: Floats) -> float:
    """0 for a posterior that is sure, as far as a density on a grid can tell."""
    return float(numpy.ptp(drawn, axis=0).min() / (1e-6 + numpy.abs(drawn).max()) > 1e-6)


def _draw_regions(ax: Axes, posterior: Posterior, shares: Floats, drawn: Floats) -> None:
    """Regions of highest density: a share p of the draws is where the density is above its quantile 1 - p over them."""
    levels = numpy.quantile(posterior.log_density(drawn), 1 - shares)
    low, high = drawn.min(axis=0), drawn.max(axis=0)
    x, y, density = _density(posterior, low, high, _GRID // 2)
    rows, columns = numpy.nonzero(density >= levels[0])
    if len(rows):  # once more, where the regions are
        low, high = numpy.array([x[columns.min()], y[rows.min()]]), numpy.array([x[columns.max()], y[rows.max()]])
        margin = 0.06 * (high - low) + [x[1] - x[0], y[1] - y[0]]
        x, y, density = _density(posterior, low - margin, high + margin, _GRID)
    density = numpy.maximum(density, levels[0] - 50)  # not -inf, which is outside of what was trained
    edges = [*levels, max(float(density.max()), float(levels[-1])) + 1.0]
    fills = _FILLS[: len(levels)]
    ax.contourf(x, y, density, levels=edges, colors=fills, zorder=0.5)
    for share, fill in zip(shares, fills):
        ax.fill([], [], color=fill, label="posterior, %g %%" % (100 * share))


def _density(posterior: Posterior, low: Floats, high: Floats, n: int) -> Tuple[Floats, Floats, Floats]:
    """Logarithm of the density on a grid [n, n] of g_u by g_s."""
    x, y = (numpy.linspace(low[k], high[k], n) for k in (0, 1))
    points = numpy.stack(numpy.meshgrid(x, y), axis=-1)
    return x, y, posterior.log_density(points.reshape(-1, 2)).reshape(n, n)


def _draw_interval(ax: Axes, posterior: Posterior) -> None:
    low, high = posterior.quantile([0.05, 0.95])
    x, y = posterior.median
    ax.errorbar(
        [x], [y], xerr=[[x - low[0]], [high[0] - x]], yerr=[[y - low[1]], [high[1] - y]],
        color="0", linewidth=1.2, zorder=3, label="median, 90 %",
    )  # fmt: skip


def _draw_members(ax: Axes, points: Floats, accepted: Flags, kwargs: Any) -> None:
    size = 20 if len(points) <= 50 else 9
    kinds: List[Any] = [(~accepted, "white", REJECTED, "rejected"), (accepted, ACCEPTED, "white", "members")]
    for chosen, fill, edge, label in kinds:  # the accepted ones on top
        if chosen.any():
            style: Dict[str, Any] = {"s": size, "linewidths": 0.6, "zorder": 4, "label": label, **kwargs}
            if not {"c", "color", "facecolors"} & set(kwargs):
                style.update(facecolors=fill, edgecolors=edge)
            ax.scatter(*points[chosen].T, **style)
