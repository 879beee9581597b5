# SPDX-License-Identifier: MIT
stream = Stream(ESTIMATOR)
@test length(stream) == 0 && isopen(stream)
@test append!(stream, TRAIN[1:50]) === stream && length(stream) == 50
early = estimate(stream)
before = median(early)
push!(stream, TRAIN[51], TRAIN[52])
append!(stream, TRAIN[53:end] ./ 1000; unit = :s)
@test length(stream) == length(TRAIN)
late = estimate(stream)
@test median(late) ≈ median(estimate(ESTIMATOR, TRAIN)) rtol = 1e-4
@test median(early) == before # a posterior stays what it was
message = refused(() -> append!(stream, [1.0]))
@test occursin("E_SPIKES", message) && length(stream) == length(TRAIN)
@test occursin("times[1] is missing", refused(() -> append!(stream, [missing])))
@test length(empty!(stream)) == 0
@test (@test_logs (:warn, r"W_SILENT") estimate(stream)).remark == Status(:W_SILENT)
@test occursin("E_OPTION", refused(() -> Stream(ESTIMATOR; auto_scale = true)))
close(stream)
close(stream)
@test !isopen(stream)
for use in (length, estimate, empty!, s -> push!(s, 1.0))
    @test occursin("closed", refused(() -> use(stream)))
end
