# SPDX-License-Identifier: MIT
"""Build shared_objects.c and the library with a thread sanitizer, in a folder of their own, and run that one program.

Usage: test_thread_sanitizer.py SOURCE_FOLDER BUILD_FOLDER BLAS MESON NINJA COMPILER...
"""

import os
import pathlib
import subprocess
import sys

SKIPPED = 77
TARGET = "tests/environment/shared-objects"
SILENT = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "check": False}


def skip(why):
    print(f"*** SKIPPED: the thread sanitizer, because {why} ***")
    sys.exit(SKIPPED)


def require(command, **environment):
    result = subprocess.run(command, env={**os.environ, **environment}, **SILENT)
    if result.returncode != 0:
        sys.exit(result.stdout)


def has_sanitizer(compiler, folder):
    source = folder / "try.c"
    source.write_text("int main(void) { return 0; }\n")
    command = [*compiler, "-fsanitize=thread", source, "-o", folder / "try"]
    return subprocess.run(command, **SILENT).returncode == 0


def run(program):
    """Old sanitizers cannot live with addresses as random as newer systems make them."""
    result = subprocess.run([program], **SILENT)
    if "unexpected memory mapping" not in result.stdout:
        return result
    fixed = subprocess.run(["setarch", "-R", program], **SILENT)
    if "unexpected memory mapping" in fixed.stdout or "setarch" in fixed.stdout:
        skip("it does not run on this system")
    return fixed


def main():
    source, build, blas, meson, ninja, *compiler = sys.argv[1:]
    folder = pathlib.Path(build) / "thread-sanitizer"
    folder.mkdir(exist_ok=True)
    if not has_sanitizer(compiler, folder):
        skip(f"{compiler[0]} does not have it")
    if not (folder / "build.ninja").exists():
        require(
            [
                meson,
                "setup",
                folder,
                source,
                "-Db_sanitize=thread",
                "-Db_lundef=false",
                "-Dbuildtype=debugoptimized",
                f"-Dblas={blas}",
                "-Dexamples=disabled",
                "-Dplot=disabled",
            ],
            CC=" ".join(compiler),
        )
    require([ninja, "-C", folder, TARGET])
    result = run(folder / TARGET)
    sys.exit(result.stdout if result.returncode != 0 else 0)


if __name__ == "__main__":
    main()
