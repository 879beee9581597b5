# SPDX-License-Identifier: MIT
"""The schema of models' files takes every model of the tree, and refuses what it is there to refuse.

Usage: check_model_schema.py SOURCE_FOLDER
"""

import copy
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("SKIPPED: no model is held against docs/model.schema.json, python3-jsonschema is missing", file=sys.stderr)
    sys.exit(77)

_BOLTZMANN = {"boltzmann": {"half_mv": -40, "slope_mv": 5}}

#: Each with what it puts where, as a path into the STG neuron; None takes a name away.
BAD = (
    (("dicrec_model",), 2),
    (("calcuim",), {}),
    (("name",), None),
    (("threshold_mv",), "low"),
    (("channels", "Na", "reversal_mv"), None),
    (("channels", "Na", "activation", "power"), 1.5),
    (("channels", "Na", "activation", "opening"), 1),
    (("channels", "Na", "activation", "instant"), True),
    (("channels", "Na", "activation", "steady"), {"boltzman": {}}),
    (("channels", "Na", "activation", "steady"), {**_BOLTZMANN, "sum": [1]}),
    (("channels", "Na", "activation", "tau_ms"), {"quotient": [1]}),
    (("channels", "Na", "activation", "tau_ms"), {"exponential": {"scale": 1}}),
    (("channels", "Na", "activation", "tau_ms"), {"exponential": {"scale": 1, "per_mv": 1, "slope_mv": 2}}),
    (("channels", "Na", "activation", "q10"), {"factor": 3}),
    (("channels", "Kd", "range"), [1]),
    (("populations", "g_s"), [1]),
    (("protocol", "t_end_ms"), None),
)

GOOD = (
    (("$schema",), "model.schema.json"),
    (("temperature_c",), 20),
    (("populations",), {}),
    (("populations",), {"g_s": [-1, 1]}),
    (("channels", "Na", "activation", "instant"), False),
    (("channels", "Na", "activation", "q10"), {"factor": 3, "at_c": 6.3}),
    (("channels", "Na", "activation", "tau_ms"), {"rates": {"least_ms": 1, "opening": 1, "closing": _BOLTZMANN}}),
    (("channels", "Na", "activation", "tau_ms"), {"table": {"v_mv": [-50, 0], "values": [1, 2]}}),
    (("channels", "Na", "activation", "tau_ms"), {"sum": [1, {"product": [2, _BOLTZMANN]}]}),
    (("channels", "Na", "activation", "tau_ms"), {"linoid": {"numerator": [1, 2], "exponent": [1, 2]}}),
)


def changed(model, path, value):
    """A copy with another value somewhere."""
    model = copy.deepcopy(model)
    inner = model
    for name in path[:-1]:
        inner = inner[name]
    if value is None:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return model


def main(source):
    root = pathlib.Path(source)
    schema = json.loads((root / "docs" / "model.schema.json").read_text(encoding="utf-8"))
    kind = getattr(jsonschema, "Draft202012Validator", None)
    if kind is None:
        print("SKIPPED: this jsonschema does not know the draft 2020-12", file=sys.stderr)
        return 77
    kind.check_schema(schema)
    holds = kind(schema).is_valid
    paths = sorted([*(root / "lib" / "models" / "tables").glob("*.json"), *(root / "examples").glob("models/*.json")])
    models = {path: json.loads(path.read_text(encoding="utf-8")) for path in paths}
    stg = models[root / "lib" / "models" / "tables" / "stg.json"]
    wrong = ["%s is refused" % path.relative_to(root) for path, model in models.items() if not holds(model)]
    wrong += ["%s = %s is taken" % (".".join(path), value) for path, value in BAD if holds(changed(stg, path, value))]
    wrong += ["%s = %s is refused" % (".".join(p), value) for p, value in GOOD if not holds(changed(stg, p, value))]
    print("%d models, %d bad and %d good values" % (len(models), len(BAD), len(GOOD)))
    print("\n".join(wrong))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
