# SPDX-License-Identifier: MIT
"""Make sdist and wheel of a copy of the sources by the documented command, and use the wheel as a stranger would: in a
fresh virtual environment that finds no compiler and no other library.

Where the package index is out of reach, sdist and wheel are made with the system's setuptools, the wheel keeps the tag
of its system, and numpy is the system's. WHEEL is a wheel to test instead.
"""

import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
USER = pathlib.Path(__file__).with_name("wheel_user.py")
SOURCES = [
    "include",
    "lib",
    "bindings/api",
    "bindings/cpp",
    "bindings/python",
    "bindings/training",
    "meson.options",
    "meson_options.txt",
]
SOURCES += ["docs/model.schema.json", "meson.build", "LICENSE"]
MOST_BYTES = 25_000_000
SKIPPED = 77
#: Of these every system has its own; all else must be inside.
OF_THE_SYSTEM = r"(libc|libm|libpthread|libdl|ld-linux-[\w-]+)\.so\.\d"


def run(*command, check=True, **more):
    result = subprocess.run(
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        **more,
    )
    if check and result.returncode != 0:
        raise AssertionError("%s\n%s" % (" ".join(map(str, command)), result.stdout))
    return result


def loudly(what):
    print("\n*** SKIPPED: %s ***\n" % what, flush=True)


def reaches_index(python):
    """Whether numpy can be installed, which every user of a wheel needs; it then is."""
    return (
        run(python, "-m", "pip", "install", "--timeout", "10", "--retries", "0", "numpy", check=False).returncode == 0
    )


def copy_of_sources(folder):
    for name in SOURCES:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            made = shutil.ignore_patterns("__pycache__", "build", "dist", "*.egg-info", "libdicrec.*")
            shutil.copytree(source, target, ignore=made, symlinks=True)
        else:
            shutil.copy(source, target, follow_symlinks=False)
    return folder / "bindings" / "python"


def offline_build(package, dist):
    """What make_wheel.sh does, with the system's setuptools; the sdist is built in an empty folder."""
    hook = "from setuptools import build_meta; build_meta.build_sdist(%r)" % str(dist)
    run(sys.executable, "-c", hook, cwd=package)
    (sdist,) = dist.glob("*.tar.gz")
    run("tar", "xzf", sdist, "-C", dist)
    unpacked = dist / sdist.name[: -len(".tar.gz")]
    pip = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-index", "--no-build-isolation"]
    run(*pip, "-w", dist, unpacked, cwd=dist)


class Wheel(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.work = pathlib.Path(cls.temporary.name)
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.python = cls.work / "venv" / "bin" / "python"
        run(sys.executable, "-m", "venv", cls.work / "venv")
        cls.online = reaches_index(cls.python)
        if not cls.online:
            loudly("numpy of the package index, and the tag by auditwheel, because the index is out of reach")
            run(sys.executable, "-m", "venv", "--system-site-packages", "--clear", cls.work / "venv")
        cls.wheel = pathlib.Path(os.environ["WHEEL"]) if "WHEEL" in os.environ else cls.made()
        run(cls.python, "-m", "pip", "install", "--no-index", *([] if cls.online else ["--no-deps"]), cls.wheel)

    @classmethod
    def made(cls):
        package, dist = copy_of_sources(cls.work / "sources"), cls.work / "dist"
        dist.mkdir()
        if cls.online:
            print(run("sh", package / "make_wheel.sh", dist, env={**os.environ, "PYTHON": sys.executable}).stdout)
        else:
            offline_build(package, dist)
        (wheel,) = dist.glob("*.whl")
        return wheel

    def use(self, check=True, **environment):
        """Run the user's program with nothing in its environment but what is given."""
        return run(self.python, USER, cwd=self.work / "venv", env={"PATH": "/nonexistent", **environment}, check=check)

    def test_tag_and_size(self):
        tag = r"dicrec-[\d.]+-py3-none-(%s)_\w+\.whl" % (
            r"manylinux_2_\d+" if self.online else "linux|manylinux_2_\\d+"
        )
        self.assertRegex(self.wheel.name, tag)
        self.assertLessEqual(self.wheel.stat().st_size, MOST_BYTES)

    def test_licences(self):
        with zipfile.ZipFile(self.wheel) as archive:
            names = archive.namelist()
            (library,) = [archive.read(name) for name in names if re.search(r"dicrec/libdicrec\.so\.\d+$", name)]
        inside = {"LICENSE", "LICENSE.Random123", "LICENSE.jsmn", "LICENSE.SUNDIALS"}
        inside |= {"LICENSE.OpenBLAS"} if b"OPENBLAS_" in library else set()
        self.assertEqual({pathlib.Path(name).name for name in names if "/licenses/LICENSE" in name}, inside)
        self.assertFalse([name for name in names if ".pyc" in name or name.endswith((".c", ".build"))])

    def test_needs_nothing_but_the_c_library(self):
        if shutil.which("readelf") is None:
            return loudly("what the library needs, because readelf is not installed")
        (library,) = (self.work / "venv").glob("lib/python3*/site-packages/dicrec/libdicrec.so.*")
        needed = re.findall(r"NEEDED.*\[(.*)\]", run("readelf", "-d", library).stdout)
        self.assertEqual([name for name in needed if not re.fullmatch(OF_THE_SYSTEM, name)], [])
        return None

    def test_reconstructs_without_any_library_of_the_system(self):
        lines = [line.split(" ", 1) for line in self.use().stdout.splitlines()]
        mapped = [path for key, path in lines if key == "mapped"]
        own = [path for path in mapped if "libdicrec" in path]
        self.assertEqual([pathlib.Path(path).parent.name for path in own], ["dicrec"])
        self.assertTrue(own[0].startswith(str(self.work.resolve() / "venv")), own)
        self.assertEqual([path for path in mapped if "sundials" in path], [])
        foreign = [path for path in mapped if "blas" in path and not path.startswith(str(self.work.resolve()))]
        self.assertTrue(not foreign or not self.online, foreign)

    def test_same_bytes_as_the_library_of_the_build(self):
        library = os.environ.get("DICREC_LIBRARY")
        if not library:
            return loudly("the library of the build, because DICREC_LIBRARY is not set")
        bundled, other = self.use().stdout, self.use(DICREC_LIBRARY=library).stdout
        self.assertIn("mapped %s" % pathlib.Path(library).resolve(), other)
        self.assertEqual(other.splitlines()[0], bundled.splitlines()[0])
        return None

    def test_a_wrong_path_is_noticed(self):
        refused = self.use(check=False, DICREC_LIBRARY="/nonexistent/libdicrec.so")
        self.assertEqual(refused.returncode, 1)
        self.assertRegex(refused.stdout, r"ImportError: .*DICREC_LIBRARY.*/nonexistent/libdicrec\.so")

    def test_metadata(self):
        with zipfile.ZipFile(self.wheel) as archive:
            (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
            metadata = archive.read(name).decode()
            self.assertIn("dicrec/py.typed", archive.namelist())
        self.assertEqual(set(re.findall(r"Provides-Extra: (\w+)", metadata)), {"plot", "tables", "training", "all"})

    def test_training_is_inside(self):
        program = "import sys, dicrec_training.plan as plan; print(plan.names())"
        if run(self.python, "-c", "import tomllib", check=False).returncode != 0:
            return loudly("the package of training, because Python is older than 3.11")
        self.assertIn("stg", run(self.python, "-c", program, env={"PATH": "/nonexistent"}).stdout)
        return None


def missing():
    """What is not there of what every way to a wheel needs."""
    modules = [name for name in ("ensurepip", "pip", "setuptools", "wheel") if importlib.util.find_spec(name) is None]
    return modules + [name for name in ("sh", "tar", "meson", "ninja") if shutil.which(name) is None]


if __name__ == "__main__":
    if missing():
        loudly("the wheel, because there is no %s" % ", ".join(missing()))
        sys.exit(SKIPPED)
    unittest.main(verbosity=2)
