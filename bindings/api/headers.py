# SPDX-License-Identifier: MIT
"""The public headers as one description: functions, structs, enums, lists, defaults and limits."""

import os
import re

from comments import FunctionComment, shape_of, text_of, unit_of
from declarations import arguments, constants, fields, number, rows, unquoted
from layout import POINTER_SIZE, Layouts

_COMMENT = r"(?:/\*\*(?P<doc>(?:(?!\*/).)*)\*/\s*)?"
_ITEM = re.compile(
    "^" + _COMMENT + r"(?:"
    r"typedef struct (?P<struct>\w+) \{(?P<fields>.*?)^\} (?P=struct);"
    r"|typedef struct (?P<handle>\w+) (?P=handle);"
    r"|typedef (?P<of>\w+) (?P<alias>\w+);"
    r"|enum \{(?P<enum>.*?)\};"
    r"|#define (?P<list>DICREC_\w+)\(X\)(?P<rows>(?:[^\n]*\\\n)*[^\n]*)"
    r"|#define (?P<macro>DICREC_\w+) +(?P<value>[-()\w.]+)$"
    r"|DICREC_API (?P<returns>[\w *]+?)(?P<function>dicrec_\w+)\((?P<arguments>[^;]*)\);"
    r")",
    re.S | re.M,
)
_ROW_MACRO = re.compile(r"#define (\w+)\((.*?)\) (.*)")
_LIMITS = "DICREC_LIMITS"
_VERSION = "DICREC_VERSION_"


class Headers:
    """What was read so far; `description()` is all of it."""

    def __init__(self):
        self.enums, self.lists, self.structs, self.functions, self.handles, self.macros = [], [], [], [], [], []
        self._known, self._aliases, self._function_comment = {}, {}, None
        self._layouts = Layouts(self._aliases)
        self._limits = []

    def read(self, name, text):
        """Add a header."""
        _refuse_others(name, text)
        for match in _ITEM.finditer(text):
            doc = match["doc"] or ""
            if match["struct"]:
                self._add_struct(name, match["struct"], doc, fields(match["fields"]))
            elif match["handle"]:
                self.handles.append({"name": match["handle"], "header": name, "doc": text_of(doc)})
            elif match["alias"]:
                self._aliases[match["alias"]] = match["of"]
            elif match["enum"]:
                self._add_enum(name, doc, match["enum"])
            elif match["list"]:
                self._add_list(name, match["list"], doc, rows(match["rows"]))
            elif match["macro"]:
                self._add_macro(name, match["macro"], doc, match["value"])
            else:
                self._add_function(name, match, doc)

    def _add_macro(self, header, name, doc, value):
        try:
            self._known[name] = number(value, self._known)
        except ValueError:
            return  # not a number
        if not name.startswith(_VERSION):
            # One right after another shares its comment.
            text = text_of(doc) or (self.macros[-1]["doc"] if self.macros else "")
            self.macros.append({"name": name, "header": header, "value": self._known[name], "doc": text})

    def _add_list(self, header, name, doc, entries):
        if name == _LIMITS:
            self._limits = entries
        else:
            self.lists.append({"name": name, "header": header, "doc": text_of(doc), "columns": [], "rows": entries})

    def _add_enum(self, header, doc, body):
        listed = re.search(r"(DICREC_\w+)\((\w+)\)\n", body)
        if listed:
            name = listed[1][: -len("_LIST")]
            found = self._listed_constants(body, *listed.groups())
        else:
            found = [(constant, value, text_of(text), None) for constant, value, text in constants(body)]
            name = _common_name([constant for constant, *_ in found])
        values, following = [], 0
        for constant, value, text, word in found:
            following = following if value is None else number(value, self._known)
            self._known[constant] = following
            word = word or constant[len(name) + 1 :].lower().replace("_", " ")
            values.append({"name": constant, "value": following, "word": word, "doc": text})
            following += 1
        doc = text_of(doc) or (self._list_doc(listed[1]) if listed else "")
        self.enums.append({"name": name, "header": header, "doc": doc, "constants": values})

    def _list_doc(self, name):
        """What a list says, less how its constants begin and what its columns are."""
        return next(entry["doc"] for entry in self.lists if entry["name"] == name).split(", DICREC_")[0] + "."

    def _listed_constants(self, body, list_name, macro):
        """(name, value, meaning, word) of each row of a list, as the enum's own macro takes it."""
        _, columns, template = next(m.groups() for m in _ROW_MACRO.finditer(body) if m[1] == macro)
        table = next(entry for entry in self.lists if entry["name"] == list_name)
        table["columns"] = [column.strip() for column in columns.split(",")]
        for row in table["rows"]:
            row[:] = [unquoted(cell) for cell in row]
            cells = dict(zip(table["columns"], row))
            constant, value = re.match(r"(\w+)##name = (\w+)", template.strip()).groups()
            yield constant + cells["name"], cells[value], cells.get("text", ""), cells.get("word", cells["name"])

    def _add_struct(self, header, name, doc, found):
        size, places = self._layouts.add(name, [self._sized(kind) for _, kind, _ in found])
        described = []
        for (field, kind, comment), (offset, field_size) in zip(found, places):
            entry = {"name": field, "type": kind, "offset": offset, "size": field_size, "doc": text_of(comment)}
            enum = re.search(r"\b(DICREC_[A-Z]+)_\*", comment)
            if enum:
                entry["enum"] = enum[1]
            if _is_quantity(kind):
                _add_present(entry, shape=shape_of(entry["doc"]), unit=unit_of(field, entry["doc"]))
            described.append(entry)
        self.structs.append({"name": name, "header": header, "doc": text_of(doc), "size": size, "fields": described})

    def _sized(self, kind):
        """A type whose array has a number for its length."""
        return re.sub(r"\[(\w+)\]", lambda match: "[%d]" % number(match[1], self._known), kind)

    def _add_function(self, header, match, doc):
        # A declaration right after another shares its comment.
        comment = self._function_comment = FunctionComment(doc) if doc else self._function_comment
        result = match["returns"].strip()
        self.functions.append(
            {
                "name": match["function"],
                "header": header,
                "doc": comment.text,
                "arguments": [
                    _argument(name, kind, comment.arguments.get(name, ""))
                    for name, kind in arguments(match["arguments"])
                ],
                "returns": {"type": result, "doc": comment.returns},
                "statuses": comment.statuses() if result == "dicrec_status" else [],
                "threads": comment.threads,
                "since": comment.since,
            }
        )

    def _apply_limits(self):
        structs = {struct["name"]: {field["name"]: field for field in struct["fields"]} for struct in self.structs}
        for options, name, *numbers, unit in self._limits:
            field = structs["dicrec_%s_options" % options][name]
            default, least, most = (_typed(number(text, self._known), field["type"]) for text in numbers)
            is_chosen = not least <= default <= most  # by other means, which the comment tells
            field.update(default=None if is_chosen else default, least=least, most=most)
            _add_present(field, unit=unquoted(unit))

    def description(self):
        """All of it, in the order of the headers."""
        self._apply_limits()
        return {
            "version": ".".join(str(self._known[_VERSION + part]) for part in ("MAJOR", "MINOR", "PATCH")),
            "pointer_size": POINTER_SIZE,
            "types": self._aliases,
            "handles": self.handles,
            "macros": self.macros,
            "enums": self.enums,
            "lists": self.lists,
            "structs": self.structs,
            "functions": self.functions,
        }


def _refuse_others(name, text):
    """Nothing but preprocessor lines may stand beside the declarations that are understood."""
    rest = re.sub(r"/\*.*?\*/", "", _ITEM.sub("", text), flags=re.S)
    rest = re.sub(r'^#(?:[^\n]*\\\n)*[^\n]*$|^extern "C" \{$|^\}$', "", rest, flags=re.M).strip()
    if rest:
        raise SystemExit("%s: this declaration is not understood: %s" % (name, rest.splitlines()[0]))


def _common_name(names):
    return names[0] if len(names) == 1 else os.path.commonprefix(names).rpartition("_")[0]


def _is_quantity(kind):
    return "double" in kind or "int" in kind and "(*)" not in kind


def _typed(value, kind):
    return value if kind == "double" else int(value)


def _add_present(entry, **values):
    entry.update({key: value for key, value in values.items() if value})


def _argument(name, kind, doc):
    is_written = "*" in kind and re.search(r"\b(receives|written)\b", doc, re.I) is not None
    is_read = "the caller sets" in doc or not is_written
    direction = {(True, False): "in", (False, True): "out", (True, True): "in, out"}[is_read, is_written]
    argument = {"name": name, "type": kind, "direction": direction, "doc": doc}
    _add_present(argument, shape=shape_of(doc), unit=unit_of(name, doc) if _is_quantity(kind) else None)
    return argument


def described(folder):
    """The description of the headers in a folder, in the order in which dicrec.h includes them."""
    headers, seen = Headers(), set()

    def read(path):
        if path in seen:
            return
        seen.add(path)
        text = path.read_text(encoding="utf-8")
        for included in re.findall(r'^#include "(.*?)"', text, re.M):
            read((path.parent / included).resolve())
        headers.read(path.name, text)

    read((folder / "dicrec.h").resolve())
    return headers.description()
