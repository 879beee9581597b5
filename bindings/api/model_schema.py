# SPDX-License-Identifier: MIT
"""docs/model.schema.json, the schema of models' files, from the lists of names that the reader of files goes by.

Names, what must be there and what kind of value it is come from lib/models/file*.c. Said here is only what is no list
there: what stands where the reader keeps a place for later, and which names exclude one another.
"""

import json
import re

_SOURCES = ("file.c", "file_curve.c", "file_gate.c", "file_temperature.c")

_HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A model of libdicrec",
    "description": "Names and kinds of values; what values may be is told by 'dicrec model check'.",
}


def _ref(name):
    return {"$ref": "#/$defs/" + name}


def _numbers(n):
    return {"type": "array", "items": {"type": "number"}, "minItems": n, "maxItems": n}


def _channels(n):
    return {"type": "array", "items": {"type": "string"}, "minItems": n, "maxItems": n}


_NAME = {"type": "string"}
_SCALE = {"type": ["string", "number"]}
_SAMPLES = {"type": "array", "items": {"type": "number"}, "minItems": 2}

#: What a function reads; of others that read objects, the definition is called as they are.
_VALUES = {
    "number": {"type": "number"},
    "temperature": {"type": "number"},
    "slope": {"type": "number", "not": {"const": 0}},
    "whole": {"type": "integer"},
    "truth": {"type": "boolean"},
    "text": {"type": "string"},
    "pair": _numbers(2),
    "plane_range": _numbers(2),
    "triple": _numbers(3),
    "any": True,
    "curve": _ref("curve"),
    "tau": {"anyOf": [_ref("curve"), {"$ref": "#/$defs/rates"}]},
}

#: What stands in a place that the reader keeps for later, by the list and the name.
_PLACES = {
    ("model", "channels"): {"type": "object", "additionalProperties": _ref("channel"), "minProperties": 1},
    ("model", "leak"): _NAME,
    ("model", "calcium"): _ref("calcium"),
    ("model", "populations"): _ref("populations"),
    ("scales", "fast"): _SCALE,
    ("scales", "slow"): _SCALE,
    ("scales", "ultraslow"): _SCALE,
    ("populations", "spiking"): _ref("spiking"),
    ("populations", "rules"): {"type": "array", "items": _ref("rule"), "minItems": 1},
    ("spiking", "channels"): _channels(3),
    ("rule", "channels"): _channels(2),
    ("table", "v_mv"): _SAMPLES,
    ("table", "values"): _SAMPLES,
}

#: Of the names of these lists one group is there, or another.
_GROUPS = {
    "gate": (("steady", "tau_ms"), ("opening", "closing"), ("steady", "instant")),
    "exponential": (("per_mv",), ("slope_mv",)),
    "linoid": (("numerator", "exponent"), ("scale", "half_mv", "slope_mv")),
}

#: Forms of curves whose value is no object.
_LISTS = {
    "sum": {"type": "array", "items": _ref("curve"), "minItems": 1},
    "product": {"type": "array", "items": _ref("curve"), "minItems": 1},
    "quotient": {"type": "array", "items": _ref("curve"), "minItems": 2, "maxItems": 2},
}

_LIST = re.compile(r"dicrec__text_field (\w+)\[\] = \{(.*?)\};", re.DOTALL)
_FUNCTION = re.compile(r"^(?:static )?dicrec_status (?:dicrec__)?read_(\w+)\(", re.MULTILINE)
_ROW = re.compile(
    r'\{"(?P<name>[\w$]+)", (?:dicrec__)?read_(?P<read>\w+),[^{}]*?(?P<needed>true|false)\}'
    r"|NUMBER\((?P<number>\w+), (?P<number_needed>true|false)\)"
    r'|OF_TABLE\("(?P<of>\w+)", (?:dicrec__)?read_(?P<of_read>\w+), \w+, (?P<of_needed>true|false)\)'
    r"|LATER\((?P<later>\w+), (?P<later_needed>true|false)\)"
)


def _rows(text):
    for match in _ROW.finditer(text):
        name = match["name"] or match["number"] or match["of"] or match["later"]
        read = match["read"] or match["of_read"] or ("number" if match["number"] else "place")
        needed = match["needed"] or match["number_needed"] or match["of_needed"] or match["later_needed"]
        yield name, read, needed == "true"


def _lists(source):
    """Every list of names: what it is called, and its rows."""
    for match in _LIST.finditer(source):
        owners = _FUNCTION.findall(source[: match.start()])
        name = owners[-1] if match[1] == "fields" else match[1].removesuffix("_fields")
        rows = list(_rows(match[2]))
        if len(rows) != match[2].count('{"') + len(re.findall(r"NUMBER\(|OF_TABLE\(|LATER\(", match[2])):
            raise ValueError("a row of the names of '%s' is not understood" % name)
        yield {"tau_of_rates": "rates_of_tau"}.get(name, name), rows


def _value(owner, name, read, known):
    if read == "place":
        return _PLACES[owner, name]
    if read in _VALUES:
        return _VALUES[read]
    if read not in known:
        raise KeyError("model_schema.py does not know what read_%s reads" % read)
    return _ref(read)


def _group(names, groups):
    """These names together, and none that are only in other groups; a truth among them is true."""
    others = sorted({name for group in groups for name in group} - {*names, "instant"})
    absent = {"not": {"anyOf": [{"required": [name]} for name in others]}}
    return {"required": list(names), "properties": {"instant": {"const": "instant" in names}}, **absent}


def _object(owner, rows, known):
    made = {
        "type": "object",
        "properties": {name: _value(owner, name, read, known) for name, read, _ in rows},
        "required": [name for name, _, is_needed in rows if is_needed],
        "additionalProperties": False,
    }
    if owner in _GROUPS:
        made["oneOf"] = [_group(names, _GROUPS[owner]) for names in _GROUPS[owner]]
    return made


def _one_form(name, known):
    if name not in known and name not in _LISTS:
        raise KeyError("model_schema.py does not know the form '%s'" % name)
    value = _LISTS[name] if name in _LISTS else _ref(name)
    return _single(name, value)


def _single(name, value):
    return {"type": "object", "properties": {name: value}, "required": [name], "additionalProperties": False}


def text(folder):
    """The schema, of the sources in lib/models."""
    sources = {name: (folder / name).read_text(encoding="utf-8") for name in _SOURCES}
    lists = dict(found for source in sources.values() for found in _lists(source))
    definitions = {name: _object(name, rows, lists) for name, rows in lists.items()}
    table = re.search(r"\} forms\[\] = \{(.*?)\};", sources["file_curve.c"], re.DOTALL)
    forms = re.findall(r'\{"(\w+)", read_\w+\}', table[1])
    definitions["curve"] = {"anyOf": [{"type": "number"}, *(_one_form(name, lists) for name in forms)]}
    definitions["rates"] = _single("rates", _ref("rates_of_tau"))
    schema = {**_HEAD, **definitions.pop("model"), "$defs": dict(sorted(definitions.items()))}
    version = re.search(r"#define DICREC__MODEL_FILE_FORMAT\s+(\d+)", (folder / "file.h").read_text(encoding="utf-8"))
    schema["properties"]["dicrec_model"] = {"const": int(version[1])}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
