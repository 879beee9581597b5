# SPDX-License-Identifier: MIT
"""The linker's list of public symbols, a node for each version that brought some."""


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
    return "/* Made of the public headers by bindings/api/describe.py. */\n" + "\n".join(nodes)
