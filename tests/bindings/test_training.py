# SPDX-License-Identifier: MIT
"""What training shares with the library, and its plans: without the packages that training itself needs."""

import io
import json
import re
import sys
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

if sys.version_info < (3, 11):
    print("skipped: training needs Python 3.11")
    sys.exit(77)

from dicrec_training import derive, plan, shared
from dicrec_training.progress import Progress, words_of

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


def pilot(**changes):
    """What a pilot may have found."""
    found = dict(n=3000, reached=1.0, firing=0.9, classes={"bursting": 0.5, "spiking": 0.5}, rate_hz=(5.0, 20.0, 50.0))
    found.update(longest_ms=(20.0, 60.0, 150.0), burst_spikes=(2.0, 4.0, 9.0), period_ms=(90.0, 120.0, 300.0))
    found.update(noise_range=(0.03, 30.0), resolution_ms=0.05, cost=(3e-4, 5e-4), t_end_ms=6e3, t_skip_ms=3e3)
    return SimpleNamespace(**{**found, "n_coordinates": 4, **changes})


def derived(minutes=30.0, cores=2, **changes):
    """The plan of such a pilot, through its file."""
    found, speed = pilot(**changes), derive.Speed(60.0, 90.0, 120.0, cores)
    text = derive.text_of(derive.derived(found, speed, minutes), derive.words_of(found, speed, minutes))
    return plan.of_text(text, "mine")


class DerivedTest(unittest.TestCase):
    def test_shares(self):
        self.assertAlmostEqual(sum(derive.SHARES.values()), 1.0)
        self.assertAlmostEqual(sum(derive.SIMULATED.values()), 1.0)

    def test_the_time_is_kept(self):
        made = derived()
        seconds = sum(made.training[k].n_neurons * 6 * cost for k, cost in ((0, 3e-4), (1, 5e-4)))
        self.assertLess(seconds, 30 * 60 * derive.SHARES["simulate"] * 2)
        self.assertEqual(made.steps.posterior, int(30 * 60 * derive.SHARES["posterior"] * 60))
        self.assertEqual((made.noise_range, made.resolution_ms), ((0.03, 30.0), 0.05))

    def test_more_time_and_processors_give_more(self):
        little, more, wide = derived(10.0), derived(40.0), derived(10.0, cores=8)
        for k in range(2):
            self.assertGreater(more.training[k].n_neurons, 3 * little.training[k].n_neurons)
            self.assertGreater(wide.training[k].n_neurons, 3 * little.training[k].n_neurons)
        self.assertGreater(more.steps.steady, 3 * little.steps.steady)
        self.assertLessEqual(derived(9000.0).steps.posterior, derive.MOST_STEPS["posterior"])

    def test_slow_neurons_are_simulated_longer(self):
        self.assertEqual(derived().training[0].t_end_ms, 6e3)
        self.assertEqual(derived(longest_ms=(200.0, 900.0, 2000.0)).training[0].t_end_ms, 15e3)
        self.assertEqual(derived(longest_ms=(1e3, 9e3, 2e4)).training[0].t_end_ms, 23e3)

    def test_rare_bursts_and_silence(self):
        self.assertFalse(derived().training[0].is_stratified)
        self.assertTrue(derived(firing=0.4).training[0].is_stratified)
        rare = derived(classes={"bursting": 0.05, "spiking": 0.95})
        self.assertTrue(rare.training[0].is_stratified)
        self.assertEqual(rare.strata.bursting_density, 3.0)

    def test_no_model_is_named(self):
        for path in Path(plan.__file__).parent.glob("*.py"):
            for name in plan.names():
                quoted = re.search(r"""["']%s["']""" % name, path.read_text())
                self.assertIsNone(quoted, "%s names %s" % (path.name, name))

    def test_times_that_cannot_be(self):
        for minutes in (0.0, -3.0, float("nan"), float("inf"), 0.1):
            with self.assertRaisesRegex(ValueError, "minutes: from 0.2 to"):
                derived(minutes)


class ProgressTest(unittest.TestCase):
    def test_lines(self):
        now, out = [0.0], io.StringIO()
        shown = Progress({"a": 10.0, "b": 60.0}, out, clock=lambda: now[0])
        shown.bars = None
        update = shown.stage("a")
        for k in range(1, 21):
            now[0] = float(k)
            update(k, 20)
        lines = out.getvalue().splitlines()
        self.assertEqual(
            lines[1:], ["a: 55 %, 9 s left of this, about 69 s of all", "a: 100 %, 0 s left of this, about 60 s of all"]
        )
        self.assertEqual([words_of(s) for s in (50, 600, 7200)], ["50 s", "10 min", "2.0 h"])


if __name__ == "__main__":
    unittest.main()
