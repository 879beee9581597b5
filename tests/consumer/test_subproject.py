# SPDX-License-Identifier: MIT
"""A project that has the library as a subproject of Meson gets the library alone, and the rest where it asks for it.

Usage: test_subproject.py SOURCE_FOLDER BUILD_FOLDER BLAS MESON COMPILER...      (what is built stays for the next time)
"""

import json
import pathlib
import shutil
import sys

from commands import expect, run

HERE = pathlib.Path(__file__).resolve().parent
#: Whatever the optimisation, it builds; this is the fastest.
OPTIONS = ["--buildtype=debug", "--wrap-mode=forcefallback"]
MORE = ["-Dlibdicrec:program=enabled", "-Dlibdicrec:examples=enabled"]


def project(folder, source):
    (folder / "subprojects").mkdir(parents=True, exist_ok=True)
    for file in ("subproject/meson.build", "consumer.c", "consumer.cpp"):
        shutil.copy(HERE / file, folder)
    library = folder / "subprojects" / "libdicrec"
    if not library.is_symlink():
        library.symlink_to(source)


def programs(meson, build):
    """Names of the executables that a build would make."""
    targets = json.loads(run(meson, "introspect", "--targets", build))
    return {target["name"] for target in targets if target["type"] == "executable"}


def require(condition, text):
    if not condition:
        sys.exit(text)


def main(source, build_folder, blas, meson, *compiler):
    folder = pathlib.Path(build_folder) / "subproject"
    build, more = folder / "build", folder / "build-more"
    project(folder, source)

    def set_up(build, *options):
        again = ["--reconfigure"] if (build / "build.ninja").exists() else []
        given = [*OPTIONS, f"-Dlibdicrec:blas={blas}", *options]
        run(meson, "setup", *again, build, folder, *given, CC=" ".join(compiler))
        return programs(meson, build)

    own = set_up(build)
    require(own <= {"consumer", "static-consumer", "cpp-consumer"}, f"more than was asked for: {own}")
    run(meson, "compile", "-C", build)
    for program in sorted(own):
        expect(run(build / program), "dicrec")
    found = set_up(more, *MORE)
    require({"dicrec", "02_simulate"} <= found, f"program and examples were asked for: {found}")


if __name__ == "__main__":
    main(*sys.argv[1:])
