# SPDX-License-Identifier: MIT
"""Channels of NeuroML 2 for a model's file.

Read are `ionChannelHH` and `ionChannelPassive` with up to two gates, each of rates or of a steady state and a fixed
time constant, and the reversal potentials of `channelDensity`. Everything else is refused by its name.

    python3 -m dicrec.neuroml na.channel.nml kd.channel.nml --reversal na=50 --reversal kd=-77

prints the entry "channels" of a model's file (docs/models.md).

>>> from dicrec import neuroml
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any, Dict, Iterator, List, Mapping, Optional, Tuple, Union
from xml.etree import ElementTree

from ._arguments import invalid
from ._errors import DicrecError, Status, error
from ._neuroml_gates import attribute, gate_kind, in_order, local, read_gate, refuse
from ._neuroml_units import quantity

__all__ = ["channels"]

_MAX_BYTES = 4 << 20
_MAX_DEPTH = 64
_CHANNELS = ("ionChannelHH", "ionChannelPassive")
_DENSITIES = ("channelDensity",)
_IGNORED = ("notes", "annotation", "property")


class _Builder(ElementTree.TreeBuilder):
    """Files of strangers: no document types, whose entities could grow without bound, and no deep nesting."""

    _depth = 0

    def doctype(self, name: str, public: Optional[str], system: Optional[str]) -> None:
        raise invalid("a document type (<!DOCTYPE %s>) is not read" % name[:40])

    def start(self, tag: Any, attributes: Any, /) -> Any:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise invalid("elements in more than %d layers" % _MAX_DEPTH)
        return super().start(tag, attributes)

    def end(self, tag: Any, /) -> Any:
        self._depth -= 1
        return super().end(tag)


def channels(
    *paths: Union[str, os.PathLike[str]], reversal_mv: Optional[Mapping[str, float]] = None
) -> Dict[str, Dict[str, Any]]:
    """Channels of NeuroML 2 as the entry 'channels' of a model's file, for `Model.from_dict`.

    Parameters
    ----------
    *paths : path
        Files with `ionChannelHH`, and maybe with the `channelDensity` that tells where their currents reverse.
    reversal_mv : dict, optional
        Reversal potentials by the channels' ids, mV, where the files do not tell, or instead of what they tell.

    Returns
    -------
    dict
        By their ids. A channel whose reversal potential is not known has none, which a model has to be given.

    Raises
    ------
    FileError, ArgumentError
        The text tells file, channel, gate and what is supported.
    """
    found: Dict[str, Dict[str, Any]] = {}
    reversals: Dict[str, float] = {}
    for path in paths:
        where = os.fspath(path)
        try:
            _read(_parsed(where), found, reversals)
        except ElementTree.ParseError as failure:
            raise invalid("%s: %s" % (where, failure)) from None
        except DicrecError as failure:
            raise error(failure.status, "%s: %s" % (where, str(failure).rpartition(" [")[0])) from None
    reversals.update({} if reversal_mv is None else reversal_mv)
    for name, value in reversals.items():
        if name not in found:
            raise invalid("reversal potential of %r: there is no such channel, but %s" % (name, ", ".join(found)))
        found[name] = {"reversal_mv": float(value), **found[name]}
    return found


def _parsed(path: str) -> ElementTree.Element:
    try:
        with open(path, "rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as failure:
        raise error(Status.E_FILE, "cannot read: %s" % failure.strerror) from None
    if len(data) > _MAX_BYTES:
        raise invalid("more than %d bytes" % _MAX_BYTES)
    return ElementTree.fromstring(data, ElementTree.XMLParser(target=_Builder()))


def _typed(element: ElementTree.Element) -> str:
    """The kind of a channel: an ionChannel says it in its type."""
    name = local(element)
    return element.get("type", "ionChannelHH") if name == "ionChannel" else name


def _read(root: ElementTree.Element, found: Dict[str, Dict[str, Any]], reversals: Dict[str, float]) -> None:
    if local(root) != "neuroml":
        raise refuse("the document", local(root), ["neuroml"])
    for element in root.iter():
        kind = _typed(element)
        if kind in _CHANNELS:
            name = attribute(element, "id", kind)
            if name in found:
                raise invalid("channel %s stands there twice" % name)
            found[name] = _channel(element, "channel " + name)
        elif kind in _DENSITIES:
            reversals.update([_reversal(element)])
        elif kind.startswith("ionChannel") or kind.startswith("channelDensity"):
            raise refuse(kind + " " + element.get("id", ""), kind, (*_CHANNELS, *_DENSITIES))


def _gates(element: ElementTree.Element, where: str) -> Iterator[Dict[str, Any]]:
    for child in element:
        kind = gate_kind(child)
        if kind is not None:
            yield read_gate(child, kind, "%s, gate %s" % (where, child.get("id", "without an id")))
        elif local(child) not in _IGNORED:
            raise refuse(where, local(child), ["gates"])


def _channel(element: ElementTree.Element, where: str) -> Dict[str, Any]:
    gates = in_order(list(_gates(element, where)))
    if len(gates) > 2:
        raise invalid(
            "%s: %d gates, but a channel of a model has an activation and an inactivation" % (where, len(gates))
        )
    return dict(zip(("activation", "inactivation"), gates))


def _reversal(element: ElementTree.Element) -> Tuple[str, float]:
    where = "channelDensity " + element.get("id", "")
    return attribute(element, "ionChannel", where), quantity(where, attribute(element, "erev", where), "voltage")


def _pair(text: str) -> Tuple[str, float]:
    name, _, value = text.partition("=")
    return name, float(value)


def main(words: Optional[List[str]] = None) -> int:
    """The command `python3 -m dicrec.neuroml`."""
    parser = argparse.ArgumentParser(prog="python3 -m dicrec.neuroml", description="Channels of NeuroML 2 as JSON.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="NeuroML 2, such as na.channel.nml")
    parser.add_argument(
        "--reversal", action="append", default=[], type=_pair, metavar="CHANNEL=MV", help="a reversal potential, mV"
    )
    given = parser.parse_args(words)
    try:
        made = channels(*given.files, reversal_mv=dict(given.reversal))
    except DicrecError as failure:
        print("dicrec.neuroml: %s" % failure, file=sys.stderr)
        return 2
    print(json.dumps({"channels": made}, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
