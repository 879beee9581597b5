# SPDX-License-Identifier: MIT
"""dicrec.plot: when it is imported, spikes, traces and intervals, and what documents show of it."""

import ast
import doctest
import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import unittest
import warnings

from plot_case import ROOT, Case, dicrec, matplotlib, numpy, pyplot

from dicrec import plot
from dicrec.plot import _trains


class Import(unittest.TestCase):
    def run_python(self, code, **environment):
        command = [sys.executable, "-c", code]
        path = os.pathsep.join([str(ROOT / "bindings" / "python"), os.environ.get("PYTHONPATH", "")])
        return subprocess.run(
            command, capture_output=True, text=True, timeout=60, env={**os.environ, "PYTHONPATH": path, **environment}
        )

    def test_the_package_does_not_import_matplotlib(self):
        code = "import dicrec, sys; assert 'matplotlib' not in sys.modules\n"
        code += "dicrec.plot; assert 'matplotlib' in sys.modules"
        done = self.run_python(code)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_pyplot_is_not_imported_for_given_axes(self):
        code = "import dicrec, sys; from matplotlib.figure import Figure; ax = Figure().add_subplot()\n"
        code += "dicrec.plot.raster([1, 2, 3], ax=ax); assert 'matplotlib.pyplot' not in sys.modules"
        done = self.run_python(code)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_without_matplotlib(self):
        code = "import sys; sys.modules['matplotlib'] = None; import dicrec; dicrec.plot"
        done = self.run_python(code)
        self.assertIn("ImportError: dicrec.plot needs matplotlib: pip install dicrec[plot]", done.stderr)

    def test_no_other_name_is_made_up(self):
        with self.assertRaises(AttributeError):
            dicrec.plots


class Raster(Case):
    def rows(self, ax):
        return [len(collection.get_positions()) for collection in ax.collections]

    def test_kinds_of_trains(self):
        short = dicrec.Spikes(self.train[:30])
        trials = dicrec.Spikes(trials=[self.train[:9], self.train[:12]])
        simulation = dicrec.simulate(self.model, self.population, t_end=500)
        for trains, counts in (
            (self.train[:30], [30]),
            (self.train[:30].tolist(), [30]),
            (short, [30]),
            ([short, self.train[:5]], [30, 5]),
            (numpy.array([[1.0, 2, 3], [4, 5, 6]]), [3, 3]),
            (trials, [9, 12]),
            (simulation, [len(times) for times in simulation.spikes]),
        ):
            self.assertEqual(self.rows(self.on_given_axes(plot.raster, trains)), counts)

    def test_reconstruction(self):
        ax = plot.raster(self.with_failures(), self.train)
        self.assertEqual(len(ax.collections), 3 + 1)  # without the failed one, with the input
        greys = [numpy.ravel(line.get_color())[0] for line in ax.collections]
        self.assertTrue(greys[0] == greys[2] < greys[1])
        self.assertIn("burst onset", ax.get_xlabel())
        self.assertLess(ax.collections[-1].get_positions()[0], 1e-9)
        self.assertGreater(abs(ax.get_ylim()[1]), 1, "the input has no room")

    def test_empty_and_one_spike(self):
        for trains in ([], [[], [3.0]], [5.0], dicrec.Spikes([])):
            self.on_given_axes(plot.raster, trains)
            self.on_given_axes(plot.raster, trains, [], align="onset")

    def test_units_and_ranges(self):
        ax = plot.raster(self.train, unit="ms", t_range=(500, 700))
        self.assertEqual((ax.get_xlabel(), ax.get_xlim()), ("time (ms)", (500, 700)))
        self.assertIn("s)", plot.raster(self.train).get_xlabel())

    def test_keywords_go_to_matplotlib(self):
        ax = plot.raster([[1, 2], [3, 4]], colors=["red", "blue"], linewidths=3)
        self.assertEqual([line.get_linewidth() for line in ax.collections], [3, 3])
        self.assertEqual(numpy.ravel(ax.collections[1].get_color()).tolist(), [0, 0, 1, 1])

    def test_more_rows_than_are_drawn(self):
        ax = plot.raster([[1, 2]] * 9, max_rows=4)
        self.assertEqual((len(ax.collections), ax.get_ylabel()), (4, "4 of 9 trains"))

    def test_refusals(self):
        self.refused("trains", plot.raster, [3.0, 2.0])
        self.refused("trains", plot.raster, [[1.0, numpy.nan]])
        self.refused("trains", plot.raster, self.unverified)
        self.refused("spikes", plot.raster, [1.0], "word")
        self.refused("align", plot.raster, [1.0], align="left")
        self.refused("unit", plot.raster, [1.0], unit="h")
        self.refused("t_range", plot.raster, [1.0], t_range=(2, 1))
        self.refused("ax", plot.raster, [1.0], ax="ax")


class Onset(unittest.TestCase):
    def test_the_first_whole_burst(self):
        bursts = numpy.concatenate([numpy.arange(0, 50, 10.0) + start for start in range(0, 2000, 200)])
        self.assertEqual(_trains.onset(bursts[2:]), 200)
        self.assertEqual(_trains.onset(numpy.arange(5.0, 100, 10)), 5)
        self.assertEqual(_trains.onset(numpy.empty(0)), 0)

    def test_trials_begin_again(self):
        train = dicrec.Spikes(trials=[[1, 2, 3], [1.5, 2.5]])
        self.assertEqual([times.tolist() for times in _trains.trials_of(train)], [[1, 2, 3], [1.5, 2.5]])
        gaps = dicrec.Spikes([1, 2, 8, 9], window=(0, 10), gaps=[(3, 7)])
        self.assertEqual(len(_trains.trials_of(gaps)), 1)
        self.assertEqual(_trains.intervals_of(gaps).tolist(), [1, 1])


class Traces(Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        options = {"t_end": 60, "trace_dt": 0.5}
        cls.currents = dicrec.simulate(cls.model, cls.population, trace="currents", **options)
        cls.states = dicrec.simulate(cls.model, cls.population, trace="states", **options)

    def test_voltage_of_each_member(self):
        axes = plot.traces(self.currents)
        self.assertEqual(axes.shape, (4, 1))
        self.assertEqual(axes[0, 0].get_ylabel(), "V (mV)")
        numpy.testing.assert_array_equal(axes[1, 0].lines[0].get_ydata(), self.currents.column("V", 1))

    def test_columns_of_one_unit_share_a_panel(self):
        axes = plot.traces(self.states, ["V", "m_Na", "h_Na", "Ca"], 0)
        self.assertEqual([ax.get_ylabel() for ax in axes.flat], ["V (mV)", "gates", "Ca (µM)"])
        self.assertEqual(len(axes[0, 1].lines), 2)

    def test_members_over_one_another(self):
        ax = self.on_given_axes(plot.traces, self.currents)
        self.assertEqual(len(ax.lines), len(self.population))

    def test_given_axes_of_members(self):
        axes = matplotlib.figure.Figure().subplots(3)
        returned = plot.traces(self.currents, ax=axes)
        self.assertEqual([len(ax.lines) for ax in returned.flat], [1, 1, 1])
        self.assertIs(returned[2, 0], axes[2])

    def test_range_and_single_panel(self):
        ax = plot.traces(self.currents, members=2, unit="ms", t_range=(10, 20), color="red")
        self.assertEqual((ax.lines[0].get_xdata()[0], ax.lines[0].get_color()), (10, "red"))

    def test_members_that_stopped_or_failed(self):
        rows = self.population.conductances.copy()
        rows[1] = numpy.nan
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", dicrec.DicrecWarning)
            plot.traces(dicrec.simulate(self.model, rows, t_end=20, trace="voltage", trace_dt="steps"))

    def test_refusals(self):
        self.refused("simulation", plot.traces, self.result)
        self.refused("simulation", plot.traces, dicrec.simulate(self.model, self.population, t_end=10))
        self.refused("columns", plot.traces, self.currents, "m_Na")
        self.refused("columns", plot.traces, self.currents, [])
        self.refused("members", plot.traces, self.currents, "V", [9])
        self.refused("members", plot.traces, self.currents, "V", [])
        self.refused("ax", plot.traces, self.currents, members=[0, 1, 2], ax=matplotlib.figure.Figure().subplots(2))


class Intervals(Case):
    def test_shares_sum_to_one(self):
        ax = self.on_given_axes(plot.intervals, self.train)
        self.assertAlmostEqual(ax.patches[0].get_data().values.sum(), 1)
        self.assertEqual(ax.get_xscale(), "log")

    def test_input_and_members(self):
        ax = self.on_given_axes(plot.intervals, self.with_failures(), self.train)
        self.assertEqual([patch.get_fill() for patch in ax.patches], [True, False])

    def test_kinds(self):
        gaps = dicrec.Spikes([1, 2, 8, 9.5], window=(0, 10), gaps=[(3, 7)])
        for trains in (gaps, [gaps, [1, 2, 3.5]], [[1, 2], [4, 5.5]], dicrec.simulate(self.model, self.population)):
            self.on_given_axes(plot.intervals, trains, gaps)
        ax = self.on_given_axes(plot.intervals, [gaps], log=False, bins=[0, 1.2, 2, 7], color="red")
        numpy.testing.assert_array_equal(ax.patches[0].get_data().values, [0.5, 0.5, 0])

    def test_no_intervals(self):
        for trains in ([], [3.0], [[], []]):
            for log in (False, True):
                self.on_given_axes(plot.intervals, trains, [], log=log)

    def test_refusals(self):
        self.refused("bins", plot.intervals, self.train, bins=[3, 2])
        self.refused("bins", plot.intervals, self.train, bins=[0, 2])
        self.refused("bins", plot.intervals, self.train, bins=0)
        self.refused("trains", plot.intervals, self.unverified)
        self.refused("spikes", plot.intervals, self.train, [2.0, 1.0])


class Readme(Case):
    def test_its_examples_run(self):
        text = (ROOT / "bindings" / "python" / "README.md").read_text(encoding="utf-8")
        examples = [example for example in re.findall(r"```python\n(.*?)```", text, re.S) if "dicrec.plot" in example]
        self.assertEqual(len(examples), 1)
        with tempfile.TemporaryDirectory() as folder:
            code = examples[0].replace('"summary.pdf"', repr(os.path.join(folder, "summary.pdf")))
            exec(code, {"dicrec": dicrec, "result": self.result, "recording": self.train})
            self.assertTrue(os.listdir(folder))


class Documents(unittest.TestCase):
    def test_examples(self):
        """The example of each docstring runs."""
        for name in ["", *plot.__all__]:
            item = getattr(plot, name) if name else plot
            found = doctest.DocTestFinder(recurse=False).find(item, name or "plot", globs={"dicrec": dicrec})
            self.assertTrue(any(test.examples for test in found) or name == "ClassGrid", name)
            for test in found:
                self.assertEqual(doctest.DocTestRunner(verbose=False).run(test).failed, 0, name)
        pyplot.close("all")

    def test_gallery(self):
        """The page is what its script writes, shows every function, and its pictures are there."""
        script = ROOT / "bindings" / "python" / "gallery.py"
        specification = importlib.util.spec_from_file_location("gallery", script)
        gallery = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(gallery)
        page = (ROOT / "docs" / "gallery.md").read_text(encoding="utf-8")
        self.assertEqual(page, gallery.page(), "write it anew: python3 bindings/python/gallery.py")
        for name in plot.__all__:
            self.assertTrue(name == "ClassGrid" or "dicrec.plot.%s(" % name in page, name)
        pictures = re.findall(r"\]\(gallery/(.*?)\)", page)
        folder = ROOT / "docs" / "gallery"
        self.assertEqual(sorted(pictures), sorted(path.name for path in folder.iterdir()))
        self.assertLess(sum(path.stat().st_size for path in folder.iterdir()), 700_000)
        for code in re.findall(r"```python\n(.*?)```", page, re.S):
            ast.parse(code)

    @unittest.skipUnless(importlib.util.find_spec("mypy"), "SKIPPED: mypy is missing")
    def test_annotations_of_a_script(self):
        with tempfile.TemporaryDirectory() as cache:
            command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", cache, "bindings/python/gallery.py"]
            environment = {**os.environ, "MYPYPATH": str(ROOT / "bindings" / "python")}
            done = subprocess.run(command, capture_output=True, text=True, timeout=240, cwd=ROOT, env=environment)
        self.assertEqual(done.returncode, 0, done.stdout)


if __name__ == "__main__":
    unittest.main(verbosity=1)
