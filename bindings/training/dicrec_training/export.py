# SPDX-License-Identifier: MIT
"""Weight files in the safetensors layout, as docs/weights.md defines them."""

import numpy
from safetensors import safe_open
from safetensors.numpy import save_file

from .shared import SHARED


def export(path, *parts):
    """Write a weight file of parts, each tensors {name: array} and metadata {key: str}."""
    tensors, metadata = {}, {"format": SHARED.FORMAT}
    for some, words in parts:
        tensors.update({key: numpy.ascontiguousarray(value, dtype=numpy.float32) for key, value in some.items()})
        metadata.update(words)
    save_file(tensors, path, metadata=metadata)


def kept_tensors(path, part):
    """Tensors of one part of a weight file, "estimator" or "forward"."""
    with safe_open(path, "numpy") as file:
        is_kept = lambda name: name.startswith(SHARED.FORWARD) == (part == "forward")
        tensors = {key: file.get_tensor(key) for key in file.keys() if is_kept(key)}
    return tensors
