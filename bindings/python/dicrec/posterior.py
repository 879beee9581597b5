# SPDX-License-Identifier: MIT
"""A posterior over the slow and the ultraslow DIC and the noise current."""

from __future__ import annotations

import ctypes
from functools import cached_property
from typing import Any, Dict, List, Optional, Sequence, SupportsIndex, Tuple, Union, overload

import numpy
from numpy.typing import ArrayLike, NDArray

from . import _api
from ._arguments import count, doubles, invalid, matrix, real, seed64
from ._arrays import real_array
from ._context import create
from ._datasets import samples_dataset
from ._documented import documented
from ._errors import Status, check, remark_of
from ._handles import Handle
from ._html import posterior_html
from ._layout import State
from ._library import lib
from ._lines import posterior_line
from ._mixture import filled_mixture, mixture_arrays
from ._state import Saved
from ._tables import samples_frame
from ._units import Scalar
from ._words import word_of
from .spikes import CLASSES


@documented
class Posterior(Saved):
    """Posterior over (g_s, g_u) and the noise current of one train: what `Estimator.run` returns.

    `Posterior.at` and `Posterior.of_mixture` make one of plain numbers, for `reconstruct_posterior`; `mixture` gives
    the numbers of any posterior.

    Attributes
    ----------
    median, mean : numpy.ndarray [2]
        Marginal medians of the DICs, the point estimate; mean.
    covariance : numpy.ndarray [2, 2]
    noise_median : float
        Marginal median of the noise current's standard deviation, uA/cm2; 0 where no noise is likelier than some.
    noiseless : float
        Probability that the neuron has no noise current.
    activity : {Activity}
        Class of the train ('irregular' is a class of neurons, not of trains); None if made of plain numbers.
    class_probabilities : dict of str to float
        Probabilities of {Activity}: what the neuron by itself does, under a steady input without noise; None if made
        of plain numbers.
    support : float
        Share of training trains that are at least as unusual as this one, 0 to 1; 1 if made of plain numbers.
    time_scale : float
        Time scale that was used or found.
    time_scale_interval : numpy.ndarray [2]
        Lowest and highest time scale that fit; where the time scale was given, both are that.
    remark : Status
        ``Status.OK``, or the remark of the call.

    Examples
    --------
    >>> posterior = dicrec.Estimator("stg").run(numpy.arange(0, 3000, 100))
    >>> bool((posterior.quantile(0.05) < posterior.median).all())
    True
    >>> posterior.sample(5, seed=1, noise=True).shape
    (5, 3)
    >>> dicrec.Posterior.at((-5, 8)).median
    array([-5.,  8.])
    """

    _layout = {"bytes": "bytes", "remark": "int"}

    def __init__(self, handle: Handle, remark: Union[Status, int]) -> None:
        self._handle = handle
        self.remark = remark

    # Each is computed or copied when it is first asked for: of thousands of posteriors few are asked for all of it.

    @cached_property
    def mean(self) -> NDArray[numpy.float64]:
        return self._moments()[0]

    @cached_property
    def covariance(self) -> NDArray[numpy.float64]:
        return self._moments()[1]

    def _moments(self) -> Tuple[NDArray[numpy.float64], NDArray[numpy.float64]]:
        mean, covariance = numpy.empty(2), numpy.empty((2, 2))
        check(lib.posterior_moments(self._handle, 2, doubles(mean), doubles(covariance)))
        return mean, covariance

    @cached_property
    def median(self) -> NDArray[numpy.float64]:
        return self.quantile(0.5)

    @cached_property
    def noise_median(self) -> float:
        return self.noise_quantile(0.5)

    @cached_property
    def noiseless(self) -> float:
        return float(lib.posterior_noiseless_probability(self._handle))

    @cached_property
    def activity(self) -> Optional[str]:
        activity = lib.posterior_activity(self._handle)
        return word_of(_api.Activity, activity) if activity >= 0 else None

    @cached_property
    def class_probabilities(self) -> Optional[Dict[str, float]]:
        if self.activity is None:
            return None
        probabilities = numpy.empty(len(CLASSES))
        check(lib.posterior_class_probabilities(self._handle, len(CLASSES), doubles(probabilities)))
        return dict(zip(CLASSES, probabilities.tolist()))

    @cached_property
    def support(self) -> float:
        return float(lib.posterior_support(self._handle))

    @cached_property
    def time_scale(self) -> float:
        return float(lib.posterior_time_scale(self._handle))

    @cached_property
    def time_scale_interval(self) -> NDArray[numpy.float64]:
        interval = numpy.empty(2)
        check(lib.posterior_time_scale_interval(self._handle, doubles(interval)))
        return interval

    def __repr__(self) -> str:
        return posterior_line(self)

    def _repr_html_(self) -> str:
        return posterior_html(self)

    def _state(self) -> State:
        content = (ctypes.c_uint8 * lib.posterior_byte_count(self._handle))()
        check(lib.posterior_copy_bytes(self._handle, content, len(content)))
        return {"bytes": bytes(content), "remark": int(self.remark)}

    @classmethod
    def _of_state(cls, state: State) -> Posterior:
        content = (ctypes.c_uint8 * len(state["bytes"])).from_buffer_copy(state["bytes"])
        handle, _ = create(lib.posterior_create_from_bytes, lib.posterior_free, content, len(content))
        return cls(handle, remark_of(state["remark"]))

    @classmethod
    def at(cls, dics: ArrayLike, noise: Scalar = 0) -> Posterior:
        """A posterior that is sure: one pair of DICs, one noise current.

        Parameters
        ----------
        dics : array_like [2]
            g_s and g_u.
        noise : float
            Standard deviation of the noise current, uA/cm2, before the filter as in `simulate`; 0 for none.

        Returns
        -------
        Posterior
        """
        pair = real_array("dics", dics)
        if pair.shape != (2,):
            raise invalid("dics: g_s and g_u are expected, not shape %s" % list(pair.shape))
        parameters = numpy.append(pair, real("noise", noise, "uA/cm2"))
        return cls(*create(lib.posterior_create_at, lib.posterior_free, doubles(parameters), 3))

    @classmethod
    def of_mixture(
        cls,
        weights: ArrayLike,
        means: ArrayLike,
        covariances: ArrayLike,
        dic_ranges: Optional[ArrayLike] = None,
        noiseless: Optional[ArrayLike] = None,
        log_noise_means: Optional[ArrayLike] = None,
        log_noise_stds: Optional[ArrayLike] = None,
        noise_range: Optional[ArrayLike] = None,
        time_scale: float = 1,
    ) -> Posterior:
        """A posterior of plain numbers: of another method, of a paper, or what `mixture` has kept.

        It is a mixture of Gaussians over g_s and g_u, each with a law of the noise current, which is none or Gaussian
        in its natural logarithm; truncated to the ranges and renormalised.

        Parameters
        ----------
        weights : array_like [n]
            Positive; they need not sum to 1.
        means : array_like [n, 2]
            g_s and g_u.
        covariances : array_like [n, 2, 2]
            Positive definite.
        dic_ranges : array_like [2, 2], optional
            Rows g_s and g_u, columns lowest and highest; by default all that the library takes.
        noiseless : array_like [n], optional
            Probability of no noise; by default there is none, and the other arguments of the noise have no effect.
        log_noise_means, log_noise_stds : array_like [n], optional
            Mean and standard deviation of the logarithm of the noise in uA/cm2; needed with `noiseless`.
        noise_range : array_like [2], optional
            Least, above 0, and largest noise, uA/cm2; by default all that the library takes.
        time_scale : float
            Of the train that it tells of.

        Returns
        -------
        Posterior
        """
        mixture = filled_mixture(
            time_scale,
            weights=weights,
            means=means,
            covariances=covariances,
            dic_ranges=dic_ranges,
            noiseless=noiseless,
            log_noise_means=log_noise_means,
            log_noise_stds=log_noise_stds,
            noise_range=noise_range,
        )
        return cls(*create(lib.posterior_create, lib.posterior_free, ctypes.byref(mixture)))

    def mixture(self) -> Dict[str, Any]:
        """The posterior as plain numbers, which are all of it but for what else networks read of the spikes.

        Returns
        -------
        dict of str to numpy.ndarray or float
            The arguments of `of_mixture`: ``Posterior.of_mixture(**posterior.mixture())`` has the same law.
        """
        return mixture_arrays(self._handle)

    def quantile(self, p: ArrayLike) -> NDArray[numpy.float64]:
        """Marginal quantiles.

        Parameters
        ----------
        p : float or array_like [...]
            Probability, above 0 and below 1.

        Returns
        -------
        numpy.ndarray [..., 2]
            Quantiles of g_s and g_u.
        """
        probabilities = real_array("p", p)
        result = numpy.empty((probabilities.size, 2))
        for row, probability in zip(result, probabilities.flat):
            check(lib.posterior_quantile(self._handle, float(probability), 2, doubles(row)))
        return result.reshape(probabilities.shape + (2,))

    @overload
    def noise_quantile(self, p: float) -> float: ...

    @overload
    def noise_quantile(self, p: Union[Sequence[Any], NDArray[Any]]) -> NDArray[numpy.float64]: ...

    def noise_quantile(self, p: ArrayLike) -> Union[float, NDArray[numpy.float64]]:
        """Marginal quantiles of the noise current's standard deviation.

        Parameters
        ----------
        p : float or array_like [...]
            Probability, above 0 and below 1.

        Returns
        -------
        float or numpy.ndarray [...]
            uA/cm2, before the filter, as in `simulate`; 0 at every p up to `noiseless`.
        """
        probabilities = real_array("p", p)
        result = numpy.empty(probabilities.shape)
        row = numpy.empty(3)
        for i, probability in enumerate(probabilities.flat):
            check(lib.posterior_quantile(self._handle, float(probability), 3, doubles(row)))
            result.flat[i] = row[2]
        return result if result.ndim else float(result)

    @property
    def parameters(self) -> List[str]:
        """Names of what it is over: the DICs, then the noise."""
        n_parameters = lib.posterior_parameter_count(self._handle)
        return [lib.posterior_parameter_name(self._handle, i).decode() for i in range(n_parameters)]

    def log_density(self, points: ArrayLike) -> NDArray[numpy.float64]:
        """Natural logarithm of the DICs' density, whatever the noise; -inf outside the range of training.

        Parameters
        ----------
        points : array_like [n, 2] or [2]
            g_s and g_u.

        Returns
        -------
        numpy.ndarray [n]
        """
        array = matrix("points", points, 2)
        result = numpy.empty(len(array))
        check(lib.posterior_log_density(self._handle, doubles(array), len(array), 2, doubles(result)))
        return result

    def sample(self, n: SupportsIndex, seed: SupportsIndex = 1, noise: bool = False) -> NDArray[numpy.float64]:
        """Draw samples; sample i depends on the seed and i alone.

        Parameters
        ----------
        n : int
            Number of samples.
        seed : int
        noise : bool
            Also draw the noise current, jointly with the DICs, which stay those that are drawn without it.

        Returns
        -------
        numpy.ndarray [n, 2] or [n, 3]
            g_s and g_u; with `noise` also the standard deviation of the noise current, uA/cm2, 0 for none.
        """
        samples = numpy.empty((count("n", n), 3 if noise else 2))
        check(lib.posterior_sample(self._handle, seed64(seed), *samples.shape, doubles(samples)))
        return samples

    def to_frame(self, n: SupportsIndex = 1000, seed: SupportsIndex = 1) -> Any:
        """Samples as a table.

        Parameters
        ----------
        n : int
            Number of samples.
        seed : int

        Returns
        -------
        pandas.DataFrame
            A row a sample: g_s, g_u, noise_std in uA/cm2, as `sample` draws them.
        """
        return samples_frame(self.sample(n, seed, noise=True))

    def to_xarray(self, n: SupportsIndex = 1000, seed: SupportsIndex = 1) -> Any:
        """Samples as a dataset, with units. Arguments as in `to_frame`.

        Returns
        -------
        xarray.Dataset
        """
        return samples_dataset(self, self.sample(n, seed, noise=True))
