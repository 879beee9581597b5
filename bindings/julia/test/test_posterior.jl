# SPDX-License-Identifier: MIT
posterior = estimate(ESTIMATOR, TRAIN)
@test posterior.parameters == ["g_s", "g_u", "noise_std"]
@test median(posterior) == posterior.median == quantile(posterior, 0.5) && length(median(posterior)) == 3
@test mean(posterior) == posterior.mean && abs(mean(posterior)[1] + 5) < 3
@test size(cov(posterior)) == (3, 3) && cov(posterior) == cov(posterior)'
limits = quantile(posterior, [0.05, 0.95])
@test size(limits) == (2, 3) && all(limits[1, :] .<= limits[2, :])
@test size(quantile(posterior, Float64[])) == (0, 3)
@test 0 <= posterior.noiseless <= 1 && 0 <= posterior.support <= 1
@test posterior.activity === :bursting
@test sum(posterior.class_probabilities) ≈ 1 && posterior.class_probabilities.bursting > 0.5
@test posterior.time_scale == 1 && posterior.time_scale_interval == (1, 1)
@test isok(posterior.remark)
draws = sample(posterior, 100; seed = 4)
@test size(draws) == (100, 3) && sample(posterior, 10; seed = 4, n_parameters = 2) == draws[1:10, 1:2]
@test size(sample(posterior, 0)) == (0, 3)
@test all(isfinite, log_density(posterior, draws[:, 1:2])) && length(log_density(posterior, draws)) == 100
@test length(log_density(posterior, (-5, 8))) == 1
@test log_density(posterior, [-5000.0 0.0]) == [-Inf]
@test occursin("E_RANGE", refused(() -> quantile(posterior, 1.5)))
@test occursin("n is -1", refused(() -> sample(posterior, -1)))
@test occursin("allowed is up to 3", refused(() -> sample(posterior, 1; n_parameters = 9)))
@test occursin("a posterior has no", refused(() -> posterior.no_such))
@test Dicrec.metadata(ESTIMATOR, "model") == "stg" && Dicrec.metadata(ESTIMATOR, "no such") === nothing

@testset "plain numbers and bytes" begin
    numbers = mixture(posterior)
    n = length(numbers.weights)
    @test size(numbers.means) == (n, 2) && size(numbers.covariances) == (n, 2, 2)
    same = Posterior(; numbers...)
    @test median(same) == median(posterior) && same.activity === nothing && same.class_probabilities === nothing
    at = Posterior((-5, 8, 0.5))
    @test median(at) ≈ [-5, 8, 0.5] rtol = 1e-6
    @test median(Posterior([-5, 8]))[3] == 0
    wide = Posterior(weights = [1], means = [-5 8], covariances = reshape([0.3 0; 0 4], 1, 2, 2))
    @test cov(wide)[1:2, 1:2] ≈ [0.3 0; 0 4] rtol = 1e-3
    flat = (weights = [1], means = [-5 8], covariances = [1 0; 0 1])
    @test occursin("covariances is of size (2, 2), an array of size (1, 2, 2)", refused(() -> Posterior(; flat...)))
    @test occursin("weights", refused(() -> Posterior(means = [-5 8])))
    @test occursin("a mixture has no", refused(() -> Posterior(weights = [1], mean = [-5 8])))
    @test occursin("E_", refused(() -> Posterior((-5,))))
    copied = Posterior(Dicrec.bytes(posterior))
    @test Dicrec.bytes(copied) == Dicrec.bytes(posterior) && copied.support == posterior.support
    @test occursin("E_ARGUMENT", refused(() -> Posterior(Dicrec.bytes(posterior)[1:20])))
end

@testset "remarks and many" begin
    silent = @test_logs (:warn, r"W_SILENT") estimate(ESTIMATOR, [1, 2])
    @test silent.remark == Status(:W_SILENT) && silent.activity === :silent
    trains = [TRAIN, TRAIN[10:end], [1.0, 2.0]]
    many = @test_logs (:warn, r"W_SILENT") estimate_many(ESTIMATOR, trains; n_threads = 2)
    @test all(i -> Dicrec.bytes(many[i]) == Dicrec.bytes(estimate(ESTIMATOR, trains[i])), 1:2)
    @test many[3].remark == Status(:W_SILENT)
    @test isempty(estimate_many(ESTIMATOR, []))
    slow = estimate(ESTIMATOR, TRAIN .* 6; auto_scale = true)
    @test slow.time_scale > 2 && slow.time_scale_interval[1] <= slow.time_scale <= slow.time_scale_interval[2]
    @test estimate(ESTIMATOR, TRAIN .* 2; time_scale = 2).time_scale == 2
    @test occursin("no option", refused(() -> estimate(ESTIMATOR, TRAIN; scale = 2)))
    @test median(estimate(Estimator("stg"), TRAIN)) == median(posterior)
end
