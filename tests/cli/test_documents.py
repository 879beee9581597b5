# SPDX-License-Identifier: MIT
"""What the documentation says of the program is what the program says."""

import pathlib
import re
import unittest

from commands_page import page
from program import (
    CHECK_COLUMNS,
    DETAIL_COLUMNS,
    ESTIMATE_COLUMNS,
    MEMBER_COLUMNS,
    REMARKS,
    REPORT_COLUMNS,
    Case,
    command_names,
    run,
)

ROOT = pathlib.Path(__file__).parents[2]


def document(name):
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


class Documents(Case):
    def test_commands(self):
        self.assertEqual(document("commands.md"), page(), "write it anew: see tests/cli/commands_page.py")

    def test_columns(self):
        """Every column stands somewhere in the documents for users, channels aside."""
        text = document("program.md") + document("reconstruction.md") + document("commands.md")
        channels = ("g_", "spread_kept_")
        for column in ESTIMATE_COLUMNS + DETAIL_COLUMNS + MEMBER_COLUMNS + CHECK_COLUMNS + REPORT_COLUMNS:
            if not (column.startswith(channels) and column not in ("g_s", "g_u", "spread_kept_min")):
                self.assertRegex(text, rf"\b(n_)?{column}\b")

    def test_options(self):
        """Options that the documents name are some command's."""
        known = set(re.findall(r"--[a-z][a-z-]*", document("commands.md"))) | {"--version"}
        for name in ("program.md", "reconstruction.md", "simulation.md", "estimation.md", "trust.md"):
            for option in re.findall(r"`(?:dicrec [a-z]+ )?(--[a-z][a-z-]*)", document(name)):
                self.assertIn(option, known, name)

    def test_remarks(self):
        header = (ROOT / "include" / "dicrec" / "reconstruct.h").read_text(encoding="utf-8")
        rows_of_list = header.split("#define DICREC_REMARK_LIST(X)")[1].split("\n\n")[0]
        self.assertEqual(re.findall(r'X\((\w+), \d+, ".*?"\)', rows_of_list), REMARKS)
        for name in REMARKS:
            self.assertIn(f" {name} ", document("trust.md"), "what to do is not said")


class Numbers(Case):
    def test_no_number_is_written_in_the_program(self):
        """Defaults and limits of the library stand in none of the program's tables of options."""
        folder = ROOT / "bindings" / "cli" / "commands"
        for path in sorted(folder.glob("command_*.c")):
            table = re.search(r"option_spec OPTIONS\[\] = \{(.*?)OPTION_ROW_END", path.read_text(), re.DOTALL)
            for row in re.findall(r"\.(?:limits|word_limits) = ([^,]*)", table.group(1) if table else ""):
                self.assertRegex(row, r"^(LIMITS_OF|&)", path.name)

    def test_defaults_are_allowed(self):
        """What the help calls a default can be given, and changes nothing about how a command is refused."""
        n_checked = 0
        for name in command_names():
            text = run(*name.split(), "--help").stdout.decode()
            for option in re.split(r"\n(?= +-)", text.split("Options:\n")[1]):
                told = re.search(r"(--[a-z-]+) .*; default (\S+)\)$", " ".join(option.split()))
                if not told:
                    continue
                result = run(*name.split(), "-m", "stg", *told.groups(), "/nonexistent")
                self.assertNotIn(f"option {told.group(1)}: ", result.stderr.decode())
                n_checked += 1
        self.assertGreater(n_checked, 20)


if __name__ == "__main__":
    unittest.main()
