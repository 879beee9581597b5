# SPDX-License-Identifier: MIT
"""What came of a simulation, copied out of the library."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any, List, Optional, Tuple, Union

import numpy
from numpy.typing import NDArray

from . import _api
from ._arguments import doubles, invalid, statuses, unsigned
from ._datasets import simulation_dataset
from ._documented import documented
from ._errors import Status, check, remark_of
from ._handles import Handle
from ._html import simulation_html
from ._layout import State
from ._library import lib
from ._lines import simulation_line
from ._state import Saved, packed, unpacked
from ._tables import simulation_frame
from ._words import word_of


@documented
@dataclass(frozen=True, eq=False)
class Simulation(Saved):
    """Spikes and traces of each member, all copied out of the library.

    Attributes
    ----------
    spikes : list of numpy.ndarray [n_spikes]
        Spike times of each member, ms from the start of the simulation.
    status : numpy.ndarray of int [n]
        Status of each member, see `Status`.
    traces : list of numpy.ndarray [n_samples, n_columns] or None
        Samples of each member; on a grid NaN after an early stop.
    times : list of numpy.ndarray [n_samples] or None
        Times of the samples of each member, ms.
    columns : tuple of str
        What the columns of the traces are: 'V' in mV, states such as 'm_Na' and 'Ca' (uM), currents such as 'I_Na' in
        uA/cm2, outward positive.
    final_states : numpy.ndarray [n, n_states]
        State of each member at the end, columns as in `Model.states`; NaN unless its status is ``Status.OK``.
    solver : {Solver}
        The solver that ran, never 'auto'.
    remark : Status
        ``Status.OK``, or the remark on the whole call.

    Examples
    --------
    >>> population = dicrec.generate("stg", target=(-5, 8), n=2, seed=1)
    >>> simulation = dicrec.simulate("stg", population, t_end=100, trace="currents", trace_dt=0.5)
    >>> simulation.columns[:3]
    ('V', 'I_Na', 'I_Kd')
    >>> simulation.trace.shape, simulation.solver
    ((2, 201), 'cvode')
    """

    _layout = {
        "spike_times": "float64[spikes]",
        "spike_counts": "int64[n]",
        "status": "int32[n]",
        "trace_samples": "float64[samples, columns]?",
        "trace_times": "float64[samples]?",
        "trace_counts": "int64[n]?",
        "columns": "str[columns]",
        "final_states": "float64[n, states]",
        "solver": "str",
        "remark": "int",
    }

    spikes: List[NDArray[numpy.float64]]
    status: NDArray[numpy.int32]
    traces: Optional[List[NDArray[numpy.float64]]]
    times: Optional[List[NDArray[numpy.float64]]]
    columns: Tuple[str, ...]
    final_states: NDArray[numpy.float64]
    solver: str
    remark: Union[Status, int]

    def column(self, name: str, member: int = 0) -> NDArray[numpy.float64]:
        """Samples of one column, by its name, of one member: numpy.ndarray [n_samples]."""
        if self.traces is None or name not in self.columns:
            raise invalid("name: %r is not one of %s" % (name, ", ".join(self.columns) or "no columns"))
        samples: NDArray[numpy.float64] = self.traces[member][:, self.columns.index(name)]
        return samples

    @property
    def trace(self) -> Optional[NDArray[numpy.float64]]:
        """numpy.ndarray [n, n_samples] or None: voltage of all members on their common grid, mV."""
        if self.traces is None or self.time is None:
            return None
        return numpy.array([trace[:, 0] for trace in self.traces])

    @property
    def time(self) -> Optional[NDArray[numpy.float64]]:
        """numpy.ndarray [n_samples] or None: the grid, ms; None at the solver's steps."""
        if not self.times or any(not numpy.array_equal(times, self.times[0]) for times in self.times):
            return None
        return self.times[0]

    def __len__(self) -> int:
        return len(self.status)

    def __repr__(self) -> str:
        return simulation_line(self)

    def _repr_html_(self) -> str:
        return simulation_html(self)

    def _state(self) -> State:
        spike_times, spike_counts = packed(self.spikes)
        samples, counts = packed(self.traces)
        return {
            "spike_times": spike_times,
            "spike_counts": spike_counts,
            "status": self.status,
            "trace_samples": samples,
            "trace_times": packed(self.times)[0],
            "trace_counts": counts,
            "columns": self.columns,
            "final_states": self.final_states,
            "solver": self.solver,
            "remark": int(self.remark),
        }

    @classmethod
    def _of_state(cls, state: State) -> Simulation:
        return cls(
            spikes=unpacked(state["spike_times"], state["spike_counts"]) or [],
            status=state["status"],
            traces=unpacked(state["trace_samples"], state["trace_counts"]),
            times=unpacked(state["trace_times"], state["trace_counts"]),
            columns=tuple(state["columns"]),
            final_states=state["final_states"],
            solver=state["solver"],
            remark=remark_of(state["remark"]),
        )

    def to_frame(self, what: str = "members") -> Any:
        """What came of the members, as a table.

        Parameters
        ----------
        what : str
            'members': a row a member with its status by name, such as 'OK'; 'spikes': a row a spike with the member
            and the time in ms; 'traces': a row a sample, with a column for each of `columns`.

        Returns
        -------
        pandas.DataFrame
        """
        return simulation_frame(self, what)

    def to_xarray(self) -> Any:
        """Spikes, traces and states as a dataset, with units.

        Returns
        -------
        xarray.Dataset
            The spikes of all members one after the other along ``spike``.
        """
        return simulation_dataset(self)


def copied_simulation(handle: Handle, n_states: int, remark: Union[Status, int]) -> Simulation:
    n = lib.simulation_member_count(handle)
    final_states, status = numpy.empty((n, n_states)), numpy.empty(n, dtype=numpy.int32)
    check(lib.simulation_copy_statuses(handle, statuses(status), n))
    check(lib.simulation_copy_final_states(handle, doubles(final_states), final_states.size))
    columns = tuple(_column_name(handle, k) for k in range(lib.simulation_trace_column_count(handle)))
    return Simulation(
        spikes=all_spikes(handle, n, lib.simulation_spike_total, lib.simulation_copy_all_spikes),
        status=status,
        traces=[_trace(handle, i, len(columns)) for i in range(n)] if columns else None,
        times=[_times(handle, i) for i in range(n)] if columns else None,
        columns=columns,
        final_states=final_states,
        solver=word_of(_api.Solver, lib.simulation_solver(handle)),
        remark=remark,
    )


def all_spikes(handle: Handle, n: int, total: Any, copy_all: Any) -> List[NDArray[numpy.float64]]:
    """Trains of n members, which share one array."""
    offsets, times = numpy.empty(n + 1, dtype=numpy.uint64), numpy.empty(total(handle))
    check(copy_all(handle, unsigned(offsets), n + 1, doubles(times), len(times)))
    return numpy.split(times, offsets[1:-1].astype(numpy.intp))


def _column_name(handle: Handle, column: int) -> str:
    length = lib.simulation_trace_column_name(handle, column, None, 0)
    name = ctypes.create_string_buffer(length + 1)
    lib.simulation_trace_column_name(handle, column, name, length + 1)
    return name.value.decode()


def _trace(handle: Handle, member: int, n_columns: int) -> NDArray[numpy.float64]:
    trace = numpy.empty((lib.simulation_trace_sample_count(handle, member), n_columns))
    check(lib.simulation_copy_trace(handle, member, doubles(trace), trace.size))
    return trace


def _times(handle: Handle, member: int) -> NDArray[numpy.float64]:
    times = numpy.empty(lib.simulation_trace_sample_count(handle, member))
    check(lib.simulation_copy_trace_times(handle, member, doubles(times), len(times)))
    return times
