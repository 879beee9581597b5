# SPDX-License-Identifier: MIT
"""Dynamic input conductances over the voltage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Optional, Sequence, Union

import numpy

from .. import _api
from .._arguments import invalid, matrix
from .._words import words
from ..model import Model, as_model
from ._axes import Axes, AxesArray, axes_count, axes_grid, note
from ._colours import DICS, MID, opacity
from ._members import members_of

if TYPE_CHECKING:
    from ._members import Floats

#: Below, from and above the threshold of the model, mV: where bursts and spikes begin.
_BELOW, _ABOVE = 25, 10
_N_VOLTAGES = 141
_LINEAR = 4  # from where on the axis is about logarithmic
_TICKS = (-1e4, -1e3, -100.0, -10.0, 0.0, 10.0, 100.0, 1e3, 1e4)
_FINE_TICKS = (-5.0, 5.0)
_CROWDED = 7.8  # length of the axis, transformed, from which on the fine ticks are too many


def dic_curves(
    conductances: Any,
    model: Union[Model, str],
    v_range: Optional[Sequence[float]] = None,
    *,
    ax: Union[Axes, AxesArray, Sequence[Axes], None] = None,
    scale: str = "arcsinh",
    **kwargs: Any,
) -> AxesArray:
    """Fast, slow and ultraslow DIC of conductance sets, from voltage to voltage.

    A line a set; below 0 the feedback at that time scale is positive, above it negative. The dashed line is the
    voltage at which the model's DICs are read.

    Parameters
    ----------
    conductances : Population, Reconstruction or array_like [n, n_channels] or [n_channels]
        Maximal conductances, mS/cm2; failed members are left out.
    model : Model or str
    v_range : (float, float), optional
        Lowest and highest voltage, mV; by default around the model's threshold.
    ax : matplotlib.axes.Axes or array of three, optional
        One for each DIC, or one for all of them. By default three in a new figure.
    scale : str
        Of the DICs: 'arcsinh' is linear around 0 and logarithmic far from it; 'linear', or what else
        `matplotlib.axes.Axes.set_yscale` takes.
    **kwargs
        Of `matplotlib.axes.Axes.plot`.

    Returns
    -------
    numpy.ndarray of matplotlib.axes.Axes [3] or [1]
        g_f, g_s and g_u, relative to each set's leak.

    Examples
    --------
    >>> population = dicrec.generate("stg", (-5, 8), 10)
    >>> panels = dicrec.plot.dic_curves(population, "stg")
    >>> len(panels), panels[0].get_xlabel()
    (3, 'V (mV)')
    """
    model = as_model(model)
    sets = members_of("conductances", conductances, model).conductances
    voltages = _voltages(model, v_range)
    dics = numpy.array([model.dics(sets, v)[:, : len(DICS)] for v in voltages.tolist()])
    is_shared = ax is not None and axes_count(ax) == 1
    grid = axes_grid(ax, (1, 1 if is_shared else len(DICS)), (2.7, 2.5)).reshape(-1)
    for k, colour in enumerate(DICS):
        _draw(grid[k % len(grid)], voltages, dics[:, :, k], {"color": colour, **kwargs}, _name(k))
    for k, one in enumerate(grid):
        _finish(one, model, voltages, scale)
        one.set_ylabel("DIC / leak" if is_shared else "%s / leak" % _name(k))
    note(grid[-1], ("dashed: threshold, %g mV" % model.threshold_mv).replace("-", "−"))
    if is_shared:
        grid[0].legend(frameon=False, fontsize="small")
    return grid


def _forward(values: Floats) -> Floats:
    places: Floats = numpy.arcsinh(numpy.asarray(values, dtype=numpy.float64) / _LINEAR)
    return places


def _inverse(places: Floats) -> Floats:
    values: Floats = float(_LINEAR) * numpy.sinh(places)
    return values


def _voltages(model: Model, v_range: Optional[Sequence[float]]) -> Floats:
    limits = (model.threshold_mv - _BELOW, model.threshold_mv + _ABOVE) if v_range is None else v_range
    ((low, high),) = matrix("v_range", [limits], 2)
    if not low < high:
        raise invalid("v_range: %g mV is not below %g mV" % (low, high))
    voltages: Floats = numpy.linspace(low, high, _N_VOLTAGES)
    return voltages


def _name(k: int) -> str:
    """Such as "slow DIC $g_s$", the library's word and its letter."""
    word = words(_api.Dic)[k]
    return "%s DIC $g_\\mathrm{%s}$" % (word, word[0])


def _draw(ax: Axes, voltages: Floats, values: Floats, style: Any, name: str) -> None:
    n = values.shape[1]
    style = {"linewidth": 0.8, "alpha": opacity(n), **style}
    for i in range(n):
        ax.plot(voltages, values[:, i], **{"label": name if i == 0 else "_" + name, **style})


def _finish(ax: Axes, model: Model, voltages: Floats, scale: str) -> None:
    limits = ax.get_ylim()
    if scale == "arcsinh":
        ax.set_yscale("function", functions=(_forward, _inverse))
        is_crowded = numpy.ptp(_forward(numpy.array(limits))) > _CROWDED
        ticks = sorted(_TICKS if is_crowded else _TICKS + _FINE_TICKS)
        ax.set_yticks(ticks)
        ax.set_yticklabels([("%g" % tick).replace("-", "−") for tick in ticks])
    else:
        ax.set_yscale(scale)
    ax.axhline(0, color=MID, linewidth=0.6, zorder=0)
    if voltages[0] <= model.threshold_mv <= voltages[-1]:
        ax.axvline(model.threshold_mv, color=MID, linewidth=0.8, linestyle=(0, (4, 3)), zorder=0)
    ax.set_xlim(voltages[0], voltages[-1])
    ax.set_ylim(*limits)
    ax.set_xlabel("V (mV)")
