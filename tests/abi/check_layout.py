# SPDX-License-Identifier: MIT
"""Compare the layout of every public struct with layout.txt: lines of `struct.field offset size`.

The structs and their fields are read from the headers, so that a new one cannot be forgotten.

Usage: check_layout.py HEADER_FOLDER EXPECTED [--write] COMPILER...
"""

import difflib
import pathlib
import re
import subprocess
import sys
import tempfile

SKIPPED = 77  # what Meson takes for "skipped"


def structs(folder):
    """Yield (struct, field names) for every struct that the headers define."""
    for path in sorted(folder.rglob("*.h")):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
        for name, body in re.findall(r"^typedef struct (\w+) \{(.*?)^\} \1;", text, re.DOTALL | re.MULTILINE):
            fields = [field for field in body.split(";") if field.strip()]
            yield name, [re.search(r"\(\*(\w+)\)|(\w+)(?:\[\w+\])*\s*$", field) for field in fields]


def program(folder):
    """C source that prints the layout."""
    lines = ["#include <dicrec.h>", "#include <stdio.h>", "int main(void) {"]
    for name, fields in structs(folder):
        lines.append(f'printf("{name} - %zu\\n", sizeof({name}));')
        for match in fields:
            field = match[1] or match[2]
            size = f"sizeof((({name} *)0)->{field})"
            lines.append(f'printf("{name}.{field} %zu %zu\\n", offsetof({name}, {field}), {size});')
    return "\n".join([*lines, 'printf("pointer - %zu\\n", sizeof(void *));', "return 0; }"]) + "\n"


def layout(folder, compiler):
    with tempfile.TemporaryDirectory() as temporary:
        source, binary = pathlib.Path(temporary) / "layout.c", pathlib.Path(temporary) / "layout"
        source.write_text(program(folder))
        subprocess.run([*compiler, "-std=c99", f"-I{folder}", str(source), "-o", str(binary)], check=True)
        return subprocess.run([str(binary)], capture_output=True, text=True, check=True).stdout.splitlines()


def main(header_folder, expected_path, *compiler):
    writes = compiler[0] == "--write"
    found = layout(pathlib.Path(header_folder), compiler[writes:])
    if writes:
        pathlib.Path(expected_path).write_text("\n".join(found) + "\n")
    if found[-1] != "pointer - 8":
        print("SKIPPED: the list is for pointers of 8 bytes")
        return SKIPPED
    expected = pathlib.Path(expected_path).read_text().splitlines()
    changes = list(difflib.unified_diff(expected, found, "layout.txt", "this build", lineterm="", n=0))
    print("\n".join(changes) if changes else f"{len(found)} lines agree")
    return int(bool(changes))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
