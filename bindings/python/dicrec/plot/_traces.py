# SPDX-License-Identifier: MIT
"""Traces of a simulation, those of one unit in one panel."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Optional, Sequence, Union

from .._arguments import expect, invalid, matrix
from ..simulation_result import Simulation
from ._axes import Axes, AxesArray, axes_count, axes_grid
from ._colours import ACCEPTED, CYCLE
from ._time import unit_ms

_LABELS = {"V": "V (mV)", "Ca": "Ca (µM)", "I": "current (µA/cm²)", "gate": "gates"}
_MOST_MEMBERS = 4  # in a new figure, if none are named


def traces(
    simulation: Simulation,
    columns: Union[str, Sequence[str]] = "V",
    members: Union[int, Sequence[int], None] = None,
    *,
    ax: Union[Axes, AxesArray, Sequence[Axes], None] = None,
    t_range: Optional[Sequence[float]] = None,
    unit: str = "s",
    **kwargs: Any,
) -> Union[Axes, AxesArray]:
    """Voltage, currents or states of the members of a simulation.

    Parameters
    ----------
    simulation : Simulation
        With traces: the argument `trace` of `simulate` says of what.
    columns : str or sequence of str
        Some of `Simulation.columns`. Those of one unit share a panel: V in mV, currents in uA/cm2, Ca in uM, gates.
    members : int or sequence of int, optional
        By default the first four, or all of them in Axes that are given for one member.
    ax : matplotlib.axes.Axes or array of them, optional
        One for each member and unit, in the order of members; or one for each unit, in which members lie over one
        another. By default a new figure.
    t_range : (float, float), optional
        Time drawn, in `unit`; by default all.
    unit : {'s', 'ms'}
        Of the time axis.
    **kwargs
        Of `matplotlib.axes.Axes.plot`.

    Returns
    -------
    matplotlib.axes.Axes or numpy.ndarray of them [n_members, n_units]
        One Axes if one was enough.

    Examples
    --------
    >>> model = dicrec.Model("stg")
    >>> neuron = dicrec.generate(model, (-5, 8), 1)
    >>> simulation = dicrec.simulate(model, neuron, t_end=200, trace="currents", trace_dt=0.5)
    >>> panels = dicrec.plot.traces(simulation, ["V", "I_Na", "I_Kd"])
    >>> [one.get_ylabel() for one in panels.flat]
    ['V (mV)', 'current (µA/cm²)']
    """
    expect("simulation", simulation, Simulation)
    groups = _by_unit(simulation, [columns] if isinstance(columns, str) else list(columns))
    chosen = _chosen_members(simulation, members, len(groups), ax)
    n_rows = len(chosen)
    if ax is not None and axes_count(ax) == len(groups):
        n_rows = 1  # members over one another
    grid = axes_grid(ax, (n_rows * len(groups), 1), (5, 1.6), sharex=True).reshape(n_rows, len(groups))
    scale = unit_ms(unit)
    limits = (-math.inf, math.inf) if t_range is None else tuple(matrix("t_range", [t_range], 2)[0])
    for row, member in enumerate(chosen):
        for one, (label, names) in zip(grid[row % n_rows], groups.items()):
            _draw(one, simulation, member, names, scale, limits, kwargs)
            one.set_ylabel(label)
            if n_rows > 1:
                one.set_title("member %d" % (member + 1), loc="right", fontsize="small")
    _finish(grid, unit)
    return grid[0, 0] if grid.size == 1 else grid


def _by_unit(simulation: Simulation, names: List[str]) -> Dict[str, List[str]]:
    """Columns by the label of their panel, in the order in which they are given."""
    groups: Dict[str, List[str]] = {}
    if simulation.traces is None:
        raise invalid("simulation: it has no traces; simulate(..., trace='voltage') makes them")
    if not names:
        raise invalid("columns: at least one is expected")
    for name in names:
        if name not in simulation.columns:
            raise invalid("columns: %r is not one of %s" % (name, ", ".join(simulation.columns)))
        kind = name if name in _LABELS else "I" if name.startswith("I_") else "gate"
        groups.setdefault(_LABELS[kind], []).append(name)
    return groups


def _chosen_members(simulation: Simulation, members: Any, n_groups: int, ax: Any) -> List[int]:
    if members is None:
        most = len(simulation) if ax is not None and axes_count(ax) == n_groups else _MOST_MEMBERS
        if ax is not None and axes_count(ax) > n_groups:
            most = axes_count(ax) // n_groups
        return list(range(min(len(simulation), most)))
    chosen = [int(members)] if isinstance(members, int) else [int(member) for member in members]
    for member in chosen:
        if not 0 <= member < len(simulation):
            raise invalid("members: %d is not one of 0 to %d" % (member, len(simulation) - 1))
    if not chosen:
        raise invalid("members: at least one is expected")
    return chosen


def _draw(
    ax: Axes, simulation: Simulation, member: int, names: List[str], scale: float, t_range: Any, kwargs: Any
) -> None:
    times = simulation.times
    assert times is not None  # there are traces
    for name, colour in zip(names, CYCLE * len(names)):
        style = {"linewidth": 0.9, "label": name, **kwargs}
        if "color" not in style and "c" not in style:
            style["color"] = ACCEPTED if len(names) == 1 else colour
        places = times[member] / scale
        shown = (places >= t_range[0]) & (places <= t_range[1])
        ax.plot(places[shown], simulation.column(name, member)[shown], **style)
    if len(names) > 1 and ax.get_legend() is None:
        ax.legend(frameon=False, fontsize="small", ncol=1, loc="center left", bbox_to_anchor=(1, 0.5))


def _finish(grid: AxesArray, unit: str) -> None:
    for one in grid.flat:
        one.margins(x=0)
    grid.flat[grid.size - 1].set_xlabel("time (%s)" % unit)
