# SPDX-License-Identifier: MIT
"""A thousand trains in several processes: joblib, multiprocessing and Dask answer what one process does."""

import importlib
import multiprocessing
import os
import pathlib
import sys
import unittest
import warnings

try:
    import numpy
except ImportError:
    print("SKIPPED: processes are not tested, NumPy is missing", file=sys.stderr)
    sys.exit(77)

PACKAGE = str(pathlib.Path(__file__).resolve().parents[2] / "bindings" / "python")
sys.path.insert(0, PACKAGE)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [PACKAGE, os.environ.get("PYTHONPATH")]))  # of workers

import dicrec  # noqa: E402

N_TRAINS, N_PARTS, N_WORKERS = 1000, 8, 2


def estimated(estimator, trains):
    return dicrec.estimate_many(estimator, trains, support_limit=0, threads=1)


def reconstructed(estimator, trains):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dicrec.DicrecWarning)
        return dicrec.reconstruct_many(estimator, trains, n=2, seed=5, threads=1)


WORK = {"estimated": estimated, "reconstructed": reconstructed}


def available(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        raise unittest.SkipTest("SKIPPED: %s is missing" % name) from None


def numbers_of(result):
    """What a result says, to the last bit."""
    if isinstance(result, dicrec.DicrecError):
        return type(result).__name__, str(result), result.status
    if isinstance(result, dicrec.Posterior):
        mixture = result.mixture()
        arrays = [result.median, *(mixture[name] for name in sorted(mixture))]
        return [numpy.asarray(array).tobytes() for array in arrays], result.support, result.activity, result.remark
    members = result.population
    arrays = [members.conductances, members.dics, members.status, members.streams, members.noise_std]
    return [array.tobytes() for array in arrays], numbers_of(result.posterior), repr(result.report), result.remark


def chained(parts):
    return [numbers_of(result) for part in parts for result in part]


class Processes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        model = dicrec.Model("stg")
        rng = numpy.random.default_rng(3)
        lowest, highest = model.dic_range.T
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            members = dicrec.generate(model, rng.uniform(lowest, highest, (N_TRAINS, 2)), N_TRAINS)
            times = dicrec.simulate(model, members, t_end=2000, t_skip=500).spikes
        cls.estimator = dicrec.Estimator(model)
        # Trains as arrays and as objects; silent neurons and those that could not be made are trains, too.
        cls.trains = [dicrec.Spikes(train) if i % 2 else train for i, train in enumerate(times)]
        cls.parts = [cls.trains[i::N_PARTS] for i in range(N_PARTS)]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            cls.expected = {
                name: chained(work(cls.estimator, part) for part in cls.parts) for name, work in WORK.items()
            }

    def test_the_trains_are_worth_it(self):
        failures = [numbers for numbers in self.expected["reconstructed"] if numbers[0] == "ArgumentError"]
        self.assertEqual(len(self.expected["reconstructed"]), N_TRAINS)
        self.assertLess(len(failures), N_TRAINS / 4)

    def test_joblib(self):
        joblib = available("joblib")
        for name, work in WORK.items():
            jobs = (joblib.delayed(work)(self.estimator, part) for part in self.parts)
            self.assertEqual(chained(joblib.Parallel(n_jobs=N_WORKERS)(jobs)), self.expected[name])

    def test_joblib_one_object_a_job(self):
        joblib = available("joblib")
        some = range(0, 64)
        jobs = (joblib.delayed(self.estimator.run)(self.trains[i], support_limit=0) for i in some)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            here = [self.estimator.run(self.trains[i], support_limit=0) for i in some]
            there = joblib.Parallel(n_jobs=N_WORKERS)(jobs)
        self.assertEqual(chained([there]), chained([here]))

    def test_spawned_processes(self):
        with multiprocessing.get_context("spawn").Pool(N_WORKERS) as pool:
            for name, work in WORK.items():
                parts = pool.starmap(work, [(self.estimator, part) for part in self.parts])
                self.assertEqual(chained(parts), self.expected[name])

    def test_dask(self):
        distributed = available("distributed")
        warnings.simplefilter("ignore")
        options = {"n_workers": N_WORKERS, "threads_per_worker": 1, "dashboard_address": None}
        with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
            for name, work in WORK.items():
                futures = [client.submit(work, self.estimator, part) for part in self.parts]
                self.assertEqual(chained(client.gather(futures)), self.expected[name])


if __name__ == "__main__":
    unittest.main(verbosity=1)
