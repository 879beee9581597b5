# SPDX-License-Identifier: MIT
"""Streams ask nothing of the system, whatever OpenBLAS takes the processor for; see real_time.c."""

from environments import SKIPPED, Case, cores, main, path_of, run


class RealTime(Case):
    def test_no_memory_no_lock_no_system_call(self):
        for core in cores():
            result = run([path_of("REAL_TIME")], OPENBLAS_CORETYPE=core)
            text = result.stdout.decode() + result.stderr.decode()
            if result.returncode == SKIPPED:
                self.skipTest(text)
            self.assertEqual(result.returncode, 0, f"{core}:\n{text}")


if __name__ == "__main__":
    main()
