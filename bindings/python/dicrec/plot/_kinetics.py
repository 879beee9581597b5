# SPDX-License-Identifier: MIT
"""What a model's channels do from voltage to voltage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, List, Optional, Sequence, Tuple, Union

import numpy

from .. import _api
from .._arguments import invalid, matrix
from .._words import words
from ..gate_curves import GateCurves, within_voltages
from ..model import Model, as_model
from ._axes import AxesArray, axes_grid, note
from ._colours import CYCLE, DICS, MID, opacity
from ._dic_curves import dic_curves
from ._members import members_of

if TYPE_CHECKING:
    from ._members import Floats

_USUAL = (-100.0, 50.0)  # mV
_N_VOLTAGES = 301
_COLOURS = {"activation": CYCLE[0], "inactivation": CYCLE[5]}
_DASHED, _DOTTED = (0, (4, 3)), (0, (1, 1.5))


def kinetics(
    model: Union[Model, str],
    conductances: Any = None,
    v_range: Optional[Sequence[float]] = None,
    *,
    ax: Union[AxesArray, Sequence[Any], None] = None,
    **kwargs: Any,
) -> AxesArray:
    """Steady states and time constants of a model's gates, to see what its file says.

    A column a channel with gates: above their steady states, below their time constants. Of gates that calcium opens
    the steady state is that with calcium in excess; of a kinetic scheme it is the open fraction, which has no time
    constant of its own. The dashed line is the voltage at which the model's DICs are read, the dotted ones are the
    time scales of the DICs there: fast, slow and ultraslow.

    Parameters
    ----------
    model : Model or str
    conductances : Population, Reconstruction or array_like [n, n_channels] or [n_channels], optional
        Maximal conductances, mS/cm2, for one more column: above the DICs, below the current with every gate at its
        steady state.
    v_range : (float, float), optional
        Lowest and highest voltage, mV.
    ax : array of matplotlib.axes.Axes [2, n_columns], optional
        By default in a new figure.
    **kwargs
        Of `matplotlib.axes.Axes.plot`.

    Returns
    -------
    numpy.ndarray of matplotlib.axes.Axes [2, n_columns]

    Examples
    --------
    >>> panels = dicrec.plot.kinetics("stg")
    >>> panels.shape, panels[0, 0].get_title()
    ((2, 7), 'Na')
    """
    model = as_model(model)
    ((low, high),) = matrix("v_range", [_USUAL if v_range is None else v_range], 2, "mV")
    within_voltages("v_range", numpy.array([low, high]))
    if not low < high:
        raise invalid("v_range: %g mV is not below %g mV" % (low, high))
    sets = None if conductances is None else members_of("conductances", conductances, model).conductances
    channels = _by_channel(model.gate_curves(numpy.linspace(low, high, _N_VOLTAGES)))
    n_columns = len(channels) + (sets is not None)
    if n_columns == 0:
        raise invalid("model: %s has no gates" % model.name)
    grid = axes_grid(ax, (2, n_columns), (1.75, 1.75), sharex=True)
    for column, (channel, gates) in enumerate(channels.items()):
        _draw_gates(grid[:, column], channel, gates, kwargs)
    _share_times(grid[1, : len(channels)], model)
    if sets is not None:
        _draw_sets(grid[:, -1], model, sets, (low, high))
    _finish(grid, model, (low, high))
    return grid


def _by_channel(gates: List[GateCurves]) -> Dict[str, List[GateCurves]]:
    found: Dict[str, List[GateCurves]] = {}
    for gate in gates:
        found.setdefault(gate.channel, []).append(gate)
    return found


def _draw_gates(panels: AxesArray, channel: str, gates: List[GateCurves], style: Dict[str, Any]) -> None:
    for gate in gates:
        line = {"linewidth": 1.2, "color": _COLOURS[gate.gate], "label": gate.gate, **style}
        panels[0].plot(gate.v, gate.steady, **line)
        if (gate.tau > 0).any():  # neither at once nor a scheme
            panels[1].plot(gate.v, gate.tau, **line)
    panels[0].set_title(channel, fontsize="medium")
    panels[0].set_ylim(-0.03, 1.03)


def _share_times(panels: AxesArray, model: Model) -> None:
    """One logarithmic axis for all, so that fast and slow channels are told apart at a glance."""
    scales = model.time_scales()
    drawn = [line.get_ydata() for ax in panels for line in ax.lines]
    times = numpy.concatenate([scales, *drawn])
    for ax in panels:
        ax.set_yscale("log")
        ax.set_ylim(times.min() / 1.5, times.max() * 1.5)
        for scale, colour in zip(scales, DICS):
            ax.axhline(scale, color=colour, linewidth=1, linestyle=_DOTTED, zorder=0)
    for k, (scale, colour) in enumerate(zip(scales, DICS)):
        place: Dict[str, Any] = {"xycoords": ("axes fraction", "data"), "textcoords": "offset points", "va": "center"}
        panels[-1].annotate(words(_api.Dic)[k], (1, scale), (2, 0), color=colour, fontsize="x-small", **place)


def _draw_sets(panels: AxesArray, model: Model, sets: Floats, v_range: Tuple[float, float]) -> None:
    dic_curves(sets, model, v_range, ax=panels[0])
    panels[0].set_title("DICs", fontsize="medium")
    panels[0].set_title("", loc="right")  # the threshold is said once
    panels[0].set_xlabel("")
    panels[0].get_legend().remove()  # its colours are those of the time scales
    voltages = numpy.linspace(*v_range, _N_VOLTAGES)
    currents = numpy.array([model.static_current(sets, v) for v in voltages.tolist()])
    panels[1].plot(voltages, currents, color="black", linewidth=0.8, alpha=opacity(len(sets)))
    panels[1].set_yscale("symlog", linthresh=10)
    panels[1].axhline(0, color=MID, linewidth=0.6, zorder=0)
    panels[1].set_ylabel("steady current (µA/cm²)")


def _finish(grid: AxesArray, model: Model, v_range: Tuple[float, float]) -> None:
    for ax in grid.flat:
        ax.axvline(model.threshold_mv, color=MID, linewidth=0.8, linestyle=_DASHED, zorder=0)
        ax.set_xlim(*v_range)
    for ax in grid[1]:
        ax.set_xlabel("V (mV)")
    for ax in grid[:, 1:].flat:
        if not ax.get_ylabel():
            ax.tick_params(labelleft=False)
    if not grid[0, 0].get_ylabel():
        grid[0, 0].set_ylabel("steady state")
        grid[1, 0].set_ylabel("time constant (ms)")
        grid[0, 0].legend(frameon=False, fontsize="x-small", handlelength=1.2, loc="best")
    note(grid[1, 0], ("%g mV dashed" % model.threshold_mv).replace("-", "−"))
