# SPDX-License-Identifier: MIT
"""Tests of what makes the description of the interface, on small headers.

Usage: test_describe.py
"""

import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "bindings" / "api"))

import comments  # noqa: E402
import declarations  # noqa: E402
import documents  # noqa: E402
import julia_layer  # noqa: E402
import python_layer  # noqa: E402
import symbol_map  # noqa: E402
from headers import Headers  # noqa: E402
from layout import Layouts  # noqa: E402

HEADER = """/* A header. */
#ifndef DICREC_SMALL_H
#define DICREC_SMALL_H
#if defined(__GNUC__) && \\
    !defined(OTHER)
#define DICREC_API
#endif
extern "C" {
typedef int32_t dicrec_status;
/** A thing. */
typedef struct dicrec_thing dicrec_thing;
#define DICREC_VERSION_MAJOR 3
#define DICREC_VERSION_MINOR 2
#define DICREC_VERSION_PATCH 1
/** Most of it. */
#define DICREC_MAX_SIZE 2e3
/** Colours of things, DICREC_COLOUR_*: name, value, word, meaning. */
#define DICREC_COLOUR_LIST(X)           \\
  X(RED, 0, "red", "as blood, or \\"so\\"") \\
  X(DARK_BLUE, 4, "dark blue", "as (deep) water, at night")
enum {
#define DICREC_COLOUR_ENUM(name, value, word, text) DICREC_COLOUR_##name = value,
  DICREC_COLOUR_LIST(DICREC_COLOUR_ENUM)
#undef DICREC_COLOUR_ENUM
};
/** Sides. */
enum {
  DICREC_SIDE_LEFT = -1, /**< where the thumb is right, mostly */
  DICREC_SIDE_RIGHT
};
/** Rows. */
#define DICREC_LIMITS(X)                                          \\
  X(paint, colour, DICREC_COLOUR_RED, 0, DICREC_COLOUR_DARK_BLUE, "") \\
  X(paint, length_mv, 0, 1e-6, DICREC_MAX_SIZE, "mV")
/** Options of dicrec_paint(). */
typedef struct dicrec_paint_options {
  uint32_t struct_size; /**< size */
  int32_t colour;       /**< DICREC_COLOUR_* */
  /** Called with ms, mV and a thing. */
  int32_t (*progress)(void *user, int64_t done, int64_t total);
  double length_mv;          /**< how long */
  int32_t corners[2];        /**< where */
  const double *weights;     /**< [n][3] weights, uA/cm2 */
  int32_t last;              /**< the end */
} dicrec_paint_options;
/**
 * Paint things.
 *
 * At last.
 * @param thing    Thing.
 * @param weights  [n][2], receives the weights,
 *                 uA/cm2.
 * @return OK, W_PARTIAL (a few), E_RANGE. Threads: one at a time
 * for a thing, and no more. Since
 * 0.2.
 */
DICREC_API dicrec_status dicrec_paint(dicrec_thing *const *thing,
                                      double *weights);
/** Number of things. Threads: any. Since 0.10. */
DICREC_API size_t dicrec_thing_count(void);
DICREC_API const char *dicrec_thing_name(const dicrec_thing *thing);
}
#endif
"""


def described(text=HEADER):
    headers = Headers()
    headers.read("small.h", text)
    return headers.description()


class Description(unittest.TestCase):
    def setUp(self):
        self.description = described()

    def named(self, kind, name):
        return next(entry for entry in self.description[kind] if entry["name"] == name)

    def test_version(self):
        self.assertEqual(self.description["version"], "3.2.1")

    def test_functions(self):
        paint = self.named("functions", "dicrec_paint")
        self.assertEqual(paint["doc"], "Paint things.\nAt last.")
        self.assertEqual(paint["statuses"], ["OK", "W_PARTIAL", "E_RANGE"])
        self.assertEqual((paint["threads"], paint["since"]), ("one at a time for a thing, and no more", "0.2"))
        thing, weights = paint["arguments"]
        self.assertEqual((thing["type"], thing["direction"]), ("dicrec_thing *const *", "in"))
        self.assertEqual((weights["direction"], weights["shape"], weights["unit"]), ("out", ["n", "2"], "uA/cm2"))

    def test_functions_that_share_a_comment(self):
        self.assertEqual(self.named("functions", "dicrec_thing_name")["since"], "0.10")
        self.assertEqual(self.named("functions", "dicrec_thing_count")["arguments"], [])

    def test_lists(self):
        colour = self.named("enums", "DICREC_COLOUR")
        self.assertEqual(colour["doc"], "Colours of things.")
        self.assertEqual(self.named("lists", "DICREC_COLOUR_LIST")["columns"], ["name", "value", "word", "text"])
        self.assertEqual(colour["constants"][0]["doc"], 'as blood, or "so"')
        blue = colour["constants"][1]
        self.assertEqual((blue["value"], blue["word"], blue["doc"]), (4, "dark blue", "as (deep) water, at night"))

    def test_plain_enums(self):
        constants = self.named("enums", "DICREC_SIDE")["constants"]
        self.assertEqual([(c["value"], c["word"]) for c in constants], [(-1, "left"), (0, "right")])

    def test_structs(self):
        struct = self.named("structs", "dicrec_paint_options")
        places = [(field["name"], field["offset"], field["size"]) for field in struct["fields"]]
        self.assertEqual(struct["size"], 48)
        self.assertEqual(places[2:4], [("progress", 8, 8), ("length_mv", 16, 8)])
        self.assertEqual(places[4:], [("corners", 24, 8), ("weights", 32, 8), ("last", 40, 4)])
        self.assertEqual(struct["fields"][1]["enum"], "DICREC_COLOUR")
        self.assertNotIn("unit", struct["fields"][2])

    def test_limits(self):
        fields = {field["name"]: field for field in self.named("structs", "dicrec_paint_options")["fields"]}
        self.assertEqual([fields["colour"][key] for key in ("default", "least", "most")], [0, 0, 4])
        length = fields["length_mv"]
        self.assertEqual((length["default"], length["least"], length["most"], length["unit"]), (None, 1e-6, 2e3, "mV"))

    def test_what_is_not_understood(self):
        for text in (
            "typedef union dicrec_both { int a; } dicrec_both;",
            "int dicrec_secret(void);",
            "enum named { A };",
        ):
            with self.assertRaisesRegex(SystemExit, "small.h: this declaration is not understood"):
                described(HEADER.replace("/** Sides. */", text + "\n/** Sides. */"))

    def test_a_limit_of_no_field(self):
        with self.assertRaises(KeyError):
            described(HEADER.replace("X(paint, colour,", "X(paint, color,"))


class Parts(unittest.TestCase):
    def test_split(self):
        self.assertEqual(declarations.split('A, f(1, 2), "x, (y"'), ["A", "f(1, 2)", '"x, (y"'])

    def test_numbers(self):
        known = {"A": 3}
        cases = {"-A": -3, "(-75)": -75, "1e-3": 0.001, "0x10": 16, "7U": 7, "1 << A": 8}
        for text, value in cases.items():
            self.assertEqual(declarations.number(text, known), value, text)

    def test_units(self):
        self.assertEqual(comments.unit_of("tau_ms", "in mV"), "ms")
        self.assertEqual(comments.unit_of("squared", "squared, 1/ms"), "1/ms")
        self.assertIsNone(comments.unit_of("tolerance", "of mV and uM alike"))

    def test_layout(self):
        layouts = Layouts({"dicrec_status": "int32_t"})
        self.assertEqual(layouts.add("a", ["uint8_t", "dicrec_status[3]"]), (16, [(0, 1), (4, 12)]))
        self.assertEqual(layouts.add("b", ["char", "a[2]", "double"]), (48, [(0, 1), (4, 32), (40, 8)]))
        self.assertEqual(layouts.add("c", ["const a *", "void (*)(a)"]), (16, [(0, 8), (8, 8)]))


class Products(unittest.TestCase):
    def test_symbol_map(self):
        text = symbol_map.text(described())
        older, newer = text.index("DICREC_0.2 {"), text.index("DICREC_0.10 {")
        self.assertLess(older, newer)
        self.assertIn("} DICREC_0.2;", text[newer:])
        self.assertEqual(text.count("local:"), 1)
        self.assertNotIn("dicrec_*", text)

    def test_python_layer_runs(self):
        names = {}
        exec(python_layer.text(described()), names)
        self.assertEqual(names["VERSION"], "3.2.1")
        self.assertEqual(tuple(names["WORDS"][names["Colour"]]), ("red", "dark blue"))
        self.assertEqual(names["LIMITS"]["paint"]["colour"][2], names["Colour"].DARK_BLUE)
        self.assertEqual(names["PaintOptions"].weights.offset, 32)
        self.assertEqual(len(names["PROTOTYPES"]["paint"][1]), 2)

    def test_julia_layer(self):
        text = julia_layer.text(described())
        for part in (
            "const COLOUR = (\n    RED = Int32(0),\n    DARK_BLUE = Int32(4),\n)",
            'Word(4, "dark blue", "as (deep) water, at night")',
            "mutable struct PaintOptions\n    struct_size::UInt32\n    colour::Int32\n",
            "    corners::NTuple{2,Int32}\n    weights::Ptr{Float64}\n",
            'Field(:length_mv, 16, :none, Symbol[], "mV", nothing, 1e-06, 2000.0, ',
            "paint(thing, weights) =\n    ccall(ENTRIES[1], Int32, (Ptr{Ptr{Thing}}, Ptr{Float64}), thing, weights)\n",
        ):
            self.assertIn(part, text)

    def test_julia_project(self):
        template = 'name = "Dicrec"\nversion = "0"\n[compat]\njulia = "1.5"\n'
        self.assertEqual(julia_layer.project(template, {"version": "3.2.1"}), template.replace('"0"', '"3.2.1"'))

    def test_documents(self):
        text = documents.filled("a\n<!-- made of the headers: options -->\nold\n<!-- end -->\nb\n", described())
        self.assertIn("| `length_mv` | `double` |  | 1e-6 to 2,000 | mV | how long |", text)
        self.assertTrue(text.startswith("a\n") and text.endswith("b\n") and "old" not in text)

    def test_numbers_for_people(self):
        shown = {10000: "10,000", 0.015: "0.015", 10**8: "1e8", 2e-10: "2e-10", 1 << 30: "1,073,741,824", -1.0: "-1"}
        for value, text in shown.items():
            self.assertEqual(documents.number(value), text)


if __name__ == "__main__":
    unittest.main()
