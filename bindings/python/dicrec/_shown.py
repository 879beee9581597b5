# SPDX-License-Identifier: MIT
"""How dataclasses of single values show themselves: as a table of pandas, and in notebooks."""

from __future__ import annotations

from typing import Any

from ._html import values_html
from ._tables import values_frame, values_of


class ShownValues:
    """A dataclass of single values."""

    def to_frame(self) -> Any:
        """The values as a table.

        Returns
        -------
        pandas.DataFrame
            One row.
        """
        return values_frame(self)

    def _repr_html_(self) -> str:
        return values_html(self, values_of(self))
