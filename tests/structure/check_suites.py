# SPDX-License-Identifier: MIT
"""Each unit suite is called like its file, every file is run, and no two tests have one name.

Usage: check_suites.py UNIT_FOLDER FILE...      (the files that are run, as `unit/STAGE/test_NAME.c`)
"""

import collections
import pathlib
import re
import sys


def main(folder, *run):
    findings, tests = [], collections.Counter()
    found = sorted(pathlib.Path(folder).glob("*/test_*.c"))
    for path in found:
        text, name = path.read_text(), path.stem.removeprefix("test_")
        if re.findall(r'suite_create\("(.*?)"\)', text) != [name]:
            findings.append(f"{path.name}: the suite is not called '{name}'")
        if f"unit/{path.parent.name}/{path.name}" not in run:
            findings.append(f"{path.name} is not run")
        tests.update(re.findall(r"^START_TEST\((\w+)\)", text, re.MULTILINE))
    findings += [f"{n} tests are called {name}" for name, n in tests.items() if n > 1]
    print(f"{len(found)} suites, {tests.total()} tests", *findings, sep="\n")
    return int(bool(findings) or not found)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
