# SPDX-License-Identifier: MIT
"""Every public function is reached by each binding, or bindings/api/unreached.toml says why it is not.

Usage: check_reach.py SOURCE_FOLDER

A function is reached if the layer that was written by hand names it, or names what the generated layer makes of it. A
reason for a function that is reached, or that there is none of, is stale.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

try:
    import tomllib
except ImportError:
    print("skipped: this Python has no tomllib, 3.11 does")
    sys.exit(77)


def snake(name: str) -> str:
    """SimulateOptions as simulate_options."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def python_names(text: str, generated: str) -> set[str]:
    """Attributes of the library; structs that are filled with defaults; enums whose words it is asked for."""
    names = set(re.findall(r"\blib\.(\w+)", re.sub(r"\b_lib\.", "lib.", text)))
    names.update(snake(struct) + "_init" for struct in re.findall(r"\bnew_options\(\s*_api\.(\w+)", text))
    names.update(snake(constants) + "_name" for constants in re.findall(r"\bword_of\(\s*_api\.(\w+)", text))
    return names


def cpp_names(text: str, generated: str) -> set[str]:
    return set(re.findall(r"\bdicrec_(\w+)", re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)))


def julia_names(text: str, generated: str) -> set[str]:
    """Functions of the generated module; where one is chosen by the type of its argument, all that it chooses from."""
    names = set(re.findall(r"\bAPI\.(\w+!?)", text))
    choices = re.findall(r"^(\w+!?)\([^)]*::[^)]*\)\s*=\s*(\w+)\(", generated, re.MULTILINE)
    return names | {chosen for general, chosen in choices if general in names}


@dataclass(frozen=True)
class Binding:
    """Where its sources are, which of them are generated, and how they name functions."""

    folder: str
    suffixes: tuple[str, ...]
    generated: str
    names: Callable[[str, str], set[str]]


BINDINGS = {
    "python": Binding("bindings/python/dicrec", (".py",), "_api.py", python_names),
    "cpp": Binding("bindings/cpp", (".hpp",), "", cpp_names),
    "julia": Binding("bindings/julia", (".jl",), "api.jl", julia_names),
}


def reached(binding: Binding, folder: Path) -> set[str]:
    """Names of functions, without the prefix, and maybe others."""
    files = [p for p in folder.rglob("*") if p.suffix in binding.suffixes and not {"test", "example"} & set(p.parts)]
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    by_hand = "".join(text for path, text in texts.items() if path.name != binding.generated)
    generated = "".join(text for path, text in texts.items() if path.name == binding.generated)
    return binding.names(by_hand, generated)


def reasons(entries: Iterable[dict[str, object]]) -> set[str]:
    """Functions of which some entry says why they are not reached."""
    found: list[str] = []
    for entry in entries:
        if not entry["reason"] or not isinstance(entry["functions"], list):
            raise ValueError("an entry is a reason and functions: %s" % entry)
        found += entry["functions"]
    if len(found) != len(set(found)):
        raise ValueError("some function has two reasons")
    return set(found)


def problems(public: set[str], named: set[str], excused: set[str]) -> list[str]:
    return [
        *("dicrec_%s is not reached, and there is no reason" % name for name in sorted(public - named - excused)),
        *("dicrec_%s is reached, but there is a reason why not" % name for name in sorted(excused & named & public)),
        *("dicrec_%s has a reason, but does not exist" % name for name in sorted(excused - public)),
    ]


def main(source: str) -> int:
    api = Path(source) / "bindings" / "api"
    functions = json.loads((api / "dicrec.json").read_text(encoding="utf-8"))["functions"]
    public = {function["name"][len("dicrec_") :] for function in functions}
    excuses = tomllib.loads((api / "unreached.toml").read_text(encoding="utf-8"))
    failed = bool(excuses.keys() - BINDINGS.keys())
    for name, binding in BINDINGS.items():
        folder = Path(source) / binding.folder
        if not folder.is_dir():
            continue
        named, excused = reached(binding, folder), reasons(excuses.get(name, []))
        print("%s: %d of %d reached, %d with a reason" % (name, len(public & named), len(public), len(excused)))
        for problem in problems(public, named, excused):
            print("%s: %s" % (name, problem))
            failed = True
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
