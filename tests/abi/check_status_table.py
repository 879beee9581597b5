# SPDX-License-Identifier: MIT
"""Compare docs/status.md with the list of statuses in the header; with --write, make it anew.

Usage: check_status_table.py HEADER TABLE [--write]
"""

import re
import sys
from pathlib import Path

INTRODUCTION = """# Statuses

Every call answers a `dicrec_status`: 0 is good, negative is failure, positive is "done, with a remark". The text with the
detail (which argument, which value, what was allowed) is in the context: `dicrec_context_error()`. Members of a
population or simulation have a status each. In C the names begin with `DICREC_`.

| name | value | meaning |
|---|---|---|
"""


def table(header):
    entries = re.findall(r'X\((\w+), (-?\d+), "([^"]*)"\)', header)
    if not entries:
        raise SystemExit("no statuses found in the header")
    return INTRODUCTION + "".join("| `%s` | %s | %s |\n" % entry for entry in entries)


def main(header, path, *options):
    expected = table(Path(header).read_text())
    if "--write" in options:
        Path(path).write_text(expected)
    elif not Path(path).exists() or Path(path).read_text() != expected:
        raise SystemExit("%s does not fit %s; make it anew with --write" % (path, header))


if __name__ == "__main__":
    main(*sys.argv[1:])
