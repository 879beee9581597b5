# SPDX-License-Identifier: MIT
@test length(MEMBERS) == 3 && eltype(MEMBERS) === Member && all(isok(MEMBERS))
@test size(MEMBERS.conductances) == (3, 8) && size(MEMBERS.dics) == (3, 4)
@test MEMBERS == generate("stg", [-5, 8], 3; seed = 3)
@test MEMBERS == generate(MODEL, repeat([-5 8], 3), 3; seed = 3, n_threads = 2)
@test MEMBERS.conductances != generate(MODEL, (-5, 8), 3; seed = 4).conductances
@test MEMBERS.channels == MODEL.channels && MEMBERS.base === nothing && isok(MEMBERS.remark)

first_one = MEMBERS[1]
@test first_one[:Na] == first_one["Na"] == MEMBERS.conductances[1, 1] && isok(first_one.status)
@test occursin("the member has", refused(() -> first_one[:no_such]))
@test MEMBERS[2:3] isa Population && MEMBERS[2:3][1] == MEMBERS[2] && length(MEMBERS[:]) == 3
@test MEMBERS[[true, false, true]].conductances == MEMBERS.conductances[[1, 3], :]
@test [member.status for member in MEMBERS] == MEMBERS.status && MEMBERS[end] == MEMBERS[3]
@test_throws BoundsError MEMBERS[4]
@test_throws BoundsError MEMBERS[3:4]

parts = generate(MODEL, (-5, 8), 2; seed = 3, first_member = 1)
@test parts.conductances == MEMBERS.conductances[2:3, :] && parts.streams == MEMBERS.streams[2:3]
raw = generate(MODEL, (-5, 8), 2; keep_raw = true, leak_law = :fixed)
@test size(raw.base) == size(raw.spiking) == (2, 8) && raw[2:2].base == raw.base[2:2, :]
@test raw.conductances[1, MODEL.leak] == raw.conductances[2, MODEL.leak]
pair = with_logger(() -> generate(MODEL, (-5, 8), 2; channels = [:CaS, "A"]), NullLogger())
by_index = (channel_index(MODEL, :CaS), channel_index(MODEL, :A))
same = with_logger(() -> generate(MODEL, (-5, 8), 2; channels = by_index), NullLogger())
@test isequal(pair.conductances, same.conductances)
@test occursin("channel is X, model stg has", refused(() -> generate(MODEL, (-5, 8), 1; channels = [:CaS, :X])))
kd = channel_index(MODEL, :Kd)
changed = copy(MODEL.conductance_ranges)
changed[kd, :] = [90, 91]
narrow = generate(MODEL, (-5, 8), 4; ranges = Dict(:Kd => (90, 91)))
@test narrow.conductances != generate(MODEL, (-5, 8), 4).conductances
@test narrow.conductances == generate(MODEL, (-5, 8), 4; ranges = changed).conductances
@test occursin("rows", refused(() -> generate(MODEL, (-5, 8), 4; ranges = [1 2])))
far = @test_logs (:warn, r"W_") generate(MODEL, (-500, 8), 2; max_draws = 1)
@test !isok(far.remark)
