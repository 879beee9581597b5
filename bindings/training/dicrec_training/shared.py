# SPDX-License-Identifier: MIT
"""What the library and training must agree on, from the library's own lib/network/format.h.

DICREC__NAME of the header is `SHARED.NAME` here. The header beside this file is a link to it, and becomes a copy when
the package is installed.
"""

import ast
import re
from pathlib import Path
from types import SimpleNamespace

PREFIX = "DICREC__"


def definitions(text):
    """{name without prefix: text or number} of a header of plain #defines and anonymous enums; ValueError for a line
    that is anything else."""
    found, place = {}, 0
    for line in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).splitlines():
        line = line.strip()
        define, enumerator = re.fullmatch(r"#define (\w+)\s+(.+)", line), re.fullmatch(PREFIX + r"(\w+),?", line)
        if define:
            found[define[1].removeprefix(PREFIX)] = ast.literal_eval(define[2])
        elif line == "enum {":
            place = 0
        elif enumerator:
            found[enumerator[1]], place = place, place + 1
        elif line not in ("", "};") and not re.fullmatch(r"#(ifndef|define|endif)( \w+_H)?", line):
            raise ValueError("format.h: %r is neither a definition nor an enumerator" % line)
    return found


SHARED = SimpleNamespace(**definitions(Path(__file__).with_name("format.h").read_text()))


def layer(kind, *places):
    """Name of a layer: layer("FLOW", 2, 0) is layer 0 of coordinate 2."""
    return ".".join([getattr(SHARED, "LAYER_" + kind), *map(str, places)])


def weight(name):
    return name + SHARED.LAYER_WEIGHT


def bias(name):
    return name + SHARED.LAYER_BIAS
