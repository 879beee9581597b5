# SPDX-License-Identifier: MIT
"""The linker's lists of public symbols: GNU's has a node for each version that brought some, Apple's is plain."""

_ORIGIN = "Made of the public headers by bindings/api/describe.py."


def _number(version):
    return [int(part) for part in version.split(".")]


def _node(version, names, former):
    lines = ["DICREC_%s {" % version, "  global:", *("    %s;" % name for name in sorted(names))]
    lines += [] if former else ["  local:", "    *;"]
    return "\n".join(lines) + "\n}%s;\n" % (" DICREC_" + former if former else "")


def text(description):
    versions = {}
    for function in description["functions"]:
        versions.setdefault(function["since"], []).append(function["name"])
    nodes, former = [], None
    for version in sorted(versions, key=_number):
        nodes.append(_node(version, versions[version], former))
        former = version
    return "/* %s */\n" % _ORIGIN + "\n".join(nodes)


def apple_text(description):
    """C names have an underscore in front there."""
    names = sorted("_" + function["name"] for function in description["functions"])
    return "# %s\n" % _ORIGIN + "".join(name + "\n" for name in names)
