# SPDX-License-Identifier: MIT
"""What training shares with the library, and its plans: without the packages that training itself needs."""

import json
import re
import sys
import tempfile
import unittest
from pathlib import Path

if sys.version_info < (3, 11):
    print("skipped: training needs Python 3.11")
    sys.exit(77)

from dicrec_training import plan, shared

ROOT = Path(__file__).parents[2]
WEIGHTS = sorted((ROOT / "lib" / "network" / "weights").glob("*.safetensors"))


def header_of(path):
    data = path.read_bytes()
    return json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])


class SharedTest(unittest.TestCase):
    def test_header_of_the_library(self):
        text = (ROOT / "lib" / "network" / "format.h").read_text()
        names = re.findall(r"^(?:#define |  )DICREC__(\w+)", text, flags=re.MULTILINE)
        self.assertGreater(len(names), 40)
        for name in names:
            self.assertTrue(hasattr(shared.SHARED, name), name)

    def test_values(self):
        text = '#ifndef A_H\n#define A_H\n#define DICREC__A (-9.0) /* a\n * b */\n#define DICREC__B "b"\n'
        text += "enum {\n  DICREC__C, /**< c */\n  DICREC__D\n};\n#endif\n"
        self.assertEqual(shared.definitions(text), {"A": -9.0, "B": "b", "C": 0, "D": 1})

    def test_what_it_cannot_read(self):
        for line in ("int x;", "DICREC__A = 3,", "#define DICREC__A B", "#include <math.h>"):
            with self.assertRaises(ValueError):
                shared.definitions(line)

    def test_names_of_the_shipped_tensors(self):
        texts = {text for text in vars(shared.SHARED).values() if isinstance(text, str)}
        layers = tuple(value + "." for name, value in vars(shared.SHARED).items() if name.startswith("LAYER_"))
        for path in WEIGHTS:
            header = header_of(path)
            self.assertEqual(header.pop("__metadata__")["format"], shared.SHARED.FORMAT)
            for name in header:
                is_of_layer = name.startswith(layers) and name.endswith((shared.weight(""), shared.bias("")))
                self.assertTrue(name in texts or is_of_layer, name)

    def test_documentation(self):
        text, given = (ROOT / "docs" / "weights.md").read_text(), shared.SHARED
        for name in header_of(WEIGHTS[0]):
            self.assertTrue(name == "__metadata__" or "`" + name.split(".")[0] + "." in text, name)
        for words in (
            given.FORMAT,
            "kept within ±%g. s₄" % given.MOST_INTERVAL,
            "over `pattern.scale`, kept within ±%g." % given.MOST_NUMBER,
            "All kept within ±%g." % given.MOST_FORWARD,
            "kept within −%g … %g, that" % (-given.LEAST_LOG, given.MOST_LOG),
            "noise within −%g … %g." % (-given.LEAST_NOISE_LOG, given.MOST_NOISE_LOG),
            "(variance + 10⁻⁶)" if given.VARIANCE_FLOOR == 1e-6 else "another floor",
            "⌊n/%d⌋" % given.TAIL_PART,
            "at most %d components" % given.MAX_COMPONENTS,
            "k ≤ %d" % given.SUPPORT_MAX_AXES,
        ):
            self.assertIn(words, " ".join(text.split()))


class PlanTest(unittest.TestCase):
    def test_every_shipped_file_has_a_plan(self):
        self.assertEqual(plan.names(), [path.stem for path in WEIGHTS])
        for path in WEIGHTS:
            made, metadata = plan.load(path.stem), header_of(path)["__metadata__"]
            self.assertEqual((made.model, str(made.version)), (metadata["model"], metadata["version"]))
            self.assertEqual(metadata["n_simulated"], str(sum(p.n_neurons for p in made.training)))

    def test_a_plan_of_ones_own(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "mine.toml"
            text = "version = 1\nresolution_ms = 0.1\n[training.all]\nn_neurons = 10\nseed = 0\n[steps]\nnoisy = 7\n"
            path.write_text(text)
            made = plan.load(str(path))
            self.assertEqual((made.model, made.steps.noisy), ("mine", 7))
            self.assertEqual(made.steps.steady, plan.load(plan.names()[0]).steps.steady)
            self.assertEqual([p.name for p in made.training], ["all"])
            for more in ("surprise = 1\n", "[training.other]\nn_neurons = 3\n", "[pilot]\nneurons = 3\n"):
                path.write_text(text + more if more.startswith("[") else more + text)
                with self.assertRaises(ValueError):
                    plan.load(str(path))

    def test_no_such_plan(self):
        with self.assertRaises(ValueError):
            plan.load("nobody")


if __name__ == "__main__":
    unittest.main()
