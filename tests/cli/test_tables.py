# SPDX-License-Identifier: MIT
"""The program dicrec from outside: tables, exit codes, messages. Its path is in the environment variable DICREC."""

import csv
import io
import os
import tempfile
import unittest

from program import (
    CHECK_COLUMNS,
    DETAIL_COLUMNS,
    ESTIMATE_COLUMNS,
    G_COLUMNS,
    MEMBER_COLUMNS,
    REGULAR,
    REMARKS,
    REPORT_COLUMNS,
    STG_CHANNELS,
    Case,
    columns_of,
    command_names,
    one_train,
    rows_of,
    run,
    spikes_file,
)


class Help(Case):
    def test_help_and_version(self):
        overview = run("--help")
        self.assertEqual(overview.returncode, 0)
        self.assertEqual(run("help").stdout, overview.stdout)
        for command in command_names():
            page = run(*command.split(), "--help")
            self.assertEqual(page.returncode, 0)
            self.assertEqual(run("help", *command.split()).stdout, page.stdout)
            self.assertTrue(page.stdout.startswith(b"Usage: dicrec " + command.encode()))
            self.assertLessEqual(max(map(len, page.stdout.decode().splitlines())), 120)
            self.assertNotIn(b" \n", page.stdout)
        self.assertRegex(run("--version").stdout.decode(), r"^dicrec \d+\.\d+\.\d+\n$")


class Usage(Case):
    def test_commands(self):
        self.assert_refused(run(), "--help")
        self.assert_refused(run("fly"), "'fly'", "reconstruct")
        self.assert_refused(run("help", "fly"), "'fly'", "reconstruct")
        self.assert_refused(run("--model", "stg"), "'--model'", "command")

    def test_failed_rows_are_counted(self):
        text = spikes_file(f'1,"{REGULAR}"', "2,x", '3,"[2, 1]"')
        for words in ((), ("-o", "/dev/null")):
            result = run("estimate", "-m", "stg", *words, text=text)
            self.assertEqual(result.returncode, 1)
            self.assertIn(b"2 of 3 rows", result.stderr)
        self.assertEqual(run("estimate", "-m", "stg", "--quiet", text=text).stderr, b"")

    def test_options(self):
        for words, parts in (
            (["--nmembers", "3"], ["'--nmembers'"]),
            (["-z"], ["'-z'"]),
            (["-n"], ["--members", "needs a value", "whole number"]),
            (["-n", "0"], ["--members", "'0'", "from 1"]),
            (["-n", "-3"], ["--members", "'-3'"]),
            (["-n", "many"], ["--members", "'many'", "whole number"]),
            (["--seed", "1e3"], ["--seed", "'1e3'"]),
            (["--seed", "18446744073709551616"], ["--seed", "2^64 - 1"]),
            (["--unit", "us"], ["--unit", "'us'", "ms|s"]),
            (["--target", "mean"], ["--target", "'mean'", "median|sample"]),
            (["--time-scale", "fast"], ["--time-scale", "'fast'", "'auto'"]),
            (["--time-scale", "nan"], ["--time-scale", "'nan'"]),
            (["--rate-tolerance", "0"], ["--rate-tolerance", "'0'", "a number from"]),
            (["--burst-tolerance=0x10"], ["--burst-tolerance", "'0x10'"]),
            (["--verify=yes"], ["--verify", "'yes'"]),
            (["--screening", "yes"], ["--screening", "'yes'", "auto|off|on"]),
            (["--selection", "random"], ["--selection", "'random'", "representative|diverse"]),
            (["--noise", "loud"], ["--noise", "'loud'", "from 0 to", "or one of auto|off"]),
            (["--noise", "-1"], ["--noise", "'-1'", "from 0"]),
            (["--noise", "nan"], ["--noise", "'nan'"]),
            (["--max-drawn", "0"], ["--max-drawn", "'0'", "from 1 to 100000"]),
            (["--max-candidates", "10001"], ["--max-candidates", "'10001'", "from 1 to 10000"]),
            (["--output", ""], ["--output"]),
            (["--plot-id", "7"], ["--plot-id", "--plot"]),
            (["one.csv", "two.csv"], ["one.csv", "two.csv"]),
        ):
            with self.subTest(words=words):
                result = run("reconstruct", "--model", "stg", *words, text=one_train(REGULAR))
                self.assert_refused(result, *parts, "see 'dicrec reconstruct --help'")

    def test_model(self):
        self.assert_refused(run("estimate", text=one_train(REGULAR)), "--model", "required")
        self.assert_refused(run("estimate", "--model", "hh", text=one_train(REGULAR)), "'hh'", "stg", "da")

    def test_plot_name(self):
        self.assert_refused(run("reconstruct", "--model", "stg", "--plot", "picture.bmp"), "picture.bmp")

    def test_spellings(self):
        long_form = run("generate", "--model", "stg", "--gs=-5", "--gu", "8", "--members=3")
        short_form = run("generate", "-mstg", "--gs", "-5", "--gu=8", "-n3")
        self.assertEqual(long_form.returncode, 0, long_form.stderr)
        self.assertEqual(long_form.stdout, short_form.stdout)


class SpikeFile(Case):
    def estimate(self, text, *options):
        return run("estimate", "--model", "stg", *options, text=text)

    def test_refused_files(self):
        for text, parts in (
            ("", ["standard input", "empty"]),
            ("\n\n", ["empty"]),
            ("ID,times\n1,[]\n", ["'spiking_times'", "line 1"]),
            ("spiking_times\n[]\n", ["'ID'"]),
            ("1,2\n", ["'ID'"]),
            ("ID,spiking_times,ID\n1,[],2\n", ["two columns", "'ID'"]),
            ('ID,spiking_times\n1,"[1, 2]"\n2,"[3, 4\n', ["line 3", "never closed"]),
            ('ID,spiking_times\n1,"[1, 2]"x\n', ["line 2", "closing quote"]),
            ('ID,spiking_times\n1,[1"]\n', ["line 2", "quote"]),
            ("ID,spiking_times\n1,[1, 2]\n", ["line 2", "3 cells"]),
            ("ID,spiking_times\n1\n", ["line 2", "1 cells"]),
            (b"ID,spiking_times\n1,[\0]\n", ["line 2", "NUL"]),
        ):
            with self.subTest(text=text):
                self.assert_refused(self.estimate(text), *parts)

    def test_unreadable(self):
        self.assert_refused(run("estimate", "--model", "stg", "/nonexistent/a.csv"), "/nonexistent/a.csv")
        with tempfile.TemporaryDirectory() as folder:
            self.assert_refused(run("estimate", "--model", "stg", folder), folder)

    def test_forms(self):
        rows = ['"a, ""b""",x,"' + REGULAR + '"', "silent,x,[]", "empty,x,", "one,x,[5]", "bare,x, 7.5 "]
        lf = spikes_file(*rows, header="ID,note,spiking_times")
        plain = self.estimate(lf)
        found = self.assert_written(plain)
        self.assertEqual(columns_of(plain), ESTIMATE_COLUMNS)
        self.assertEqual([r["ID"] for r in found], ['a, "b"', "silent", "empty", "one", "bare"])
        self.assertEqual([r["n_spikes"] for r in found], ["24", "0", "0", "1", "1"])
        self.assertEqual([r["activity"] for r in found], ["spiking"] + 4 * ["silent"])
        self.assertEqual({r["status"] for r in found[1:]}, {"W_SILENT"})
        marked = b"\xef\xbb\xbf" + lf.replace("\n", "\r\n").encode()
        self.assertEqual(self.estimate(marked).stdout, plain.stdout)
        self.assertEqual(self.estimate(lf.replace(',"[', ' , "[ ').replace('"\n', '" \n')).returncode, 0)

    def test_column_order(self):
        turned = spikes_file('"' + REGULAR + '",1', header=" spiking_times ,ID")
        self.assertEqual(self.estimate(turned).stdout, self.estimate(one_train(REGULAR)).stdout)

    def test_unit(self):
        seconds = "[" + ", ".join(repr((100.5 + 130 * i) / 1000) for i in range(24)) + "]"
        in_s = self.assert_written(self.estimate(one_train(seconds), "--unit", "s"))[0]
        in_ms = self.assert_written(self.estimate(one_train(REGULAR)))[0]
        for column in ("g_s", "g_u"):
            self.assertAlmostEqual(float(in_s[column]), float(in_ms[column]), places=6)

    def test_classes_and_time_scales(self):
        text = spikes_file(f'1,"{REGULAR}"', '2,"[1, 3, 2]"')
        result = self.estimate(text, "--time-scale", "2", "--details")
        row, failed = self.assert_written(result)
        self.assertEqual(columns_of(result), ESTIMATE_COLUMNS + DETAIL_COLUMNS)
        self.assertEqual({failed[column] for column in DETAIL_COLUMNS}, {""})
        probabilities = [float(row["p_" + name]) for name in ("silent", "spiking", "bursting", "irregular")]
        self.assertAlmostEqual(sum(probabilities), 1.0, places=6)
        self.assertEqual([row["time_scale"], row["time_scale_low"], row["time_scale_high"]], ["2", "2", "2"])
        self.assertAlmostEqual(float(row["drift_factor"]), 1.0, places=6)
        self.assertGreater(float(row["drift_p"]), 0.9)
        low, median, high = (float(row[column]) for column in ("noise_std_q05", "noise_std", "noise_std_q95"))
        self.assertTrue(0 <= low <= median <= high)
        self.assertTrue(0 <= float(row["p_noiseless"]) <= 1)

    def test_bad_trains(self):
        bad = {
            "text": ("[1, two, 3]", ["spike 2", "two"]),
            "lines": ("[1, t\nw\no, 3]", ["spike 2", "t w o"]),
            "hex": ("[1, 0x2, 3]", ["spike 2", "0x2"]),
            "hole": ("[1,, 3]", ["spike 2"]),
            "tail": ("[1, 2, 3] 4", ["'4'"]),
            "open": ("[1, 2, 3", ["spike 3"]),
            "nan": ("[1, nan, 3]", ["spike 2", "nan"]),
            "inf": ("[1, 2, 1e999]", ["spike 3", "inf"]),
            "beyond": ("[-2e13, 2, 3]", ["spike 1", "-2e+13", "-1e+13 to 1e+13 ms"]),
            "unsorted": ("[1, 3, 2]", ["spike 3", "2"]),
            "repeated": ("[1, 2, 2]", ["spike 3", "2"]),
        }
        text = spikes_file(*(f'{name},"{cell}"' for name, (cell, _) in bad.items()), f'good,"{REGULAR}"')
        for command in ("estimate", "reconstruct"):
            result = run(command, "--model", "stg", *(["-n", "2"] if command == "reconstruct" else []), text=text)
            rows = self.assert_written(result)
            self.assertEqual(result.returncode, 1)
            for row in rows[: len(bad)]:
                self.assertTrue(row["status"].startswith("E_SPIKES: "), row["status"])
                for part in bad[row["ID"]][1]:
                    self.assertIn(part, row["status"])
                self.assertEqual({v for k, v in row.items() if k not in ("ID", "status")}, {""})
            self.assertEqual(rows[len(bad)]["ID"], "good")
            self.assertFalse(rows[len(bad)]["status"].startswith("E_"))

    def test_windows(self):
        trains = ['0,"[-5, 10, 20, 32]",,', '1,"[-5, 10, 20, 32]",-100,1000', '2,"[-5, 10, 20, 32]",0,1000']
        trains += ['3,"[1, 2, 3]",9,1', '4,"[1, 2, 3]",0,', '5,"[1, 2, 3]",zero,1', '6,"[]",0,100']
        text = "\n".join(["ID,spiking_times,start,stop", *trains]) + "\n"
        rows = self.assert_written(self.estimate(text))
        self.assertEqual(rows[0]["g_s"], rows[1]["g_s"])
        self.assertEqual(rows[6]["n_spikes"], "0")
        words = {2: "spike 1 of 4", 3: "9 to 1 ms", 4: "start without a stop", 5: "start is 'zero'"}
        for row, word in words.items():
            self.assertIn(word, rows[row]["status"])
        in_s = 'ID,spiking_times,start,stop\n0,"[0.1, 0.2, 0.3]",0,0.25\n'
        self.assertIn("0 to 0.25 s", self.assert_written(self.estimate(in_s, "--unit", "s"))[0]["status"])

    def test_long_train(self):
        cell = "[" + ",".join(str(50 * i) for i in range(300000)) + "]"
        self.assertEqual(self.assert_written(self.estimate(one_train(cell)))[0]["n_spikes"], "300000")


class Reconstruct(Case):
    def reconstruct(self, *options, text=None):
        return run("reconstruct", "--model", "stg", "-n", "3", *options, text=text or one_train(REGULAR))

    def test_table(self):
        result = self.reconstruct()
        rows = self.assert_written(result)
        self.assertEqual(columns_of(result), MEMBER_COLUMNS)
        self.assertEqual([r["member"] for r in rows], ["1", "2", "3"])
        for row in rows:
            self.assertTrue(all(float(row[c]) >= 0 for c in G_COLUMNS))

    def test_seed_threads_and_rows(self):
        once = self.reconstruct("--seed", "7", "--threads", "1")
        self.assertEqual(once.stdout, self.reconstruct("--seed", "7", "--threads", "2").stdout)
        self.assertNotEqual(once.stdout, self.reconstruct("--seed", "8").stdout)
        other = '0,"[1, 2, 4, 8, 9, 11]"'
        both = self.reconstruct("--seed", "7", text=spikes_file(other, f'1,"{REGULAR}"'))
        self.assertEqual(both.stdout.splitlines()[-3:], once.stdout.splitlines()[-3:])

    def test_silent(self):
        result = self.reconstruct(text=spikes_file('a,"[1, 2]"', "b,[]"))
        rows = self.assert_written(result)
        self.assertEqual(result.returncode, 1)
        self.assertEqual([r["ID"] for r in rows], ["a", "b"])
        self.assertTrue(all(r["status"].startswith("E_SPIKES") for r in rows))

    def test_verify(self):
        result = self.reconstruct("--verify", "--rate-tolerance", "0.1")
        rows = self.assert_written(result)
        self.assertEqual(columns_of(result), [*MEMBER_COLUMNS, *CHECK_COLUMNS])
        for row in rows:
            if not row["status"].startswith("E_"):
                self.assertEqual(row["accepted"], "0" if row["status"] == "W_REJECTED" else "1")

    def report(self, *options, text=None):
        """The run and the rows of its report."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "report.csv")
            result = self.reconstruct("--report", path, *options, text=text)
            self.assert_written(result)
            with open(path, encoding="utf-8") as file:
                rows = list(csv.DictReader(file))
        self.assertTrue(all(list(row) == REPORT_COLUMNS for row in rows))
        return result, rows

    def test_report(self):
        text = spikes_file(f'good,"{REGULAR}"', 'short,"[1, 2]"', 'bad,"[3, 2, 1]"')
        result, rows = self.report("--screening", "off", text=text)
        self.assertEqual(result.returncode, 1)
        self.assertEqual([row["ID"] for row in rows], ["good", "short", "bad"])
        good = rows[0]
        self.assertEqual((good["outcome"], good["activity"], good["simulated"]), ("complete", "spiking", "0"))
        for column in ("requested", "found", "accepted", "drawn", "matched"):
            self.assertEqual(good[column], "3")
        self.assertEqual((good["tolerance"], good["spread_kept_min"]), ("", ""))
        members = rows_of(result)
        for column in ("g_s", "g_u"):
            self.assertAlmostEqual(float(good[column]), float(members[0][column]), places=6)
        for row, member in zip(rows[1:], members[3:]):
            self.assertEqual(row["status"], member["status"])
            self.assertEqual({v for k, v in row.items() if k not in ("ID", "status")}, {""})

    def test_report_of_a_search(self):
        _, (row,) = self.report("--verify", "--max-candidates", "4", "--max-drawn", "20", "--rate-tolerance", "0.1")
        self.assertIn(row["outcome"], ("complete", "drawn", "simulated", "given up"))
        counts = {name: int(row[name]) for name in REPORT_COLUMNS[3:9]}
        self.assertLessEqual(counts["simulated"], 3 * 4)
        self.assertLessEqual(counts["drawn"], 8 * 3 * 20)
        self.assertLessEqual(counts["accepted"], counts["found"])
        self.assertEqual(row["status"] == "OK", counts["accepted"] == 3)
        self.assertIn(row["tolerance"], ("", "1", "2", "4"))
        kept = [float(row[c]) for c in REPORT_COLUMNS if c.startswith("spread_kept_") and row[c] != ""]
        self.assertEqual(kept[:1], [min(kept)] if kept else [])

    def test_report_of_doubts(self):
        """What tells whether to believe the members; of one that is only screened no intervals are known."""
        _, (row,) = self.report("--selection", "diverse", "--noise", "0.25")
        self.assertEqual((row["selection"], float(row["noise_std"])), ("diverse", 0.25))
        self.assertEqual((row["isi_distance"], row["isi_moved"]), ("", ""))
        _, (row,) = self.report("--verify", "--max-candidates", "4")
        self.assertEqual(row["selection"], "representative")
        known = ["isi_distance", "isi_moved"] if int(row["accepted"]) > 0 else []
        for column in ("noiseless", "drift_p", *known[:1]):
            self.assertTrue(0 <= float(row[column]) <= 1, column)
        for column in ("noise_std", "drift_factor", *known[1:]):
            self.assertGreaterEqual(float(row[column]), 0, column)
        self.assertLessEqual(int(row["n_outside"]), int(row["accepted"]))
        remarks = row["remarks"].split()
        self.assertEqual(remarks, [name for name in REMARKS if name in remarks])
        self.assertEqual("INCOMPLETE" in remarks, row["accepted"] != row["requested"])

    def test_report_tells_what_the_status_tells(self):
        """A train unlike anything known: six intervals of wild lengths."""
        _, (row,) = self.report("--noise", "off", text=one_train("[1, 3, 900, 901, 3000, 3001, 9000]"))
        self.assertEqual("SUPPORT" in row["remarks"].split(), float(row["support"]) < 0.01)

    def test_rejected_members_show_it(self):
        """Of a few candidates not all match; without a forward network all do."""
        result, (row,) = self.report("--max-drawn", "1")
        statuses = [member["status"] for member in rows_of(result)]
        self.assertEqual(statuses.count("W_REJECTED"), int(row["found"]) - int(row["accepted"]))
        self.assertEqual(statuses, sorted(statuses, key=lambda status: status == "W_REJECTED"))

    def test_report_is_written_with_the_table_or_not_at_all(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "report.csv")
            missing = os.path.join(folder, "no", "out.csv")
            self.assert_refused(self.reconstruct("--report", path, "-o", missing), missing)
            self.assert_refused(self.reconstruct("--report", missing), missing)
            self.assertEqual(os.listdir(folder), [])

    def test_options_are_taken(self):
        self.assert_written(self.reconstruct("--target", "sample", "--time-scale", "auto", "--quiet"))
        self.assert_refused(self.reconstruct("--weights", "/nonexistent/w.safetensors"), "/nonexistent/w.safetensors")

    def noise_of(self, *options):
        return {float(row["noise_std"]) for row in self.assert_written(self.reconstruct(*options))}

    def test_noise(self):
        """Fixed for all, be they simulated or not, or each member's own."""
        for options in ((), ("--verify", "--max-candidates", "2"), ("--screening", "off")):
            with self.subTest(options=options):
                self.assertEqual(self.noise_of("--noise", "off", *options), {0.0})
                self.assertEqual(self.noise_of("--noise", "0.25", *options), {0.25})
        self.assertEqual(self.reconstruct("--noise", "off").stdout, self.reconstruct("--noise", "0").stdout)
        self.assertEqual(self.reconstruct("--noise", "auto").stdout, self.reconstruct().stdout)

    def test_max_wall(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "report.csv")
            result = self.reconstruct("--verify", "--max-wall", "1e-9", "--report", path)
            self.assertEqual(result.returncode, 1, result.stderr)
            with open(path, encoding="utf-8") as file:
                self.assertEqual({row["outcome"] for row in csv.DictReader(file)}, {"timed out"})
        self.assertEqual(self.reconstruct("--max-wall", "3600").stdout, self.reconstruct().stdout)

    def test_selection(self):
        diverse = self.reconstruct("--selection", "diverse")
        self.assert_written(diverse)
        representative = self.reconstruct("--selection", "representative")
        self.assertEqual(representative.stdout, self.reconstruct().stdout)
        self.assertNotEqual(representative.stdout, diverse.stdout)

    def test_plot(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "plot.svg")
            table = os.path.join(folder, "table.csv")
            result = self.reconstruct("--plot", path, "-o", table)
            if b"without plots" in result.stderr:
                self.assert_refused(result, "without plots")
                self.skipTest("built without plots")
            self.assertIn(result.returncode, (0, 1), result.stderr)
            self.assertEqual(sorted(os.listdir(folder)), ["plot.svg", "table.csv"])
            with open(path, "rb") as file:
                self.assertIn(b"<svg", file.read())
            for ending, mark in ((".png", b"\x89PNG"), (".pdf", b"%PDF")):
                self.reconstruct("--plot", path + ending, "--plot-id", "1")
                with open(path + ending, "rb") as file:
                    self.assertTrue(file.read().startswith(mark))
            self.reconstruct("--plot", path + "3.svg", "--rate-tolerance", "1e-9", "--max-candidates", "1")
            self.assertTrue(os.path.exists(path + "3.svg"), "a picture of rejected members alone")
            self.assert_refused(self.reconstruct("--plot", path, "--plot-id", "none"), "'none'")
            failed = self.reconstruct("--plot", path + "2.svg", text=one_train("[1, 2]"))
            self.assertIn(b"no population to draw", failed.stderr)
            self.assertFalse(os.path.exists(path + "2.svg"))


class Generate(Case):
    def generate(self, *options):
        return run("generate", "--model", "stg", "--gs", "-5", "--gu", "8", "-n", "4", *options)

    def test_table(self):
        result = self.generate("--seed", "3")
        rows = self.assert_written(result)
        self.assertEqual(columns_of(result), MEMBER_COLUMNS)
        self.assertEqual([(r["ID"], r["member"]) for r in rows], [("1", str(i)) for i in range(1, 5)])
        for row in rows:
            self.assertAlmostEqual(float(row["g_s"]), -5, places=6)
            self.assertAlmostEqual(float(row["g_u"]), 8, places=6)

    def test_targets_outside_the_published_range_are_marked(self):
        result = run("generate", "--model", "stg", "--gs", "-5", "--gu", "20.5", "-n", "2")
        rows = self.assert_written(result)
        self.assertEqual([row["status"] for row in rows], ["W_RANGE"] * 2)

    def test_ranges(self):
        rows = self.assert_written(self.generate("--range", "Kd=100:100", "--leak", "fixed"))
        leak = {r["g_leak"] for r in rows}
        self.assertEqual(len(leak), 1)
        for row in rows:
            self.assertAlmostEqual(float(row["g_Kd"]), 100, places=6)

    def test_channels(self):
        self.assert_written(self.generate("--channels", "CaS,A"))

    def test_refused(self):
        for words, parts in (
            (["--channels", "A"], ["'A'", "two channels"]),
            (["--channels", "A,B"], ["'B'", "CaT"]),
            (["--channels", "A,A"], ["'A,A'", "twice"]),
            (["--range", "Kd=7"], ["'Kd=7'"]),
            (["--range", "Kd=9:7"], ["'Kd=9:7'"]),
            (["--range", "Xx=1:2"], ["'Xx'", "Kd"]),
            (["--leak", "normal"], ["'normal'", "gamma"]),
            (["population.csv"], ["population.csv"]),
        ):
            with self.subTest(words=words):
                self.assert_refused(self.generate(*words), *parts, "see 'dicrec generate --help'")
        self.assert_refused(run("generate", "--model", "stg", "--gs", "1"), "--gu", "required")


class Population(Case):
    """What reads populations: dics and simulate."""

    @classmethod
    def setUpClass(cls):
        cls.table = run("generate", "--model", "stg", "--gs", "-5", "--gu", "8", "-n", "3").stdout.decode()

    def rows(self):
        return list(csv.reader(io.StringIO(self.table)))

    def text(self, rows):
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue()

    def test_dics_at_threshold_potential(self):
        result = run("dics", "--model", "stg", text=self.table)
        rows = self.assert_written(result)
        self.assertEqual(columns_of(result), "ID,member,V,g_f,g_s,g_u,g_t,status".split(","))
        for row in rows:
            self.assertEqual(float(row["V"]), -51)
            self.assertAlmostEqual(float(row["g_s"]), -5, places=5)
            total = sum(float(row[c]) for c in ("g_f", "g_s", "g_u"))
            self.assertAlmostEqual(total, float(row["g_t"]), places=6)

    def test_dics_voltages(self):
        rows = self.assert_written(run("dics", "--model", "stg", "--v", "-60", "--v=-40.5", text=self.table))
        self.assertEqual([float(r["V"]) for r in rows], 3 * [-60, -40.5])
        rows = self.assert_written(run("dics", "--model", "stg", "--threshold", text=self.table))
        for row in rows:
            if row["status"] == "OK":
                self.assertAlmostEqual(float(row["g_t"]), 0, places=4)
        self.assert_refused(run("dics", "--model", "stg", "--v", "900", text=self.table), "--v", "900", "200")
        self.assert_refused(run("dics", "--model", "stg", "--v", "1", "--threshold", text=self.table), "--threshold")

    def test_dics_without_threshold(self):
        """A result, though of empty cells."""
        passive = ",".join(["1", "1", *["0"] * (len(STG_CHANNELS) - 1), "0.01"])
        rows = self.assert_written(
            run("dics", "-m", "stg", "--threshold", text=",".join(MEMBER_COLUMNS[:10]) + f"\n{passive}\n")
        )
        self.assertEqual([(row["V"], row["g_t"], row["status"]) for row in rows], [("", "", "W_THRESHOLD")])

    def test_columns_by_name(self):
        turned = self.text([row[::-1] for row in self.rows()])
        expected = run("dics", "--model", "stg", text=self.table).stdout
        self.assertEqual(run("dics", "--model", "stg", text=turned).stdout, expected)
        at = self.rows()[0].index("g_KCa")
        short = self.text([row[:at] + row[at + 1 :] for row in self.rows()])
        for command in ("dics", "simulate"):
            self.assert_refused(run(command, "--model", "stg", text=short), "'g_KCa'")
            self.assert_refused(run(command, "--model", "stg", text=""), "empty")

    def test_failed_members(self):
        rows = self.rows()
        for column in range(2, len(rows[0])):
            rows[2][column] = ""
        rows[3][2] = "-1"
        for command, first in (("dics", "g_f"), ("simulate", "spiking_times")):
            result = run(command, "--model", "stg", text=self.text(rows))
            found = self.assert_written(result)
            self.assertEqual(result.returncode, 1)
            self.assertEqual(len(found), 3)
            self.assertEqual(found[0]["status"], "OK")
            self.assertTrue(found[1]["status"].startswith("E_RANGE: "))
            self.assertIn("g_Na", found[1]["status"])
            self.assertEqual(found[1][first], "")
        self.assertIn("g_Na is -1", found[2]["status"])

    def test_header_only(self):
        header = self.table.splitlines()[0] + "\n"
        for command in ("dics", "simulate"):
            self.assertEqual(self.assert_written(run(command, "--model", "stg", text=header)), [])

    def simulate(self, *options):
        return run("simulate", "--model", "stg", "--t-end", "1500", "--t-skip", "500", *options, text=self.table)

    def test_simulate_to_estimate(self):
        for solver in ("auto", "cvode", "ensemble"):
            result = self.simulate("--solver", solver)
            rows = self.assert_written(result)
            self.assertEqual(columns_of(result), ["ID", "member", "spiking_times", "status"])
            estimates = self.assert_written(run("estimate", "--model", "stg", text=result.stdout))
            for row, estimate in zip(rows, estimates):
                times = row["spiking_times"]
                self.assertRegex(times, r"^\[(\d+\.\d+(, \d+\.\d+)*)?\]$")
                n = len(times.split(",")) if times != "[]" else 0
                self.assertEqual(estimate["n_spikes"], str(n))

    def test_noise_and_seed(self):
        noisy = self.simulate("--noise", "5", "--seed", "2", "--solver", "ensemble")
        again = self.simulate("--noise", "5", "--seed", "2", "--solver", "ensemble", "--threads", "1")
        self.assert_written(noisy)
        self.assertEqual(noisy.stdout, again.stdout)

    def test_max_wall(self):
        rows = self.assert_written(self.simulate("--max-wall", "1e-9"))
        self.assertEqual({row["status"] for row in rows}, {"W_LIMIT"})

    def test_trace(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "trace.csv")
            self.assert_written(self.simulate("--trace", path, "--trace-dt", "0.5"))
            with open(path, encoding="utf-8") as file:
                trace = list(csv.DictReader(file))
            self.assertEqual(list(trace[0]), ["ID", "member", "t_ms", "V_mV"])
            self.assertEqual([float(r["t_ms"]) for r in trace[:3]], [0, 0.5, 1])
            self.assertEqual({r["member"] for r in trace}, {"1", "2", "3"})
            self.assert_refused(self.simulate("--trace", path + "2", "--solver", "ensemble"))
            self.assertEqual(os.listdir(folder), ["trace.csv"])
        self.assert_refused(self.simulate("--trace-dt", "1"), "--trace")
        self.assert_refused(self.simulate("--trace-of", "states"), "--trace")

    def test_traces_of_states_and_currents(self):
        columns = {"states": ["m_Na", "h_Na", "m_H", "Ca"], "currents": ["I_" + name for name in STG_CHANNELS]}
        for what, some in columns.items():
            with self.subTest(what), tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "trace.csv")
                self.assert_written(self.simulate("--trace", path, "--trace-of", what, "--trace-dt", "steps"))
                with open(path, encoding="utf-8") as file:
                    trace = list(csv.DictReader(file))
                self.assertEqual(list(trace[0])[:4], ["ID", "member", "t_ms", "V_mV"])
                self.assertLessEqual(set(some), set(trace[0]))
                times = [float(r["t_ms"]) for r in trace if r["member"] == "1"]
                self.assertEqual(times, sorted(times))
                self.assertGreater(len(times), 100)

    def test_current_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "current.csv")
            plain = self.simulate()
            for rows, words in (
                (["0,0", "10,0", "10,-50"], None),
                (["0,0", "10,x"], ["line 3", "'x'"]),
                (["10,0", "0,1"], ["current_times_ms", "point 1"]),
            ):
                with open(path, "w", encoding="utf-8") as file:
                    file.write("\n".join(["time_ms,current_uA_cm2", *rows]) + "\n")
                result = self.simulate("--current-file", path)
                if words:
                    self.assert_refused(result, *words)
                else:
                    self.assert_written(result)
                    self.assertLess(len(result.stdout), len(plain.stdout))

    def test_onset_does_not_count(self):
        """A pacemaker is not called bursting for how it begins, as long as the time left allows it."""
        table = run("generate", "-m", "da", "--gs", "5", "--gu", "5", "-n", "2").stdout.decode()

        def first_spikes(*options):
            rows = rows_of(run("simulate", "-m", "da", *options, text=table))
            return [float(row["spiking_times"].strip("[]").split(",")[0]) for row in rows]

        self.assertGreater(min(first_spikes("--t-end", "6000")), 3000)
        self.assertGreater(min(first_spikes("--t-end", "6000", "--time-scale", "0.5")), 1500)
        self.assertLess(min(first_spikes("--t-end", "6000", "--time-scale", "2")), 3000)
        self.assertLess(min(first_spikes("--t-end", "6000", "--t-skip", "0")), 3000)
        self.assertLess(min(first_spikes("--t-end", "3000")), 3000)
        spikes = run("simulate", "-m", "da", "--t-end", "8000", text=table).stdout
        for row in rows_of(run("estimate", "-m", "da", text=spikes)):
            self.assertEqual(row["activity"], "spiking")

    def test_simulate_options(self):
        for words, parts in (
            (["--solver", "euler"], ["'euler'", "ensemble"]),
            (["--t-end", "0"], ["--t-end", "'0'", "a number from"]),
            (["--t-skip", "2000"], ["--t-skip", "2000", "1500"]),
            (["--rtol", "1"], ["--rtol", "'1'"]),
            (["--dt", "x"], ["--dt", "'x'"]),
            (["--noise", "-1"], ["--noise", "'-1'"]),
        ):
            with self.subTest(words=words):
                self.assert_refused(self.simulate(*words), *parts)


class Tables(Case):
    def test_models(self):
        result = run("models")
        rows = rows_of(result)
        self.assertEqual(result.returncode, 0)
        self.assertEqual(columns_of(result), "model,channel,reversal_mV,range_min,range_max,description".split(","))
        self.assertEqual([r["channel"] for r in rows if r["model"] == "stg"], STG_CHANNELS)
        self.assertLessEqual({"stg", "da"}, {r["model"] for r in rows})

    def test_info(self):
        result = run("info")
        self.assertEqual(result.returncode, 0, result.stderr)
        pairs = dict(csv.reader(io.StringIO(result.stdout.decode())))
        self.assertEqual(pairs["key"], "value")
        self.assertIn("version", pairs)
        self.assertIn("build", pairs)
        self.assertIn("stg.weights.n_train", pairs)
        self.assert_refused(run("info", "file"), "'file'")


if __name__ == "__main__":
    unittest.main()
