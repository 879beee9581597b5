# SPDX-License-Identifier: MIT
"""What the program `dicrec` answers in the ten things of same.c, read from its tables."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Numbers:
    """Rows of one file, which may differ in length, and what their columns are."""

    columns: list[str]
    rows: list[list[float]]


def first_train(recordings: Path) -> list[str]:
    """Spike times of the first row of a table of trains, as they are written there."""
    with open(recordings, newline="") as file:
        return [time.strip() for time in next(csv.DictReader(file))["spiking_times"].strip("[]").split(",")]


class Program:
    """The program, which takes and gives tables as text."""

    def __init__(self, path: str) -> None:
        self.path = path

    def run(self, command: str, table: str, *options: str) -> str:
        arguments = [self.path, command, "--quiet", "--model", "stg", *options]
        return subprocess.run(arguments, input=table, capture_output=True, text=True, check=True, timeout=120).stdout


def selected(table: str, *columns: str) -> Numbers:
    """Columns by name; "g_*" stands for the conductances."""
    reader = csv.DictReader(io.StringIO(table))
    header = list(reader.fieldnames or [])
    conductances = header[header.index("member") + 1 : header.index("g_s")] if "g_*" in columns else []
    names = [name for column in columns for name in (conductances if column == "g_*" else [column])]
    return Numbers(names, [[float(row[name]) for name in names] for row in reader])


def counted_spikes(table: str) -> Numbers:
    """For each member the number of its spikes, then their times."""
    trains = [json.loads(row["spiking_times"]) for row in csv.DictReader(io.StringIO(table))]
    longest = max(map(len, trains))
    names = ["number of spikes"] + ["spike %d" % (i + 1) for i in range(longest)]
    return Numbers(names, [[float(len(train)), *map(float, train)] for train in trains])


def without_names(table: str) -> Numbers:
    """Every column of a trace but those that name its member."""
    header, *rows = list(csv.reader(io.StringIO(table)))
    return Numbers(header[2:], [[float(cell) for cell in row[2:]] for row in rows])


def from_spikes(program: Program, times: list[str]) -> dict[str, Numbers]:
    train = 'ID,spiking_times\n1,"[%s]"\n' % ", ".join(times)
    quantiles = ("g_s_q05", "g_s_q95", "g_u_q05", "g_u_q95")
    members = program.run("reconstruct", train, "-n", "4", "--seed", "7")
    verified = program.run("reconstruct", train, "-n", "2", "--seed", "3", "--verify")
    published = program.run("reconstruct", train, *"-n 4 --seed 5 --screening off --noise off".split())
    return {
        "01_estimate": selected(program.run("estimate", train), "g_s", "g_u", *quantiles, "time_scale", "support"),
        "02_reconstruct": selected(members, "g_*", "g_s", "g_u", "time_scale", "noise_std", "stream"),
        "03_verified": selected(verified, "g_*", "distance", "accepted", "rate_hz"),
        "04_published": selected(published, "g_*"),
    }


def from_a_target(program: Program, folder: Path) -> dict[str, Numbers]:
    members = program.run("generate", "", "--gs", "-5", "--gu", "8", "-n", "5", "--seed", "2")
    first = "".join(members.splitlines(keepends=True)[:2])
    spikes = program.run("simulate", members, *"--t-end 1500 --t-skip 500 --solver ensemble".split())
    noisy = program.run("simulate", first, *"--t-end 1500 --t-skip 0 --noise 5 --seed 4 --solver cvode".split())
    trace = folder / "trace.csv"
    of_trace = "--t-end 100 --t-skip 0 --solver cvode --trace-of currents --trace-dt 0.5".split()
    program.run("simulate", first, *of_trace, "--trace", str(trace))
    return {
        "05_generate": selected(members, "g_*", "g_s", "g_u"),
        "06_dics": selected(program.run("dics", members, "--v", "-51"), "g_f", "g_s", "g_u", "g_t"),
        "07_threshold": selected(program.run("dics", members, "--threshold"), "V"),
        "08_simulate": counted_spikes(spikes),
        "09_noisy": counted_spikes(noisy),
        "10_trace": without_names(trace.read_text()),
    }
