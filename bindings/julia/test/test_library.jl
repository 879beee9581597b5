# SPDX-License-Identifier: MIT
# The library is looked for when the package is loaded, also from a precompiled image, and a wrong one is refused.
function loaded_with(path)
    program = "using Dicrec; print(Dicrec.library())"
    command = addenv_(`$(Base.julia_cmd()) --startup-file=no -e $program`, "DICREC_LIBRARY" => path)
    output = IOBuffer()
    run(pipeline(ignorestatus(command); stdout = output, stderr = output))
    return String(take!(output))
end

addenv_(command, pair) = setenv(command, merge(Dict(ENV), Dict(pair))) # addenv() came with Julia 1.6

folder = mktempdir()
copied = joinpath(folder, "libcopied." * Dicrec.Libdl.dlext)
cp(Dicrec.library(), copied; follow_symlinks = true)
@test loaded_with(copied) == copied
@test occursin("libdicrec was not found; set DICREC_LIBRARY", loaded_with("/no/such/library"))

if Sys.islinux()
    other = realpath(Dicrec.Libdl.dlpath("libm.so.6"))
    strange, numbered = joinpath(folder, "libstrange.so"), joinpath(folder, "libdicrec.so.99")
    cp(other, strange)
    cp(other, numbered)
    @test occursin("too old for this Dicrec.jl: dicrec_version is missing", loaded_with(strange))
    @test occursin("has the ABI number 99, but", loaded_with(numbered))
end
