# SPDX-License-Identifier: MIT
# What the whole way returns: posterior, population, and a check of what its members fire.

"""
    Reconstruction

Posterior, population and, if verified, the firing of each member, all copied out of the library but the posterior.

- `posterior`: [`Posterior`](@ref)
- `population`: [`Population`](@ref); members that match come first, then the nearest of the others, with the status
  `W_REJECTED`
- `report`: see below; `report.remarks` are names, which [`Dicrec.remarks`](@ref) explains
- `mismatch` [n]: how far what each member is predicted to fire is from the input, in tolerances of the screening: at
  most `report.tolerance` is a match. `nothing` without screening
- `spread_kept` [channels]: standard deviation of each conductance over the accepted members, relative to that over all
  candidates; `candidate_mean`, `candidate_std` [channels]: of all candidates, mS/cm2. `nothing` with neither screening
  nor check
- `accepted` [n], `distance` [n], `spikes` [n], `statistics` [n]: whether each member fires like the input; its squared
  van Rossum distance to it, 1/ms; spike times, ms, at the input's time scale; their statistics. `nothing` without the
  check
- `remark`: [`Status`](@ref) of the call

`Dicrec.columntable(reconstruction)` is a table of the members. The report:

$(fields_list(API.ReconstructionReport))
"""
struct Reconstruction
    posterior::Posterior
    population::Population
    report::Record{API.ReconstructionReport}
    mismatch::Union{Nothing,Vector{Float64}}
    spread_kept::Union{Nothing,Vector{Float64}}
    candidate_mean::Union{Nothing,Vector{Float64}}
    candidate_std::Union{Nothing,Vector{Float64}}
    accepted::Union{Nothing,Vector{Bool}}
    distance::Union{Nothing,Vector{Float64}}
    spikes::Union{Nothing,Vector{Vector{Float64}}}
    statistics::Union{Nothing,Vector{Record{API.SpikeStatistics}}}
    remark::Status
end

"What an object lends, with an owner of its own."
lent(f, handle) = Handle(ask(object -> API.retain(f(object)), handle))

"Copy of the library's reconstruction, which is closed."
function copied_reconstruction(handle, channels, keep_raw, remark)
    report = copied_report(handle)
    selected = report.screened || report.verified
    members = lent(API.reconstruction_population, handle)
    population = copied_population(members, channels, keep_raw && !selected, remark)
    posterior = Posterior(lent(API.reconstruction_posterior, handle), remark)
    screened = report.screened ? by_member(API.reconstruction_mismatch, handle, length(population)) : nothing
    spread = selected ? spread_of(handle, length(channels)) : (nothing, nothing, nothing)
    checked = report.verified ? check_of(handle, length(population)) : (nothing, nothing, nothing, nothing)
    close(members)
    close(handle)
    return Reconstruction(posterior, population, report, screened, spread..., checked..., remark)
end

function copied_report(handle)
    report = empty_struct(API.ReconstructionReport)
    check(ask(API.reconstruction_copy_report, handle, report))
    return Record(report)
end

by_member(f, handle, n) = [ask(f, handle, i - 1) for i in 1:n]

"Spread that was kept, and mean and standard deviation of the candidates."
function spread_of(handle, n_channels)
    kept, mean, std = (Vector{Float64}(undef, n_channels) for _ in 1:3)
    check(ask(API.reconstruction_copy_spread_kept, handle, kept, n_channels))
    check(ask(API.reconstruction_copy_candidate_moments, handle, mean, std, n_channels))
    return kept, mean, std
end

"What the members fired in the check."
function check_of(handle, n)
    trains = all_spikes(API.reconstruction_spike_total, API.reconstruction_copy_all_spikes, handle, n)
    return by_member(API.reconstruction_accepted, handle, n) .!= 0,
    by_member(API.reconstruction_distance, handle, n),
    trains,
    [member_statistics(handle, i) for i in 1:n]
end

function member_statistics(handle, member)
    result = empty_struct(API.SpikeStatistics)
    status = ask(API.reconstruction_statistics, handle, member - 1, result)
    isfailure(Status(status)) && check(status) # a silent member is no reason to warn
    return Record(result)
end
