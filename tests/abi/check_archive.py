# SPDX-License-Identifier: MIT
"""Every name that an archive brings into a program begins with dicrec_, and the public ones are among them.

Usage: check_archive.py NM ARCHIVE HEADER_FOLDER
"""

import pathlib
import re
import subprocess
import sys


def defined(nm, archive):
    command = [nm, "-g", "--defined-only", archive]
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {fields[2] for fields in map(str.split, listing.splitlines()) if len(fields) == 3}


def declared(folder):
    text = "".join(path.read_text() for path in pathlib.Path(folder).rglob("*.h"))
    return set(re.findall(r"^DICREC_API\s[^;(]*?\b(dicrec_\w+)\(", text, re.MULTILINE))


def main(nm, archive, header_folder):
    found, public = defined(nm, archive), declared(header_folder)
    strangers = sorted(name for name in found if not name.startswith("dicrec_"))
    missing = sorted(public - found)
    print(f"{len(found)} names", *(f"may clash: {name}" for name in strangers), sep="\n")
    print(*(f"missing: {name}" for name in missing), sep="\n")
    return int(bool(strangers or missing or not public))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
