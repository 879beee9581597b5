# SPDX-License-Identifier: MIT
"""Read the public headers into dicrec.json and make of it what else states the interface; and the schema of models'
files of their reader.

Usage: describe.py --write     make anew what is stale
       describe.py --check     say what is stale; exit code 1 if anything is
"""

import json
import pathlib
import sys

import cpp_layer
import documents
import julia_layer
import model_schema
import python_layer
import scripting_layer
import symbol_map
from headers import described

ROOT = pathlib.Path(__file__).resolve().parents[2]


def products():
    """Path and text of everything that is made of the headers."""
    description = described(ROOT / "include")
    yield "bindings/api/dicrec.json", json.dumps(description, indent=2, ensure_ascii=False) + "\n"
    yield "bindings/python/dicrec/_api.py", python_layer.text(description)
    for name, layer in cpp_layer.PRODUCTS.items():
        yield "bindings/cpp/dicrec/cpp/" + name, layer(description)
    yield "bindings/julia/src/api.jl", julia_layer.text(description)
    project = (ROOT / "bindings/julia/Project.toml").read_text(encoding="utf-8")
    yield "bindings/julia/Project.toml", julia_layer.project(project, description)
    yield "bindings/scripting/field_table.h", scripting_layer.text(description)
    yield "lib/dicrec.map", symbol_map.text(description)
    yield "lib/dicrec.exports", symbol_map.apple_text(description)
    yield "docs/model.schema.json", model_schema.text(ROOT / "lib/models")
    for path in documents.PATHS:
        yield path, documents.filled((ROOT / path).read_text(encoding="utf-8"), description)


def is_stale(path, text):
    file = ROOT / path
    return not file.exists() or file.read_text(encoding="utf-8") != text


def main(mode):
    if mode not in ("--check", "--write"):
        raise SystemExit(__doc__)
    stale = [(path, text) for path, text in products() if is_stale(path, text)]
    for path, text in stale:
        print(("written: %s" if mode == "--write" else "stale: %s") % path)
        if mode == "--write":
            (ROOT / path).write_text(text, encoding="utf-8")
    if stale and mode == "--check":
        raise SystemExit("make them anew: python3 bindings/api/describe.py --write")


if __name__ == "__main__":
    main(*sys.argv[1:] or [""])
