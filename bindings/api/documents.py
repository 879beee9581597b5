# SPDX-License-Identifier: MIT
"""Tables in the documents, each between the comments `made of the headers: NAME` and `end`."""

import re

PATHS = ("docs/options.md", "docs/status.md")
_BLOCK = re.compile(r"(<!-- made of the headers: (\w+) -->\n).*?(<!-- end -->)", re.S)


def _table(heads, rows):
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join("| %s |\n" % " | ".join(str(cell).replace("|", "\\|") for cell in line) for line in lines)


def number(value):
    """A number as people write it: 10,000 and 0.015, 1e8."""
    if abs(value) >= 10**7 and float("%g" % value) == value:
        return ("%g" % value).replace("e+0", "e").replace("e+", "e")
    if value == int(value):
        return "{:,}".format(int(value))
    return ("%.12g" % value).replace("e-0", "e-")


def _statuses(description):
    entry = next(entry for entry in description["enums"] if entry["name"] == "DICREC_STATUS")
    rows = [("`%s`" % c["word"], c["value"], c["doc"]) for c in entry["constants"]]
    return _table(["name", "value", "meaning"], rows)


def _enums(description):
    parts = []
    for entry in description["enums"]:
        if entry["name"] != "DICREC_STATUS":
            rows = [("`%s`" % c["name"], c["value"], c["doc"]) for c in entry["constants"]]
            title = entry["name"] if len(entry["constants"]) == 1 else entry["name"] + "_*"
            parts.append("\n### %s\n\n%s\n\n" % (title, entry["doc"]) + _table(["constant", "value", "meaning"], rows))
    return "".join(parts) + "\n"


def _default(field, words):
    if "default" not in field:
        return "NULL" if "*" in field["type"] else 0
    if field["default"] is None:
        return ""
    return "`%s`" % words[field["default"]] if words else number(field["default"])


def _allowed(field, words):
    if words:
        return "[%s_*](#%s_)" % (field["enum"], field["enum"].lower())
    if "least" not in field:
        return ""
    ends = number(field["least"]), number(field["most"])
    return (
        "%s, %s" % ends if field["least"] == 0 and field["most"] == 1 and "int" in field["type"] else "%s to %s" % ends
    )


def _options(description):
    constants = {entry["name"]: {c["value"]: c["name"] for c in entry["constants"]} for entry in description["enums"]}
    parts = []
    for struct in description["structs"]:
        if not struct["name"].endswith("_options"):
            continue
        rows = []
        for field in struct["fields"]:
            if field["name"] in ("struct_size", "reserved"):
                continue
            words = constants.get(field.get("enum"), {}) if "*" not in field["type"] else {}
            cells = _default(field, words), _allowed(field, words), field.get("unit", ""), field["doc"]
            rows.append(("`%s`" % field["name"], "`%s`" % field["type"], *cells))
        heads = ["field", "type", "default", "allowed", "unit", "meaning"]
        parts.append("\n## %s\n\n%s\n\n" % (struct["name"], struct["doc"]) + _table(heads, rows))
    return "".join(parts) + "\n"


def _limits(description):
    rows = [
        ("`%s`" % m["name"], number(m["value"]), m["doc"]) for m in description["macros"] if m["header"] == "limits.h"
    ]
    return _table(["constant", "value", "meaning"], rows)


_TABLES = {"limits": _limits, "statuses": _statuses, "enums": _enums, "options": _options}


def filled(text, description):
    """A document with its tables made anew."""
    return _BLOCK.sub(lambda match: match[1] + _TABLES[match[2]](description) + match[3], text)
