# SPDX-License-Identifier: MIT
"""Colours: what belongs to one train is grey, as the program draws it; the rest is told apart by anyone's eyes.

The hues are those of Okabe and Ito, which the colour-blind distinguish.
"""

from __future__ import annotations

from typing import Dict

from .. import _api
from .._words import words

INPUT = "0"
INPUT_FILL = "0.78"
ACCEPTED = "0.1"
REJECTED = "0.68"
POSTERIOR = "0.68"
MID = "0.45"  # of notes and reference lines
BAND = "0.88"
ACCENT = "#D55E00"  # of a target or a threshold, which is not data

#: Of the fast, the slow and the ultraslow DIC.
DICS = ("#0072B2", "#E69F00", "#009E73")

#: One after the other, for columns that have no colour of their own.
CYCLE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#000000", "#999933", "#882255")

_CLASSES = ("#999999", "#56B4E9", "#E69F00", "#CC79A7")


def class_colours() -> Dict[str, str]:
    """Colour of each activity class, by the library's word for it."""
    return dict(zip(words(_api.Activity), _CLASSES))


def opacity(n: int) -> float:
    """Opacity of each of n lines that lie over one another."""
    return max(0.06, min(0.8, 24 / max(n, 1)))
