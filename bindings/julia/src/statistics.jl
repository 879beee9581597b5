# SPDX-License-Identifier: MIT
# What is said of a train: statistics, stationarity, pattern, distance.

"""
    statistics(spikes; unit = nothing)

Rate, intervals and bursts of a train ([`Spikes`](@ref) or bare times). With fewer than two intervals only counts,
observed time and mean rate are known, and there is a warning. What cannot be computed is `NaN`.

$(fields_list(API.SpikeStatistics))
"""
function statistics(spikes; unit = nothing)
    result = empty_struct(API.SpikeStatistics)
    check(ask(API.spikes_statistics, as_spikes(spikes; unit = unit).handle, result))
    return Record(result)
end

"""
    stationarity(spikes; unit = nothing)

Whether the rate of a train changes while it is observed: a drift or a step, with its p value; `NaN` with fewer than ten
intervals.

$(fields_list(API.SpikeStationarity))
"""
function stationarity(spikes; unit = nothing)
    result = empty_struct(API.SpikeStationarity)
    check(ask(API.spikes_stationarity, as_spikes(spikes; unit = unit).handle, result))
    return Record(result)
end

"""
    pattern_names()

Names of the numbers of [`pattern`](@ref).
"""
pattern_names() = [text(API.pattern_name(i - 1)) for i in 1:API.pattern_count()]

"""
    pattern(spikes; unit = nothing)

The firing pattern in numbers, which [`pattern_names`](@ref) name: rate, irregularity, serial correlation, quantiles of
the intervals, shape of bursts. `NaN`, with a warning, for fewer than two intervals.
"""
function pattern(spikes; unit = nothing)
    result = Vector{Float64}(undef, API.pattern_count())
    check(ask(API.spikes_pattern, as_spikes(spikes; unit = unit).handle, length(result), result))
    return result
end

"""
    distance(a, b; tau_ms = nothing, unit = nothing)

Squared van Rossum distance of two trains, each shifted to its first spike, segment by segment: 1/ms.

- `tau_ms`: time constant, ms; by default the mean of the shortest and the longest interval of `a`
"""
function distance(a, b; tau_ms = nothing, unit = nothing)
    squared = Ref(0.0)
    tau = tau_ms === nothing ? 0.0 : in_unit("tau_ms", tau_ms, "ms")
    first, second = as_spikes(a; unit = unit), as_spikes(b; unit = unit)
    check(ask(API.spikes_distance, first.handle, second.handle, tau, squared))
    return squared[]
end
