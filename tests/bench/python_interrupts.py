# SPDX-License-Identifier: MIT
"""How long each long call of the Python layer goes on after Ctrl-C.

    DICREC_LIBRARY=build/lib/libdicrec.so PYTHONPATH=bindings/python python3 tests/bench/python_interrupts.py [times]

A thread sends SIGINT to the process at random times; what is printed is the time from then until KeyboardInterrupt
arrives at the caller, median and worst, ms.
"""

import os
import random
import signal
import statistics
import sys
import threading
import time

import dicrec

MODEL = dicrec.Model("stg")
ESTIMATOR = dicrec.Estimator(MODEL)
MEMBERS = dicrec.generate(MODEL, (-5, 8), 64, seed=3)
SPIKES = dicrec.simulate(MODEL, MEMBERS).spikes[0]
TRAIN = dicrec.Spikes(SPIKES)
LONG_TRAIN = dicrec.Spikes([time + k * 3000 for k in range(20_000) for time in SPIKES - SPIKES[0]])

CALLS = {
    "generate": lambda n: dicrec.generate(MODEL, (-5, 8), 1_000_000, threads=n),
    "simulate, ensemble": lambda n: dicrec.simulate(MODEL, MEMBERS, t_end=1e8, max_spikes=10**9, threads=n),
    "simulate, CVODE": lambda n: dicrec.simulate(
        MODEL, MEMBERS, t_end=1e8, max_spikes=10**9, solver="cvode", threads=n
    ),
    "simulate, traces": lambda n: dicrec.simulate(
        MODEL, MEMBERS, t_end=1e6, trace="states", trace_dt=1, max_spikes=10**9, max_trace_bytes=10**11, threads=n
    ),
    "estimate, long train": lambda n: [ESTIMATOR.run(LONG_TRAIN, time_scale="auto") for _ in range(100)],
    "estimate_many": lambda n: dicrec.estimate_many(ESTIMATOR, [TRAIN] * 20_000, threads=n),
    "reconstruct": lambda n: dicrec.reconstruct(ESTIMATOR, TRAIN, 100_000, threads=n),
    "reconstruct, verified": lambda n: dicrec.reconstruct(ESTIMATOR, TRAIN, 10_000, verify=True, threads=n),
    "reconstruct_many": lambda n: dicrec.reconstruct_many(ESTIMATOR, [TRAIN] * 20_000, 16, threads=n),
    "reconstruct_many, verified": lambda n: dicrec.reconstruct_many(
        ESTIMATOR, [TRAIN] * 10_000, 16, verify=True, threads=n
    ),
    "reconstruct_posterior": lambda n: dicrec.reconstruct_posterior(
        MODEL, dicrec.Posterior.at((-5, 8)), 10_000, spikes=TRAIN, verify=True, threads=n
    ),
}


def latency_ms(call, n_threads):
    """Milliseconds from an interrupt at a random time to the exception."""
    sent = []

    def interrupt():
        time.sleep(random.uniform(0.02, 0.25))
        sent.append(time.perf_counter())
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    try:
        thread.start()
        call(n_threads)
        thread.join()
    except KeyboardInterrupt:
        arrived = time.perf_counter()
        thread.join()
        return 1e3 * (arrived - sent[0])
    raise RuntimeError("no interrupt arrived")


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    for name, call in CALLS.items():
        for n_threads in (1, 2):
            try:
                found = [latency_ms(call, n_threads) for _ in range(times)]
            except RuntimeError as failure:
                print("%-28s %d threads: %s" % (name, n_threads, failure))
                continue
            row = (name, n_threads, statistics.median(found), max(found))
            print("%-28s %d threads: median %5.1f ms, worst %5.1f ms" % row, flush=True)


if __name__ == "__main__":
    main()
