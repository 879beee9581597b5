# SPDX-License-Identifier: MIT
"""From trained layers to a weight file in the safetensors layout, as docs/weights.md defines it."""

import numpy
from safetensors import safe_open
from safetensors.numpy import save_file


def export(path, layers, scale, target, dic_range, support, forward, metadata):
    """Write a weight file.

    layers : {name: array}; scale : [4] of the inputs; target : (centre [2], scale [2]); dic_range : [2, 2];
    support : {mean, projection, prototypes, quantiles}; forward : {name: array}, complete names; metadata : {key: str}.
    """
    tensors = dict(layers)
    tensors["input.scale"] = scale
    tensors["target.center"], tensors["target.scale"] = target
    tensors["target.range"] = dic_range
    tensors.update({"support." + key: value for key, value in support.items()})
    tensors.update(forward)
    tensors = {key: numpy.ascontiguousarray(value, dtype=numpy.float32) for key, value in tensors.items()}
    save_file(tensors, path, metadata={"format": "dicrec-estimator-1", **metadata})


def add_forward(weights, path, forward, metadata):
    """Write a weight file with the estimator of another one, `weights`, and new forward networks."""
    with safe_open(weights, "numpy") as file:
        tensors = {key: file.get_tensor(key) for key in file.keys() if not key.startswith("forward.")}
        metadata = {**file.metadata(), **metadata}
    tensors.update({key: numpy.ascontiguousarray(value, dtype=numpy.float32) for key, value in forward.items()})
    save_file(tensors, path, metadata=metadata)
