# SPDX-License-Identifier: MIT
"""Degenerate populations: many sets of conductances that share their DICs."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, replace
from typing import Any, Callable, Iterable, List, NamedTuple, Optional, Sequence, SupportsIndex, Union

import numpy
from numpy.typing import ArrayLike, NDArray

from . import _api
from ._arguments import count, doubles, matrix, statuses, unsigned
from ._context import Progress, create
from ._datasets import population_dataset
from ._documented import documented
from ._errors import Status, check, remark_of
from ._handles import Handle
from ._html import population_html
from ._layout import State
from ._lazy import Lazy
from ._library import lib
from ._lines import population_line
from ._population_options import Ranges, population_options
from ._state import Saved
from ._tables import population_frame, population_values
from .model import Model, as_model


@dataclass(frozen=True, eq=False)
class Population(Lazy, Saved):
    """Members by channels, all copied out of the library.

    ``population[:4]``, ``population[population.valid]`` and ``population[3]`` are populations of some of the members,
    with their streams, noise and statuses, so that they fire as they do among the others.

    Attributes
    ----------
    channels : list of str
        Names of the columns.
    conductances : numpy.ndarray [n, n_channels]
        Maximal conductances, mS/cm2; NaN for failed members.
    dics : numpy.ndarray [n, 4]
        g_f, g_s, g_u, g_t at threshold; NaN for failed members.
    status : numpy.ndarray of int [n]
        Status of each member, see `Status`.
    base, spiking : numpy.ndarray [n, n_channels] or None
        The base draw and the spiking neuron, if kept.
    streams : numpy.ndarray of uint64 [n]
        Numbers of the members' random streams, below 2**53.
    noise_std : numpy.ndarray [n]
        Noise current of each member, standard deviation in uA/cm2: what `reconstruct` gave it; else 0.
    time_scale : float
        Time scale of the input that they were reconstructed from; else 1.
    remark : Status
        ``Status.OK``, or the remark on the whole call.

    Examples
    --------
    >>> population = dicrec.generate("stg", target=(-5, 8), n=4, seed=1)
    >>> len(population), int(population.valid.sum())
    (4, 4)
    >>> population.conductances.shape
    (4, 8)
    >>> population.streams
    array([0, 1, 2, 3], dtype=uint64)
    """

    _layout = {
        "channels": "str[channels]",
        "conductances": "float64[n, channels]",
        "dics": "float64[n, 4]",
        "status": "int32[n]",
        "base": "float64[n, channels]?",
        "spiking": "float64[n, channels]?",
        "streams": "uint64[n]",
        "noise_std": "float64[n]",
        "time_scale": "float",
        "remark": "int",
    }

    channels: List[str]
    conductances: NDArray[numpy.float64]
    dics: NDArray[numpy.float64]
    status: NDArray[numpy.int32]
    base: Optional[NDArray[numpy.float64]]
    spiking: Optional[NDArray[numpy.float64]]
    streams: NDArray[numpy.uint64]
    noise_std: NDArray[numpy.float64]
    time_scale: float
    remark: Union[Status, int]

    @property
    def valid(self) -> NDArray[numpy.bool_]:
        """numpy.ndarray of bool [n]: the member's status is ``Status.OK``, so that rejected ones are not."""
        valid: NDArray[numpy.bool_] = self.status == 0
        return valid

    def __len__(self) -> int:
        return len(self.status)

    def __repr__(self) -> str:
        return population_line(self)

    def _repr_html_(self) -> str:
        return population_html(self)

    def __getitem__(self, members: Any) -> Population:
        """Population of some members: an index, a slice, indices, or a mask [n]."""
        chosen = numpy.atleast_1d(numpy.arange(len(self))[members])
        if chosen.ndim > 1:
            raise IndexError("one dimension of members is expected, not %d" % chosen.ndim)
        by_member = ("conductances", "dics", "status", "base", "spiking", "streams", "noise_std")
        arrays = {name: getattr(self, name) for name in by_member}
        some: Any = {name: None if array is None else array[chosen] for name, array in arrays.items()}
        return replace(self, **some)

    def _state(self) -> State:
        return {**{name: getattr(self, name) for name in self._layout}, "remark": int(self.remark)}

    @classmethod
    def _of_state(cls, state: State) -> Population:
        values: State = {**state, "remark": remark_of(state["remark"])}
        return cls(**values)

    def to_frame(self, for_program: bool = False) -> Any:
        """The members as a table.

        Parameters
        ----------
        for_program : bool
            Name the columns as the program `dicrec` does, which reads ``to_csv(path, index=False)`` of it.

        Returns
        -------
        pandas.DataFrame
            A row a member: its conductances by channel, mS/cm2, g_f, g_s, g_u, g_t, time_scale, noise_std in uA/cm2,
            stream, and its status by name, such as 'OK'.
        """
        return population_frame(self, for_program)

    @classmethod
    def from_frame(cls, frame: Any, model: Union[Model, str]) -> Population:
        """Population from a table that `to_frame` made, or one of the program `dicrec`, read by
        ``pandas.read_csv(path, float_precision="round_trip")``.

        Parameters
        ----------
        frame : pandas.DataFrame
            A row a member, of one time scale; channels as columns 'g_Na' or 'Na'.
        model : Model or str
            Model of the members, which also gives the DICs.

        Returns
        -------
        Population
            Without columns for them: status 'OK', time scale 1, no noise, streams from 0.
        """
        return cls(**population_values(frame, as_model(model)))

    def to_xarray(self) -> Any:
        """The members as a dataset, with units.

        Returns
        -------
        xarray.Dataset
        """
        return population_dataset(self)

    @classmethod
    def of(cls, handle: Handle, channels: Iterable[str], keep_raw: bool, remark: Union[Status, int]) -> Population:
        """The library's population, whose arrays are copied when they are asked for."""
        return cls.later(_Source(handle, keep_raw), channels=list(channels), remark=remark)

    def copied(self) -> Population:
        """The same with all arrays copied, so that the library's own memory is free."""
        for name in self._readers:
            getattr(self, name)
        self.__dict__.pop("_source", None)
        return self


class _Source(NamedTuple):
    handle: Handle
    keep_raw: bool


def _conductances(made: Population, stage: _api.Stage) -> NDArray[numpy.float64]:
    handle = made._source.handle
    result = numpy.empty((lib.population_member_count(handle), lib.population_channel_count(handle)))
    check(lib.population_copy_conductances(handle, stage, doubles(result), result.size))
    return result


def _raw(stage: _api.Stage) -> Callable[[Population], Optional[NDArray[numpy.float64]]]:
    return lambda made: _conductances(made, stage) if made._source.keep_raw else None


def _dics(made: Population) -> NDArray[numpy.float64]:
    dics = numpy.empty((lib.population_member_count(made._source.handle), 4))
    check(lib.population_copy_dics(made._source.handle, dics.shape[1], doubles(dics), dics.size))
    return dics


def _by_member(copy: Any, pointer: Any, dtype: Any) -> Callable[[Population], NDArray[Any]]:
    """Reader of one number for each member."""

    def read(made: Population) -> NDArray[Any]:
        numbers = numpy.empty(lib.population_member_count(made._source.handle), dtype=dtype)
        check(copy(made._source.handle, pointer(numbers), len(numbers)))
        return numbers

    return read


Population._readers = {
    "conductances": lambda made: _conductances(made, _api.Stage.FINAL),
    "base": _raw(_api.Stage.BASE),
    "spiking": _raw(_api.Stage.SPIKING),
    "dics": _dics,
    "status": _by_member(lib.population_copy_statuses, statuses, numpy.int32),
    "streams": _by_member(lib.population_copy_streams, unsigned, numpy.uint64),
    "noise_std": _by_member(lib.population_copy_noise_std, doubles, numpy.float64),
    "time_scale": lambda made: float(lib.population_time_scale(made._source.handle)),
}


@documented
def generate(
    model: Union[Model, str],
    target: ArrayLike,
    n: SupportsIndex,
    seed: SupportsIndex = 1,
    channels: Optional[Sequence[Union[str, SupportsIndex]]] = None,
    ranges: Optional[Ranges] = None,
    leak: Optional[str] = None,
    threads: SupportsIndex = 0,
    keep_raw: bool = False,
    max_draws: Optional[SupportsIndex] = None,
    first_member: Optional[SupportsIndex] = None,
    progress: Progress = None,
) -> Population:
    """Draw members whose DICs at threshold equal the target.

    Parameters
    ----------
    model : Model or str
    target : array_like [2] or [n, 2]
        g_s and g_u, one pair for all members or one each.
    n : int
        Number of members.
    seed : int
        The result depends on it and the members' streams alone.
    channels : pair of str or int, optional
        Conductances to modulate; by default the model's own rule.
    ranges : dict or array_like [n_channels, 2], optional
        Ranges of the base draw, mS/cm2; a dict names the channels that differ from the model's.
    leak : {Leak}, optional
        Law of the leak in the base draw; by default {generate.leak_law}.
    threads : int
        Worker threads; 0 for every processor.
    keep_raw : bool
        Also keep the base draw and the spiking neuron.
    max_draws : int, optional
        Budget of base draws for each member and pair of channels; by default {generate.max_draws}.
    first_member : int, optional
        Stream of the first member, so that a population can be made in parts: member i has stream
        ``first_member + i``.
    progress : bool or callable, optional
        True shows a bar; a function is called as ``progress(done, total)``: a result of False cancels, None goes on. Members that were made until then
        are kept: the others have the status E_CANCELLED.

    Returns
    -------
    Population
        With a `DicrecWarning` if some members failed.

    Examples
    --------
    >>> population = dicrec.generate("stg", target=(-5, 8), n=100, seed=1)
    >>> int(population.valid.sum())
    100
    >>> part = dicrec.generate("stg", target=(-5, 8), n=10, seed=1, first_member=90)
    >>> bool((part.conductances == population.conductances[90:]).all())
    True
    """
    model = as_model(model)
    targets = matrix("target", target, 2)
    options = population_options(model, seed, channels, ranges, leak, threads, keep_raw, max_draws, first_member)
    handle, remark = create(
        lib.generate,
        lib.population_free,
        model._handle,
        doubles(targets),
        *targets.shape,
        count("n", n),
        ctypes.byref(options),
        progress=progress,
    )
    return Population.of(handle, model.channels, keep_raw, remark).copied()
