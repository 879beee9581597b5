# SPDX-License-Identifier: MIT
"""The models of examples/models: what they fire, their DICs and their populations."""

from __future__ import annotations

import pathlib
import sys
import unittest
import warnings
from typing import Any, Dict, List, Tuple

try:
    import numpy
except ImportError:
    print("SKIPPED: the example models are not tested, NumPy is missing", file=sys.stderr)
    sys.exit(77)

import dicrec

from equations import CASES, EQUATIONS, SCALES, Case
from recorded import recorded_trains

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "examples" / "models"
MODELS: Dict[str, dicrec.Model] = {path.stem: dicrec.Model.from_file(path) for path in sorted(FOLDER.glob("*.json"))}
POPULATED = [name for name, model in MODELS.items() if "populations" in model.to_dict()]


def row_of(case: Case) -> List[float]:
    """Conductances of a case in the order of the file."""
    return [case.conductances[name] * SCALES.get((case.model, name), 1.0) for name in MODELS[case.model].channels]


class Files(unittest.TestCase):
    def test_each_is_named_documented_and_simulated(self) -> None:
        self.assertEqual(sorted(EQUATIONS), sorted(MODELS))
        card = (FOLDER / "README.md").read_text(encoding="utf-8")
        for name, model in MODELS.items():
            self.assertEqual(model.name, name)
            self.assertIn("\n## %s.json\n" % name, card)
            self.assertTrue(model.to_dict()["source"])
            self.assertIn(name, [case.model for case in CASES])


class Spikes(unittest.TestCase):
    def test_times_are_those_of_hand_written_equations(self) -> None:
        """Over one second, within 0.01 ms of make_spike_times.py, which with_brian2.py agrees with."""
        for case, expected in zip(CASES, recorded_trains()):
            with self.subTest(case=case):
                run = dicrec.simulate(
                    MODELS[case.model],
                    [row_of(case)],
                    t_end=1000,
                    current=case.current,
                    solver="cvode",
                    rtol=1e-11,
                    atol=1e-13,
                )
                self.assertEqual(len(run.spikes[0]), len(expected))
                self.assertLess(abs(run.spikes[0] - expected).max(), 0.01)


def scaled(row: List[float], n: int, spread: float) -> Any:
    """n sets of conductances around one."""
    return numpy.array(row) * numpy.random.default_rng(1).uniform(1 - spread, 1 + spread, (n, len(row)))


def drawn(name: str, n: int) -> Any:
    """n members with targets all over the model's plane."""
    low, high = MODELS[name].dic_range.T
    targets = numpy.random.default_rng(2).uniform(low, high, (n, 2))
    return dicrec.generate(MODELS[name], targets, n, seed=3)


class Ensemble(unittest.TestCase):
    def errors(self, name: str, sets: Any, current: float, t_end: float, t_skip: float) -> Any:
        """Mean intervals of the ensemble against CVODE's, in per cent, of those that fire."""
        means = []
        for solver in ("ensemble", "cvode"):
            run = dicrec.simulate(MODELS[name], sets, t_end=t_end, current=current, solver=solver)
            trains = [train[train > t_skip] for train in run.spikes]
            means.append([numpy.diff(train).mean() if len(train) > 2 else 0.0 for train in trains])
        ensemble, cvode = numpy.array(means)
        both = (ensemble > 0) & (cvode > 0)
        self.assertLessEqual(((ensemble > 0) != (cvode > 0)).sum(), 1)  # one may be about to fall silent
        self.assertGreater(both.mean(), 0.5)
        return 100 * abs(ensemble[both] / cvode[both] - 1)

    def test_mean_interval(self) -> None:
        """At the default step. Of bursts in which one spike more or less is undecided, some differ by that spike."""
        first = {case.model: row_of(case) for case in reversed(CASES)}
        for name, sets, current, protocol, most in (
            ("connor_stevens", scaled(first["connor_stevens"], 24, 0.1), 13.0, (1500, 500), 0.5),
            ("morris_lecar", scaled(first["morris_lecar"], 24, 0.05), 110.0, (2000, 500), 0.5),
            ("pyramidal_m", drawn("pyramidal_m", 32), 2.0, (2000, 500), 0.5),
            ("thalamocortical", drawn("thalamocortical", 32), 0.0, (4000, 1000), 6.0),
        ):  # type: Tuple[str, Any, float, Tuple[float, float], float]
            with self.subTest(model=name):
                errors = self.errors(name, sets, current, *protocol)
                self.assertLess(numpy.median(errors), 0.05)
                self.assertLess(numpy.percentile(errors, 95), most)


class Dics(unittest.TestCase):
    def test_total_is_the_slope_of_the_steady_current(self) -> None:
        """Within 1e-6 of the largest part, by differences of the fourth order."""
        step = 0.02
        for case in CASES:
            model, sets = MODELS[case.model], [row_of(case)]
            leak = sets[0][model.leak_index]
            for v in (-93.1, -70.3, -61.2, -52.7, -41.3, -20.9, 3.3):
                near, far = (
                    model.static_current(sets, v=v + k * step)[0] - model.static_current(sets, v=v - k * step)[0]
                    for k in (1, 2)
                )
                slope = (8 * near - far) / (12 * step) / leak
                dics = model.dics(sets, v=v)[0]
                size = max(1.0, abs(model.sensitivity(sets, v=v)[0] * sets[0]).max())
                with self.subTest(case=case, v=v):
                    self.assertAlmostEqual(dics[:3].sum(), dics[3], delta=1e-12 * size)
                    self.assertLess(abs(slope - dics[3]) / size, 1e-6)


class Populations(unittest.TestCase):
    def test_members(self) -> None:
        """Exactly 200 for targets all over the plane, none negative, within 1e-9."""
        self.assertEqual(POPULATED, ["pyramidal_m", "thalamocortical"])
        for name in POPULATED:
            (s_low, s_high), (u_low, u_high) = MODELS[name].dic_range
            for s in numpy.linspace(s_low, s_high, 4):
                for u in numpy.linspace(u_low, u_high, 4):
                    with self.subTest(model=name, target=(s, u)):
                        members = dicrec.generate(MODELS[name], (s, u), 200, seed=4)
                        self.assertEqual(members.valid.sum(), 200)
                        self.assertGreaterEqual(members.conductances.min(), 0)
                        self.assertLessEqual(abs(members.dics[:, 1:3] - (s, u)).max(), 1e-9)

    def test_relay_neurons_burst_spike_and_rest(self) -> None:
        """Without a current, as the card says: g_s decides on bursts, g_u on spiking."""
        for target, activity in (((-2.2, 8), "bursting"), ((-0.3, 14), "spiking"), ((-0.3, 5), "silent")):
            members = dicrec.generate(MODELS["thalamocortical"], target, 50, seed=5)
            runs = dicrec.simulate(MODELS["thalamocortical"], members, t_end=4000, solver="ensemble").spikes
            with self.subTest(target=target), warnings.catch_warnings():
                warnings.simplefilter("ignore", dicrec.DicrecWarning)  # silent ones
                seen = [dicrec.Spikes(train[train > 1000]).statistics().activity for train in runs]
                self.assertGreater(seen.count(activity), 40)


if __name__ == "__main__":
    unittest.main(verbosity=1)
