# SPDX-License-Identifier: MIT
"""What notebooks show of results: a line, a small table and a small picture."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Sequence, Tuple

import numpy

from ._lines import line_of, number
from ._svg import MOST_SPIKES, plane, raster, strips
from ._tables import DIC_COLUMNS, status_words

if TYPE_CHECKING:
    from .model import Model
    from .population import Population
    from .posterior import Posterior
    from .reconstruction_result import Reconstruction
    from .simulation_result import Simulation
    from .spikes import Spikes

_CELL = "padding:1px 8px;text-align:%s"
_N_SAMPLES = 120
_MOST_MEMBERS = 8
_Rows = Iterable[Tuple[str, str]]


def _page(item: Any, *parts: str) -> str:
    title = "<div><b>%s</b></div>" % escape(line_of(item))
    return '<div style="line-height:1.3">%s%s</div>' % (title, "".join(parts))


def _beside(*parts: str) -> str:
    return '<div style="display:flex;flex-wrap:wrap;gap:12px">%s</div>' % "".join("<div>%s</div>" % p for p in parts)


def _cells(texts: Sequence[str], tag: str = "td") -> str:
    cells = (
        "<%s style='%s'>%s</%s>" % (tag, _CELL % ("right" if k else "left"), escape(text), tag)
        for k, text in enumerate(texts)
    )
    return "<tr>%s</tr>" % "".join(cells)


def _table(rows: Iterable[Sequence[str]], head: Sequence[str] = ()) -> str:
    first = _cells(head, "th") if head else ""
    return "<table style='margin:2px 0'>%s%s</table>" % (first, "".join(map(_cells, rows)))


def _list(entries: Iterable[str]) -> str:
    return "<ul style='margin:2px 0'>%s</ul>" % "".join("<li>%s</li>" % escape(entry) for entry in entries)


def _members(count: int) -> List[str]:
    return ["member %d" % index for index in range(count)]


def _shown_of(shown: int, count: int, what: str) -> str:
    return "<div><i>the first %d of %d %s</i></div>" % (shown, count, what) if shown < count else ""


def values_html(item: Any, values: Dict[str, Any]) -> str:
    return _page(item, _table((name, number(value)) for name, value in values.items()))


def model_html(model: Model) -> str:
    rows = []
    for channel, reversal, (low, high) in zip(model.channels, model.reversal_mv.tolist(), model.ranges.tolist()):
        rows.append((channel, number(reversal), "%.4g to %.4g" % (low, high) if high > 0 else "by compensation"))
    note = "<div>%s; threshold %s mV</div>" % (escape(model.description), number(model.threshold_mv))
    return _page(model, note, _table(rows, ("channel", "reversal, mV", "base draw, mS/cm2")))


def spikes_html(train: Spikes) -> str:
    n_trials = 1 if train.window.ndim == 1 else len(train.window)
    ends = numpy.cumsum(train.segment_counts.reshape(n_trials, -1).sum(axis=1))
    trials = numpy.split(train.times, ends[:-1])
    names = ["trial %d" % index for index in range(n_trials)] if n_trials > 1 else ["spikes"]
    note = _shown_of(MOST_SPIKES, len(train), "spikes") if n_trials == 1 else ""
    return _page(train, raster(trials, names), note)


def _interval(bounds: Any) -> str:
    return "%.3g to %.3g" % (bounds[0], bounds[1])


def _posterior_parts(posterior: Posterior) -> Tuple[str, str]:
    quantiles = posterior.quantile([0.05, 0.95])
    noise = posterior.noise_quantile(numpy.array([0.05, 0.95]))
    rows = [
        ("g_s", number(float(posterior.median[0])), _interval(quantiles[:, 0])),
        ("g_u", number(float(posterior.median[1])), _interval(quantiles[:, 1])),
        ("noise, uA/cm2", number(posterior.noise_median), _interval(noise)),
    ]
    picture = plane(posterior.sample(_N_SAMPLES), posterior.median, quantiles)
    return _table(rows, ("", "median", "90 % interval")), picture


def posterior_html(posterior: Posterior) -> str:
    table, picture = _posterior_parts(posterior)
    others = [("support", number(posterior.support)), ("time scale", number(posterior.time_scale))]
    others.append(("probability of no noise", number(posterior.noiseless)))
    for name, probability in (posterior.class_probabilities or {}).items():
        others.append(("probability of " + name, number(probability)))
    return _page(posterior, _beside(table + _table(others), picture))


def population_html(population: Population) -> str:
    head = ("member", *DIC_COLUMNS, "noise", "status")
    rows = []
    words = status_words(population.status[:_MOST_MEMBERS])
    for index, word in enumerate(words):
        noise = number(float(population.noise_std[index]))
        rows.append((str(index), *map(number, population.dics[index].tolist()), noise, word))
    note = _shown_of(len(rows), len(population), "members")
    return _page(population, _beside(_table(rows, head) + note, strips(population.channels, population.conductances)))


def simulation_html(simulation: Simulation) -> str:
    shown = min(len(simulation), _MOST_MEMBERS)
    words = status_words(simulation.status[:shown])
    rows = [(str(index), str(len(simulation.spikes[index])), words[index]) for index in range(shown)]
    table = _table(rows, ("member", "spikes", "status")) + _shown_of(shown, len(simulation), "members")
    return _page(simulation, _beside(table, raster(simulation.spikes, _members(len(simulation)))))


def _report_rows(result: Reconstruction) -> _Rows:
    report = result.report
    yield "outcome", report.outcome
    yield "input", "%s, support %s" % (report.activity, number(report.support))
    yield "accepted, found, requested", "%d, %d, %d" % (report.n_accepted, report.n_found, report.n_requested)
    yield "drawn, matched, simulated", "%d, %d, %d" % (report.n_drawn, report.n_matched, report.n_simulated)
    if not math.isnan(report.tolerance):
        yield "tolerance of the screening", number(report.tolerance)
    if not math.isnan(report.spread_kept_min):
        yield "least spread kept", number(report.spread_kept_min)
    yield "time scale", number(report.time_scale)


def reconstruction_html(result: Reconstruction) -> str:
    posterior, plot = _posterior_parts(result.posterior)
    remarks = zip(result.report.remarks, result.report.remark_texts)
    parts = [_beside(_table(_report_rows(result)) + posterior, plot)]
    parts.append(_list("%s: %s" % remark for remark in remarks) if result.report.remarks else "")
    pictures = [strips(result.population.channels, result.members.conductances)]
    if result.spikes is not None:
        pictures.append(raster(result.spikes, _members(len(result.spikes))))
    return _page(result, *parts, _beside(*pictures))
