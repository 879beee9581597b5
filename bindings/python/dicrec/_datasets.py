# SPDX-License-Identifier: MIT
"""Results as datasets of xarray, with units.

Trains of different lengths stand one after the other along ``spike``, with the member of each spike.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Dict, Sequence

import numpy
from numpy.typing import NDArray

from ._tables import DIC_COLUMNS, needed, status_words, values_of

if TYPE_CHECKING:
    from .population import Population
    from .posterior import Posterior
    from .reconstruction_result import Reconstruction
    from .simulation_result import Simulation

_CONDUCTANCE = {"units": "mS/cm2"}
_CURRENT = {"units": "uA/cm2"}
_TIME = {"units": "ms"}
_Variables = Dict[str, Any]


def _dataset(variables: _Variables, coordinates: _Variables, attributes: Dict[str, Any]) -> Any:
    return needed("xarray", "to_xarray()").Dataset(variables, coordinates, attributes)


def _spikes(trains: Sequence[NDArray[numpy.float64]]) -> _Variables:
    counts = [len(times) for times in trains]
    times = numpy.concatenate(trains) if trains else numpy.empty(0)
    return {
        "n_spikes": ("member", numpy.array(counts, dtype=numpy.int64)),
        "spike_time": ("spike", times, _TIME),
        "spike_member": ("spike", numpy.repeat(numpy.arange(len(counts)), counts)),
    }


def _population(population: Population) -> _Variables:
    both = ("member", "channel")
    variables = {
        "conductance": (both, population.conductances, _CONDUCTANCE),
        "dic": (("member", "scale"), population.dics),
        "noise_std": ("member", population.noise_std, _CURRENT),
        "stream": ("member", population.streams),
        "status": ("member", status_words(population.status)),
    }
    for name in ("base", "spiking"):
        if getattr(population, name) is not None:
            variables[name] = (both, getattr(population, name), _CONDUCTANCE)
    return variables


def _coordinates(population: Population) -> _Variables:
    return {"member": numpy.arange(len(population)), "channel": population.channels, "scale": list(DIC_COLUMNS)}


def population_dataset(population: Population) -> Any:
    attributes = {"time_scale": population.time_scale, "remark": status_words([population.remark])[0]}
    return _dataset(_population(population), _coordinates(population), attributes)


def reconstruction_dataset(result: Reconstruction) -> Any:
    variables = _population(result.population)
    for name in ("mismatch", "accepted", "distance"):
        if getattr(result, name) is not None:
            variables[name] = ("member", getattr(result, name))
    for name in ("candidate_mean", "candidate_std"):
        if getattr(result, name) is not None:
            variables[name] = ("channel", getattr(result, name), _CONDUCTANCE)
    if result.spread_kept is not None:
        variables["spread_kept"] = ("channel", [result.spread_kept[name] for name in result.population.channels])
    if result.spikes is not None and result.statistics is not None:
        for field in fields(result.statistics[0]) if result.statistics else ():
            variables[field.name] = ("member", [getattr(row, field.name) for row in result.statistics])
        variables.update(_spikes(result.spikes))
    # Booleans are no attributes of files of netCDF.
    report = {name: int(v) if isinstance(v, bool) else v for name, v in values_of(result.report).items()}
    return _dataset(variables, _coordinates(result.population), report)


def samples_dataset(posterior: Posterior, samples: NDArray[numpy.float64]) -> Any:
    variables: _Variables = {"g_s": ("sample", samples[:, 0]), "g_u": ("sample", samples[:, 1])}
    variables["noise_std"] = ("sample", samples[:, 2], _CURRENT)
    return _dataset(variables, {}, {"support": posterior.support, "time_scale": posterior.time_scale})


def simulation_dataset(simulation: Simulation) -> Any:
    variables: _Variables = {"status": ("member", status_words(simulation.status)), **_spikes(simulation.spikes)}
    variables["final_state"] = (("member", "state"), simulation.final_states)
    coordinates: _Variables = {"member": numpy.arange(len(simulation))}
    if simulation.traces is not None and simulation.time is not None:
        variables["trace"] = (("member", "time", "column"), numpy.array(simulation.traces))
        coordinates.update(time=("time", simulation.time, _TIME), column=list(simulation.columns))
    elif simulation.traces is not None and simulation.times is not None:
        counts = [len(times) for times in simulation.times]
        variables["trace"] = (("sample", "column"), numpy.concatenate(simulation.traces))
        variables["sample_time"] = ("sample", numpy.concatenate(simulation.times), _TIME)
        variables["sample_member"] = ("sample", numpy.repeat(numpy.arange(len(counts)), counts))
        coordinates["column"] = list(simulation.columns)
    return _dataset(
        variables, coordinates, {"solver": simulation.solver, "remark": status_words([simulation.remark])[0]}
    )
