# SPDX-License-Identifier: MIT
"""Pictures of trains, simulations, posteriors and populations, on matplotlib.

Every function draws into the Axes that it is given as `ax`, or into a new figure, and returns the Axes, or an array of
them where it needs several. Further keyword arguments go to matplotlib; which artist gets them is said of each. Nothing
global is changed: no style, no rcParams.

>>> import matplotlib; matplotlib.use("Agg")
>>> import dicrec
>>> ax = dicrec.plot.raster([[10, 35, 61], [12, 40, 66]])
>>> ax.get_xlabel()
'time (s)'
"""

from ._class_grid import ClassGrid, class_grid
from ._class_map import class_map
from ._conductances import conductances
from ._dic_curves import dic_curves
from ._dic_plane import dic_plane
from ._intervals import intervals
from ._kinetics import kinetics
from ._noise import noise
from ._pairs import conductance_pairs
from ._raster import raster
from ._summary import summary
from ._traces import traces

__all__ = [
    "ClassGrid",
    "class_grid",
    "class_map",
    "conductance_pairs",
    "conductances",
    "dic_curves",
    "dic_plane",
    "intervals",
    "kinetics",
    "noise",
    "raster",
    "summary",
    "traces",
]
