# SPDX-License-Identifier: MIT
"""Compare the layout of every public struct, as a compiler makes it, with the description of the interface.

Usage: check_layout.py HEADER_FOLDER DESCRIPTION COMPILER...
"""

import difflib
import json
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77  # what Meson takes for "skipped"


def expected(description):
    """Lines of `struct - size` and `struct.field offset size`."""
    for struct in description["structs"]:
        yield "%s - %d" % (struct["name"], struct["size"])
        for field in struct["fields"]:
            yield "%s.%s %d %d" % (struct["name"], field["name"], field["offset"], field["size"])
    yield "pointer - %d" % description["pointer_size"]


def program(description):
    """C source that prints the same lines."""
    lines = ["#include <dicrec.h>", "#include <stdio.h>", "int main(void) {"]
    for struct in description["structs"]:
        name = struct["name"]
        lines.append(f'printf("{name} - %zu\\n", sizeof({name}));')
        for field in (field["name"] for field in struct["fields"]):
            size = f"sizeof((({name} *)0)->{field})"
            lines.append(f'printf("{name}.{field} %zu %zu\\n", offsetof({name}, {field}), {size});')
    return "\n".join([*lines, 'printf("pointer - %zu\\n", sizeof(void *));', "return 0; }"]) + "\n"


def compiled(description, folder, compiler):
    with tempfile.TemporaryDirectory() as temporary:
        source, binary = pathlib.Path(temporary) / "layout.c", pathlib.Path(temporary) / "layout"
        source.write_text(program(description))
        subprocess.run([*compiler, "-std=c99", f"-I{folder}", str(source), "-o", str(binary)], check=True)
        return subprocess.run([str(binary)], capture_output=True, text=True, check=True).stdout.splitlines()


def main(header_folder, description_path, *compiler):
    description = json.loads(pathlib.Path(description_path).read_text(encoding="utf-8"))
    wanted, found = list(expected(description)), compiled(description, header_folder, compiler)
    if found[-1] != wanted[-1]:
        print("SKIPPED: the description is for pointers of %d bytes" % description["pointer_size"])
        return SKIPPED
    changes = list(difflib.unified_diff(wanted, found, "description", "this build", lineterm="", n=0))
    print("\n".join(changes) if changes else f"{len(found)} lines agree")
    return int(bool(changes))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
