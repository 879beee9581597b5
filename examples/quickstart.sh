#!/bin/sh
# SPDX-License-Identifier: MIT
# From nothing to a population: set up, build, reconstruct the shipped recording, draw it.
set -eu
cd "$(dirname "$0")/.."

sh examples/setup.sh
mkdir -p out
./build/bindings/cli/dicrec reconstruct examples/data/stg_bursting.csv --model stg -n 16 --seed 1 --verify \
  --plot out/stg.svg -o out/stg.csv
echo
echo "The population of the first train (conductances in mS/cm2; accepted: the member fires like the recording):"
awk -F, 'NR == 1 { for (i = 2; i <= NF; ++i) shown[i] = $i !~ /^(time_scale|noise_std|stream)$/ }
  NR == 1 || $1 == "1" { for (i = 2; i <= NF; ++i) if (shown[i]) printf "%-10.8s", $i; print "" }' out/stg.csv
echo
echo "out/stg.csv holds the population, out/stg.svg shows the recording and what each member fires."
