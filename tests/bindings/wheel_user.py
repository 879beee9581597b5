# SPDX-License-Identifier: MIT
"""What a user of the wheel does first; prints the members' bytes, and the libraries that the process has mapped."""

import hashlib
import sys

import numpy

import dicrec


def mapped():
    with open("/proc/self/maps", encoding="utf-8") as maps:
        return sorted({line.split()[5] for line in maps if ".so" in line and len(line.split()) > 5})


def main():
    model = dicrec.Model("stg")
    estimator = dicrec.Estimator(model)
    neuron = dicrec.generate(model, target=(-5, 8), n=1, seed=3)
    train = dicrec.simulate(model, neuron, solver="cvode").spikes[0]
    square = numpy.arange(250000.0).reshape(500, 500) / 250000.0
    before = square @ square  # numpy's own BLAS, before the library works and after
    result = dicrec.reconstruct(estimator, train, n=4, seed=7, verify=True)
    if not numpy.array_equal(square @ square, before):
        sys.exit("numpy multiplies otherwise")
    print("members", hashlib.sha256(result.population.conductances.tobytes()).hexdigest())
    for path in mapped():
        print("mapped", path)


main()
