# SPDX-License-Identifier: MIT
"""Writes docs/commands.md from the program's help; its path is in the variable DICREC.

DICREC=build/bindings/cli/dicrec python3 tests/cli/commands_page.py >docs/commands.md
"""

import sys

from program import command_names, run

HEAD = """# Commands

What `dicrec COMMAND --help` tells, written by `tests/cli/commands_page.py`. What holds for all commands, and what stands
in the tables, is in [program.md](program.md).
"""


def section(name):
    return f"\n## {name}\n\n```text\n{run(*name.split(), '--help').stdout.decode()}```\n"


def page():
    return HEAD + "".join(map(section, command_names()))


if __name__ == "__main__":
    sys.stdout.write(page())
