# SPDX-License-Identifier: MIT
"""Compare the exported symbols of the library with symbols.txt and with the public headers.

Usage: check_symbols.py NM LIBRARY EXPECTED HEADER_FOLDER [--write]
"""

import pathlib
import re
import subprocess
import sys


def exported(nm, library):
    """Names of exported functions and data, without their version."""
    listing = subprocess.run([nm, "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
    fields = [line.split() for line in listing.splitlines()]
    return sorted(name.split("@")[0] for _, kind, name in fields if kind != "A")  # A: the version nodes


def declared(folder):
    """Names that the public headers mark with DICREC_API."""
    text = "".join(path.read_text() for path in sorted(folder.rglob("*.h")))
    return sorted(re.findall(r"^DICREC_API\s[^;(]*?\b(dicrec_\w+)\(", text, re.MULTILINE))


def complain(title, names):
    for name in names:
        print(f"{title}: {name}")
    return bool(names)


def main(nm, library, expected_path, header_folder, *flags):
    found = exported(nm, library)
    if "--write" in flags:
        pathlib.Path(expected_path).write_text("\n".join(found) + "\n")
    expected = pathlib.Path(expected_path).read_text().split()
    public = declared(pathlib.Path(header_folder))
    wrong = [
        complain("exported, but not in the list", sorted(set(found) - set(expected))),
        complain("in the list, but not exported", sorted(set(expected) - set(found))),
        complain("exported, but in no header", sorted(set(found) - set(public))),
        complain("in a header, but not exported", sorted(set(public) - set(found))),
    ]
    print(f"{len(found)} exported symbols")
    return int(any(wrong))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
