# SPDX-License-Identifier: MIT
"""Plans: what a model's networks are trained on, and for how long. They are files; README.md explains their keys."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Optional, Tuple

from .shared import SHARED

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Pass:
    """Neurons to simulate; the name is that of their directory."""

    name: str
    n_neurons: int
    seed: int
    noiseless: float = SHARED.NOISELESS_SHARE
    t_end_ms: Optional[float] = None
    is_stratified: bool = False
    models: Tuple[str, ...] = ()
    shard: int = 5000


@dataclass(frozen=True)
class Strata:
    """Cells of the plane of the DICs, along g_s and g_u, and which are drawn from more densely."""

    cells: Tuple[int, int]
    bursting_density: float
    bursting_share: float


@dataclass(frozen=True)
class Steps:
    """Steps of training."""

    embedding: int
    posterior: int
    steady: int
    noisy: int
    support: int
    classes: int
    silent: int


@dataclass(frozen=True)
class Widths:
    """Hidden units: of the code, of a step of the base draw, of the forward networks."""

    features: int
    step: int
    steady: int
    noisy: int


@dataclass(frozen=True)
class Card:
    """What the card is made of: trains of each kind, those that are reconstructed, and members of each."""

    trains: int
    reconstructed: int
    members: int


@dataclass(frozen=True)
class Early:
    """Shares of the neurons and of the steps of the estimator that is written first; of no neurons: there is none."""

    neurons: float
    steps: float


@dataclass(frozen=True)
class Plan:
    """All of a plan, what is common to all of them among it."""

    model: str
    version: int
    resolution_ms: float
    dt_ms: float
    noise_range: Tuple[float, float]
    windows_ms: Tuple[float, float]
    long_windows_ms: Tuple[float, float]
    training: Tuple[Pass, ...]
    pilot: Pass
    minutes: Pass
    others: Pass
    twins: Pass
    strata: Strata
    steps: Steps
    widths: Widths
    early: Early
    card: Card
    support_trains: int
    is_calibrated: bool


def names():
    """Models that plans come with."""
    return sorted(path.stem for path in (_HERE / "plans").glob("*.toml"))


def table_of(text):
    """All of a plan from the text of its file, what is common to all plans under it."""
    return _merged(_read(_HERE / "common.toml"), tomllib.loads(text))


def load(name, model=None):
    """The plan of a model by its name, or of a file NAME.toml by its path."""
    path = Path(name) if name.endswith(".toml") else _HERE / "plans" / (name + ".toml")
    if not path.exists():
        raise ValueError("no plan %s; there are plans of %s" % (path, ", ".join(names())))
    return of_text(path.read_text(), model or path.stem, path.name)


def of_text(text, model, where="plan"):
    """The plan of a model of this name, from the text of a plan's file."""
    table = table_of(text)
    table["training"] = tuple(_pass(key, value) for key, value in table.get("training", {}).items())
    for key in ("pilot", "minutes", "others", "twins"):
        table[key] = _pass(key, table[key])
    for key, kind in (("strata", Strata), ("steps", Steps), ("widths", Widths), ("early", Early), ("card", Card)):
        table[key] = _made(kind, key, table[key])
    return _made(Plan, where, {"model": model, **table})


def _read(path):
    return tomllib.loads(path.read_text())


def _merged(under, over):
    """Tables one over the other, table by table."""
    both = {k: _merged(under[k], v) if isinstance(v, dict) and k in under else v for k, v in over.items()}
    return {**under, **both}


def _pass(name, table):
    return _made(Pass, name, {"name": name, **table})


def _made(kind, where, table):
    """An object of a table whose keys are its fields; lists become tuples."""
    known = {field.name for field in fields(kind)}
    if not set(table) <= known:
        raise ValueError("%s: unknown %s; known are %s" % (where, ", ".join(set(table) - known), ", ".join(known)))
    try:
        return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in table.items()})
    except TypeError as error:
        raise ValueError("%s: %s" % (where, error)) from None
