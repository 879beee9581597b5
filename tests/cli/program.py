# SPDX-License-Identifier: MIT
"""What tests of the program share: running it, and reading what it writes. Its path is in the variable DICREC."""

import csv
import io
import os
import re
import subprocess
import unittest

DICREC = os.environ.get("DICREC", "dicrec")
STG_CHANNELS = ["Na", "Kd", "CaT", "CaS", "KCa", "A", "H", "leak"]
G_COLUMNS = ["g_" + name for name in STG_CHANNELS]
CHECK_COLUMNS = ["distance", "accepted", "rate_hz", "isi_cv", "spikes_per_burst", "burst_hz"]
MEMBER_COLUMNS = ["ID", "member", *G_COLUMNS, "g_s", "g_u", "time_scale", "noise_std", "stream", "status"]
ESTIMATE_COLUMNS = "ID,n_spikes,activity,g_s,g_u,g_s_q05,g_s_q95,g_u_q05,g_u_q95,time_scale,support,status".split(",")
DETAIL_COLUMNS = (
    "time_scale_low,time_scale_high,p_silent,p_spiking,p_bursting,p_irregular,drift_p,drift_factor,"
    "noise_std,noise_std_q05,noise_std_q95,p_noiseless".split(",")
)
REPORT_COLUMNS = [
    *"ID,outcome,activity,requested,found,accepted,drawn,matched,simulated".split(","),
    *"g_s,g_u,support,time_scale,tolerance,spread_kept_min".split(","),
    *"selection,noise_std,noiseless,n_outside,drift_p,drift_factor,isi_distance,isi_moved,remarks".split(","),
    *("spread_kept_" + name for name in STG_CHANNELS),
    "status",
]
REMARKS = "SUPPORT DRIFT FEW_SPIKES INCOMPLETE OUTSIDE WIDENED NOISE_OFF SILENT_EDGE".split()
FAILING_REMARKS = ("W_PARTIAL", "W_LIMIT", "W_REJECTED")
REGULAR = "[" + ", ".join(str(100.5 + 130 * i) for i in range(24)) + "]"


def run(*arguments, text=""):
    data = text if isinstance(text, bytes) else text.encode()
    return subprocess.run([DICREC, *arguments], input=data, capture_output=True, timeout=300, check=False)


def command_names():
    """The commands, as the program lists them."""
    listed = run("--help").stdout.decode().split("Commands:\n")[1].split("\n\n")[0]
    return [re.split(r"  +", line.strip())[0] for line in listed.splitlines()]


def rows_of(result):
    return list(csv.DictReader(io.StringIO(result.stdout.decode())))


def columns_of(result):
    return result.stdout.decode().splitlines()[0].split(",")


def spikes_file(*rows, header="ID,spiking_times"):
    return "\n".join([header, *rows]) + "\n"


def one_train(cell):
    return spikes_file('1,"' + cell + '"')


class Case(unittest.TestCase):
    def assert_written(self, result):
        """The exit code agrees with the status column; failed rows say why and carry no numbers."""
        self.assertIn(result.returncode, (0, 1), result.stderr.decode())
        rows = rows_of(result)
        failed = [r for r in rows if r["status"].startswith("E_") or r["status"] in FAILING_REMARKS]
        self.assertEqual(result.returncode, 1 if failed else 0, result.stdout.decode()[:2000])
        for row in rows:
            if row["status"].startswith("E_"):
                self.assertRegex(row["status"], r"^E_[A-Z]+: .+")
        return rows

    def assert_refused(self, result, *words):
        """Nothing is written, and one line says what was wrong."""
        message = result.stderr.decode()
        self.assertEqual(result.returncode, 2, message)
        self.assertEqual(result.stdout, b"")
        self.assertEqual(message.count("\n"), 1, message)
        self.assertTrue(message.startswith("dicrec: "), message)
        for word in words:
            self.assertIn(word, message)
