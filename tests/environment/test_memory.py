# SPDX-License-Identifier: MIT
"""Little memory: a result or a message within seconds, from the program and from the library in threads."""

import resource
import unittest

from environments import DATA, Case, cores, has_serial_blas, main, path_of, run

MEBI = 1 << 20
COMMANDS = (
    ("estimate", "--model", "stg", DATA / "stg_bursting.csv"),
    ("reconstruct", "--model", "stg", "-n", "4", DATA / "stg_bursting.csv"),
)


def at_most(n_bytes):
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))


class Memory(Case):
    def setUp(self):
        if not has_serial_blas():
            self.skipTest("a BLAS with threads of its own is loaded, which ends or hangs a process without memory")

    def test_the_program_within_small_limits(self):
        for core in cores():
            for command in COMMANDS:
                whole = run([path_of("PROGRAM"), *command], OPENBLAS_CORETYPE=core)
                for mebi in (60, 80, 100, 146, 300):
                    limited = run([path_of("PROGRAM"), *command], at_most(mebi * MEBI), OPENBLAS_CORETYPE=core)
                    what = f"{command[0]}, {mebi} MiB, {core}"
                    if limited.returncode == 0:
                        self.assert_same(limited, whole, what)
                    else:
                        self.assert_told(limited, what)

    def test_the_program_where_its_memory_just_ends(self):
        """From where the system cannot even load it to where all is well, in small steps."""
        n_told = 0
        for command in COMMANDS:
            whole = run([path_of("PROGRAM"), *command])
            for quarter in range(4 * 24, 4 * 60):
                limited = run([path_of("PROGRAM"), *command], at_most(quarter * MEBI // 4))
                what = f"{command[0]}, {quarter / 4} MiB"
                if limited.returncode == 127 or limited.returncode < 0 and limited.stderr + limited.stdout == b"":
                    self.assertEqual(n_told, 0, what)  # not yet the program: the loader's word, or the system's
                elif limited.returncode == 0:
                    self.assert_same(limited, whole, what)
                    break
                else:
                    self.assert_told(limited, what)
                    n_told += 1
            else:
                self.fail(f"{command[0]} needs more than 60 MiB")
            n_told = 0

    def test_the_library_in_threads_with_20_mb_left(self):
        for core in cores():
            result = run([path_of("WORKLOAD"), "memory", "4"], OPENBLAS_CORETYPE=core)
            self.assertIn(result.returncode, (0, 1), f"{core}: {result}")
            self.assertEqual(result.stderr, b"", core)


if __name__ == "__main__":
    unittest.TestCase.maxDiff = None
    main()
