# SPDX-License-Identifier: MIT
"""How the weights of the estimators are made: simulate, train, export. One command a model makes everything::

python -m dicrec_training stg --work DIRECTORY --out stg.safetensors
"""
