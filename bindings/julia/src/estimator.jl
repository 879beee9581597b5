# SPDX-License-Identifier: MIT
# From spike times to a posterior.

"""
    Estimator(model; weights = nothing)

A trained network for one model (a [`Model`](@ref) or its name).

- `weights`: path of a safetensors file, or its bytes; by default the weights compiled into the library

An estimator may be shared by tasks and threads.
"""
struct Estimator <: Holder
    handle::Handle{API.Estimator}
    model::Model
end

function Estimator(model; weights = nothing)
    opened = as_model(model)
    options = weights_options(weights)
    return Estimator(first(create(API.Estimator, API.estimator_create, opened.handle, options)), opened)
end

weights_options(::Nothing) = new_options(API.EstimatorOptions, NamedTuple())

function weights_options(path::AbstractString)
    options, name = weights_options(nothing), c_text("weights", path)
    push!(options.kept, name)
    options.struct_.weights_path = pointer(name)
    return options
end

function weights_options(bytes::AbstractVector{UInt8})
    options, data = weights_options(nothing), Vector{UInt8}(bytes)
    push!(options.kept, data)
    options.struct_.weights_data = pointer(data)
    options.struct_.weights_size = length(data)
    return options
end

weights_options(other) = throw(invalid("weights is ", described(other), ", a path or bytes are expected"))

"""
    Dicrec.metadata(estimator, key)

One entry of the metadata of the weights (`"version"`, `"seed"`, `"n_train"`, ...): a `String`, or `nothing`.
"""
function metadata(estimator::Estimator, key)
    entry = ask((object, name) -> copied_text(API.estimator_metadata, object, name), estimator.handle, c_text("key", key))
    return isempty(entry) ? nothing : entry
end

"""
    estimate(estimator, spikes; unit = nothing, progress = nothing, options...)

Read the DICs of a neuron from its spikes ([`Spikes`](@ref), or bare times in `unit`, by default ms): a
[`Posterior`](@ref). With fewer than two intervals, or unlike the training data, there is a warning.

$(keywords(API.EstimateOptions, :n_threads))
"""
function estimate(estimator::Estimator, spikes; unit = nothing, progress = nothing, given...)
    train = as_spikes(spikes; unit = unit)
    options = new_options(API.EstimateOptions, given)
    arguments = (estimator.handle, train.handle, options)
    return Posterior(create(API.Posterior, API.estimate, arguments...; progress = progress)...)
end

"""
    estimate_many(estimator, trains; unit = nothing, progress = nothing, options...)

Read the DICs of many neurons: the very answers of [`estimate`](@ref), faster. Returns a vector with a
[`Posterior`](@ref) for each train, which has its own remark, or the [`DicrecError`](@ref), which is not thrown, for one
that was not read because `progress` answered `false`.

$(keywords(API.EstimateOptions))
"""
function estimate_many(estimator::Estimator, trains; unit = nothing, progress = nothing, given...)
    all_trains = as_trains(trains; unit = unit)
    statuses = Vector{Int32}(undef, length(all_trains))
    options = new_options(API.EstimateOptions, given)
    handles = create_many(API.Posterior, length(all_trains)) do posteriors
        objects = [train.handle for train in all_trains]
        call(API.estimate_many, estimator.handle, objects, length(objects), options, posteriors, statuses;
            progress = progress, log = false)
    end
    result(handle, status) = isfailure(status) ? failure(status) : Posterior(handle, status)
    return Union{Posterior,DicrecError}[result(handle, Status(value)) for (handle, value) in zip(handles, statuses)]
end

"Handles of the objects that `f` writes into a vector."
function create_many(f, ::Type{T}, n) where {T}
    objects = fill(Ptr{T}(C_NULL), n)
    try
        f(objects)
        return [Handle(object) for object in objects]
    catch
        foreach(API.free, objects)
        rethrow()
    end
end
