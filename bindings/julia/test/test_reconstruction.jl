# SPDX-License-Identifier: MIT
made = reconstruct(ESTIMATOR, TRAIN, 4; verify = true, seed = 3)
@test made.report.outcome === :complete && made.report.verified && made.report.screened
@test length(made.population) == 4 && count(made.accepted) == made.report.n_accepted == 4
@test length(made.mismatch) == length(made.distance) == length(made.statistics) == length(made.spikes) == 4
@test length(made.spread_kept) == length(made.candidate_mean) == length(made.candidate_std) == 8
@test made.statistics[1].activity === :bursting && median(made.posterior) == median(estimate(ESTIMATOR, TRAIN))
@test made.report.target === :sample && made.report.remarks isa Tuple
@test keys(Dicrec.remarks()) ⊇ (:SUPPORT, :DRIFT, :INCOMPLETE)
again = simulate(MODEL, made.population; seed = 3, t_end_ms = made.report.t_end_ms, t_skip_ms = made.report.t_skip_ms)
@test again.spikes == made.spikes

same = reconstruct(ESTIMATOR, Spikes(TRAIN), 4; verify = true, seed = 3, n_threads = 2)
@test same.population == made.population && same.spikes == made.spikes && same.report == made.report
plain = reconstruct(ESTIMATOR, TRAIN, 2; screening = :off, noise = :fixed, noise_std = 0, target = :median)
@test plain.mismatch === plain.accepted === plain.spread_kept === nothing && plain.report.target === :median
@test all(iszero, plain.population.noise_std)
parts = (generate = (keep_raw = true, leak_law = :fixed), estimate = Dict(:time_scale => 1))
raw = reconstruct(ESTIMATOR, TRAIN, 2; screening = :off, parts...)
@test size(raw.population.base) == (2, 8)
@test reconstruct(ESTIMATOR, TRAIN, 2; generate = (keep_raw = true,)).population.base === nothing
@test occursin("E_SPIKES", refused(() -> reconstruct(ESTIMATOR, [1, 2], 2)))
@test_throws MethodError reconstruct("stg", TRAIN, 2)

@testset "many" begin
    trains = [TRAIN, [1, 2], TRAIN[20:end]]
    results = @test_logs (:warn, r"W_PARTIAL") reconstruct_many(ESTIMATOR, trains, 2; seed = 3, n_threads = 2)
    @test results[1].population == reconstruct(ESTIMATOR, TRAIN, 2; seed = 3).population
    @test results[2] isa Dicrec.ArgumentError && results[2].name == "E_SPIKES"
    @test results[3].population.conductances != results[1].population.conductances
    @test isempty(reconstruct_many(ESTIMATOR, [], 2))
end

@testset "of a posterior" begin
    target = Posterior((-5, 8))
    members = reconstruct_posterior(MODEL, target, 3; seed = 2).population
    @test members.dics[:, 2:3] ≈ repeat([-5.0 8.0], 3) rtol = 1e-6
    checked = with_logger(NullLogger()) do
        reconstruct_posterior("stg", made.posterior, 2; spikes = TRAIN, verify = true, max_candidates = 3)
    end
    @test length(checked.accepted) == 2
    @test occursin("E_ARGUMENT", refused(() -> reconstruct_posterior(MODEL, target, 3; verify = true)))
end

@testset "remarks" begin
    warned = @test_logs (:warn, r"W_") match_mode = :any reconstruct(ESTIMATOR, [1.0, 2.0, 900.0, 901.0, 905.0], 2)
    @test warned.remark.value > 0
end
