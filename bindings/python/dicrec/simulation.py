# SPDX-License-Identifier: MIT
"""What given conductances fire."""

from __future__ import annotations

import ctypes
from typing import Any, Optional, Sequence, SupportsIndex, Tuple, Union

import numpy
from numpy.typing import ArrayLike, NDArray

from . import _api
from ._arguments import doubles, invalid, matrix, new_options, thread_count, unsigned, vector, whole_numbers
from ._context import Progress, create
from ._documented import documented
from ._library import lib
from ._units import Numeric, Scalar, in_unit
from ._words import value_or_default
from .model import Model, as_model
from .population import Population
from .simulation_result import Simulation, copied_simulation

#: A constant, or times and values that it is linear between.
Current = Union[Scalar, Sequence[Numeric], NDArray[Any]]


def simulate_options(
    n_states: int,
    solver: Optional[str] = None,
    t_end: Optional[Scalar] = None,
    t_skip: Optional[Scalar] = None,
    rtol: Optional[float] = None,
    atol: Optional[float] = None,
    dt: Optional[Scalar] = None,
    trace: Optional[str] = None,
    trace_dt: Union[Scalar, str, None] = None,
    noise: Optional[Numeric] = None,
    current: Optional[Current] = None,
    time_scale: Optional[float] = None,
    seed: Optional[SupportsIndex] = None,
    max_spikes: Optional[SupportsIndex] = None,
    max_steps: Optional[SupportsIndex] = None,
    max_wall_s: Optional[Scalar] = None,
    threads: SupportsIndex = 0,
    first_member: Optional[SupportsIndex] = None,
    streams: Optional[ArrayLike] = None,
    max_trace_bytes: Optional[SupportsIndex] = None,
    initial_states: Optional[ArrayLike] = None,
    **fields: Scalar,
) -> _api.SimulateOptions:
    """Options of the library from the words of `simulate`; None is the library's default.

    The options keep the arrays that they point to alive.
    """
    points = None if current is None or _is_number("current", current) else _points(current)
    noises = None if noise is None or _is_number("noise", noise) else vector("noise", noise, "uA/cm2")
    options = new_options(
        _api.SimulateOptions,
        solver=value_or_default("solver", _api.Solver, solver),
        t_end_ms=t_end,
        t_skip_ms=t_skip,
        relative_tolerance=rtol,
        absolute_tolerance=atol,
        dt_ms=dt,
        trace_dt_ms=_api.TRACE_STEPS if isinstance(trace_dt, str) and trace_dt == "steps" else trace_dt,
        trace=value_or_default("trace", _api.Trace, trace),
        noise_std=noise if noises is None else None,
        current=current if points is None else None,
        time_scale=time_scale,
        seed=seed,
        max_spikes=max_spikes,
        max_steps=max_steps,
        max_wall_s=max_wall_s,
        n_threads=thread_count(threads),
        first_member=first_member,
        max_trace_bytes=max_trace_bytes,
        **fields,
    )
    if points is not None:
        options.current_times_ms, options.current_values = (doubles(array) for array in points)
        options.n_current = len(points[0])
    if noises is not None:
        options.member_noise_std = doubles(noises)
    numbers = None if streams is None else whole_numbers("streams", streams)
    if numbers is not None:
        options.member_streams = unsigned(numbers)
    states = None if initial_states is None else matrix("initial_states", initial_states, n_states)
    if states is not None:
        options.initial_states, options.n_initial_states = doubles(states), len(states)
    options.arrays = (points, noises, numbers, states)
    return options


def _is_number(name: str, value: Any) -> bool:
    return not isinstance(value, (tuple, list)) and numpy.ndim(in_unit(name, value, "uA/cm2")) == 0


def _points(current: Any) -> Tuple[NDArray[numpy.float64], NDArray[numpy.float64]]:
    """Times and values of a current that is linear between them."""
    if len(current) != 2:
        raise invalid("current: a number or (times, values) is expected")
    times, values = vector("times of the current", current[0], "ms"), vector(
        "values of the current", current[1], "uA/cm2"
    )
    if len(times) != len(values):
        raise invalid("current: %d times, but %d values" % (len(times), len(values)))
    return times, values


@documented
def simulate(
    model: Union[Model, str],
    conductances: Union[Population, Numeric],
    t_end: Optional[Scalar] = None,
    t_skip: Scalar = 0,
    solver: Optional[str] = None,
    rtol: Optional[float] = None,
    atol: Optional[float] = None,
    dt: Optional[Scalar] = None,
    trace: Optional[str] = None,
    trace_dt: Union[Scalar, str, None] = None,
    noise: Optional[Numeric] = None,
    current: Current = 0,
    time_scale: Optional[float] = None,
    seed: SupportsIndex = 1,
    max_spikes: Optional[SupportsIndex] = None,
    max_steps: Optional[SupportsIndex] = None,
    max_wall_s: Optional[Scalar] = None,
    threads: SupportsIndex = 0,
    first_member: Optional[SupportsIndex] = None,
    streams: Optional[ArrayLike] = None,
    max_trace_bytes: Optional[SupportsIndex] = None,
    initial_states: Optional[ArrayLike] = None,
    progress: Progress = None,
    **fields: Scalar,
) -> Simulation:
    """Simulate neurons from the model's initial state, or from states of your own.

    Parameters
    ----------
    model : Model or str
    conductances : Population or array_like [n, n_channels] or [n_channels]
        Maximal conductances, mS/cm2; rows of NaN are skipped. A population brings its members' noise, streams and time
        scale along, where the arguments do not say otherwise.
    t_end : float, optional
        End of the simulation, ms; by default the model's protocol, which also says what is skipped.
    t_skip : float
        Spikes before it do not count, ms; only with `t_end`.
    solver : {Solver}, optional
        By default {simulate.solver}, which takes CVODE for traces and whenever a tolerance is set.
    rtol, atol : float, optional
        Tolerances of CVODE; by default {simulate.relative_tolerance} and {simulate.absolute_tolerance}.
    dt : float, optional
        Finest step of the ensemble, ms; by default {simulate.dt_ms}.
    trace : {Trace}, optional
        What to record: V alone, every state of the model, or V and the current of each channel.
    trace_dt : float or 'steps', optional
        Interval of the trace, ms, or a sample at every step of the solver; by default {TRACE_DT_MS} with `trace`, else no trace.
    noise : float or array_like [n], optional
        Standard deviation of the noise current before its filter, uA/cm2, of all members or of each; by default the
        population's, else 0.
    current : float or (times, values)
        Injected current, uA/cm2, depolarising positive: constant, or linear between points, ms, constant before the
        first and after the last; two equal times are a jump.
    time_scale : float, optional
        Stretches every time constant and the capacitance; by default the population's, else 1.
    seed : int
        Seed of the noise.
    max_spikes, max_steps : int, optional
        Limits for each member; by default {simulate.max_spikes} spikes and {simulate.max_steps} steps.
    max_wall_s : float, optional
        Limit of the time that the call takes, s; members that it stops have the status W_LIMIT.
    threads : int
        Worker threads; 0 for every processor.
    first_member : int, optional
        Stream of the first member's noise, so that members can be simulated in parts: member i has stream
        ``first_member + i``.
    streams : array_like of int [n], optional
        Stream of each member's noise instead, below 2**53; by default, without `first_member`, the population's.
    max_trace_bytes : int, optional
        Limit of the memory of all traces, by default {simulate.max_trace_bytes}: refused on a grid that needs more; at the solver's steps a
        member ends with W_LIMIT when its share is used up.
    initial_states : array_like [n_states] or [n, n_states], optional
        State that all members or each of them start from, columns as in `Model.states`: V within -150 to 100 mV,
        gates 0 to 1, Ca not negative; such as `Simulation.final_states`, to go on. Times begin at 0 again, and noise
        with the first sample of a member's stream.
    progress : bool or callable, optional
        True shows a bar; a function is called as ``progress(done, total)``: a result of False cancels, None goes on. What was done until then is
        kept: members that were not finished have the status E_CANCELLED.
    **fields
        Further numbers of ``dicrec_simulate_options`` by their names.

    Returns
    -------
    Simulation
        With a `DicrecWarning` if some members stopped early or failed.

    Examples
    --------
    >>> population = dicrec.generate("stg", target=(-5, 8), n=2, seed=1)
    >>> simulation = dicrec.simulate("stg", population, t_end=2000, t_skip=500)
    >>> [len(train) > 10 for train in simulation.spikes]
    [True, True]
    >>> step = dicrec.simulate("stg", population.conductances, t_end=100, current=([50, 50], [0, 5]))
    >>> step.final_states.shape
    (2, 13)
    """
    model = as_model(model)
    if isinstance(conductances, Population):
        noise = conductances.noise_std if noise is None else noise
        time_scale = conductances.time_scale if time_scale is None else time_scale
        streams = conductances.streams if streams is None and first_member is None else streams
        conductances = conductances.conductances
    sets = matrix("conductances", conductances, len(model.channels), "mS/cm2")
    values: Any
    for name, values in (("noise", noise), ("streams", streams)):
        if values is not None and numpy.ndim(values) > 0 and numpy.shape(values)[0] != len(sets):
            raise invalid("%s: %d values, but %d members" % (name, numpy.shape(values)[0], len(sets)))
    options = simulate_options(
        len(model.states),
        solver=solver,
        t_end=t_end,
        t_skip=t_skip,
        rtol=rtol,
        atol=atol,
        dt=dt,
        trace=trace,
        trace_dt=_api.TRACE_DT_MS if trace is not None and trace_dt is None else trace_dt,
        noise=noise,
        current=current,
        time_scale=time_scale,
        seed=seed,
        max_spikes=max_spikes,
        max_steps=max_steps,
        max_wall_s=max_wall_s,
        threads=threads,
        first_member=first_member,
        streams=streams,
        max_trace_bytes=max_trace_bytes,
        initial_states=initial_states,
        **fields,
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
    return copied_simulation(handle, len(model.states), remark)
