# SPDX-License-Identifier: MIT
"""Commands that a consumer's build runs."""

import os
import shlex
import subprocess
import sys


def run(*command, **environment):
    """Run a command and return its output; stop with both when it fails."""
    print("+", shlex.join(map(str, command)), flush=True)
    result = subprocess.run(
        [str(word) for word in command],
        env={**os.environ, **environment},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if result.returncode != 0:
        sys.exit(f"{result.stdout}\nexit status {result.returncode}")
    return result.stdout


def expect(output, wanted):
    print(output.rstrip())
    if wanted not in output:
        sys.exit(f"expected '{wanted}'")


def skip(what, missing):
    print(f"\n*** SKIPPED: {what}, because {missing} is not installed ***\n")
