# SPDX-License-Identifier: MIT
"""Build the C library with Meson and put it into the package; put the sources of the library into the sdist.

What pyproject.toml says needs no code; this file says the rest. MESON_OPTIONS are further options of the library's
build, as for examples/setup.sh.
"""

import os
import pathlib
import re
import runpy
import shlex
import shutil
import subprocess
import tempfile

from setuptools import Distribution, setup
from setuptools.command.build_py import build_py
from setuptools.command.sdist import sdist

try:
    from setuptools.command.bdist_wheel import bdist_wheel
except ImportError:  # setuptools before 70.1
    from wheel.bdist_wheel import bdist_wheel

HERE = pathlib.Path(__file__).resolve().parent
CARRIED = HERE / "libdicrec"  # of an sdist
ROOT = CARRIED if CARRIED.is_dir() else HERE.parents[1]
TRAINING = "bindings/training/dicrec_training"
NEEDED = ["include", "lib", "bindings/api", "bindings/cpp", TRAINING, "docs/model.schema.json"]
NEEDED += ["meson.build", "meson_options.txt", "LICENSE"]
OPTIONS = [
    "--buildtype=release",
    "-Ddefault_library=shared",
    "-Dstatic_sundials=auto",
    "-Dprogram=disabled",
    "-Dtests=disabled",
    "-Dexamples=disabled",
]


def ignored(_folder, names):
    return [name for name in names if name == "__pycache__" or name.endswith(".pyc")]


def copy(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=ignored)
    else:
        shutil.copyfile(source, target)


def install_library(work):
    """Build and install below the folder `work`; the prefix that holds the library."""
    more = shlex.split(os.environ.get("MESON_OPTIONS", ""))
    build, prefix = work / "build", work / "prefix"
    for command in (
        ["setup", build, ROOT, *OPTIONS, *more, f"--prefix={prefix}", "--libdir=lib", "--bindir=lib"],
        ["compile", "-C", build],
        ["install", "-C", build, "--no-rebuild", "--strip", "--quiet"],
    ):
        subprocess.run(["meson", *map(str, command)], check=True)
    return prefix


def library_files(prefix):
    """The library under the name by which programs ask for it: that of its ABI, without the release."""
    abi = runpy.run_path(str(HERE / "dicrec" / "_api.py"))["ABI_VERSION"]
    name = re.compile(r"(lib)?dicrec(\.so)?[.-]%d(\.dylib|\.dll)?" % abi)
    return [path for path in (prefix / "lib").iterdir() if name.fullmatch(path.name)]


class BuildWithLibrary(build_py):
    def run(self):
        if not self.editable_mode:
            shutil.rmtree(self.build_lib, ignore_errors=True)  # a module that is no more would go into the wheel
        super().run()
        package = pathlib.Path(self.get_package_dir("dicrec") if self.editable_mode else self.build_lib + "/dicrec")
        with tempfile.TemporaryDirectory() as work:
            prefix = install_library(pathlib.Path(work))
            for file in library_files(prefix):
                copy(file, package / file.name)
            if self.editable_mode:
                return
            for file in [ROOT / "LICENSE", *(prefix / "share/doc/dicrec").glob("LICENSE.*")]:
                copy(file, package / "licenses" / file.name)
        copy(ROOT / TRAINING, pathlib.Path(self.build_lib) / "dicrec_training")


class SourcesWithLibrary(sdist):
    def make_release_tree(self, base_dir, files):
        super().make_release_tree(base_dir, files)
        for name in NEEDED:
            copy(ROOT / name, pathlib.Path(base_dir) / CARRIED.name / name)


class WheelForAnyPython(bdist_wheel):
    """The library is called by ctypes, so that only the system and the processor matter."""

    def get_tag(self):
        return ("py3", "none", super().get_tag()[2])


class WithLibrary(Distribution):
    def has_ext_modules(self):
        return True


setup(
    license="MIT",
    distclass=WithLibrary,
    cmdclass={"build_py": BuildWithLibrary, "sdist": SourcesWithLibrary, "bdist_wheel": WheelForAnyPython},
)
