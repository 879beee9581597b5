# SPDX-License-Identifier: MIT
"""Models as files in the program: checked, shown, and used wherever a name is."""

import json
import os
import tempfile
import unittest

from program import STG_CHANNELS, Case, columns_of, rows_of, run


class ModelFiles(Case):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file_of(self, text, name="mine.json"):
        path = os.path.join(self.folder.name, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text if isinstance(text, str) else json.dumps(text))
        return path

    def values(self, **entries):
        return {**json.loads(run("model", "show", "stg").stdout), "name": "mine", **entries}

    def test_built_in_ones(self):
        rows = self.assert_written(run("model", "check", "stg", "da"))
        self.assertEqual(
            [(row["file"], row["model"], row["status"]) for row in rows], [(m, m, "OK") for m in ("stg", "da")]
        )
        self.assertEqual(rows[0]["channels"], str(len(STG_CHANNELS)))
        self.assertEqual(rows[0]["states"], "13")
        self.assertEqual((rows[0]["threshold_mV"], rows[0]["g_s_min"], rows[0]["g_u_max"]), ("-51", "-20", "20"))
        scales = [float(rows[0][name]) for name in ("fast_ms", "slow_ms", "ultraslow_ms")]
        self.assertEqual(scales, sorted(scales))

    def test_what_is_shown_is_a_file(self):
        for name in ("stg", "da"):
            shown = run("model", "show", name)
            self.assertEqual((shown.returncode, shown.stderr), (0, b""))
            path = self.file_of(shown.stdout.decode())
            self.assertEqual(run("model", "show", path).stdout, shown.stdout)
            self.assertEqual(rows_of(run("model", "check", path))[0]["model"], name)

    def plane(self, values):
        row = self.assert_written(run("model", "check", self.file_of(values)))[0]
        return [row[name] for name in ("g_s_min", "g_s_max", "g_u_min", "g_u_max")]

    def test_the_plane_is_found(self):
        values = self.values()
        del values["populations"]
        found = [float(number) for number in self.plane(values)]
        self.assertLess(found[0], found[1])
        self.assertLess(found[2], found[3])

    def test_without_populations(self):
        values = self.values()
        del values["populations"], values["channels"]["leak"]["range"]
        self.assertEqual(self.plane(values), [""] * 4)

    def test_refused_ones_are_rows(self):
        bad = self.file_of(self.values(threshold_mv="low"), "bad.json")
        good = self.file_of(self.values())
        result = run("model", "check", bad, good, "/nowhere/x.json", "lobster")
        rows = self.assert_written(result)
        self.assertEqual([row["status"].split(":")[0] for row in rows], ["E_ARGUMENT", "OK", "E_FILE", "E_NAME"])
        self.assertIn("threshold_mv: a number is expected", rows[0]["status"])
        self.assertEqual([rows[0][name] for name in columns_of(result)[1:-1]], [""] * 12)
        self.assertIn(b"3 of 4 rows", result.stderr)

    def test_usage(self):
        self.assert_refused(run("model"), "'model'", "model check")
        self.assert_refused(run("model", "chek", "stg"), "'model chek'", "model check")
        self.assert_refused(run("model", "check"), "model check", "FILE... is required")
        self.assert_refused(run("model", "show"), "NAME|FILE is required")
        self.assert_refused(run("model", "show", "stg", "da"), "one input at a time")
        self.assert_refused(run("model", "show", "lobster"), "'lobster'", "stg, da")
        self.assert_refused(run("model", "show", self.file_of("[")), "E_ARGUMENT", "mine.json")
        helped = run("model", "--help")
        self.assertEqual(helped.returncode, 0)
        self.assertEqual(run("help", "model").stdout, helped.stdout)
        for verb in ("check", "show"):
            self.assertIn(run("model", verb, "--help").stdout, helped.stdout)

    def test_output_over_the_input(self):
        path = self.file_of(self.values())
        self.assert_refused(run("model", "show", path, "-o", path), "one file")
        many = [path] * 40
        self.assertEqual(len(rows_of(run("model", "check", *many))), 40)


if __name__ == "__main__":
    unittest.main()
