# SPDX-License-Identifier: MIT
"""Sizes and offsets of structs where pointers have 64 bits; a test compares them with what a compiler makes."""

import re

POINTER_SIZE = 8
_SIZES = {
    "char": 1,
    "int8_t": 1,
    "uint8_t": 1,
    "int32_t": 4,
    "uint32_t": 4,
    "float": 4,
    "int64_t": 8,
    "uint64_t": 8,
    "double": 8,
    "size_t": 8,
}


def _aligned(offset, alignment):
    return -(-offset // alignment) * alignment


class Layouts:
    """Layouts of the structs that were added, by their names; `aliases` are the typedefs of plain types."""

    def __init__(self, aliases):
        self._aliases = aliases
        self._structs = {}

    def _of(self, type_name):
        """(size, alignment) of a type without its array."""
        if "*" in type_name:
            return POINTER_SIZE, POINTER_SIZE
        name = type_name.replace("const ", "").strip()
        name = self._aliases.get(name, name)
        if name in self._structs:
            return self._structs[name]
        return _SIZES[name], _SIZES[name]

    def add(self, name, types):
        """Place fields of these C types.

        Returns
        -------
        (int, list of (int, int))
            Size of the struct; offset and size of each field.
        """
        offset, widest, places = 0, 1, []
        for type_name in types:
            element, *lengths = re.split(r"[\[\]]+", type_name.rstrip("]"))
            size, alignment = self._of(element)
            for length in lengths:
                size *= int(length)
            offset = _aligned(offset, alignment)
            places.append((offset, size))
            offset, widest = offset + size, max(widest, alignment)
        size = _aligned(offset, widest)
        self._structs[name] = size, widest
        return size, places
