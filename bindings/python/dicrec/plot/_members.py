# SPDX-License-Identifier: MIT
"""Members of whatever users have: populations, reconstructions, arrays of conductances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, List, Optional, Sequence, Union

import numpy

from .._arguments import invalid, matrix
from .._errors import Status
from ..model import Model, as_model
from ..population import Population
from ..reconstruction_result import Reconstruction

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]
    Flags = NDArray[numpy.bool_]


@dataclass(frozen=True, eq=False)
class Members:
    """Members that hold conductances, failed ones left out.

    Attributes
    ----------
    channels : list of str
    conductances : numpy.ndarray [n, n_channels]
        mS/cm2.
    dics : numpy.ndarray [n, 4] or None
    noise_std : numpy.ndarray [n] or None
        uA/cm2.
    accepted : numpy.ndarray of bool [n]
    candidate_mean, candidate_std : numpy.ndarray [n_channels] or None
        mS/cm2.
    """

    channels: List[str]
    conductances: Floats
    dics: Optional[Floats]
    noise_std: Optional[Floats]
    accepted: Flags
    candidate_mean: Optional[Floats] = None
    candidate_std: Optional[Floats] = None

    def column(self, channel: str) -> int:
        """Column of a channel by its name."""
        if channel not in self.channels:
            raise invalid("channels: %r is not one of %s" % (channel, ", ".join(self.channels)))
        return self.channels.index(channel)


def members_of(name: str, source: Any, model: Union[Model, str, None] = None) -> Members:
    """The members of an argument; an array of conductances needs the model, whose channels are its columns."""
    if isinstance(source, Reconstruction):
        return _of_population(source.population, source.candidate_mean, source.candidate_std)
    if isinstance(source, Population):
        return _of_population(source)
    if model is None:
        raise invalid("%s: a Population or a Reconstruction is expected, or an array and model=..." % name)
    channels = list(as_model(model).channels)
    rows = matrix(name, source, len(channels))
    rows = rows[~numpy.isnan(rows).any(axis=1)]
    return Members(channels, rows, None, None, numpy.ones(len(rows), dtype=bool))


def _of_population(population: Population, mean: Optional[Floats] = None, std: Optional[Floats] = None) -> Members:
    found = ~numpy.isnan(population.conductances).any(axis=1)
    return Members(
        list(population.channels),
        population.conductances[found],
        population.dics[found],
        population.noise_std[found],
        population.status[found] != Status.W_REJECTED,
        mean,
        std,
    )


def chosen_channels(members: Members, channels: Optional[Sequence[str]]) -> List[str]:
    """Names of the channels to show, all by default."""
    if channels is None:
        return members.channels
    names = [channels] if isinstance(channels, str) else [str(channel) for channel in channels]
    for name in names:
        members.column(name)
    return names
