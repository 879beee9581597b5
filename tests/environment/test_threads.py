# SPDX-License-Identifier: MIT
"""Threads that the system does not grant: the same results on fewer, and nobody complains."""

import os
import pathlib
import resource
import shutil
import sys
import tempfile

from environments import DATA, Case, cores, has_serial_blas, main, path_of, run

STRANGER = 54321  # a user without other processes


def become_stranger_with_one_thread():
    resource.setrlimit(resource.RLIMIT_NPROC, (1, 1))
    os.setgroups([])
    os.setresgid(STRANGER, STRANGER, STRANGER)
    os.setresuid(STRANGER, STRANGER, STRANGER)


class Threads(Case):
    def setUp(self):
        if not has_serial_blas():
            self.skipTest("a BLAS with threads of its own is loaded, which ends a process that may not have them")

    def check(self, folder, **how):
        """Four threads, of the library and of BLAS, against one."""
        program, workload = (folder / pathlib.Path(path_of(name)).name for name in ("PROGRAM", "WORKLOAD"))
        prepare = how.pop("prepare", None)
        command = ("reconstruct", "--model", "da", "-n", "4", "--seed", "3")
        table = shutil.copy(DATA / "da_pacemaking.csv", folder)
        for core in cores():
            alone = {"OPENBLAS_CORETYPE": core, "OPENBLAS_NUM_THREADS": "1"}
            crowd = {"OPENBLAS_CORETYPE": core, "OPENBLAS_NUM_THREADS": "4", **how}
            expected = run([workload, "plain", "1"], **alone)
            self.assertEqual(expected.returncode, 0, core)
            self.assert_same(run([workload, "plain", "4"], prepare, **crowd), expected, core)
            expected = run([program, *command, "--threads", "1", table], **alone)
            self.assertEqual(expected.returncode, 0, core)
            self.assert_same(run([program, *command, "--threads", "4", table], prepare, **crowd), expected, core)

    def in_open_folder(self, test):
        """Call with copies of the programs where every user reads them."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            folder.chmod(0o755)
            for program in ("PROGRAM", "WORKLOAD"):
                shutil.copy(path_of(program), folder)
            test(folder)

    def test_threads_that_cannot_be_created(self):
        refused = run(
            [sys.executable, "-c", "import threading; threading.Thread(target=print).start()"],
            LD_PRELOAD=path_of("NO_THREADS"),
        )
        self.assertIn(b"can't start new thread", refused.stderr)
        self.in_open_folder(lambda folder: self.check(folder, LD_PRELOAD=path_of("NO_THREADS")))

    def test_a_user_who_may_not_have_more(self):
        if os.geteuid() != 0:
            self.skipTest("only root becomes another user")
        refused = run(["sh", "-c", "true | true"], become_stranger_with_one_thread)
        if b"fork" not in refused.stderr:
            self.skipTest("the system does not keep to the limit of processes")
        self.in_open_folder(lambda folder: self.check(folder, prepare=become_stranger_with_one_thread))


if __name__ == "__main__":
    main()
