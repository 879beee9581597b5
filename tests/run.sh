#!/bin/sh
# SPDX-License-Identifier: MIT
# Set up, build and run every test; the last line says how many passed and failed.
# With an argument the tests run in another kind of build: sh tests/run.sh clang | sanitize | thread | valgrind
set -eu
cd "$(dirname "$0")/.."
export PATH="/usr/bin:$PATH" # what the packages install comes first

kind=${1:-plain}
export BUILD="build-tests-$kind"
packages="check g++ cmake locales python3-jsonschema python3-numpy"
suites=
wrapper=
case $kind in
plain) # what meets the library in Python, R and Octave; elsewhere these tests are skipped
  packages="$packages python3-distributed python3-joblib python3-matplotlib python3-mypy python3-neo python3-pandas"
  packages="$packages python3-pint python3-pip python3-quantities python3-tqdm python3-venv python3-xarray"
  packages="$packages r-base-core octave octave-dev"
  ;;
clang)
  export CC=clang
  packages="$packages clang"
  ;;
sanitize) # other programs cannot load the sanitized library, so the bindings and the consumer stay out
  suites="--no-suite python --no-suite consumer"
  export MESON_OPTIONS="-Db_sanitize=address,undefined -Dbuildtype=debugoptimized"
  packages="$packages libasan8 libubsan1"
  ;;
thread) # the C tests; addresses as random as newer systems make them are too much for older sanitizers
  suites="--no-suite accuracy --no-suite bindings --no-suite consumer --no-suite abi --no-suite vectors --no-suite cpp"
  export MESON_OPTIONS="-Db_sanitize=thread -Dbuildtype=debugoptimized"
  packages="$packages libtsan2 util-linux"
  wrapper="--wrapper=setarch -R"
  ;;
valgrind) # the C tests; the rest runs other programs
  suites="--no-suite accuracy --no-suite bindings --no-suite consumer --no-suite abi --no-suite environment --no-suite vectors --no-suite threads --no-suite cpp"
  export MESON_OPTIONS="-Dbuildtype=debugoptimized"
  packages="$packages valgrind"
  wrapper="--wrapper=valgrind -q --error-exitcode=1 --leak-check=full"
  ;;
*)
  echo "run.sh: unknown kind '$kind', known are clang, sanitize, thread and valgrind" >&2
  exit 2
  ;;
esac

# shellcheck disable=SC2086 # a list of names
sh examples/setup.sh $packages
log="$BUILD/tests.log"
status=0
# shellcheck disable=SC2086 # lists of words
meson test -C "$BUILD" --print-errorlogs --timeout-multiplier 10 $suites ${wrapper:+"$wrapper"} >"$log" 2>&1 || status=$?
cat "$log"
count() { awk -F: -v key="$1" '$1 == key { n = $2 } END { print n + 0 }' "$log"; }
echo "$(count Ok) passed, $(($(count Fail) + $(count Timeout))) failed, $(count Skipped) skipped"
exit "$status"
