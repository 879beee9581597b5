# SPDX-License-Identifier: MIT
"""A verified reconstruction at a glance: spikes, voltage, intervals, conductances, posterior."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Optional, Tuple, Union

import numpy

from .._arguments import expect
from ..model import Model, as_model, models
from ..reconstruction_result import Reconstruction
from ..simulation import simulate
from ..simulation_result import Simulation
from ._axes import Axes, Figure, new_figure, tidy
from ._colours import ACCEPTED, MID
from ._conductances import conductances
from ._dic_plane import dic_plane
from ._intervals import intervals
from ._raster import raster
from ._trains import burst_gap, onset, rows_of, times_of

_BURSTS_SHOWN, _INTERVALS_SHOWN = 3, 10
_N_TRACES = 2
_SAMPLE_MS = 0.1
_LEAD = 0.06  # of the time shown, before the onset
_LEFT = {"raster": 2.1, "V1": 1.0, "V2": 1.0}  # names of the panels and their heights
_RIGHT = {"intervals": 1.0, "conductances": 1.4, "dic_plane": 1.6}
_LETTERS = {"raster": "A", "V1": "B", "intervals": "C", "conductances": "D", "dic_plane": "E"}


def summary(
    result: Reconstruction,
    spikes: Any,
    *,
    model: Union[Model, str, None] = None,
    figure: Optional[Figure] = None,
    title: Optional[str] = None,
    seed: int = 1,
) -> Dict[str, Axes]:
    """A reconstruction at a glance, to see whether to believe it.

    Spikes of the input and of the members, the voltage of two of them, intervals, conductances over the spread of the
    candidates, and the members on the posterior.

    Parameters
    ----------
    result : Reconstruction
        Verified.
    spikes : Spikes or array_like [n_spikes]
        The input, ms.
    model : Model or str, optional
        Simulates the voltage; by default the built-in model that has the channels of the population.
    figure : matplotlib.figure.Figure or SubFigure, optional
        An empty one; by default a new one.
    title : str, optional
        First line of the title, by default how many members were accepted.
    seed : int
        Seed of the reconstruction, from which the noise in the voltage follows.

    Returns
    -------
    dict of str to matplotlib.axes.Axes
        By 'raster', 'V1', 'V2', 'intervals', 'conductances' and 'dic_plane'. The figure is their ``.figure``.

    Examples
    --------
    >>> estimator = dicrec.Estimator("stg")
    >>> train = dicrec.simulate("stg", dicrec.generate("stg", (-5, 8), 1)).spikes[0]
    >>> result = dicrec.reconstruct(estimator, train, 4, verify=True)
    >>> panels = dicrec.plot.summary(result, train)
    >>> panels["V1"].get_ylabel()
    'V (mV)'
    """
    expect("result", result, Reconstruction)
    rows_of("result", result)  # which is verified, or refused
    train = times_of("spikes", spikes)
    known = _model_of(result) if model is None else as_model(model)
    figure = new_figure(10, 8.4) if figure is None else figure
    axes = _panels(figure)
    raster(result, train, ax=axes["raster"])
    _draw_traces([axes["V1"], axes["V2"]], result, train, known, seed)
    intervals(result, train, ax=axes["intervals"])
    conductances(result, ax=axes["conductances"])
    dic_plane(result, ax=axes["dic_plane"], regions=(0.5, 0.9), interval=True)
    figure.suptitle("\n".join([title or _headline(result, known), _details(result, train)]), x=0.02, ha="left")
    return axes


def _panels(figure: Figure) -> Dict[str, Axes]:
    """Axes by name, with a letter each, in two columns."""
    axes: Dict[str, Axes] = {}
    columns = figure.add_gridspec(1, 2, width_ratios=[1.1, 1])
    for k, heights in enumerate((_LEFT, _RIGHT)):
        rows = columns[0, k].subgridspec(len(heights), 1, height_ratios=list(heights.values()))
        axes.update({name: figure.add_subplot(rows[row, 0]) for row, name in enumerate(heights)})
    for name, one in axes.items():
        tidy(one)
        if name in _LETTERS:
            one.set_title(_LETTERS[name], loc="left", x=-0.14, fontweight="bold")
    return axes


def _model_of(result: Reconstruction) -> Optional[Model]:
    """The built-in model with the population's channels."""
    known = (Model(name) for name in models())
    return next((model for model in known if list(model.channels) == list(result.population.channels)), None)


def _headline(result: Reconstruction, model: Optional[Model]) -> str:
    counts = "%d of %d members accepted" % (result.report.n_accepted, result.report.n_requested)
    return counts if model is None else "%s model · %s" % (model.name.upper(), counts)


def _details(result: Reconstruction, train: Any) -> str:
    report = result.report
    span = (train[-1] - train[0]) / 1000 if len(train) > 1 else math.nan
    parts = ["input %.3g Hz" % ((len(train) - 1) / span)] if span > 0 else []
    parts.append("support %.2g" % report.support)
    parts.append("no noise" if report.noise_std == 0 else "noise %.2g µA/cm²" % report.noise_std)
    if not math.isnan(report.spread_kept_min):
        parts.append("spread kept %.2f or more" % report.spread_kept_min)
    return " · ".join([*parts, *report.remarks])


def _draw_traces(axes: List[Axes], result: Reconstruction, train: Any, model: Optional[Model], seed: int) -> None:
    """Voltage of the first members that fire, each from its first whole burst or its first spike."""
    assert result.spikes is not None  # of a verified reconstruction
    chosen = [i for i, times in enumerate(result.spikes) if len(times)][:_N_TRACES] if model is not None else []
    window = _window_ms(train)
    if model is not None and chosen:
        simulation, starts = _simulated(result, model, chosen, window, seed)
        for row, (member, start) in enumerate(zip(chosen, starts)):
            assert simulation.times is not None  # traces were asked for
            times = (simulation.times[row] - start) / 1000
            shown = (times >= -_LEAD * window / 1000) & (times <= window / 1000)
            axes[row].plot(times[shown], simulation.column("V", row)[shown], color=ACCEPTED, linewidth=0.8)
            axes[row].set_title("member %d" % (member + 1), loc="right", fontsize="small", color=MID)
    for one in axes:
        one.set_xlim(-_LEAD * window / 1000, window / 1000)
        one.set_ylabel("V (mV)")
    axes[0].tick_params(labelbottom=False)
    axes[-1].set_xlabel("time from a %s (s)" % ("burst onset" if math.isfinite(burst_gap(train)) else "spike"))


def _window_ms(train: Any) -> float:
    """A few bursts or some intervals of the input, ms."""
    gap = burst_gap(train)
    intervals_ms = numpy.diff(train)
    if not len(intervals_ms):
        return 1000.0
    n_bursts = int((intervals_ms > gap).sum())
    is_bursting = n_bursts > 0
    period = (train[-1] - train[0]) / n_bursts if is_bursting else float(intervals_ms.mean())
    return float((_BURSTS_SHOWN if is_bursting else _INTERVALS_SHOWN) * period)


def _simulated(
    result: Reconstruction, model: Model, chosen: List[int], window: float, seed: int
) -> Tuple[Simulation, List[float]]:
    """Traces of the members as long as they show the window after the onset; when that is in each."""
    assert result.spikes is not None  # of a verified reconstruction
    population = result.population
    begins = [onset(result.spikes[i]) for i in chosen]
    simulation = simulate(
        model,
        population.conductances[chosen],
        t_end=max(begins) + 1.3 * window,
        trace="voltage",
        trace_dt=_SAMPLE_MS * population.time_scale,
        noise=population.noise_std[chosen],
        streams=population.streams[chosen],
        time_scale=population.time_scale,
        seed=seed,
    )
    return simulation, [_nearest_onset(times, begin) for times, begin in zip(simulation.spikes, begins)]


def _nearest_onset(times: Any, begin: float) -> float:
    """The onset next to that of the check, whose solver fires a little earlier or later."""
    after_gap = 1 + numpy.flatnonzero(numpy.diff(times) > burst_gap(times))
    onsets = times[after_gap] if after_gap.size else times
    return float(onsets[numpy.argmin(numpy.abs(onsets - begin))]) if len(onsets) else begin
