# SPDX-License-Identifier: MIT
"""Objects in a line: what `repr` tells of each."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Sequence

from ._tables import status_words

if TYPE_CHECKING:
    from .population import Population
    from .posterior import Posterior
    from .reconstruction_result import Reconstruction
    from .report import ReconstructionReport
    from .simulation_result import Simulation
    from .spike_statistics import SpikeStationarity, SpikeStatistics
    from .spikes import Spikes

#: Characters of the longest line.
LONGEST = 200


def number(value: object) -> str:
    """A value in few digits."""
    if isinstance(value, bool) or not isinstance(value, float):
        return str(value)
    return "unknown" if math.isnan(value) else "%.4g" % value


def line_of(item: object) -> str:
    """The line without its brackets."""
    return repr(item).strip("<>")


def _line(item: object, text: str) -> str:
    line = "dicrec.%s: %s" % (type(item).__name__, " ".join(text.split()))
    return "<%s>" % (line if len(line) <= LONGEST - 2 else line[: LONGEST - 5] + "...")


def _things(count: int, name: str) -> str:
    return "%d %s%s" % (count, name, "" if count == 1 else "s")


def _names(names: Sequence[str]) -> str:
    return ", ".join(names if len(names) <= 8 else [*names[:7], "..."])


def _unlike_ok(statuses: Any) -> str:
    """How many members have which status, the good ones left out."""
    words = status_words(statuses)
    counts = {word: words.count(word) for word in dict.fromkeys(words) if word != "OK"}
    return "".join(", %d %s" % (count, word) for word, count in counts.items())


def spikes_line(train: Spikes) -> str:
    window = train.window
    if len(train) == 0 and not window.any():
        return _line(train, "0 spikes")
    if window.ndim == 2:
        where = "in %s" % _things(len(window), "trial")
    else:
        where = "from %.10g to %.10g ms" % (window[0], window[1])
    n_gaps = len(train.segment_counts) // (len(window) if window.ndim == 2 else 1) - 1
    return _line(
        train, "%s %s%s" % (_things(len(train), "spike"), where, ", %s" % _things(n_gaps, "gap") if n_gaps else "")
    )


def statistics_line(s: SpikeStatistics) -> str:
    text = "%s, %s" % (s.activity, _things(s.n_spikes, "spike"))
    if not math.isnan(s.mean_rate_hz):
        text += " at %s Hz" % number(s.mean_rate_hz)
    if s.n_intervals > 0:
        text += ", intervals of %s ms with CV %s" % (number(s.isi_mean_ms), number(s.isi_cv))
    if s.n_bursts > 0:
        text += ", %s of %s spikes" % (_things(s.n_bursts, "burst"), number(s.spikes_per_burst))
    return _line(s, text)


def stationarity_line(s: SpikeStationarity) -> str:
    text = "p %s, late rate over early %s" % (number(s.p_value), number(s.rate_factor))
    silence = ", silent at an edge for %s ms" % number(s.silence_ms) if s.has_silent_edge else ""
    return _line(s, ("%s: " % s.change if s.drifts else "steady: ") + text + silence)


def posterior_line(posterior: Posterior) -> str:
    g_s, g_u = posterior.median.tolist()
    origin = posterior.activity if posterior.activity is not None else "of plain numbers"
    text = "g_s %.3g, g_u %.3g, noise %.3g uA/cm2, %s" % (g_s, g_u, posterior.noise_median, origin)
    return _line(posterior, "%s, support %.2g" % (text, posterior.support))


def population_line(population: Population) -> str:
    of = "%s, %d valid%s" % (_things(len(population), "member"), population.valid.sum(), _unlike_ok(population.status))
    return _line(
        population, "%s; %s: %s" % (of, _things(len(population.channels), "channel"), _names(population.channels))
    )


def simulation_line(simulation: Simulation) -> str:
    counts = [len(times) for times in simulation.spikes]
    text = "%s, %s" % (_things(len(simulation), "member"), simulation.solver)
    if counts:
        least = "" if min(counts) == max(counts) else "%d to " % min(counts)
        text += ", %s%s each" % (least, _things(max(counts), "spike"))
    if simulation.columns:
        text += ", traces of " + _names(simulation.columns)
    return _line(simulation, text + _unlike_ok(simulation.status))


def report_line(report: ReconstructionReport) -> str:
    text = "%s, %d of %d members accepted" % (report.outcome, report.n_accepted, report.n_requested)
    return _line(report, text + ("; remarks " + ", ".join(report.remarks) if report.remarks else ""))


def reconstruction_line(result: Reconstruction) -> str:
    report = result.report
    g_s, g_u = result.posterior.median.tolist()
    by = "simulated" if report.verified else "predicted" if report.screened else "neither predicted nor simulated"
    text = "%s, %d of %d members accepted" % (report.outcome, report.n_accepted, report.n_requested)
    text += " (%s), g_s %.3g, g_u %.3g, support %.2g" % (by, g_s, g_u, report.support)
    return _line(result, text + ("; %s" % _things(len(report.remarks), "remark") if report.remarks else ""))
