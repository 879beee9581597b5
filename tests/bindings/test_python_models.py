# SPDX-License-Identifier: MIT
"""Models of users' own in Python."""

from __future__ import annotations

import copy
import pathlib
import pickle
import tempfile
import unittest
from typing import Any, Dict

import numpy

import dicrec


def changed(**entries: Any) -> Dict[str, Any]:
    """The STG neuron under another name, with other entries."""
    return {**dicrec.Model("stg").to_dict(), "name": "mine", **entries}


class Models(unittest.TestCase):
    def test_a_model_is_its_file(self) -> None:
        for name in dicrec.models():
            builtin = dicrec.Model(name)
            again = dicrec.Model.from_text(builtin.text())
            self.assertEqual(again.text(), builtin.text())
            for attribute in ("name", "description", "channels", "states", "threshold_mv", "protocol"):
                self.assertEqual(getattr(again, attribute), getattr(builtin, attribute))
            self.assertEqual(dicrec.Model.from_dict(builtin.to_dict()).channels, builtin.channels)

    def test_files(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "mine.json")
            path.write_bytes(dicrec.Model("da").text().encode())
            self.assertEqual(dicrec.Model.from_file(path).channels, dicrec.Model("da").channels)
            with self.assertRaisesRegex(dicrec.FileError, "none.json"):
                dicrec.Model.from_file(path.with_name("none.json"))

    def test_members_and_spikes_are_those_of_the_builtin_one(self) -> None:
        mine = dicrec.Model.from_dict(changed())
        members = dicrec.generate(mine, (-5, 8), 2, seed=4)
        expected = dicrec.generate("stg", (-5, 8), 2, seed=4)
        self.assertEqual(members.conductances.tobytes(), expected.conductances.tobytes())
        fired, firing = dicrec.simulate(mine, members).spikes, dicrec.simulate("stg", expected).spikes
        self.assertEqual([train.tobytes() for train in fired], [train.tobytes() for train in firing])

    def test_copies_and_pickles(self) -> None:
        mine = dicrec.Model.from_dict(changed(threshold_mv=-50))
        self.assertEqual(repr(mine), "<dicrec.Model: mine, of a file>")
        for same in (pickle.loads(pickle.dumps(mine)), copy.deepcopy(mine), copy.copy(mine)):
            self.assertEqual(same.threshold_mv, -50)
            self.assertEqual(same.text(), mine.text())
        with tempfile.TemporaryDirectory() as folder:
            mine.save(pathlib.Path(folder, "mine.npz"))
            self.assertEqual(dicrec.load(pathlib.Path(folder, "mine.npz")).text(), mine.text())

    def test_gates_over_voltages(self) -> None:
        v = numpy.linspace(-100, 50, 31)
        gates = dicrec.Model("stg").gate_curves(v)
        self.assertEqual(
            [(g.channel, g.gate) for g in gates[:3]],
            [("Na", "activation"), ("Na", "inactivation"), ("Kd", "activation")],
        )
        numpy.testing.assert_allclose(gates[0].steady, 1 / (1 + numpy.exp((v + 25.5) / -5.29)), rtol=1e-12)
        numpy.testing.assert_allclose(gates[0].tau, 1.32 - 1.26 / (1 + numpy.exp((v + 120) / -25)), rtol=1e-12)
        scheme = [g for g in dicrec.Model("da").gate_curves(v) if g.channel == "ERG"]
        self.assertEqual(len(scheme), 1)
        self.assertTrue(numpy.isnan(scheme[0].tau).all())
        self.assertEqual(len(dicrec.Model("stg").gate_curves([])), len(gates))
        for bad in ([-300.0], [[1.0]], ["a"]):
            with self.assertRaises((dicrec.DicrecError, ValueError, TypeError)):
                dicrec.Model("stg").gate_curves(bad)

    def test_level_of_spikes(self) -> None:
        low, usual = dicrec.Model.from_dict(changed(spike_level_mv=-25)), dicrec.Model("stg")
        self.assertEqual((low.spike_level_mv, usual.spike_level_mv), (-25, 10))
        member = dicrec.generate(usual, (-5, 8), 1, seed=4)
        early, late = (dicrec.simulate(m, member.conductances, t_end=2000, t_skip=0).spikes[0] for m in (low, usual))
        asked = dicrec.simulate(usual, member.conductances, t_end=2000, t_skip=0, spike_level_mv=-25).spikes[0]
        self.assertEqual(early.tobytes(), asked.tobytes())
        self.assertLess(early[0], late[0])

    def test_time_scales(self) -> None:
        model = dicrec.Model("stg")
        self.assertTrue((numpy.diff(model.time_scales()) > 0).all())
        kd = next(g for g in model.gate_curves([-30]) if g.channel == "Kd")
        self.assertEqual(model.time_scales(-30)[1], kd.tau[0])
        with self.assertRaisesRegex(dicrec.ArgumentError, "v: 1000 mV, allowed is up to 200 mV"):
            model.time_scales(1e3)

    def test_estimators_need_weights_of_their_own(self) -> None:
        for values in (changed(), {**changed(), "name": "stg", "threshold_mv": -50}):
            with self.assertRaisesRegex(dicrec.ArgumentError, "weights"):
                dicrec.Estimator(dicrec.Model.from_dict(values))

    def test_refusals(self) -> None:
        for values, text in (
            (changed(threshhold_mv=3), "the nearest is 'threshold_mv'"),
            (changed(leak="lean"), "there is no channel 'lean'"),
            (changed(capacitance=-1), "the capacitance is -1, allowed"),
            (changed(channels={}), "0 channels"),
            ({}, "'dicrec_model' is missing"),
        ):
            with self.assertRaisesRegex(dicrec.ArgumentError, text):
                dicrec.Model.from_dict(values)
        with self.assertRaises(ValueError):
            dicrec.Model.from_dict(changed(capacitance=float("nan")))
        with self.assertRaisesRegex(dicrec.ArgumentError, "not a JSON object"):
            dicrec.Model.from_text(b"\xff")


if __name__ == "__main__":
    unittest.main()
