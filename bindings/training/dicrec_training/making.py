# SPDX-License-Identifier: MIT
"""What a training makes, in this order: an early estimator, the estimator, the forward networks, the card."""

import jax
import numpy

from . import pace, stages, summary
from .export import export


def devices():
    """What JAX computes on: graphics cards, if it finds any."""
    return jax.devices()


def weights(path, run, clock, *parts):
    """A weight file, whole or not at all; the old one stays until then."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    part.touch()  # so that who may read it is what this user's files allow
    mode = part.stat().st_mode
    export(part, *parts, ({}, {"minutes": "%.1f" % (clock.seconds() / 60)}))
    part.chmod(mode)
    part.rename(path)
    run.log("# wrote %s" % path)


def early(run, out, clock, embedding):
    """The estimator that is written first, to the place of the file and beside the data; None if the plan has none."""
    if run.plan.early.neurons <= 0:
        return None
    kept = run.directory / "early.safetensors"
    if not kept.exists():
        tensors = stages.train_estimator(run.early(), embedding)
        weights(kept, run, clock, tensors)
        out.write_bytes(kept.read_bytes())
        run.log("# an early estimator can be used: %s" % out)
    return kept


def make(run, out, card, clock, embedding=None):
    """The weight file and the card of a run."""
    first = early(run, out, clock, embedding)
    kept = run.directory / "estimator.npz"
    if not kept.exists():
        if run.budget is not None:
            run.prepare()
            pace.settle(run, clock, ["posterior"])
        tensors, words = stages.train_estimator(run, embedding)
        part = kept.with_suffix(".part")
        with open(part, "wb") as file:
            numpy.savez(file, words=words, **tensors)
        part.rename(kept)
    with numpy.load(kept, allow_pickle=True) as file:
        words, tensors = file["words"].item(), {name: file[name] for name in file.files if name != "words"}
    weights(out, run, clock, (tensors, words))
    if run.budget is not None:
        pace.settle(run, clock, ["steady", "noisy"])
    weights(out, run, clock, (tensors, words), stages.train_forward(run))
    card.write_text("".join(summary.sections(run, out, first)))
    run.log("# wrote %s" % card)
