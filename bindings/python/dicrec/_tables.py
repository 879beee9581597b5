# SPDX-License-Identifier: MIT
"""Results as tables of pandas, and populations from them."""

from __future__ import annotations

import importlib
from dataclasses import fields
from typing import TYPE_CHECKING, Any, Dict, Iterable, List, Optional, Sequence

import numpy
from numpy.typing import NDArray

from . import _api
from ._arguments import invalid, whole_numbers
from ._errors import Status
from ._library import lib

if TYPE_CHECKING:
    from .model import Model
    from .population import Population
    from .reconstruction_result import Reconstruction
    from .simulation_result import Simulation
    from .spikes import Spikes

#: Names of the columns of DICs: g_f, g_s, ...
DIC_COLUMNS = tuple(lib.dic_name(column).decode() for column in range(_api.Dic.COUNT))
_OF_THE_PROGRAM = ("g_s", "g_u")  # what its tables have of them
# Statuses of members that are no failures; in tables of the program other remarks are on the whole call.
_OF_MEMBERS = (Status.OK, Status.W_REJECTED, Status.W_LIMIT)
_SETTINGS = {"time_scale": 1.0, "noise_std": 0.0}


def needed(package: str, method: str) -> Any:
    """A package that is not always there."""
    try:
        return importlib.import_module(package)
    except ImportError as failure:
        raise ImportError("%s needs %s, which is not here: pip install %s" % (method, package, package)) from failure


def _frame(data: Any, index: Any = None) -> Any:
    pandas = needed("pandas", "to_frame()")
    return pandas.DataFrame(data, index=None if index is None else pandas.RangeIndex(index, name="member"))


def status_words(statuses: Iterable[int]) -> List[str]:
    """Statuses by name, such as 'OK' and 'W_REJECTED'."""
    return [lib.status_name(int(status)).decode() for status in statuses]


def values_of(item: Any) -> Dict[str, Any]:
    """A dataclass of single values as a row; a tuple of words is one text."""
    values = {field.name: getattr(item, field.name) for field in fields(item)}
    return {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in values.items()}


def values_frame(item: Any) -> Any:
    return _frame([values_of(item)])


def spikes_frame(train: Spikes) -> Any:
    segments = numpy.repeat(numpy.arange(len(train.segment_counts)), train.segment_counts)
    return _frame({"segment": segments, "time_ms": train.times})


def samples_frame(samples: NDArray[numpy.float64]) -> Any:
    return _frame({"g_s": samples[:, 0], "g_u": samples[:, 1], "noise_std": samples[:, 2]})


def _population_columns(population: Population, prefix: str, dics: Sequence[str]) -> Dict[str, Any]:
    columns: Dict[str, Any] = {}
    for index, channel in enumerate(population.channels):
        columns[prefix + channel] = population.conductances[:, index]
    for name in dics:
        columns[name] = population.dics[:, DIC_COLUMNS.index(name)]
    columns["time_scale"] = population.time_scale
    columns["noise_std"] = population.noise_std
    columns["stream"] = population.streams
    columns["status"] = status_words(population.status)
    return columns


def population_frame(population: Population, for_program: bool) -> Any:
    if not for_program:
        return _frame(_population_columns(population, "", DIC_COLUMNS), len(population))
    places = {"ID": 1, "member": numpy.arange(1, len(population) + 1)}
    return _frame({**places, **_population_columns(population, "g_", _OF_THE_PROGRAM)}, len(population))


def reconstruction_frame(result: Reconstruction) -> Any:
    columns = _population_columns(result.population, "", DIC_COLUMNS)
    for name in ("mismatch", "accepted", "distance"):
        if getattr(result, name) is not None:
            columns[name] = getattr(result, name)
    if result.statistics:
        for field in fields(result.statistics[0]):
            columns[field.name] = [getattr(row, field.name) for row in result.statistics]
    return _frame(columns, len(result.population))


def simulation_frame(simulation: Simulation, what: str) -> Any:
    n = len(simulation)
    if what == "members":
        counts = [len(times) for times in simulation.spikes]
        return _frame({"n_spikes": counts, "status": status_words(simulation.status)}, n)
    if what == "spikes":
        return _frame({"member": _member_of(simulation.spikes), "time_ms": _joined(simulation.spikes)})
    if what != "traces":
        raise invalid("what: %r is not one of members, spikes, traces" % (what,))
    if simulation.traces is None or simulation.times is None:
        raise invalid("what: there are no traces; simulate with trace")
    columns = {"member": _member_of(simulation.times), "time_ms": _joined(simulation.times)}
    samples = numpy.concatenate(simulation.traces)
    return _frame({**columns, **{name: samples[:, k] for k, name in enumerate(simulation.columns)}})


def _member_of(arrays: Sequence[NDArray[Any]]) -> NDArray[numpy.int64]:
    return numpy.repeat(numpy.arange(len(arrays)), [len(array) for array in arrays])


def _joined(arrays: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return numpy.concatenate(arrays) if arrays else numpy.empty(0)


def population_values(frame: Any, model: Model) -> Dict[str, Any]:
    """What a population holds, from a table that `to_frame` or the program made."""
    conductances = numpy.empty((len(frame), len(model.channels)))
    for index, channel in enumerate(model.channels):
        conductances[:, index] = _column(frame, ("g_" + channel, channel))
    settings = {name: _column(frame, (name,), default) for name, default in _SETTINGS.items()}
    time_scales = numpy.unique(settings["time_scale"])
    if len(time_scales) > 1:
        text = "time_scale: one for all rows is expected, not %g and %g; take the rows of one ID"
        raise invalid(text % (time_scales[0], time_scales[1]))
    status = _statuses(frame)
    of_call = (status > 0) & ~numpy.isin(status, _OF_MEMBERS)
    return {
        "channels": list(model.channels),
        "conductances": conductances,
        "dics": _dics(model, conductances),
        "status": numpy.where(of_call, 0, status).astype(numpy.int32),
        "base": None,
        "spiking": None,
        "streams": whole_numbers("stream", _column(frame, ("stream",), numpy.arange(len(frame)))),
        "noise_std": settings["noise_std"],
        "time_scale": float(time_scales[0]) if len(time_scales) else 1.0,
        "remark": Status(int(status[of_call][0])) if of_call.any() else Status.OK,
    }


def _column(frame: Any, names: Sequence[str], default: Any = None) -> NDArray[numpy.float64]:
    """The first column of these names as numbers, or the default where a table may lack it."""
    name: Optional[str] = next((name for name in names if name in frame), None)
    if name is not None:
        return numpy.array(frame[name], dtype=numpy.float64)
    if default is None:
        raise invalid("frame: it has no column %s" % " or ".join(names))
    return numpy.full(len(frame), default, dtype=numpy.float64)


def _dics(model: Model, conductances: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    dics = numpy.full((len(conductances), len(DIC_COLUMNS)), numpy.nan)
    is_there = numpy.isfinite(conductances).all(axis=1)
    if is_there.any():
        dics[is_there] = model.dics(conductances[is_there])
    return dics


def _statuses(frame: Any) -> NDArray[numpy.int32]:
    if "status" not in frame:
        return numpy.zeros(len(frame), dtype=numpy.int32)
    # Where a row failed the program writes more than the name.
    names = [str(text).split(":")[0].strip() for text in frame["status"]]
    known = Status.__members__
    unknown = [name for name in names if name not in known]
    if unknown:
        raise invalid("status: %r is no status" % unknown[0])
    return numpy.array([known[name].value for name in names], dtype=numpy.int32)
