# SPDX-License-Identifier: MIT
"""Whether all that is made of the public headers is fresh, and whether they say all that is to be said.

Usage: check_description.py SOURCE_FOLDER
"""

import json
import pathlib
import subprocess
import sys


def omissions(description):
    """What the comments of the headers leave out."""
    for function in description["functions"]:
        for part in ("doc", "threads", "since"):
            if not function[part]:
                yield "%s: %s does not say %s" % (function["header"], function["name"], part)
        if function["returns"]["doc"]:
            for argument in function["arguments"]:
                if not argument["doc"] and any(other["doc"] for other in function["arguments"]):
                    yield "%s: %s does not say %s" % (function["header"], function["name"], argument["name"])
    for struct in description["structs"]:
        for field in struct["fields"]:
            if not field["doc"]:
                yield "%s: %s does not say %s" % (struct["header"], struct["name"], field["name"])


def main(source):
    folder = pathlib.Path(source) / "bindings" / "api"
    checked = subprocess.run([sys.executable, "-B", str(folder / "describe.py"), "--check"])
    omitted = list(omissions(json.loads((folder / "dicrec.json").read_text(encoding="utf-8"))))
    print("\n".join(omitted))
    return int(checked.returncode != 0 or bool(omitted))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
