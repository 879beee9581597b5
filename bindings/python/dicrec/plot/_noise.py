# SPDX-License-Identifier: MIT
"""The noise current that the spikes tell of, and that of the members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional

import numpy

from .._arguments import invalid, vector
from ..population import Population
from ..posterior import Posterior
from ..reconstruction_result import Reconstruction
from ._axes import Axes, legend_above, one_axes, width_of
from ._colours import ACCEPTED, INPUT_FILL, MID
from ._matplotlib import ticker
from ._members import members_of

if TYPE_CHECKING:
    from ._members import Floats

_N_SAMPLES = 4000
_N_BINS = 24
_ROOMY = 2.5  # inches, from which on 0 has room beside "none"
_LEAST = 1.0  # of the axis, uA/cm2
_NONE = -2.5  # place of the bar of no noise, in bins


def noise(source: Any, members: Any = None, *, ax: Optional[Axes] = None, legend: bool = True, **kwargs: Any) -> Axes:
    """Noise current: how probable none is, what else the posterior says, and what the members have.

    The bar at the left is the probability of no noise at all; the other bars share the rest.

    Parameters
    ----------
    source : Posterior or Reconstruction
        Of a reconstruction also its members.
    members : Population, Reconstruction or array_like [n], optional
        Their noise, standard deviation in uA/cm2, drawn as a line.
    ax : matplotlib.axes.Axes, optional
        By default those of a new figure.
    legend : bool
        Say what is what.
    **kwargs
        Of `matplotlib.axes.Axes.bar`, for the posterior.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> posterior = dicrec.Posterior.at((-5, 8), noise=2)
    >>> ax = dicrec.plot.noise(posterior, members=[1.5, 2, 2.5])
    >>> ax.get_xlabel()
    'noise current (µA/cm²)'
    """
    posterior = source.posterior if isinstance(source, Reconstruction) else source
    if not isinstance(posterior, Posterior):
        raise invalid("source: a Posterior or a Reconstruction is expected, not %s" % type(source).__name__)
    values = _members_noise(source if members is None and isinstance(source, Reconstruction) else members)
    drawn = posterior.sample(_N_SAMPLES, noise=True)[:, 2]
    most = max(float(numpy.quantile(drawn, 0.995)), 0.0 if values is None else float(values.max(initial=0)), _LEAST)
    edges = numpy.linspace(0, most, _N_BINS + 1)
    width = float(edges[1])
    ax = one_axes(ax, 4.5, 2.6)
    shares = _shares(drawn, edges)
    shares[0] = posterior.noiseless
    style = {"color": INPUT_FILL, "label": "posterior", **kwargs}
    kinds = [ax.bar(_places(edges, width), shares, width, **style)]
    if values is not None:
        kinds.append(_draw_members(ax, _places(edges, width), _shares(values, edges), width))
    _label(ax, most, width)
    if legend and values is not None:
        legend_above(ax, handles=kinds)
    return ax


def _members_noise(members: Any) -> Optional[Floats]:
    if members is None:
        return None
    if isinstance(members, (Population, Reconstruction)):
        found = members_of("members", members)
        assert found.noise_std is not None  # of a population
        accepted: Floats = found.noise_std[found.accepted] if found.accepted.any() else found.noise_std
        return accepted
    values = vector("members", members)
    known: Floats = values[~numpy.isnan(values)]
    return known


def _shares(values: Floats, edges: Floats) -> Floats:
    """Share of the values that are 0, then of those in each bin."""
    total = max(len(values), 1)
    counts = numpy.histogram(values[values > 0], edges)[0]
    return numpy.concatenate([[numpy.count_nonzero(values == 0)], counts]) / total


def _places(edges: Floats, width: float) -> Floats:
    return numpy.concatenate([[_NONE * width], edges[:-1] + width / 2])


def _draw_members(ax: Axes, places: Floats, shares: Floats, width: float) -> Any:
    outline = numpy.concatenate([places[1:] - width / 2, places[-1:] + width / 2])
    left = places[0] - width / 2
    ax.stairs(shares[:1], [left, left + width], color=ACCEPTED, linewidth=1.1)
    return ax.stairs(shares[1:], outline, color=ACCEPTED, linewidth=1.1, label="members")


def _label(ax: Axes, most: float, width: float) -> None:
    ticks = [
        tick
        for tick in ticker.MaxNLocator(5, steps=[1, 2, 5, 10]).tick_values(0, most)
        if (0 if width_of(ax) > _ROOMY else 1e-9) <= tick <= most
    ]
    ax.set_xlim((_NONE - 1.5) * width, most)
    ax.set_xticks([_NONE * width, *ticks])
    ax.set_xticklabels(["none", *("%g" % tick for tick in ticks)])
    ax.axvline(-0.75 * width, color=MID, linewidth=0.6)
    ax.set_xlabel("noise current (µA/cm²)")
    ax.set_ylabel("probability")
