# SPDX-License-Identifier: MIT
"""A train as a sequence and as an array of its spike times."""

from __future__ import annotations

from typing import Any, Iterator, Optional, Sequence, Union, overload

import numpy
from numpy.typing import DTypeLike, NDArray


class TimesSequence:
    """What has spike times in ms, of which each look makes a copy: keep `times` for many looks."""

    @property
    def times(self) -> NDArray[numpy.float64]:
        raise NotImplementedError

    def __iter__(self) -> Iterator[float]:
        return iter(self.times.tolist())

    @overload
    def __getitem__(self, index: int) -> float: ...

    @overload
    def __getitem__(self, index: Union[slice, Sequence[int], NDArray[Any]]) -> NDArray[numpy.float64]: ...

    def __getitem__(self, index: Any) -> Union[float, NDArray[numpy.float64]]:
        chosen = self.times[index]
        return chosen if isinstance(chosen, numpy.ndarray) else float(chosen)

    def __array__(self, dtype: Optional[DTypeLike] = None, copy: Optional[bool] = None) -> NDArray[Any]:
        if copy is False:
            raise ValueError("copy=False: the times are always copied out of the library")
        return self.times if dtype is None else self.times.astype(dtype)
