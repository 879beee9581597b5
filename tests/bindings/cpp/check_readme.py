# SPDX-License-Identifier: MIT
"""What the page for C++ shows compiles without a warning and runs.

Usage: check_readme.py README SOURCE_FOLDER LIBRARY COMPILER...      (the library is linked by its path)

Blocks that begin with an include are programs; the others are one program together, in their order. A program whose
first line says -fno-exceptions is compiled so.
"""

from __future__ import annotations

import os
import pathlib
import re
import subprocess
import sys
import tempfile

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror"]


def programs(page: str) -> list[str]:
    blocks = re.findall(r"^```cpp\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    whole = [block for block in blocks if block.startswith("#include")]
    parts = [block for block in blocks if not block.startswith("#include")]
    return [*whole, "#include <dicrec.hpp>\n#include <iostream>\nint main() {\n%s}\n" % "".join(parts)]


def main(page: str, folder: str, library: str, *compiler: str) -> int:
    texts = programs(pathlib.Path(page).read_text(encoding="utf-8"))
    includes = ["-I" + os.path.join(folder, *path) for path in (("include",), ("bindings", "cpp"))]
    with tempfile.TemporaryDirectory() as name:
        for i, text in enumerate(texts):
            source, program = pathlib.Path(name) / ("%d.cpp" % i), pathlib.Path(name) / ("program%d" % i)
            source.write_text(text, encoding="utf-8")
            mode = ["-fno-exceptions"] if "-fno-exceptions" in text.split("\n")[0] else []
            options = ["-std=c++17", *mode, *WARNINGS, *includes, "-Wl,-rpath," + os.path.dirname(library)]
            subprocess.run([*compiler, *options, str(source), library, "-o", str(program)], check=True, timeout=120)
            subprocess.run([str(program)], check=True, timeout=60)
    print("%d programs" % len(texts))
    return 0 if len(texts) > 2 else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
