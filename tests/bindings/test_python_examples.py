# SPDX-License-Identifier: MIT
"""The examples in the docstrings of the Python layer: each public class and function has one, and it is right."""

import doctest
import inspect
import pathlib
import sys
import unittest
import warnings

try:
    import numpy
except ImportError:
    print("SKIPPED: examples of the Python layer are not run, NumPy is missing", file=sys.stderr)
    sys.exit(77)

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bindings" / "python"))

import dicrec  # noqa: E402

PUBLIC = {name: getattr(dicrec, name) for name in dicrec.__all__}
DOCUMENTED = {name: item for name, item in PUBLIC.items() if inspect.isclass(item) or inspect.isfunction(item)}


class Examples(unittest.TestCase):
    def test_each_has_one(self):
        without = [name for name, item in DOCUMENTED.items() if "Examples\n" not in (item.__doc__ or "")]
        self.assertEqual(without, ["Status"])  # its constants are the example

    def test_they_are_right(self):
        finder = doctest.DocTestFinder(recurse=True, exclude_empty=True)
        runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
        told = []
        for name, item in DOCUMENTED.items():
            found = finder.find(item, name, module=False, globs={"dicrec": dicrec, "numpy": numpy})
            for test in (test for test in found if test.examples):
                with self.subTest(test.name), warnings.catch_warnings():
                    warnings.simplefilter("ignore", dicrec.DicrecWarning)
                    del told[:]
                    self.assertEqual(runner.run(test, out=told.append).failed, 0, "".join(told))
        self.assertGreater(runner.tries, 60)


if __name__ == "__main__":
    unittest.main(verbosity=1)
