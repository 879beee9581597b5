# SPDX-License-Identifier: MIT
# Degenerate populations: many sets of conductances that share their DICs.

"""
    Member

One member of a [`Population`](@ref): `member[:Na]` is a conductance in mS/cm2, `conductances` are all of them in the
order of `channels`, `dics` g_f, g_s, g_u and g_t. It has the `status`, the random `stream`, the noise current
`noise_std` (uA/cm2) and the `time_scale` that it is to be simulated with.
"""
struct Member
    channels::Vector{String}
    conductances::Vector{Float64}
    dics::Vector{Float64}
    status::Status
    stream::UInt64
    noise_std::Float64
    time_scale::Float64
end

# The same bytes are the same member, the NaN of failed ones included.
Base.:(==)(a::Member, b::Member) = all(name -> isequal(getfield(a, name), getfield(b, name)), fieldnames(Member))
Base.hash(member::Member, h::UInt) = hash(member.conductances, hash(member.stream, h))

function Base.getindex(member::Member, channel::Union{Symbol,AbstractString})
    found = findfirst(isequal(String(channel)), member.channels)
    found === nothing && throw(invalid("channel is ", channel, ", the member has ", join(member.channels, ", ")))
    return member.conductances[found]
end

"""
    Population

Members by channels, a vector of [`Member`](@ref)s: all numbers are copied out of the library. Ranges and masks of
members are populations again.

- `channels`: names of the columns of `conductances`
- `conductances` [n, channels]: maximal conductances, mS/cm2; `NaN` for failed members
- `dics` [n, 4]: g_f, g_s, g_u, g_t at threshold; `NaN` for failed members
- `status` [n]: [`Status`](@ref) of each member
- `base`, `spiking` [n, channels]: base draw and spiking neuron, if they were kept (`keep_raw`), else `nothing`
- `streams` [n]: numbers of the members' random streams
- `noise_std` [n]: noise current of each member, uA/cm2, that a reconstruction gave it; else 0
- `time_scale`: of the input that they were reconstructed from; else 1
- `remark`: [`Status`](@ref) of the call

`Dicrec.columntable(population)` is a table.
"""
struct Population <: AbstractVector{Member}
    channels::Vector{String}
    conductances::Matrix{Float64}
    dics::Matrix{Float64}
    status::Vector{Status}
    base::Union{Nothing,Matrix{Float64}}
    spiking::Union{Nothing,Matrix{Float64}}
    streams::Vector{UInt64}
    noise_std::Vector{Float64}
    time_scale::Float64
    remark::Status
end

Base.size(population::Population) = size(population.status)
Base.IndexStyle(::Type{Population}) = IndexLinear()

function Base.getindex(p::Population, i::Int)
    @boundscheck checkbounds(p, i)
    numbers = (p.conductances[i, :], p.dics[i, :], p.status[i], p.streams[i], p.noise_std[i])
    return Member(p.channels, numbers..., p.time_scale)
end

Base.getindex(p::Population, ::Colon) = p[1:length(p)]

function Base.getindex(p::Population, members::AbstractVector{<:Integer})
    @boundscheck checkbounds(p, members)
    of(rows) = rows === nothing ? nothing : rows[members, :]
    parts = (of(p.conductances), of(p.dics), p.status[members], of(p.base), of(p.spiking))
    return Population(p.channels, parts..., p.streams[members], p.noise_std[members], p.time_scale, p.remark)
end

"""
    isok(population)

For each member whether its status is `OK`: rejected ones are not.
"""
isok(population::Population) = isok.(population.status)

"Copy of the library's population."
function copied_population(handle, channels, keep_raw, remark)
    n = Int(ask(API.population_member_count, handle))
    status, streams = Vector{Int32}(undef, n), Vector{UInt64}(undef, n)
    noise_std, n_dics = Vector{Float64}(undef, n), Int(API.DIC.COUNT)
    dics = Vector{Float64}(undef, n * n_dics)
    check(ask(API.population_copy_statuses, handle, status, n))
    check(ask(API.population_copy_streams, handle, streams, n))
    check(ask(API.population_copy_noise_std, handle, noise_std, n))
    check(ask(API.population_copy_dics, handle, n_dics, dics, length(dics)))
    raw(stage) = keep_raw ? stage_of(handle, n, stage) : nothing
    return Population(
        channels, stage_of(handle, n, API.STAGE.FINAL), from_rows(dics, n, n_dics), Status.(status),
        raw(API.STAGE.BASE), raw(API.STAGE.SPIKING), streams, noise_std, ask(API.population_time_scale, handle), remark,
    )
end

function stage_of(handle, n, stage)
    n_channels = Int(ask(API.population_channel_count, handle))
    numbers = Vector{Float64}(undef, n * n_channels)
    check(ask(API.population_copy_conductances, handle, stage, numbers, length(numbers)))
    return from_rows(numbers, n, n_channels)
end

"Options of a population: channels by name or index, ranges of all channels or, by name, of some."
function population_options(model, given)
    values = Dict{Symbol,Any}(pairs(given)...)
    channels, ranges = get(values, :channels, nothing), get(values, :ranges, nothing)
    channels === nothing || (values[:channels] = [channel_index(model, channel) - 1 for channel in channels])
    ranges isa AbstractDict && (values[:ranges] = changed_ranges(model, ranges))
    shapes = (ranges = (length(model.channels), 2),)
    return new_options(API.GenerateOptions, values; shapes = shapes)
end

function changed_ranges(model, ranges)
    result = copy(model.conductance_ranges)
    for (channel, limits) in ranges
        result[channel_index(model, channel), :] = first(rows("ranges of $channel", limits, 2, "mS/cm2"))
    end
    return result
end

keeps_raw(given) = something(get(given, :keep_raw, nothing), false) in (true, 1)

"""
    generate(model, target, n; progress = nothing, options...)

Draw `n` members whose DICs at threshold are the target: a [`Population`](@ref), with a warning if some members failed.

- `target`: g_s and g_u, one pair for all members, or [n, 2] of each
- `progress`: called as `progress(done, total)`; `false` cancels. Members that were made until then are kept, the others
  have the status `E_CANCELLED`.

`channels` may be names; `ranges` [channels, 2] or, of some channels, a `Dict` by name.

$(keywords(API.GenerateOptions))
"""
function generate(model, target, n; progress = nothing, given...)
    opened = as_model(model)
    columns = length(opened.targets)
    targets, n_targets = rows("target", target, columns)
    arguments = (opened.handle, targets, n_targets, columns, count_of("n", n), population_options(opened, given))
    handle, remark = create(API.Population, API.generate, arguments...; progress = progress)
    population = copied_population(handle, opened.channels, keeps_raw(given), remark)
    close(handle)
    return population
end
