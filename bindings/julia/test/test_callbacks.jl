# SPDX-License-Identifier: MIT
# What is thrown in a callback arrives at the caller, and the library is usable after.
struct Mine <: Exception end

# A logger that takes warnings for failures.
struct Strict <: AbstractLogger end
Logging.min_enabled_level(::Strict) = Logging.Warn
Logging.shouldlog(::Strict, rest...) = true
Logging.catch_exceptions(::Strict) = false
Logging.handle_message(::Strict, rest...; keywords...) = throw(Mine())

thrower(_, _) = throw(Mine())
const LONG = repeat(MEMBERS.conductances, 20)

calls = (
    generate = progress -> generate(MODEL, (-5, 8), 500; progress = progress, n_threads = 2),
    simulate = progress -> simulate(MODEL, LONG; progress = progress, n_threads = 2),
    simulate_one = progress -> simulate(MODEL, LONG[1, :]; solver = :cvode, progress = progress),
    reconstruct = progress -> reconstruct(ESTIMATOR, TRAIN, 16; verify = true, progress = progress, n_threads = 2),
    reconstruct_many = progress -> reconstruct_many(ESTIMATOR, [TRAIN, TRAIN], 4; progress = progress, n_threads = 2),
    reconstruct_posterior = progress ->
        reconstruct_posterior(MODEL, Posterior((-5, 8)), 500; progress = progress, n_threads = 2),
    estimate_many = progress -> estimate_many(ESTIMATOR, fill(TRAIN, 2000); progress = progress, n_threads = 2),
)

@testset "$name" for (name, run) in pairs(calls)
    @test_throws Mine run(thrower)
    @test_throws InterruptException run((done, total) -> throw(InterruptException()))
    seen = Tuple{Int,Int}[]
    thread = Threads.threadid()
    run((done, total) -> (push!(seen, (done, total)); @assert Threads.threadid() == thread; nothing))
    @test !isempty(seen) && all(pair -> 0 <= pair[1] <= pair[2], seen)
    run((done, total) -> (yield(); GC.gc(false); true))
end

@testset "false cancels" begin
    no(_, _) = false
    kept = @test_logs (:warn, r"W_PARTIAL") simulate(MODEL, LONG; progress = no)
    @test any(==(Status(:E_CANCELLED)), kept.status) && kept.remark == Status(:W_PARTIAL)
    cancelled() = reconstruct(ESTIMATOR, TRAIN, 16; progress = no)
    @test occursin("E_CANCELLED", refused(cancelled, Dicrec.CancelledError))
    many = with_logger(() -> reconstruct_many(ESTIMATOR, [TRAIN, TRAIN], 4; progress = no), NullLogger())
    @test any(result -> result isa Dicrec.CancelledError, many)
    read = with_logger(() -> estimate_many(ESTIMATOR, fill(TRAIN, 2000); progress = no), NullLogger())
    @test any(result -> result isa Dicrec.CancelledError, read)
    @test all(isok(simulate(MODEL, MEMBERS; t_end_ms = 200, progress = (done, total) -> nothing)))
end

@testset "not a function" begin
    @test_throws MethodError simulate(MODEL, LONG; progress = 5)
    @test_throws MethodError simulate(MODEL, LONG; progress = () -> true)
end

@testset "a warning that is made an exception" begin
    @test_throws Mine with_logger(() -> simulate(MODEL, fill(NaN, 1, 8)), Strict())
end

@test all(isok(simulate(MODEL, MEMBERS; t_end_ms = 200)))
