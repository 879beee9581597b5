# SPDX-License-Identifier: MIT
"""From spike times to a posterior."""

from __future__ import annotations

import ctypes
import os
import pathlib
from typing import List, Optional, SupportsIndex, Union

from . import _api
from ._arguments import expect, invalid, new_options, thread_count
from ._context import Progress, answer, create
from ._errors import Status, check, error, remark_of
from ._handles import Batch
from ._library import lib
from ._documented import documented
from ._layout import State
from ._state import SavedHandle
from ._times import Trains
from .model import Model, as_model
from .posterior import Posterior
from .spikes import Train, as_spikes, as_trains, handles_of

# Entries of the metadata that differ wherever weights were trained anew.
_FINGERPRINT = ("format", "model", "version", "seed", "n_train", "steps", "forward_steps", "trained_with")


class Estimator(SavedHandle):
    """A trained network for one model.

    Parameters
    ----------
    model : Model or str
    weights : path or bytes, optional
        A safetensors file or its bytes; by default the weights compiled into the library.

    Attributes
    ----------
    model : Model

    Examples
    --------
    >>> estimator = dicrec.Estimator("stg")
    >>> estimator
    dicrec.Estimator('stg')
    >>> estimator.metadata("model")
    'stg'
    """

    # Own weights as they are; of the library's own what they are, for another library may have others.
    _layout = {"model": "Model", "weights": "bytes?", "builtin": "str?"}
    _weights: Optional[bytes] = None

    def __init__(
        self,
        model: Union[Model, str],
        weights: Union[str, os.PathLike[str], bytes, bytearray, memoryview, None] = None,
    ) -> None:
        self.model = as_model(model)
        options = new_options(_api.EstimatorOptions)
        if isinstance(weights, (bytes, bytearray, memoryview)):
            self._weights = bytes(weights)
            data = ctypes.create_string_buffer(self._weights)  # the struct only points to it
            options.weights_data = ctypes.addressof(data)
            options.weights_size = ctypes.sizeof(data) - 1  # less the terminator
        elif weights is not None:
            options.weights_path = os.fsencode(weights)
        self._handle, _ = create(lib.estimator_create, lib.estimator_free, self.model._handle, ctypes.byref(options))
        if options.weights_path is not None:
            self._weights = pathlib.Path(os.fsdecode(options.weights_path)).read_bytes()

    def __repr__(self) -> str:
        own = "" if self._weights is None else ", weights=<%d bytes>" % len(self._weights)
        return "dicrec.Estimator(%r%s)" % (self.model.name, own)

    def _state(self) -> State:
        builtin = self._fingerprint() if self._weights is None else None
        return {"model": self.model, "weights": self._weights, "builtin": builtin}

    @classmethod
    def _of_state(cls, state: State) -> Estimator:
        made = cls(state["model"], state["weights"])
        if state["weights"] is None and made._fingerprint() != state["builtin"]:
            text = "it has the built-in weights %r, but those of this library are %r: results would differ"
            raise error(Status.E_WEIGHTS, text % (state["builtin"], made._fingerprint()))
        return made

    def _fingerprint(self) -> str:
        """What the weights are, in a line."""
        return ", ".join("%s %s" % (key, self.metadata(key)) for key in _FINGERPRINT)

    def metadata(self, key: str) -> Optional[str]:
        """One entry of the metadata of the weights.

        Parameters
        ----------
        key : str
            "model", "version", "seed", "n_train", ...

        Returns
        -------
        str or None
        """
        name = str(key).encode()
        length = lib.estimator_metadata(self._handle, name, None, 0)
        if length == 0:
            return None
        text = ctypes.create_string_buffer(length + 1)
        lib.estimator_metadata(self._handle, name, text, length + 1)
        return text.value.decode("utf-8", "replace")

    def run(
        self,
        spikes: Train,
        time_scale: Union[float, str] = 1,
        support_limit: Optional[float] = None,
        unit: Optional[str] = None,
    ) -> Posterior:
        """Read the DICs of a neuron from its spikes: `estimate`."""
        return estimate(self, spikes, time_scale, support_limit, unit)

    def run_many(
        self,
        trains: Trains,
        time_scale: Union[float, str] = 1,
        support_limit: Optional[float] = None,
        threads: SupportsIndex = 0,
        progress: Progress = None,
        unit: Optional[str] = None,
    ) -> List[Posterior]:
        """Read the DICs of many neurons: `estimate_many`."""
        return estimate_many(self, trains, time_scale, support_limit, threads, progress, unit)


@documented
def estimate(
    estimator: Estimator,
    spikes: Train,
    time_scale: Union[float, str] = 1,
    support_limit: Optional[float] = None,
    unit: Optional[str] = None,
) -> Posterior:
    """Read the DICs of a neuron from its spikes.

    Parameters
    ----------
    estimator : Estimator
    spikes : Spikes or array_like [n]
        Train; times with a unit keep it, as in `Spikes`.
    time_scale : float or 'auto'
        Spike times are divided by it; 'auto' chooses the scale with the highest support.
    support_limit : float, optional
        Support below which a `DicrecWarning` is issued; by default {estimate.support_limit}, 0 for never.
    unit : {Time}, optional
        Unit of bare times, by default ms.

    Returns
    -------
    Posterior

    Examples
    --------
    >>> estimator = dicrec.Estimator("stg")
    >>> posterior = dicrec.estimate(estimator, numpy.arange(0, 3000, 100))
    >>> posterior.activity
    'spiking'
    >>> posterior.median.shape
    (2,)
    """
    expect("estimator", estimator, Estimator)
    train = as_spikes(spikes, unit)
    options = estimate_options(time_scale, support_limit)
    arguments = (estimator._handle, train._handle, ctypes.byref(options))
    handle, remark = create(lib.estimate, lib.posterior_free, *arguments, progress=None)
    return Posterior(handle, remark)


def estimate_many(
    estimator: Estimator,
    trains: Trains,
    time_scale: Union[float, str] = 1,
    support_limit: Optional[float] = None,
    threads: SupportsIndex = 0,
    progress: Progress = None,
    unit: Optional[str] = None,
) -> List[Posterior]:
    """Read the DICs of many neurons: the very answers of `estimate`, faster.

    Parameters
    ----------
    estimator : Estimator
    trains : iterable of Spikes or of array_like [n]
        Trains; also a dict, a pynapple.TsGroup, a neo.Segment, or the table of units of an NWB file.
    time_scale, support_limit, unit
        As for `estimate`, for every train.
    threads : int
        Worker threads, 0 for every processor; the answers do not depend on it.
    progress : bool or callable, optional
        True shows a bar; a function is called as ``progress(done, total)`` in trains, and its result False cancels.

    Returns
    -------
    list of Posterior
        Each with its own remark; one `DicrecWarning` for all.

    Raises
    ------
    CancelledError
        If `progress` has cancelled.

    Examples
    --------
    >>> estimator = dicrec.Estimator("stg")
    >>> trains = [numpy.arange(0, 3000, interval) for interval in (80, 100, 120)]
    >>> [posterior.activity for posterior in dicrec.estimate_many(estimator, trains)]
    ['spiking', 'spiking', 'spiking']
    """
    expect("estimator", estimator, Estimator)
    read = as_trains(trains, unit)
    statuses = (ctypes.c_int32 * len(read))()
    options = estimate_options(time_scale, support_limit, threads)
    posteriors = Batch(len(read), lib.posterior_free)
    with posteriors:
        inputs = (estimator._handle, handles_of(read), len(read), ctypes.byref(options))
        status, detail = answer(lib.estimate_many, *inputs, posteriors.array, statuses, progress=progress)
        if Status.E_CANCELLED in statuses:
            raise error(Status.E_CANCELLED, detail)
        check(status, detail)
    return [Posterior(handle, remark_of(status)) for handle, status in zip(posteriors.handles(), statuses)]


def estimate_options(
    time_scale: Union[float, str], support_limit: Optional[float], threads: SupportsIndex = 1
) -> _api.EstimateOptions:
    """Options of the library from the words of `estimate`."""
    is_auto = isinstance(time_scale, str)
    if is_auto and time_scale != "auto":
        raise invalid("time_scale: %r is not 'auto' or a number" % time_scale)
    return new_options(
        _api.EstimateOptions,
        auto_scale=is_auto,
        time_scale=0.0 if is_auto else time_scale,
        support_limit=support_limit,
        n_threads=thread_count(threads),
    )
