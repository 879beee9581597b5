# SPDX-License-Identifier: MIT
"""Long calls: progress, interrupts, exceptions on the way, and objects that threads share or that are closed."""

import asyncio
import contextlib
import copy
import importlib
import io
import pathlib
import pickle
import signal
import sys
import threading
import unittest
import warnings
from unittest import mock

try:
    import numpy
except ImportError:
    print("SKIPPED: long calls of the Python layer are not tested, NumPy is missing", file=sys.stderr)
    sys.exit(77)

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bindings" / "python"))

import dicrec  # noqa: E402
from dicrec import _context, _progress  # noqa: E402

BURSTING = (-5.0, 8.0)
MODEL = dicrec.Model("stg")
ESTIMATOR = dicrec.Estimator(MODEL)
MEMBERS = dicrec.generate(MODEL, BURSTING, 4, seed=3)
TRAIN = dicrec.Spikes(dicrec.simulate(MODEL, MEMBERS).spikes[0])

LONG = {
    "generate": lambda **more: dicrec.generate(MODEL, BURSTING, 200_000, **more),
    "simulate": lambda **more: dicrec.simulate(MODEL, MEMBERS, t_end=1e8, max_spikes=10**9, **more),
    "simulate with CVODE": lambda **more: dicrec.simulate(
        MODEL, MEMBERS, t_end=1e8, max_spikes=10**9, solver="cvode", **more
    ),
    "estimate_many": lambda **more: dicrec.estimate_many(ESTIMATOR, [TRAIN] * 20_000, **more),
    "reconstruct": lambda **more: dicrec.reconstruct(ESTIMATOR, TRAIN, 2000, verify=True, **more),
    "reconstruct_many": lambda **more: dicrec.reconstruct_many(ESTIMATOR, [TRAIN] * 200, 10, verify=True, **more),
    "reconstruct_posterior": lambda **more: dicrec.reconstruct_posterior(
        MODEL, dicrec.Posterior.at(BURSTING), 2000, spikes=TRAIN, verify=True, **more
    ),
}


def still_works():
    return dicrec.generate(MODEL, BURSTING, 2).valid.all()


class OnTheWay(unittest.TestCase):
    def test_an_exception_in_progress_arrives(self):
        for threads in (1, 2):
            for name, call in LONG.items():
                with self.subTest(name, threads=threads):
                    with self.assertRaisesRegex(LookupError, "from the callback"):
                        call(threads=threads, progress=mock.Mock(side_effect=LookupError("from the callback")))
                    self.assertTrue(still_works())

    def test_two_callers_get_their_own_exception(self):
        caught = {}

        def work(i):
            try:
                LONG["generate"](threads=1, progress=mock.Mock(side_effect=LookupError(i)))
            except LookupError as exception:
                caught[i] = exception.args[0]

        threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(caught, {i: i for i in range(4)})
        self.assertTrue(still_works())

    def test_a_result_of_false_cancels(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            simulation = LONG["simulate"](progress=lambda done, total: False)
            results = LONG["reconstruct_many"](progress=lambda done, total: False)
        self.assertEqual(set(simulation.status), {dicrec.Status.E_CANCELLED})
        self.assertTrue(all(isinstance(result, dicrec.CancelledError) for result in results))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for name in ("estimate_many", "reconstruct"):
                self.assertRaises(dicrec.CancelledError, LONG[name], progress=lambda done, total: False)

    def test_calls_within_progress(self):
        inside = []
        dicrec.generate(MODEL, BURSTING, 10, progress=lambda *_: inside.append(still_works()))
        self.assertTrue(inside and all(inside))
        idle = len(_context._idle)
        self.assertTrue(still_works())
        self.assertEqual(len(_context._idle), idle, "contexts are used again")


class Interrupts(unittest.TestCase):
    def interrupted(self, call):
        call(progress=lambda *_: signal.raise_signal(signal.SIGINT))

    def test_each_long_call(self):
        for name, call in LONG.items():
            with self.subTest(name):
                self.assertRaises(KeyboardInterrupt, self.interrupted, call)
                self.assertIs(signal.getsignal(signal.SIGINT), signal.default_int_handler)
                self.assertTrue(still_works())

    def test_a_handler_of_ones_own(self):
        calls = []
        former = signal.signal(signal.SIGINT, lambda *_: calls.append(1))
        self.addCleanup(signal.signal, signal.SIGINT, former)
        mine = signal.getsignal(signal.SIGINT)
        members = dicrec.generate(MODEL, BURSTING, 10, progress=lambda *_: signal.raise_signal(signal.SIGINT))
        self.assertTrue(calls and members.valid.all())  # it does not raise, so nothing is cancelled
        self.assertIs(signal.getsignal(signal.SIGINT), mine)
        signal.signal(signal.SIGINT, mock.Mock(side_effect=LookupError("of my own")))
        self.assertRaisesRegex(LookupError, "of my own", self.interrupted, LONG["generate"])

    def test_a_handler_that_is_not_pythons(self):
        for handler in (signal.SIG_IGN, signal.SIG_DFL):
            former = signal.signal(signal.SIGINT, handler)
            try:
                self.assertTrue(still_works())
                self.assertEqual(signal.getsignal(signal.SIGINT), handler)
            finally:
                signal.signal(signal.SIGINT, former)

    def test_a_handler_set_meanwhile_stays(self):
        former = signal.getsignal(signal.SIGINT)
        self.addCleanup(signal.signal, signal.SIGINT, former)
        another = mock.Mock()
        dicrec.generate(MODEL, BURSTING, 2, progress=lambda *_: signal.signal(signal.SIGINT, another) and None)
        self.assertIs(signal.getsignal(signal.SIGINT), another)

    def test_another_thread(self):
        results = []
        thread = threading.Thread(target=lambda: results.append(still_works()))
        thread.start()
        thread.join()
        self.assertEqual(results, [True])

    def test_asyncio(self):
        async def main():
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(None, still_works) and still_works()

        self.assertTrue(asyncio.run(main()))
        self.assertIs(signal.getsignal(signal.SIGINT), signal.default_int_handler)


class Bars(unittest.TestCase):
    def shown(self, call, **more):
        with contextlib.redirect_stderr(io.StringIO()) as text:
            call(progress=True, **more)
        return text.getvalue()

    def without_tqdm(self):
        return mock.patch.object(importlib, "import_module", side_effect=ImportError)

    def test_a_line_without_tqdm(self):
        with self.without_tqdm():
            text = self.shown(dicrec.generate, model=MODEL, target=BURSTING, n=50)
            self.assertRegex(text, r"^\rgenerate: .*\rgenerate: 50 of 50\n$")
            text = self.shown(dicrec.reconstruct_many, estimator=ESTIMATOR, trains=[TRAIN] * 3, n=2)
            self.assertRegex(text, r"\rreconstruct_many: 3 of 3\n$")
            with self.assertRaises(dicrec.ArgumentError):
                self.shown(dicrec.generate, model=MODEL, target=BURSTING, n=0)

    def test_tqdm(self):
        try:
            importlib.import_module("tqdm.auto")
        except ImportError:
            self.skipTest("SKIPPED: tqdm is missing")
        text = self.shown(dicrec.estimate_many, estimator=ESTIMATOR, trains=[TRAIN] * 300)
        self.assertRegex(text, r"estimate_many: *100%.* 300/300")
        self.assertIn("simulate", self.shown(dicrec.simulate, model=MODEL, conductances=MEMBERS, t_end=50))

    def test_a_bar_is_closed_after_a_failure(self):
        bar = mock.Mock(side_effect=LookupError)
        with mock.patch.object(_progress, "_bar", lambda name: bar), self.assertRaises(LookupError):
            dicrec.generate(MODEL, BURSTING, 50, progress=True)
        bar.close.assert_called_once_with()

    def test_what_is_neither(self):
        for call in LONG.values():
            with self.assertRaisesRegex(TypeError, "progress: True or a function .* is expected, not 'yes'"):
                call(progress="yes")
        self.assertTrue(dicrec.generate(MODEL, BURSTING, 2, progress=False).valid.all())


class Streams(unittest.TestCase):
    def test_nothing_after_the_end(self):
        with dicrec.Stream(ESTIMATOR) as stream:
            stream.push(TRAIN.times[:60])
            read = stream.posterior()
        self.assertTrue(stream.closed)
        for use in (stream.posterior, stream.reset, stream.__len__, stream.__enter__, lambda: stream.push([1.0])):
            with self.assertRaisesRegex(dicrec.ArgumentError, "this stream is closed"):
                use()
        stream.close()
        self.assertEqual(repr(stream), "<dicrec.Stream: closed>")
        self.assertTrue(numpy.isfinite(read.median).all())

    def test_posteriors_stay_as_they_were_read(self):
        stream = dicrec.Stream(ESTIMATOR)
        stream.push(TRAIN.times[:40])
        first = stream.posterior()
        stream.push(TRAIN.times[40:])
        second = stream.posterior()
        numpy.testing.assert_allclose(first.median, ESTIMATOR.run(TRAIN.times[:40]).median, rtol=1e-4)
        self.assertNotEqual(first.median.tolist(), second.median.tolist())
        self.assertEqual(first.activity, second.activity)

    def test_it_is_not_copied(self):
        for function in (copy.copy, copy.deepcopy, pickle.dumps):
            with self.assertRaisesRegex(TypeError, "dicrec.Stream cannot be copied or pickled"):
                function(dicrec.Stream(ESTIMATOR))

    def test_threads_take_turns(self):
        stream, n_refused = dicrec.Stream(ESTIMATOR), []

        def work():
            for time in TRAIN.times:
                try:
                    stream.push([time])
                    stream.posterior()
                except dicrec.ArgumentError:  # the other one was faster
                    n_refused.append(1)

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            threads = [threading.Thread(target=work) for _ in range(3)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self.assertEqual(len(stream) + len(n_refused), 3 * len(TRAIN))


if __name__ == "__main__":
    unittest.main(verbosity=1)
