# SPDX-License-Identifier: MIT
"""Give several_copies.c copies of the shared library, which the loader takes for different ones.

Usage: test_several_copies.py PROGRAM LIBRARY [PLUGIN]
"""

import pathlib
import shutil
import sys
import tempfile

from commands import expect, run


def main(program, library, *plugin):
    with tempfile.TemporaryDirectory() as temporary:
        copies = []
        for name in ("first", "second"):
            folder = pathlib.Path(temporary) / name
            folder.mkdir()
            copies.append(shutil.copy(library, folder))  # of one name and one soname, as in two packages
        expect(run(program, *copies, *plugin), "answer the same")


if __name__ == "__main__":
    main(*sys.argv[1:])
