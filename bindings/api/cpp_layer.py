# SPDX-License-Identifier: MIT
"""Constants, options and records for C++: what bindings/cpp/dicrec/cpp holds that is not written by hand."""

import re
import textwrap

_WIDTH = 120
_HEAD = """/* SPDX-License-Identifier: MIT */
/**
 * @file %s
 * %s Made of the public headers by bindings/api/describe.py.
 */
#ifndef %s
#define %s

%s
namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {
"""
_TAIL = """
} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
"""
#: Enumerations whose plain name means something else in programs that say `using namespace dicrec`.
_ENUMS = {"log": "log_level", "time": "time_unit", "dic": "dic_column"}
_KEYWORDS = {"auto"}
#: What a caller of C++ never sees: the size and what is reserved are filled here.
_HIDDEN = {"struct_size", "reserved"}


def _enum_name(c_name):
    short = c_name[len("DICREC_") :].lower()
    return _ENUMS.get(short, short)


def _constant_name(enum, constant):
    prefix = "DICREC_" if enum["name"] == "DICREC_STATUS" else enum["name"] + "_"
    short = constant["name"][len(prefix) :].lower()
    return short + "_" if short in _KEYWORDS else short


def _struct_name(c_name):
    return c_name[len("dicrec_") :]


def _comment(text, indent=""):
    """A comment in front of what it is of, on one line if it fits."""
    text = re.sub(r",? ?NULL only if n_\w+ is 0\.?", "", text)
    text = re.sub(r"\bDICREC_([A-Z]+)_\*", lambda match: "dicrec::" + _enum_name("DICREC_" + match[1]), text)
    text = re.sub(r", or NULL\b", "", text).replace("NULL", "empty").strip().rstrip(".")
    if re.match(r"[a-z]\w*(?![\w:(])", text) and "_" not in text.split()[0]:
        text = text[0].upper() + text[1:]
    line = "%s/** %s. */" % (indent, text)
    if len(line) <= _WIDTH:
        return line + "\n"
    lines = textwrap.wrap(text + ".", _WIDTH - len(indent) - 3, break_on_hyphens=False)
    return "\n".join([indent + "/**", *("%s * %s" % (indent, one) for one in lines), indent + " */"]) + "\n"


def _enum(entry):
    yield "\n" + _comment(entry["doc"].split("\n")[0])
    yield "enum class %s : std::int32_t {\n" % _enum_name(entry["name"])
    for constant in entry["constants"]:
        if constant["name"] != "DICREC_DIC_COUNT":
            yield _comment(constant["doc"], "  ")
            yield "  %s = %s,\n" % (_constant_name(entry, constant), constant["name"])
    yield "};\n"


def _words(entry, functions):
    """Functions that answer the words and meanings of a value."""
    name = _enum_name(entry["name"])
    for what, doc in (("name", "Name"), ("text", "Meaning in a line")):
        c_function = "%s_%s" % (entry["name"].lower(), what)
        if c_function in functions:
            yield '\n/** %s of a value; "" or a word for others if it is not known. */\n' % doc
            yield "inline std::string_view %s(%s value) noexcept {\n" % (what, name)
            kind = functions[c_function]["arguments"][0]["type"].replace("dicrec_status", "int32_t")
            yield "  return detail::view(%s(static_cast<std::%s>(value)));\n}\n" % (c_function, kind)


def constants(description):
    functions = {function["name"]: function for function in description["functions"]}
    enums = [entry for entry in description["enums"] if len(entry["constants"]) > 1]
    return "".join(
        [
            _head(
                "constants.hpp",
                "The constants as enumerations of their own, and their words.",
                ["cstdint", "string_view"],
                ["c_struct", "config"],
            ),
            *(part for entry in enums for part in (*_enum(entry), *_words(entry, functions))),
            _TAIL,
        ]
    )


def _head(name, doc, standard, own):
    guard = "DICREC_CPP_%s" % name.upper().replace(".", "_")
    groups = ["dicrec.h"], standard, ['"%s.hpp"' % one for one in own]
    lines = (
        "#include %s\n" % (one if one.startswith('"') else "<%s>" % one) for group in groups for one in (*group, "")
    )
    includes = "".join(lines).replace("#include <>\n", "\n").rstrip("\n") + "\n"
    return _HEAD % (name, doc, guard, guard, includes)


class _Field:
    """A field as C++ has it: its type, its default, and how it becomes the field of the C struct."""

    def __init__(self, field, struct):
        self.name, self.doc, self._kind = field["name"], field["doc"], field["type"]
        self._shape, self._enum = field.get("shape", []), field.get("enum")
        self._names = {other["name"] for other in struct["fields"]}
        self.is_array = "*" in self._kind and not self.nested and self._element != "char"

    @property
    def nested(self):
        return "_options" in self._kind

    @property
    def _element(self):
        return re.sub(r"\bconst\b|\*", "", self._kind).strip()

    @property
    def is_flag(self):
        return self._kind == "int32_t" and self.doc.startswith("1: ")

    @property
    def is_enum(self):
        return bool(self._enum) and self._kind == "int32_t" and "or-ed" not in self.doc

    @property
    def is_matrix(self):
        return len(self._shape) == 2 and not self._shape[1].isdigit()

    @property
    def told(self):
        """What the comment says, in the words of C++."""
        return re.sub(r"\b0: ", "false: ", self.doc.replace("1: ", "true: ", 1)) if self.is_flag else self.doc

    @property
    def cpp_type(self):
        if self.nested:
            return _struct_name(self._element)
        if self._element == "char":
            return "std::string"
        if self.is_matrix:
            return "dicrec::matrix"
        if self.is_array:
            element = {"void": "unsigned char"}.get(self._element, self._qualified(self._element))
            is_rows = len(self._shape) == 2
            return "std::vector<%s>" % ("std::array<%s, %s>" % (element, self._shape[1]) if is_rows else element)
        if self.is_flag:
            return "bool"
        return "dicrec::" + _enum_name(self._enum) if self.is_enum else self._qualified(self._kind)

    @staticmethod
    def _qualified(kind):
        return kind if kind == "double" else "std::" + kind

    def default(self, defaults):
        if self.is_array or self.nested or self._element == "char":
            return "{}"
        return " = " + self.from_c(defaults + "." + self.name)

    def from_c(self, value):
        if self.is_flag:
            return value + " != 0"
        return "static_cast<%s>(%s)" % (self.cpp_type, value) if self.is_enum else value

    def to_c(self, value):
        if self._element == "char":
            return "%s.empty() ? nullptr : %s.c_str()" % (value, value)
        if self.is_array:
            return "detail::data_of(%s)" % value
        return (
            "static_cast<std::int32_t>(%s)" % value if self.is_enum else "%s ? 1 : 0" % value if self.is_flag else value
        )

    def counts(self, count):
        """How this array tells the count of a field, or None."""
        if not self.is_array or count not in (*self._shape, self.name.replace("_data", "_size")):
            return None
        if count in self._shape[1:]:
            return "from.%s.columns()" % self.name if self.is_matrix else None
        return "detail::count_of(from.%s)" % self.name


def _split(struct):
    """Fields that C++ shows, and the counts that its arrays know: (name, type, expression)."""
    fields = [_Field(field, struct) for field in struct["fields"] if field["name"] not in _HIDDEN]
    shown, counts = [], []
    for field, entry in zip(fields, [f for f in struct["fields"] if f["name"] not in _HIDDEN]):
        known = [text for text in (other.counts(field.name) for other in fields) if text]
        if known and "*" not in entry["type"]:
            counts.append((field.name, entry["type"], known[0]))
        else:
            shown.append(field)
    return shown, counts


def _options(struct):
    c_name, name = struct["name"], _struct_name(struct["name"])
    shown, counts = _split(struct)
    yield "\nnamespace detail {\ninline const %s &default_%s() noexcept {\n" % (c_name, name)
    yield "  static const auto defaults = initialised<%s>(%s_init);\n  return defaults;\n}\n" % (c_name, c_name)
    yield "} // namespace detail\n\n" + _comment(struct["doc"].split(";")[0])
    yield "struct %s {\n" % name
    for field in shown:
        yield _comment(field.told, "  ")
        yield "  %s %s%s;\n" % (field.cpp_type, field.name, field.default("detail::default_%s()" % name))
    yield "};\n"
    yield from _view(c_name, name, shown, counts)


def _constructor(signature, members):
    line = "  explicit %s : %s {" % (signature, ", ".join(members))
    if len(line) > _WIDTH:
        options = {"initial_indent": "      : ", "subsequent_indent": "        "}
        line = "  explicit %s\n%s" % (
            signature,
            textwrap.fill(", ".join(members) + "@{", _WIDTH, **options).replace("@{", " {"),
        )
    return line + "\n"


def _view(c_name, name, shown, counts):
    """The C struct that points into the options, as long as both live."""
    nested = [field.name for field in shown if field.nested]
    members = ["%s_(from.%s)" % (field, field) for field in nested] + ["c_(default_%s())" % name]
    yield "\nnamespace detail {\nclass %s_view {\npublic:\n" % name
    yield _constructor("%s_view(const %s &from)" % (name, name), members)
    for field in shown:
        value = field.name + "_.get()" if field.nested else field.to_c("from." + field.name)
        yield "    c_.%s = %s;\n" % (field.name, value)
    for count, kind, expression in counts:
        yield "    c_.%s = static_cast<%s>(%s);\n" % (count, _Field._qualified(kind), expression)
    yield "  }\n  %s_view(const %s_view &) = delete;\n" % (name, name)
    yield "  %s_view &operator=(const %s_view &) = delete;\n" % (name, name)
    yield "  %s *get() noexcept { return &c_; }\n\nprivate:\n" % c_name
    for field in shown:
        if field.nested:
            yield "  %s_view %s_;\n" % (field.cpp_type, field.name)
    yield "  %s c_;\n};\n} // namespace detail\n" % c_name


def options(description):
    structs = [s for s in description["structs"] if _is_input(s) and s["name"] != "dicrec_context_options"]
    return "".join(
        [
            _head(
                "options.hpp",
                "The options of calls, with the library's defaults.",
                ["array", "cstdint", "string", "vector"],
                ["c_struct", "config", "constants", "matrix"],
            ),
            *(part for struct in structs for part in _options(struct)),
            _TAIL,
        ]
    )


def _record(struct):
    c_name, name = struct["name"], _struct_name(struct["name"])
    shown, _ = _split(struct)
    yield "\n" + _comment(struct["doc"]) + "struct %s {\n" % name
    for field in shown:
        yield _comment(field.told, "  ") + "  %s %s{};\n" % (field.cpp_type, field.name)
    yield "};\n\nnamespace detail {\ninline %s from_c(const %s &c) noexcept {\n  %s record;\n" % (name, c_name, name)
    for field in shown:
        yield "  record.%s = %s;\n" % (field.name, field.from_c("c." + field.name))
    yield "  return record;\n}\n} // namespace detail\n"


def records(description):
    structs = [struct for struct in description["structs"] if not _is_input(struct)]
    return "".join(
        [
            _head("records.hpp", "What calls tell in structs.", ["cstdint"], ["c_struct", "config", "constants"]),
            *(part for struct in structs for part in _record(struct)),
            _TAIL,
        ]
    )


def _is_input(struct):
    return struct["name"].endswith("_options") or struct["name"] == "dicrec_mixture"


#: What is written, by its path below bindings/cpp/dicrec/cpp.
PRODUCTS = {"constants.hpp": constants, "options.hpp": options, "records.hpp": records}
