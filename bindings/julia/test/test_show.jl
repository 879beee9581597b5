# SPDX-License-Identifier: MIT
made = reconstruct(ESTIMATOR, TRAIN, 16; verify = true)
closed = Spikes(TRAIN)
close(closed)
objects = [
    MODEL, ESTIMATOR, Stream(ESTIMATOR), Spikes(TRAIN), Spikes([]), closed, made.posterior, Posterior((-5, 8)),
    MEMBERS, MEMBERS[1], simulate(MODEL, MEMBERS; t_end_ms = 500), made, made.report, made.statistics[1],
    Status(:W_LIMIT),
]
for object in objects
    line, lines = repr(object), repr("text/plain", object)
    @test length(line) <= 200 && !occursin('\n', line)
    @test startswith(lines, line) && length(lines) <= 2000 && !endswith(lines, '\n')
    @test !occursin("Ptr", lines)
end
@test repr(MODEL) == "Model(\"stg\")"
@test occursin("16 members", repr(made.population))
@test occursin("outcome: complete", repr("text/plain", made.report))
@test repr(closed) == "Spikes(closed)"
