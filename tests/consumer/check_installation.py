# SPDX-License-Identifier: MIT
"""Install into an empty folder, then build and run programs against what lies there, as a user would.

Usage: check_installation.py BUILD_FOLDER PREFIX LIBDIR MESON LIBRARIES CC [CXX]      (LIBRARIES: shared, static or both, with a comma)
"""

import json
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

    def __init__(self, root, prefix, libdir, libraries):
        self.root = root
        self.libraries = libraries
        self.prefix = root / prefix.lstrip("/")
        self.libdir = self.prefix / libdir

    def soname(self):
        macros = json.loads((self.prefix / "share/dicrec/dicrec.json").read_text(encoding="utf-8"))["macros"]
        return "libdicrec.so.%d" % next(m["value"] for m in macros if m["name"] == "DICREC_ABI_VERSION")

    def check_files(self):
        expected = [
            self.prefix / "include/dicrec.h",
            self.prefix / "include/dicrec/context.h",
            self.prefix / "bin/dicrec",
            self.libdir / "pkgconfig/dicrec.pc",
            self.prefix / "share/cmake/dicrec/dicrec-config.cmake",
            self.prefix / "share/cmake/dicrec/dicrec-config-version.cmake",
            self.prefix / "share/dicrec/dicrec.json",
        ]
        if "shared" in self.libraries:
            soname = self.soname()
            expected += [self.libdir / soname, (self.libdir / "libdicrec.so").resolve()]
        if "static" in self.libraries:
            expected += [self.libdir / "libdicrec.a"]
        missing = [str(path) for path in expected if not path.is_file()]
        if missing:
            sys.exit("not installed: " + ", ".join(missing))
        if "shared" in self.libraries and not (self.libdir / soname).is_symlink():
            sys.exit(f"{soname} is no symbolic link")

    def run(self, program, *arguments, expected="dicrec"):
        output = run(program, *arguments, LD_LIBRARY_PATH=str(self.libdir))
        print(output.rstrip())
        if expected not in output:
            sys.exit(f"expected '{expected}'")

    def pkg_config(self, *arguments):
        environment = {"PKG_CONFIG_PATH": str(self.libdir / "pkgconfig")}
        return run("pkg-config", f"--define-variable=prefix={self.prefix}", *arguments, "dicrec", **environment).strip()

    def flags(self, library):
        if library == "shared":
            return shlex.split(self.pkg_config("--cflags", "--libs"))
        archive = str(self.libdir / "libdicrec.a")  # asked for by its file, a linker prefers the shared library
        flags = shlex.split(self.pkg_config("--static", "--cflags", "--libs"))
        return ["-DDICREC_STATIC", *(archive if flag == "-ldicrec" else flag for flag in flags)]

    def build_with_pkg_config(self, compiler, source, work):
        if shutil.which("pkg-config") is None:
            return skip(f"{source} with pkg-config", "pkg-config")
        for library in self.libraries:
            program = work / f"{source}.{library}"
            run(*compiler, HERE / source, "-Wall", "-Werror", "-o", program, *self.flags(library))
            self.run(program, expected="dicrec " + self.pkg_config("--modversion"))
        return None

    def build_with_cmake(self, work):
        if shutil.which("cmake") is None:
            return skip("the CMake package", "cmake")
        run("cmake", "-G", "Ninja", "-S", HERE, "-B", work / "cmake", f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run("cmake", "--build", work / "cmake")
        for program in ["consumer", *(["static-consumer"] if "static" in self.libraries else [])]:
            self.run(work / "cmake" / program)
        return None


def main(build_folder, prefix, libdir, meson, libraries, cc, cxx=None):
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        installation = Installation(work / "root", prefix, libdir, libraries.split(","))
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
