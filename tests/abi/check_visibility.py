# SPDX-License-Identifier: MIT
"""Preprocess the headers as on Windows, and elsewhere: every public function is imported, exported or neither, as the
program that includes them says.

Usage: check_visibility.py HEADER_FOLDER DESCRIPTION COMPILER...
"""

import json
import pathlib
import re
import subprocess
import sys

#: Macros that are defined, and what stands before each function then.
CASES = {
    ("_WIN32",): "__declspec(dllimport)",
    ("_WIN32", "DICREC_BUILDING"): "__declspec(dllexport)",
    ("_WIN32", "DICREC_STATIC"): "",
    ("__CYGWIN__",): "__declspec(dllimport)",
    (): '__attribute__((visibility("default")))',
    ("DICREC_BUILDING",): '__attribute__((visibility("default")))',
    ("DICREC_STATIC",): "",
}


def declarations(folder, compiler, macros):
    """Text before the name of each function, as the compiler sees it."""
    command = [*compiler, *("-D%s" % macro for macro in macros), "-E", "-P", "-I", folder, "-x", "c", "-"]
    source = "#include <dicrec.h>\n"
    output = subprocess.run(command, input=source, capture_output=True, text=True, check=True).stdout
    statements = re.split(r"[;{}]", output)
    found = (re.match(r"\s*(.*?)\b(dicrec_\w+)\s*\(", statement, re.S) for statement in statements)
    return {match.group(2): match.group(1).strip() for match in found if match}


def faults(folder, names, compiler, macros, expected):
    found = declarations(folder, compiler, macros)
    others = set(CASES.values()) - {expected, ""}
    for name in names:
        before = found.get(name)
        if before is None or not before.startswith(expected) or any(other in before for other in others):
            yield "with %s: %s is declared %s" % (" and ".join(macros) or "no macro", name, before)


def main(folder, description, *compiler):
    names = [f["name"] for f in json.loads(pathlib.Path(description).read_text(encoding="utf-8"))["functions"]]
    wrong = [text for macros, expected in CASES.items() for text in faults(folder, names, compiler, macros, expected)]
    print("\n".join(wrong) or "%d functions in %d cases" % (len(names), len(CASES)))
    return int(bool(wrong) or not names)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
