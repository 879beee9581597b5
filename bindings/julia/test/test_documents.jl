# SPDX-License-Identifier: MIT
# The examples of the README run as they stand there.
readme = read(joinpath(@__DIR__, "..", "README.md"), String)
examples = [found[1] for found in eachmatch(r"```julia\n(.*?)```"s, readme)]
@test length(examples) > 1
sandbox = Module(:Reader)
cd(mktempdir()) do
    for example in examples
        redirect_stdout(open("output", "w")) do
            @test (include_string(sandbox, example); true)
        end
    end
end
