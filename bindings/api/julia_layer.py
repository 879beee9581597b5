# SPDX-License-Identifier: MIT
"""The interface for Julia's ccall: what bindings/julia/src/api.jl holds, and the version in its Project.toml."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from python_layer import class_name

_HEAD = '''# SPDX-License-Identifier: MIT
# The C interface as Julia sees it. Made of the public headers by bindings/api/describe.py.

"""
The C interface under its own names without the prefix: functions are `model_open`, structs and handles `SimulateOptions`
and `Model`, the values of an enumeration `SOLVER.CVODE`. Nothing here checks an argument.
"""
module API

"Version of the headers."
const HEADERS = v"%s"

"Word and meaning of a constant."
struct Word
    value::Int64
    word::String
    doc::String
end

"""
A field of a struct: its offset, the enumeration that its values are of (or `:none`), the shape of the array that it
points to, its unit, default and limits (`nothing` where it has none) and what it is.
"""
struct Field
    name::Symbol
    offset::Int
    words::Symbol
    shape::Vector{Symbol}
    unit::String
    default::Union{Nothing,Real}
    least::Union{Nothing,Real}
    most::Union{Nothing,Real}
    doc::String
end
'''
_WIDTH = 120
_SCALARS = {"size_t": "Csize_t", "double": "Float64", "float": "Float32", "char": "UInt8", "void": "Cvoid"}
_SCALARS.update(
    {"%sint%d_t" % (sign, bits): "%sInt%d" % (sign.upper(), bits) for sign in ("", "u") for bits in (8, 16, 32, 64)}
)


class _Types:
    """C types in the words of ccall."""

    def __init__(self, description: dict[str, Any]) -> None:
        self._structs = {struct["name"] for struct in description["structs"]}
        self._classes = self._structs | {handle["name"] for handle in description["handles"]}
        self._aliases = description["types"]

    def of(self, kind: str, pointer: str = "Ptr") -> str:
        """A type; a pointer to a struct is a `pointer`, and text that the library only reads is a Cstring."""
        if "(*)" in kind:
            return "Ptr{Cvoid}"
        if pointer == "Ref" and re.fullmatch(r"const char ?\*", kind.strip()):
            return "Cstring"
        kind, *lengths = re.split(r"[\[\]]+", kind.rstrip("]"))
        stars, name = kind.count("*"), re.sub(r"\bconst\b|\*", "", kind).strip()
        result = class_name(name) if name in self._classes else _SCALARS[self._aliases.get(name, name)]
        for _ in range(stars):
            result = "%s{%s}" % (pointer if name in self._structs else "Ptr", result)
        for length in reversed(lengths):
            result = "NTuple{%s,%s}" % (length, result)
        return result


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("$", "\\$")


def _short(name: str) -> str:
    return name[len("DICREC_") :]


def _doc(text: str) -> str:
    return '"""%s"""\n' % text.split("\n")[0].replace("\\", "\\\\").replace("$", "\\$")


def _constants(description: dict[str, Any]) -> Iterator[str]:
    for macro in description["macros"]:
        yield "\n%sconst %s = %r\n" % (_doc(macro["doc"]), _short(macro["name"]), macro["value"])
    for entry in description["enums"]:
        if len(entry["constants"]) == 1:
            yield "\n%sconst %s = %d\n" % (_doc(entry["doc"]), _short(entry["name"]), entry["constants"][0]["value"])


def _enum(entry: dict[str, Any]) -> Iterator[str]:
    prefix = "DICREC_" if entry["name"] == "DICREC_STATUS" else entry["name"] + "_"
    yield "\n%sconst %s = (\n" % (_doc(entry["doc"]), _short(entry["name"]))
    for constant in entry["constants"]:
        yield "    %s = Int32(%d),\n" % (constant["name"][len(prefix) :], constant["value"])
    yield ")\n"


def _words(enums: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield "\n%sconst WORDS = Dict(\n" % _doc("What the values of enumerations are called and mean, in their order.")
    for entry in enums:
        yield "    :%s => [\n" % _short(entry["name"])
        for constant in entry["constants"]:
            parts = (constant["value"], _quoted(constant["word"]), _quoted(constant["doc"]))
            yield "        Word(%d, %s, %s),\n" % parts
        yield "    ],\n"
    yield ")\n"


def _struct(struct: dict[str, Any], types: _Types) -> Iterator[str]:
    name = class_name(struct["name"])
    yield "\n%smutable struct %s\n" % (_doc(struct["doc"]), name)
    for field in struct["fields"]:
        yield "    %s::%s\n" % (field["name"], types.of(field["type"]))
    yield "    %s() = new()\nend\n" % name


def _number(value: Any) -> str:
    return "nothing" if value is None else repr(value)


def _field(field: dict[str, Any]) -> str:
    shape = "Symbol[%s]" % ", ".join('Symbol("%s")' % part for part in field.get("shape", []))
    numbers = ", ".join(_number(field.get(key)) for key in ("default", "least", "most"))
    words = _short(field["enum"]) if "enum" in field else "none"
    parts = (field["name"], field["offset"], words, shape, _quoted(field.get("unit", "")), numbers)
    doc = _quoted(" ".join(field["doc"].split()))
    return "        Field(:%s, %d, :%s, %s, %s, %s, %s),\n" % (*parts, doc)


def _fields(structs: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield "\n%sconst FIELDS = Dict(\n" % _doc("The fields of each struct, as the headers describe them.")
    for struct in structs:
        yield "    :%s => [\n" % class_name(struct["name"])
        yield "".join(map(_field, struct["fields"]))
        yield "    ],\n"
    yield ")\n\n%sconst SIZES = Dict(\n" % _doc("The size of each struct in bytes.")
    for struct in structs:
        yield "    :%s => %d,\n" % (class_name(struct["name"]), struct["size"])
    yield ")\n"


def _call(start: str, names: str) -> str:
    line = "    ccall(%s%s)\n" % (start, ", " + names if names else "")
    return line if len(line) <= _WIDTH + 1 else "    ccall(%s,\n          %s)\n" % (start, names)


def _functions(description: dict[str, Any], types: _Types) -> Iterator[str]:
    names = [function["name"] for function in description["functions"]]
    yield "\n%sconst NAMES = [\n" % _doc("The functions, in the order of the headers.")
    yield "".join("    :%s,\n" % name for name in names)
    yield "]\n\n%sconst ENTRIES = fill(C_NULL, length(NAMES))\n\n" % _doc(
        "Where the functions are in the library that is loaded, in the order of `NAMES`."
    )
    for number, function in enumerate(description["functions"], 1):
        result = types.of(function["returns"]["type"], "Ref")
        arguments = ", ".join(argument["name"] for argument in function["arguments"])
        kinds = [types.of(argument["type"], "Ref") for argument in function["arguments"]]
        tuple_of_kinds = "(%s%s)" % (", ".join(kinds), "," if len(kinds) == 1 else "")
        yield "%s(%s) =\n" % (function["name"][len("dicrec_") :], arguments)
        yield _call("ENTRIES[%d], %s, %s" % (number, result, tuple_of_kinds), arguments)


def _generic(description: dict[str, Any]) -> Iterator[str]:
    """Functions by type: how a struct is filled, and how an object is retained and freed."""
    names = {function["name"] for function in description["functions"]}
    structs = [entry["name"] for entry in description["structs"] if entry["name"] + "_init" in names]
    yield "\n%sfunction init! end\n" % _doc("Fill a struct with its defaults.")
    for name in structs:
        called = name[len("dicrec_") :] + "_init"
        yield "init!(options::%s) = %s(options, sizeof(options))\n" % (class_name(name), called)
    for verb, doc in (("retain", "One more owner of an object."), ("free", "Give up an object.")):
        yield "\n%sfunction %s end\n" % (_doc(doc), verb)
        for name in (handle["name"] for handle in description["handles"]):
            called = "%s_%s" % (name[len("dicrec_") :], verb)
            if "dicrec_" + called in names:
                yield "%s(object::Ptr{%s}) = %s(object)\n" % (verb, class_name(name), called)


def text(description: dict[str, Any]) -> str:
    types = _Types(description)
    enums = [entry for entry in description["enums"] if len(entry["constants"]) > 1]
    parts = [
        _HEAD % description["version"],
        *_constants(description),
        *(part for entry in enums for part in _enum(entry)),
        *_words(enums),
        *("\n%sstruct %s end\n" % (_doc(h["doc"]), class_name(h["name"])) for h in description["handles"]),
        *(part for struct in description["structs"] for part in _struct(struct, types)),
        *_fields(description["structs"]),
        *_functions(description, types),
        *_generic(description),
        "\nend\n",
    ]
    return "".join(parts)


def project(template: str, description: dict[str, Any]) -> str:
    """Project.toml with the version of the headers."""
    return re.sub(r'(?m)^version = ".*"$', 'version = "%s"' % description["version"], template)
