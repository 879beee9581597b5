# SPDX-License-Identifier: MIT
"""The comparison of check_same.py sees what differs, and says where."""

from __future__ import annotations

import math
import sys
import tempfile
import unittest
from pathlib import Path

from check_same import SKIPPED, compare, main, packed
from program_numbers import Numbers

EXPECTED = Numbers(["g_Na", "g_Kd"], [[1.0, 2.0], [3.0], [4.0, 5.0]])
WANTED = packed([1, 2, 3, 4, 5])


class Comparison(unittest.TestCase):
    def problems(self, content: bytes) -> list[str]:
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "file").write_bytes(content)
            return compare({"file": EXPECTED}, Path(name))

    def test_same(self) -> None:
        self.assertEqual(self.problems(WANTED), [])

    def test_last_bit(self) -> None:
        (problem,) = self.problems(packed([1, 2, 3, 4, math.nextafter(5, 6)]))
        self.assertIn("file: row 3, column 2 (g_Kd): the program has 5.0, here it is 5.000000000000001", problem)

    def test_sign_of_zero(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "file").write_bytes(packed([-0.0]))
            self.assertEqual(len(compare({"file": Numbers(["V"], [[0.0]])}, Path(name))), 1)

    def test_length(self) -> None:
        for content in (b"", WANTED[:-1], WANTED[:-8], WANTED + b"\0"):
            self.assertEqual(len(self.problems(content)), 1)

    def test_missing_file(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            self.assertEqual(compare({"file": EXPECTED}, Path(name)), ["file: was not written"])


class Programs(unittest.TestCase):
    def test_missing_program_is_skipped(self) -> None:
        self.assertEqual(main("dicrec", "recordings", "no-such-program"), SKIPPED)


if __name__ == "__main__":
    sys.exit(unittest.main())
