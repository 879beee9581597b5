#!/bin/sh
# SPDX-License-Identifier: MIT
# Make the spike trains in this folder again, with the program `dicrec` of the path or of $DICREC.
set -eu
cd "$(dirname "$0")"
dicrec=${DICREC:-dicrec}

# make FILE MODEL G_S G_U: two members of one population, simulated by the model's protocol (STG 6 s, DA 12 s; the
# first 3 s dropped). The member's number becomes the ID, and times are rounded to 0.1 us, as recordings are.
make() {
  "$dicrec" generate --quiet --model "$2" --gs="$3" --gu="$4" --members 2 --seed 1 |
    "$dicrec" simulate --quiet --model "$2" --solver cvode |
    awk -F '"' 'NR == 1 { print "ID,spiking_times"; next }
      {
        split($1, key, ",")
        n = split(substr($2, 2, length($2) - 2), times, ", ")
        train = ""
        for (i = 1; i <= n; ++i) train = train (i > 1 ? ", " : "") sprintf("%.4f", times[i])
        printf "%s,\"[%s]\"\n", key[2], train
      }' >"$1"
}

make stg_bursting.csv stg -6 6
make da_pacemaking.csv da 2 5
