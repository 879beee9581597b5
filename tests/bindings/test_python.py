# SPDX-License-Identifier: MIT
"""Tests of the Python layer against the library at DICREC_LIBRARY."""

import contextlib
import copy
import ctypes
import dataclasses
import gc
import io
import json
import logging
import pathlib
import pickle
import re
import signal
import sys
import threading
import unittest
import warnings
from unittest import mock

try:
    import numpy
except ImportError:
    print("SKIPPED: the Python layer is not tested, NumPy is missing", file=sys.stderr)
    if __name__ == "__main__":
        sys.exit(77)
    raise unittest.SkipTest("NumPy is missing")

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bindings" / "python"))

import dicrec  # noqa: E402
from dicrec import _api, _arguments, _context, _errors, _library, _reconstruct_options, _words  # noqa: E402
from dicrec.report import remark_names  # noqa: E402

lib = _library.lib
BURSTING = (-5.0, 8.0)
DESCRIPTION = json.loads((ROOT / "bindings" / "api" / "dicrec.json").read_text(encoding="utf-8"))


def header_text():
    text = "".join(path.read_text() for path in sorted((ROOT / "include" / "dicrec").glob("*.h")))
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def header_list(macro):
    """Entries of a list in the headers: [(name, value, text)]."""
    body = re.search(r"#define %s\(X\)(.*?[^\\])\n" % macro, header_text(), re.S).group(1)
    return [(name, int(value), text) for name, value, text in re.findall(r'X\((\w+), (-?\d+), "(.*?)"\)', body)]


def neuron(seed=3):
    """A bursting STG neuron and its spikes."""
    population = dicrec.generate("stg", BURSTING, 1, seed=seed)
    return population, dicrec.simulate("stg", population).spikes[0]


class Interface(unittest.TestCase):
    """The declarations against the headers and the library."""

    def test_every_public_function_is_declared(self):
        declared = re.findall(r"DICREC_API[^;(]*?dicrec_(\w+)\(", header_text())
        self.assertEqual(sorted(declared), sorted(_api.PROTOTYPES))

    def test_structs_have_the_described_layout(self):
        for described in DESCRIPTION["structs"]:
            struct = next(other for other in vars(_api).values() if getattr(other, "c_name", "") == described["name"])
            self.assertEqual(ctypes.sizeof(struct), described["size"], described["name"])
            for field in described["fields"]:
                place = getattr(struct, field["name"])
                self.assertEqual((place.offset, place.size), (field["offset"], field["size"]), field["name"])

    def test_prototypes_have_the_described_arguments(self):
        for function in DESCRIPTION["functions"]:
            _, arguments = _api.PROTOTYPES[function["name"][len("dicrec_") :]]
            self.assertEqual(len(arguments), len(function["arguments"]), function["name"])

    def test_statuses_are_those_of_the_header(self):
        listed = {name: value for name, value, _ in header_list("DICREC_STATUS_LIST")}
        self.assertEqual(listed, {s.name: s.value for s in dicrec.Status})

    def test_remarks_are_those_of_the_header(self):
        listed = header_list("DICREC_REMARK_LIST")
        self.assertEqual({name: text for name, _, text in listed}, dict(dicrec.REMARKS))
        for name, value, _ in listed:
            self.assertEqual(remark_names(value), (name,))

    def test_every_failure_has_a_class(self):
        for status in dicrec.Status:
            self.assertIsNot(type(_errors.error(status)), dicrec.DicrecError, status.name)
        self.assertIs(type(_errors.error(-250)), dicrec.DicrecError)

    def test_statuses_can_be_pickled(self):
        self.assertIs(pickle.loads(pickle.dumps(dicrec.Status.W_LIMIT)), dicrec.Status.W_LIMIT)

    def test_limits(self):
        self.assertEqual(dicrec.LIMITS["simulate"]["dt_ms"].unit, "ms")
        for options, rows in dicrec.LIMITS.items():
            for field, limit in rows.items():
                self.assertLess(limit.least, limit.most, (options, field))
                if limit.default is not None:
                    self.assertTrue(limit.least <= limit.default <= limit.most, (options, field))

    def test_help_tells_defaults_and_words(self):
        default = dicrec.LIMITS["reconstruct"]["max_candidates"].default
        self.assertIn("by default %d." % default, dicrec.reconstruct.__doc__)
        self.assertIn("'gamma', 'uniform', 'fixed'", dicrec.generate.__doc__)
        self.assertIn("'given up': so few", dicrec.ReconstructionReport.__doc__)
        for item in map(dicrec.__dict__.get, dicrec.__all__):
            for documented in [item, *vars(item).values()] if isinstance(item, type) else [item]:
                self.assertNotRegex(documented.__doc__ or "", r"\{\w+[.:}]", documented)


class Readme(unittest.TestCase):
    def test_its_examples_run(self):
        text = (ROOT / "bindings" / "python" / "README.md").read_text(encoding="utf-8")
        examples = re.findall(r"```python\n(.*?)```", text, re.S)
        examples = [example for example in examples if "dicrec.plot" not in example]  # test_python_plot.py runs those
        self.assertGreater(len(examples), 1)
        with contextlib.redirect_stdout(io.StringIO()) as printed, warnings.catch_warnings():
            warnings.simplefilter("error")
            exec("\n".join(examples), {})  # each goes on from the one before
        self.assertIn("members fire like the recording", printed.getvalue())


class NewerLibrary(unittest.TestCase):
    """Values that only a later version of the library answers."""

    def test_words(self):
        named = [entry["name"] for entry in DESCRIPTION["lists"] if "word" in entry["columns"]]
        self.assertIn("DICREC_ACTIVITY_LIST", named)
        for name in named:
            constants = getattr(_api, name[len("DICREC_") : -len("_LIST")].capitalize())
            answered = [_words.word_of(constants, value) for value in constants]
            self.assertEqual(tuple(answered), _words.words(constants))
            self.assertEqual(_words.word_of(constants, 1 << 20), "other")
            self.assertEqual(_words.word_of(constants, -7), "other")

    def test_a_word_of_the_library(self):
        with mock.patch.object(lib, "outcome_name", lambda value: b"bored"):
            self.assertEqual(_words.word_of(_api.Outcome, 77), "bored")

    def test_statistics_and_stationarity(self):
        statistics = dicrec.SpikeStatistics.from_struct(_api.SpikeStatistics(activity=9))
        self.assertEqual(statistics.activity, "other")
        self.assertEqual(dicrec.SpikeStationarity.from_struct(_api.SpikeStationarity(change=3)).change, "other")

    def test_report(self):
        def copy_report(_handle, report):
            values = {"outcome": 77, "activity": 77, "target": 77, "selection": 77, "remarks": 1 << 30}
            for name, value in values.items():
                setattr(report._obj, name, value)
            return 0

        with mock.patch.object(lib, "reconstruction_copy_report", copy_report):
            report = dicrec.ReconstructionReport.of(None)
        words = report.outcome, report.activity, report.target, report.selection
        self.assertEqual(words, ("other",) * 4)
        self.assertEqual(report.remarks, ("REMARK_%d" % (1 << 30),))

    def test_statuses(self):
        self.assertEqual(_errors.remark_of(99), 99)
        with self.assertWarns(dicrec.DicrecWarning):
            self.assertEqual(_errors.check(99), 99)

    def test_words_of_the_user(self):
        with self.assertRaisesRegex(dicrec.ArgumentError, "leak: 'other' is not one of gamma, uniform, fixed"):
            dicrec.generate("stg", BURSTING, 1, leak="other")

    def test_version(self):
        self.assertRegex(dicrec.version(), r"^\d+\.\d+\.\d+$")
        self.assertTrue(dicrec.build_info())


class Options(unittest.TestCase):
    """Size, defaults and unknown tails of each options struct."""

    def setUp(self):
        self.model = dicrec.Model("stg")
        self.estimator = dicrec.Estimator(self.model)
        self.spikes = dicrec.Spikes(numpy.arange(1.0, 3000.0, 100.0))

    def test_init_writes_size(self):
        for struct in _api.OPTIONS.values():
            options = _arguments.new_options(struct)
            self.assertEqual(options.struct_size, ctypes.sizeof(struct), struct.c_name)

    def test_init_keeps_to_the_given_size(self):
        for struct in _api.OPTIONS.values():
            size = ctypes.sizeof(struct)
            memory = (ctypes.c_ubyte * size)(*([0xA5] * size))
            known = size - 8
            init = getattr(lib, struct.c_name[len("dicrec_") :] + "_init")
            init(ctypes.cast(memory, ctypes.POINTER(struct)), known)
            self.assertEqual(bytes(memory[known:]), b"\xa5" * 8, struct.c_name)

    def test_nested_options_default_to_null(self):
        options = _arguments.new_options(_api.ReconstructOptions)
        self.assertFalse(options.estimate or options.generate or options.simulate)
        self.assertEqual(options.target, 0)
        self.assertEqual(options.verify, 0)

    def call_with(self, struct, options):
        """Status of the call that takes this struct; the object that it makes is freed."""
        out = ctypes.c_void_p()
        sets, target = numpy.ones((1, len(self.model.channels))), numpy.array([BURSTING])
        times = numpy.array([1.0, 2.0])
        model, estimator, train = self.model._handle, self.estimator._handle, self.spikes._handle
        calls = {
            _api.SpikesOptions: (lib.spikes_create, lib.spikes_free, (_arguments.doubles(times), 2)),
            _api.GenerateOptions: (
                lib.generate,
                lib.population_free,
                (model, _arguments.doubles(target), 1, 2, 1),
            ),
            _api.SimulateOptions: (lib.simulate, lib.simulation_free, (model, _arguments.doubles(sets), 1)),
            _api.EstimatorOptions: (lib.estimator_create, lib.estimator_free, (model,)),
            _api.EstimateOptions: (lib.estimate, lib.posterior_free, (estimator, train)),
            _api.ReconstructOptions: (lib.reconstruct, lib.reconstruction_free, (estimator, train, 1)),
        }
        if struct is _api.ContextOptions:
            status = lib.context_create(options, ctypes.byref(out))
            lib.context_free(out)
            return status
        function, free, arguments = calls[struct]
        context = ctypes.c_void_p()
        self.assertEqual(lib.context_create(None, ctypes.byref(context)), 0)
        status = function(context, *arguments, options, ctypes.byref(out))
        lib.context_free(context)
        free(out)
        return status

    def test_unknown_tail(self):
        for struct in _api.OPTIONS.values():
            fields = [("known", struct), ("tail", ctypes.c_uint64)]
            larger_type = type("Larger", (ctypes.Structure,), {"_fields_": fields})
            larger = larger_type()
            pointer = ctypes.cast(ctypes.pointer(larger), ctypes.POINTER(struct))
            getattr(lib, struct.c_name[len("dicrec_") :] + "_init")(pointer, ctypes.sizeof(larger))
            self.assertEqual(larger.known.struct_size, ctypes.sizeof(larger), struct.c_name)
            self.assertGreaterEqual(self.call_with(struct, pointer), 0, struct.c_name)
            larger.tail = 1
            self.assertEqual(self.call_with(struct, pointer), dicrec.Status.E_OPTION, struct.c_name)

    def test_integers_that_do_not_fit(self):
        for field, value in (("n_threads", 2**32), ("seed", 2**64), ("seed", -1)):
            with self.assertRaises(dicrec.ArgumentError):
                _arguments.new_options(_api.GenerateOptions, **{field: value})


class Models(unittest.TestCase):
    def test_attributes(self):
        self.assertLessEqual({"stg", "da"}, set(dicrec.models()))
        model = dicrec.Model("stg")
        n = len(model.channels)
        self.assertEqual(model.name, "stg")
        self.assertIn("leak", model.channels)
        self.assertEqual(model.reversal_mv.shape, (n,))
        self.assertEqual(model.threshold_mv, -51.0)
        numpy.testing.assert_array_equal(model.dic_range, [[-20, 20], [0, 20]])
        self.assertEqual(model.ranges.shape, (n, 2))
        numpy.testing.assert_array_equal(model.ranges[model.channel_index("Kd")], [70, 140])
        self.assertEqual(model.protocol, (6000.0, 3000.0))

    def test_dics(self):
        model = dicrec.Model("stg")
        sets = dicrec.generate(model, BURSTING, 3).conductances
        dics = model.dics(sets)
        self.assertEqual(dics.shape, (3, 4))
        numpy.testing.assert_allclose(dics[:, 1:3], [BURSTING] * 3, atol=1e-6)
        matrices = model.sensitivity(sets)
        self.assertEqual(matrices.shape, (3, 3, len(model.channels)))
        numpy.testing.assert_allclose(numpy.einsum("nij,nj->ni", matrices, sets), dics[:, :3], rtol=1e-9)
        self.assertEqual(model.static_current(sets, v=-60).shape, (3,))
        numpy.testing.assert_array_equal(model.dics(sets[0]), dics[:1])

    def test_threshold(self):
        model = dicrec.Model("stg")
        sets = dicrec.generate(model, BURSTING, 1).conductances
        v = model.threshold(sets, (-75, 0))
        self.assertLess(abs(model.dics(sets, v[0])[0, 3]), 1e-6)
        passive = numpy.zeros(len(model.channels))
        passive[model.channel_index("leak")] = 0.01
        with self.assertWarns(dicrec.DicrecWarning):
            self.assertTrue(numpy.isnan(model.threshold(passive)).all())


class Trains(unittest.TestCase):
    def test_units_and_samples(self):
        train = dicrec.Spikes([0.1, 0.2, 0.35], unit="s")
        numpy.testing.assert_allclose(train.times, [100, 200, 350])
        numpy.testing.assert_allclose(dicrec.Spikes.from_samples([10, 20, 35], 100.0).times, [100, 200, 350])
        self.assertEqual(len(dicrec.Spikes.from_samples([], 100.0)), 0)
        with self.assertRaises(ValueError):
            dicrec.Spikes.from_samples([0.5], 100.0)

    def test_times_are_copies(self):
        train = dicrec.Spikes([1, 2, 3])
        train.times[:] = 0
        numpy.testing.assert_array_equal(train.times, [1, 2, 3])

    def test_statistics(self):
        statistics = dicrec.Spikes(numpy.arange(10) * 20.0).statistics()
        self.assertEqual((statistics.activity, statistics.n_spikes), ("spiking", 10))
        self.assertAlmostEqual(statistics.rate_hz, 50.0)
        with self.assertWarns(dicrec.DicrecWarning):
            self.assertEqual(dicrec.Spikes([]).statistics().activity, "silent")

    def test_stationarity(self):
        steps = numpy.cumsum(numpy.tile([95.0, 105.0, 102.0, 98.0], 40) / numpy.repeat([1.0, 2.0], 80))
        found = dicrec.Spikes(steps).stationarity()
        self.assertEqual((found.drifts, found.change), (True, "step"))
        self.assertLess(found.p_value, 1e-6)
        self.assertAlmostEqual(found.rate_factor, 2.0, places=1)
        self.assertAlmostEqual(found.step_ms, 8000.0, delta=200.0)
        few = dicrec.Spikes(steps[:10]).stationarity()
        self.assertEqual((few.drifts, few.change, few.n_components), (False, "none", 0))
        self.assertTrue(numpy.isnan([few.p_value, few.rate_factor, few.step_ms]).all())

    def test_burst_statistics(self):
        bursts = [1000.0 * k + 10.0 * i for k in range(6) for i in range(3 + k % 2)]
        statistics = dicrec.Spikes(bursts).statistics()
        self.assertEqual((statistics.activity, statistics.n_bursts), ("bursting", 4))
        self.assertAlmostEqual(statistics.spikes_per_burst, 3.5)
        self.assertAlmostEqual(statistics.spikes_per_burst_sd, numpy.std([4, 3, 4, 3], ddof=1))
        self.assertAlmostEqual(statistics.burst_period_cv, 0.0)
        self.assertAlmostEqual(statistics.burst_gap_ms, (statistics.isi_min_ms + statistics.isi_max_ms) / 2)

    def test_distance(self):
        train = dicrec.Spikes([0, 10, 30])
        self.assertAlmostEqual(train.distance([5, 15, 35]), 0.0)
        k = sum(numpy.exp(-abs(a - b) / 7) for a in (0, 10, 30) for b in (0, 10, 30))
        single = (k + 1 - 2 * sum(numpy.exp(-a / 7) for a in (0, 10, 30))) / 14
        self.assertAlmostEqual(train.distance([4.0], tau=7), single)


class Windows(unittest.TestCase):
    def test_window_and_gaps(self):
        train = dicrec.Spikes([-0.2, 0.4, 0.6], unit="s", window=(-1, 59), gaps=[(0.5, 0.55)])
        statistics = train.statistics()
        numpy.testing.assert_allclose(train.segments, [[-1000, 500], [550, 59000]])
        self.assertEqual(train.segment_counts.tolist(), [2, 1])
        self.assertEqual((statistics.n_segments, statistics.n_intervals), (2, 1))
        self.assertAlmostEqual(statistics.mean_rate_hz, 3 / 59.95)
        plain = dicrec.Spikes([1, 2, 4])
        self.assertEqual(plain.segments.tolist(), [[1, 4]])
        self.assertEqual(plain.statistics().mean_rate_hz, plain.statistics().rate_hz)

    def test_trials(self):
        trials = [[-5, 10, 30], [], [-4, 2]]
        train = dicrec.Spikes(trials=trials, window=(-10, 40))
        self.assertEqual(train.segment_counts.tolist(), [3, 0, 2])
        self.assertEqual(train.times.tolist(), [-5, 10, 30, -4, 2])
        each = dicrec.Spikes(trials=trials, window=[(-5, 30), (0, 1), (-8, 8)])
        self.assertEqual(each.segments.tolist(), [[-5, 30], [0, 1], [-8, 8]])
        samples = dicrec.Spikes.from_samples(trials=[[90, 95], [101]], rate_hz=1000, origin=100)
        self.assertEqual(samples.times.tolist(), [-10, -5, 1])

    def test_bad_windows(self):
        for arguments, word in (
            (dict(times=[1, 2], window=(5, 0)), "5 to 0"),
            (dict(times=[1, 2], window=(0, 1.5)), "spike 2"),
            (dict(times=[1, 2], gaps=[(0.5, 1.5)]), "gap 1"),
            (dict(times=[1, 2], trials=[[1]]), "trials"),
            (dict(), "trials"),
            (dict(trials=[]), "trials"),
            (dict(trials=[[1]], window=[(0, 1), (0, 1)]), "window"),
        ):
            with self.assertRaises(dicrec.DicrecError) as caught:
                dicrec.Spikes(**arguments)
            self.assertIn(word, str(caught.exception))


class Populations(unittest.TestCase):
    def test_further_fields(self):
        sets = dicrec.generate("stg", BURSTING, 1).conductances
        with self.assertWarns(dicrec.DicrecWarning):
            simulation = dicrec.simulate("stg", sets, t_end=1000, solver="cvode", max_steps=None, max_spikes=1)
        self.assertEqual(len(simulation.spikes[0]), 1)
        for name in ("max_spike", "current_values", "struct"):
            with self.assertRaises(TypeError):
                dicrec.simulate("stg", sets, t_end=10, **{name: 1})

    def test_generate(self):
        model = dicrec.Model("stg")
        population = dicrec.generate(model, BURSTING, 8, keep_raw=True)
        self.assertEqual(population.conductances.shape, (8, len(model.channels)))
        self.assertTrue(population.valid.all())
        self.assertEqual(population.remark, dicrec.Status.OK)
        self.assertEqual(population.base.shape, population.spiking.shape)
        numpy.testing.assert_allclose(population.dics[:, 1:3], [BURSTING] * 8, atol=1e-6)
        one = dicrec.generate(model, BURSTING, 8, threads=1)
        numpy.testing.assert_array_equal(one.conductances, population.conductances)
        self.assertIsNone(one.base)

    def test_options_reach_the_library(self):
        model = dicrec.Model("stg")
        leak = model.channel_index("leak")
        population = dicrec.generate(model, [BURSTING, (-6, 9)], 2, leak="fixed", ranges={"leak": (0.01, 0.012)})
        numpy.testing.assert_allclose(population.conductances[:, leak], 0.011)
        array = dicrec.generate(model, BURSTING, 2, ranges=model.ranges)
        numpy.testing.assert_array_equal(array.conductances, dicrec.generate(model, BURSTING, 2).conductances)
        named = dicrec.generate(model, BURSTING, 2, channels=("CaS", "H"), keep_raw=True)
        changed = numpy.flatnonzero((named.conductances != named.spiking).any(axis=0))
        self.assertLessEqual(set(changed), {model.channel_index("CaS"), model.channel_index("H")})

    def test_results_can_be_pickled(self):
        population = dicrec.generate("stg", BURSTING, 2)
        again = pickle.loads(pickle.dumps(population))
        numpy.testing.assert_array_equal(again.conductances, population.conductances)


class Simulations(unittest.TestCase):
    def test_ensemble(self):
        population = dicrec.generate("stg", BURSTING, 3)
        simulation = dicrec.simulate("stg", population, t_end=1500, t_skip=500)
        self.assertEqual(simulation.solver, "ensemble")
        self.assertEqual(len(simulation.spikes), 3)
        self.assertTrue((simulation.status == 0).all())
        for train in simulation.spikes:
            self.assertTrue(train.size > 0 and train.min() >= 500 and train.max() <= 1500)
        self.assertIsNone(simulation.trace)

    def test_trace(self):
        population = dicrec.generate("stg", BURSTING, 1)
        simulation = dicrec.simulate("stg", population.conductances[0], t_end=300, trace_dt=0.5)
        self.assertEqual(simulation.solver, "cvode")
        self.assertEqual(simulation.trace.shape, (1, len(simulation.time)))
        self.assertEqual(simulation.trace[0, 0], -70.0)
        self.assertEqual(simulation.time[2], 1.0)
        self.assertEqual(simulation.columns, ("V",))

    def test_states_to_go_on_from(self):
        model = dicrec.Model("stg")
        self.assertEqual(model.states[:3] + model.states[-1:], ["V", "m_Na", "h_Na", "Ca"])
        population = dicrec.generate(model, BURSTING, 2)
        first = dicrec.simulate(model, population, t_end=500)
        self.assertEqual(first.final_states.shape, (2, len(model.states)))
        on = dicrec.simulate(model, population, t_end=50, trace="states", initial_states=first.final_states)
        for member in range(2):
            numpy.testing.assert_array_equal(on.traces[member][0], first.final_states[member])
        with self.assertRaisesRegex(dicrec.ArgumentError, "n_initial_states is 3"):
            dicrec.simulate(model, population, t_end=50, initial_states=numpy.full((3, len(model.states)), 0.5))

    def test_traces_of_states_and_currents(self):
        population = dicrec.generate("stg", BURSTING, 2)
        currents = dicrec.simulate("stg", population, t_end=50, trace="currents", trace_dt="steps")
        self.assertEqual(currents.columns, ("V",) + tuple("I_" + name for name in dicrec.Model("stg").channels))
        self.assertIsNone(currents.trace)
        for trace, times in zip(currents.traces, currents.times):
            self.assertEqual(trace.shape, (len(times), 9))
            self.assertTrue((numpy.diff(times) > 0).all())
        states = dicrec.simulate("stg", population, t_end=50, trace="states")
        self.assertEqual(len(states.time), 501)
        numpy.testing.assert_array_equal(states.column("V", 1), states.trace[1])
        self.assertTrue((states.column("Ca") > 0).all())
        with self.assertRaises(dicrec.ArgumentError):
            states.column("I_Na")

    def test_currents_and_noise_of_members(self):
        leak = numpy.zeros((2, 8))
        leak[:, 7] = 1.0
        times, values = [10, 10, 20], [0, 1, 3]
        simulation = dicrec.simulate("stg", leak, t_end=60, trace_dt=1, current=(times, values), noise=[0, 2])
        self.assertAlmostEqual(simulation.trace[0, 60], -47.0, 4)
        self.assertAlmostEqual(simulation.trace[0, 9], -50.0 - 20.0 * numpy.exp(-9.0), 5)
        self.assertGreater(numpy.std(simulation.trace[1, 40:]), 0.05)
        for bad in ({"current": (times, [1])}, {"current": [1, 2, 3]}, {"noise": [1]}, {"noise": [1, -1]}):
            with self.subTest(bad), self.assertRaises(dicrec.ArgumentError):
                dicrec.simulate("stg", leak, t_end=10, **bad)

    def test_members_in_parts(self):
        population = dicrec.generate("stg", BURSTING, 3)
        run = lambda rows, **streams: dicrec.simulate("stg", population.conductances[rows], 300, noise=4, **streams)
        whole = run(slice(3), first_member=10)
        for part in (run(slice(1, 3), first_member=11), run(slice(1, 3), streams=[11, 12])):
            for one, other in zip(whole.spikes[1:], part.spikes):
                self.assertGreater(len(one), 3)
                numpy.testing.assert_array_equal(one, other)
        self.assertNotEqual(list(run(slice(3)).spikes[0]), list(whole.spikes[0]))
        for bad in ({"streams": [1]}, {"streams": [1, -2, 3]}, {"streams": [0.5, 1, 2]}, {"streams": [1, 2, 2**53]}):
            with self.subTest(bad), self.assertRaises(ValueError):
                run(slice(3), **bad)

    def test_traces_have_a_limit(self):
        with self.assertRaises(dicrec.ArgumentError):
            dicrec.simulate("stg", numpy.ones(8), t_end=100, trace_dt=0.1, max_trace_bytes=1000)

    def test_what_was_done_is_kept(self):
        population = dicrec.generate("stg", BURSTING, 2)
        for extra, expected in (
            ({"max_wall_s": 0.05}, dicrec.Status.W_LIMIT),
            ({"progress": lambda done, total: False}, dicrec.Status.E_CANCELLED),
        ):
            with self.assertWarns(dicrec.DicrecWarning):
                simulation = dicrec.simulate("stg", population, t_end=1e8, **extra)
            self.assertEqual(simulation.remark, dicrec.Status.W_PARTIAL)
            self.assertEqual(set(simulation.status), {expected})

    def test_rows_of_nan_and_limits_are_remarks(self):
        sets = numpy.vstack([dicrec.generate("stg", BURSTING, 1).conductances, numpy.full((1, 8), numpy.nan)])
        with self.assertWarns(dicrec.DicrecWarning):
            simulation = dicrec.simulate("stg", sets, t_end=1000, max_spikes=2)
        self.assertEqual(simulation.remark, dicrec.Status.W_PARTIAL)
        self.assertEqual(list(simulation.status), [dicrec.Status.W_LIMIT, dicrec.Status.E_RANGE])


class Estimates(unittest.TestCase):
    def setUp(self):
        self.estimator = dicrec.Estimator("stg")
        _, self.spikes = neuron()

    def test_posterior(self):
        posterior = self.estimator.run(self.spikes)
        self.assertEqual(posterior.activity, "bursting")
        self.assertEqual(posterior.time_scale, 1.0)
        self.assertTrue(0 <= posterior.support <= 1)
        self.assertEqual(posterior.covariance.shape, (2, 2))
        self.assertEqual(posterior.quantile([0.05, 0.95]).shape, (2, 2))
        numpy.testing.assert_array_equal(posterior.quantile(0.5), posterior.median)
        self.assertTrue((numpy.diff(posterior.quantile([0.05, 0.5, 0.95]), axis=0) >= 0).all())
        self.assertEqual(posterior.log_density([posterior.mean, [0, 0]]).shape, (2,))
        samples = posterior.sample(100, seed=7)
        numpy.testing.assert_array_equal(samples[:10], posterior.sample(10, seed=7))

    def test_noise(self):
        posterior = self.estimator.run(self.spikes)
        self.assertTrue(0 <= posterior.noiseless <= 1)
        self.assertIsInstance(posterior.noise_quantile(0.9), float)
        self.assertEqual(posterior.noise_quantile(0.5), posterior.noise_median)
        quantiles = posterior.noise_quantile([[0.05, 0.5], [0.95, 0.99]])
        self.assertEqual(quantiles.shape, (2, 2))
        self.assertTrue((quantiles >= 0).all() and (numpy.diff(quantiles.ravel()) >= 0).all())
        self.assertEqual(quantiles[0, 1], posterior.noise_median)
        for p in (0, 1, -0.1, numpy.nan):
            with self.subTest(p), self.assertRaises(dicrec.ArgumentError):
                posterior.noise_quantile(p)

    def test_samples_with_noise(self):
        posterior = self.estimator.run(self.spikes)
        self.assertEqual(posterior.sample(3).shape, (3, 2))
        self.assertEqual(posterior.sample(0, noise=True).shape, (0, 3))
        samples = posterior.sample(100, seed=7, noise=True)
        self.assertEqual(samples.shape, (100, 3))
        numpy.testing.assert_array_equal(samples[:, :2], posterior.sample(100, seed=7))
        numpy.testing.assert_array_equal(samples[:10], posterior.sample(10, seed=7, noise=True))
        self.assertTrue((samples[:, 2] >= 0).all())

    def test_no_noise_has_a_probability(self):
        posterior = self.estimator.run(self.spikes)
        samples = posterior.sample(4000, noise=True)[:, 2]
        self.assertAlmostEqual((samples == 0).mean(), posterior.noiseless, delta=0.04)
        for p in (0.05, 0.5, 0.95):
            quantile = posterior.noise_quantile(p)
            self.assertAlmostEqual((samples <= quantile).mean(), max(p, posterior.noiseless), delta=0.04)
            if p < posterior.noiseless:
                self.assertEqual(quantile, 0)

    def test_the_noise_of_a_stream_stays(self):
        stream = dicrec.Stream(self.estimator, support_limit=0)
        stream.push(self.spikes)
        posterior = stream.posterior()
        noise = posterior.noise_median, posterior.noiseless
        stream.push(numpy.cumsum([17.0, 400.0, 31.0, 1200.0] * 10) + self.spikes[-1])
        stream.posterior()
        self.assertEqual((posterior.noise_median, posterior.noiseless), noise)

    def test_time_scale(self):
        slow = self.estimator.run(self.spikes * 2.0, time_scale=2)
        numpy.testing.assert_allclose(slow.median, self.estimator.run(self.spikes).median)
        self.assertGreater(self.estimator.run(self.spikes * 4.0, time_scale="auto", support_limit=0).time_scale, 1.0)

    def test_time_scale_interval(self):
        numpy.testing.assert_array_equal(
            self.estimator.run(self.spikes * 2.0, time_scale=2).time_scale_interval, [2, 2]
        )
        found = self.estimator.run(self.spikes * 4.0, time_scale="auto", support_limit=0)
        self.assertLessEqual(found.time_scale_interval[0], found.time_scale)
        self.assertGreaterEqual(found.time_scale_interval[1], found.time_scale)

    def test_class_probabilities(self):
        probabilities = self.estimator.run(self.spikes).class_probabilities
        self.assertEqual(list(probabilities), ["silent", "spiking", "bursting", "irregular"])
        self.assertAlmostEqual(sum(probabilities.values()), 1.0)
        self.assertGreater(probabilities["bursting"], 0.9)
        with self.assertWarns(dicrec.DicrecWarning):
            silent = self.estimator.run([1.0, 2.0])
        self.assertEqual(silent.class_probabilities["silent"], 1.0)

    def test_many(self):
        trains = [self.spikes[k:] for k in range(20)] + [[5.0]]
        with self.assertWarns(dicrec.DicrecWarning):
            many = self.estimator.run_many(trains, support_limit=0)
        for train, posterior in zip(trains[:-1], many):
            numpy.testing.assert_allclose(
                posterior.median, self.estimator.run(train, support_limit=0).median, atol=1e-4
            )
            self.assertEqual(posterior.remark, dicrec.Status.OK)
        self.assertEqual(many[-1].remark, dicrec.Status.W_SILENT)
        self.assertEqual(self.estimator.run_many([]), [])
        with self.assertRaises(dicrec.ArgumentError):
            self.estimator.run_many([[1.0, 1.0, 2.0]])
        with warnings.catch_warnings(), self.assertRaises(dicrec.DicrecWarning):
            warnings.simplefilter("error")
            self.estimator.run_many(trains)

    def test_stream(self):
        stream = dicrec.Stream(self.estimator, support_limit=0)
        for part in numpy.array_split(self.spikes, 7):
            stream.push(part)
        self.assertEqual(len(stream), len(self.spikes))
        whole = self.estimator.run(self.spikes)
        posterior = stream.posterior()
        numpy.testing.assert_allclose(posterior.median, whole.median, atol=1e-4)
        self.assertEqual(posterior.activity, whole.activity)
        with self.assertRaises(dicrec.ArgumentError):
            stream.push([0.0])
        with self.assertRaisesRegex(dicrec.ArgumentError, "spike 2 of 2 is at 1e\\+14 ms"):
            stream.push([1e12, 1e14])
        self.assertEqual(len(stream), len(self.spikes))
        stream.reset()
        self.assertEqual(len(stream), 0)
        with self.assertRaises(dicrec.DicrecError):
            dicrec.Stream(self.estimator, time_scale="auto")

    def test_support_remark(self):
        with self.assertWarns(dicrec.DicrecWarning):
            posterior = self.estimator.run(self.spikes * 50.0)
        self.assertEqual(posterior.remark, dicrec.Status.W_SUPPORT)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.estimator.run(self.spikes * 50.0, support_limit=0)

    def test_metadata(self):
        self.assertEqual(self.estimator.metadata("model"), "stg")
        self.assertIsNone(self.estimator.metadata("no such key"))

    def test_weights(self):
        with self.assertRaises(OSError) as caught:
            dicrec.Estimator("stg", weights="no/such/file.safetensors")
        self.assertEqual(caught.exception.name, "E_FILE")
        for weights in (b"", b"not weights"):
            with self.assertRaises(dicrec.WeightsError):
                dicrec.Estimator("stg", weights=weights)
        files = sorted((ROOT / "lib" / "estimator" / "weights").glob("*stg*.safetensors"))
        for path in files:
            for weights in (path, path.read_bytes()):
                other = dicrec.Estimator("stg", weights)
                numpy.testing.assert_array_equal(other.run(self.spikes).median, self.estimator.run(self.spikes).median)


class PlainNumbers(unittest.TestCase):
    """Posteriors that no estimator has made."""

    ONE = {"weights": [2.0], "means": [BURSTING], "covariances": [numpy.diag([0.25, 1.0])]}

    def test_a_sure_posterior(self):
        posterior = dicrec.Posterior.at(BURSTING, noise=2.5)
        numpy.testing.assert_allclose(posterior.median, BURSTING, rtol=1e-8)
        numpy.testing.assert_allclose(posterior.noise_quantile([0.01, 0.99]), 2.5, rtol=1e-7)
        self.assertEqual((posterior.noiseless, posterior.support, posterior.time_scale), (0, 1, 1))
        self.assertIsNone(posterior.activity)
        self.assertIsNone(posterior.class_probabilities)
        self.assertIn("plain numbers", repr(posterior))
        self.assertEqual(dicrec.Posterior.at(numpy.array(BURSTING)).noiseless, 1)

    def test_out_and_in_again(self):
        posterior = dicrec.Estimator("stg").run(neuron()[1] * 2, time_scale=2)
        mixture = posterior.mixture()
        n = len(mixture["weights"])
        self.assertAlmostEqual(mixture["weights"].sum(), 1)
        self.assertEqual((mixture["means"].shape, mixture["covariances"].shape), ((n, 2), (n, 2, 2)))
        numpy.testing.assert_array_equal(mixture["dic_ranges"], dicrec.Model("stg").dic_range)
        again = dicrec.Posterior.of_mixture(**mixture)
        self.assertEqual(again.time_scale, 2)
        numpy.testing.assert_allclose(again.sample(50, noise=True), posterior.sample(50, noise=True), rtol=1e-9)
        numpy.testing.assert_allclose(again.covariance, posterior.covariance, rtol=1e-9)

    def test_a_gaussian(self):
        posterior = dicrec.Posterior.of_mixture(**self.ONE)
        numpy.testing.assert_allclose(posterior.mean, BURSTING)
        numpy.testing.assert_allclose(posterior.covariance, numpy.diag([0.25, 1.0]), atol=1e-12)
        self.assertEqual((posterior.noiseless, posterior.noise_median), (1, 0))
        noisy = {"noiseless": [0.25], "log_noise_means": [1.0], "log_noise_stds": [0.5], "noise_range": [0.1, 50]}
        posterior = dicrec.Posterior.of_mixture(**self.ONE, **noisy, dic_ranges=[[-6, 0], [0, 20]])
        self.assertAlmostEqual(posterior.noiseless, 0.25, delta=1e-3)
        self.assertGreaterEqual(posterior.quantile(1e-9)[0], -6)

    def test_bad_numbers(self):
        bad = (
            ({"means": [1.0, 2.0]}, r"means: shape \[1, 2\] is expected, not \[2\]"),
            ({"covariances": [[[1.0, 2.0], [2.0, 1.0]]]}, "positive definite"),
            ({"noiseless": [0.5]}, "log_noise_means"),
            ({"dic_ranges": [[90, 91], [92, 93]]}, "ranges"),
            ({"time_scale": -1}, "time_scale is -1"),
        )
        for arguments, text in bad:
            with self.subTest(arguments), self.assertRaisesRegex(dicrec.ArgumentError, text):
                dicrec.Posterior.of_mixture(**{**self.ONE, **arguments})
        for arguments, text in (((1, 2, 3),), "g_s and g_u"), ((5,), "g_s and g_u"), (((1, 2), -1), "noise_std is -1"):
            with self.subTest(arguments), self.assertRaisesRegex(dicrec.ArgumentError, text):
                dicrec.Posterior.at(*arguments)

    def test_a_target_becomes_a_population(self):
        result = dicrec.reconstruct_posterior("stg", dicrec.Posterior.at(BURSTING), 4, seed=2)
        numpy.testing.assert_allclose(result.population.dics[:, 1:3], [BURSTING] * 4, rtol=1e-6)
        numpy.testing.assert_array_equal(result.population.noise_std, 0)
        self.assertEqual((result.report.outcome, result.report.activity), ("complete", "other"))
        self.assertIsNone(result.accepted)
        self.assertIsNone(result.posterior.activity)

    def test_members_fire_like_spikes(self):
        posterior = dicrec.Posterior.of_mixture(**self.ONE)
        arguments = {"verify": True, "max_candidates": 3, "simulation": {"seed": 5}}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            result = dicrec.reconstruct_posterior(dicrec.Model("stg"), posterior, 2, spikes=neuron()[1], **arguments)
        self.assertTrue(result.report.verified)
        self.assertEqual(len(result.spikes), 2)
        with self.assertRaisesRegex(dicrec.ArgumentError, "spikes"):
            dicrec.reconstruct_posterior("stg", posterior, 2, **arguments)

    def test_what_takes_an_estimator(self):
        for argument in ("time_scale", "support_limit", "screening", "max_drawn"):
            with self.subTest(argument), self.assertRaisesRegex(TypeError, argument):
                dicrec.reconstruct_posterior("stg", dicrec.Posterior.at(BURSTING), 2, **{argument: 1})


class Reconstructions(unittest.TestCase):
    def setUp(self):
        self.estimator = dicrec.Estimator("stg")
        _, self.spikes = neuron()

    def test_plain(self):
        result = dicrec.reconstruct(self.estimator, self.spikes, 4, screening=False, population={"keep_raw": True})
        for name in ("accepted", "distance", "spikes", "statistics", "mismatch", "spread_kept", "candidate_mean"):
            self.assertIsNone(getattr(result, name), name)
        self.assertEqual(result.n_candidates, 0)
        self.assertEqual(result.population.base.shape, result.population.conductances.shape)
        report = result.report
        self.assertEqual((report.outcome, report.activity, report.target), ("complete", "bursting", "median"))
        self.assertEqual((report.t_end_ms, report.t_skip_ms), (0, 0))
        self.assertEqual((report.screened, report.verified), (False, False))
        self.assertEqual((report.n_requested, report.n_found, report.n_accepted, report.n_drawn), (4, 4, 4, 4))
        numpy.testing.assert_array_equal((report.g_s, report.g_u), result.posterior.median)
        self.assertEqual((report.support, report.time_scale), (result.posterior.support, 1.0))
        self.assertEqual(report.selection, "representative")
        self.assertTrue(numpy.isnan([report.tolerance, report.spread_kept_min]).all())
        numpy.testing.assert_allclose(result.population.dics[:, 1:3], [result.posterior.median] * 4, atol=1e-6)

    def test_screened(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            result = dicrec.reconstruct(self.estimator, self.spikes, 4, max_drawn=50, population={"keep_raw": True})
        report, status = result.report, result.population.status
        if not report.screened:
            self.skipTest("the built-in weights have no forward network")
        self.assertEqual(result.mismatch.shape, (4,))
        self.assertEqual(list(result.spread_kept), self.estimator.model.channels)
        numpy.testing.assert_array_equal(status == 0, numpy.arange(4) < report.n_accepted)
        numpy.testing.assert_array_equal(result.mismatch[status == 0] <= report.tolerance, True)
        numpy.testing.assert_array_equal(result.mismatch[status == dicrec.Status.W_REJECTED] > report.tolerance, True)
        self.assertIn(report.tolerance, (1, 2, 4))
        self.assertLessEqual(report.n_drawn, 200)
        self.assertIsNone(result.population.base)
        self.assertIsNone(result.accepted)
        self.assertRegex(repr(result), r"^<dicrec.Reconstruction: .*\d of 4 members accepted \(predicted\), ")
        self.assertEqual((result.candidate_mean.shape, result.candidate_std.shape), ((8,), (8,)))
        self.assertTrue((result.candidate_mean > 0).all())

    def test_a_limit_of_time(self):
        with self.assertWarns(dicrec.DicrecWarning):
            result = dicrec.reconstruct(self.estimator, self.spikes, 4, verify=True, max_wall_s=1e-9)
        self.assertEqual(result.report.outcome, "timed out")

    def test_verified(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            result = dicrec.reconstruct(
                self.estimator, self.spikes, 3, verify=True, max_candidates=2, population={"leak": "uniform"}
            )
        self.assertEqual(len(result.population), 3)
        self.assertEqual(result.accepted.shape, (3,))
        self.assertEqual(result.distance.shape, (3,))
        self.assertEqual([len(train) for train in result.spikes], [s.n_spikes for s in result.statistics])
        self.assertGreaterEqual(result.n_candidates, 3)
        self.assertTrue(result.report.verified)
        self.assertEqual(result.report.n_accepted, result.accepted.sum())
        kept = numpy.array(list(result.spread_kept.values()))
        if numpy.isfinite(kept).any():
            self.assertEqual(result.report.spread_kept_min, numpy.nanmin(kept))

    def test_sampled_targets(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            result = dicrec.reconstruct(self.estimator, self.spikes, 4, target="sample")
        self.assertGreater(numpy.ptp(result.population.dics[:, 1]), 0)

    def test_remarks(self):
        report = dicrec.reconstruct(self.estimator, self.spikes, 2, screening=False).report
        self.assertIsInstance(report.remarks, tuple)
        self.assertLessEqual(set(report.remarks), set(dicrec.REMARKS))
        self.assertEqual(remark_names(0), ())
        names = remark_names(1 + 8 + 2**30)
        self.assertEqual(names, ("SUPPORT", "INCOMPLETE", "REMARK_1073741824"))
        self.assertEqual(remark_names(-(2**31)), ("REMARK_2147483648",))
        texts = dataclasses.replace(report, remarks=names).remark_texts
        self.assertEqual(texts[:2], (dicrec.REMARKS["SUPPORT"], dicrec.REMARKS["INCOMPLETE"]))
        self.assertEqual(len(texts), 3)
        self.assertTrue(all(texts))

    def test_selection_and_noise_reach_the_options(self):
        def options(**arguments):
            made, _ = _reconstruct_options.reconstruct_options(self.estimator.model, 1, **arguments)
            return made.selection, made.noise, made.noise_std

        self.assertEqual(options(), (0, 0, 0.0))
        self.assertEqual(options(selection="representative", noise="auto"), (0, 0, 0.0))
        self.assertEqual(options(selection="diverse", noise="off"), (1, 1, 0.0))
        for noise in (0, 0.0, 2, 2.5, numpy.float32(0.5), numpy.int64(3)):
            self.assertEqual(options(noise=noise), (0, 1, float(noise)))

    def test_bad_selection_and_noise(self):
        bad = (
            ({"selection": "best"}, "E_ARGUMENT", "selection: 'best' .*representative, diverse"),
            ({"selection": 1}, "E_ARGUMENT", "selection: 1 .*representative, diverse"),
            ({"noise": "on"}, "E_ARGUMENT", "noise: 'on' .*auto, off .*uA/cm2, 0 or above"),
            ({"screening": "no"}, "E_ARGUMENT", "screening: 'no' .*auto, off, on"),
            ({"time_scale": "fast"}, "E_ARGUMENT", "time_scale: 'fast' is not 'auto' or a number"),
            ({"noise": None}, "E_ARGUMENT", "noise: None "),
            ({"noise": True}, "E_ARGUMENT", "noise: True "),
            ({"noise": [1.0, 2.0]}, "E_ARGUMENT", r"noise: \[1.0, 2.0\] "),
            ({"noise": -0.5}, "E_RANGE", "noise: -0.5 .*0 uA/cm2 or above"),
            ({"noise": float("nan")}, "E_RANGE", "noise: nan "),
            ({"noise": float("inf")}, "E_RANGE", "noise: inf "),
            ({"simulation": {"noise": 2.0}}, "E_ARGUMENT", "simulation: noise is 2.0"),
        )
        for arguments, name, text in bad:
            for call in (
                lambda: dicrec.reconstruct(self.estimator, self.spikes, 2, **arguments),
                lambda: dicrec.reconstruct_many(self.estimator, [self.spikes], 2, **arguments),
            ):
                with self.subTest(arguments), self.assertRaisesRegex(dicrec.ArgumentError, text) as caught:
                    call()
                self.assertEqual(caught.exception.name, name)

    def test_words_of_screening(self):
        for screening, value in ((True, 0), (False, 1), ("auto", 0), ("off", 1), ("on", 2)):
            options, _ = _reconstruct_options.reconstruct_options(self.estimator.model, 1, screening=screening)
            self.assertEqual(options.screening, value)

    def test_objects_of_another_kind(self):
        with self.assertRaisesRegex(TypeError, "a dicrec.Estimator is expected, not 'stg'"):
            dicrec.reconstruct("stg", self.spikes, 2)
        with self.assertRaisesRegex(TypeError, "a dicrec.Posterior is expected"):
            dicrec.reconstruct_posterior("stg", BURSTING, 2)

    def test_noise_of_members(self):
        def made(spikes, **arguments):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", dicrec.DicrecWarning)
                return dicrec.reconstruct(self.estimator, spikes, 8, **arguments)

        for noise, expected in (("off", 0.0), (0, 0.0), (1.5, 1.5)):
            result = made(self.spikes, noise=noise)
            numpy.testing.assert_array_equal(result.population.noise_std, [expected] * 8)
            self.assertEqual(result.report.noise_std, expected)
        own = made(numpy.cumsum([80.0, 120.0, 95.0, 160.0, 70.0] * 12))
        self.assertEqual(own.report.noise_std, own.posterior.noise_median)
        self.assertEqual(own.report.noiseless, own.posterior.noiseless)
        self.assertTrue((own.population.noise_std >= 0).all())
        if own.posterior.noiseless < 0.1:
            self.assertGreater(numpy.ptp(own.population.noise_std), 0)

    def test_report_tells_of_input_and_selection(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            result = dicrec.reconstruct(self.estimator, self.spikes, 4, selection="diverse")
        report, found = result.report, dicrec.Spikes(self.spikes).stationarity()
        self.assertEqual(report.selection, "diverse")
        numpy.testing.assert_equal((report.drift_p, report.drift_factor), (found.p_value, found.rate_factor))
        self.assertEqual("DRIFT" in report.remarks, found.drifts)
        for name, is_so in (
            ("WIDENED", report.tolerance > 1),
            ("INCOMPLETE", report.n_accepted < report.n_requested),
            ("OUTSIDE", report.n_outside > 0),
        ):
            self.assertTrue(is_so or name not in report.remarks, name)
        self.assertTrue(numpy.isnan([report.isi_distance, report.isi_moved]).all())

    def test_members_fire_again_what_they_fired(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            result = dicrec.reconstruct(
                self.estimator,
                numpy.asarray(self.spikes) * 1.5,
                3,
                verify=True,
                max_candidates=2,
                time_scale=1.5,
                noise=2.0,
                simulation={"seed": 5},
            )
        members, report = result.population, result.report
        self.assertEqual(members.time_scale, 1.5)
        self.assertEqual(members.streams.dtype, numpy.uint64)
        numpy.testing.assert_array_equal(members.noise_std, [2.0] * 3)
        again = dicrec.simulate("stg", members, t_end=report.t_end_ms, t_skip=report.t_skip_ms, seed=5)
        for k in range(3):
            numpy.testing.assert_array_equal(again.spikes[k], result.spikes[k])
        other = dicrec.simulate("stg", members, report.t_end_ms, report.t_skip_ms, seed=5, noise=0, time_scale=1)
        self.assertNotEqual(len(other.spikes[0]), len(again.spikes[0]))

    def test_populations_in_parts(self):
        whole, part = dicrec.generate("stg", BURSTING, 5), dicrec.generate("stg", BURSTING, 2, first_member=3)
        numpy.testing.assert_array_equal(whole.conductances[3:], part.conductances)
        numpy.testing.assert_array_equal(part.streams, [3, 4])
        self.assertEqual((part.time_scale, part.noise_std.tolist()), (1.0, [0.0, 0.0]))

    def test_many(self):
        trains = [self.spikes, [1.0, 2.0], self.spikes[:60]]
        arguments = dict(verify=True, max_candidates=2, seed=3, population={"leak": "uniform"})
        done = []
        with self.assertWarns(dicrec.DicrecWarning):
            results = dicrec.reconstruct_many(
                self.estimator, trains, 3, threads=2, progress=lambda *counts: done.append(counts), **arguments
            )
        self.assertIsInstance(results[1], dicrec.ArgumentError)
        self.assertEqual(results[1].name, "E_SPIKES")
        self.assertIn("2 spikes", str(results[1]))
        self.assertEqual({total for _, total in done}, {3})
        for k in (0, 2):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", dicrec.DicrecWarning)
                one = dicrec.reconstruct(self.estimator, trains[k], 3, threads=1, **arguments)
            numpy.testing.assert_equal(vars(results[k].report), vars(one.report))
            numpy.testing.assert_array_equal(results[k].population.conductances, one.population.conductances)
            self.assertEqual(results[k].remark, one.remark)
            for a, b in zip(results[k].spikes, one.spikes):
                numpy.testing.assert_array_equal(a, b)
        self.assertEqual(dicrec.reconstruct_many(self.estimator, [], 3), [])
        with self.assertRaises(dicrec.ArgumentError):
            dicrec.reconstruct_many(self.estimator, trains, 0)
        with self.assertWarns(dicrec.DicrecWarning):
            cancelled = dicrec.reconstruct_many(self.estimator, trains, 3, progress=lambda *_: False)
        self.assertEqual({type(result) for result in cancelled}, {dicrec.CancelledError})
        with warnings.catch_warnings(), self.assertRaises(dicrec.DicrecWarning):
            warnings.simplefilter("error", dicrec.DicrecWarning)
            dicrec.reconstruct_many(self.estimator, trains, 3)

    def test_too_few_spikes(self):
        with self.assertRaises(dicrec.ArgumentError) as caught:
            dicrec.reconstruct(self.estimator, [1.0, 2.0], 1)
        self.assertEqual(caught.exception.name, "E_SPIKES")


class Errors(unittest.TestCase):
    def test_message_names_the_value(self):
        with self.assertRaises(ValueError) as caught:
            dicrec.Spikes([1.0, 5.0, 4.0])
        self.assertIsInstance(caught.exception, dicrec.DicrecError)
        self.assertEqual(caught.exception.status, dicrec.Status.E_SPIKES)
        self.assertRegex(str(caught.exception), r"\b4\b.*\[E_SPIKES\]$")

    def test_classes(self):
        for name, base in (("E_MEMORY", MemoryError), ("E_FILE", OSError), ("E_SOLVER", ArithmeticError)):
            failure = _errors.error(dicrec.Status[name], "detail")
            self.assertIsInstance(failure, base)
            self.assertEqual((str(failure), failure.name), ("detail [%s]" % name, name))
            again = pickle.loads(pickle.dumps(failure))
            self.assertEqual((type(again), str(again), again.status), (type(failure), str(failure), failure.status))
        self.assertIs(type(_errors.error(-250)), dicrec.DicrecError)

    def test_bad_arguments(self):
        model = dicrec.Model("stg")
        estimator = dicrec.Estimator(model)
        train = [1.0, 2.0, 3.0, 4.0]
        bad = (
            lambda: dicrec.Model("no such model"),
            lambda: model.channel_index("no such channel"),
            lambda: model.dics(numpy.ones(3)),
            lambda: model.dics(numpy.ones(8), v=1e6),
            lambda: dicrec.Spikes([1, 2], unit="h"),
            lambda: dicrec.Spikes([[1, 2]]),
            lambda: dicrec.generate(model, BURSTING, -1),
            lambda: dicrec.generate(model, BURSTING, 0),
            lambda: dicrec.generate(model, BURSTING, 1, threads=-1),
            lambda: dicrec.generate(model, BURSTING, 1, threads=1000),
            lambda: dicrec.generate(model, BURSTING, 1, leak="none"),
            lambda: dicrec.generate(model, BURSTING, 1, channels=["H"]),
            lambda: dicrec.generate(model, BURSTING, 1, ranges=[[0, 1]]),
            lambda: dicrec.generate(model, (numpy.nan, 1), 1),
            lambda: dicrec.simulate(model, numpy.ones(8), t_end=-1),
            lambda: estimator.run(train, time_scale=1e6),
            lambda: dicrec.reconstruct(estimator, train, 1, target="none"),
            lambda: dicrec.reconstruct(estimator, train, 1, max_drawn=-1),
            lambda: dicrec.reconstruct(estimator, train, 1, max_drawn=100001),
        )
        for i, function in enumerate(bad):
            with self.subTest(i), self.assertRaises(dicrec.ArgumentError) as caught:
                function()
            self.assertLess(caught.exception.status, 0)

    def test_a_remark_may_be_made_an_exception(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error", dicrec.DicrecWarning)
            with self.assertRaises(dicrec.DicrecWarning):
                dicrec.Estimator("stg").run([])

    def test_a_warning_points_at_the_caller(self):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            dicrec.Estimator("stg").run([])
        self.assertEqual(caught[0].filename, __file__)


class Callbacks(unittest.TestCase):
    def test_progress_is_called_from_the_calling_thread(self):
        calls, threads = [], set()

        def progress(done, total):
            calls.append((done, total))
            threads.add(threading.get_ident())

        dicrec.generate("stg", BURSTING, 50, progress=progress)
        self.assertTrue(calls)
        self.assertTrue(all(0 <= done <= total for done, total in calls))
        self.assertEqual(threads, {threading.get_ident()})

    def test_cancel(self):
        with self.assertWarns(dicrec.DicrecWarning):
            population = dicrec.generate("stg", BURSTING, 1000, progress=lambda done, total: False)
        self.assertEqual(population.remark, dicrec.Status.W_PARTIAL)
        self.assertEqual(set(population.status), {dicrec.Status.E_CANCELLED})
        estimator, (_, spikes) = dicrec.Estimator("stg"), neuron()
        with self.assertRaises(dicrec.CancelledError) as caught:
            dicrec.reconstruct(estimator, spikes, 100, progress=lambda done, total: False)
        self.assertEqual(caught.exception.name, "E_CANCELLED")

    def test_exception_in_progress(self):
        calls = []

        def progress(done, total):
            calls.append(done)
            raise LookupError("from the callback")

        with self.assertRaisesRegex(LookupError, "from the callback"):
            dicrec.generate("stg", BURSTING, 1000, progress=progress)
        self.assertLess(len(calls), 1000)

    def test_interrupt(self):
        def progress(done, total):
            signal.raise_signal(signal.SIGINT)

        with self.assertRaises(KeyboardInterrupt):
            dicrec.generate("stg", BURSTING, 1000, progress=progress)
        self.assertIs(signal.getsignal(signal.SIGINT), signal.default_int_handler)

    def test_call_inside_progress(self):
        counts = []
        dicrec.generate("stg", BURSTING, 2, progress=lambda *_: counts.append(len(dicrec.models())))
        self.assertTrue(counts)

    def test_log(self):
        watch = _context._Watch()
        with self.assertLogs("dicrec", logging.INFO) as logged:
            watch.log(None, 1, b"one")
            watch.log(None, 2, b"two")
        self.assertEqual(logged.output, ["INFO:dicrec:one", "WARNING:dicrec:two"])

    def test_threads_may_call_at_the_same_time(self):
        model = dicrec.Model("stg")
        results = [None] * 4

        def work(i):
            results[i] = dicrec.generate(model, BURSTING, 5, seed=i, threads=1).conductances

        threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for i, result in enumerate(results):
            numpy.testing.assert_array_equal(result, dicrec.generate(model, BURSTING, 5, seed=i).conductances)


class Lifetimes(unittest.TestCase):
    def test_parents_may_go_first(self):
        _, spikes = neuron()
        model = dicrec.Model("stg")
        estimator = dicrec.Estimator(model)
        train = dicrec.Spikes(spikes)
        population = dicrec.generate(model, BURSTING, 2)
        estimator.model = None
        del model
        gc.collect()
        posterior = estimator.run(train)
        median = posterior.median.copy()
        del estimator, train
        gc.collect()
        numpy.testing.assert_array_equal(posterior.quantile(0.5), median)
        self.assertTrue(numpy.isfinite(population.conductances).all())

    def test_a_posterior_keeps_its_reconstruction(self):
        _, spikes = neuron()
        posterior = dicrec.reconstruct(dicrec.Estimator("stg"), spikes, 2).posterior
        gc.collect()
        numpy.testing.assert_array_equal(posterior.quantile(0.5), posterior.median)

    def test_nothing_waits_for_the_collector(self):
        freed = []
        handle = dicrec._handles.Handle(1, freed.append)
        del handle
        self.assertEqual(freed, [1])
        dicrec.generate("stg", BURSTING, 2)
        gc.collect()
        gc.disable()
        try:
            dicrec.generate("stg", BURSTING, 2, progress=lambda *_: None)
            self.assertEqual(gc.collect(), 0)
        finally:
            gc.enable()

    def test_copies_outlive_what_they_were_made_of(self):
        for function in (copy.copy, copy.deepcopy):
            train = dicrec.Spikes([1, 2, 3])
            other = function(train)
            del train
            gc.collect()
            numpy.testing.assert_array_equal(other.times, [1, 2, 3])
        for function in (copy.copy, copy.deepcopy, pickle.dumps):
            with self.assertRaises(TypeError):
                function(other._handle)


if __name__ == "__main__":
    unittest.main()
