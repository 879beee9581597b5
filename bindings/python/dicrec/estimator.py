# SPDX-License-Identifier: MIT
"""From spike times to a posterior over the slow and the ultraslow DIC and the noise current."""

import ctypes
import os

import numpy

from . import _api
from ._arguments import count, doubles, matrix, new_options, seed64, thread_count
from ._context import call, create
from ._errors import check, remark_of
from ._handles import Handle
from ._library import lib
from ._documented import documented
from ._words import word_of
from .model import as_model
from .spikes import CLASSES, as_spikes


class Estimator:
    """A trained network for one model.

    Parameters
    ----------
    model : Model or str
    weights : path or bytes, optional
        A safetensors file or its bytes; by default the weights compiled into the library.

    Attributes
    ----------
    model : Model
    """

    def __init__(self, model, weights=None):
        self.model = as_model(model)
        options = new_options(_api.EstimatorOptions)
        if isinstance(weights, (bytes, bytearray, memoryview)):
            data = ctypes.create_string_buffer(bytes(weights))  # the struct only points to it
            options.weights_data = ctypes.addressof(data)
            options.weights_size = ctypes.sizeof(data) - 1  # less the terminator
        elif weights is not None:
            options.weights_path = os.fsencode(weights)
        self._handle, _ = create(lib.estimator_create, lib.estimator_free, self.model._handle, ctypes.byref(options))

    def __repr__(self):
        return "dicrec.Estimator(%r)" % self.model.name

    def metadata(self, key):
        """One entry of the metadata of the weights.

        Parameters
        ----------
        key : str
            "model", "version", "seed", "n_train", ...

        Returns
        -------
        str or None
        """
        name = str(key).encode()
        length = lib.estimator_metadata(self._handle, name, None, 0)
        if length == 0:
            return None
        text = ctypes.create_string_buffer(length + 1)
        lib.estimator_metadata(self._handle, name, text, length + 1)
        return text.value.decode("utf-8", "replace")

    @documented
    def run(self, spikes, time_scale=1, support_limit=None):
        """Read the DICs of a neuron from its spikes.

        Parameters
        ----------
        spikes : Spikes or array_like [n]
            Train, ms.
        time_scale : float or 'auto'
            Spike times are divided by it; 'auto' chooses the scale with the highest support.
        support_limit : float, optional
            Support below which a `DicrecWarning` is issued; by default {estimate.support_limit}, 0 for never.

        Returns
        -------
        Posterior
        """
        train = as_spikes(spikes)
        options = estimate_options(time_scale, support_limit)
        handle, remark = create(
            lib.estimate,
            lib.posterior_free,
            self._handle,
            train._handle,
            ctypes.byref(options),
        )
        return Posterior(handle, remark)

    def run_many(self, trains, time_scale=1, support_limit=None, threads=1):
        """Read the DICs of many neurons: the very answers of `run`, faster.

        Parameters
        ----------
        trains : iterable of Spikes or of array_like [n]
            Trains, ms.
        time_scale, support_limit
            As for `run`, for every train.
        threads : int
            Worker threads, 0 for every processor; the answers do not depend on it.

        Returns
        -------
        list of Posterior
            Each with its own remark; one `DicrecWarning` for all.
        """
        trains = [as_spikes(train) for train in trains]
        handles = (ctypes.c_void_p * len(trains))(*(train._handle._as_parameter_ for train in trains))
        results, statuses = (ctypes.c_void_p * len(trains))(), (ctypes.c_int32 * len(trains))()
        options = estimate_options(time_scale, support_limit, threads)
        try:
            call(lib.estimate_many, self._handle, handles, len(trains), ctypes.byref(options), results, statuses)
        except BaseException:
            # A remark turned into an exception comes with objects.
            for pointer in results:
                lib.posterior_free(pointer)
            raise
        owned = [Handle(pointer, lib.posterior_free) for pointer in results]
        return [Posterior(handle, remark_of(status)) for handle, status in zip(owned, statuses)]


def estimate_options(time_scale, support_limit, threads=1):
    """Options of the library from the words of `Estimator.run`."""
    is_auto = isinstance(time_scale, str) and time_scale == "auto"
    return new_options(
        _api.EstimateOptions,
        auto_scale=is_auto,
        time_scale=0.0 if is_auto else time_scale,
        support_limit=support_limit,
        n_threads=thread_count(threads),
    )


@documented
class Posterior:
    """Posterior over (g_s, g_u) and the noise current of one train.

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
        Class of the train; what 'irregular' says is a class of neurons, not of trains.
    class_probabilities : dict of str to float
        Probabilities of {Activity}: what the neuron by itself does, under a steady input without noise.
    support : float
        Share of training trains that are at least as unusual as this one, 0 to 1.
    time_scale : float
        Time scale that was used or found.
    time_scale_interval : numpy.ndarray [2]
        Lowest and highest time scale that fit; twice the time scale if that was given.
    remark : Status
        ``Status.OK``, or the remark of the call.
    """

    def __init__(self, handle, remark):
        self._handle = handle
        self.remark = remark
        self.mean, self.covariance = numpy.empty(2), numpy.empty((2, 2))
        check(lib.posterior_moments(handle, 2, doubles(self.mean), doubles(self.covariance)))
        self.median = self.quantile(0.5)
        self.noise_median = self.noise_quantile(0.5)
        self.noiseless = lib.posterior_noiseless_probability(handle)
        self.activity = word_of(_api.Activity, lib.posterior_activity(handle))
        probabilities = numpy.empty(len(CLASSES))
        check(lib.posterior_class_probabilities(handle, len(CLASSES), doubles(probabilities)))
        self.class_probabilities = dict(zip(CLASSES, probabilities.tolist()))
        self.support = lib.posterior_support(handle)
        self.time_scale = lib.posterior_time_scale(handle)
        self.time_scale_interval = numpy.empty(2)
        check(lib.posterior_time_scale_interval(handle, doubles(self.time_scale_interval)))

    def __repr__(self):
        return "<dicrec.Posterior: g_s %.3g, g_u %.3g, %s, support %.2g>" % (*self.median, self.activity, self.support)

    def quantile(self, p):
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
        probabilities = numpy.asarray(p, dtype=numpy.float64)
        result = numpy.empty((probabilities.size, 2))
        for row, probability in zip(result, probabilities.flat):
            check(lib.posterior_quantile(self._handle, float(probability), 2, doubles(row)))
        return result.reshape(probabilities.shape + (2,))

    def noise_quantile(self, p):
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
        probabilities = numpy.asarray(p, dtype=numpy.float64)
        result = numpy.empty(probabilities.shape)
        row = numpy.empty(3)
        for i, probability in enumerate(probabilities.flat):
            check(lib.posterior_quantile(self._handle, float(probability), 3, doubles(row)))
            result.flat[i] = row[2]
        return result if result.ndim else result.item()

    def log_density(self, points):
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

    def sample(self, n, seed=1, noise=False):
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
