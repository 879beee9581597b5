# SPDX-License-Identifier: MIT
"""What make_spike_times.py wrote."""

from __future__ import annotations

import csv
import pathlib
from typing import List

import numpy
from numpy.typing import NDArray


def recorded_trains() -> List[NDArray[numpy.float64]]:
    """Spike times of each case, ms."""
    with open(pathlib.Path(__file__).with_name("spike_times.csv"), encoding="utf-8") as table:
        return [numpy.array(row["spike_times_ms"].split(), dtype=float) for row in csv.DictReader(table)]
