# SPDX-License-Identifier: MIT
"""Keeping to the time: how many steps networks get is settled when they are about to be trained, by what is left of the
time and how fast the machine is then. What was settled is kept, so that an interrupted run goes on as it began."""

import json

from . import speed
from .derive import MOST_STEPS, SHARES

#: Less than this share of the plan's steps is too little, however late it is.
LEAST_SHARE = 0.4


def of_time(planned, rates, seconds, ahead):
    """Steps of networks {name: planned}, at rates {name: steps per second}, when seconds are left for stages ahead."""
    total = sum(SHARES[name] for name in ahead)
    made = {name: int(rates[name] * seconds * SHARES[name] / total) for name in planned}
    return {name: max(int(LEAST_SHARE * planned[name]), min(MOST_STEPS[name], n)) for name, n in made.items()}


def settle(run, clock, names):
    """Settle the steps of networks; what is left are the stages from the first of them on, all data being there."""
    path = run.directory / "steps.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    if not set(names) <= set(known):
        stages = list(SHARES)
        fast = speed.measured(run.model, run.n_coordinates)
        planned = {name: getattr(run.plan.steps, name) for name in names}
        rates = {name: getattr(fast, name) for name in names}
        ahead = stages[stages.index(names[0]) :]
        known.update(of_time(planned, rates, max(60 * run.budget - clock.seconds(), 0.0), ahead))
        path.write_text(json.dumps(known))
        run.log("# steps settled: %s" % ", ".join("%s %d" % (name, known[name]) for name in names))
    run.settled.update(known)
