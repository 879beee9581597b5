# SPDX-License-Identifier: MIT
"""Which model weights belong to."""

import hashlib


def digest(model):
    """SHA-256 of the text of a model's file."""
    return hashlib.sha256(model.text().encode()).hexdigest()
