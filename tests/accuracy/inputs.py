# SPDX-License-Identifier: MIT
"""Inputs for the networks of a model, the same on every machine: spike trains of all kinds, and conductance sets."""

import json
import math
import random
import struct

KINDS = ("regular", "bursting", "irregular", "short", "long")


def log_uniform(rng, low, high):
    return math.exp(rng.uniform(math.log(low), math.log(high)))


def regular(rng, mean, n):
    spread = log_uniform(rng, 1e-3, 0.1)
    return [mean * (1 + spread * rng.gauss(0, 1)) for _ in range(n)]


def bursting(rng, mean, n):
    spikes, within, spread = rng.randint(2, 12), rng.uniform(0.05, 0.5), log_uniform(rng, 1e-3, 0.2)
    pause = spikes - (spikes - 1) * within  # so that the mean of all is 1
    return [mean * (pause if i % spikes == 0 else within) * math.exp(spread * rng.gauss(0, 1)) for i in range(n)]


def irregular(rng, mean, n):
    return [mean * -math.log(1 - rng.random()) for _ in range(n)]


def train(rng, kind, range_ms):
    """Times of a train, ms, on a grid of a microsecond."""
    n = rng.randint(2, 10) if kind == "short" else rng.randint(500, 3000) if kind == "long" else rng.randint(10, 400)
    make = {"regular": regular, "bursting": bursting, "irregular": irregular}.get(kind)
    make = make or rng.choice((regular, bursting, irregular))
    times = [rng.uniform(0, 100)]
    for interval in make(rng, log_uniform(rng, *range_ms), n):
        times.append(times[-1] + max(interval, 0.2))
    return [round(time, 3) for time in times]


def trains(tensors, n=1000):
    """Trains of all kinds in turn, at rates like those of the trains that the network was trained on."""
    rng, (center, scale, *_) = random.Random(1), tensors["input.scale"]
    range_ms = math.exp(center), math.exp(center + 3 * scale)
    return [train(rng, KINDS[i % len(KINDS)], range_ms) for i in range(n)]


def conductance_sets(tensors, n=1000):
    """Rows of conductances, DICs, noise (half of them without) and duration, about as widely spread as those that the
    forward networks were trained on, which the tensors of the weight file tell."""
    rng = random.Random(2)
    center, scale = (list(map(float, tensors["forward.input." + name])) for name in ("center", "scale"))
    n_channels, (low, high) = len(tensors["forward.input.offset"]), tensors["noise.range"]
    middle, width = map(float, tensors["forward.input.duration"])
    rows = []
    for i in range(n):
        row = [c + s * rng.uniform(-1, 1) for c, s in zip(center[n_channels:], scale[n_channels:])]
        row[:n_channels] = [max(value, 0.0) for value in row[:n_channels]]
        noise = log_uniform(rng, float(low), float(high)) if i % 2 else 0.0
        rows.append(row + [noise, math.exp(middle + width * rng.uniform(-1, 1))])
    return rows


def weights(path):
    """Numbers of the tensors of a weight file, {name: flat}."""
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + size])
    header.pop("__metadata__")
    numbers = lambda begin, end: struct.unpack("<%df" % ((end - begin) // 4), data[8 + size + begin : 8 + size + end])
    return {name: numbers(*entry["data_offsets"]) for name, entry in header.items()}
