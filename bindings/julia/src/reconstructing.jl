# SPDX-License-Identifier: MIT
# The whole way in one call: spike train, DICs, population, and a check of what it fires.

const PARTS = (:estimate, :generate, :simulate)

"Options of the whole way; those of its parts are named tuples, in the words of their verbs."
function reconstruct_options(model, given)
    parts = (
        estimate = new_options(API.EstimateOptions, part(given, :estimate)),
        generate = population_options(model, part(given, :generate)),
        simulate = simulation_options(model, nothing, part(given, :simulate)),
    )
    own = Dict{Symbol,Any}(name => value for (name, value) in pairs(given) if !(name in PARTS))
    return new_options(API.ReconstructOptions, merge(own, Dict{Symbol,Any}(pairs(parts)...)))
end

function part(given, name)
    options = get(given, name, nothing)
    options === nothing && return NamedTuple()
    options isa Union{NamedTuple,AbstractDict{Symbol}} && return options
    throw(invalid(name, " is ", described(options), ", a named tuple of options is expected"))
end

raw_kept(given) = keeps_raw(part(given, :generate))

"""
    reconstruct(estimator, spikes, n; unit = nothing, progress = nothing, options...)

Turn a spike train ([`Spikes`](@ref), or bare times in `unit`, by default ms; at least three spikes) into `n` members
that share what the spikes tell: a [`Reconstruction`](@ref), with a warning if the input is unlike the training data,
members are missing, or the report has a remark.

- `progress`: called as `progress(done, total)`; `false` cancels
- `estimate`, `generate`, `simulate`: named tuples of options of the stages, in the words of [`estimate`](@ref),
  [`generate`](@ref) and [`simulate`](@ref)

$(keywords(API.ReconstructOptions, PARTS...))
"""
function reconstruct(estimator::Estimator, spikes, n; unit = nothing, progress = nothing, given...)
    train, model = as_spikes(spikes; unit = unit), estimator.model
    options = reconstruct_options(model, given)
    arguments = (estimator.handle, train.handle, count_of("n", n), options)
    handle, remark = create(API.Reconstruction, API.reconstruct, arguments...; progress = progress)
    return copied_reconstruction(handle, model.channels, raw_kept(given), remark)
end

"""
    reconstruct_many(estimator, trains, n; unit = nothing, progress = nothing, options...)

Turn many spike trains into a population each: for each what [`reconstruct`](@ref) returns, to the byte, whatever the
number of threads; for a train that failed its [`DicrecError`](@ref), which is not thrown.

- `n_threads`: trains at once, each on a thread of its own
- `progress`: called as `progress(done, total)` in trains; `false` cancels. What was done until then is kept: the other
  trains have a `Dicrec.CancelledError`.

With more than one thread the library's messages do not reach the log of Julia. Further options as of
[`reconstruct`](@ref), for every train.
"""
function reconstruct_many(estimator::Estimator, trains, n; unit = nothing, progress = nothing, given...)
    all_trains = as_trains(trains; unit = unit)
    options, model = reconstruct_options(estimator.model, given), estimator.model
    handles = create_many(API.Reconstruction, length(all_trains)) do results
        objects = [train.handle for train in all_trains]
        call(API.reconstruct_many, estimator.handle, objects, length(objects), count_of("n", n), options, results;
            progress = progress, log = options.struct_.n_threads <= 1)
    end
    return Union{Reconstruction,DicrecError}[one_of_many(handle, model, raw_kept(given)) for handle in handles]
end

function one_of_many(handle, model, keep_raw)
    status = Status(ask(API.reconstruction_status, handle))
    isfailure(status) || return copied_reconstruction(handle, model.channels, keep_raw, status)
    return failure(status, ask(object -> copied_text(API.reconstruction_error, object), handle))
end

"""
    reconstruct_posterior(model, posterior, n; spikes = nothing, unit = nothing, progress = nothing, options...)

Turn a posterior into a population, without an estimator: of a target, `Posterior((-5, 8))`, of arrays, or an
estimator's. Candidates are drawn from it and, with `verify`, simulated; no network screens them. Returns a
[`Reconstruction`](@ref).

- `spikes`: train that members should fire like; needed with `verify`

Further options as of [`reconstruct`](@ref), but `estimate`, which has no effect.
"""
function reconstruct_posterior(
    model, posterior::Posterior, n; spikes = nothing, unit = nothing, progress = nothing, given...
)
    opened = as_model(model)
    train = spikes === nothing ? C_NULL : as_spikes(spikes; unit = unit).handle
    options = reconstruct_options(opened, given)
    arguments = (opened.handle, posterior.handle, train, count_of("n", n), options)
    handle, remark = create(API.Reconstruction, API.reconstruct_posterior, arguments...; progress = progress)
    return copied_reconstruction(handle, opened.channels, raw_kept(given), remark)
end
