# SPDX-License-Identifier: MIT
# The ten things of same.c in Julia.
#
# Usage: same.jl TRAIN FOLDER
using Dicrec

const MODEL = Model("stg")

"Numbers as raw float64, the rows of a matrix one after the other."
put(name, rows::AbstractMatrix) = put(name, vec(permutedims(rows)))
put(name, numbers::AbstractVector) = write(joinpath(ARGS[2], name), htol.(Float64.(numbers)))

"For each member the number of its spikes, then their times."
counted(trains) = reduce(vcat, [[length(train); train] for train in trains])

function from_spikes(train)
    estimator = Estimator(MODEL)
    posterior = estimate(estimator, train)
    limits = quantile(posterior, [0.05, 0.95])
    law = [posterior.time_scale, posterior.support]
    put("01_estimate", [median(posterior)[1:2]; limits[:, 1]; limits[:, 2]; law])

    members = reconstruct(estimator, train, 4; seed = 7).population
    scales = fill(members.time_scale, 4)
    put("02_reconstruct", [members.conductances members.dics[:, 2:3] scales members.noise_std members.streams])

    verified = reconstruct(estimator, train, 2; seed = 3, verify = true)
    rates = [fired.rate_hz for fired in verified.statistics]
    put("03_verified", [verified.population.conductances verified.distance verified.accepted rates])

    published = reconstruct(estimator, train, 4; seed = 5, screening = :off, noise = :fixed, noise_std = 0)
    put("04_published", published.population.conductances)
end

function from_a_target()
    members = generate(MODEL, (-5, 8), 5; seed = 2)
    conductances = members.conductances
    put("05_generate", [conductances members.dics[:, 2:3]])
    put("06_dics", dics(MODEL, conductances; v_mv = -51))
    put("07_threshold", threshold(MODEL, conductances))

    put("08_simulate", counted(simulate(MODEL, conductances; t_end_ms = 1500, t_skip_ms = 500, solver = :ensemble)))
    first = conductances[1, :]
    noisy = simulate(MODEL, first; t_end_ms = 1500, noise_std = 5, seed = 4, solver = :cvode)
    put("09_noisy", counted(noisy))
    traced = simulate(MODEL, first; t_end_ms = 100, solver = :cvode, trace = :currents, trace_dt_ms = 0.5)
    put("10_trace", [traced.times[1] traced.traces[1]])
end

from_spikes(parse.(Float64, readlines(ARGS[1])))
from_a_target()
