# SPDX-License-Identifier: MIT
"""What docs/tutorial-model.md shows is true: its Python, its commands, and its parts of the file."""

from __future__ import annotations

import doctest
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest
import warnings
from typing import Any, Iterator, List

try:
    import numpy  # noqa: F401
except ImportError:
    print("SKIPPED: the tutorial is not run, NumPy is missing", file=sys.stderr)
    sys.exit(77)

import dicrec

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "tutorial-model.md").read_text(encoding="utf-8")


def blocks(language: str) -> List[str]:
    found = re.findall(r"^```%s\n(.*?)^```$" % language, PAGE, re.DOTALL | re.MULTILINE)
    assert found, "no %s" % language
    return found


def inner(values: Any) -> Iterator[Any]:
    """A JSON value, and all that it is made of, with names as objects of one entry."""
    yield values
    children = values if isinstance(values, list) else values.values() if isinstance(values, dict) else ()
    for child in children:
        yield from inner(child)
    for name in values if isinstance(values, dict) else ():
        yield {name: values[name]}


class Tutorial(unittest.TestCase):
    def test_python(self) -> None:
        source = "".join(blocks("python"))
        test = doctest.DocTestParser().get_doctest(source, {}, "tutorial", "tutorial-model.md", 0)
        told: List[str] = []
        os.chdir(ROOT)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            result = doctest.DocTestRunner().run(test, out=told.append)
        self.assertEqual(result.failed, 0, "".join(told))
        self.assertGreater(result.attempted, 14)

    def test_parts_are_those_of_the_file(self) -> None:
        parts = list(inner(json.loads((ROOT / "examples" / "models" / "thalamocortical.json").read_text())))
        for block in blocks("json"):
            self.assertIn(json.loads("{%s}" % block), parts)

    def test_commands(self) -> None:
        commands = re.findall(r"^    (dicrec .*)$", PAGE, re.MULTILINE)
        self.assertEqual(len(commands), 3)
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "examples").symlink_to(ROOT / "examples")
            for command in commands:
                words = [os.environ["DICREC"], *shlex.split(command)[1:]]
                subprocess.run(words, cwd=folder, check=True, timeout=60)
            for name in ("relay.csv", "spikes.csv", "dics.csv"):
                self.assertEqual(len(pathlib.Path(folder, name).read_text().splitlines()), 101, name)


if __name__ == "__main__":
    unittest.main(verbosity=1)
