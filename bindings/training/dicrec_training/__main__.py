# SPDX-License-Identifier: MIT
"""From a model's file to a weight file: python -m dicrec_training my.json [--minutes 30] [-o FILE]

Simulates the model's neurons, trains its estimator and forward networks, and writes their weights, a card that says how
good they are, and the plan that was followed. Interrupted, the same command goes on.
"""

import argparse
import json
import os
import signal
import sys
import time
import warnings
from pathlib import Path
from typing import NamedTuple

import dicrec

from . import derive, pilot, plan
from .identity import digest
from .progress import Progress, words_of

DEFAULT_MINUTES = 30.0


class Interrupted(Exception):
    """By a signal."""


def parse(arguments):
    parser = argparse.ArgumentParser(prog="dicrec-train", description=__doc__.splitlines()[0])
    parser.add_argument("model", help="a model's file, *.json; or a built-in model, or a plan's file, *.toml, of one")
    parser.add_argument("--minutes", type=float, help="how long it may take (%g)" % DEFAULT_MINUTES)
    parser.add_argument("-o", "--out", type=Path, help="weight file to write (MODEL.safetensors)")
    parser.add_argument("--plan", help="a plan's file, instead of a derived plan")
    parser.add_argument("--work", type=Path, help="directory of data, checkpoints and log (MODEL-training)")
    parser.add_argument("--card", type=Path, help="model card to write (MODEL.md beside the weights)")
    parser.add_argument("--embedding", type=Path, help="weight file whose embedding of the intervals is kept")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, help="of the simulations (all processors)")
    parser.add_argument("--share", type=float, default=1.0, help="share of the plan's neurons")
    parser.add_argument("--steps", type=float, default=1.0, help="share of the plan's steps")
    return parser.parse_args(arguments)


class Job(NamedTuple):
    """What is asked for: the model, where things are, and the plan that was given, if any."""

    model: dicrec.Model
    work: Path
    out: Path
    given: str | None


def job_of(options):
    """ValueError for what cannot be meant."""
    name, given = options.model, options.plan
    derive.expect_minutes(minutes_of(options))
    if name.endswith(".json"):
        model = dicrec.Model.from_file(name)
    elif name.endswith(".toml"):
        model, given = dicrec.Model(Path(name).stem), name
    else:
        model = dicrec.Model(name)
        given = given or (name if options.minutes is None and name in plan.names() else None)
    stem = Path(name).stem
    out = options.out or Path(stem + ".safetensors")
    return Job(model, options.work or out.with_name(out.stem + "-training"), out, given)


class Log:
    """Lines to a file; remarks, which begin with #, also to the screen."""

    def __init__(self, path):
        self.file = open(path, "a")

    def __call__(self, line):
        print(line, file=self.file, flush=True)
        if line.startswith("#"):
            print(line[2:], flush=True)


class Clock:
    """Seconds that a training took, those before an interruption among them."""

    def __init__(self, path):
        self.path, self.begin = path, time.monotonic()
        self.before = float(path.read_text()) if path.exists() else 0.0

    def seconds(self):
        return self.before + time.monotonic() - self.begin

    def save(self):
        self.path.write_text("%.1f" % self.seconds())


def derived_text(job, minutes, progress):
    """The plan's file, derived from the model's pilot."""
    found = pilot.run(job.model, progress=progress.stage("pilot"))
    from . import speed  # needs JAX, which models without populations do not

    fast = speed.measured(job.model, found.n_coordinates)
    return derive.text_of(derive.derived(found, fast, minutes), derive.words_of(found, fast, minutes))


def minutes_of(options):
    return DEFAULT_MINUTES if options.minutes is None else options.minutes


def expect_same(job, options):
    """ValueError if the directory holds data of another training."""
    asked = {"model_sha256": digest(job.model), "seed": options.seed}
    asked.update({"plan": job.given} if job.given is not None else {"minutes": minutes_of(options)})
    path = job.work / "asked.json"
    known = json.loads(path.read_text()) if path.exists() else asked
    other = [key for key in {**known, **asked} if known.get(key) != asked.get(key)]
    if other:
        raise ValueError(
            "%s is of another training (%s): remove it, or name another --work" % (job.work, ", ".join(other))
        )
    path.write_text(json.dumps(asked))


def plan_of(job, options, log, progress):
    """The plan: as given, as derived by an interrupted run, or derived now; its file is kept with the data."""
    expect_same(job, options)
    if job.given is not None:
        return plan.load(job.given, job.model.name)
    path = job.work / (job.model.name + ".toml")
    if not path.exists():
        text = derived_text(job, minutes_of(options), progress)
        path.with_suffix(".part").write_text(text)
        path.with_suffix(".part").rename(path)
        print(text, flush=True)
    log("# plan: %s" % path)
    return plan.of_text(path.read_text(), job.model.name, path.name)


def expected(minutes):
    """What each stage is expected to take, s, in their order."""
    seconds = derive.seconds_of(minutes)
    simulated = {"simulate " + name: share * seconds["simulate"] for name, share in derive.SIMULATED.items()}
    trained = {("forward, " + k if k in ("steady", "noisy") else k): seconds[k] for k in list(derive.SHARES)[2:]}
    return {**simulated, **trained}


def train(job, options):
    job.work.mkdir(parents=True, exist_ok=True)
    log, clock = Log(job.work / "log.txt"), Clock(job.work / "seconds.txt")
    progress = Progress(expected(minutes_of(options)))
    try:
        followed = plan_of(job, options, log, progress)
        from . import making, passes

        log("# JAX computes on: %s" % ", ".join(map(str, making.devices())))
        run = passes.Run(followed, job.work, options.seed, options.share, log, job.model, options.threads, progress)
        run.steps_share, run.budget = options.steps, minutes_of(options) if job.given is None else None
        making.make(run, job.out, options.card or job.out.with_suffix(".md"), clock, options.embedding)
    finally:
        progress.close()
        clock.save()
    log("# wrote %s after %s" % (job.out, words_of(clock.seconds())))


def interrupt(_signal, _frame):
    raise Interrupted


def main(arguments=None):
    options = parse(arguments)
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")  # steps are short: threads cost more
    warnings.simplefilter("ignore", dicrec.DicrecWarning)  # many neurons are silent, or out of reach
    signal.signal(signal.SIGTERM, interrupt)
    try:
        train(job_of(options), options)
    except ModuleNotFoundError as error:
        print("dicrec-train: %s; pip install 'dicrec[training]' brings it" % error, file=sys.stderr)
        return 2
    except (ValueError, OSError, dicrec.DicrecError) as error:
        print("dicrec-train: %s" % error, file=sys.stderr)
        return 2
    except (Interrupted, KeyboardInterrupt):
        print("dicrec-train: interrupted; the same command goes on", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
