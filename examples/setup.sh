#!/bin/sh
# SPDX-License-Identifier: MIT
# Install what the build needs (Debian, as root; what is there already is left alone) and build.
# Further packages may be named: BUILD=build-tests sh examples/setup.sh check python3-numpy
# BUILD is the folder, MESON_OPTIONS are options for its first configuration.
set -eu
cd "$(dirname "$0")/.."
export PATH="/usr/bin:$PATH" # what the packages install comes first

missing=
for package in gcc libc6-dev meson ninja-build pkg-config python3 libopenblas-serial-dev libsundials-dev \
  librandom123-dev libjsmn-dev libcairo2-dev fonts-dejavu-core "$@"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
if [ -n "$missing" ]; then
  echo "Installing:$missing"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q update >/dev/null
  # shellcheck disable=SC2086 # a list of names
  apt-get -q -y install --no-install-recommends $missing >/dev/null
fi

build=${BUILD:-build}
# shellcheck disable=SC2086 # a list of options
[ -f "$build/build.ninja" ] || meson setup "$build" ${MESON_OPTIONS:-} >/dev/null
echo "Building in $build"
ninja -C "$build" >"$build/build.log" 2>&1 || { cat "$build/build.log"; exit 1; }
