# SPDX-License-Identifier: MIT
"""How the objects of the Python layer show themselves: in a line, in notebooks, as tables, sequences and parts."""

import html.parser
import importlib.util
import io
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import warnings
import xml.etree.ElementTree
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from python_objects import BURSTING, bursts, content, everything, trains  # noqa: E402

import numpy  # noqa: E402

import dicrec  # noqa: E402

MISSING = [name for name in ("pandas", "xarray") if importlib.util.find_spec(name) is None]
for package in MISSING:
    print("SKIPPED: tables of results are not tested with %s, which is missing" % package, file=sys.stderr)
with_pandas = unittest.skipIf("pandas" in MISSING, "SKIPPED: pandas is missing")
with_xarray = unittest.skipIf("xarray" in MISSING or "pandas" in MISSING, "SKIPPED: xarray is missing")


def verified(n=4):
    estimator = dicrec.Estimator("stg")
    recording = dicrec.simulate("stg", dicrec.generate("stg", BURSTING, 1, seed=3)).spikes[0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dicrec.DicrecWarning)
        return dicrec.reconstruct(estimator, recording, n, verify=True)


def crowded():
    """Results with as many members, spikes and remarks as make their pages large."""
    result = verified()
    many = dicrec.generate("stg", BURSTING, 500, seed=3)
    dense = [numpy.sort(numpy.random.default_rng(k).uniform(0, 60000, 20000)) for k in range(500)]
    report = {name: getattr(result.report, name) for name in result.report._layout}
    report.update(remarks=tuple(dicrec.REMARKS))
    values = {name: getattr(result, name) for name in result.__dataclass_fields__}
    values.update(population=many, spikes=dense, accepted=numpy.ones(500, bool))
    values.update(report=dicrec.ReconstructionReport(**report))
    return dicrec.Reconstruction(**values)


class Page(html.parser.HTMLParser):
    """Whether each tag is closed in its turn, and nothing is loaded from elsewhere."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.tags.add(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag


class Shown(unittest.TestCase):
    def test_lines(self):
        items = {**everything(), "crowded": crowded(), "stream": dicrec.Stream(dicrec.Estimator("stg"))}
        items["many channels"] = dicrec.Population(
            **{**vars(items["population"]), "channels": ["channel%d" % k * 4 for k in range(32)]}
        )
        for name, item in items.items():
            with self.subTest(name):
                self.assertLessEqual(len(repr(item)), 200)
                self.assertNotIn("\n", repr(item))
                self.assertIn("dicrec." + type(item).__name__, repr(item))

    def test_what_lines_tell(self):
        found = everything()
        for name, text in (
            ("population", "3 members, 3 valid; 8 channels: Na, "),
            ("cancelled population", "2 members, 0 valid, 2 E_CANCELLED"),
            ("simulation", "3 members, ensemble, "),
            ("estimator with a file", "weights=<1"),
            ("sure posterior", "g_s -5, g_u 8, noise 0.5 uA/cm2, of plain numbers"),
            ("verified", "of 2 members accepted (simulated), g_s"),
            ("train, plain", "60 spikes from 0 to 1133.33 ms"),
            ("train, gaps", "60 spikes from 0 to 1133.33 ms, 2 gaps"),
            ("train, trials", "51 spikes in 4 trials"),
            ("statistics", "bursting, "),
        ):
            self.assertIn(text, repr(found[name]))

    def test_pages(self):
        for name, item in {**everything(), "crowded": crowded()}.items():
            if isinstance(item, dicrec.Estimator):
                continue
            with self.subTest(name):
                text = item._repr_html_()
                page = Page(text)
                self.assertEqual(page.open, [])
                self.assertFalse(page.tags & {"script", "img", "link", "iframe", "style"})
                self.assertLessEqual(len(text.encode()), 20000)
                for part in text.split("<svg")[1:]:
                    xml.etree.ElementTree.fromstring("<svg" + part.split("</svg>")[0] + "</svg>")
                    self.assertNotIn("nan", part)

    def test_pages_have_a_table_and_a_picture(self):
        found = everything()
        for name in ("population", "simulation", "posterior", "verified"):
            self.assertLessEqual({"table", "svg"}, Page(found[name]._repr_html_()).tags, name)
        self.assertIn("svg", Page(found["train, trials"]._repr_html_()).tags)

    def test_names_are_no_markup(self):
        population = dicrec.generate("stg", BURSTING, 1)
        population.channels[0] = "<b>&"
        self.assertIn("&lt;b&gt;&amp;", population._repr_html_())
        self.assertNotIn("<b>&", population._repr_html_())


class Sequences(unittest.TestCase):
    def test_a_train_is_a_sequence_of_its_times(self):
        train = dicrec.Spikes([15.5, 25.5, 40])
        self.assertEqual(list(train), [15.5, 25.5, 40.0])
        self.assertEqual((len(train), train[0], train[-1], 25.5 in train), (3, 15.5, 40.0, True))
        self.assertIs(type(train[0]), float)
        numpy.testing.assert_array_equal(train[1:], [25.5, 40])
        numpy.testing.assert_array_equal(train[[0, 2]], [15.5, 40])
        numpy.testing.assert_array_equal(train[train.times > 20], [25.5, 40])
        with self.assertRaises(IndexError):
            train[3]
        self.assertEqual(list(reversed(train)), [40.0, 25.5, 15.5])

    def test_a_train_is_an_array(self):
        train = dicrec.Spikes([15.5, 25.5, 40])
        array = numpy.asarray(train)
        self.assertEqual(array.dtype, numpy.float64)
        array[0] = 0
        self.assertEqual(train[0], 15.5)
        self.assertEqual(numpy.asarray(train, dtype="f4").dtype, numpy.float32)
        self.assertEqual(train.__array__(copy=True).tolist(), [15.5, 25.5, 40])
        self.assertEqual(numpy.diff(train).tolist(), [10, 14.5])
        with self.assertRaisesRegex(ValueError, "copy=False"):
            train.__array__(copy=False)
        for name, other in trains().items():
            self.assertEqual(dicrec.Spikes(other), other, name)

    def test_windows(self):
        found = trains()
        for name, window in (
            ("plain", [0, 1133.33]),
            ("window", [-20.5, 1300]),
            ("seconds", [-20.5, 1300]),
            ("gap at the edge", [-20, 1300]),
            ("silent in a window", [0, 100]),
            ("trials with windows", [[0, 700], [0, 9], [-3, 500]]),
            ("trials with gaps", [[0, 533.33], [0, 533.33]]),
        ):
            numpy.testing.assert_allclose(found[name].window, window, err_msg=name)

    def test_equality(self):
        train = dicrec.Spikes([1, 2, 3])
        self.assertEqual(train, dicrec.Spikes([1, 2, 3]))
        self.assertNotEqual(train, dicrec.Spikes([1, 2, 4]))
        self.assertNotEqual(train, dicrec.Spikes([1, 2, 3], window=(1, 3)))
        self.assertEqual(dicrec.Spikes([-0.0, 1]), dicrec.Spikes([0.0, 1]))
        self.assertEqual(hash(dicrec.Spikes([-0.0, 1])), hash(dicrec.Spikes([0.0, 1])))
        self.assertFalse(train == "a train")
        self.assertEqual(len({train, dicrec.Spikes([1, 2, 3])}), 1)


class Parts(unittest.TestCase):
    def test_of_a_population(self):
        population = dicrec.generate("stg", BURSTING, 6, keep_raw=True)
        mask = numpy.array([True, False, True, False, False, True])
        for index, members in (
            (slice(4), [0, 1, 2, 3]),
            (slice(None, None, -2), [5, 3, 1]),
            (mask, [0, 2, 5]),
            (mask.tolist(), [0, 2, 5]),
            (3, [3]),
            (-1, [5]),
            (numpy.int64(2), [2]),
            ([4, 4, 0], [4, 4, 0]),
            (slice(0, 0), []),
        ):
            part = population[index]
            self.assertIsInstance(part, dicrec.Population)
            self.assertEqual(len(part), len(members))
            for name in ("conductances", "dics", "status", "base", "spiking", "streams", "noise_std"):
                numpy.testing.assert_array_equal(getattr(part, name), getattr(population, name)[members], name)
                self.assertFalse(numpy.shares_memory(getattr(part, name), getattr(population, name)))
        self.assertEqual([len(member) for member in population], [1] * 6)
        for index in (6, -7, mask[:4], 1.5, "Na", None, [[0, 1]]):
            with self.assertRaises(IndexError):
                population[index]

    def test_members_fire_as_they_do_among_the_others(self):
        result = verified(6)
        accepted = dicrec.simulate("stg", result.population[result.accepted], t_end=900, noise=None)
        everyone = dicrec.simulate("stg", result.population, t_end=900)
        expected = [everyone.spikes[index] for index in numpy.flatnonzero(result.accepted)]
        self.assertGreater(len(expected), 1)
        for one, other in zip(accepted.spikes, expected):
            numpy.testing.assert_array_equal(one, other)
        self.assertTrue((result.population[result.accepted].noise_std > 0).any())

    def test_members_of_a_reconstruction(self):
        result = verified(6)
        self.assertEqual(content(result.members), content(result.population[result.accepted]))
        found = everything()["screened"]
        self.assertEqual(content(found.members), content(found.population[found.population.valid]))

    def test_versions(self):
        self.assertEqual(dicrec.__version__, dicrec.version())


@with_pandas
class Frames(unittest.TestCase):
    def test_population(self):
        population = dicrec.generate("stg", BURSTING, 3)
        frame = population.to_frame()
        self.assertEqual(list(frame.columns[:8]), population.channels)
        self.assertEqual(
            list(frame.columns[8:]), ["g_f", "g_s", "g_u", "g_t", "time_scale", "noise_std", "stream", "status"]
        )
        self.assertEqual((frame.index.name, list(frame["status"])), ("member", ["OK"] * 3))
        numpy.testing.assert_array_equal(frame[population.channels], population.conductances)

    def test_statuses_are_words(self):
        failed = everything()["cancelled population"].to_frame()
        self.assertEqual(list(failed["status"]), ["E_CANCELLED"] * 2)
        self.assertEqual(
            list(dicrec.simulate("stg", dicrec.generate("stg", BURSTING, 1), t_end=50).to_frame()["status"]), ["OK"]
        )

    def test_reconstruction(self):
        result = verified()
        frame = result.to_frame()
        self.assertEqual(len(frame), 4)
        numpy.testing.assert_array_equal(frame["accepted"], result.accepted)
        numpy.testing.assert_array_equal(frame["rate_hz"], [row.rate_hz for row in result.statistics])
        self.assertEqual(set(frame["activity"]), {"bursting"})
        self.assertNotIn("rate_hz", everything()["screened"].to_frame())

    def test_simulation(self):
        population = dicrec.generate("stg", BURSTING, 2)
        simulation = dicrec.simulate("stg", population, t_end=500, trace="voltage", trace_dt=5)
        spikes, traces = simulation.to_frame("spikes"), simulation.to_frame("traces")
        numpy.testing.assert_array_equal(spikes["time_ms"][spikes["member"] == 1], simulation.spikes[1])
        numpy.testing.assert_array_equal(traces["V"][traces["member"] == 1], simulation.column("V", 1))
        self.assertEqual(list(simulation.to_frame()["n_spikes"]), [len(times) for times in simulation.spikes])
        with self.assertRaisesRegex(dicrec.ArgumentError, "what: 'all' is not one of members, spikes, traces"):
            simulation.to_frame("all")
        with self.assertRaisesRegex(dicrec.ArgumentError, "no traces"):
            dicrec.simulate("stg", population, t_end=50).to_frame("traces")

    def test_others(self):
        found = everything()
        self.assertEqual(list(found["posterior"].to_frame(50).columns), ["g_s", "g_u", "noise_std"])
        numpy.testing.assert_array_equal(found["posterior"].to_frame(50), found["posterior"].sample(50, noise=True))
        self.assertEqual(found["statistics"].to_frame()["activity"][0], "bursting")
        self.assertEqual(len(found["report"].to_frame()), 1)
        frame = found["train, trials with windows"].to_frame()
        self.assertEqual(frame["segment"].value_counts().to_dict(), {0: 30, 2: 20})

    def test_populations_from_frames(self):
        for population in (verified().population, dicrec.generate("da", (-1, 3), 3)):
            model = "stg" if "CaT" in population.channels else "da"
            for frame in (population.to_frame(), population.to_frame(for_program=True)):
                made = dicrec.Population.from_frame(frame, model)
                for name in ("conductances", "streams", "noise_std", "status", "time_scale", "channels"):
                    numpy.testing.assert_array_equal(getattr(made, name), getattr(population, name), name)
                numpy.testing.assert_allclose(made.dics, population.dics, rtol=1e-9)

    def test_frames_that_are_no_populations(self):
        frame = dicrec.generate("stg", BURSTING, 3).to_frame()
        for change, text in (
            (lambda f: f.drop(columns="Na"), "no column g_Na or Na"),
            (
                lambda f: f.assign(time_scale=[1, 1, 2]),
                "time_scale: one for all rows .* 1 and 2; take the rows of one ID",
            ),
            (lambda f: f.assign(status="GOOD"), "status: 'GOOD' is no status"),
            (lambda f: f.assign(stream=[-1, 0, 1]), "stream: whole numbers"),
        ):
            with self.assertRaisesRegex(dicrec.ArgumentError, text):
                dicrec.Population.from_frame(change(frame), "stg")
        bare = dicrec.Population.from_frame(frame[frame.columns[:8]], "stg")
        self.assertEqual((bare.valid.all(), bare.time_scale, bare.streams.tolist()), (True, 1.0, [0, 1, 2]))

    def test_tables_of_the_program(self):
        import pandas

        program = os.environ.get("DICREC")
        if not program:
            print("SKIPPED: tables of the program are not read, DICREC does not name it", file=sys.stderr)
            self.skipTest("SKIPPED: DICREC is not set")
        population = dicrec.generate("stg", BURSTING, 3)
        command = [program, "generate", "--model=stg", "--gs=-5", "--gu=8", "-n3"]
        table = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
        made = dicrec.Population.from_frame(pandas.read_csv(io.StringIO(table), float_precision="round_trip"), "stg")
        numpy.testing.assert_array_equal(made.conductances, population.conductances)
        numpy.testing.assert_array_equal(made.streams, population.streams)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "members.csv")
            population.to_frame(for_program=True).to_csv(path, index=False)
            command = [program, "simulate", "--model=stg", "--t-end=900", "--t-skip=0", path]
            rows = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout.splitlines()
        self.assertEqual(len(rows), 4)

    def test_statuses_of_tables(self):
        frame = dicrec.generate("stg", BURSTING, 3).to_frame().assign(status=["W_REMARK", "W_REJECTED", "E_RANGE: no"])
        made = dicrec.Population.from_frame(frame, "stg")
        self.assertEqual(made.status.tolist(), [0, dicrec.Status.W_REJECTED, dicrec.Status.E_RANGE])
        self.assertEqual(made.remark, dicrec.Status.W_REMARK)


@with_xarray
class Datasets(unittest.TestCase):
    def test_population(self):
        population = dicrec.generate("stg", BURSTING, 3, keep_raw=True)
        data = population.to_xarray()
        numpy.testing.assert_array_equal(data.conductance.sel(channel="Na"), population.conductances[:, 0])
        numpy.testing.assert_array_equal(data.dic.sel(scale="g_u"), population.dics[:, 2])
        self.assertEqual(data.conductance.attrs["units"], "mS/cm2")
        self.assertEqual(data.status.values.tolist(), ["OK"] * 3)
        self.assertEqual(data.base.shape, (3, 8))

    def test_reconstruction(self):
        result = verified()
        data = result.to_xarray()
        numpy.testing.assert_array_equal(data.spike_time[data.spike_member == 2], result.spikes[2])
        numpy.testing.assert_array_equal(data.accepted, result.accepted)
        numpy.testing.assert_array_equal(data.spread_kept.sel(channel="A"), result.spread_kept["A"])
        self.assertEqual(data.attrs["outcome"], result.report.outcome)
        self.assertEqual(data.n_spikes.dims, ("member",))
        self.assertNotIn("spike_time", everything()["screened"].to_xarray())

    def test_simulation(self):
        population = dicrec.generate("stg", BURSTING, 2)
        on_grid = dicrec.simulate("stg", population, t_end=50, trace="currents", trace_dt=5)
        data = on_grid.to_xarray()
        numpy.testing.assert_array_equal(data.trace.sel(member=1, column="I_Na"), on_grid.column("I_Na", 1))
        self.assertEqual((data.time.attrs["units"], data.time.values[-1]), ("ms", 50))
        at_steps = dicrec.simulate("stg", population, t_end=20, trace_dt="steps")
        data = at_steps.to_xarray()
        numpy.testing.assert_array_equal(data.sample_time[data.sample_member == 1], at_steps.times[1])

    def test_posterior(self):
        posterior = dicrec.Posterior.at(BURSTING, noise=0.5)
        data = posterior.to_xarray(10)
        self.assertEqual(data.noise_std.attrs["units"], "uA/cm2")
        self.assertEqual(data.sizes["sample"], 10)


class WithoutThem(unittest.TestCase):
    def test_the_error_says_what_to_install(self):
        population = dicrec.generate("stg", BURSTING, 1)
        with mock.patch.dict(sys.modules, {"pandas": None, "xarray": None}):
            with self.assertRaisesRegex(ImportError, r"to_frame\(\) needs pandas.*pip install pandas"):
                population.to_frame()
            with self.assertRaisesRegex(ImportError, r"to_xarray\(\) needs xarray.*pip install xarray"):
                population.to_xarray()


if __name__ == "__main__":
    unittest.main()
