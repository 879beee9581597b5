# SPDX-License-Identifier: MIT
table = Dicrec.columntable(MEMBERS)
@test keys(table) == (:member, Symbol.(MODEL.channels)..., :g_f, :g_s, :g_u, :g_t, :noise_std, :stream, :status)
@test table.Na == MEMBERS.conductances[:, 1] && table.status == ["OK", "OK", "OK"]
@test all(column -> length(column) == 3, table)
made = reconstruct(ESTIMATOR, TRAIN, 2; verify = true)
@test keys(Dicrec.columntable(made))[end-2:end] == (:mismatch, :accepted, :distance)
@test :accepted ∉ keys(Dicrec.columntable(reconstruct(ESTIMATOR, TRAIN, 2)))
fired = simulate(MODEL, MEMBERS; t_end_ms = 500)
spikes = Dicrec.columntable(fired)
@test spikes.time_ms[spikes.member.==2] == fired[2]
@test Dicrec.columntable(Spikes(trials = [[1, 2], [5]])) == (segment = [1, 1, 2], time_ms = [1.0, 2.0, 5.0])

# The package's extension, with a stand-in for Tables.jl.
pushfirst!(LOAD_PATH, joinpath(@__DIR__, "standins"))
include(joinpath(@__DIR__, "..", "ext", "DicrecTablesExt.jl"))
import Tables
popfirst!(LOAD_PATH)
for result in (MEMBERS, made, fired, Spikes(TRAIN))
    @test Tables.istable(typeof(result)) && Tables.columnaccess(typeof(result))
    @test isequal(Tables.columns(result), Dicrec.columntable(result))
end
