# SPDX-License-Identifier: MIT
"""What the tests of environments share: the programs under test, the processors to pretend, limits, loud skips.

Environment variables hold the paths of the programs; meson.build says which.
"""

import os
import pathlib
import platform
import subprocess
import sys
import unittest

SKIPPED = 77
LIMIT_S = 60  # an answer takes less than a second; a processor may be busy
DATA = pathlib.Path(__file__).resolve().parents[2] / "examples" / "data"

# The kernels of OpenBLAS that take memory and locks in different ways, and what a processor needs for them.
CORES = {
    "Prescott": {"pni"},
    "Sandybridge": {"avx"},
    "Haswell": {"avx2", "fma"},
    "Zen": {"avx2", "fma"},
    "SkylakeX": {"avx512f", "avx512dq", "avx512bw", "avx512vl"},
}


def path_of(name):
    return os.environ[name]


def cores():
    """The core types that this processor can run; the others are said to be skipped."""
    if platform.machine() != "x86_64":
        return [""]
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        flags = next((set(line.split()) for line in file if line.startswith("flags")), set())
    for name in CORES:
        if not CORES[name] <= flags:
            print(f"*** SKIPPED: this processor is no {name} ***", flush=True)
    return [name for name in CORES if CORES[name] <= flags]


def run(command, prepare=None, **environment):
    """Run a program with a limit of time; `prepare` is called in its process before it begins."""
    return subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **environment},
        preexec_fn=prepare,
        timeout=LIMIT_S,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        check=False,
    )


def has_serial_blas():
    """Whether no BLAS, or none with threads of its own, is loaded with the library."""
    text = run([path_of("PROGRAM"), "info"]).stdout
    return b"no BLAS" in text or b"serial" in text


class Case(unittest.TestCase):
    def assert_same(self, result, expected, what=""):
        """The same bytes, success, and not a word of anybody on stderr."""
        self.assertEqual(result.stderr, b"", what)
        self.assertEqual(result.returncode, expected.returncode, what)
        self.assertEqual(result.stdout.decode(), expected.stdout.decode(), what)

    def assert_told(self, result, what=""):
        """Not everything was done, and the program says so in its own words, in one line."""
        message = result.stderr.decode(errors="replace")
        self.assertIn(result.returncode, (1, 2), f"{what}: {message}")
        if result.returncode == 2:
            self.assertEqual(message.count("\n"), 1, f"{what}: {message}")
            self.assertTrue(message.startswith("dicrec: "), f"{what}: {message}")
        else:
            self.assertEqual(message, "", what)


def main():
    """Run the tests of the calling file; skipped ones are told, and 77 is the exit code where nothing else is left."""
    if "PROGRAM" in os.environ and run([path_of("PROGRAM"), "--version"]).returncode == SKIPPED:
        print("*** SKIPPED: this processor does not have the vector unit ***")
        sys.exit(SKIPPED)
    result = unittest.main(exit=False, verbosity=2).result
    for test, reason in result.skipped:
        print(f"*** SKIPPED: {test.id()}, because {reason} ***", flush=True)
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(SKIPPED if result.testsRun == len(result.skipped) else 0)
