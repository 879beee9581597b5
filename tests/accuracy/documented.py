# SPDX-License-Identifier: MIT
"""The accuracy that the documentation claims, read from its tables."""

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def rows(path, columns):
    """Cells of the rows of all tables with so many columns."""
    for line in path.read_text().splitlines():
        if line.startswith("|") and line.count("|") == columns + 1:
            yield [cell.strip() for cell in line.split("|")[1:-1]]


def numbers(text):
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def estimates(model):
    """{(trains, class): (errors of g_s and g_u, shares of truths inside the 90 % intervals)} of a model card."""
    found = {}
    for label, _, error_s, error_u, _, _, _, inside, _ in rows(DOCS / ("weights-%s.md" % model), 9):
        if numbers(error_s):
            found[tuple(label.rsplit(", ", 1))] = (float(error_s), float(error_u)), numbers(inside)
    return found


def reconstructions():
    """{(model and class, selection): (share of the same class, mean and median of the rate error)}, all in percent."""
    found, trains = {}, None
    for label, selection, same, rate, *_ in rows(DOCS / "reconstruction.md", 8):
        trains = label or trains
        if len(numbers(rate)) == 2:
            found[trains, selection] = (*numbers(same), *numbers(rate))
    return found
