# SPDX-License-Identifier: MIT
"""From the spike times of one neuron to a population of conductance-based models.

Units: mV, ms, mS/cm2, uA/cm2. The shared library is found through the environment variable
``DICREC_LIBRARY`` (its path) or where the system keeps libraries.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from ._errors import (
    ArgumentError,
    CancelledError,
    ComputationError,
    DicrecError,
    DicrecWarning,
    FileError,
    OutOfMemoryError,
    Status,
    WeightsError,
)
from ._api import VERSION as __version__
from ._files import load_any as load
from ._library import lib as _lib
from .estimator import Estimator, estimate, estimate_many
from .gate_curves import GateCurves
from .limits import LIMITS, Limit
from .model import Model, Protocol, dic_names, models
from .population import Population, generate
from .posterior import Posterior
from .reconstruction import reconstruct, reconstruct_many, reconstruct_posterior
from .reconstruction_result import Reconstruction
from .report import REMARKS, ReconstructionReport
from .simulation import simulate
from .simulation_result import Simulation
from .spike_statistics import SpikeStationarity, SpikeStatistics
from .spikes import Spikes
from .stream import Stream

if TYPE_CHECKING:
    from . import plot as plot

__all__ = [
    "LIMITS",
    "REMARKS",
    "ArgumentError",
    "CancelledError",
    "ComputationError",
    "DicrecError",
    "DicrecWarning",
    "Estimator",
    "FileError",
    "GateCurves",
    "Limit",
    "Model",
    "OutOfMemoryError",
    "Population",
    "Posterior",
    "Protocol",
    "Reconstruction",
    "ReconstructionReport",
    "Simulation",
    "SpikeStationarity",
    "SpikeStatistics",
    "Spikes",
    "Status",
    "Stream",
    "WeightsError",
    "build_info",
    "dic_names",
    "__version__",
    "estimate",
    "estimate_many",
    "generate",
    "load",
    "models",
    "reconstruct",
    "reconstruct_many",
    "reconstruct_posterior",
    "simulate",
    "version",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """The module `plot`, imported when it is first used: it needs matplotlib."""
        if name == "plot":
            return importlib.import_module(".plot", __name__)
        raise AttributeError("module %r has no attribute %r" % (__name__, name))


def version() -> str:
    """Version of the shared library, "major.minor.patch".

    Examples
    --------
    >>> dicrec.version().count(".")
    2
    """
    return str(_lib.version().decode())


def build_info() -> str:
    """How the shared library was built, one line.

    Examples
    --------
    >>> "SUNDIALS" in dicrec.build_info()
    True
    """
    return str(_lib.build_info().decode())
