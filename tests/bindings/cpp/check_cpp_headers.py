# SPDX-License-Identifier: MIT
"""Compile each header for C++ alone, in C++17 and C++20, with and without exceptions, every warning an error.

Usage: check_cpp_headers.py HEADER_FOLDER C_HEADER_FOLDER

Compilers are those of g++ and clang++ that are there; exit code 77 if there is neither.
"""

from __future__ import annotations

import concurrent.futures
import itertools
import pathlib
import shutil
import subprocess
import sys

SKIPPED = 77
COMPILERS = ("g++", "clang++")
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]


def compiles(command: list[str], header: str) -> bool:
    """Whether a header compiles when it is included twice."""
    source = '#include "%s"\n' % header * 2 + "int main() { return 0; }\n"
    result = subprocess.run(command, input=source, capture_output=True, text=True, timeout=120, check=False)
    if result.returncode != 0:
        print("BAD ", *command, header, result.stderr, sep="  ")
    return result.returncode == 0


def main(folder: str, c_folder: str) -> int:
    found = [compiler for compiler in COMPILERS if shutil.which(compiler)]
    for missing in sorted(set(COMPILERS) - set(found)):
        print("*** SKIPPED: the headers are not tried with %s, which is not installed ***" % missing)
    headers = sorted(str(path.relative_to(folder)) for path in pathlib.Path(folder).rglob("*.hpp"))
    includes = ["-I" + folder, "-isystem", c_folder, "-fsyntax-only", "-x", "c++", "-"]
    modes = itertools.product(found, ("c++17", "c++20"), ("-fexceptions", "-fno-exceptions"))
    tasks = [([name, "-std=" + standard, mode, *WARNINGS, *includes], "dicrec.hpp") for name, standard, mode in modes]
    # one compiler is enough to see that no header needs what another includes
    tasks += [([name, "-std=c++17", *includes], header) for name in found[:1] for header in headers]
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        good = list(pool.map(lambda task: compiles(*task), tasks))
    print("%d of %d good, %s" % (sum(good), len(good), ", ".join(found) or "no compiler"))
    return (0 if headers and all(good) else 1) if found else SKIPPED


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
