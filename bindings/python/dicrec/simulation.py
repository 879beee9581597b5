# SPDX-License-Identifier: MIT
"""What given conductances fire."""

import ctypes
from dataclasses import dataclass
from typing import List, Optional

import numpy

from ._arguments import choice, doubles, matrix, new_options, thread_count
from ._context import create
from ._errors import Status, check
from ._library import lib
from ._structs import SimulateOptions
from .model import as_model
from .population import Population

SOLVERS = ("auto", "cvode", "ensemble")


@dataclass(frozen=True, eq=False)
class Simulation:
    """Spikes of each member, all copied out of the library.

    Attributes
    ----------
    spikes : list of numpy.ndarray [n_spikes]
        Spike times of each member, ms from the start of the simulation.
    status : numpy.ndarray of int [n]
        Status of each member, see `Status`.
    trace : numpy.ndarray [n, n_samples] or None
        Voltage, mV; NaN after an early stop.
    time : numpy.ndarray [n_samples] or None
        Times of the samples of `trace`, ms.
    solver : {'cvode', 'ensemble'}
        The solver that ran.
    remark : Status
        ``Status.OK``, or the remark on the whole call.
    """

    spikes: List[numpy.ndarray]
    status: numpy.ndarray
    trace: Optional[numpy.ndarray]
    time: Optional[numpy.ndarray]
    solver: str
    remark: Status

    def __len__(self):
        return len(self.status)

    def __repr__(self):
        return "<dicrec.Simulation: %d members, %s>" % (len(self), self.solver)


def simulate_options(
    solver=None,
    t_end=None,
    t_skip=None,
    rtol=None,
    atol=None,
    dt=None,
    trace_dt=None,
    noise=None,
    current=None,
    time_scale=None,
    seed=None,
    max_spikes=None,
    max_steps=None,
    threads=0,
):
    """Options of the library from the words of `simulate`; None is the library's default."""
    return new_options(
        SimulateOptions,
        solver=None if solver is None else choice("solver", solver, SOLVERS),
        t_end_ms=t_end,
        t_skip_ms=t_skip,
        relative_tolerance=rtol,
        absolute_tolerance=atol,
        dt_ms=dt,
        trace_dt_ms=trace_dt,
        noise_std=noise,
        current=current,
        time_scale=time_scale,
        seed=seed,
        max_spikes=max_spikes,
        max_steps=max_steps,
        n_threads=thread_count(threads),
    )


def simulate(
    model,
    conductances,
    t_end=None,
    t_skip=0,
    solver="auto",
    rtol=None,
    atol=None,
    dt=None,
    trace_dt=None,
    noise=0,
    current=0,
    time_scale=1,
    seed=1,
    max_spikes=None,
    max_steps=None,
    threads=0,
    progress=None,
):
    """Simulate neurons from the model's initial state.

    Parameters
    ----------
    model : Model or str
    conductances : Population or array_like [n, n_channels] or [n_channels]
        Maximal conductances, mS/cm2; rows of NaN are skipped.
    t_end : float, optional
        End of the simulation, ms; by default the model's protocol, which also says what is skipped.
    t_skip : float
        Spikes before it do not count, ms; only with `t_end`.
    solver : {'auto', 'cvode', 'ensemble'}
        'auto' takes CVODE for traces and whenever a tolerance is set.
    rtol, atol : float, optional
        Tolerances of CVODE; by default 1e-8 and 1e-10.
    dt : float, optional
        Step of the ensemble, ms; by default 0.025.
    trace_dt : float, optional
        Interval of the voltage trace, ms; by default no trace.
    noise : float
        Standard deviation of the noise current before its filter, uA/cm2.
    current : float
        Constant injected current, uA/cm2, depolarising positive.
    time_scale : float
        Stretches every time constant and the capacitance.
    seed : int
        Seed of the noise.
    max_spikes, max_steps : int, optional
        Limits for each member; by default 100,000 spikes and 1e8 steps.
    threads : int
        Worker threads; 0 for every processor.
    progress : callable, optional
        Called as ``progress(done, total)``; a result of False cancels, None goes on.

    Returns
    -------
    Simulation
        With a `DicrecWarning` if some members stopped early or failed.
    """
    model = as_model(model)
    rows = conductances.conductances if isinstance(conductances, Population) else conductances
    sets = matrix("conductances", rows, len(model.channels))
    options = simulate_options(
        solver=solver,
        t_end=t_end,
        t_skip=t_skip,
        rtol=rtol,
        atol=atol,
        dt=dt,
        trace_dt=trace_dt,
        noise=noise,
        current=current,
        time_scale=time_scale,
        seed=seed,
        max_spikes=max_spikes,
        max_steps=max_steps,
        threads=threads,
    )
    handle, remark = create(
        lib.simulate,
        lib.simulation_free,
        model._handle,
        doubles(sets),
        len(sets),
        ctypes.byref(options),
        progress=progress,
    )
    return _copied(handle, trace_dt, remark)


def _copied(handle, trace_dt, remark):
    n = lib.simulation_member_count(handle)
    length = lib.simulation_trace_length(handle)
    return Simulation(
        spikes=member_spikes(handle, lib.simulation_spike_count, lib.simulation_copy_spikes, n),
        status=numpy.array([lib.simulation_status(handle, i) for i in range(n)], dtype=numpy.int32),
        trace=_traces(handle, n, length) if length else None,
        time=numpy.arange(length) * float(trace_dt) if length else None,
        solver=SOLVERS[lib.simulation_solver(handle)],
        remark=remark,
    )


def _traces(handle, n, length):
    result = numpy.empty((n, length))
    for i in range(n):
        check(lib.simulation_copy_trace(handle, i, doubles(result[i]), length))
    return result


def member_spikes(handle, count, copy, n):
    """Trains of n members by a count function and a copy function of the library."""
    trains = []
    for i in range(n):
        train = numpy.empty(count(handle, i))
        check(copy(handle, i, doubles(train), len(train)))
        trains.append(train)
    return trains
