# SPDX-License-Identifier: MIT
"""Training as one command: pilots, refusals, and with JAX a tiny training that is interrupted and goes on."""

import contextlib
import importlib.util
import io
import json
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import warnings

if sys.version_info < (3, 11):
    print("skipped: training needs Python 3.11")
    sys.exit(77)

import numpy

import dicrec
from dicrec_training import __main__ as command
from dicrec_training import derive, pilot, plan
from dicrec_training.identity import digest

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST_BYTES = 1_500_000  # of the weights of an example
NEEDED = ("jax", "optax", "safetensors", "scipy")
HAS_ALL = all(importlib.util.find_spec(name) for name in NEEDED)

#: So small that nothing useful is learnt.
TINY = """
version = 1
resolution_ms = 0.1
windows_ms = [500.0, 3e3]
long_windows_ms = [2e3, 3e3]
support_trains = 400
is_calibrated = true
training.clean = {n_neurons = 300, shard = 50, seed = 0, noiseless = 1.0}
training.noisy = {n_neurons = 300, shard = 50, seed = 1, noiseless = 0.0}
pilot.n_neurons = 100
minutes = {n_neurons = 100, t_end_ms = 6e3}
others = {n_neurons = 100, models = ["da"]}
twins.n_neurons = 200
steps = {embedding = 0, posterior = 100, steady = 100, noisy = 100, support = 100, classes = 100, silent = 20}
widths = {features = 16, step = 8, steady = 16, noisy = 16}
card = {trains = 40, reconstructed = 2, members = 2}
"""


def without_populations():
    """Such a model: no channel has a range to draw from."""
    values = mine(populations=None)
    for channel in values["channels"].values():
        channel.pop("range", None)
    return values


def mine(**changes):
    """A model of one's own: the first built-in one under another name, changed."""
    values = dicrec.Model(dicrec.models()[0]).to_dict()
    values.update({"name": "mine", **changes})
    return {key: value for key, value in values.items() if value is not None}


class PilotTest(unittest.TestCase):
    def test_of_a_model(self):
        found = pilot.run(dicrec.Model.from_dict(mine()), 400)
        self.assertGreater(found.firing, 0.95)
        self.assertGreater(found.classes["bursting"], 0.3)
        self.assertAlmostEqual(sum(found.classes.values()), 1.0)
        self.assertTrue(5 < found.rate_hz[1] < 50, found.rate_hz)
        self.assertTrue(0.01 <= found.resolution_ms <= 0.25, found.resolution_ms)
        low, high = found.noise_range
        self.assertTrue(0.003 <= low < 1 < high <= 100, found.noise_range)
        self.assertGreater(min(found.cost), 0)
        made = plan.of_text(derive.text_of(derive.derived(found, derive.Speed(50, 80, 90, 2), 30)), "mine")
        self.assertEqual(made.noise_range, found.noise_range)

    def test_without_populations(self):
        with self.assertRaisesRegex(ValueError, "no populations.*a `range`"):
            pilot.run(dicrec.Model.from_dict(without_populations()))

    def test_that_never_fires(self):
        values = mine()
        values["protocol"] = {"t_end_ms": 3001, "t_skip_ms": 3000}
        with self.assertRaisesRegex(ValueError, "of 200 neurons fire three spikes from 3000 to 3001 ms, at least"):
            pilot.run(dicrec.Model.from_dict(values), 200)

    def test_noise_and_resolution_of_trains(self):
        regular = numpy.arange(0.0, 3000, 50)
        self.assertEqual(pilot.change(regular, regular), 0)
        self.assertAlmostEqual(pilot.change(regular, 2 * regular), numpy.log(2))
        self.assertEqual(pilot.change(regular, regular[:2]), pilot.DROWNED)


class RefusalTest(unittest.TestCase):
    def refused(self, *arguments):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()) as said:
            path = pathlib.Path(folder) / "mine.json"
            path.write_text(json.dumps(without_populations()))
            given = [str(path) if word == "MINE" else word for word in arguments]
            self.assertEqual(command.main([*given, "-o", folder + "/out.safetensors"]), 2)
        return said.getvalue()

    def test_words(self):
        for arguments, words in (
            (("MINE",), "model mine has no populations"),
            (("MINE", "--minutes", "0"), "0 minutes: from 0.2 to 10000"),
            (("MINE", "--minutes", "nan"), "nan minutes: from 0.2"),
            (("nobody.json",), "nobody.json"),
            (("nobody",), "nobody"),
            (("MINE", "--plan", "nobody.toml"), "no plan nobody.toml"),
        ):
            self.assertIn(words, self.refused(*arguments), arguments)

    def test_another_training_in_the_directory(self):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()) as said:
            known = {"model_sha256": digest(dicrec.Model("da")), "seed": 2, "minutes": 5.0}
            (pathlib.Path(folder) / "asked.json").write_text(json.dumps(known))
            self.assertEqual(command.main(["da", "--minutes", "5", "--work", folder]), 2)
        self.assertIn("is of another training (seed)", said.getvalue())


class ExamplesTest(unittest.TestCase):
    def test_weights_are_of_the_file_beside_them(self):
        for path in sorted((ROOT / "examples" / "models").glob("*.safetensors")):
            model = dicrec.Model.from_file(path.with_suffix(".json"))
            estimator = dicrec.Estimator(model, weights=str(path))
            self.assertEqual(estimator.metadata("model_sha256"), digest(model), path)
            self.assertLessEqual(path.stat().st_size, MOST_BYTES)
            self.assertIn(digest(model), path.with_suffix(".md").read_text())


@unittest.skipUnless(HAS_ALL, "")
class EndToEndTest(unittest.TestCase):
    """A model's file, interrupted, gone on with, and what is written used."""

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name)
        (self.folder / "mine.json").write_text(json.dumps(mine()))
        (self.folder / "tiny.toml").write_text(TINY)
        self.log = self.folder / "mine-training" / "log.txt"

    def start(self):
        words = ["mine.json", "--plan", "tiny.toml", "-o", "mine.safetensors", "--threads", "1"]
        with open(self.folder / "said.txt", "a") as said:
            command = [sys.executable, "-m", "dicrec_training", *words]
            process = subprocess.Popen(command, cwd=self.folder, stdout=said, stderr=subprocess.STDOUT)
        self.addCleanup(process.kill)
        return process

    def logged(self):
        return self.log.read_text() if self.log.exists() else ""

    def test_interrupted_and_gone_on(self):
        process, until = self.start(), time.monotonic() + 200
        while "clean: shard 2" not in self.logged():
            self.assertTrue(process.poll() is None and time.monotonic() < until, self.said())
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(60), 130, self.said())
        self.assertFalse((self.folder / "mine.safetensors").exists())
        self.assertEqual(self.start().wait(360), 0, self.said())
        shards = re.findall(r"^(\w+: shard \d+)", self.logged(), flags=re.MULTILINE)
        self.assertEqual(len(shards), len(set(shards)), "a shard was made twice")
        self.check_weights()
        card = (self.folder / "mine.md").read_text()
        for words in ("inside 90 %", "## Support", "## Fidelity", digest(dicrec.Model.from_dict(mine()))):
            self.assertIn(words, card)

    def check_weights(self):
        model = dicrec.Model.from_file(self.folder / "mine.json")
        estimator = dicrec.Estimator(model, weights=str(self.folder / "mine.safetensors"))
        self.assertEqual(estimator.metadata("model_sha256"), digest(model))
        for key in ("model", "seed", "n_simulated", "minutes"):
            self.assertTrue(estimator.metadata(key), key)
        warnings.simplefilter("ignore", dicrec.DicrecWarning)  # so little was learnt
        made = dicrec.reconstruct(estimator, numpy.arange(0.0, 3000, 80), 2, support_limit=0)
        self.assertEqual(made.posterior.median.shape, (2,))
        self.assertTrue(made.report.screened)

    def said(self):
        return (self.folder / "said.txt").read_text()


if __name__ == "__main__":
    if not HAS_ALL:
        print(
            "\n*** SKIPPED: trainings end to end, for which %s are not all here ***\n" % ", ".join(NEEDED), flush=True
        )
    unittest.main()
