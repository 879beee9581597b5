# SPDX-License-Identifier: MIT
"""Results that are copied out of the library piece by piece, when they are first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, ClassVar, Mapping, Type, TypeVar

_Any = TypeVar("_Any", bound="Lazy")


class Lazy:
    """Base of a dataclass whose fields may be read later, each by the function of its name in `_readers`.

    Of thousands of results few are looked at as a whole, and copying out all of each takes longer than making it.
    """

    _readers: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}
    _source: Any

    @classmethod
    def later(cls: Type[_Any], source: Any, **known: Any) -> _Any:
        """An object that reads from `source` what is not `known`."""
        made = cls.__new__(cls)
        made.__dict__.update(known, _source=source)
        return made

    if not TYPE_CHECKING:  # for a checker the fields are there

        def __getattr__(self, name: str) -> Any:
            reader = self._readers.get(name)
            if reader is None or "_source" not in self.__dict__:
                raise AttributeError("%r has no attribute %r" % (type(self).__name__, name))
            value = self.__dict__[name] = reader(self)
            return value
