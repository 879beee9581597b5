# SPDX-License-Identifier: MIT
"""Install into an empty folder, then build and run programs against what lies there, as a user would.

Usage: check_installation.py BUILD_FOLDER PREFIX LIBDIR MESON CC [CXX]
"""

import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


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


def skip(what, missing):
    print(f"\n*** SKIPPED: {what}, because {missing} is not installed ***\n")


class Installation:
    """Files below a folder that stands for the root of the system."""

    def __init__(self, root, prefix, libdir):
        self.root = root
        self.prefix = root / prefix.lstrip("/")
        self.libdir = self.prefix / libdir

    def check_files(self):
        library = (self.libdir / "libdicrec.so").resolve()
        expected = [
            self.prefix / "include/dicrec.h",
            self.prefix / "include/dicrec/context.h",
            self.prefix / "bin/dicrec",
            self.libdir / "pkgconfig/dicrec.pc",
            self.prefix / "share/cmake/dicrec/dicrec-config.cmake",
            self.prefix / "share/cmake/dicrec/dicrec-config-version.cmake",
            self.libdir / "libdicrec.so.0",
            library,
        ]
        missing = [str(path) for path in expected if not path.is_file()]
        if missing:
            sys.exit("not installed: " + ", ".join(missing))
        if not (self.libdir / "libdicrec.so.0").is_symlink():
            sys.exit("libdicrec.so.0 is no symbolic link")

    def run(self, program, *arguments, expected="dicrec"):
        output = run(program, *arguments, LD_LIBRARY_PATH=str(self.libdir))
        print(output.rstrip())
        if expected not in output:
            sys.exit(f"expected '{expected}'")

    def pkg_config(self, *arguments):
        environment = {"PKG_CONFIG_PATH": str(self.libdir / "pkgconfig")}
        return run("pkg-config", f"--define-variable=prefix={self.prefix}", *arguments, "dicrec", **environment).strip()

    def build_with_pkg_config(self, compiler, source, work):
        if shutil.which("pkg-config") is None:
            return skip(f"{source} with pkg-config", "pkg-config")
        program = work / (source + ".program")
        flags = shlex.split(self.pkg_config("--cflags", "--libs"))
        run(*compiler, HERE / source, "-Wall", "-Werror", "-o", program, *flags)
        return self.run(program, expected="dicrec " + self.pkg_config("--modversion"))

    def build_with_cmake(self, work):
        if shutil.which("cmake") is None:
            return skip("the CMake package", "cmake")
        run("cmake", "-G", "Ninja", "-S", HERE, "-B", work / "cmake", f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run("cmake", "--build", work / "cmake")
        return self.run(work / "cmake/consumer")


def main(build_folder, prefix, libdir, meson, cc, cxx=None):
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        installation = Installation(work / "root", prefix, libdir)
        run(*shlex.split(meson), "install", "--no-rebuild", "-C", build_folder, "--destdir", work / "root")
        installation.check_files()
        installation.run(installation.prefix / "bin/dicrec", "--version")
        installation.build_with_pkg_config(shlex.split(cc), "consumer.c", work)
        if cxx:
            installation.build_with_pkg_config(shlex.split(cxx), "consumer.cpp", work)
        else:
            skip("the C++ program", "a C++ compiler")
        installation.build_with_cmake(work)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
