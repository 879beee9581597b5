# SPDX-License-Identifier: MIT
# Results as tables: named tuples of vectors, which is what packages that know Tables.jl take.

"""
    Dicrec.columntable(result)

A result as a table, a `NamedTuple` of vectors, which every package that knows Tables.jl takes (`DataFrame`,
`CSV.write`). On Julia 1.9 or newer they take the result itself once Tables.jl is loaded.

- of a [`Population`](@ref): a row a member, with its conductances by channel (mS/cm2), DICs, noise current (uA/cm2),
  stream and the name of its status
- of a [`Reconstruction`](@ref): the same, with `mismatch`, `accepted` and `distance` where they are known
- of a [`Simulation`](@ref): a row a spike, with its member and time in ms
- of [`Spikes`](@ref): a row a spike, with its segment and time in ms
"""
function columntable(population::Population)
    columns(names, rows) = [Symbol(name) => rows[:, i] for (i, name) in enumerate(names)]
    return (;
        :member => collect(1:length(population)),
        columns(population.channels, population.conductances)...,
        columns(dic_names(), population.dics)...,
        :noise_std => copy(population.noise_std),
        :stream => copy(population.streams),
        :status => [status.name for status in population.status],
    )
end

function columntable(reconstruction::Reconstruction)
    known = [name => getfield(reconstruction, name) for name in (:mismatch, :accepted, :distance)]
    return (; pairs(columntable(reconstruction.population))..., filter(pair -> pair[2] !== nothing, known)...)
end

columntable(simulation::Simulation) = spike_table(:member, simulation.spikes)

function columntable(spikes::Spikes)
    last_ones = cumsum(segment_counts(spikes))
    first_ones = [1; last_ones[1:end-1] .+ 1]
    return spike_table(:segment, [times(spikes)[i:j] for (i, j) in zip(first_ones, last_ones)])
end

spike_table(name, trains) = NamedTuple{(name, :time_ms)}((
    reduce(vcat, [fill(i, length(train)) for (i, train) in enumerate(trains)]; init = Int[]),
    reduce(vcat, trains; init = Float64[]),
))
