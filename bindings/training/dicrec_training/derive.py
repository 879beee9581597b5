# SPDX-License-Identifier: MIT
"""A plan for any model, derived from its pilot, from how fast this machine is, and from how long it may take."""

from dataclasses import dataclass

#: Shares of the time, stage by stage, in their order.
SHARES = {
    "simulate": 0.28,
    "early": 0.07,
    "features": 0.06,
    "posterior": 0.22,
    "classes": 0.03,
    "support": 0.05,
    "steady": 0.16,
    "noisy": 0.06,
    "card": 0.07,
}
#: Shares of the time of simulating: passes of noiseless neurons, of noisy ones, of longer recordings, and what classes
#: and support need.
SIMULATED = {"clean": 0.44, "noisy": 0.33, "long": 0.06, "twins": 0.1, "minutes": 0.04, "others": 0.03}
#: Most neurons of a pass: more no longer help networks of this size.
MOST = {"clean": 300_000, "noisy": 350_000, "long": 30_000, "twins": 30_000, "minutes": 500, "others": 20_000}
#: What further processors add to one, in simulating.
SCALING = 0.8
#: Seconds that a neuron of a built-in model takes.
OTHERS_COST = 6e-3
#: Of the support's training trains each takes this, of features and descent, s.
SUPPORT_COST = 4e-4
MOST_STEPS = {"posterior": 120_000, "steady": 60_000, "noisy": 40_000}
LEAST_MINUTES, MOST_MINUTES = 0.2, 10_000.0
#: Hidden units: narrower than in common.toml, as there is less time.
WIDTHS = {"features": 192, "step": 80, "steady": 160, "noisy": 128}


@dataclass(frozen=True)
class Speed:
    """Steps per second of the networks on this machine, and its processors."""

    posterior: float
    steady: float
    noisy: float
    cores: int


def durations(pilot):
    """How long to simulate, ms: a pass, a longer one, and minutes. Slow neurons shall show some intervals."""
    base = pilot.t_skip_ms + min(max(pilot.t_end_ms - pilot.t_skip_ms, 6 * pilot.longest_ms[2]), 20e3)
    return {"base": _even(base), "long": _even(max(pilot.t_skip_ms + 60e3, base)), "minutes": pilot.t_skip_ms + 200e3}


def _even(value):
    return float("%.3g" % value)


def neurons(pilot, seconds, lengths, cores):
    """Neurons of each pass that can be simulated in some seconds."""
    clean, noisy = (max(cost, 1e-9) for cost in pilot.cost)
    each = {
        "clean": clean * lengths["base"],
        "noisy": noisy * lengths["base"],
        "long": noisy * lengths["long"],
        "twins": (clean + noisy) * pilot.t_end_ms,
        "minutes": noisy * lengths["minutes"],
        "others": 1e3 * OTHERS_COST,
    }
    have = 1e3 * seconds * (1 + SCALING * (cores - 1))
    return {name: max(20, min(MOST[name], int(share * have / each[name]))) for name, share in SIMULATED.items()}


def shard_of(n, t_end_ms, base_ms):
    """Neurons of a shard: it shall take a second or some, and there shall be some."""
    return max(5, min(1000, n // 8, int(1000 * base_ms / t_end_ms)))


def strata(pilot):
    """Bursts that are rare are drawn more densely; where few neurons fire, cells where none does are left out."""
    bursting = pilot.classes.get("bursting", 0.0)
    rare = 0 < bursting < 0.25
    return rare or pilot.firing < 0.8, 3.0 if rare else 1.0


def seconds_of(minutes):
    """Seconds of each stage."""
    return {name: 60 * minutes * share for name, share in SHARES.items()}


def steps(seconds, speed):
    """Steps of each network."""
    made = {k: max(100, min(most, int(seconds[k] * getattr(speed, k)))) for k, most in MOST_STEPS.items()}
    n = max(200, min(20_000, int(200 * seconds["classes"])))
    return {"embedding": 0, **made, "support": n, "classes": n, "silent": max(100, n // 5)}


def expect_minutes(minutes):
    """ValueError for a time that is too short or endless."""
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise ValueError("%g minutes: from %g to %g are allowed" % (minutes, LEAST_MINUTES, MOST_MINUTES))


def derived(pilot, speed, minutes):
    """A plan as tables, as plan files have them."""
    expect_minutes(minutes)
    seconds, lengths = seconds_of(minutes), durations(pilot)
    n = neurons(pilot, seconds["simulate"], lengths, speed.cores)
    is_stratified, density = strata(pilot)
    sharded = lambda k, t: {"n_neurons": n[k], "shard": shard_of(n[k], t, lengths["base"])}
    n_pilot = max(500, min(15_000, n["clean"] // 10))
    side = max(4, min(25, int((n_pilot / 20) ** 0.5)))
    base = lengths["base"]
    return {
        "version": 1,
        "resolution_ms": pilot.resolution_ms,
        "noise_range": list(pilot.noise_range),
        "windows_ms": [min(1e3, max(200.0, _even(4e3 / pilot.rate_hz[1]))), 60e3],
        "long_windows_ms": [60e3, lengths["minutes"] - pilot.t_skip_ms],
        "support_trains": max(400, min(100_000, int(0.5 * seconds["support"] / SUPPORT_COST))),
        "is_calibrated": True,
        "training": {
            "clean": {
                **sharded("clean", base),
                "seed": 0,
                "noiseless": 1.0,
                "t_end_ms": base,
                "is_stratified": is_stratified,
            },
            "noisy": {**sharded("noisy", base), "seed": 1, "noiseless": 0.0, "t_end_ms": base},
            "long": {**sharded("long", lengths["long"]), "seed": 3, "t_end_ms": lengths["long"]},
        },
        "pilot": {"n_neurons": n_pilot, "shard": shard_of(n_pilot, 1.0, 1.0), "t_end_ms": base},
        "minutes": {**sharded("minutes", lengths["minutes"]), "t_end_ms": lengths["minutes"]},
        "others": {**sharded("others", base)},
        "twins": {**sharded("twins", base)},
        "strata": {"cells": [side, side], "bursting_density": density},
        "steps": steps(seconds, speed),
        "widths": WIDTHS,
        "early": {"neurons": 0.12, "steps": 0.1},
    }


def text_of(tables, words=()):
    """A plan's file, with words as comments above."""
    lines = ["# " + line for line in words]
    lines += ["%s = %s" % (key, _value(value)) for key, value in tables.items() if not isinstance(value, dict)]
    for key, value in tables.items():
        if isinstance(value, dict):
            lines += _table(key, value)
    return "\n".join(lines) + "\n"


def _table(name, table):
    inner = {key: value for key, value in table.items() if isinstance(value, dict)}
    lines = ["%s = %s" % (key, _value(value)) for key, value in table.items() if key not in inner]
    lines = ["", "[%s]" % name, *lines] if lines else []
    return lines + [line for key, value in inner.items() for line in _table("%s.%s" % (name, key), value)]


def _value(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "[%s]" % ", ".join(map(_value, value))
    return '"%s"' % value if isinstance(value, str) else repr(value)


def words_of(pilot, speed, minutes):
    """What the plan was derived from, line by line."""
    shown = lambda values, unit: "%.3g, %.3g, %.3g %s" % (*values, unit)
    lines = [
        "Derived from %d neurons for %g minutes of %d processors; quantiles: 5, 50, 95 %%."
        % (pilot.n, minutes, speed.cores),
        "Targets reached: %.0f %%; of these neurons %.0f %% fire: %s."
        % (
            100 * pilot.reached,
            100 * pilot.firing,
            ", ".join("%.0f %% %s" % (100 * v, k) for k, v in pilot.classes.items()),
        ),
        "Rate %s, longest interval %s." % (shown(pilot.rate_hz, "Hz"), shown(pilot.longest_ms, "ms")),
    ]
    if pilot.period_ms[1] > 0:
        lines.append("Bursts: %s, period %s." % (shown(pilot.burst_spikes, "spikes"), shown(pilot.period_ms, "ms")))
    lines.append("A simulated second takes %.2f ms, %.2f ms under noise." % tuple(1e3 * cost for cost in pilot.cost))
    lines.append(
        "Steps per second: posterior %.0f, forward %.0f and %.0f." % (speed.posterior, speed.steady, speed.noisy)
    )
    return lines
