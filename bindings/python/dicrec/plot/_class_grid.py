# SPDX-License-Identifier: MIT
"""What the populations of a grid of targets do: made and simulated, or counted of given classes."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Optional, Tuple, Union

import numpy

from .. import _api
from .._arguments import count, invalid, vector
from .._errors import DicrecWarning
from .._words import words
from ..model import Model, as_model
from ..population import Population, generate
from ..simulation import simulate
from ..spikes import Spikes

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[numpy.float64]


@dataclass(frozen=True, eq=False)
class ClassGrid:
    """Activity over the plane of g_s and g_u.

    Attributes
    ----------
    g_s : numpy.ndarray [n_s]
    g_u : numpy.ndarray [n_u]
    classes : tuple of str
        The library's activity classes.
    shares : numpy.ndarray [n_u, n_s, n_classes]
        Share of the members of each class, of those that could be made and simulated; NaN where there are none.
    """

    g_s: Floats
    g_u: Floats
    classes: Tuple[str, ...]
    shares: Floats

    def __repr__(self) -> str:
        return "<dicrec.plot.ClassGrid: %d x %d targets>" % (len(self.g_s), len(self.g_u))


def class_grid(
    model: Union[Model, str],
    g_s: Union[int, ArrayLike] = 21,
    g_u: Union[int, ArrayLike] = 21,
    n: int = 4,
    *,
    seed: int = 1,
    threads: int = 0,
    noise: float = 0,
    population: Optional[Any] = None,
    simulation: Optional[Any] = None,
) -> ClassGrid:
    """Make populations over a grid of targets, simulate them, and class what they fire.

    Parameters
    ----------
    model : Model or str
    g_s, g_u : int or array_like [n_s], [n_u]
        Targets, rising; or how many, evenly over the model's range.
    n : int
        Members for each target.
    seed : int
        Of populations and noise.
    threads : int
        Worker threads; 0 for every processor.
    noise : float
        Noise current of the members, uA/cm2.
    population, simulation : dict, optional
        Further arguments of `generate` and `simulate`.

    Returns
    -------
    ClassGrid

    Examples
    --------
    >>> grid = dicrec.plot.class_grid("stg", [-10, 10], [5, 10], n=2, simulation={"t_end": 3000, "t_skip": 1000})
    >>> grid.shares.shape
    (2, 2, 4)
    """
    model = as_model(model)
    slow, ultraslow = (_axis(name, values, model.dic_range[k]) for k, (name, values) in _named(g_s, g_u))
    n_members = count("n", n)
    targets = numpy.stack(numpy.meshgrid(slow, ultraslow), axis=-1).reshape(-1, 2).repeat(n_members, axis=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DicrecWarning)  # what failed is missing in the shares
        of_population: Any = {"seed": seed, "threads": threads, **(population or {})}
        members = generate(model, targets, len(targets), **of_population)
        numbers = _classes(model, members, {"seed": seed, "threads": threads, "noise": noise, **(simulation or {})})
    return counted(slow, ultraslow, numbers.reshape(len(ultraslow), len(slow), n_members))


def _named(g_s: Any, g_u: Any) -> Any:
    return enumerate((("g_s", g_s), ("g_u", g_u)))


def _axis(name: str, values: Any, limits: Floats) -> Floats:
    if numpy.ndim(values) > 0:
        return rising(name, values)
    targets: Floats = numpy.linspace(limits[0], limits[1], max(count(name, values), 2))
    return targets


def rising(name: str, values: Any) -> Floats:
    """Two rising numbers or more."""
    array = vector(name, values)
    if len(array) < 2 or not (numpy.diff(array) > 0).all():
        raise invalid("%s: two rising numbers or more are expected" % name)
    return array


def _classes(model: Model, members: Population, options: Any) -> Any:
    """Number of each member's class; -1 if it failed."""
    simulated = simulate(model, members, **options)
    names = words(_api.Activity)
    return numpy.array(
        [
            names.index(Spikes(times).statistics().activity) if made and status == 0 else -1
            for times, made, status in zip(simulated.spikes, members.valid, simulated.status)
        ]
    )


def counted(g_s: Floats, g_u: Floats, numbers: Any) -> ClassGrid:
    """Grid of class numbers [n_u, n_s, n], -1 for none."""
    names = words(_api.Activity)
    counts = numpy.stack([(numbers == k).sum(axis=-1) for k in range(len(names))], axis=-1).astype(float)
    total = counts.sum(axis=-1, keepdims=True)
    shares = numpy.divide(counts, total, out=numpy.full_like(counts, numpy.nan), where=total > 0)
    return ClassGrid(g_s, g_u, names, shares)
