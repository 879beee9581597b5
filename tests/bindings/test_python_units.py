# SPDX-License-Identifier: MIT
"""Times with units, of the packages that users have them of, are what they say, and bare ones are doubted aloud.

Packages that are missing are said to be skipped. Of pynapple and NWB stand-ins are used that look like them.
"""

import collections
import datetime
import importlib
import pathlib
import sys
import unittest
import warnings

try:
    import numpy
except ImportError:
    print("SKIPPED: units in the Python layer are not tested, NumPy is missing", file=sys.stderr)
    sys.exit(77)

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bindings" / "python"))

import dicrec  # noqa: E402


def package(name):
    """A package, or None, and then it is said that it is missing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(name)
    except ImportError:
        print("SKIPPED: units of %s are not tested, it is missing" % name, file=sys.stderr)
        return None


neo, pq, pint, brian2 = map(package, ("neo", "quantities", "pint", "brian2"))
astropy, pandas, xarray = map(package, ("astropy.units", "pandas", "xarray"))
registry = pint.UnitRegistry() if pint else None

# Whole numbers of microseconds, so that every representation holds the same times.
MICROSECONDS = numpy.array([100_000, 230_500, 361_000, 490_125, 621_000, 755_000, 880_250, 1_010_000])
SECONDS = MICROSECONDS / 1e6
MS = SECONDS * 1000


class Intervals:
    """What pynapple's IntervalSet looks like."""

    def __init__(self, start, end):
        self.start, self.end = numpy.array(start, dtype=float), numpy.array(end, dtype=float)
        self.values = numpy.stack([self.start, self.end], axis=1)


class Timestamps:
    """What pynapple's Ts looks like: NumPy can make nothing of it."""

    def __init__(self, t, time_support=None):
        self.t = numpy.array(t, dtype=float)
        self.time_support = time_support or Intervals(self.t[:1], self.t[-1:])

    def __len__(self):
        return len(self.t)


class Group(collections.UserDict):
    """What pynapple's TsGroup looks like: a dict by number."""

    time_support = Intervals([0], [2])


class Column:
    """What a column of lists looks like in a table of pynwb."""

    def __init__(self, name, rows):
        self.target = type("Flat", (), {"name": name})
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, row):
        return self.rows[row]


class Units:
    """What the table of units of an NWB file looks like."""

    colnames = ("spike_times", "obs_intervals")

    def __init__(self, trains, intervals):
        self.columns = {
            "spike_times": Column("spike_times", trains),
            "obs_intervals": Column("obs_intervals", intervals),
        }

    def __len__(self):
        return len(self.columns["spike_times"])

    def __getitem__(self, column):
        return self.columns[column]


class Dataset:
    """What a dataset of h5py looks like."""

    def __init__(self, values, **attributes):
        self.values, self.attrs = numpy.array(values), attributes

    def __array__(self, dtype=None):
        return self.values if dtype is None else self.values.astype(dtype)


def held_times():
    """The same times as everything that holds a unit: {name: object}."""
    held = {
        "timedelta64": MICROSECONDS.astype("m8[us]"),
        "timedelta": [datetime.timedelta(microseconds=int(t)) for t in MICROSECONDS],
        "timedelta in objects": numpy.array([datetime.timedelta(microseconds=int(t)) for t in MICROSECONDS]),
        "pynapple": Timestamps(SECONDS),
        "h5py": Dataset(SECONDS, unit=b"seconds"),
        "h5py of NWB": Dataset(SECONDS, resolution=3e-5),
        "h5py, us": Dataset(MICROSECONDS, unit="microseconds"),
    }
    if pq:
        held["quantities"] = SECONDS * pq.s
        held["quantities, us"] = MICROSECONDS * pq.us
        held["quantities, one by one"] = [t * pq.s for t in SECONDS]
        held["quantities of two units"] = [SECONDS[0] * pq.s] + [t * pq.ms for t in MS[1:]]
        held["quantities in objects"] = numpy.array([t * pq.s for t in SECONDS] + [None], dtype=object)[:-1]
    if neo:
        held["neo"] = neo.SpikeTrain(SECONDS, t_start=SECONDS[0], t_stop=SECONDS[-1], units="s")
        held["neo, ms"] = neo.SpikeTrain(MS, t_start=MS[0], t_stop=MS[-1], units="ms")
    if pint:
        held["pint"] = registry.Quantity(SECONDS, "s")
        held["pint, us"] = registry.Quantity(MICROSECONDS, "us")
        held["pint, one by one"] = [t * registry.s for t in SECONDS]
    if brian2:
        held["brian2"] = SECONDS * brian2.second
        held["brian2, ms"] = MS * brian2.ms
        held["brian2, one by one"] = [t * brian2.second for t in SECONDS]
    if astropy:
        held["astropy"] = SECONDS * astropy.s
        held["astropy, minutes"] = SECONDS / 60 * astropy.min
    if pandas:
        lengths = pandas.to_timedelta(MICROSECONDS, unit="us")
        held["pandas TimedeltaIndex"] = lengths
        held["pandas Series"] = pandas.Series(lengths, index=range(7, 15))
        held["pandas Series of objects"] = pandas.Series(list(lengths), dtype=object)
    if xarray:
        held["xarray"] = xarray.DataArray(SECONDS, attrs={"units": "s"})
        held["xarray of lengths"] = xarray.DataArray(MICROSECONDS.astype("m8[us]").astype("m8[ns]"))
    return held


class Case(unittest.TestCase):
    def setUp(self):
        context = warnings.catch_warnings()
        context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", "(?!the times look)", dicrec.DicrecWarning)  # of few spikes

    def refused(self, words, function, *arguments, **named):
        with self.assertRaises(dicrec.ArgumentError) as caught:
            function(*arguments, **named)
        for word in words:
            self.assertIn(word, str(caught.exception))


class Trains(Case):
    def test_every_package(self):
        for name, held in held_times().items():
            with self.subTest(name):
                train = dicrec.Spikes(held)
                numpy.testing.assert_allclose(train.times, MS, rtol=1e-15)
                self.assertEqual(train.segments.tolist(), [[train.times[0], train.times[-1]]])

    def test_seconds_are_the_very_times_that_they_are_in_the_library(self):
        times = dicrec.Spikes(SECONDS, unit="s").times.tobytes()
        for name in ("quantities", "neo", "pint", "brian2", "astropy", "pynapple", "h5py", "xarray"):
            held = held_times().get(name)
            if held is not None:
                self.assertEqual(dicrec.Spikes(held).times.tobytes(), times, name)

    def test_everything_that_takes_a_train(self):
        estimator = dicrec.Estimator("stg")
        plain = estimator.run(MS).median
        expected = dicrec.reconstruct(estimator, MS, 2).population.conductances
        posterior = dicrec.Posterior.at((-5, 8))
        for name, held in held_times().items():
            if "us" in name or "minutes" in name or "one by" in name:
                continue  # other bits at the end
            with self.subTest(name):
                numpy.testing.assert_allclose(estimator.run(held).median, plain, rtol=1e-6)
                numpy.testing.assert_allclose(estimator.run_many([MS, held])[1].median, plain, rtol=1e-6)
                stream = dicrec.Stream(estimator)
                stream.push(held)
                numpy.testing.assert_allclose(stream.posterior().median, plain, rtol=1e-6)
                self.assertLess(dicrec.Spikes(MS).distance(held), 1e-12)
                numpy.testing.assert_allclose(dicrec.Spikes(trials=[held, held]).times, [*MS, *MS], rtol=1e-15)
                if dicrec.Spikes(held).times.tobytes() == MS.tobytes():
                    made = dicrec.reconstruct(estimator, held, 2).population.conductances
                    numpy.testing.assert_array_equal(made, expected)
                    many = dicrec.reconstruct_many(estimator, [held], 2)[0].population.conductances
                    numpy.testing.assert_array_equal(many, expected)
                dicrec.reconstruct_posterior("stg", posterior, 1, held)

    def test_a_wrong_dimension_is_named(self):
        wrong = {"timedelta64": numpy.array(["2020-01-01"], dtype="M8[D]")}
        if pq:
            wrong.update(mV=[1, 2] * pq.mV, Hz=[1, 2] * pq.Hz)
        if pint:
            wrong.update({"mV ": registry.Quantity([1, 2], "mV"), "Hz ": [1 * registry.Hz]})
        if brian2:
            wrong.update({"mV of brian2": [1, 2] * brian2.mV, "Hz of brian2": [1 * brian2.Hz, 2 * brian2.Hz]})
        if astropy:
            wrong.update({"mV of astropy": [1, 2] * astropy.mV})
        if xarray:
            wrong.update({"furlong": xarray.DataArray([1.0], attrs={"units": "furlong"})})
        for name, values in wrong.items():
            with self.subTest(name):
                unit = [] if "64" in name or "brian2" in name else ["unit %s is no time" % name.split()[0]]
                self.refused(["times: ", "no time", *unit], dicrec.Spikes, values)
                self.refused(["trials: ", "no time"], dicrec.Spikes, trials=[values])
                self.refused(["gaps: ", "no time"], dicrec.Spikes, MS, gaps=values)

    def test_a_unit_that_contradicts(self):
        for name in ("quantities", "neo", "pint", "astropy", "pynapple", "h5py", "xarray"):
            held = held_times().get(name)
            if held is None:
                continue
            with self.subTest(name):
                self.assertEqual(dicrec.Spikes(held, unit="s").times.tobytes(), dicrec.Spikes(held).times.tobytes())
                self.refused(["unit='ms' contradicts", "times: they are in s"], dicrec.Spikes, held, unit="ms")
        for name in ("timedelta", "brian2", "pandas Series"):  # lengths of time, in no unit
            held = held_times().get(name)
            for unit in ("s", "ms") if held is not None else ():
                numpy.testing.assert_allclose(dicrec.Spikes(held, unit=unit).times, MS, rtol=1e-15)
        self.refused(["unit: 'min' is not one of ms, s"], dicrec.Spikes, MS, unit="min")
        self.refused(["unit: 'min' is not one of ms, s"], dicrec.Stream(dicrec.Estimator("stg")).push, MS, "min")

    @unittest.skipUnless(pq, "SKIPPED: quantities is missing")
    def test_some_with_a_unit_and_some_without(self):
        self.refused(["times: some have a unit and others have none"], dicrec.Spikes, [1 * pq.s, 2])

    def test_what_is_divided_by_a_unit_is_bare(self):
        bare = {"pint": registry.Quantity(SECONDS, "s") / registry.ms if pint else None}
        bare["quantities"] = (SECONDS * pq.s / pq.ms) if pq else None
        bare["brian2"] = (SECONDS * brian2.second / brian2.ms) if brian2 else None
        bare["astropy"] = (SECONDS * astropy.s / astropy.ms) if astropy else None
        for name, values in bare.items():
            if values is not None:
                numpy.testing.assert_allclose(dicrec.Spikes(values).times, MS, rtol=1e-14, err_msg=name)

    def test_plain_series_and_arrays(self):
        self.assertEqual(dicrec.Spikes(MS.tolist()).times.tobytes(), MS.tobytes())
        if pandas:
            self.assertEqual(dicrec.Spikes(pandas.Series(MS, index=range(3, 11))).times.tobytes(), MS.tobytes())
        if xarray:
            self.assertEqual(dicrec.Spikes(xarray.DataArray(MS)).times.tobytes(), MS.tobytes())


class Observed(Case):
    """When a train was observed, where its object says so."""

    @unittest.skipUnless(neo, "SKIPPED: neo is missing")
    def test_neo(self):
        train = neo.SpikeTrain(SECONDS, t_start=-0.5, t_stop=2.0, units="s")
        self.assertEqual(dicrec.Spikes(train).segments.tolist(), [[-500, 2000]])
        self.assertEqual(dicrec.Spikes(train, unit="s").segments.tolist(), [[-500, 2000]])
        self.assertEqual(dicrec.Spikes(train, window=(0, 1500)).segments.tolist(), [[0, 1500]])
        self.assertEqual(dicrec.Spikes(train, window=[0, 1.5] * pq.s).segments.tolist(), [[0, 1500]])
        self.assertEqual(dicrec.Spikes(train, unit="s", window=(0, 1.5)).segments.tolist(), [[0, 1500]])
        gap = neo.Epoch([0.0] * pq.s, durations=[50] * pq.ms)
        self.assertEqual(dicrec.Spikes(train, gaps=gap).segments.tolist(), [[-500, 0], [50, 2000]])
        trials = dicrec.Spikes(trials=[train, neo.SpikeTrain(MS, t_stop=1500, units="ms")])
        self.assertEqual(trials.segments.tolist(), [[-500, 2000], [0, 1500]])
        self.assertEqual(trials.segment_counts.tolist(), [8, 8])
        self.refused(["some say when they were observed"], dicrec.Spikes, trials=[train, MS])
        segment = neo.Segment()
        segment.spiketrains.extend([train, train])
        for many in ([train, train], segment, {"a": train, "b": train}):
            self.assertEqual(len(dicrec.Estimator("stg").run_many(many)), 2)
        signal = neo.AnalogSignal([[1], [2]], units="mV", sampling_rate=1 * pq.kHz)
        self.refused(["unit mV is no time"], dicrec.Spikes, signal)

    def test_pynapple(self):
        support = Intervals([0, 0.3], [0.25, 1.5])
        train = Timestamps(SECONDS, support)
        self.assertEqual(dicrec.Spikes(train).segments.tolist(), [[0, 250], [300, 1500]])
        self.assertEqual(dicrec.Spikes(train, unit="s").segments.tolist(), [[0, 250], [300, 1500]])
        self.assertEqual(dicrec.Spikes(MS, window=support).segments.tolist(), [[0, 250], [300, 1500]])
        gaps = dicrec.Spikes(MS, window=(0, 1500), gaps=Intervals([0.25], [0.3]))
        self.assertEqual(gaps.segments.tolist(), [[0, 250], [300, 1500]])
        trials = dicrec.Spikes(trials=Group({3: train, 5: train}))
        self.assertEqual(trials.segments.tolist(), [[0, 250], [300, 1500]] * 2)
        other = Timestamps(SECONDS, Intervals([0, 0.31], [0.25, 1.5]))
        self.refused(["different gaps"], dicrec.Spikes, trials=[train, other])
        self.assertEqual(len(dicrec.Estimator("stg").run_many(Group({3: train, 5: train}))), 2)
        self.refused(["a group of 1 trains"], dicrec.Spikes, Group({3: train}))
        self.refused(["many are expected, not one"], dicrec.Estimator("stg").run_many, train)
        empty = dicrec.Spikes(Timestamps([], Intervals([], [])))
        self.assertEqual(len(empty), 0)

    def test_nwb(self):
        intervals = [numpy.array([[0, 0.25], [0.3, 1.5]]), numpy.array([[0, 2.0]])]
        table = Units([SECONDS, SECONDS[:5]], intervals)
        estimator = dicrec.Estimator("stg")
        expected = estimator.run(dicrec.Spikes(MS, window=(0, 1500), gaps=[(250, 300)])).median.tolist()
        self.assertEqual(estimator.run_many(table)[0].median.tolist(), expected)
        self.assertEqual(len(estimator.run_many(table["spike_times"], unit="s")), 2)
        self.assertEqual(
            estimator.run_many(table["spike_times"])[1].median.tolist(), estimator.run(MS[:5]).median.tolist()
        )
        self.refused(["unit='ms' contradicts"], estimator.run_many, table, unit="ms")


class Doubts(Case):
    """Bare times that are likely in another unit."""

    def setUp(self):
        super().setUp()
        self.estimator = dicrec.Estimator("stg")

    def warned(self, function, *arguments, **named):
        """Texts of the warnings of the unit."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            function(*arguments, **named)
        found = [one for one in caught if "look like" in str(one.message)]
        for one in found:
            self.assertIs(one.category, dicrec.DicrecWarning)
            self.assertEqual(one.filename, __file__)
        return [str(one.message) for one in found]

    def test_seconds(self):
        calls = {
            "Spikes": lambda times, **unit: dicrec.Spikes(times, **unit),
            "trials": lambda times, **unit: dicrec.Spikes(trials=[times, times], **unit),
            "run": self.estimator.run,
            "estimate": lambda times, **unit: dicrec.estimate(self.estimator, times, **unit),
            "estimate_many": lambda times, **unit: dicrec.estimate_many(self.estimator, [times] * 20, **unit),
            "run_many": lambda times, **unit: self.estimator.run_many([times] * 20, **unit),
            "reconstruct": lambda times, **unit: dicrec.reconstruct(self.estimator, times, 1, **unit),
            "reconstruct_many": lambda times, **unit: dicrec.reconstruct_many(self.estimator, [times] * 3, 1, **unit),
            "reconstruct_posterior": lambda times, **unit: dicrec.reconstruct_posterior(
                "stg", dicrec.Posterior.at((-5, 8)), 1, times, **unit
            ),
            "distance": lambda times, **unit: dicrec.Spikes(MS).distance(times, **unit),
            "push": lambda times, **unit: dicrec.Stream(self.estimator).push([*times, *(times + 2000)], **unit),
        }
        for name, call in calls.items():
            with self.subTest(name):
                (text,) = self.warned(call, SECONDS)
                self.assertIn("unit='s'", text)
                self.assertEqual(self.warned(call, SECONDS, unit="s"), [])
                self.assertEqual(self.warned(call, SECONDS, unit="ms"), [])
                self.assertEqual(self.warned(call, MS), [])
                if name != "push":
                    (text,) = self.warned(call, MS, unit="s")
                    self.assertIn("look like ms", text)

    def test_a_stream_in_pieces(self):
        stream = dicrec.Stream(self.estimator)
        texts = [text for i in range(30) for text in self.warned(stream.push, [0.13 * (i + 1)])]
        self.assertEqual(len(texts), 1)
        stream = dicrec.Stream(self.estimator)
        stream.push([0.13, 0.26])
        stream.reset()
        self.assertEqual(len(self.warned(stream.push, numpy.arange(1, 20) * 0.1)), 1)

    def test_times_with_a_unit_are_not_doubted(self):
        fast = numpy.array([1.25, 2.5, 3.75, 5.0])
        self.assertEqual(len(self.warned(dicrec.Spikes, fast)), 1)
        self.assertEqual(self.warned(dicrec.Spikes, Dataset(fast, unit="ms")), [])
        self.assertEqual(self.warned(dicrec.Spikes, (fast * 1000).astype("m8[us]")), [])
        self.assertEqual(self.warned(dicrec.Spikes.from_samples, [1, 2, 3, 4], 1000), [])


class Others(Case):
    """Arguments that are no spike times."""

    def packages(self):
        """By name, a function that gives numbers a unit."""
        made = {}
        if pq:
            made["quantities"] = lambda values, unit: values * pq.Quantity(1, unit)
        if pint:
            made["pint"] = lambda values, unit: registry.Quantity(values, unit)
        if astropy:
            made["astropy"] = lambda values, unit: values * astropy.Unit(unit)
        if brian2:
            known = {"s": brian2.second, "mV": brian2.mV, "S/cm**2": brian2.siemens / brian2.cm**2}
            known.update({"A/m**2": brian2.amp / brian2.metre**2, "kHz": brian2.kHz, "nS": brian2.nS})
            made["brian2"] = lambda values, unit: values * known[unit]
        return made

    def test_simulation(self):
        model = dicrec.Model("stg")
        neuron = dicrec.generate(model, (-5, 8), 1, seed=3).conductances
        named = {"t_end": 300, "t_skip": 50, "trace_dt": 0.5, "trace": "voltage", "solver": "cvode"}
        steps = (numpy.array([100.0, 200.0]), numpy.array([0.0, 2.0]))
        plain = dicrec.simulate(model, neuron, current=steps, **named)
        noisy = dicrec.simulate(model, neuron, t_end=300, noise=2, current=1)
        for name, of in self.packages().items():
            with self.subTest(name):
                lengths = {"t_end": of(0.3, "s"), "t_skip": of(0.05, "s"), "trace_dt": of(0.0005, "s")}
                current = (of(steps[0] / 1000, "s"), of(steps[1] / 100, "A/m**2"))
                sets = of(neuron / 1000, "S/cm**2")
                made = dicrec.simulate(model, sets, current=current, **{**named, **lengths})
                numpy.testing.assert_allclose(made.spikes[0], plain.spikes[0], rtol=1e-6)
                one = of(0.01, "A/m**2")
                made = dicrec.simulate(model, neuron, t_end=of(0.3, "s"), noise=2 * one, current=one)
                numpy.testing.assert_allclose(made.spikes[0], noisy.spikes[0], rtol=1e-6)
                numpy.testing.assert_allclose(model.dics(sets, v=of(-51, "mV")), model.dics(neuron, v=-51))
                self.refused(["conductances: unit nS is no conductance"], model.dics, of(neuron, "nS"))
                self.refused(["t_end_ms: unit mV is no time"], dicrec.simulate, model, neuron, t_end=of(300, "mV"))
                self.refused(["current: unit s is no current"], dicrec.simulate, model, neuron, current=of(1, "s"))
                self.refused(["noise: unit mV is no current"], dicrec.simulate, model, neuron, noise=of([1.0], "mV"))
                self.refused(
                    ["time_scale: unit s is no plain number"], dicrec.simulate, model, neuron, time_scale=of(1, "s")
                )

    def test_spikes(self):
        train = dicrec.Spikes(MS)
        plain = train.distance(MS[:5], tau=20)
        sampled = dicrec.Spikes.from_samples([10, 20, 40], 30000).times
        for name, of in self.packages().items():
            with self.subTest(name):
                self.assertAlmostEqual(train.distance(MS[:5], tau=of(0.02, "s")), plain)
                made = dicrec.Spikes.from_samples([10, 20, 40], of(30, "kHz"))
                numpy.testing.assert_allclose(made.times, sampled)
                self.refused(["tau: unit mV is no time"], train.distance, MS, tau=of(1, "mV"))
                self.refused(["samples: "], dicrec.Spikes.from_samples, of(SECONDS, "s"), 1000)
                self.refused(["target: unit s is no plain number"], dicrec.generate, "stg", of([-5.0, 8.0], "s"), 1)

    def test_reconstruction(self):
        model, posterior = dicrec.Model("stg"), dicrec.Posterior.at((-5, 8))
        for name, of in self.packages().items():
            with self.subTest(name):
                made = dicrec.reconstruct_posterior(model, posterior, 1, noise=of(0.02, "A/m**2"))
                numpy.testing.assert_allclose(made.population.noise_std, [2])
                at = dicrec.Posterior.at((-5, 8), noise=of(0.02, "A/m**2"))
                self.assertAlmostEqual(at.noise_median, 2)

    def test_nothing_is_imported(self):
        import subprocess

        names = ("neo", "quantities", "pint", "brian2", "astropy", "pandas", "xarray", "pynapple")
        code = "import dicrec, sys; dicrec.Spikes([1, 2, 3]); print(*[n for n in %r if n in sys.modules])" % (names,)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
        self.assertEqual(done.stdout.strip(), "")


if __name__ == "__main__":
    unittest.main()
