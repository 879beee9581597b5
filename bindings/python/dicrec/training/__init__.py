# SPDX-License-Identifier: MIT
"""How the weights of the estimator are made: simulate, train, export.

One command a model makes everything::

    python -m dicrec.training stg --work DIRECTORY --out stg.safetensors

Needs jax, optax, safetensors and scipy besides numpy; the simulations run in libdicrec itself.
"""
