# SPDX-License-Identifier: MIT
"""C declarations as the public headers write them: functions, fields, enums and lists of rows."""

import json
import re

_FIELD = re.compile(r"/\*\*<(?P<after>.*?)\*/|/\*\*(?P<before>.*?)\*/|(?P<code>[^;/]+);", re.S)
_CONSTANT = re.compile(
    r"(?P<name>\w+)\s*(?:=\s*(?P<value>[^,/}]+?))?\s*(?:,|(?=/\*\*<)|\Z)\s*(?:/\*\*<(?P<doc>.*?)\*/)?", re.S
)


def declared(code):
    """(name, C type) of a field or an argument; of a pointer to a function the type has no name: `int32_t (*)(int)`."""
    code = " ".join(code.split())
    callback = re.match(r"(.*\(\*)(\w+)(\)\(.*\))$", code)
    if callback:
        return callback[2], callback[1] + callback[3]
    kind, name, array = re.match(r"(.*?)(\w+)((?:\[\w*\])*)$", code).groups()
    return name, kind.strip() + array


def arguments(code):
    """(name, C type) of each argument of a function."""
    code = " ".join(code.split())
    return [] if code == "void" else [declared(argument) for argument in split(code)]


def fields(body):
    """(name, C type, comment) of each field of a struct."""
    found, before = [], ""
    for match in _FIELD.finditer(body):
        if match["code"] is not None:
            found.append([*declared(match["code"]), before])
            before = ""
        elif match["before"] is not None:
            before = match["before"]
        else:
            found[-1][2] = match["after"]
    return [tuple(field) for field in found]


def constants(body):
    """(name, value or None, comment) of each constant of an enum without macros."""
    return [(m["name"], m["value"], m["doc"] or "") for m in _CONSTANT.finditer(body.strip()) if m["name"]]


def split(code):
    """Parts between the commas that stand outside strings and parentheses."""
    parts, depth, quoted, part = [], 0, False, ""
    for character in code:
        quoted ^= character == '"' and not part.endswith("\\")
        depth += 0 if quoted else (character in "([") - (character in ")]")
        if character == "," and depth == 0 and not quoted:
            parts.append(part.strip())
            part = ""
        else:
            part += character
    return [*parts, part.strip()]


def rows(body):
    """Arguments of each X(...) in the body of a list."""
    body, found = re.sub(r"\\\n", " ", body), []
    for start in (match.end() for match in re.finditer(r"\bX\(", body)):
        depth, quoted, end = 1, False, start
        while depth:
            quoted ^= body[end] == '"' and body[end - 1] != "\\"
            depth += 0 if quoted else (body[end] == "(") - (body[end] == ")")
            end += 1
        found.append(split(body[start : end - 1]))
    return found


def unquoted(cell):
    """What the strings of a row's cell say, or the cell itself."""
    strings = re.findall(r'"(?:[^"\\]|\\.)*"', cell)
    return "".join(map(json.loads, strings)) if strings else cell


def number(text, known):
    """Value of a constant: a number, a name in `known`, or the negative of either."""
    text = text.strip().strip("()")
    if text.startswith("-"):
        return -number(text[1:], known)
    if text in known:
        return known[text]
    shift = re.match(r"(\w+) << (\w+)$", text)
    if shift:
        return number(shift[1], known) << number(shift[2], known)
    text = re.sub(r"(?<=[0-9])[uUlL]+$", "", text)
    try:
        return int(text, 0)
    except ValueError:
        return float(text)
