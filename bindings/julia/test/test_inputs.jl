# SPDX-License-Identifier: MIT
# What is not a train, a matrix or an option is refused by its name; what can be one is taken.
@test occursin("times is \"1, 2\"", refused(() -> Spikes("1, 2")))
@test occursin("times[1] is \"a\"", refused(() -> Spikes(["a", "b"])))
@test occursin("times[1] is 1.0 + 0.0im", refused(() -> Spikes([1.0, 2 + 1im])))
@test occursin("times[2] is 2 + 1im", refused(() -> Spikes(Any[1, 2 + 1im])))
@test occursin("times[2] is missing", refused(() -> Spikes([1.0, missing, 3.0])))
@test Spikes(Union{Missing,Float64}[1.0, 3.0]) == Spikes([1, 3])
@test occursin("times[1] is true", refused(() -> Spikes([true, false])))
@test occursin("2 dimensions", refused(() -> Spikes([1.0 2.0])))
@test occursin("a vector of numbers", refused(() -> Spikes(5.0)))
@test occursin("a vector of numbers", refused(() -> Spikes(Dict(1 => 2))))
@test occursin("E_SPIKES", refused(() -> Spikes([1.0, NaN])))
@test occursin("E_SPIKES", refused(() -> Spikes([2.0, 1.0])))
@test occursin("E_SPIKES", refused(() -> Spikes([1.0, Inf])))

@testset "numbers of any kind, views with strides" begin
    expected = Spikes([1, 3, 5])
    for values in (Float32[1, 3, 5], Int8[1, 3, 5], UInt64[1, 3, 5], big.([1, 3, 5]), [1 // 1, 3 // 1, 5 // 1], 1:2:5,
                   Any[1, 3.0, 5 // 1], view([1.0, 2.0, 3.0, 4.0, 5.0], 1:2:5), [1.0 0; 3.0 0; 5.0 0][:, 1],
                   view([1.0 0; 3.0 0; 5.0 0], :, 1), reverse([5, 3, 1]), Float16[1, 3, 5])
        @test Spikes(values) == expected
    end
    sets = MEMBERS.conductances
    @test dics(MODEL, view([sets; sets], 1:2:5, :)) == dics(MODEL, [sets; sets][1:2:5, :])
    @test dics(MODEL, permutedims(permutedims(sets))) == dics(MODEL, sets)
    @test dics(MODEL, big.(sets)) == dics(MODEL, sets)
end

@testset "huge" begin
    times = collect(1.0:10_000_000.0)
    train = Spikes(times)
    @test length(train) == 10_000_000 && train[end] == 1e7
    @test Spikes(1:10_000_000) == train
    close(train)
end

@testset "shapes" begin
    sets = MEMBERS.conductances
    @test occursin("[n, 8]", refused(() -> dics(MODEL, sets[:, 1:7])))
    @test occursin("[n, 8]", refused(() -> dics(MODEL, sets[1, 1:7])))
    @test occursin("[n, 8]", refused(() -> dics(MODEL, 5)))
    @test occursin("[n, 8]", refused(() -> dics(MODEL, zeros(2, 2, 2))))
    @test occursin("n is 0", refused(() -> simulate(MODEL, zeros(0, 8))))
    @test size(dics(MODEL, zeros(0, 8))) == (0, 4)
    @test occursin("conductances[1] is missing", refused(() -> dics(MODEL, fill(missing, 1, 8))))
    @test occursin("E_RANGE", refused(() -> dics(MODEL, fill(NaN, 1, 8))))
    @test occursin("[n, 2]", refused(() -> generate(MODEL, (1, 2, 3), 1)))
    @test occursin("3 values", refused(() -> simulate(MODEL, sets[1:2, :]; member_noise_std = [1, 2, 3])))
    uneven = (current_times_ms = [1, 2], current_values = [1])
    @test occursin("belong together", refused(() -> simulate(MODEL, sets; uneven...)))
end

@testset "options" begin
    fired(; options...) = simulate(MODEL, MEMBERS; options...)
    @test occursin("no option t_end; it has", refused(() -> fired(t_end = 5)))
    @test occursin("no option struct_size", refused(() -> fired(struct_size = 5)))
    @test occursin("solver is :euler, allowed are auto", refused(() -> fired(solver = :euler)))
    @test occursin("solver is 1.5", refused(() -> fired(solver = 1.5)))
    @test occursin("t_end_ms is \"5\"", refused(() -> fired(t_end_ms = "5")))
    @test occursin("t_end_ms is missing", refused(() -> fired(t_end_ms = missing)))
    @test occursin("E_RANGE", refused(() -> fired(dt_ms = 5)))
    @test occursin("whole number", refused(() -> fired(seed = 1.5)))
    @test occursin("outside its range", refused(() -> fired(seed = -1)))
    @test occursin("outside its range", refused(() -> fired(n_threads = 2^40)))
    @test occursin("t_end_ms is true", refused(() -> fired(t_end_ms = true)))
    @test fired(t_end_ms = 500, seed = nothing, noise_std = nothing) == fired(t_end_ms = 500)
    @test occursin("whole number", refused(() -> generate(MODEL, (-5, 8), 2.5)))
    @test occursin("n is -1, allowed", refused(() -> generate(MODEL, (-5, 8), -1)))
    @test occursin("named tuple", refused(() -> reconstruct(ESTIMATOR, TRAIN, 1; simulate = 5)))
    @test occursin("simulate has no option", refused(() -> reconstruct(ESTIMATOR, TRAIN, 1; simulate = (t_end = 5,))))
    noisy = (noise_std = 5,)
    @test occursin("simulate.noise_std is 5", refused(() -> reconstruct(ESTIMATOR, TRAIN, 1; simulate = noisy)))
end

@testset "statuses and exceptions" begin
    exception = try
        Model("nothing_such")
    catch e
        e
    end
    @test exception isa DicrecError && exception.status == Status(:E_NAME) && exception.name == "E_NAME"
    @test sprint(showerror, exception) == "Dicrec.ArgumentError: $(exception.message) [E_NAME]"
    kinds = (E_MEMORY = Dicrec.OutOfMemoryError, E_FILE = Dicrec.FileError, E_WEIGHTS = Dicrec.WeightsError,
        E_CANCELLED = Dicrec.CancelledError, E_SOLVER = Dicrec.ComputationError, E_SPIKES = Dicrec.ArgumentError)
    @test all(name -> Dicrec.kind_of(Status(name)) === kinds[name], keys(kinds))
    @test Dicrec.kind_of(Status(-999)) === Dicrec.OtherError
    @test isok(Status(:OK)) && !isok(Status(:W_PARTIAL)) && string(Status(:W_PARTIAL)) == "W_PARTIAL"
    @test occursin("E_FILE", refused(() -> Estimator(MODEL; weights = "/no/such/file"), Dicrec.FileError))
    @test occursin("E_WEIGHTS", refused(() -> Estimator(MODEL; weights = UInt8[1, 2, 3]), Dicrec.WeightsError))
    @test occursin("a path or bytes", refused(() -> Estimator(MODEL; weights = 5)))
end
