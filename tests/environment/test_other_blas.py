# SPDX-License-Identifier: MIT
"""A BLAS that the process has from elsewhere, before the library's: the same bytes as without it."""

import pathlib

from environments import Case, cores, main, path_of, run


def threaded_blas():
    """Path of a shared OpenBLAS with threads, or None."""
    for folder in ("/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib"):
        for path in pathlib.Path(folder).glob("openblas-pthread/libopenblas.so.0"):
            return str(path)
    return None


class OtherBlas(Case):
    def test_another_blas_in_the_process(self):
        for core in cores():
            expected = run([path_of("HOST"), "plain", "1"], OPENBLAS_CORETYPE=core)
            self.assertEqual(expected.returncode, 0, expected)
            self.assert_same(run([path_of("CROWDED_HOST"), "plain", "1"], OPENBLAS_CORETYPE=core), expected, core)
            if threaded_blas() is None:
                print("*** SKIPPED: a threaded OpenBLAS loaded before the library, because there is none ***")
                continue
            loaded = run([path_of("HOST"), "plain", "1"], OPENBLAS_CORETYPE=core, LD_PRELOAD=threaded_blas())
            self.assert_same(loaded, expected, core)


if __name__ == "__main__":
    main()
