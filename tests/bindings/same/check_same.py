# SPDX-License-Identifier: MIT
"""A binding answers the bytes that the program answers.

Usage: check_same.py DICREC RECORDINGS PROGRAM [ARGUMENT]...

PROGRAM [ARGUMENT]... TRAIN FOLDER is run as the usage of same.c says, and each file that it writes is compared with the
tables of the program `dicrec`. Exit code 77, skipped: there is no PROGRAM, or it said so itself.
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from program_numbers import Numbers, Program, first_train, from_a_target, from_spikes

SKIPPED = 77
TIME_LIMIT_S = 280


def packed(numbers: list[float]) -> bytes:
    return struct.pack("<%dd" % len(numbers), *numbers)


def place(expected: Numbers, index: int) -> str:
    """Row and column of a number, both counted from 1."""
    for i, row in enumerate(expected.rows):
        if index < len(row):
            return "row %d, column %d (%s)" % (i + 1, index + 1, expected.columns[index])
        index -= len(row)
    return "beyond the last row"


def difference(expected: Numbers, content: bytes) -> str | None:
    """What differs first, or None."""
    wanted = [number for row in expected.rows for number in row]
    if content == packed(wanted):
        return None
    found = [number for (number,) in struct.iter_unpack("<d", content[: len(content) // 8 * 8])]
    for i, (number, other) in enumerate(zip(wanted, found)):
        if packed([number]) != packed([other]):
            return "%s: the program has %r, here it is %r" % (place(expected, i), number, other)
    return "%d bytes, of the program %d" % (len(content), 8 * len(wanted))


def compare(expected: dict[str, Numbers], folder: Path) -> list[str]:
    """A line for each file that differs."""
    problems = []
    for name, numbers in expected.items():
        path = folder / name
        problem = difference(numbers, path.read_bytes()) if path.exists() else "was not written"
        if problem is not None:
            problems.append("%s: %s" % (name, problem))
    return problems


def main(dicrec: str, recordings: str, *command: str) -> int:
    if shutil.which(command[0]) is None:
        print("skipped: there is no %s" % command[0])
        return SKIPPED
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        times = first_train(Path(recordings))
        (folder / "train").write_text("\n".join(times) + "\n")
        (folder / "output").mkdir()
        result = subprocess.run(
            [*command, str(folder / "train"), str(folder / "output")], timeout=TIME_LIMIT_S, check=False
        )
        if result.returncode != 0:
            print("%s ended with %d" % (command[0], result.returncode))
            return result.returncode
        program = Program(dicrec)
        expected = {**from_spikes(program, times), **from_a_target(program, folder)}
        problems = compare(expected, folder / "output")
    n_numbers = sum(len(row) for numbers in expected.values() for row in numbers.rows)
    print("\n".join(problems) or "%d files, %d numbers, the same bytes" % (len(expected), n_numbers))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
