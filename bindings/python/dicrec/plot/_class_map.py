# SPDX-License-Identifier: MIT
"""Activity over the plane of g_s and g_u as colours."""

from __future__ import annotations

from typing import Any, List, Optional

import numpy

from .. import _api
from .._arguments import invalid
from .._words import words
from ._axes import Axes, legend_above, one_axes
from ._class_grid import ClassGrid, counted, rising
from ._colours import class_colours
from ._matplotlib import colors, patches

_LEVELS = 8  # from all members alike to evenly divided
_PALEST = 0.35


def class_map(
    source: Any,
    g_s: Any = None,
    g_u: Any = None,
    *,
    ax: Optional[Axes] = None,
    legend: bool = True,
    **kwargs: Any,
) -> Axes:
    """What neurons do over the plane of the slow and the ultraslow DIC.

    Each target has the colour of what most of its members do, the paler the more they differ; it is white where there
    are none.

    Parameters
    ----------
    source : ClassGrid or array_like [n_u, n_s] or [n_u, n_s, n]
        What `class_grid` has made; or classes that are known, for each target or for each of its members: the
        library's words, or their numbers; '' or -1 for none.
    g_s, g_u : array_like [n_s], [n_u]
        Targets, rising, of an array of classes.
    ax : matplotlib.axes.Axes, optional
        By default those of a new figure.
    legend : bool
        Say above the map which colour is which class.
    **kwargs
        Of `matplotlib.axes.Axes.pcolormesh`.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = dicrec.plot.class_map([[2, 1], [2, -1]], g_s=[-5, 5], g_u=[2, 8])
    >>> ax.get_ylabel()
    'ultraslow DIC $g_\\\\mathrm{u}$'
    """
    grid = source if isinstance(source, ClassGrid) else _of_classes(source, g_s, g_u)
    ax = one_axes(ax, 4.4, 3.8)
    colours = [class_colours()[name] for name in grid.classes]
    _draw(ax, grid, colours, kwargs)
    ax.set_xlabel("slow DIC $g_\\mathrm{s}$")
    ax.set_ylabel("ultraslow DIC $g_\\mathrm{u}$")
    if legend:
        _legend(ax, grid, colours)
    return ax


def _of_classes(source: Any, g_s: Any, g_u: Any) -> ClassGrid:
    if g_s is None or g_u is None:
        raise invalid("source: a ClassGrid is expected, or an array of classes with g_s and g_u")
    slow, ultraslow = rising("g_s", g_s), rising("g_u", g_u)
    classes = numpy.asarray(source)
    if classes.ndim not in (2, 3) or classes.shape[:2] != (len(ultraslow), len(slow)):
        expected = (len(ultraslow), len(slow))
        raise invalid("source: shape [%d, %d] is expected, not %s" % (*expected, list(classes.shape)))
    numbers = classes if classes.dtype.kind in "iu" else _numbers(classes)
    if numbers.size and not (-1 <= numbers.min() and numbers.max() < len(words(_api.Activity))):
        raise invalid("source: class %d is not known" % numbers.flat[numpy.argmax(numpy.abs(numbers))])
    return counted(slow, ultraslow, numbers if numbers.ndim == 3 else numbers[..., None])


def _numbers(classes: Any) -> Any:
    names = words(_api.Activity)
    known = {**{name: k for k, name in enumerate(names)}, "": -1, "None": -1}
    for name in classes.flat:
        if str(name) not in known:
            raise invalid("source: %r is not one of %s" % (name, ", ".join(names)))
    return numpy.array([known[str(name)] for name in classes.flat]).reshape(classes.shape)


def _draw(ax: Axes, grid: ClassGrid, colours: List[str], kwargs: Any) -> None:
    """A colour for each class at each level of agreement; agreement is 0 if all classes are alike in number."""
    n_classes = len(colours)
    shares = numpy.where(numpy.isnan(grid.shares), 0, grid.shares)
    agreement = (shares.max(axis=-1) * n_classes - 1) / (n_classes - 1)
    level = numpy.clip(numpy.round(agreement * (_LEVELS - 1)), 0, _LEVELS - 1)
    codes = numpy.where(shares.sum(axis=-1) == 0, numpy.nan, shares.argmax(axis=-1) * _LEVELS + level)
    strength = numpy.linspace(_PALEST, 1, _LEVELS)[:, None]
    table = numpy.concatenate([1 - strength * (1 - numpy.array([colors.to_rgb(colour)])) for colour in colours])
    style = {"shading": "nearest", "edgecolors": "face", "linewidth": 0.2, **kwargs}
    if not {"cmap", "norm", "vmin", "vmax"} & set(kwargs):
        style.update(cmap=colors.ListedColormap(table), vmin=-0.5, vmax=n_classes * _LEVELS - 0.5)
    ax.pcolormesh(grid.g_s, grid.g_u, codes, **style)


def _legend(ax: Axes, grid: ClassGrid, colours: List[str]) -> None:
    found = numpy.nansum(grid.shares, axis=(0, 1)) > 0
    handles = [
        patches.Patch(color=c, label=name) for c, name, is_found in zip(colours, grid.classes, found) if is_found
    ]
    if handles:
        legend_above(ax, len(handles), handles=handles)
