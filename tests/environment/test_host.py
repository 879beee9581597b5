# SPDX-License-Identifier: MIT
"""Hosts with habits: floating-point traps, a decimal comma. The same bytes as elsewhere."""

import os
import signal
import subprocess
import tempfile

from environments import DATA, Case, main, path_of, run

LOCALE = "de_DE.UTF-8"
SUITES = (
    "spikes windows dic population member_checks estimator posterior posterior_numbers time_scale_search batch stream forward"
    " reconstruct reconstruct_limits screen screening screening_calls screened_check"
).split()


def make_locale(folder):
    """Whether a locale with a decimal comma could be made."""
    command = ["localedef", "--no-archive", "-i", "de_DE", "-f", "UTF-8", f"{folder}/{LOCALE}"]
    try:
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120, check=False)
    except FileNotFoundError:
        return False
    return run(["locale", "decimal_point"], LOCPATH=folder, LC_ALL=LOCALE).stdout == b",\n"


class Host(Case):
    def test_divisions_by_zero_are_trapped(self):
        self.assertEqual(run([path_of("WORKLOAD"), "trapped", "1"]).returncode, -signal.SIGFPE)  # what must not be
        for n_threads in ("1", "4"):
            expected = run([path_of("WORKLOAD"), "plain", n_threads])
            self.assert_same(run([path_of("WORKLOAD"), "traps", n_threads]), expected)

    def test_no_test_divides_by_zero(self):
        """Suites that go where ordinary work does not; the test program stands for the host."""
        result = run([path_of("UNIT_TESTS"), *SUITES], LD_PRELOAD=path_of("TRAPS"))
        self.assertEqual(result.returncode, 0, result.stdout.decode()[-3000:])

    def test_decimal_comma(self):
        with tempfile.TemporaryDirectory() as folder:
            if not make_locale(folder):
                self.skipTest("there is no locale de_DE")
            german = {"LOCPATH": folder, "LC_ALL": LOCALE}
            english = {"LC_ALL": "C"}
            self.assert_same(
                run([path_of("WORKLOAD"), "plain", "1"], **german), run([path_of("WORKLOAD"), "plain", "1"], **english)
            )
            for command in (
                ("reconstruct", "--model", "stg", "-n", "2", "--time-scale", "1.25", DATA / "stg_bursting.csv"),
                ("generate", "--model", "da", "-n", "2", "--gs", "2.5", "--gu", "5.5"),
                ("estimate", "--model", "stg", "--time-scale", "0.001", DATA / "stg_bursting.csv"),
                ("estimate", "--model", "stg", "--time-scale", "1,5", DATA / "stg_bursting.csv"),
            ):
                here, there = (run([path_of("PROGRAM"), *command], **which) for which in (english, german))
                self.assertEqual(
                    (here.returncode, here.stdout, here.stderr), (there.returncode, there.stdout, there.stderr)
                )


if __name__ == "__main__":
    os.environ.pop("LC_ALL", None)
    main()
