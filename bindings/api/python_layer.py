# SPDX-License-Identifier: MIT
"""The interface for ctypes: what bindings/python/dicrec/_api.py holds."""

import json
import re

_WIDTH = 120
_HEAD = '''# SPDX-License-Identifier: MIT
"""The C interface as ctypes sees it. Made of the public headers by bindings/api/describe.py."""

from __future__ import annotations

import enum
%s
VERSION = "%s"


class Struct(Structure):
    """A struct of the interface, with its name there."""

    c_name = ""
'''
_TYPING = "from typing import Any, Dict, List, Tuple, Type\n"
_SCALARS = {"size_t": "c_size_t", "double": "c_double", "float": "c_float", "char": "c_char"}
_SCALARS.update({"%sint%d_t" % (sign, bits): "c_%sint%d" % (sign, bits) for sign in ("", "u") for bits in (8, 32, 64)})


def class_name(c_name):
    """dicrec_simulate_options or DICREC_TARGET as a class: SimulateOptions, Target."""
    return "".join(part.capitalize() for part in c_name.lower().split("_")[1:])


class _Types:
    """C types in the words of ctypes."""

    def __init__(self, description):
        self._handles = {handle["name"] for handle in description["handles"]}
        self._structs = {struct["name"] for struct in description["structs"]}
        self._aliases = description["types"]

    def of(self, kind):
        if kind == "void":
            return "None"
        kind, *lengths = re.split(r"[\[\]]+", kind.rstrip("]"))
        stars, name = kind.count("*"), re.sub(r"\bconst\b|\*", "", kind).strip()
        if name in ("char", "void") or name in self._handles:
            result, stars = "c_char_p" if name == "char" else "c_void_p", stars - 1
        elif name in self._structs:
            result = class_name(name)
        else:
            result = _SCALARS[self._aliases.get(name, name)]
        for _ in range(stars):
            result = "POINTER(%s)" % result
        return " * ".join([result, *lengths])

    def callback(self, kind):
        result, arguments = re.match(r"(.*)\(\*\)\((.*)\)$", kind).groups()
        kinds = [result, *(re.sub(r"\w+$", "", argument.strip()) for argument in arguments.split(","))]
        return "CFUNCTYPE(%s)" % ", ".join(self.of(part.strip()) for part in kinds)


def _fitting(indent, opening, items, closing):
    """Items between brackets: on one line if it fits, else one a line, as the formatter would have it."""
    line = indent + opening + ", ".join(items) + closing
    if len(line) <= _WIDTH:
        return line + "\n"
    return "\n".join([indent + opening, *("%s    %s," % (indent, item) for item in items), indent + closing]) + "\n"


def _import(names):
    line = "from ctypes import %s\n" % ", ".join(names)
    return line if len(line) <= _WIDTH else _fitting("", "from ctypes import (", names, ")")


def _quoted(text):
    return repr(text) if '"' in text else json.dumps(text, ensure_ascii=False)


def _mapping(comment, name, kind, entries):
    """A dict of lines that are ready, or an empty one; `kind` is the type of its keys and values."""
    entries = list(entries)
    return "\n#: %s\n%s: Dict[%s] = {%s}\n" % (comment, name, kind, "\n" + "".join(entries) if entries else "")


def _enum(entry):
    prefix = "DICREC_" if entry["name"] == "DICREC_STATUS" else entry["name"] + "_"
    yield '\n\nclass %s(enum.IntEnum):\n    """%s"""\n\n' % (class_name(entry["name"]), entry["doc"].split("\n")[0])
    for constant in entry["constants"]:
        yield "    %s = %d\n" % (constant["name"][len(prefix) :], constant["value"])


def _words(enums):
    for entry in enums:
        if entry["name"] == "DICREC_STATUS":
            continue  # the constants are the names
        yield "    %s: {\n" % class_name(entry["name"])
        for constant in entry["constants"]:
            yield "        %s: %s,\n" % (_quoted(constant["word"]), _quoted(constant["doc"]))
        yield "    },\n"


def _constants(entries):
    former = None
    for name, value, doc in entries:
        yield "\n#: %s\n" % doc if doc != former else ""
        yield "%s = %r\n" % (name[len("DICREC_") :], value)
        former = doc


def _field_type(field, types):
    is_callback = "(*)" in field["type"]
    return field["name"].capitalize() + "Callback" if is_callback else types.of(field["type"])


def _struct(struct, types):
    callbacks = [field for field in struct["fields"] if "(*)" in field["type"]]
    yield "\n" if callbacks else ""
    for field in callbacks:
        yield "%s = %s\n" % (_field_type(field, types), types.callback(field["type"]))
    yield "\n\nclass %s(Struct):\n" % class_name(struct["name"])
    yield '    c_name = "%s"\n    _fields_ = [\n' % struct["name"]
    for field in struct["fields"]:
        yield '        ("%s", %s),\n' % (field["name"], _field_type(field, types))
    yield "    ]\n"


def _limits(options, enums):
    names = {
        c["name"]: "%s.%s" % (class_name(e["name"]), c["name"][len(e["name"]) + 1 :])
        for e in enums
        for c in e["constants"]
    }
    values = {e["name"]: {c["value"]: names[c["name"]] for c in e["constants"]} for e in enums}
    for name, struct in options:
        limited = [field for field in struct["fields"] if "least" in field]
        if limited:
            yield '    "%s": {\n' % name
            for field in limited:
                constants = values.get(field.get("enum"), {})
                numbers = [constants.get(n, repr(n)) for n in (field["default"], field["least"], field["most"])]
                yield '        "%s": (%s, "%s"),\n' % (field["name"], ", ".join(numbers), field.get("unit", ""))
            yield "    },\n"


def _prototypes(functions, types):
    for function in functions:
        name, result = function["name"][len("dicrec_") :], types.of(function["returns"]["type"])
        arguments = [types.of(argument["type"]) for argument in function["arguments"]]
        line = '    "%s": (%s, [%s]),' % (name, result, ", ".join(arguments))
        if len(line) <= _WIDTH:
            yield line + "\n"
        else:
            yield '    "%s": (\n        %s,\n%s    ),\n' % (name, result, _fitting("        ", "[", arguments, "],"))


def text(description):
    types, structs = _Types(description), description["structs"]
    enums = [entry for entry in description["enums"] if len(entry["constants"]) > 1]
    singles = [entry for entry in description["enums"] if len(entry["constants"]) == 1]
    options = [(s["name"][len("dicrec_") : -len("_options")], s) for s in structs if s["name"].endswith("_options")]
    body = [
        *(part for entry in enums for part in _enum(entry)),
        "\n",
        *_constants((macro["name"], macro["value"], macro["doc"]) for macro in description["macros"]),
        *_constants((entry["name"], entry["constants"][0]["value"], entry["doc"]) for entry in singles),
        _mapping(
            "What the values are called and mean, in the order of the constants.",
            "WORDS",
            "Type[enum.IntEnum], Dict[str, str]",
            _words(enums),
        ),
        *(part for struct in structs for part in _struct(struct, types)),
        "\n",
        _mapping(
            "Structs of options, by what they are options of.",
            "OPTIONS",
            "str, Type[Struct]",
            ('    "%s": %s,\n' % (name, class_name(struct["name"])) for name, struct in options),
        ),
        _mapping(
            "Numeric options: (default, or None if it depends; least, most, unit).",
            "LIMITS",
            "str, Dict[str, Tuple[Any, Any, Any, str]]",
            _limits(options, enums),
        ),
        _mapping(
            'Name without the prefix "dicrec_": (result, arguments).',
            "PROTOTYPES",
            "str, Tuple[Any, List[Any]]",
            _prototypes(description["functions"], types),
        ),
    ]
    body = "".join(body)
    used = {"Structure", *re.findall(r"\b(?:POINTER|CFUNCTYPE|c_(?!name)\w+)\b(?=[\](), ])", body)}
    return _HEAD % (_import(sorted(used)) + _TYPING, description["version"]) + body
