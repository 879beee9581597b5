# SPDX-License-Identifier: MIT
"""Doc comments: what they say of a function, an argument or a field."""

import re

_UNIT = re.compile(r"(?<![\w/])(mS/cm2|uA/cm2|cm2/mS|1/ms|mV|ms|Hz|uM)(?![\w/])")
_SUFFIXES = {"_ms": "ms", "_mv": "mV", "_hz": "Hz", "_s": "s", "_bytes": "bytes"}
_THREADS = re.compile(r"Threads:\s+([^.]*)\.")
_SINCE = re.compile(r"Since\s+(\d+\.\d+)\.")
_STATUS = re.compile(r"\b(OK|[WE]_[A-Z]+)\b")


def _bare(comment):
    """The lines of a comment without their stars."""
    return "\n".join(re.sub(r"^\s*\*? ?", "", line).rstrip() for line in comment.strip().splitlines())


def text_of(comment):
    """The words of a comment; paragraphs stay lines of their own."""
    paragraphs = re.split(r"\n\s*\n", _bare(comment))
    return "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip())


def unit_of(name, text):
    """Unit of a quantity: what its name ends with, else the only unit that its text names; or None."""
    for suffix, unit in _SUFFIXES.items():
        if name.endswith(suffix) and name != "g_s":  # the slow DIC, which has none
            return unit
    named = set(_UNIT.findall(text))
    return named.pop() if len(named) == 1 else None


def shape_of(text):
    """Dimensions that a text begins with, "[n][2], ...": ["n", "2"]."""
    return re.findall(r"\[([^\]]+)\]", re.match(r"(?:\[[^\]]+\])*", text)[0])


class FunctionComment:
    """The parts of a function's comment."""

    def __init__(self, comment):
        comment = _bare(comment)
        threads, since = _THREADS.search(comment), _SINCE.search(comment)
        self.threads = threads and " ".join(threads[1].split())
        self.since = since and since[1]
        tagged = re.split(r"^@(param|return)\s+", _SINCE.sub("", _THREADS.sub("", comment)), flags=re.M)
        self.text = text_of(tagged[0])
        self.returns, self.arguments = "", {}
        for tag, words in zip(tagged[1::2], map(text_of, tagged[2::2])):
            if tag == "return":
                self.returns = words
            else:
                name, self.arguments[name] = words.split(None, 1)[0], words.split(None, 1)[1]

    def statuses(self):
        """Names of the statuses that the call answers, as its @return lists them."""
        return list(dict.fromkeys(_STATUS.findall(self.returns)))
