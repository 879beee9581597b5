# SPDX-License-Identifier: MIT
"""Fields of options and results by their names, for C: what bindings/scripting/field_table.h holds."""

import re

_HEAD = """/* SPDX-License-Identifier: MIT */
/**
 * @file field_table.h
 * Fields of options and results by their names. Made of the public headers by bindings/api/describe.py.
 */
#ifndef DICREC_FIELD_TABLE_H
#define DICREC_FIELD_TABLE_H

#include <dicrec.h>
#include <stddef.h>

#include "named_fields.h"

/* clang-format off */
"""
_KINDS = {
    "int32_t": "FIELD_INT32",
    "int64_t": "FIELD_INT64",
    "uint64_t": "FIELD_UINT64",
    "double": "FIELD_DOUBLE",
    "const char *": "FIELD_TEXT",
    "const double *": "FIELD_DOUBLES",
    "const uint64_t *": "FIELD_COUNTS",
}
_ARRAYS = ("FIELD_DOUBLES", "FIELD_COUNTS")
_NOT_FOR_USERS = re.compile("reserved|.*_size")


def _count_of(field, fields):
    """The field that counts the rows of an array; "" if it has one for each member; None if it cannot be told."""
    counts = [other["name"] for other in fields if other["type"] == "uint64_t"]
    rows, *columns = field.get("shape", [""])
    if columns not in ([], ["2"]):
        return None
    if rows in counts:
        return rows
    return "" if rows == "n" else None


def _row(struct, field, enums):
    kind = _KINDS.get(field["type"])
    if kind is None or _NOT_FOR_USERS.fullmatch(field["name"]):
        return None
    words = "%s_WORDS" % field["enum"][len("DICREC_") :] if field.get("enum") in enums else "NULL"
    count, columns = "", 0
    if kind in _ARRAYS:
        count, columns = _count_of(field, struct["fields"]), len(field.get("shape", []))
        if count is None:
            return None
    place, counter = ("offsetof(%s, %s)" % (struct["name"], name) if name else "0" for name in (field["name"], count))
    return '    {"%s", %s, %s, %s, %s, %d},\n' % (field["name"], place, kind, words, counter, columns)


def _table(struct, enums):
    counted = {field.get("shape", [""])[0] for field in struct["fields"]}
    rows = [_row(struct, field, enums) for field in struct["fields"] if field["name"] not in counted]
    name = struct["name"][len("dicrec_") :].upper()
    return "\nstatic const named_field %s[] = {\n%s    {0},\n};\n" % (name, "".join(row for row in rows if row))


def _structs(structs):
    names = [struct["name"][len("dicrec_") :] for struct in structs]
    rows = "".join('    {"%s", %s},\n' % (name, name.upper()) for name in names)
    return "\nstatic const named_struct NAMED_STRUCTS[] = {\n%s    {0},\n};\n" % rows


def _words(entry):
    rows = "".join('    {"%s", %d},\n' % (c["word"], c["value"]) for c in entry["constants"])
    return "\nstatic const field_word %s_WORDS[] = {\n%s    {0},\n};\n" % (entry["name"][len("DICREC_") :], rows)


def text(description):
    structs = [s for s in description["structs"] if re.search("(_options|_report|_statistics)$", s["name"])]
    structs = [s for s in structs if "context" not in s["name"]]
    used = {field.get("enum") for struct in structs for field in struct["fields"]} - {None, "DICREC_REMARK"}
    enums = [entry for entry in description["enums"] if entry["name"] in used]
    names = {entry["name"] for entry in enums}
    body = [*map(_words, enums), *(_table(struct, names) for struct in structs), _structs(structs)]
    return _HEAD + "".join(body) + "/* clang-format on */\n\n#endif\n"
