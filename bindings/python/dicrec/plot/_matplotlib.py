# SPDX-License-Identifier: MIT
# mypy: disable-error-code="import"
"""What is used of matplotlib. This file alone imports it, for not every version of it comes with annotations."""

from __future__ import annotations

from typing import Any

try:
    from matplotlib import colors, patches, ticker
except ImportError as _failure:
    raise ImportError("dicrec.plot needs matplotlib: pip install dicrec[plot]") from _failure
from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = ["Axes", "Figure", "colors", "patches", "pyplot_figure", "ticker"]


def pyplot_figure(**arguments: Any) -> Figure:
    """A figure that pyplot knows, so that notebooks and `pyplot.show` show it."""
    from matplotlib import pyplot  # not before it is needed: it picks a backend

    return pyplot.figure(**arguments)
