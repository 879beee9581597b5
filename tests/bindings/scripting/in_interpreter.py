# SPDX-License-Identifier: MIT
"""Build the shim for R or Octave as its page says, and run a script with it.

Usage: in_interpreter.py SOURCE_FOLDER r|octave [SCRIPT [ARGUMENT]...]

Without SCRIPT it is the page's own that runs. Exit code 77, skipped: R or Octave is missing.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

SKIPPED = 77
TIME_LIMIT_S = 250


@dataclass(frozen=True)
class Interpreter:
    """What is needed, how a script is run, and how the page's blocks of scripts are marked."""

    tools: tuple[str, ...]
    command: tuple[str, ...]
    fence: str


INTERPRETERS = {
    "r": Interpreter(("R", "Rscript", "pkg-config", "cc"), ("Rscript", "--vanilla"), "r"),
    "octave": Interpreter(
        ("octave-cli", "mkoctfile", "pkg-config", "cc"), ("octave-cli", "--norc", "--quiet"), "matlab"
    ),
}


def block(page: str, language: str) -> str:
    """The only block of code of a language."""
    (code,) = re.findall(r"^```%s\n(.*?)^```" % language, page, re.MULTILINE | re.DOTALL)
    return code


def build(source: Path, page: str, folder: Path) -> None:
    """Follow the page in a folder that has what a clone has."""
    for name in ("r", "octave", "scripting"):
        shutil.copytree(source / "bindings" / name, folder / "bindings" / name)
    result = subprocess.run(
        ["sh", "-e", "-c", block(page, "sh")], cwd=folder, capture_output=True, text=True, timeout=120
    )
    complaints = [line for line in (result.stdout + result.stderr).splitlines() if "warning:" in line]
    if result.returncode != 0 or complaints:
        raise SystemExit("the commands of the page fail or warn:\n" + result.stdout + result.stderr)


def main(source: str, name: str, *script: str) -> int:
    interpreter = INTERPRETERS[name]
    missing = [tool for tool in interpreter.tools if shutil.which(tool) is None]
    if missing:
        print("skipped: there is no %s" % ", ".join(missing))
        return SKIPPED
    page = (Path(source) / "docs" / (name + ".md")).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        build(Path(source), page, folder)
        (folder / "page").write_text(block(page, interpreter.fence), encoding="utf-8")
        arguments = script or (str(folder / "page"),)
        place = folder / "out" / name
        return subprocess.run([*interpreter.command, *arguments], cwd=place, timeout=TIME_LIMIT_S).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
