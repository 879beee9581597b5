# SPDX-License-Identifier: MIT
using Dicrec
using Logging
using Test

const MODEL = Model("stg")
const ESTIMATOR = Estimator(MODEL)
const MEMBERS = generate(MODEL, (-5, 8), 3; seed = 3)
const TRAIN = simulate(MODEL, MEMBERS; t_end_ms = 6000, t_skip_ms = 1000)[1]

"Text of the exception of a kind that `f` throws."
function refused(f, kind = Dicrec.ArgumentError)
    try
        f()
    catch exception
        exception isa kind || rethrow()
        return sprint(showerror, exception)
    end
    error("nothing was thrown, $kind was expected")
end

"Include a file of tests in a module of its own."
function include_alone(file)
    home = Module(:Topic)
    Core.eval(home, :(using Dicrec, Logging, Test; using Main: ESTIMATOR, MEMBERS, MODEL, TRAIN, refused))
    Core.eval(home, :(include(path) = Base.include($home, path)))
    Base.include(home, joinpath(@__DIR__, file))
end

const TOPICS = (
    "api", "library", "model", "spikes", "quantities", "inputs", "posterior", "population", "simulation",
    "reconstruction", "stream", "callbacks", "lifetimes", "threads", "interrupt", "processes", "tables", "show",
    "documents",
)

@testset "Dicrec" begin
    for topic in (isempty(ARGS) ? TOPICS : ARGS)
        @testset "$topic" begin
            include_alone("test_$topic.jl")
        end
    end
end
