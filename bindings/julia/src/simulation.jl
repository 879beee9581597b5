# SPDX-License-Identifier: MIT
# What given conductances fire.

"""
    Simulation

Spikes and traces of each member, all copied out of the library; `simulation[i]` is the vector of spike times of member
i, ms from the start of the simulation.

- `spikes`: spike times of each member, ms
- `status` [n]: [`Status`](@ref) of each member
- `traces`: for each member a matrix [samples, columns], `NaN` after an early stop on a grid; `nothing` without traces
- `times`: for each member the times of its samples, ms; `nothing` without traces
- `columns`: names of the columns of traces: `V` in mV, states such as `m_Na` and `Ca` (uM), currents such as `I_Na`
  in uA/cm2, outward positive
- `final_states` [n, states]: state of each member at the end, in the order of `model.states`; `NaN` unless its status
  is `OK`
- `solver`: the one that ran
- `remark`: [`Status`](@ref) of the call

`Dicrec.column(simulation, :I_Na, member)` is one column of a trace. `Dicrec.columntable(simulation)` is a table of
spikes.
"""
struct Simulation <: AbstractVector{Vector{Float64}}
    spikes::Vector{Vector{Float64}}
    status::Vector{Status}
    traces::Union{Nothing,Vector{Matrix{Float64}}}
    times::Union{Nothing,Vector{Vector{Float64}}}
    columns::Vector{String}
    final_states::Matrix{Float64}
    solver::Symbol
    remark::Status
end

Base.size(simulation::Simulation) = size(simulation.spikes)
Base.IndexStyle(::Type{Simulation}) = IndexLinear()
Base.@propagate_inbounds Base.getindex(simulation::Simulation, i::Int) = simulation.spikes[i]

"""
    isok(simulation)

For each member whether its status is `OK`.
"""
isok(simulation::Simulation) = isok.(simulation.status)

"""
    Dicrec.column(simulation, name, member = 1)

Samples of one column of a member's trace, by its name.
"""
function column(simulation::Simulation, name, member = 1)
    found = findfirst(isequal(String(name)), simulation.columns)
    known = isempty(simulation.columns) ? "no traces" : join(simulation.columns, ", ")
    found === nothing && throw(invalid("name is ", name, ", the simulation has ", known))
    return simulation.traces[member][:, found]
end

"Keyword arguments with what a population brings along, where they do not say otherwise."
function with_members(conductances, given)
    conductances isa Union{Population,Member} || return given
    values = Dict{Symbol,Any}(pairs(given)...)
    is_set(names...) = any(name -> get(values, name, nothing) !== nothing, names)
    several(x) = x isa AbstractVector ? x : [x]
    streams = conductances isa Member ? conductances.stream : conductances.streams
    is_set(:noise_std, :member_noise_std) || (values[:member_noise_std] = several(conductances.noise_std))
    is_set(:member_streams, :first_member) || (values[:member_streams] = several(streams))
    is_set(:time_scale) || (values[:time_scale] = conductances.time_scale)
    return values
end

conductances_of(members::Union{Population,Member}) = members.conductances
conductances_of(numbers) = numbers

"Options of a simulation of `n` neurons; of a check, which has no members yet, `n` is `nothing`."
function simulation_options(model, n, given)
    values = Dict{Symbol,Any}(pairs(given)...)
    interval, trace = get(values, :trace_dt_ms, nothing), get(values, :trace, nothing)
    interval === nothing && trace !== nothing && (values[:trace_dt_ms] = API.TRACE_DT_MS)
    interval in (:steps, "steps") && (values[:trace_dt_ms] = API.TRACE_STEPS)
    shapes = (member_noise_std = (n,), member_streams = (n,))
    states = pop!(values, :initial_states, nothing)
    options = new_options(API.SimulateOptions, values; shapes = shapes)
    states === nothing || start_from!(options, model, states)
    return options
end

function start_from!(options, model, states)
    numbers, n = rows("initial_states", states, length(model.states))
    push!(options.kept, numbers)
    options.struct_.initial_states = pointer(numbers)
    options.struct_.n_initial_states = n
end

"""
    simulate(model, conductances; progress = nothing, options...)

Simulate neurons from the model's initial state, or from states of your own: a [`Simulation`](@ref), with a warning if
some members stopped early or failed.

- `conductances` [n, channels] or [channels]: maximal conductances, mS/cm2; rows of `NaN` are skipped. A
  [`Population`](@ref) or [`Member`](@ref) brings noise, streams and time scale along, where options do not say
  otherwise.
- `progress`: called as `progress(done, total)`; `false` cancels. What was done until then is kept: members that were
  not finished have the status `E_CANCELLED`.

`trace_dt_ms` may be `:steps`, a sample at every step of the solver; with `trace` alone it is $(API.TRACE_DT_MS).

$(keywords(API.SimulateOptions))
"""
function simulate(model, conductances; progress = nothing, given...)
    opened = as_model(model)
    numbers, n = sets(opened, conductances_of(conductances))
    options = simulation_options(opened, n, with_members(conductances, given))
    handle, remark = create(API.Simulation, API.simulate, opened.handle, numbers, n, options; progress = progress)
    simulation = copied_simulation(handle, length(opened.states), remark)
    close(handle)
    return simulation
end

function copied_simulation(handle, n_states, remark)
    n = Int(ask(API.simulation_member_count, handle))
    status, states = Vector{Int32}(undef, n), Vector{Float64}(undef, n * n_states)
    check(ask(API.simulation_copy_statuses, handle, status, n))
    check(ask(API.simulation_copy_final_states, handle, states, length(states)))
    columns = [column_name(handle, k) for k in 1:ask(API.simulation_trace_column_count, handle)]
    each(f) = isempty(columns) ? nothing : [f(handle, i, length(columns)) for i in 1:n]
    return Simulation(
        all_spikes(API.simulation_spike_total, API.simulation_copy_all_spikes, handle, n), Status.(status),
        each(trace_of), each(trace_times), columns, from_rows(states, n, n_states),
        word_of(:SOLVER, ask(API.simulation_solver, handle)), remark,
    )
end

"Trains of n members."
function all_spikes(total, copy_all, handle, n)
    offsets, times = Vector{UInt64}(undef, n + 1), Vector{Float64}(undef, ask(total, handle))
    check(ask(copy_all, handle, offsets, n + 1, times, length(times)))
    return [times[(offsets[i] + 1):offsets[i + 1]] for i in 1:n]
end

column_name(handle, k) = ask((object, i) -> copied_text(API.simulation_trace_column_name, object, i), handle, k - 1)

sample_count(handle, member) = Int(ask(API.simulation_trace_sample_count, handle, member - 1))

function trace_of(handle, member, n_columns)
    n = sample_count(handle, member)
    values = Vector{Float64}(undef, n * n_columns)
    check(ask(API.simulation_copy_trace, handle, member - 1, values, length(values)))
    return from_rows(values, n, n_columns)
end

function trace_times(handle, member, _)
    times = Vector{Float64}(undef, sample_count(handle, member))
    check(ask(API.simulation_copy_trace_times, handle, member - 1, times, length(times)))
    return times
end
