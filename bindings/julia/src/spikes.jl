# SPDX-License-Identifier: MIT
# Spike trains, and when they were observed.

"""
    Spikes(times; unit = nothing, window = nothing, gaps = nothing)
    Spikes(; trials, unit = nothing, window = nothing, gaps = nothing)

A validated spike train: a vector of its spike times in ms, which also knows when the neuron was observed.

- `times` [n]: spike times, finite, strictly increasing; they may be negative. Bare numbers are ms; those that look like
  seconds get a warning, unless `unit` says what they are. Quantities of Unitful and periods of Dates are converted.
  `missing` is refused.
- `trials`: spike times of each trial, instead of `times`; they may begin again in each
- `unit`: `:ms` or `:s`, of all bare times given here; by default ms
- `window`: start and stop of the observation, of all trials alike, or [trials, 2] of each; by default from the first
  spike to the last
- `gaps` [n, 2]: start and stop of stretches that were not observed, in any trial

Trains may be shared by tasks and threads; `close(train)` frees a large one before it is collected.
"""
mutable struct Spikes <: AbstractVector{Float64}
    handle::Handle{API.Spikes}
    times::Union{Nothing,Vector{Float64}} # copied out at the first use
end

Spikes(handle::Handle{API.Spikes}) = Spikes(handle, nothing)

function Spikes(times = nothing; given...)
    train, doubtful = made_spikes(times; given...)
    doubtful && warn_of_unit([train], get(given, :unit, nothing))
    return train
end

"A train, and whether its unit is in doubt: of bare times, but for those that are said to be ms."
function made_spikes(times; unit = nothing, trials = nothing, observation...)
    numbers, options = train_arguments(vector_in, "times", times, trials, unit, observation)
    train = Spikes(first(create(API.Spikes, API.spikes_create, numbers, length(numbers), options)))
    bare = !any(has_unit, Iterators.flatten((samples_of(times), samples_of(trials))))
    return train, bare && (unit === nothing || Symbol(unit) !== :ms)
end

"Warn if times of trains are likely in another unit than they were taken for."
function warn_of_unit(trains, unit)
    taken = value_of("unit", :TIME, something(unit, :ms))
    likely = ask(API.spikes_likely_unit, [train.handle for train in trains], length(trains), taken)
    likely == taken && return
    @warn string(unit_doubt(likely), " (they were taken for ", words(:TIME)[taken + 1], ")") _group = :dicrec
end

unit_doubt(likely) =
    likely == API.TIME.S ? "the times look like seconds: if they are, write unit = :s, and if they are ms, unit = :ms" :
    "the times look like ms: if they are, write unit = :ms"

"""
    from_samples(samples; rate_hz, origin = 0, unit = nothing, window = nothing, gaps = nothing)
    from_samples(; trials, rate_hz, ...)

A train from sample numbers of a recording: whole numbers, strictly increasing.

- `rate_hz`: sampling rate, Hz
- `origin`: the sample that is time 0

`window` and `gaps` are times, as of [`Spikes`](@ref).
"""
function from_samples(samples = nothing; rate_hz, origin = 0, unit = nothing, trials = nothing, observation...)
    given = (; origin = origin, observation...)
    numbers, options = train_arguments(samples_in, "samples", samples, trials, unit, given)
    rate = in_unit("rate_hz", rate_hz, "Hz")
    return Spikes(first(create(API.Spikes, API.spikes_create_from_samples, numbers, length(numbers), rate, options)))
end

vector_in(name, values, unit) = vector(name, values, unit)

function samples_in(name, values, _)
    values isa AbstractVector || throw(invalid(name, " is ", described(values), ", a vector is expected"))
    return Int64[whole("$name[$i]", value, Int64) for (i, value) in enumerate(values)]
end

"Unit that quantities are converted to, and the constant of the library's; a quantity is refused beside `unit`."
function unit_given(unit, values)
    unit === nothing && return "ms", nothing
    value_of("unit", :TIME, unit)
    any(has_unit, values) && throw(invalid("unit is ", unit, ", but the times have units themselves"))
    return String(unit), unit
end

"Values that may say their unit: of each array the first, for an array is of one kind."
samples_of(values) = values isa Union{AbstractVector,Tuple} && !isempty(values) ? samples_of(first(values)) : (values,)

function train_arguments(as_vector, name, times, trials, unit, given)
    (times === nothing) == (trials === nothing) && throw(invalid(name, ", trials: one of the two is expected"))
    shown = Iterators.flatten((samples_of(times), samples_of(trials), map(samples_of, values(given))...))
    target, word = unit_given(unit, shown)
    options = Dict{Symbol,Any}(:unit => word, pairs(observed(target, trials; given...))...)
    trials === nothing && return as_vector(name, times, target), new_options(API.SpikesOptions, options)
    parts = [as_vector("trials", trial, target) for trial in trials]
    isempty(parts) && throw(invalid("trials: at least one is expected"))
    options[:trial_counts] = length.(parts)
    return reduce(vcat, parts), new_options(API.SpikesOptions, options)
end

"When a train was observed, as fields of the options."
function observed(unit, trials; window = nothing, gaps = nothing, origin = nothing)
    none = gaps === nothing || isempty(gaps)
    shared = (gaps = none ? nothing : from_rows_of("gaps", gaps, unit), origin = origin)
    window === nothing && return shared
    bounds = from_rows_of("window", window, unit)
    is_row(window) && return (; shared..., has_window = 1, start = bounds[1, 1], stop = bounds[1, 2])
    trials !== nothing && size(bounds, 1) == length(trials) && return (; shared..., trial_windows = bounds)
    throw(invalid("window: one for each trial, or one for all, is expected"))
end

function from_rows_of(name, values, unit)
    numbers, n = rows(name, values, 2, unit)
    return from_rows(numbers, n, 2)
end

as_spikes(spikes::Spikes; unit = nothing) =
    unit === nothing ? spikes : throw(invalid("unit is ", unit, ", but a train knows its unit"))
as_spikes(times; unit = nothing) = Spikes(times; unit = unit)

"Trains of many, with one warning for all whose unit is doubtful."
function as_trains(trains; unit = nothing)
    doubtful = Spikes[]
    result = Spikes[as_train!(doubtful, train, unit) for train in trains]
    isempty(doubtful) || warn_of_unit(doubtful, unit)
    return result
end

as_train!(_, train::Spikes, unit) = as_spikes(train; unit = unit)

function as_train!(doubtful, times, unit)
    train, may_be_wrong = made_spikes(times; unit = unit)
    may_be_wrong && push!(doubtful, train)
    return train
end

"Copied spike times, ms."
function times(spikes::Spikes)
    isopen(spikes.handle) || borrow(spikes.handle) # which throws
    copied = spikes.times
    copied === nothing || return copied
    result = Vector{Float64}(undef, ask(API.spikes_count, spikes.handle))
    check(ask(API.spikes_copy_times, spikes.handle, result, length(result)))
    return spikes.times = result
end

Base.size(spikes::Spikes) = (Int(ask(API.spikes_count, spikes.handle)),)
Base.IndexStyle(::Type{Spikes}) = IndexLinear()
Base.@propagate_inbounds Base.getindex(spikes::Spikes, i::Int) = times(spikes)[i]
Base.iterate(spikes::Spikes, state...) = iterate(times(spikes), state...)
Base.setindex!(::Spikes, _, ::Int) = throw(invalid("a train is immutable: make another one of other times"))
Base.Vector(spikes::Spikes) = copy(times(spikes))
Base.collect(spikes::Spikes) = copy(times(spikes))
Base.:(==)(a::Spikes, b::Spikes) =
    times(a) == times(b) && segments(a) == segments(b) && segment_counts(a) == segment_counts(b)
Base.hash(spikes::Spikes, h::UInt) = hash(times(spikes), hash(segments(spikes), h))

function Base.close(spikes::Spikes)
    spikes.times = nothing
    close(spikes.handle)
end

Base.isopen(spikes::Spikes) = isopen(spikes.handle)

"""
    segments(spikes)

Start and stop, ms, of the stretches that were observed without a gap, trial by trial: a matrix [segments, 2].
"""
function segments(spikes::Spikes)
    n = Int(ask(API.spikes_segment_count, spikes.handle))
    result = Vector{Float64}(undef, 2n)
    check(ask(API.spikes_copy_segments, spikes.handle, result, C_NULL, n))
    return from_rows(result, n, 2)
end

"""
    segment_counts(spikes)

Number of spikes in each of the [`segments`](@ref): a `Vector{Int}`.
"""
function segment_counts(spikes::Spikes)
    n = Int(ask(API.spikes_segment_count, spikes.handle))
    result = Vector{UInt64}(undef, n)
    check(ask(API.spikes_copy_segments, spikes.handle, C_NULL, result, n))
    return Int.(result)
end
