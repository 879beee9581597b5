# SPDX-License-Identifier: MIT
"""What came of a reconstruction, and what there is to remark on it."""

from __future__ import annotations

import ctypes
import functools
import types
from dataclasses import dataclass
from typing import Dict, Mapping, Tuple

from . import _api
from ._documented import documented
from ._errors import check
from ._handles import Handle
from ._library import lib
from ._lines import report_line
from ._shown import ShownValues
from ._state import SavedValues
from ._words import word_of

_UNKNOWN_REMARK = "a remark that this library has no words for"


def _known_remarks() -> Dict[str, str]:
    known = (1 << bit for bit in range(31) if lib.remark_name(1 << bit) is not None)
    return {lib.remark_name(value).decode(): lib.remark_text(value).decode() for value in known}


#: What a report may remark, as the loaded library lists it: name to meaning.
REMARKS: Mapping[str, str] = types.MappingProxyType(_known_remarks())


@functools.lru_cache(maxsize=256)
def remark_names(bits: int) -> Tuple[str, ...]:
    """Names of or-ed remarks, in the order of their bits; 'REMARK_<value>' for one that the library does not name."""
    values = [1 << bit for bit in range(32) if bits >> bit & 1]
    names = [(value, lib.remark_name(value)) for value in values]
    return tuple("REMARK_%d" % value if name is None else name.decode() for value, name in names)


@documented
@dataclass(frozen=True)
class ReconstructionReport(ShownValues, SavedValues):
    """What came of a reconstruction.

    Attributes
    ----------
    outcome : {Outcome}
        {Outcome:}
    activity : {Activity}
        Activity class of the input.
    target : {Target}
        What candidates were made for; never 'auto', but what it chose.
    screened, verified : bool
        Candidates were screened; candidates were simulated.
    n_requested, n_found, n_accepted : int
        Members asked for; of these, those that hold conductances; of these, those that match: simulated if verified,
        predicted if only screened.
    n_drawn, n_matched, n_simulated : int
        Candidates drawn, those predicted to match (all valid ones without screening), those simulated.
    g_s, g_u : float
        Posterior median.
    support : float
        Support of the input, 0 to 1.
    time_scale : float
        Time scale of the input.
    tolerance : float
        Mismatch up to which a candidate matches: 1, or 2 or 4 if the budget of draws has ended; NaN without screening.
    spread_kept_min : float
        Least of `Reconstruction.spread_kept`; NaN if not known.
    t_end_ms, t_skip_ms : float
        How long members were simulated, and from when on their spikes count; 0 if they were not.
    selection : {Selection}
    remarks : tuple of str
        What to know before the population is believed: names, as `REMARKS` explains them; empty if there is nothing.
    n_outside : int
        Accepted members outside the 98 % interval of g_s, g_u or noise of the posterior.
    noise_std : float
        Posterior median of the noise current's standard deviation, or the one that was given, uA/cm2.
    noiseless : float
        Posterior probability that there is no noise current.
    drift_p, drift_factor : float
        Whether the rate of the input changes: p value, and late rate over early, see `Spikes.stationarity`.
    isi_distance, isi_moved : float
        How far the intervals of the accepted members are from the input's, median over members: Kolmogorov-Smirnov
        distance, and earth mover's distance over the input's mean interval; NaN if they were not simulated.

    Examples
    --------
    >>> estimator = dicrec.Estimator("stg")
    >>> report = dicrec.reconstruct(estimator, numpy.arange(0, 3000, 100), n=3, seed=1).report
    >>> report.outcome, report.n_requested, report.n_found
    ('complete', 3, 3)
    >>> report.activity
    'spiking'
    """

    outcome: str
    activity: str
    target: str
    screened: bool
    verified: bool
    n_requested: int
    n_found: int
    n_accepted: int
    n_drawn: int
    n_matched: int
    n_simulated: int
    g_s: float
    g_u: float
    support: float
    time_scale: float
    tolerance: float
    spread_kept_min: float
    t_end_ms: float
    t_skip_ms: float
    selection: str
    remarks: Tuple[str, ...]
    n_outside: int
    noise_std: float
    noiseless: float
    drift_p: float
    drift_factor: float
    isi_distance: float
    isi_moved: float

    @property
    def remark_texts(self) -> Tuple[str, ...]:
        """tuple of str: what the remarks mean, a line each, in their order."""
        return tuple(REMARKS.get(name, _UNKNOWN_REMARK) for name in self.remarks)

    def __repr__(self) -> str:
        return report_line(self)

    @classmethod
    def of(cls, handle: Handle) -> ReconstructionReport:
        """Copy of the library's struct."""
        struct = _api.ReconstructionReport(struct_size=ctypes.sizeof(_api.ReconstructionReport))
        check(lib.reconstruction_copy_report(handle, ctypes.byref(struct)))
        values = {name: getattr(struct, name) for name in cls.__dataclass_fields__}
        values.update(
            outcome=word_of(_api.Outcome, struct.outcome),
            activity=word_of(_api.Activity, struct.activity),
            target=word_of(_api.Target, struct.target),
            screened=bool(struct.screened),
            verified=bool(struct.verified),
            selection=word_of(_api.Selection, struct.selection),
            remarks=remark_names(struct.remarks),
        )
        return cls(**values)
