# SPDX-License-Identifier: MIT
# A posterior over the slow and the ultraslow DIC and the noise current.

"""
    Posterior((g_s, g_u)); Posterior((g_s, g_u, noise_std))
    Posterior(bytes)
    Posterior(; weights, means, covariances, arrays...)

Posterior over g_s, g_u and the standard deviation of the noise current in uA/cm2, which is what [`estimate`](@ref)
returns. Made of a pair of DICs, maybe with a noise current, it is sure of them; made of arrays it is a mixture of
Gaussians, truncated to ranges, such as [`mixture`](@ref) gives; of the bytes (`Vector{UInt8}`) that
[`Dicrec.bytes`](@ref) gives it is the same posterior again. The arrays:

$(join(["- `$(field.name)` [$(join(field.shape, ", "))]: $(plain(field))\n" for field in mixture_fields()]))
What it tells:

- `parameters`: names of the columns, `g_s`, `g_u` and `noise_std`
- `median`, `mean`, [`quantile`](@ref), [`cov`](@ref), [`sample`](@ref), [`log_density`](@ref)
- `noiseless`: probability that there is no noise current
- `activity`: class of the train; `nothing` if made of plain numbers
- `class_probabilities`: of what the neuron by itself does, under a steady input without noise; `nothing` if made of
  plain numbers
- `support`: share of training trains that are at least as unusual as this one, 0 to 1; 1 if made of plain numbers
- `time_scale`, `time_scale_interval`: the one that was used or found; lowest and highest that fit
- `remark`: [`Status`](@ref) of the call

A posterior may be shared by tasks and threads.
"""
struct Posterior <: Holder
    handle::Handle{API.Posterior}
    remark::Status
end

Posterior(dics::Union{AbstractVector,Tuple}) =
    made_posterior(API.posterior_create_at, vector("dics", dics), length(dics))
Posterior(; arrays...) = made_posterior(API.posterior_create, filled_mixture((; arrays...)))

Posterior(bytes::Vector{UInt8}) = made_posterior(API.posterior_create_from_bytes, bytes, length(bytes))

made_posterior(f, arguments...) = Posterior(create(API.Posterior, f, arguments...)...)

const POSTERIOR_PROPERTIES = (
    :parameters, :median, :mean, :noiseless, :activity, :class_probabilities, :support, :time_scale,
    :time_scale_interval, :remark,
)

Base.propertynames(::Posterior) = POSTERIOR_PROPERTIES

function Base.getproperty(posterior::Posterior, name::Symbol)
    name in (:handle, :remark) && return getfield(posterior, name)
    name === :parameters && return parameters(posterior)
    name === :median && return median(posterior)
    name === :mean && return mean(posterior)
    name === :noiseless && return ask(API.posterior_noiseless_probability, posterior.handle)
    name === :activity && return activity(posterior)
    name === :class_probabilities && return class_probabilities(posterior)
    name === :support && return ask(API.posterior_support, posterior.handle)
    name === :time_scale && return ask(API.posterior_time_scale, posterior.handle)
    name === :time_scale_interval && return time_scale_interval(posterior)
    throw(invalid("a posterior has no ", name, "; it has ", join(POSTERIOR_PROPERTIES, ", ")))
end

n_parameters(posterior) = Int(ask(API.posterior_parameter_count, posterior.handle))

parameters(posterior) =
    [lent_text(API.posterior_parameter_name, posterior.handle, i - 1) for i in 1:n_parameters(posterior)]

is_of_spikes(posterior) = ask(API.posterior_activity, posterior.handle) >= 0

activity(posterior) =
    is_of_spikes(posterior) ? word_of(:ACTIVITY, ask(API.posterior_activity, posterior.handle)) : nothing

function class_probabilities(posterior)
    is_of_spikes(posterior) || return nothing
    names = words(:ACTIVITY)
    result = Vector{Float64}(undef, length(names))
    check(ask(API.posterior_class_probabilities, posterior.handle, length(result), result))
    return NamedTuple{Tuple(names)}(Tuple(result))
end

function time_scale_interval(posterior)
    result = Vector{Float64}(undef, 2)
    check(ask(API.posterior_time_scale_interval, posterior.handle, result))
    return (result[1], result[2])
end

"""
    mean(posterior)

Means of g_s, g_u and the noise current (uA/cm2): a vector [parameters].
"""
function mean(posterior::Posterior)
    result = Vector{Float64}(undef, n_parameters(posterior))
    check(ask(API.posterior_moments, posterior.handle, length(result), result, C_NULL))
    return result
end

"""
    cov(posterior)

Covariance of g_s, g_u and the noise current (uA/cm2): a matrix [parameters, parameters].
"""
function cov(posterior::Posterior)
    n = n_parameters(posterior)
    result = Vector{Float64}(undef, n * n)
    check(ask(API.posterior_moments, posterior.handle, n, C_NULL, result))
    return from_rows(result, n, n)
end

"""
    quantile(posterior, p)

Marginal quantiles of g_s, g_u and the noise current (uA/cm2; 0 at every p up to `posterior.noiseless`): a vector
[parameters], for a vector of probabilities a matrix [p, parameters]. A probability is above 0 and below 1.
"""
function quantile(posterior::Posterior, p::Real)
    result = Vector{Float64}(undef, n_parameters(posterior))
    check(ask(API.posterior_quantile, posterior.handle, in_unit("p", p, ""), length(result), result))
    return result
end

function quantile(posterior::Posterior, p::Union{AbstractVector,Tuple})
    found = [quantile(posterior, probability) for probability in vector("p", p)]
    return permutedims(reduce(hcat, found; init = Matrix{Float64}(undef, n_parameters(posterior), 0)))
end

"""
    median(posterior)

Marginal medians of g_s, g_u and the noise current (uA/cm2), the point estimate: a vector [parameters].
"""
median(posterior::Posterior) = quantile(posterior, 0.5)

"""
    log_density(posterior, points)

Natural logarithm of the density at `points` [n, 2] of g_s and g_u, whatever the noise, or [n, 3] with the noise current
(uA/cm2; where it is 0, the probability of none): a vector [n]; `-Inf` outside the range of training.
"""
function log_density(posterior::Posterior, points)
    columns = points isa AbstractMatrix ? size(points, 2) : length(is_row(points) ? points : first(points))
    numbers, n = rows("points", points, columns)
    result = Vector{Float64}(undef, n)
    check(ask(API.posterior_log_density, posterior.handle, numbers, n, columns, result))
    return result
end

"""
    sample(posterior, n; seed = 1, n_parameters = nothing)

Draws of g_s, g_u and the noise current (uA/cm2), jointly: a matrix [n, parameters]. Draw i depends on the seed and i
alone; `n_parameters` 2 leaves out the noise.
"""
function sample(posterior::Posterior, n; seed = 1, n_parameters = nothing)
    rows_wanted = count_of("n", n)
    columns = n_parameters === nothing ? Dicrec.n_parameters(posterior) : count_of("n_parameters", n_parameters)
    known = Dicrec.n_parameters(posterior)
    columns <= known || throw(out_of_range("n_parameters is ", columns, ", allowed is up to ", known))
    result = Vector{Float64}(undef, rows_wanted * columns)
    check(ask(API.posterior_sample, posterior.handle, whole("seed", seed, UInt64), rows_wanted, columns, result))
    return from_rows(result, rows_wanted, columns)
end

"""
    mixture(posterior)

The posterior as plain numbers, all of it but for what else networks read of the spikes: a `NamedTuple` of arrays, of
which `Posterior(; mixture(posterior)...)` makes the same law.
"""
mixture(posterior::Posterior) = mixture_arrays(posterior.handle)

"""
    Dicrec.bytes(posterior)

All of a posterior as bytes, for a file or another process: `Posterior(Dicrec.bytes(posterior))` is an exact copy.
"""
bytes(posterior::Posterior) = ask(copied_bytes, posterior.handle)

function copied_bytes(posterior)
    result = Vector{UInt8}(undef, API.posterior_byte_count(posterior))
    check(API.posterior_copy_bytes(posterior, result, length(result)))
    return result
end
