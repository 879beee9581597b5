# SPDX-License-Identifier: MIT
# Tasks and threads share objects.
Threads.nthreads() > 1 || @warn "skipped in part: Julia was started with one thread"
expected = median(estimate(ESTIMATOR, TRAIN))
results = Vector{Any}(undef, 40)
Threads.@threads for i in 1:40
    results[i] = isodd(i) ? median(estimate(ESTIMATOR, TRAIN)) : simulate(MODEL, MEMBERS; t_end_ms = 300)
end
@test all(==(expected), results[1:2:end]) && allunique(results[2:2:end]) == false && results[2] == results[40]

@testset "a failure on one thread is not another's" begin
    texts = Vector{String}(undef, 40)
    Threads.@threads for i in 1:40
        texts[i] = try
            Spikes([Float64(i), Float64(i)])
        catch e
            e.message
        end
    end
    @test all(i -> occursin(string(i), texts[i]), 1:40)
end

@testset "one stream" begin
    stream, taken = Stream(ESTIMATOR), Threads.Atomic{Int}(0)
    Threads.@threads for i in 1:50
        try
            push!(stream, Float64(i))
            Threads.atomic_add!(taken, 1)
        catch e
            e isa Dicrec.ArgumentError || rethrow() # another thread was ahead of it
        end
    end
    @test length(stream) == taken[]
end

@testset "closed while others use it" begin
    for _ in 1:20
        train = Spikes(TRAIN)
        outcomes = Vector{Any}(undef, 8)
        Threads.@threads for i in 1:8
            outcomes[i] = try
                i == 5 ? close(train) : statistics(train).n_spikes
            catch e
                e
            end
        end
        @test all(o -> o === nothing || o == length(TRAIN) || o isa Dicrec.ArgumentError, outcomes)
    end
end

@testset "callbacks that wait, in tasks" begin
    tasks = map(1:4) do i
        @async begin
            count = 0
            watch(done, total) = (count += 1; sleep(0.001); nothing)
            simulate(MODEL, repeat(MEMBERS.conductances, 10); progress = watch)
            count
        end
    end
    @test all(n -> n > 0, fetch.(tasks))
end
