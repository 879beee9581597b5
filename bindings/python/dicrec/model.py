# SPDX-License-Identifier: MIT
"""The conductance-based models and their dynamic input conductances."""

from __future__ import annotations

import ctypes
import json
import os
from typing import Any, Dict, List, NamedTuple, Optional, Tuple, Union

import numpy
from numpy.typing import NDArray

from ._arguments import doubles, matrix, real, vector
from ._context import call, create, text_of
from ._documented import documented
from ._errors import Status, check, error
from ._handles import Handle
from ._html import model_html
from ._layout import State
from ._library import lib
from ._state import SavedHandle
from ._units import Numeric, Scalar
from .gate_curves import GateCurves, curves_of, within_voltages


class Protocol(NamedTuple):
    """Simulated time of the published protocol, ms.

    Examples
    --------
    >>> protocol = dicrec.Model("stg").protocol
    >>> protocol.t_skip < protocol.t_end
    True
    """

    t_end: float
    t_skip: float


def models() -> List[str]:
    """Names of the built-in models.

    Returns
    -------
    list of str

    Examples
    --------
    >>> dicrec.models()
    ['stg', 'da']
    """
    return [lib.model_builtin_name(index).decode() for index in range(lib.model_builtin_count())]


class Model(SavedHandle):
    """A conductance-based neuron model.

    Parameters
    ----------
    name : str
        A built-in model, one of `models()`; for models of your own see `from_file`, `from_dict` and `from_text`.

    Attributes
    ----------
    name, description : str
    channels : list of str
        Channel names, the leak included; the columns of every array of conductances.
    states : list of str
        Names of the state variables, such as 'V', 'm_Na' and 'Ca'; the columns of every array of states.
    reversal_mv : numpy.ndarray [n_channels]
        Reversal potentials, mV.
    threshold_mv : float
        Voltage at which the DICs are read, mV.
    spike_level_mv : float
        Voltage that V rises through in a spike unless a simulation is asked for another, mV.
    dic_range : numpy.ndarray [2, 2]
        Rows g_s and g_u, columns lowest and highest.
    ranges : numpy.ndarray [n_channels, 2]
        Ranges of the base draw, mS/cm2; both 0 for channels that compensation solves.
    protocol : Protocol
        End of the simulation and time from which spikes count, ms.

    Examples
    --------
    >>> model = dicrec.Model("stg")
    >>> model.channels
    ['Na', 'Kd', 'CaT', 'CaS', 'KCa', 'A', 'H', 'leak']
    >>> population = dicrec.generate(model, target=(-5, 8), n=3, seed=1)
    >>> model.dics(population.conductances)[:, 1:3].round(6)
    array([[-5.,  8.],
           [-5.,  8.],
           [-5.,  8.]])
    """

    _layout = {"builtin": "str?", "text": "str?"}

    def __init__(self, name: str) -> None:
        self._hold(create(lib.model_open, lib.model_free, str(name).encode())[0], True)

    def _hold(self, handle: Handle, is_builtin: bool) -> None:
        self._handle, self._is_builtin = handle, is_builtin
        self.name: str = lib.model_name(self._handle).decode()
        self.description: str = lib.model_description(self._handle).decode()
        n_channels = lib.model_channel_count(self._handle)
        self.channels: List[str] = [lib.model_channel_name(self._handle, i).decode() for i in range(n_channels)]
        n_states = lib.model_state_count(self._handle)
        self.states: List[str] = [lib.model_state_name(self._handle, i).decode() for i in range(n_states)]
        self.reversal_mv = numpy.array([lib.model_reversal_mv(self._handle, i) for i in range(n_channels)])
        self.threshold_mv: float = lib.model_threshold_mv(self._handle)
        self.spike_level_mv: float = lib.model_spike_level_mv(self._handle)
        self.dic_range = numpy.empty((2, 2))
        for target, row in enumerate(self.dic_range):
            check(lib.model_target_range(self._handle, target, doubles(row)))
        self.ranges = numpy.empty((n_channels, 2))
        for i in range(n_channels):
            check(lib.model_conductance_range(self._handle, i, doubles(self.ranges[i])))
        t_end, t_skip = ctypes.c_double(), ctypes.c_double()
        check(lib.model_protocol(self._handle, ctypes.byref(t_end), ctypes.byref(t_skip)))
        self.protocol = Protocol(t_end.value, t_skip.value)

    def __repr__(self) -> str:
        return "dicrec.Model(%r)" % self.name if self._is_builtin else "<dicrec.Model: %s, of a file>" % self.name

    def _repr_html_(self) -> str:
        return model_html(self)

    def _state(self) -> State:
        if self._is_builtin:
            return {"builtin": self.name, "text": None}
        return {"builtin": None, "text": self.text()}

    @classmethod
    def _of_state(cls, state: State) -> Model:
        return cls.from_text(state["text"]) if state["builtin"] is None else cls(state["builtin"])

    @classmethod
    def _made(cls, function: Any, *arguments: Any) -> Model:
        model = cls.__new__(cls)
        model._hold(create(function, lib.model_free, *arguments)[0], False)
        return model

    @classmethod
    def from_file(cls, path: Union[str, os.PathLike[str]]) -> Model:
        """A model of your own, from a JSON file: channels, gates, calcium, populations (docs/models.md).

        Parameters
        ----------
        path : path

        Returns
        -------
        Model

        Raises
        ------
        FileError, ArgumentError
            The text tells line, channel, gate, value and what is allowed.
        """
        return cls._made(lib.model_create_from_file, os.fsencode(path))

    @classmethod
    def from_text(cls, text: Union[str, bytes]) -> Model:
        """A model of your own, from the text of such a file. Errors as of `from_file`."""
        data = text.encode() if isinstance(text, str) else bytes(text)
        return cls._made(lib.model_create_from_text, data, len(data))

    @classmethod
    def from_dict(cls, values: Dict[str, Any]) -> Model:
        """A model of your own, from what such a file holds. Errors as of `from_file`.

        Parameters
        ----------
        values : dict
            What `to_dict` returns, or the like.

        Returns
        -------
        Model

        Examples
        --------
        >>> values = dicrec.Model("stg").to_dict()
        >>> values["name"] = "without_A"
        >>> for name in ("A", "KCa"):
        ...     values["channels"].pop(name)["reversal_mv"]
        -80
        -80
        >>> del values["populations"]
        >>> dicrec.Model.from_dict(values).channels
        ['Na', 'Kd', 'CaT', 'CaS', 'H', 'leak']
        """
        return cls.from_text(json.dumps(values, allow_nan=False))

    def text(self) -> str:
        """The file that the model was made of, to the byte; of built-in ones too."""
        return text_of(lib.model_copy_text, self._handle)

    def to_dict(self) -> Dict[str, Any]:
        """What that file holds: a dict of your own, for `from_dict`."""
        values: Dict[str, Any] = json.loads(self.text())
        return values

    def channel_index(self, channel: str) -> int:
        """Column of a channel given by name."""
        index: int = lib.model_channel_index(self._handle, str(channel).encode())
        if index < 0:
            text = "model %s has no channel %r; it has %s" % (self.name, channel, ", ".join(self.channels))
            raise error(Status.E_NAME, text)
        return index

    def dics(self, conductances: Numeric, v: Optional[Scalar] = None) -> NDArray[numpy.float64]:
        """Dynamic input conductances, divided by each set's leak.

        Parameters
        ----------
        conductances : array_like [n, n_channels] or [n_channels]
            Maximal conductances, mS/cm2.
        v : float, optional
            Voltage, mV; by default the model's threshold.

        Returns
        -------
        numpy.ndarray [n, 4]
            g_f, g_s, g_u, g_t.
        """
        return self._at_voltage(lib.dic_compute, conductances, v, (4,), 4)

    def time_scales(self, v: Optional[Scalar] = None) -> NDArray[numpy.float64]:
        """Time scales of the DICs.

        Parameters
        ----------
        v : float, optional
            Voltage, mV; by default the model's threshold.

        Returns
        -------
        numpy.ndarray [3]
            Fast, slow and ultraslow, ms.
        """
        at = within_voltages("v", numpy.array([self.threshold_mv if v is None else real("v", v, "mV")]))
        result = numpy.empty(3)
        check(lib.model_time_scales(self._handle, at.item(), doubles(result)))
        return result

    def gate_curves(self, v: Numeric) -> List[GateCurves]:
        """Steady state and time constant of every gate over voltages.

        Parameters
        ----------
        v : array_like [n]
            Voltages, mV.

        Returns
        -------
        list of GateCurves
            In the order of the channels, of each the activation first.

        Examples
        --------
        >>> first = dicrec.Model("stg").gate_curves([-60, 0])[0]
        >>> first.channel, first.gate, first.steady.round(4)
        ('Na', 'activation', array([0.0015, 0.992 ]))
        """
        return curves_of(self._handle, self.channels, within_voltages("v", vector("v", v, "mV")))

    def sensitivity(self, conductances: Numeric, v: Optional[Scalar] = None) -> NDArray[numpy.float64]:
        """Sensitivity matrices S: (g_f, g_s, g_u) = S g. Arguments as in `dics`.

        Returns
        -------
        numpy.ndarray [n, 3, n_channels]
            cm2/mS.
        """
        return self._at_voltage(lib.dic_sensitivity, conductances, v, (3, len(self.channels)), 3)

    def static_current(self, conductances: Numeric, v: Optional[Scalar] = None) -> NDArray[numpy.float64]:
        """Total ionic current with every gate at steady state. Arguments as in `dics`.

        Returns
        -------
        numpy.ndarray [n]
            uA/cm2, outward positive.
        """
        return self._at_voltage(lib.dic_static_current, conductances, v, ())

    @property
    def targets(self) -> List[str]:
        """Names of the DICs that a target of `generate` has, in the order of `dic_range`."""
        n_targets = lib.model_target_count(self._handle)
        return [lib.model_target_name(self._handle, target).decode() for target in range(n_targets)]

    @property
    def leak_index(self) -> int:
        """Column of the leak, which DICs are divided by."""
        return int(lib.model_leak_index(self._handle))

    @documented
    def threshold(self, conductances: Numeric, v_range: Optional[Numeric] = None) -> NDArray[numpy.float64]:
        """First voltage, going up, where g_t falls through zero.

        Parameters
        ----------
        conductances : array_like [n, n_channels] or [n_channels]
            Maximal conductances, mS/cm2.
        v_range : array_like [2], optional
            Lowest and highest voltage, mV; by default {THRESHOLD_LEAST_MV} to {THRESHOLD_MOST_MV}.

        Returns
        -------
        numpy.ndarray [n]
            mV; NaN, with a `DicrecWarning`, where there is none.
        """
        sets = matrix("conductances", conductances, len(self.channels), "mS/cm2")
        limits = None if v_range is None else matrix("v_range", v_range, 2, "mV")
        result = numpy.empty(len(sets))
        pointer = None if limits is None else doubles(limits)
        arguments = (self._handle, doubles(sets), len(sets), pointer, doubles(result))
        call(lib.dic_threshold, *arguments)
        return result

    def _at_voltage(
        self, function: Any, conductances: Numeric, v: Optional[Scalar], shape: Tuple[int, ...], *columns: int
    ) -> NDArray[numpy.float64]:
        sets = matrix("conductances", conductances, len(self.channels), "mS/cm2")
        result = numpy.empty((len(sets),) + shape)
        v_mv = self.threshold_mv if v is None else real("v", v, "mV")
        call(function, self._handle, doubles(sets), len(sets), v_mv, *columns, doubles(result))
        return result


def as_model(model: Union[Model, str]) -> Model:
    """A model, or the model of that name."""
    return model if isinstance(model, Model) else Model(model)


def dic_names() -> List[str]:
    """Names of the columns of DICs, as in `Model.dics` and `Population.dics`.

    Examples
    --------
    >>> dicrec.dic_names()
    ['g_f', 'g_s', 'g_u', 'g_t']
    """
    return [lib.dic_name(column).decode() for column in range(lib.dic_count())]
