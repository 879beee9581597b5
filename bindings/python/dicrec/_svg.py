# SPDX-License-Identifier: MIT
"""Small pictures for notebooks: trains, a plane of samples, rows of dots. Text and lines have the page's own colour."""

from __future__ import annotations

from html import escape
from typing import List, Optional, Sequence, Tuple

import numpy
from numpy.typing import NDArray

_ACCENT = "#3987c9"  # seen on white and on black
_FONT = 'font-family="sans-serif" font-size="10" fill="currentColor"'
_MOST_ROWS, _MOST_DOTS = 4, 60
_WIDTH, _ROW, _LEFT = 300, 16, 64
#: Spikes of the first train that are shown: of more, single spikes are not seen.
MOST_SPIKES = 60

_Numbers = NDArray[numpy.float64]


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return '<text x="%g" y="%g" text-anchor="%s" %s>%s</text>' % (x, y, anchor, _FONT, escape(text))


def _picture(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="%g" height="%g" viewBox="0 0 %g %g" role="img">'
    title = "<title>%s</title>" % escape(title)
    return head % (width, height, width, height) + title + "".join(parts) + "</svg>"


def _stroke(path: str, width: float = 1, colour: str = "currentColor", opacity: float = 1, cap: str = "butt") -> str:
    form = '<path d="%s" fill="none" stroke="%s" stroke-width="%g" stroke-opacity="%g" stroke-linecap="%s"/>'
    return form % (path, colour, width, opacity, cap)


def _dots(x: _Numbers, y: _Numbers, width: float, opacity: float) -> str:
    places = sorted(set(zip(numpy.rint(x).astype(int).tolist(), numpy.rint(y).astype(int).tolist())))
    return _stroke("".join("M%d %dh0" % place for place in places), width, _ACCENT, opacity, "round")


def _shown_window(trains: Sequence[_Numbers]) -> Tuple[float, float]:
    starts = [times[0] for times in trains if len(times)]
    stops = [times[min(len(times), MOST_SPIKES) - 1] for times in trains if len(times)]
    return (min(starts), max(*stops, min(starts) + 1)) if starts else (0.0, 1.0)


def _ticks(times: _Numbers, window: Tuple[float, float], top: float) -> str:
    inside = times[(times >= window[0]) & (times <= window[1])]
    places = numpy.unique(numpy.rint(_WIDTH * (inside - window[0]) / (window[1] - window[0])).astype(int))
    steps = numpy.diff(places, prepend=places[:1]).tolist()
    path = "".join("m%d %dv%d" % (step, 3 - _ROW, _ROW - 3) for step in steps)
    return _stroke("M%d %g%s" % (_LEFT + (places[0] if len(places) else 0), top + _ROW, path)) if path else ""


def raster(trains: Sequence[_Numbers], names: Sequence[str]) -> str:
    """Picture of the beginning of some trains, ms, a row each."""
    shown = list(trains[:_MOST_ROWS])
    window = _shown_window(shown)
    parts: List[str] = []
    for row, times in enumerate(shown):
        parts.append(_text(_LEFT - 6, row * _ROW + 13, names[row], "end"))
        parts.append(_ticks(times, window, row * _ROW))
    below = len(shown) * _ROW + 4
    parts.append(_stroke("M%d %gh%d" % (_LEFT, below, _WIDTH), opacity=0.4))
    parts.append(_text(_LEFT, below + 12, "%.6g ms" % window[0]))
    parts.append(_text(_LEFT + _WIDTH, below + 12, "%.6g ms" % window[1], "end"))
    return _picture(_LEFT + _WIDTH + 8, below + 16, "spike trains", parts)


def _placed(values: _Numbers, limits: Tuple[float, float], low: float, high: float) -> _Numbers:
    width = limits[1] - limits[0]
    share = (values - limits[0]) / width if width > 0 else numpy.full(len(values), 0.5)
    return low + numpy.clip(share, 0, 1) * (high - low)


def plane(samples: _Numbers, median: _Numbers, quantiles: _Numbers) -> str:
    """Picture of samples over g_s and g_u [n, 2], with the median and, as bars, the rows of two quantiles."""
    low, high = samples.min(axis=0), samples.max(axis=0)
    limits = [(float(low[k]), float(high[k])) for k in range(2)]
    x, y = _placed(samples[:, 0], limits[0], 56, 216), _placed(samples[:, 1], limits[1], 116, 8)
    edges_x, edges_y = _placed(quantiles[:, 0], limits[0], 56, 216), _placed(quantiles[:, 1], limits[1], 116, 8)
    (centre_x,), (centre_y,) = _placed(median[:1], limits[0], 56, 216), _placed(median[1:], limits[1], 116, 8)
    parts = [
        _dots(x, y, 4, 0.7),
        _stroke("M48 4V124H224", opacity=0.5),
        _stroke("M%.0f 124H%.0fM48 %.0fV%.0f" % (*edges_x, *edges_y), 3),
        _stroke("M%.0f %.0fm-5 0h10m-5-5v10" % (centre_x, centre_y), 1.5),
        _text(56, 137, "%.3g" % limits[0][0]),
        _text(216, 137, "%.3g" % limits[0][1], "end"),
        _text(136, 137, "g_s", "middle"),
        _text(44, 120, "%.3g" % limits[1][0], "end"),
        _text(44, 14, "%.3g" % limits[1][1], "end"),
        _text(44, 66, "g_u", "end"),
    ]
    return _picture(232, 142, "posterior: samples, median, 90 % intervals", parts)


def strips(names: Sequence[str], values: _Numbers, marked: Optional[NDArray[numpy.bool_]] = None) -> str:
    """Picture of the columns of values [n, len(names)], a row of dots each, from 0 to its largest."""
    kept = values[numpy.isfinite(values).all(axis=1) if marked is None else marked][:_MOST_DOTS]
    parts: List[str] = []
    for row, name in enumerate(names):
        most = float(kept[:, row].max()) if len(kept) else 0.0
        middle = row * _ROW + 8
        parts.append(_text(_LEFT - 6, middle + 4, name[:10], "end"))
        parts.append(_stroke("M%d %gh%d" % (_LEFT, middle, _WIDTH - 80), opacity=0.25))
        if len(kept):
            x = _placed(kept[:, row], (0.0, most), _LEFT, _LEFT + _WIDTH - 80)
            parts.append(_dots(x, numpy.full(len(x), middle), 5, 0.7))
        parts.append(_text(_LEFT + _WIDTH - 72, middle + 4, "%.4g" % most))
    return _picture(_LEFT + _WIDTH, len(names) * _ROW + 2, "maximal conductances from 0, mS/cm2", parts)
