# SPDX-License-Identifier: MIT
# An interrupt from the keyboard ends a long call as an InterruptException, and the library is usable after. How soon is
# printed, not tested: it depends on what else the machine does.
program = joinpath(@__DIR__, "interrupted.jl")
process = open(`$(Base.julia_cmd()) --startup-file=no $program`, "r")
watchdog = Timer(_ -> kill(process, Base.SIGKILL), 240)
while !eof(process)
    name = first(split(readline(process)))
    line = readline(process)
    sleep(0.05)
    sent = time()
    kill(process, Base.SIGINT)
    found = split(readline(process))
    @testset "$name" begin
        @test line == "running"
        @test length(found) == 3 && found[1] == "InterruptException" && found[3] == "usable"
        length(found) == 3 || continue
        println("  an interrupt ended $name after $(round(Int, 1000 * (parse(Float64, found[2]) - sent))) ms")
    end
end
close(watchdog)
wait(process)
@test success(process)
