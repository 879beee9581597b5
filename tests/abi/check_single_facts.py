# SPDX-License-Identifier: MIT
"""No default, limit, word or version of the interface is written a second time.

Each stands in a public header: numbers in limits.h, words in the X lists, the version in version.h. Whatever else shows
them is made of the headers or asks the library. A line of headers, sources, bindings or documents is wrong if

- it names an option (`max_drawn`, `--max-drawn`; `dt_ms`, `dt`) and its default or one of its limits,
- it names what a constant of limits.h bounds (conductance, current, time scale, ...) and the constant's value,
- it says "default" and a number right after,
- it lists words of one enumeration: two side by side in quotes, code marks or with bars, or three in plain text,
- it states the version of the library or the number of its ABI.

The numbers -1, 0 and 1 are everyone's.

Usage: check_single_facts.py SOURCE_FOLDER
"""

import json
import pathlib
import re
import sys

PLACES = ("include", "lib", "bindings", "docs", "README.md", "meson.build")
SUFFIXES = {".h", ".c", ".hpp", ".cpp", ".py", ".md", ".build", ".txt", ".toml", ".sh", ".in", ".map", ".jl"}
MADE = {
    "bindings/api/dicrec.json",
    "bindings/julia/Project.toml",
    "bindings/julia/src/api.jl",
    "bindings/python/dicrec/_api.py",
    "bindings/cpp/dicrec/cpp/constants.hpp",
    "bindings/cpp/dicrec/cpp/options.hpp",
    "bindings/cpp/dicrec/cpp/records.hpp",
    "lib/dicrec.map",
    "docs/options.md",
    "docs/status.md",
    "docs/commands.md",  # of the program's help
}
RECORD = re.compile(r"^- trained_with: ")  # a model card says which version made the weights
COMMON = {-1.0, 0.0, 1.0}
NUMBER = re.compile(r"(?<![\w.,^])-?(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?(?:[eE]-?\d+)?)(?![\w^]|\.\d|,\d{3})")
DEFAULT = re.compile(r"\b[Dd]efaults?(?: is| are| of|:)? (%s)" % NUMBER.pattern.replace("(?<![\\w.,^])", ""))


def numbers(text):
    """Values of the numbers in a text; of 1.5 % also 0.015."""
    found = [(float(match[0].replace(",", "")), text[match.end() :].lstrip()) for match in NUMBER.finditer(text)]
    return {value for value, _ in found} | {value / 100 for value, rest in found if rest.startswith("%")}


def spelled(name):
    """Pattern of an option's name as C, the program and documents write it, with or without its unit."""
    stem = re.sub(r"_(ms|mv|s|bytes)$", "", name)
    names = {name, stem if len(stem) > 3 else name}
    return re.compile(r"(?<![\w-])(?:--)?(?:%s)(?![\w])" % "|".join(re.sub("_", "[_-]", one) for one in sorted(names)))


def bounded(macro):
    """Pattern of what a constant bounds, from its name: DICREC_MAX_TIME_SCALE is about time scales."""
    nouns = [part.lower() for part in macro.split("_")[1:] if part not in ("MAX", "LEAST", "MOST", "MV", "MS")]
    return re.compile(r"(?<![a-z])" + "[ _-]".join(nouns).rstrip("s"), re.I)


class Facts:
    """What the headers say, ready to be looked for in a line."""

    def __init__(self, description):
        fields = [field for struct in description["structs"] for field in struct["fields"] if "least" in field]
        self.options, self.lists = {}, []
        for field in fields:
            if "enum" not in field:
                values = {float(field[key]) for key in ("default", "least", "most") if field[key] is not None}
                self.options.setdefault(field["name"], set()).update(values - COMMON)
        self.options = {name: (spelled(name), values) for name, values in self.options.items()}
        macros = [macro for macro in description["macros"] if macro["header"] == "limits.h"]
        self.constants = {macro["name"]: (bounded(macro["name"]), {float(macro["value"])} - COMMON) for macro in macros}
        for entry in description["enums"]:
            words = [re.escape(constant["word"]) for constant in entry["constants"]]
            if entry["name"] + "_LIST" in {a["name"] for a in description["lists"] if "word" in a["columns"]}:
                word = "(?:%s)" % "|".join(words)
                self.lists.append((entry["name"], re.compile(word), re.compile(self._listed(word))))
        abi = next(macro["value"] for macro in description["macros"] if macro["name"] == "DICREC_ABI_VERSION")
        self.version = re.compile(r"(?<![\d.])%s(?![\d.])|\.so\.%d\b" % (re.escape(description["version"]), abi))

    @staticmethod
    def _listed(word):
        marked = r"(?P<mark>[\"'`]{1,2})%s(?P=mark)(?:, | or | and |, or |: \w+, ?)(?P=mark)%s(?P=mark)" % (word, word)
        barred = r"\b%s\\?\|%s\b" % (word, word)
        plain = r"\b%s(?:, %s)+,? (?:or |and )?%s\b|\b%s, %s, %s\b" % ((word,) * 6)
        return "|".join((marked, barred, plain))

    def repeated(self, line):
        """What a line repeats."""
        found = numbers(line)
        for name, (pattern, values) in {**self.options, **self.constants}.items():
            if found & values and pattern.search(line):
                yield "%s: %s" % (name, ", ".join("%g" % value for value in sorted(found & values)))
        for match in DEFAULT.finditer(line):
            if float(match[1].replace(",", "")) not in COMMON:
                yield "a default: " + match[1]
        for name, word, pattern in self.lists:
            for match in pattern.finditer(line):
                if len(set(word.findall(match[0]))) > 1:
                    yield "words of %s: %s" % (name, match[0])
        if self.version.search(line):
            yield "the version"


def sources(root):
    """Files that people write, with their paths below the root."""
    for place in PLACES:
        paths = [root / place] if (root / place).is_file() else sorted((root / place).rglob("*"))
        for path in paths:
            short = path.relative_to(root).as_posix()
            if path.suffix in SUFFIXES and short not in MADE and "/weights/" not in short:
                yield path, short


def is_the_place(short, line):
    return short == "include/dicrec/limits.h" or short.startswith("include/") and re.match(r"\s+X\(", line)


def main(source):
    root = pathlib.Path(source)
    facts = Facts(json.loads((root / "bindings" / "api" / "dicrec.json").read_text(encoding="utf-8")))
    count = 0
    for path, short in sources(root):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not is_the_place(short, line) and not RECORD.match(line):
                for what in facts.repeated(line):
                    count += 1
                    print("%s:%d: %s\n    %s" % (short, number, what, line.strip()))
    print("%d facts stand twice" % count)
    return int(count > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
