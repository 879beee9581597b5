# SPDX-License-Identifier: MIT
"""
From the spike times of one neuron to a population of conductance-based models.

Units: mV, ms, mS/cm2, uA/cm2. Arrays have a row for each member, point or sample: `[n, channels]` is a matrix of `n`
rows. The shared library is found through the environment variable `DICREC_LIBRARY` (its path) or where the system keeps
libraries, when the package is loaded.

`Model` and `Estimator` are opened, `Spikes` and `Posterior` made; `estimate`, `generate`, `simulate` and `reconstruct`
take options as keyword arguments by the names of the C interface. What is not given, or `nothing`, has the library's
default. A failure throws a [`DicrecError`](@ref); a remark is warned of and kept in `.remark`.
"""
module Dicrec

import Dates
import Libdl
import Logging
import Serialization
using Logging: @logmsg
import Statistics: cov, mean, median, quantile

export DicrecError, Estimator, Member, Model, Population, Posterior, Reconstruction, Simulation, Spikes, Status, Stream
export channel_index, cov, dics, distance, estimate, estimate_many, from_samples, generate, isok, log_density, mean
export median, mixture, models, pattern, pattern_names, quantile, reconstruct, reconstruct_many
export reconstruct_posterior, sample, segment_counts, segments, sensitivity, simulate, static_current, stationarity
export statistics, threshold

include("api.jl")
include("library.jl")
include("errors.jl")
include("handles.jl")
include("context.jl")
include("quantities.jl")
include("arguments.jl")
include("words.jl")
include("options.jl")
include("documented.jl")
include("records.jl")
include("model.jl")
include("dics.jl")
include("spikes.jl")
include("statistics.jl")
include("mixture.jl")
include("posterior.jl")
include("estimator.jl")
include("stream.jl")
include("population.jl")
include("simulation.jl")
include("reconstruction.jl")
include("reconstructing.jl")
include("tables.jl")
include("serialization.jl")
include("show.jl")

__init__() = load_library()

end
