# SPDX-License-Identifier: MIT
"""The annotations of the Python layer: a checker agrees with the package and with a user's script.

mypy decides, and pyright too where it is installed as basedpyright; neither is needed to run the library.
"""

import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "bindings" / "python" / "dicrec"
SCRIPT = ROOT / "tests" / "bindings" / "typed_user.py"

for module in ("numpy", "mypy"):
    if importlib.util.find_spec(module) is None:
        print("SKIPPED: the annotations of the Python layer are not checked, %s is missing" % module, file=sys.stderr)
        sys.exit(77)


def run(*command):
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, env=environment)
    return done.returncode, done.stdout + done.stderr


class Annotations(unittest.TestCase):
    def test_mypy(self):
        with tempfile.TemporaryDirectory() as cache:
            strict = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", cache]
            status, text = run(*strict, str(PACKAGE), str(SCRIPT))
        self.assertEqual(status, 0, text)

    @unittest.skipUnless(shutil.which("basedpyright"), "SKIPPED: basedpyright is missing")
    @unittest.skipUnless(
        importlib.util.find_spec("matplotlib"), "SKIPPED: matplotlib, whose types it reads, is missing"
    )
    def test_pyright(self):
        with tempfile.TemporaryDirectory() as folder:
            settings = pathlib.Path(folder) / "pyrightconfig.json"
            chosen = {"include": [str(PACKAGE), str(SCRIPT)], "extraPaths": [str(PACKAGE.parent)]}
            settings.write_text(json.dumps({**chosen, "typeCheckingMode": "standard"}))
            status, text = run("basedpyright", "--pythonpath", sys.executable, "-p", str(settings))
        self.assertEqual(status, 0, text)

    def test_the_package_says_that_it_is_typed(self):
        self.assertTrue((PACKAGE / "py.typed").exists())


class UsersScript(unittest.TestCase):
    def test_it_runs(self):
        status, text = run(sys.executable, "-W", "error", str(SCRIPT))
        self.assertEqual(status, 0, text)

    def test_it_uses_every_public_name(self):
        listed = re.search(r"__all__ = \[(.*?)\]", (PACKAGE / "__init__.py").read_text(encoding="utf-8"), re.S)[1]
        used = set(re.findall(r"dicrec\.(\w+)", SCRIPT.read_text(encoding="utf-8")))
        self.assertEqual(set(re.findall(r'"(\w+)"', listed)) - used, set(), "add them to tests/bindings/typed_user.py")


if __name__ == "__main__":
    unittest.main(verbosity=1)
