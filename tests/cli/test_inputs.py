# SPDX-License-Identifier: MIT
"""Inputs that a hurried or a hostile user may give, and what the program says to them."""

import gzip
import pathlib
import tempfile
import unittest

from program import REGULAR, Case, rows_of, run, spikes_file


def train(times):
    return "[" + ", ".join(map(repr, times)) + "]"


MODEL = pathlib.Path(__file__).resolve().parents[2] / "lib" / "models" / "tables" / "stg.json"


class Models(Case):
    """Files in the place of a model's name."""

    def test_a_file_is_a_model(self):
        arguments = ("--gs", "-5", "--gu", "8", "-n", "3")
        self.assertEqual(
            run("generate", "-m", str(MODEL), *arguments).stdout, run("generate", "-m", "stg", *arguments).stdout
        )

    def test_bad_files(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "mine.json"
            path.write_text(MODEL.read_text(encoding="utf-8").replace('"slope_mv": -5.29', '"slop_mv": -5.29'))
            result = run("generate", "-m", str(path), "--gs", "-5", "--gu", "8")
            self.assertEqual(result.returncode, 2)
            self.assertIn(b"line 15, channels.Na.activation.steady.boltzmann.slop_mv", result.stderr)
            self.assertIn(b"the nearest is 'slope_mv'", result.stderr)
            self.assertIn(str(path).encode(), result.stderr)
            for name, word in ((folder + "/none.json", b"none.json"), ("nothing", b"models stg, da nor a file")):
                result = run("generate", "-m", name, "--gs", "-5", "--gu", "8")
                self.assertEqual(result.returncode, 2)
                self.assertIn(word, result.stderr)


class Warnings(Case):
    """Done all the same, with a line on stderr."""

    def estimate(self, text, *options):
        result = run("estimate", "--model", "stg", *options, text=text)
        self.assertIn(result.returncode, (0, 1))
        return result

    def test_repeated_ids(self):
        text = spikes_file(*(f'{name},"{REGULAR}"' for name in ("a", "b", "a", "c", "a", "b")))
        result = self.estimate(text)
        self.assertEqual([row["ID"] for row in rows_of(result)], list("abacab"))
        lines = result.stderr.decode().splitlines()
        self.assertEqual(len(lines), 2, lines)
        for line, words in zip(lines, (("warning", "ID 'a'", "lines 2, 4, 6"), ("ID 'b'", "lines 3, 7"))):
            for word in words:
                self.assertIn(word, line)
        self.assertEqual(self.estimate(text, "--quiet").stderr, b"")

    def test_many_repeated_ids(self):
        text = spikes_file(*(f"{i % 50},[]" for i in range(1000)))
        lines = self.estimate(text).stderr.decode().splitlines()
        self.assertEqual(len(lines), 4, lines)
        self.assertIn("16 more", lines[0])
        self.assertIn("47 more", lines[3])

    def test_repeated_members(self):
        table = run("generate", "-m", "stg", "--gs", "-5", "--gu", "8", "-n", "2").stdout.decode()
        twice = table + "".join(table.splitlines(keepends=True)[1:])
        for command in ("dics", "simulate"):
            result = run(command, "-m", "stg", text=twice)
            self.assertEqual(len(rows_of(result)), 4)
            lines = result.stderr.decode().splitlines()
            self.assertEqual(len(lines), 2, lines)
            self.assertIn("ID '1' and member '1' stand in lines 2, 4", lines[0])
            self.assertEqual(run(command, "-m", "stg", text=table).stderr, b"")

    def test_target_out_of_range(self):
        far = run("generate", "-m", "stg", "--gs", "400", "--gu", "8", "-n", "1")
        self.assertIn(b"warning: g_s of target", far.stderr)
        self.assertIn(b"400", far.stderr)
        self.assertEqual(run("generate", "-m", "stg", "--gs", "-5", "--gu", "8", "-n", "1").stderr, b"")

    def test_unit(self):
        """A file in seconds is told, and one in ms where seconds were said; those that may be what they say are not."""
        regular = [100.5 + 130 * i for i in range(24)]
        for scale, options, words in (
            (1, (), None),
            (1e-3, (), ("warning", "--unit s", "0.13 ms")),
            (1e-3, ("--unit", "s"), None),
            (1, ("--unit", "s"), ("warning", "leave out --unit s", "130 s")),
        ):
            for command, more in (("estimate", ()), ("reconstruct", ("-n", "1"))):
                with self.subTest(command=command, scale=scale, options=options):
                    text = spikes_file(f'1,"{train([t * scale for t in regular])}"', "2,[]", '3,"[5, 4]"')
                    message = run(command, "-m", "stg", *options, *more, text=text).stderr.decode()
                    lines = [line for line in message.splitlines() if "their status says why" not in line]
                    self.assertEqual(len(lines), 1 if words else 0, message)
                    for word in words or ():
                        self.assertIn(word, message)
        self.assertEqual(self.estimate(spikes_file('1,"[1, 2, 3, 4, 5]"')).stderr, b"")
        slow_bursts = [0.5, 0.6, 0.7, 12.5, 12.6, 12.7, 25.5, 25.6, 25.7]  # seconds; the mean interval is 3.2
        self.assertIn(b"add --unit s", self.estimate(spikes_file(f'1,"{slow_bursts}"')).stderr)


class OtherKinds(Case):
    """Files of other kinds are refused in words that say what to do."""

    COMMANDS = ("estimate", "reconstruct", "dics", "simulate")

    def test_kinds(self):
        table = b'ID,spiking_times\n1,"[1, 2, 3]"\n'
        for data, words in (
            (gzip.compress(table), ["compressed", "gzip -dc"]),
            (b"PK\x03\x04\0\0", ["spreadsheet", "CSV"]),
            (table.replace(b",", b";"), ["line 1", "semicolons"]),
            (table.replace(b",", b"\t"), ["line 1", "tabs"]),
            (table.decode().encode("utf-16"), ["NUL", "UTF-8"]),
            (b"1.5\n2.5\n", ["line 1", "'ID'"]),
            (bytes(range(1, 256)), ["line"]),
            (b"\0" * 100, ["NUL"]),
        ):
            for command in self.COMMANDS:
                with self.subTest(data=data[:20], command=command):
                    self.assert_refused(run(command, "-m", "stg", text=data), *words)

    def test_reader_of_a_file_that_is_none(self):
        for command in self.COMMANDS:
            self.assert_refused(run(command, "-m", "stg", "/nonexistent"), "/nonexistent", "No such file")
            self.assert_refused(run(command, "-m", "stg", "/"), "'/'", "directory")
            self.assert_refused(run(command, "-m", "stg", text=""), "empty")

    def test_two_million_spikes(self):
        cell = ",".join(map(str, range(0, 100_000_000, 50)))
        result = self.assert_written(run("estimate", "-m", "stg", text=spikes_file(f'1,"[{cell}]"')))
        self.assertEqual(result[0]["n_spikes"], "2000000")


class Blocks(Case):
    """Rows are computed in blocks; nothing of that shows."""

    def test_more_rows_than_a_block(self):
        trains = [train([float(i + 100 * k + (k * k) % 7) for k in range(5)]) for i in range(5000)]
        text = spikes_file(*(f'{i},"{cell}"' if i % 100 else f"{i},x" for i, cell in enumerate(trains)))
        whole = run("estimate", "-m", "stg", "--threads", "2", text=text)
        self.assertEqual(whole.stdout, run("estimate", "-m", "stg", "--threads", "1", text=text).stdout)
        rows = rows_of(whole)
        self.assertEqual([row["ID"] for row in rows], [str(i) for i in range(5000)])
        self.assertEqual([i for i, row in enumerate(rows) if row["status"].startswith("E_")], list(range(0, 5000, 100)))
        alone = rows_of(run("estimate", "-m", "stg", text=spikes_file(f'4999,"{trains[4999]}"')))
        self.assertEqual(alone, rows[4999:])

    def test_reconstruct(self):
        """Blocks of 16 rows, with rows that fail at both ends of some."""
        cells = ["x" if i % 16 in (0, 15) else REGULAR for i in range(40)]
        text = spikes_file(*(f'{i},"{cell}"' for i, cell in enumerate(cells)))
        options = ("-m", "stg", "-n", "1100", "--screening", "off")
        one, two = (run("reconstruct", *options, "--threads", n, text=text) for n in ("1", "2"))
        self.assertEqual(one.stdout, two.stdout)
        ids = [row["ID"] for row in rows_of(one)]
        self.assertEqual(ids, [str(i) for i, cell in enumerate(cells) for _ in range(1 if cell == "x" else 1100)])


if __name__ == "__main__":
    unittest.main()
