# SPDX-License-Identifier: MIT
"""dicrec.plot: DICs, posteriors, conductances, noise, activity, and the summary."""

import dataclasses
import unittest

from plot_case import BURSTING, Case, dicrec, drawn, matplotlib, numpy, pyplot

from dicrec import plot


class DicCurves(Case):
    def test_curves_are_the_dics(self):
        axes = plot.dic_curves(self.population, self.model, (-60, -40))
        x, y = axes[1].lines[0].get_data()
        expected = [self.model.dics(self.population.conductances[:1], v)[0, 1] for v in x.tolist()]
        numpy.testing.assert_array_equal(y, expected)
        self.assertEqual((x[0], x[-1]), (-60, -40))
        self.assertIn(self.model.threshold_mv, [line.get_xdata()[0] for line in axes[0].lines])

    def test_kinds(self):
        for sets in (
            self.with_failures(),
            self.population,
            self.population.conductances,
            self.population.conductances[0],
        ):
            plot.dic_curves(sets, "stg", scale="linear", alpha=1)
        self.on_given_axes(plot.dic_curves, self.population, "stg")
        axes = matplotlib.figure.Figure().subplots(3)
        self.assertIs(plot.dic_curves(self.population, "stg", ax=axes)[2], axes[2])

    def test_refusals(self):
        self.refused("v_range", plot.dic_curves, self.population, "stg", (-40, -60))
        self.refused("v_range", plot.dic_curves, self.population, "stg", (-40,))
        self.refused("conductances", plot.dic_curves, [1.0, 2.0], "stg")
        self.refused("ax", plot.dic_curves, self.population, "stg", ax=matplotlib.figure.Figure().subplots(2))


class Kinetics(Case):
    def test_lines_are_the_gates(self):
        panels = plot.kinetics("stg", v_range=(-80, 20), linewidth=2)
        v, steady = panels[0, 0].lines[0].get_data()
        gates = self.model.gate_curves(v)
        numpy.testing.assert_array_equal(steady, gates[0].steady)
        numpy.testing.assert_array_equal(panels[1, 0].lines[1].get_ydata(), gates[1].tau)
        self.assertEqual([ax.get_title() for ax in panels[0]], self.model.channels[:-1])
        self.assertEqual((v[0], v[-1], panels[0, 0].lines[0].get_linewidth()), (-80, 20, 2))

    def test_kinds(self):
        self.assertEqual(plot.kinetics("da").shape, (2, 6))  # one is a scheme, one follows at once
        for sets in (self.population, self.population.conductances[0], self.with_failures()):
            self.assertEqual(plot.kinetics(self.model, sets).shape, (2, 8))
        axes = matplotlib.figure.Figure().subplots(2, 7)
        self.assertIs(plot.kinetics("stg", ax=axes)[1, 6], axes[1, 6])

    def test_refusals(self):
        self.refused("v_range", plot.kinetics, "stg", v_range=(-40, -60))
        self.refused("v_range", plot.kinetics, "stg", v_range=(-400, -60))
        self.refused("conductances", plot.kinetics, "stg", [1.0, 2.0])
        self.refused("ax", plot.kinetics, "stg", ax=matplotlib.figure.Figure().subplots(2))


class DicPlane(Case):
    def test_kinds(self):
        sure = dicrec.Posterior.at(BURSTING)
        wide = dicrec.Posterior.of_mixture([1], [[-5, 8]], [[[0.3, 0], [0, 4]]])
        for source, members in (
            (self.posterior, None), (self.with_failures(), None), (None, self.population), (sure, self.population.dics),
            (wide, self.population.dics[:, 1:3]), (wide, [numpy.nan, 3.0]), (None, self.result),
        ):  # fmt: skip
            self.on_given_axes(
                plot.dic_plane, source, members, target=BURSTING, samples=50, interval=source is not None
            )

    def test_regions_hold_what_they_say(self):
        """Of a Gaussian the region of 50 % is an ellipse at 1.18 standard deviations."""
        posterior = dicrec.Posterior.of_mixture([1], [[0, 10]], [[[1, 0], [0, 1]]])
        ax = plot.dic_plane(posterior, regions=[0.5])
        paths = [path for collection in ax.collections for path in collection.get_paths() if len(path.vertices)]
        radius = numpy.hypot(*(paths[0].vertices - [0, 10]).T)
        self.assertAlmostEqual(numpy.median(radius), numpy.sqrt(2 * numpy.log(2)), delta=0.05)

    def test_rejected_members_are_open(self):
        ax = plot.dic_plane(members=self.with_failures())
        counts = {points.get_label(): len(points.get_offsets()) for points in ax.collections}
        self.assertEqual(counts, {"rejected": 1, "members": 2})

    def test_nothing(self):
        self.on_given_axes(plot.dic_plane)

    def test_refusals(self):
        self.refused("source", plot.dic_plane, self.population)
        self.refused("members", plot.dic_plane, self.posterior, [[1.0, 2, 3]])
        self.refused("target", plot.dic_plane, self.posterior, target=[1.0, 2, 3])
        self.refused("regions", plot.dic_plane, self.posterior, regions=[50])


class Conductances(Case):
    def test_kinds(self):
        for source in (self.population, self.with_failures(), self.unverified, self.result):
            self.on_given_axes(plot.conductances, source)
        ax = self.on_given_axes(plot.conductances, self.population.conductances, model="stg", channels=["Kd", "Na"])
        self.assertEqual([tick.get_text().split()[0] for tick in ax.get_xticklabels()], ["Kd", "Na"])

    def test_failed_members_alone(self):
        nothing = dataclasses.replace(self.population, conductances=numpy.full((6, 8), numpy.nan))
        self.on_given_axes(plot.conductances, nothing)
        plot.conductance_pairs(nothing, [("Na", "Kd")])

    def test_pairs(self):
        axes = plot.conductance_pairs(self.with_failures(), [("Na", "Kd"), ("CaT", "CaS")])
        self.assertEqual((axes.shape, axes[1].get_ylabel()), ((2,), "CaS (mS/cm²)"))
        self.assertEqual([len(points.get_offsets()) for points in axes[0].collections], [1, 2])
        self.on_given_axes(plot.conductance_pairs, self.population, [("Na", "Kd")], c="red")

    def test_matrix(self):
        axes = plot.conductance_pairs(self.population)
        self.assertEqual(axes.shape, (8, 8))
        self.assertFalse(axes[0, 1].axison)
        given = matplotlib.figure.Figure().subplots(2, 2)
        moments = [self.population.conductances.mean(0), self.population.conductances.std(0)]
        returned = plot.conductance_pairs(self.population, channels=["Na", "H"], candidates=moments, ax=given)
        self.assertIs(returned[1, 0], given[1, 0])

    def test_refusals(self):
        self.refused("source", plot.conductances, self.population.conductances)
        self.refused("source", plot.conductance_pairs, [[1.0]], model="stg")
        self.refused("channels", plot.conductances, self.population, channels=["Cl"])
        self.refused("channels", plot.conductance_pairs, self.population, channels=["Na"])
        self.refused("pairs", plot.conductance_pairs, self.population, ["Na", "Kd"])
        self.refused("pairs", plot.conductance_pairs, self.population, [])
        self.refused("channels", plot.conductance_pairs, self.population, [("Na", "Cl")])
        self.refused("candidates", plot.conductance_pairs, self.population, candidates=[numpy.ones(8)])


class ClassMap(Case):
    def test_populations(self):
        grid = plot.class_grid("stg", [-8, 12], 3, 2, simulation={"t_end": 3000, "t_skip": 1000})
        self.assertEqual(grid.shares.shape, (3, 2, 4))
        numpy.testing.assert_allclose(grid.shares.sum(axis=-1), 1)
        self.assertEqual(grid.classes[grid.shares[2, 0].argmax()], "bursting")
        self.assertLess(len(repr(grid)), 60)
        self.on_given_axes(plot.class_map, grid)

    def test_failed_members_do_not_count(self):
        grid = plot.class_grid(
            "stg", [-8, 12], [2, 8], 1, simulation={"t_end": 1000, "max_steps": 1, "solver": "cvode"}
        )
        self.assertTrue(numpy.isnan(grid.shares).all())
        self.on_given_axes(plot.class_map, grid)

    def test_arrays(self):
        for classes in (
            [["bursting", "spiking", ""], ["silent", "irregular", None]],
            [[0, 1, 2], [3, -1, 2]],
            numpy.array([[[0, 1], [1, 1], [2, 2]], [[3, 1], [-1, 1], [-1, -1]]]),
        ):
            self.on_given_axes(plot.class_map, classes, [-1, 0, 2], [3, 4])

    def test_refusals(self):
        self.refused("source", plot.class_map, [["bursting"]])
        self.refused("source", plot.class_map, [["bursting", "mad"]] * 2, [1, 2], [1, 2])
        self.refused("source", plot.class_map, [[0, 9]] * 2, [1, 2], [1, 2])
        self.refused("source", plot.class_map, [["bursting"]], [1, 2], [1, 2])
        self.refused("g_s", plot.class_map, [[0, 0]] * 2, [2, 1], [1, 2])
        self.refused("g_u", plot.class_grid, "stg", 3, [[1]])


class Noise(Case):
    def test_kinds(self):
        noisy = dicrec.Posterior.at(BURSTING, noise=2)
        for source, members in (
            (self.posterior, None), (self.with_failures(), None), (noisy, [1, 2, numpy.nan]), (noisy, self.population),
            (noisy, []), (self.posterior, self.result),
        ):  # fmt: skip
            self.on_given_axes(plot.noise, source, members)

    def test_probabilities_sum_to_one(self):
        ax = plot.noise(dicrec.Posterior.at(BURSTING, noise=2), legend=False)
        self.assertAlmostEqual(sum(bar.get_height() for bar in ax.patches), 1, delta=0.02)

    def test_refusals(self):
        self.refused("source", plot.noise, self.population)
        self.refused("members", plot.noise, self.posterior, [[1.0]])


class Summary(Case):
    def test_panels(self):
        panels = plot.summary(self.with_failures(), self.train, title="My neuron")
        self.assertEqual(sorted(panels), sorted(["raster", "V1", "V2", "intervals", "conductances", "dic_plane"]))
        self.assertGreater(len(panels["V2"].lines[0].get_xdata()), 100)
        self.assertIn("My neuron", panels["V1"].figure._suptitle.get_text())

    def test_in_a_given_figure(self):
        figure = matplotlib.figure.Figure(figsize=(12, 9), constrained_layout=True)
        panels = plot.summary(self.result, self.train.tolist(), figure=figure, model="stg")
        self.assertIs(panels["raster"].figure, figure)
        self.assertEqual(pyplot.get_fignums(), [])
        drawn(figure)

    def test_in_a_part_of_a_figure(self):
        figure = matplotlib.figure.Figure(figsize=(20, 9), constrained_layout=True)
        left, right = figure.subfigures(1, 2)
        panels = plot.summary(self.result, self.train, figure=right)
        self.assertIs(panels["raster"].figure, right)
        drawn(figure)

    def test_silent_members(self):
        silent = dataclasses.replace(self.result, spikes=[numpy.empty(0)] * 4)
        plot.summary(silent, self.train)

    def test_refusals(self):
        self.refused("result", plot.summary, self.posterior, self.train)
        self.refused("result", plot.summary, self.unverified, self.train)
        self.refused("spikes", plot.summary, self.result, [2.0, 1.0])


if __name__ == "__main__":
    unittest.main(verbosity=1)
