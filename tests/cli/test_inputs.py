# SPDX-License-Identifier: MIT
"""Inputs that a hurried or a hostile user may give, and what the program says to them."""

import unittest

from program import REGULAR, Case, rows_of, run, spikes_file


def train(times):
    return "[" + ", ".join(map(repr, times)) + "]"


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
                    self.assertEqual(message.count("\n"), 1 if words else 0, message)
                    for word in words or ():
                        self.assertIn(word, message)
        self.assertEqual(self.estimate(spikes_file('1,"[1, 2, 3, 4, 5]"')).stderr, b"")


if __name__ == "__main__":
    unittest.main()
