# SPDX-License-Identifier: MIT
# Objects go in any order; what was closed says so.
function rubbish(i)
    model = Model("stg")
    estimator = Estimator(model)
    train = Spikes(TRAIN)
    posterior = estimate(estimator, train)
    stream = append!(Stream(estimator), TRAIN)
    held = Any[model, estimator, train, posterior, stream, reconstruct(estimator, train, 1).posterior]
    return held[[mod1(i, end)]] # all others may be collected, whatever they are made of
end

kept = [rubbish(i) for i in 1:12]
GC.gc()
GC.gc()
@test median(kept[4][1]) == median(kept[10][1])
@test estimate(kept[5][1]) isa Posterior
@test kept[6][1].support > 0
kept = nothing
GC.gc()

@testset "closed" begin
    model, train = Model("stg"), Spikes(TRAIN)
    estimator, posterior = Estimator(model), estimate(ESTIMATOR, TRAIN)
    close(model)
    close(model)
    @test median(estimate(estimator, train)) == median(posterior) # it keeps its model
    @test occursin("this Model was closed", refused(() -> generate(model, (-5, 8), 1)))
    close(train)
    for use in (length, collect, statistics, segments, t -> t[1], t -> estimate(estimator, t))
        @test occursin("this Spikes was closed", refused(() -> use(train)))
    end
    close(posterior)
    for use in (median, mean, cov, mixture, p -> p.support, p -> sample(p, 1), p -> reconstruct_posterior(MODEL, p, 1))
        @test occursin("this Posterior was closed", refused(() -> use(posterior)))
    end
    close(estimator)
    @test occursin("this Estimator was closed", refused(() -> estimate(estimator, TRAIN)))
    @test occursin("this Estimator was closed", refused(() -> Stream(estimator)))
end

@testset "copies" begin
    train = Spikes(TRAIN)
    @test copy(train) isa Vector{Float64} && deepcopy(train) == train
    @test median(deepcopy(estimate(ESTIMATOR, train))) == median(estimate(ESTIMATOR, train))
    @test occursin("cannot be copied", refused(() -> deepcopy(Stream(ESTIMATOR))))
end
