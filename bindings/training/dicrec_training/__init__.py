# SPDX-License-Identifier: MIT
"""How the weights of the estimators are made: simulate, train, export. One command a model makes everything::

python -m dicrec_training stg --work DIRECTORY --out stg.safetensors
"""

import sys

if sys.version_info < (3, 11):
    raise ImportError("dicrec_training needs Python 3.11 or newer")
