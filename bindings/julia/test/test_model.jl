# SPDX-License-Identifier: MIT
@test models() == ["stg", "da"]
@test MODEL.name == "stg"
@test MODEL.channels[MODEL.leak] == "leak"
@test length(MODEL.reversal_mv) == length(MODEL.channels) == size(MODEL.conductance_ranges, 1)
@test MODEL.states[1] == "V"
@test MODEL.targets == ["g_s", "g_u"] && size(MODEL.target_ranges) == (2, 2)
@test MODEL.protocol.t_end_ms > MODEL.protocol.t_skip_ms > 0
@test channel_index(MODEL, :Na) == channel_index(MODEL, "Na") == channel_index(MODEL, 1) == 1
@test MODEL == Model(:stg) != Model("da")
@test occursin("nothing_such", refused(() -> channel_index(MODEL, "nothing_such")))
@test occursin("E_NAME", refused(() -> Model("nothing_such")))
@test occursin("allowed is 1 to", refused(() -> channel_index(MODEL, 0)))
@test occursin("Model or its name", refused(() -> generate(3, (-5, 8), 1)))
@test occursin("a NUL character", refused(() -> Model("st\0g")))
@test occursin("name is 5", refused(() -> Model(5)))

@testset "of a file" begin
    text = Dicrec.model_text(MODEL)
    path = joinpath(mktempdir(), "own.json")
    write(path, replace(text, "\"stg\"" => "\"own\""))
    own = Model(file = path)
    @test own.name == "own" != MODEL.name && own.channels == MODEL.channels && own != MODEL
    @test Model(text = text) == MODEL
    @test generate(own, (-5, 8), 3; seed = 3).conductances == MEMBERS.conductances
    @test occursin("E_ARGUMENT", refused(() -> Model(text = "{\n5")))
    @test occursin("one of the two", refused(() -> Model()))
    @test occursin("E_FILE", refused(() -> Model(file = "/no/such/file"), Dicrec.FileError))
end

@testset "DICs" begin
    sets = MEMBERS.conductances
    all_dics = dics(MODEL, sets)
    @test size(all_dics) == (3, 4)
    @test all_dics[:, 2:3] ≈ repeat([-5.0 8.0], 3)
    @test all_dics ≈ MEMBERS.dics
    @test dics(MODEL, sets[2, :]) == all_dics[2:2, :]
    @test dics(MODEL, [Tuple(sets[i, :]) for i in 1:3]) == all_dics
    @test dics(MODEL, sets; v_mv = MODEL.threshold_mv) == all_dics
    S = sensitivity(MODEL, sets)
    @test size(S) == (3, 3, length(MODEL.channels))
    for i in 1:3
        @test S[i, :, :] * sets[i, :] ≈ all_dics[i, 1:3]
    end
    @test length(static_current(MODEL, sets)) == 3
    @test all(v -> -60 < v < -40, threshold(MODEL, sets))
    @test all(isnan, @test_logs (:warn, r"W_THRESHOLD") threshold(MODEL, sets; v_range_mv = (-20, -10)))
    @test Dicrec.dic_names() == ["g_f", "g_s", "g_u", "g_t"]
end
