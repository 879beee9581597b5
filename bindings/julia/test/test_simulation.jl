# SPDX-License-Identifier: MIT
fired = simulate(MODEL, MEMBERS; t_end_ms = 1500, t_skip_ms = 500)
@test length(fired) == 3 && eltype(fired) === Vector{Float64} && all(isok(fired)) && fired.solver === :ensemble
@test fired[1] == fired.spikes[1] && all(t -> 500 <= t <= 1500, fired[1])
@test fired.traces === nothing && fired.times === nothing && isempty(fired.columns)
@test fired == simulate(MODEL, MEMBERS.conductances; t_end_ms = 1500, t_skip_ms = 500, n_threads = 2)
@test simulate("stg", MEMBERS[2]; t_end_ms = 1500, t_skip_ms = 500)[1] == fired[2]
@test size(fired.final_states) == (3, length(MODEL.states))

traced = simulate(MODEL, MEMBERS[1:2]; t_end_ms = 100, trace = :currents)
@test traced.columns[1] == "V" && traced.columns[2] == "I_Na" && traced.solver === :cvode
@test size(traced.traces[1], 2) == length(traced.columns) && length(traced.times[1]) == size(traced.traces[1], 1)
@test Dicrec.column(traced, :I_Na, 2) == traced.traces[2][:, 2]
@test occursin("the simulation has", refused(() -> Dicrec.column(traced, :I_X)))
@test occursin("no traces", refused(() -> Dicrec.column(fired, :V)))
@test simulate(MODEL, MEMBERS[1]; t_end_ms = 50, trace_dt_ms = :steps).times[1][1] == 0

stepped = simulate(MODEL, MEMBERS[1]; t_end_ms = 500, current_times_ms = [100, 100], current_values = [0, 5])
@test stepped[1] != simulate(MODEL, MEMBERS[1]; t_end_ms = 500)[1]
noisy = simulate(MODEL, MEMBERS.conductances; t_end_ms = 500, member_noise_std = [0, 5, 5], seed = 3)
@test noisy[1] == simulate(MODEL, MEMBERS[1]; t_end_ms = 500)[1]
@test simulate(MODEL, MEMBERS[3:3]; t_end_ms = 500, noise_std = 5, seed = 3)[1] == noisy[3]
third = MEMBERS.conductances[3, :]
@test simulate(MODEL, third; t_end_ms = 500, noise_std = 5, seed = 3, member_streams = [2])[1] == noisy[3]

later = simulate(MODEL, MEMBERS; t_end_ms = 500, initial_states = fired.final_states)
@test length(later) == 3 && later != simulate(MODEL, MEMBERS; t_end_ms = 500)
@test simulate(MODEL, MEMBERS; t_end_ms = 500, initial_states = fired.final_states[1, :])[1] == later[1]
@test occursin("[n, $(length(MODEL.states))]", refused(() -> simulate(MODEL, MEMBERS; initial_states = [1, 2])))

failed = @test_logs (:warn, r"W_PARTIAL") simulate(MODEL, [MEMBERS.conductances; fill(NaN, 1, 8)]; t_end_ms = 500)
@test failed.status[4] == Status(:E_RANGE) && isok(failed) == [true, true, true, false]
short = @test_logs (:warn, r"W_PARTIAL") simulate(MODEL, MEMBERS; max_spikes = 2)
@test all(==(Status(:W_LIMIT)), short.status) && short.remark == Status(:W_PARTIAL)
