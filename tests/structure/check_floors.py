# SPDX-License-Identifier: MIT
"""Read every #include of the library and the program: nothing may look up, sideways at a sister, or in a circle.

A module is a source file with the header of its name, so that a.h > b.h and b.c > a.h is no circle of headers, but one
of modules. A public header stands on the floor of what it declares; sisters may read each other's public headers.

Usage: check_floors.py PROJECT_FOLDER
"""

import pathlib
import re
import sys

FLOORS = [
    {"core"},
    {"models", "spikes"},
    {"network", "dic"},
    {"population", "estimator", "simulator"},
    {"reconstruct"},
]
# What the operating system is asked through, which one module of the library alone may know.
SYSTEM = re.compile(r"(sys/.*|pthread|unistd|fcntl|locale|time|signal|dlfcn|poll|sched|semaphore|windows)\.h")
SYSTEM_MODULE = "core/system"
PUBLIC = {  # public headers by what they declare, where it is not the folder of their name
    **dict.fromkeys(["version", "status", "context", "limits"], "core"),
    "model": "models",
    "stream": "estimator",
    "neuron": "simulator",
}
LEVEL = {folder: level for level, folders in enumerate(FLOORS) for folder in folders}


def includes(path):
    """Yield what a file includes, in order, as (text, is it in quotes)."""
    for quote, name in re.findall(r'^\s*#\s*include\s+(["<])([^">]+)[">]', path.read_text(), re.MULTILINE):
        yield name, quote == '"'


def folder_of(name):
    """The folder under lib that a file, or a public header, belongs to; None: none."""
    first, _, rest = name.partition("/")
    if first != "dicrec":
        return first if rest else None
    stem = rest.removesuffix(".h")
    return PUBLIC.get(stem, stem)


def arrows_up(folder, names):
    for name in names:
        own = folder_of(name)
        for other, _ in includes(folder / name):
            beside = str(pathlib.PurePosixPath(name).parent / other)
            to = folder_of(beside if beside in names else other)
            if own not in LEVEL or to not in LEVEL or own == to:
                continue
            is_public = other.startswith("dicrec/") or name.startswith("dicrec/")
            if LEVEL[to] > LEVEL[own] or (LEVEL[to] == LEVEL[own] and not is_public):
                yield f"{name} includes {other}, which is not below it"


def strangers(library, names):
    """Folders that stand on no floor, and headers that are nowhere."""
    for name in names:
        if "/" in name and folder_of(name) not in LEVEL:
            yield f"{name} stands on no floor"
        for other, is_quoted in includes(library / name):
            is_public = other == "dicrec.h" or other.startswith("dicrec/")
            if is_quoted and not is_public and other not in names:
                yield f'{name} includes "{other}", which is no file of the library'
            if is_public and "/" in other and folder_of(other) not in LEVEL:
                yield f"{name} includes {other}, which stands on no floor"


def system_headers(library, names):
    for name in names:
        for other, is_quoted in includes(library / name):
            if not is_quoted and SYSTEM.fullmatch(other) and name.rsplit(".", 1)[0] != SYSTEM_MODULE:
                yield f"{name} includes <{other}>, which is for {SYSTEM_MODULE} alone"


def modules(folder, names):
    """What each module includes: {module: {module}}."""
    graph = {}
    for name in names:
        others = [other for other, _ in includes(folder / name)]
        beside = [str(pathlib.PurePosixPath(name).parent / other) for other in others]
        known = {other.removesuffix(".h") for other in [*others, *beside] if other in names}
        stem = name.rsplit(".", 1)[0]
        graph.setdefault(stem, set()).update(known - {stem})
    return graph


def cycles(graph):
    """Yield every circle that a walk in depth meets, once."""
    done, path = set(), []

    def visit(module):
        if module in path:
            yield " > ".join([*path[path.index(module) :], module])
        elif module not in done:
            path.append(module)
            for other in sorted(graph[module]):
                yield from visit(other)
            path.pop()
            done.add(module)

    for module in sorted(graph):
        yield from visit(module)


def late_headers(folder, names):
    for name in names:
        own = name.removesuffix(".c") + ".h"
        if name.endswith(".c") and own in names and next(includes(folder / name), ("",))[0] != own:
            yield f"{name} includes something before {own}, which could lean on it"


def private_headers(program, names, library_names):
    for name in names:
        for other, is_quoted in includes(program / name):
            beside = str(pathlib.PurePosixPath(name).parent / other)
            if other in names or beside in names:
                continue
            if is_quoted or other in library_names:
                yield f"{name} includes {other}, which is neither public nor of the program"


def sources(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*.[ch]"))


def main(project):
    library, program, public = (pathlib.Path(project) / part for part in ("lib", "bindings/cli", "include"))
    names, program_names, public_names = sources(library), sources(program), sources(public)
    if not (names and program_names and public_names):
        raise SystemExit("no sources found")
    findings = {
        "arrows up": [*arrows_up(library, names), *arrows_up(public, public_names)],
        "strangers": [*strangers(library, names)],
        "system headers": [*system_headers(library, names)],
        "cycles in lib": [*cycles(modules(library, names))],
        "cycles in include": [*cycles(modules(public, public_names))],
        "cycles in bindings/cli": [*cycles(modules(program, program_names))],
        "headers that are not first": [*late_headers(library, names), *late_headers(program, program_names)],
        "private headers": [*private_headers(program, program_names, names)],
    }
    for title, found in findings.items():
        print(f"{title}: {len(found)}", *found, sep="\n  ")
    return int(any(findings.values()))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
