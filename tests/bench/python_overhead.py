# SPDX-License-Identifier: MIT
"""What Python costs over C: one reconstruction, and a thousand trains.

    DICREC_LIBRARY=build/lib/libdicrec.so PYTHONPATH=bindings/python python3 tests/bench/python_overhead.py

One call: the function of the package and the bare calls of C that do the same (options that are ready, one context, no
progress), in turn; Python's share is the difference of the two, the median over many. A thousand trains: the time
within the functions of C that work (make, estimate, reconstruct, free) is measured from inside, and the rest is
Python's, the clock included.
"""

import ctypes
import statistics
import time
import warnings

import numpy

import dicrec
from dicrec._library import lib
from dicrec._reconstruct_options import reconstruct_options

MODEL = dicrec.Model("stg")
ESTIMATOR = dicrec.Estimator(MODEL)
N_TRAINS = 1000


def bare(train, n, **arguments):
    """The reconstruction as C calls it."""
    options, _ = reconstruct_options(MODEL, 1, **arguments)
    context, made = ctypes.c_void_p(), ctypes.c_void_p()
    lib.context_create(None, ctypes.byref(context))

    def call():
        lib.reconstruct(context, ESTIMATOR._handle, train._handle, n, ctypes.byref(options), ctypes.byref(made))
        lib.reconstruction_free(made)

    return call


def timed(function):
    start = time.perf_counter()
    function()
    return 1e6 * (time.perf_counter() - start)


def one_call(train):
    looks = {
        "nothing looked at": lambda result: None,
        "conductances": lambda result: result.population.conductances,
        "conductances, report, median": lambda result: (
            result.population.conductances,
            result.report,
            result.posterior.median,
        ),
    }
    for arguments, n, times in (({"screening": False}, 1, 1000), ({}, 16, 1000), ({"verify": True}, 4, 50)):
        in_c = bare(train, n, **arguments)
        for name, look in looks.items():
            pairs = []
            for _ in range(times):
                made = timed(lambda: look(dicrec.reconstruct(ESTIMATOR, train, n, threads=1, **arguments)))
                pairs.append((timed(in_c), made))
            own = statistics.median(b for b, _ in pairs)
            more = statistics.median(made - of_c for of_c, made in pairs)
            row = (n, arguments or "", name, own, more)
            print("reconstruct n=%-2d %-20s %-30s C %8.1f us, Python more %7.1f us" % row, flush=True)


class Inside:
    """Functions of the library that say how long they took."""

    def __init__(self, *names):
        self.seconds, self._functions = 0.0, {name: getattr(lib, name) for name in names}

    def __enter__(self):
        for name, function in self._functions.items():
            setattr(lib, name, self._watched(function))
        return self

    def __exit__(self, *_):
        for name, function in self._functions.items():
            setattr(lib, name, function)

    def _watched(self, function):
        def call(*arguments):
            start = time.perf_counter()
            try:
                return function(*arguments)
            finally:
                self.seconds += time.perf_counter() - start

        call.__name__ = function.__name__
        return call


def many(name, function, times):
    names = ("estimate_many", "reconstruct_many", "spikes_create")
    shares, totals = [], []
    for _ in range(times):
        with Inside(*names) as inside:
            start = time.perf_counter()
            made = function()
            total = time.perf_counter() - start
        del made
        totals.append(total)
        shares.append((total - inside.seconds) / inside.seconds)
    row = (name, 1e3 * statistics.median(totals), 100 * statistics.median(shares))
    print("%-52s %8.1f ms, Python %5.2f %% more" % row, flush=True)


def thousand_trains():
    lowest, highest = MODEL.dic_range.T
    targets = numpy.random.default_rng(3).uniform(lowest, highest, (N_TRAINS, 2))
    times = dicrec.simulate(MODEL, dicrec.generate(MODEL, targets, N_TRAINS), t_end=3000, t_skip=1000).spikes
    times = [train for train in times if len(train) > 2]
    for kind, trains in (("Spikes", [dicrec.Spikes(train) for train in times]), ("arrays", times)):
        for n in (1, 2):
            label = "%d %s, %d threads" % (len(trains), kind, n)
            many("estimate_many, " + label, lambda: dicrec.estimate_many(ESTIMATOR, trains, threads=n), 15)
            many("reconstruct_many, " + label, lambda: dicrec.reconstruct_many(ESTIMATOR, trains, 4, threads=n), 3)


def main():
    warnings.simplefilter("ignore", dicrec.DicrecWarning)
    one_call(dicrec.Spikes(dicrec.simulate(MODEL, dicrec.generate(MODEL, (-5, 8), 1, seed=3)).spikes[0]))
    thousand_trains()


if __name__ == "__main__":
    main()
