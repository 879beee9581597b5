# SPDX-License-Identifier: MIT
# Quantities with units: Unitful, of which there is a stand-in here, and periods of Dates.
using Dates

pushfirst!(LOAD_PATH, joinpath(@__DIR__, "standins"))
import Unitful
popfirst!(LOAD_PATH)

in_s(x) = x * Unitful.s

@test Spikes(in_s.([0.001, 0.003])) == Spikes([1, 3])
@test Spikes([1 * Unitful.ms, in_s(0.003)]) == Spikes([1, 3])
@test Spikes(in_s.([1, 2]); window = (in_s(0), in_s(3))) == Spikes([1000, 2000]; window = (0, 3000))
@test Spikes(trials = [in_s.([1, 2]), in_s.([1])]) == Spikes(trials = [[1000, 2000], [1000]])
@test occursin("units themselves", refused(() -> Spikes(in_s.([1, 2]); unit = :s)))
@test occursin("not in ms", refused(() -> Spikes([1 * Unitful.mV])))
@test Spikes([Millisecond(1), Microsecond(3500)]) == Spikes([1, 3.5])
@test occursin("not in ms", refused(() -> Spikes([Month(1)])))

fired(; options...) = simulate(MODEL, MEMBERS[1:1]; options...)
current = Unitful.μA / Unitful.cm^2
@test fired(t_end_ms = in_s(1), current = 2 * current) == fired(t_end_ms = 1000, current = 2)
@test fired(t_end_ms = Second(1)) == fired(t_end_ms = 1000)
@test occursin("not in ms", refused(() -> fired(t_end_ms = 5 * Unitful.mV)))
@test occursin("time_scale", refused(() -> fired(time_scale = in_s(1))))
@test dics(MODEL, MEMBERS.conductances; v_mv = -51 * Unitful.mV) == dics(MODEL, MEMBERS.conductances; v_mv = -51)
@test length(append!(Stream(ESTIMATOR), in_s.([1, 2]))) == 2
@test median(estimate(ESTIMATOR, in_s.(TRAIN ./ 1000))) ≈ median(estimate(ESTIMATOR, TRAIN)) rtol = 1e-6
@test median(estimate(ESTIMATOR, TRAIN ./ 1000; unit = :s)) ≈ median(estimate(ESTIMATOR, TRAIN)) rtol = 1e-6
