#!/bin/sh
# SPDX-License-Identifier: MIT
# Run a Julia program with Dicrec.jl on its path: sh run_julia.sh PACKAGE PROGRAM [ARGUMENT]...
# Nothing is written into the user's own depot. Exit code 77, skipped: there is no Julia.
set -eu
here=$(dirname "$0")
julia=$(sh "$here/get_julia.sh") || exit $?
package=$1
shift
JULIA_DEPOT_PATH="${DICREC_JULIA_DEPOT:-$HOME/.cache/dicrec-julia-depot}" JULIA_LOAD_PATH="$package:@stdlib" \
  exec "$julia" --startup-file=no --threads=2 --optimize=1 "$@"
