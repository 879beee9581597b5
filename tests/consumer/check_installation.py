# SPDX-License-Identifier: MIT
"""Install into an empty folder, then build and run programs against what lies there, as a user would; then move the
prefix to another place, and do it again.

Usage: check_installation.py BUILD_FOLDER PREFIX LIBDIR MESON LIBRARIES CC [CXX]      (LIBRARIES: shared, static or both, with a comma)
"""

import json
import pathlib
import shlex
import shutil
import sys
import tempfile

from commands import expect, run, skip

HERE = pathlib.Path(__file__).resolve().parent


class Installation:
    """Files below a prefix; the programs that use them are built in the folder `work`."""

    def __init__(self, prefix, libdir, libraries, work):
        self.prefix = prefix
        self.libraries = libraries
        self.libdir = prefix / libdir
        self.work = work
        work.mkdir()

    def soname(self):
        macros = json.loads((self.prefix / "share/dicrec/dicrec.json").read_text(encoding="utf-8"))["macros"]
        return "libdicrec.so.%d" % next(m["value"] for m in macros if m["name"] == "DICREC_ABI_VERSION")

    def check_files(self):
        expected = [
            self.prefix / "include/dicrec.h",
            self.prefix / "include/dicrec/context.h",
            self.prefix / "include/dicrec.hpp",
            self.prefix / "include/dicrec/cpp/model.hpp",
            self.prefix / "bin/dicrec",
            self.libdir / "pkgconfig/dicrec.pc",
            self.prefix / "share/cmake/dicrec/dicrec-config.cmake",
            self.prefix / "share/cmake/dicrec/dicrec-config-version.cmake",
            self.prefix / "share/dicrec/dicrec.json",
            self.prefix / "share/dicrec/model.schema.json",
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
        expect(run(program, *arguments, LD_LIBRARY_PATH=str(self.libdir)), expected)

    def pkg_config(self, *arguments):
        return run("pkg-config", *arguments, "dicrec", PKG_CONFIG_PATH=str(self.libdir / "pkgconfig")).strip()

    def flags(self, library):
        if library == "shared":
            return shlex.split(self.pkg_config("--cflags", "--libs"))
        archive = str(self.libdir / "libdicrec.a")  # asked for by its file, a linker prefers the shared library
        flags = shlex.split(self.pkg_config("--static", "--cflags", "--libs"))
        return ["-DDICREC_STATIC", *(archive if flag == "-ldicrec" else flag for flag in flags)]

    def build_with_pkg_config(self, compiler, source):
        if shutil.which("pkg-config") is None:
            return skip(f"{source} with pkg-config", "pkg-config")
        for library in self.libraries:
            program = self.work / f"{source}.{library}"
            run(*compiler, HERE / source, "-Wall", "-Werror", "-o", program, *self.flags(library))
            self.run(program, expected="dicrec " + self.pkg_config("--modversion"))
        return None

    def build_with_cmake(self, languages):
        if shutil.which("cmake") is None:
            return skip("the CMake package", "cmake")
        build, given = self.work / "cmake", f"-DCMAKE_PREFIX_PATH={self.prefix}"
        run("cmake", "-G", "Ninja", "-S", HERE, "-B", build, given, f"-DLANGUAGES={';'.join(languages)}")
        run("cmake", "--build", build)
        for language in languages:
            for library in self.libraries:
                self.run(build / f"consumer-{language}-{library}")
        return None

    def check(self, cc, cxx):
        self.check_files()
        self.run(self.prefix / "bin/dicrec", "--version")
        self.build_with_pkg_config(shlex.split(cc), "consumer.c")
        if cxx:
            self.build_with_pkg_config(shlex.split(cxx), "consumer.cpp")
            self.build_with_pkg_config(shlex.split(cxx), "consumer_layer.cpp")
        self.build_with_cmake(["C", "CXX"] if cxx else ["C"])


def main(build_folder, prefix, libdir, meson, libraries, cc, cxx=None):
    if not cxx:
        skip("the C++ programs", "a C++ compiler")
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        run(*shlex.split(meson), "install", "--no-rebuild", "-C", build_folder, "--destdir", work / "root")
        here, moved = work / "root" / prefix.lstrip("/"), work / "another place"
        Installation(here, libdir, libraries.split(","), work / "first").check(cc, cxx)
        here.rename(moved)
        Installation(moved, libdir, libraries.split(","), work / "second").check(cc, cxx)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
