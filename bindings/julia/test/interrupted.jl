# SPDX-License-Identifier: MIT
# Run each long call until an interrupt comes, then use the library again. Prints what happens, for test_interrupt.jl.
using Dicrec

ccall(:jl_exit_on_sigint, Cvoid, (Cint,), 0)

const MODEL = Model("stg")
const ESTIMATOR = Estimator(MODEL)
const MEMBERS = generate(MODEL, (-5, 8), 20; seed = 3)
const TRAIN = simulate(MODEL, MEMBERS[1])[1]
const LONG = Spikes(cumsum(10 .+ 5 .* abs.(sin.(1:5_000_000))))
const ENDLESS = (t_end_ms = 1e8, max_spikes = 10^9)

const CALLS = (
    generate = watch -> generate(MODEL, (-5, 8), 1_500_000; watch...),
    ensemble = watch -> simulate(MODEL, MEMBERS; ENDLESS..., watch...),
    cvode = watch -> simulate(MODEL, MEMBERS; solver = :cvode, ENDLESS..., watch...),
    estimate = watch -> estimate(ESTIMATOR, LONG; auto_scale = true, watch...),
    estimate_many = watch -> estimate_many(ESTIMATOR, fill(TRAIN, 200_000); watch...),
    reconstruct = watch -> reconstruct(ESTIMATOR, TRAIN, 10_000; verify = true, watch...),
    reconstruct_many = watch -> reconstruct_many(ESTIMATOR, fill(TRAIN, 10_000), 16; n_threads = 2, watch...),
    reconstruct_posterior = watch -> reconstruct_posterior(MODEL, Posterior((-5, 8)), 1_500_000; watch...),
)

# The first call of `progress` says that the call is under way; compiling is over then.
const WARMING, SAID = Ref(true), Ref(false)

function progress(done, total)
    WARMING[] && throw(InterruptException())
    SAID[] || (SAID[] = true; println("running"); flush(stdout))
    return true
end

"Name of what ended a call, and when."
function ending(call)
    try
        call((progress = progress,))
        return "nothing", time()
    catch e
        return string(typeof(e)), time()
    end
end

for (name, call) in pairs(CALLS)
    WARMING[], SAID[] = true, false
    println(name, ' ', first(ending(call)))
    WARMING[] = false
    what, when = ending(call)
    usable = all(isok(simulate(MODEL, MEMBERS; t_end_ms = 200)))
    println(join((what, when, usable ? "usable" : "broken"), ' '))
    flush(stdout)
end
