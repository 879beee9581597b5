# SPDX-License-Identifier: MIT
"""Arrays of every type and layout that users have: taken, and copied only if they must be, or refused by name."""

import decimal
import fractions
import pathlib
import sys
import unittest
import warnings

try:
    import numpy
except ImportError:
    print("SKIPPED: arrays of the Python layer are not tested, NumPy is missing", file=sys.stderr)
    sys.exit(77)

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bindings" / "python"))

import dicrec  # noqa: E402
from dicrec._arguments import matrix, sample_numbers, vector, whole_numbers  # noqa: E402
from dicrec._arrays import real_array  # noqa: E402

TIMES = [10, 25, 42, 60, 61, 80]
FLOATS = ("float16", "float32", "float64", "longdouble")
WHOLE = ("int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")


def unaligned(array):
    """The same numbers at an odd address."""
    raw = numpy.zeros(array.nbytes + 1, dtype=numpy.uint8)
    raw[1:] = numpy.frombuffer(array.tobytes(), dtype=numpy.uint8)
    return raw[1:].view(array.dtype)


class Quiet(unittest.TestCase):
    """Every warning is an error: a number that silently changes would be one."""

    def setUp(self):
        catcher = warnings.catch_warnings()
        catcher.__enter__()
        self.addCleanup(catcher.__exit__, None, None, None)
        warnings.simplefilter("error")

    def refused(self, text, function, *arguments, **named):
        with self.assertRaisesRegex(dicrec.ArgumentError, text):
            function(*arguments, **named)


class Taken(Quiet):
    def test_every_type_of_number(self):
        for dtype in FLOATS + WHOLE:
            for order in "<>":
                array = numpy.array(TIMES, dtype=numpy.dtype(dtype).newbyteorder(order))
                with self.subTest(dtype=array.dtype):
                    numpy.testing.assert_array_equal(dicrec.Spikes(array).times, TIMES)

    def test_every_layout(self):
        wide = numpy.zeros((6, 3))
        wide[:, 1] = TIMES
        read_only = numpy.array(TIMES, dtype=float)
        read_only.flags.writeable = False
        layouts = {
            "column": wide[:, 1],
            "reversed": numpy.array(TIMES[::-1], dtype=float)[::-1],
            "read-only": read_only,
            "unaligned": unaligned(numpy.array(TIMES, dtype=float)),
            "field": numpy.array([(0, time) for time in TIMES], dtype=[("cell", "i1"), ("time", "f8")])["time"],
            "broadcast rows": numpy.broadcast_to(numpy.array(TIMES), (2, 6))[1],
            "range": range(10, 14),
            "memoryview": memoryview(numpy.array(TIMES, dtype=float)),
            "objects": numpy.array(TIMES, dtype=object),
            "fractions": [fractions.Fraction(21, 2), decimal.Decimal("11.5"), numpy.float32(12), 13],
            "masked, but nothing": numpy.ma.masked_greater(TIMES, 1000),
        }
        for name, array in layouts.items():
            with self.subTest(name):
                numpy.testing.assert_array_equal(dicrec.Spikes(array, "ms").times, numpy.array(array, dtype=float))

    def test_conductances(self):
        model = dicrec.Model("stg")
        sets = numpy.arange(1, 17).reshape(2, 8)
        expected = model.dics(sets.astype(float))
        for given in (sets, sets.tolist(), sets.astype("f4"), sets.astype(object), numpy.asfortranarray(sets)):
            numpy.testing.assert_array_equal(model.dics(given), expected)
        numpy.testing.assert_array_equal(model.dics(numpy.repeat(sets, 2, axis=1)[:, ::2]), expected)
        numpy.testing.assert_array_equal(model.dics(sets[0].tolist()), expected[:1])
        self.assertEqual(model.dics(numpy.empty((0, 8))).shape, (0, 4))

    def test_what_fits_is_not_copied(self):
        fitting = numpy.ones((3, 8))
        fitting.flags.writeable = False
        self.assertIs(real_array("x", fitting), fitting)
        self.assertIs(matrix("x", fitting, 8), fitting)
        self.assertIs(vector("x", fitting[0]).base, fitting)
        self.assertTrue(numpy.shares_memory(matrix("x", fitting[0], 8), fitting))
        streams = numpy.arange(3, dtype=numpy.uint64)
        self.assertTrue(numpy.shares_memory(whole_numbers("x", streams), streams))
        samples = numpy.arange(3)
        self.assertTrue(numpy.shares_memory(sample_numbers("x", samples), samples))

    def test_the_users_array_stays_as_it_is(self):
        for array in (numpy.array(TIMES, dtype=">f8"), numpy.array(TIMES, dtype=float), numpy.ma.array(TIMES)):
            before = array.copy()
            dicrec.Spikes(array)
            numpy.testing.assert_array_equal(array, before)

    def test_huge(self):
        times = numpy.arange(10_000_000, dtype=numpy.float64)
        train = dicrec.Spikes(times)
        self.assertEqual(len(train), len(times))
        self.assertEqual(train.times[-1], times[-1])
        self.refused("spike 10000000 of 10000000 is", dicrec.Spikes, numpy.append(times[:-1], numpy.nan))
        self.assertEqual(len(dicrec.Spikes(times.astype(numpy.int64))), len(times))

    def test_whole_numbers(self):
        for given in ([1, 2], [1.0, 2.0], numpy.array([1, 2], dtype=object), numpy.array([1, 2], dtype=">i2")):
            numpy.testing.assert_array_equal(whole_numbers("streams", given), [1, 2])
        numpy.testing.assert_array_equal(whole_numbers("streams", [2**64 - 1]), [2**64 - 1])
        numpy.testing.assert_array_equal(sample_numbers("samples", []), [])

    def test_scalars(self):
        population = dicrec.generate("stg", (-5, 8), 1, seed=3)
        expected = dicrec.simulate("stg", population, t_end=200).spikes[0]
        for end in (numpy.float32(200), numpy.int16(200), numpy.array(200), fractions.Fraction(200)):
            numpy.testing.assert_array_equal(dicrec.simulate("stg", population, t_end=end).spikes[0], expected)


class Refused(Quiet):
    def test_what_is_no_number(self):
        bad = {
            r"truth values": numpy.array([True, False]),
            r"complex numbers": numpy.array([1 + 0j, 2 + 0j]),
            r"strings": ["1", "2"],
            r"bytes": [b"1", b"2"],
            r"dates": numpy.array(["2020-01-01"], dtype="M8[ms]"),
            r"records": numpy.zeros(2, dtype=[("time", float)]),
            r"numbers are expected, not '2'": numpy.array([1, "2"], dtype=object),
            r"numbers are expected, not None": [1.0, None],
            r"numbers are expected, not True": numpy.array([1.0, True], dtype=object),
            r"numbers are expected, not \(?1\+2j": numpy.array([1, 1 + 2j], dtype=object),
            r"numbers are expected, not \{": {"times": [1, 2]},
        }
        model = dicrec.Model("stg")
        for text, values in bad.items():
            with self.subTest(text):
                self.refused(
                    "times: .*" + text if "are expected" not in text else "times: " + text, dicrec.Spikes, values
                )
                self.refused("conductances: .*" + text.split("expected, ")[-1], model.dics, values)
                self.refused("target: .*" + text.split("expected, ")[-1], dicrec.generate, model, values, 1)

    def test_shapes(self):
        model = dicrec.Model("stg")
        self.refused("times: one dimension is expected, not 2", dicrec.Spikes, [[1.0, 2.0]])
        self.refused("times: one dimension is expected, not 0", dicrec.Spikes, 5.0)
        self.refused(r"conductances: shape \[n, 8\] is expected, not \[2, 7\]", model.dics, numpy.ones((2, 7)))
        self.refused(r"conductances: shape \[n, 8\] is expected, not \[1, 2, 8\]", model.dics, numpy.ones((1, 2, 8)))
        self.refused(r"conductances: shape \[n, 8\] is expected, not \[1, 0\]", model.dics, [])
        self.refused(r"conductances: shape \[n, 8\] is expected, not \[\]", model.dics, 1.0)
        self.refused("conductances: numbers are expected", model.dics, [[1, 2], [3]])
        self.refused(r"target: shape \[n, 2\] is expected", dicrec.generate, model, [1, 2, 3], 1)
        self.refused(r"dics: g_s and g_u are expected, not shape \[\]", dicrec.Posterior.at, 5)
        simulated = {"initial_states": [1.0, 2.0]}
        estimator = dicrec.Estimator(model)
        self.refused(r"initial_states: shape \[n, 13\]", dicrec.simulate, model, numpy.ones(8), **simulated)
        self.refused("initial_states", dicrec.reconstruct, estimator, TIMES, 1, verify=True, simulation=simulated)

    def test_empty(self):
        self.assertEqual(len(dicrec.Spikes([])), 0)
        self.assertEqual(len(dicrec.Spikes(numpy.empty(0, dtype=numpy.int8))), 0)
        self.refused("trials: at least one is expected", dicrec.Spikes, trials=[])
        self.refused("target", dicrec.generate, "stg", numpy.empty((0, 2)), 1)

    def test_masked_values(self):
        times = numpy.ma.array(TIMES, mask=[0, 0, 1, 0, 0, 1])
        self.refused(r"times: 2 of 6 values are masked, the first is \[2\]", dicrec.Spikes, times)
        self.refused("trials: 2 of 6", dicrec.Spikes, trials=[times])
        sets = numpy.ma.masked_equal(numpy.ones((2, 8)), 2)
        sets[1, 3] = numpy.ma.masked
        self.refused(r"conductances: 1 of 16 values are masked, the first is \[1, 3\]", dicrec.Model("stg").dics, sets)
        self.refused(r"conductances: 1 of 8 values are masked", dicrec.Model("stg").dics, [sets[0], sets[1]])
        self.refused("samples: 2 of 6", dicrec.Spikes.from_samples, times, 1000)

    def test_values_that_are_not_finite_are_named_by_their_place(self):
        model, sets = dicrec.Model("stg"), numpy.ones((3, 8))
        sets[1, 2] = numpy.nan
        for bad in (numpy.nan, numpy.inf):
            for dtype in FLOATS:
                self.refused("spike 2 of 3 is", dicrec.Spikes, numpy.array([1, bad, 3], dtype=dtype))
        self.refused("g_CaT of set 1 is nan", model.dics, sets)
        self.refused("g_s of target 1 is nan", dicrec.generate, model, [[1, 2], [numpy.nan, 1]], 2)

    def test_whole_numbers(self):
        fraction, limits = "whole numbers are expected, not numbers with a fraction", "whole numbers from 0 to"
        for bad in ([0.5], [numpy.nan], [numpy.inf]):
            self.refused("streams: " + fraction, whole_numbers, "streams", bad)
        for bad in ([-1], [1e20], [2**64], numpy.array([-1], dtype=numpy.int8)):
            self.refused("streams: " + limits, whole_numbers, "streams", bad)
        self.refused("samples: whole numbers from", sample_numbers, "samples", numpy.array([2**63], dtype=numpy.uint64))
        self.refused("not numbers in floating point", sample_numbers, "samples", [1.0, 2.0])
        self.refused("not strings", whole_numbers, "streams", ["1"])
        self.refused("not truth values", whole_numbers, "streams", [True])
        self.refused("not 1.5", whole_numbers, "streams", numpy.array([1, 1.5], dtype=object))
        self.refused("one dimension", whole_numbers, "streams", [[1]])

    def test_scalars(self):
        sets = numpy.ones(8)
        for bad in (
            "100",
            b"100",
            True,
            numpy.ma.masked,
            [100.0],
            numpy.array([100.0]),
            100 + 0j,
            numpy.complex64(1),
            {},
        ):
            with self.subTest(bad):
                self.refused("t_end_ms: a number is expected", dicrec.simulate, "stg", sets, t_end=bad)
                self.refused("v: a number is expected", dicrec.Model("stg").dics, sets, v=bad)
                self.refused("noise: a number is expected", dicrec.Posterior.at, (1, 2), noise=bad)
        self.refused("rate_hz: a number is expected", dicrec.Spikes.from_samples, [1, 2], "1000")


if __name__ == "__main__":
    unittest.main(verbosity=1)
