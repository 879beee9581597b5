# SPDX-License-Identifier: MIT
"""Compare the exported symbols of the library with the symbol map and with the public headers, versions included.

Usage: check_symbols.py NM LIBRARY MAP DESCRIPTION
"""

import json
import pathlib
import re
import subprocess
import sys


def exported(nm, library):
    """Exported functions and data, as name@version."""
    listing = subprocess.run([nm, "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
    fields = [line.split() for line in listing.splitlines()]
    return {name.replace("@@", "@") for _, kind, name in fields if kind != "A"}  # A: the version nodes


def mapped(text):
    """Symbols of the map, as name@version; it may hold no wildcard but the last, which hides the rest."""
    nodes = re.findall(r"^(\w+[\w.]*) \{\s*global:(.*?)(?:local:\s*\*;\s*)?\}[^;]*;", text, re.S | re.M)
    return {"%s@%s" % (symbol.strip(), node) for node, body in nodes for symbol in body.split(";") if symbol.strip()}


def declared(description):
    """Functions of the public headers, as name@version."""
    return {"%s@DICREC_%s" % (function["name"], function["since"]) for function in description["functions"]}


def complain(title, symbols):
    for symbol in sorted(symbols):
        print(f"{title}: {symbol}")
    return bool(symbols)


def main(nm, library, map_path, description_path):
    found, listed = exported(nm, library), mapped(pathlib.Path(map_path).read_text())
    public = declared(json.loads(pathlib.Path(description_path).read_text(encoding="utf-8")))
    wrong = [
        complain("exported, but not in the map", found - listed),
        complain("in the map, but not exported", listed - found),
        complain("in the map, but in no header", listed - public),
        complain("in a header, but not in the map", public - listed),
    ]
    print(f"{len(found)} exported symbols")
    return int(any(wrong) or not found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
