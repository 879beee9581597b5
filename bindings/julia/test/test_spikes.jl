# SPDX-License-Identifier: MIT
train = Spikes([1.0, 3.0, 7.5])
@test train isa AbstractVector{Float64} && eltype(train) === Float64
@test length(train) == 3 && size(train) == (3,)
@test train[2] == 3.0 && train[end] == 7.5 && train[1:2] == [1.0, 3.0]
@test collect(train) == Vector(train) == [t for t in train] == [1.0, 3.0, 7.5]
@test sum(train) == 11.5 && diff(train) == [2.0, 4.5]
@test train == Spikes((1, 3, 7.5)) != Spikes([1, 3])
@test hash(train) == hash(Spikes([1, 3, 7.5]))
@test segments(train) == [1.0 7.5] && segment_counts(train) == [3]
@test_throws BoundsError train[4]
@test occursin("immutable", refused(() -> train[1] = 2.0))
@test isempty(Spikes([])) && isempty(Spikes(Float64[]))

@testset "units and observation" begin
    @test Spikes([0.001, 0.003]; unit = :s) == Spikes([1, 3]) == Spikes([1, 3]; unit = "ms")
    @test Spikes([0.5, 1.0]; unit = :s, window = (0, 2)) == Spikes([500, 1000]; window = (0, 2000))
    seen = Spikes([10, 20, 60]; window = (0, 100), gaps = [(30, 50)])
    @test segments(seen) == [0.0 30.0; 50.0 100.0] && segment_counts(seen) == [2, 1]
    @test seen == Spikes([10, 20, 60]; window = [0, 100], gaps = [30 50])
    trials = Spikes(trials = [[1, 2, 3], [1, 5]], window = [(0, 10), (0, 20)])
    @test segments(trials) == [0.0 10.0; 0.0 20.0] && segment_counts(trials) == [3, 2]
    @test segment_counts(Spikes(trials = ([1, 2], [0.5]); unit = :s)) == [2, 1]
    @test occursin("one of the two", refused(() -> Spikes()))
    @test occursin("one of the two", refused(() -> Spikes([1]; trials = [[1]])))
    @test occursin("allowed are ms, s", refused(() -> Spikes([1]; unit = :minutes)))
    @test occursin("one for each trial", refused(() -> Spikes([1]; window = [0 2; 3 4])))
    @test_throws MethodError Spikes([1]; windows = (0, 2))
    @test occursin("a train knows its unit", refused(() -> statistics(train; unit = :s)))
end

@testset "times that look like seconds" begin
    seconds = [0.1, 0.25, 0.4, 0.55, 0.7]
    for made in (() -> Spikes(seconds), () -> statistics(seconds), () -> estimate_many(ESTIMATOR, [seconds, seconds]))
        @test_logs (:warn, r"look like seconds.*unit = :s.*taken for ms") match_mode = :any made()
    end
    @test_logs (:warn, r"look like ms: .*taken for s") Spikes([100.5, 250, 400]; unit = :s)
    @test_logs Spikes(seconds; unit = :ms)
    @test_logs Spikes(seconds; unit = :s)
    @test_logs Spikes([1, 2, 3, 4])
    @test_logs estimate_many(ESTIMATOR, [Spikes(TRAIN)])
end

@testset "samples" begin
    sampled = from_samples([110, 130, 175]; rate_hz = 10_000, origin = 100)
    @test Vector(sampled) == [1.0, 3.0, 7.5]
    @test from_samples(trials = [[110], [130]], rate_hz = 1e4, origin = 100) isa Spikes
    @test occursin("whole number", refused(() -> from_samples([1.5]; rate_hz = 10)))
    @test occursin("rate_hz", refused(() -> from_samples([1, 2]; rate_hz = -1)))
end

@testset "what is said of a train" begin
    spikes = Spikes(TRAIN)
    numbers = statistics(spikes)
    @test numbers.activity === :bursting && numbers.n_spikes == length(TRAIN)
    @test numbers.rate_hz ≈ 1000 / numbers.isi_mean_ms
    @test numbers == statistics(TRAIN) && NamedTuple(numbers).n_spikes == length(TRAIN)
    @test occursin("there is no", refused(() -> numbers.no_such))
    @test (@test_logs (:warn, r"W_SILENT") statistics([1, 2])).n_spikes == 2
    change = stationarity(spikes)
    @test change.drifts === false && change.change in (:drift, :step) && 0 <= change.p_value <= 1
    shape = pattern(spikes)
    @test length(shape) == length(pattern_names()) && allunique(pattern_names())
    @test distance(spikes, spikes) == 0
    @test distance(TRAIN, TRAIN[1:10]; tau_ms = 20) > 0
    @test distance(TRAIN ./ 1000, TRAIN ./ 1000; unit = :s) == 0
    @test occursin("E_RANGE", refused(() -> distance(TRAIN, TRAIN; tau_ms = -1)))
end
