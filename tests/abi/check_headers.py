# SPDX-License-Identifier: MIT
"""Compile each public header alone, twice included, with every warning an error.

Usage: check_headers.py HEADER_FOLDER LANGUAGE STANDARD COMPILER...      (LANGUAGE: c or c++)
"""

import pathlib
import subprocess
import sys

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def compiles(compiler, language, standard, folder, header):
    source = f'#include "{header}"\n#include "{header}"\nint used = DICREC_VERSION_MAJOR;\n'
    command = [*compiler, "-x", language, f"-std={standard}", *WARNINGS, "-fsyntax-only", f"-I{folder}", "-"]
    result = subprocess.run(command, input=source, capture_output=True, text=True)
    print("good" if result.returncode == 0 else "BAD ", standard, header, result.stderr, sep="  ")
    return result.returncode == 0


def main(folder, language, standard, *compiler):
    headers = sorted(path.relative_to(folder) for path in pathlib.Path(folder).rglob("*.h"))
    good = [compiles(compiler, language, standard, folder, header) for header in headers]
    return 0 if good and all(good) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
