# SPDX-License-Identifier: MIT
"""What a table says is enough to repeat its rows: whole, in parts, at their time scales, with their noise."""

import csv
import io
import statistics
import unittest

from program import REGULAR, Case, columns_of, one_train, rows_of, run

SETTINGS = ["time_scale", "noise_std", "stream"]


def generate(*options):
    return run("generate", "-m", "stg", "--gs", "-5", "--gu", "8", *options).stdout.decode()


def simulate(table, *options):
    return run("simulate", "-m", "stg", "--t-end", "600", "--t-skip", "0", *options, text=table)


def times_of(row):
    return [float(t) for t in row["spiking_times"].strip("[]").split(",") if t.strip()]


def with_columns(table, **columns):
    """The table with columns replaced, or left out where they are None."""
    rows = list(csv.DictReader(io.StringIO(table)))
    names = [name for name in rows[0] if columns.get(name, "") is not None]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for i, row in enumerate(rows):
        writer.writerow({**row, **{name: values[i] for name, values in columns.items() if values is not None}})
    return out.getvalue()


def rows_from(table, first, last):
    lines = table.splitlines(keepends=True)
    return "".join([lines[0], *lines[first + 1 : last + 1]])


class Parts(Case):
    def test_generate(self):
        whole = generate("-n", "5", "--seed", "3").splitlines()
        parts = [
            generate("-n", n, "--first-member", first, "--seed", "3").splitlines()
            for n, first in (("2", "0"), ("3", "2"))
        ]
        self.assertEqual(whole, parts[0] + parts[1][1:])
        rows = list(csv.DictReader(io.StringIO("\n".join(whole))))
        self.assertEqual([row["member"] for row in rows], list("12345"))
        self.assertEqual([row["stream"] for row in rows], list("01234"))
        self.assertEqual({(row["time_scale"], row["noise_std"]) for row in rows}, {("1", "0")})

    def test_reconstruct(self):
        other = '0,"[1, 2.5, 14, 18, 19, 31]"'
        one = run("reconstruct", "-m", "stg", "-n", "2", text=one_train(REGULAR)).stdout.splitlines()
        two = run("reconstruct", "-m", "stg", "-n", "2", text=one_train(REGULAR) + other).stdout.splitlines()
        self.assertEqual(one, two[:3])

    def test_simulate(self):
        table = generate("-n", "4")
        for options in (("--noise", "5"), ("--noise", "5", "--solver", "cvode", "--rtol", "1e-6", "--atol", "1e-8")):
            whole = simulate(table, *options).stdout.splitlines()
            self.assertEqual(len(set(whole)), 5)
            self.assertEqual(whole[3:], simulate(rows_from(table, 2, 4), *options).stdout.splitlines()[1:])

    def test_table_without_streams(self):
        """A row's place is its stream, and --first-member says where a part begins."""
        table = generate("-n", "4")
        own = with_columns(table, stream=None, time_scale=None, noise_std=None)
        part = rows_from(own, 2, 4)
        whole = simulate(table, "--noise", "5").stdout.splitlines()
        self.assertEqual(simulate(own, "--noise", "5").stdout.splitlines(), whole)
        self.assertNotEqual(simulate(part, "--noise", "5").stdout.splitlines()[1:], whole[3:])
        moved = simulate(part, "--noise", "5", "--first-member", "2")
        self.assertEqual(moved.stdout.splitlines()[1:], whole[3:])


class Settings(Case):
    def setUp(self):
        self.table = generate("-n", "4")

    def test_columns_are_used(self):
        varied = with_columns(self.table, time_scale=[2, 1, 2, 0.5], noise_std=[0, 5, 0, 3.5], stream=[7, 7, 9, 0])
        rows = self.assert_written(simulate(varied))
        self.assertEqual([row["member"] for row in rows], list("1234"))
        for i, options in enumerate(
            (
                ("--time-scale", "2"),
                ("--noise", "5", "--first-member", "7"),
                ("--time-scale", "2"),
                ("--time-scale", "0.5", "--noise", "3.5", "--first-member", "0"),
            )
        ):
            alone = rows_of(simulate(rows_from(self.table, i, i + 1), *options))
            self.assertEqual(rows[i], alone[0])

    def test_options_come_first(self):
        varied = with_columns(self.table, time_scale=[2, 1, 2, 0.5], noise_std=[0, 5, 0, 3.5], stream=[7, 7, 9, 0])
        options = ("--time-scale", "1.5", "--noise", "2", "--first-member", "3")
        self.assertEqual(simulate(varied, *options).stdout, simulate(self.table, *options).stdout)

    def test_protocol_of_the_time_scale(self):
        slow = with_columns(self.table, time_scale=[1, 1, 4, 4])
        rows = self.assert_written(run("simulate", "-m", "stg", text=slow))
        for row, scale in zip(rows, (1, 1, 4, 4)):
            times = times_of(row)
            self.assertGreaterEqual(times[0], 3000 * scale)
            self.assertGreater(times[-1], 5000 * scale)

    def test_numbers_of_other_programs(self):
        """A column of whole numbers that went through a table of doubles."""
        table = with_columns(self.table, stream=["8007199254740991"] * 4, noise_std=[5] * 4)
        for text in ("8007199254740991.0", "8.007199254740991e15", " 8007199254740991 "):
            again = with_columns(table, stream=[text] * 4)
            self.assertEqual(simulate(again).stdout, simulate(table).stdout)

    def test_bad_cells(self):
        for column, cell in (
            ("time_scale", "0"),
            ("time_scale", "fast"),
            ("noise_std", "-1"),
            ("noise_std", "nan"),
            ("stream", "-1"),
            ("stream", "0.5"),
            ("stream", "9007199254740992"),
        ):
            with self.subTest(column=column, cell=cell):
                values = [row[column] for row in csv.DictReader(io.StringIO(self.table))]
                values[1] = cell
                result = simulate(with_columns(self.table, **{column: values}))
                rows = self.assert_written(result)
                self.assertEqual([row["status"] == "OK" for row in rows], [True, False, True, True])
                for word in ("line 3", column, f"'{cell}'", "not a"):
                    self.assertIn(word, rows[1]["status"])
                self.assertEqual([row["spiking_times"] == "" for row in rows], [False, True, False, False])

    def test_empty_cells(self):
        empty = with_columns(self.table, time_scale=[""] * 4, noise_std=[""] * 4, stream=[""] * 4)
        self.assertEqual(simulate(empty).stdout, simulate(self.table).stdout)


class Verified(Case):
    """Members that were accepted fire again as they did."""

    def assert_repeated(self, *options):
        made = run("reconstruct", "-m", "stg", "-n", "4", "--verify", *options, text=one_train(REGULAR))
        self.assertEqual(columns_of(made)[12:15], SETTINGS)
        members = self.assert_written(made)
        for row, fired in zip(members, rows_of(run("simulate", "-m", "stg", text=made.stdout))):
            times = times_of(fired)
            rate = 1000 / statistics.mean(b - a for a, b in zip(times, times[1:]))
            self.assertAlmostEqual(float(row["rate_hz"]), rate, delta=1e-5 * rate)
        return members

    def test_at_scale_1(self):
        self.assert_repeated()

    def test_at_another_scale(self):
        members = self.assert_repeated("--time-scale", "5.7")
        self.assertEqual({row["time_scale"] for row in members}, {"5.7"})

    def test_at_the_scale_that_is_found(self):
        self.assert_repeated("--time-scale", "auto")


if __name__ == "__main__":
    unittest.main()
