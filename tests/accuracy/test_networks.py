# SPDX-License-Identifier: MIT
"""What the shipped networks say of 1,000 trains and 1,000 conductance sets each: the library against JAX.

    test_networks.py           against the numbers in golden.npz, some of each train and set
    test_networks.py --jax     against JAX, all numbers; exit code 77 where training's packages are not installed
    test_networks.py --write   make golden.npz of what JAX says

The environment variables: NETWORK_OUTPUTS, the program of network_outputs.c, and WEIGHTS, the folder of the weight files;
with JAX also what dicrec and dicrec_training are found by.
"""

import hashlib
import importlib.util
import os
import struct
import subprocess
import sys
from pathlib import Path

try:
    import numpy
except ImportError:
    print("skipped: NumPy is missing")
    sys.exit(77)

import inputs

#: The largest difference, as a share of the largest number of its kind. Single precision: what JAX says in it is as far
#: from what it says in double.
ALLOWED = 1e-5
GOLDEN = Path(__file__).with_name("golden.npz")
#: Numbers of a train and of a set that golden.npz keeps; from one to the next it goes on, so that all come up.
KEPT = {"trains": 20, "sets": 10}


def parts_of(tensors):
    """How many numbers of which kind are said of a train and of a set."""
    n = {name: len(tensors[name]) for name in ("code.2.bias", "head.1.bias", "class.1.bias", "pattern.center")}
    n_laws = sum(
        len(numbers) for name, numbers in tensors.items() if name.startswith("flow.") and name.endswith(".2.bias")
    )
    n_classes = len(tensors["forward.steady.layer.3.bias"]) - 2 * n["pattern.center"]
    return {
        "trains": {
            "code": n["code.2.bias"],
            "head": n["head.1.bias"],
            "classes": n["class.1.bias"],
            "base draw": n_laws,
        },
        "sets": {"log probabilities": n_classes, "means": n["pattern.center"], "log scales": n["pattern.center"]},
    }


def in_c(model, trains, sets, parts):
    """What the library says: trains [n, numbers], sets [n, numbers]."""
    numbers = [float(len(trains))]
    for train in trains:
        numbers += [float(len(train)), *train]
    numbers.append(float(len(sets)))
    for row in sets:
        numbers += row
    given = struct.pack("%dd" % len(numbers), *numbers)
    run = subprocess.run([os.environ["NETWORK_OUTPUTS"], model], input=given, stdout=subprocess.PIPE, check=True)
    said, n = numpy.frombuffer(run.stdout), len(trains) * sum(parts["trains"].values())
    return {"trains": said[:n].reshape(len(trains), -1), "sets": said[n:].reshape(len(sets), -1)}


def in_jax(path, trains, sets):
    import jax_networks

    return dict(zip(("trains", "sets"), jax_networks.outputs(path, trains, sets)))


def columns_of(kind, shape):
    """Which numbers of each row golden.npz keeps, [n, kept]."""
    place = numpy.arange(shape[0])[:, None] * KEPT[kind] + numpy.arange(KEPT[kind])
    return place % shape[1]


def compare(label, parts, columns, said, expected):
    """Print the worst difference of each part; whether all are small enough. Columns say which number is which."""
    first, good = 0, True
    for part, n in parts.items():
        chosen = (columns >= first) & (columns < first + n)
        largest = max(1.0, numpy.abs(expected[chosen]).max())
        share = numpy.abs(said[chosen] - expected[chosen]).max() / largest
        good = good and share <= ALLOWED
        words = (label, part, chosen.sum(), share, largest, ALLOWED)
        print("%-4s %-17s %7d numbers, worst %.1e of the largest, %.3g; allowed %.0e" % words)
        first += n
    return good


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Case:
    """The weights of a file, what they are asked, and what the library says."""

    def __init__(self, path):
        self.path, tensors = path, inputs.weights(path)
        self.trains, self.sets, self.parts = inputs.trains(tensors), inputs.conductance_sets(tensors), parts_of(tensors)

    def check_golden(self):
        golden = numpy.load(GOLDEN)
        if str(golden[self.path.stem + ".weights"]) != digest(self.path):
            print("%s is of other weights than %s: run with --write" % (GOLDEN.name, self.path.name))
            return False
        good = True
        for kind, said in in_c(self.path.stem, self.trains, self.sets, self.parts).items():
            columns, expected = columns_of(kind, said.shape), golden["%s.%s" % (self.path.stem, kind)].astype(float)
            rows = numpy.take_along_axis(said, columns, axis=1)
            good = compare(self.path.stem, self.parts[kind], columns, rows, expected) and good
        return good

    def check_jax(self):
        good, expected = True, in_jax(self.path, self.trains, self.sets)
        for kind, said in in_c(self.path.stem, self.trains, self.sets, self.parts).items():
            columns = numpy.broadcast_to(numpy.arange(said.shape[1]), said.shape)
            good = compare(self.path.stem, self.parts[kind], columns, said, expected[kind]) and good
        return good

    def golden(self):
        """Arrays to write."""
        kept = {self.path.stem + ".weights": digest(self.path)}
        for kind, rows in in_jax(self.path, self.trains, self.sets).items():
            chosen = numpy.take_along_axis(rows, columns_of(kind, rows.shape), axis=1)
            kept["%s.%s" % (self.path.stem, kind)] = chosen.astype("f4")
        return kept


def main(arguments):
    needs_jax = arguments in (["--jax"], ["--write"])
    if needs_jax and not all(importlib.util.find_spec(name) for name in ("jax", "optax", "safetensors", "scipy")):
        print("skipped: JAX, optax, safetensors or SciPy is not installed")
        return 77
    cases = [Case(path) for path in sorted(Path(os.environ["WEIGHTS"]).glob("*.safetensors"))]
    if arguments == ["--write"]:
        numpy.savez(GOLDEN, **{name: array for case in cases for name, array in case.golden().items()})
    return 0 if all([case.check_jax() if arguments == ["--jax"] else case.check_golden() for case in cases]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
