# SPDX-License-Identifier: MIT
"""What the tests of dicrec.plot share: a reconstruction, and how a function that draws is called."""

import dataclasses
import importlib.util
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "bindings" / "python"))

for module in ("numpy", "matplotlib"):
    if importlib.util.find_spec(module) is None:
        print("SKIPPED: dicrec.plot is not tested, %s is missing" % module, file=sys.stderr)
        sys.exit(77)

import matplotlib  # noqa: E402

matplotlib.use("Agg")

import numpy  # noqa: E402
from matplotlib import pyplot  # noqa: E402

import dicrec  # noqa: E402

BURSTING = (-5.0, 8.0)


def drawn(figure):
    """Draw everything, so that what only fails then fails here."""
    figure.canvas.draw()


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.model = dicrec.Model("stg")
        cls.estimator = dicrec.Estimator(cls.model)
        cls.population = dicrec.generate(cls.model, BURSTING, 6, seed=3)
        cls.train = dicrec.simulate(cls.model, cls.population).spikes[0]
        cls.result = dicrec.reconstruct(cls.estimator, cls.train, 4, verify=True)
        cls.unverified = dicrec.reconstruct(cls.estimator, cls.train, 4)
        cls.posterior = cls.result.posterior

    def setUp(self):
        self.parameters = dict(matplotlib.rcParams)

    def tearDown(self):
        for number in pyplot.get_fignums():
            drawn(pyplot.figure(number))
        pyplot.close("all")
        self.assertEqual(dict(matplotlib.rcParams), self.parameters, "a parameter of everyone's was changed")

    def on_given_axes(self, function, *arguments, **options):
        """A function draws into the Axes that it is given, makes no figure, and returns them."""
        figure = matplotlib.figure.Figure()
        ax = figure.add_subplot()
        before = pyplot.get_fignums()
        returned = function(*arguments, ax=ax, **options)
        self.assertIs(numpy.ravel(returned)[0], ax)
        self.assertEqual(pyplot.get_fignums(), before)
        drawn(figure)
        return ax

    def refused(self, name, function, *arguments, **options):
        before = pyplot.get_fignums()
        with self.assertRaisesRegex((dicrec.ArgumentError, TypeError), "^%s: " % name):
            function(*arguments, **options)
        self.assertEqual(pyplot.get_fignums(), before, "a figure was left behind")

    def with_failures(self, accepted=(True, False, True, False), failed=3):
        """The reconstruction with a rejected and a failed member, as the library answers them."""
        population = self.result.population
        conductances, dics, status = population.conductances.copy(), population.dics.copy(), population.status.copy()
        conductances[failed], dics[failed] = numpy.nan, numpy.nan
        status[[1, failed]] = int(dicrec.Status.W_REJECTED), int(dicrec.Status.E_INFEASIBLE)
        changed = dataclasses.replace(population, conductances=conductances, dics=dics, status=status)
        return dataclasses.replace(self.result, population=changed, accepted=numpy.array(accepted))
