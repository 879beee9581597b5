# SPDX-License-Identifier: MIT
"""Channels of NeuroML 2: the common subset against its equations, the rest refused by name."""

from __future__ import annotations

import contextlib
import io
import json
import pathlib
import tempfile
import unittest
from typing import Any, Dict, List

import numpy

import dicrec
from dicrec import neuroml

AXON = pathlib.Path(__file__).parent / "neuroml" / "hodgkin_huxley.nml"
V = numpy.linspace(-95.3, 44.7, 57)  # not on the singularities


def model_of(channels: Dict[str, Any], **entries: Any) -> dicrec.Model:
    """A model of such channels and a leak."""
    base = {
        **{"dicrec_model": 1, "name": "axon", "description": "of NeuroML", "capacitance": 1, "leak": "leak"},
        **{"initial_mv": -65, "threshold_mv": -55, "protocol": {"t_end_ms": 100, "t_skip_ms": 0}},
        "dic_time_scales": {"fast": 0.1, "slow": 1, "ultraslow": 100},
        "channels": {"leak": {"reversal_mv": -54.4}, **channels},
    }
    return dicrec.Model.from_dict({**base, **entries})


def exp_rate(rate: float, half: float, scale: float) -> Any:
    return rate * numpy.exp((V - half) / scale)


def sigmoid(rate: float, half: float, scale: float) -> Any:
    return rate / (1 + numpy.exp(-(V - half) / scale))


def exp_linear(rate: float, half: float, scale: float) -> Any:
    x = (V - half) / scale
    return rate * x / (1 - numpy.exp(-x))


_RATES = """<forwardRate type="HHExpRate" rate="0.3per_ms" midpoint="-50mV" scale="25mV"/>
<reverseRate type="HHSigmoidRate" rate="2per_ms" midpoint="-40mV" scale="-12mV"/>"""
_STEADY = '<steadyState type="HHSigmoidVariable" rate="1" midpoint="-45mV" scale="6mV"/>'
_TIME = '<timeCourse type="fixedTimeCourse" tau="4ms"/>'


def document(gates: str, kind: str = "ionChannelHH") -> str:
    return '<neuroml xmlns="http://www.neuroml.org/schema/neuroml2"><%s id="X">%s</%s></neuroml>' % (kind, gates, kind)


class Case(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name, "x.nml")

    def read(self, text: str, **options: Any) -> Dict[str, Dict[str, Any]]:
        self.path.write_text(text, encoding="utf-8")
        return neuroml.channels(self.path, **options)

    def gates(self, text: str, **entries: Any) -> List[dicrec.GateCurves]:
        return model_of(self.read(document(text), reversal_mv={"X": -80}), **entries).gate_curves(V)

    def refused(self, text: str, *words: str) -> None:
        with self.assertRaises(dicrec.ArgumentError) as caught:
            self.read(text)
        for word in ("x.nml", *words):
            self.assertIn(word, str(caught.exception))


class Subset(Case):
    def close(self, gate: dicrec.GateCurves, steady: Any, tau: Any) -> None:
        numpy.testing.assert_allclose(gate.steady, numpy.broadcast_to(steady, V.shape), rtol=1e-11)
        numpy.testing.assert_allclose(gate.tau, numpy.broadcast_to(tau, V.shape), rtol=1e-11)

    def test_squid_axon(self) -> None:
        model = model_of(neuroml.channels(AXON), temperature_c=16.3)
        self.assertEqual(model.channels, ["leak", "Na", "K"])
        self.assertEqual(model.reversal_mv.tolist(), [-54.4, 50, -77])
        m, h, n = model.gate_curves(V)
        self.assertEqual([(g.channel, g.gate) for g in (m, h)], [("Na", "activation"), ("Na", "inactivation")])
        for gate, opening, closing, speed in (
            (m, exp_linear(1, -40, 10), exp_rate(4, -65, -18), 3),
            (h, exp_rate(0.07, -65, -20), sigmoid(1, -35, 10), 1),
            (n, exp_linear(0.1, -55, 10), exp_rate(0.125, -65, -80), 2),
        ):
            self.close(gate, opening / (opening + closing), 1 / (opening + closing) / speed)
        self.assertEqual(
            [c.get("power") for c in model.to_dict()["channels"]["K"].values() if isinstance(c, dict)], [4]
        )

    def test_kinds_of_gates(self) -> None:
        opening, closing = exp_rate(0.3, -50, 25), sigmoid(2, -40, -12)
        of_rates, tau_of_rates, steady = opening / (opening + closing), 1 / (opening + closing), sigmoid(1, -45, 6)
        for kind, parts, expected, tau in (
            ("gateHHrates", _RATES, of_rates, tau_of_rates),
            ("gateHHtauInf", _TIME + _STEADY, steady, 4),
            ("gateHHratesTau", _RATES + _TIME, of_rates, 4),
            ("gateHHratesInf", _RATES + _STEADY, steady, tau_of_rates),
            ("gateHHratesTauInf", _RATES + _TIME + _STEADY, steady, 4),
            ("gateHHInstantaneous", _STEADY, steady, 0),
        ):
            for text in (
                '<%s id="m">%s</%s>' % (kind, parts, kind),
                '<gate id="m" type="%s">%s</gate>' % (kind, parts),
            ):
                (gate,) = self.gates(text)
                self.assertEqual((gate.channel, gate.gate), ("X", "activation"))
                self.close(gate, expected, tau)

    def test_temperature(self) -> None:
        for q10, speed in (
            ('type="q10Fixed" fixedQ10="2.5"', 2.5),
            ('type="q10ExpTemp" q10Factor="3" experimentalTemp="10degC"', 9),
        ):
            for kind, parts in (
                ("gateHHrates", _RATES),
                ("gateHHtauInf", _TIME + _STEADY),
                ("gateHHratesInf", _RATES + _STEADY),
                ("gateHHratesTau", _RATES + _TIME),
            ):
                plain, warm = (
                    self.gates('<%s id="m">%s%s</%s>' % (kind, parts, more, kind), temperature_c=30)[0]
                    for more in ("", "<q10Settings %s/>" % q10)
                )
                self.close(warm, plain.steady, plain.tau / speed)

    def test_order_of_gates(self) -> None:
        falling = _STEADY.replace("6mV", "-6mV")
        text = '<gateHHtauInf id="h">%s</gateHHtauInf><gateHHtauInf id="m">%s</gateHHtauInf>' % (
            _TIME + falling,
            _TIME + _STEADY,
        )
        activation, inactivation = self.gates(text)
        self.assertLess(activation.steady[0], activation.steady[-1])
        self.assertGreater(inactivation.steady[0], inactivation.steady[-1])
        (alone,) = self.gates('<gateHHtauInf id="h">%s</gateHHtauInf>' % (_TIME + falling))
        self.assertEqual(alone.gate, "activation")

    def test_the_program(self) -> None:
        written, complaints = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(written), contextlib.redirect_stderr(complaints):
            self.assertEqual(neuroml.main([str(AXON), "--reversal", "K=-80"]), 0)
            self.assertEqual(neuroml.main(["/nowhere/x.nml"]), 2)
        channels = json.loads(written.getvalue())["channels"]
        self.assertEqual((channels["K"]["reversal_mv"], channels["Na"]["reversal_mv"]), (-80, 50))
        self.assertIn("/nowhere/x.nml", complaints.getvalue())
        with self.assertRaises(dicrec.FileError):
            neuroml.channels("/nowhere/x.nml")
        with self.assertRaisesRegex(dicrec.ArgumentError, "'Kd'.*Na, K, leak"):
            neuroml.channels(AXON, reversal_mv={"Kd": -80})


class Refusals(Case):
    def test_what_is_outside_the_subset(self) -> None:
        def gate(parts: str, kind: str = "gateHHtauInf") -> str:
            return document('<%s id="m">%s</%s>' % (kind, parts, kind))

        self.refused(document("", "ionChannelKS"), "ionChannelKS is not supported", "ionChannelHH")
        self.refused(gate("", "gateKS"), "channel X, gate m", "gateKS is not supported", "gateHHrates")
        self.refused(gate(_STEADY + '<timeCourse type="my_tau"/>'), "my_tau is not supported", "fixedTimeCourse")
        self.refused(gate(_TIME + _STEADY.replace("HHSigmoidVariable", "my_inf")), "my_inf", "HHSigmoidVariable")
        self.refused(gate(_TIME + _STEADY + "<subGate/>"), "subGate is not supported")
        self.refused(gate(_TIME + _STEADY + '<q10Settings type="q10Mine"/>'), "q10Mine", "q10ExpTemp")
        self.refused(document('<q10ConductanceScaling q10Factor="2"/>'), "q10ConductanceScaling")
        self.refused("<cell/>", "cell is not supported", "neuroml")
        one = '<gateHHtauInf id="m">%s</gateHHtauInf>' % (_TIME + _STEADY)
        self.refused(document(one * 3), "channel X: 3 gates")

    def test_what_is_wrong(self) -> None:
        def gate(parts: str) -> str:
            return document('<gateHHtauInf id="m">%s</gateHHtauInf>' % parts)

        self.refused(gate(_TIME), "gateHHtauInf without a steadyState")
        self.refused(gate(_TIME + _TIME + _STEADY), "timeCourse twice")
        self.refused(gate(_TIME + _STEADY.replace(' midpoint="-45mV"', "")), "'midpoint'", "missing")
        self.refused(gate(_TIME + _STEADY.replace("6mV", "0mV")), "the scale is 0")
        for bad in ("6", "6ms", "sixmV", "nanmV", "1e999mV", ""):
            self.refused(
                gate(_TIME + _STEADY.replace("6mV", bad)), "scale", "voltage" if bad != "1e999mV" else "too large"
            )
        self.refused(gate(_TIME.replace("4ms", "4mV") + _STEADY), "'4mV' is no time", "ms")
        self.refused(
            document("").replace("<ionChannelHH", "<ionChannelHH id='X'/><ionChannelHH", 1), "X stands there twice"
        )
        self.refused(document("")[:-5], "x.nml")

    def test_hostile_files(self) -> None:
        entities = "".join('<!ENTITY e%d "%s">' % (i, ("&e%d;" % (i - 1)) * 10 if i else "ha") for i in range(12))
        self.refused("<!DOCTYPE lol [%s]>%s" % (entities, document("<notes>&e11;</notes>")), "<!DOCTYPE lol>")
        self.refused('<!DOCTYPE x SYSTEM "file:///etc/passwd">' + document(""), "<!DOCTYPE x>")
        self.refused("<a>" * 100000, "more than 64 layers")
        self.refused(" " * (5 << 20), "bytes")
        self.refused("", "x.nml")


if __name__ == "__main__":
    unittest.main()
