# SPDX-License-Identifier: MIT
# Results go to other processes, and what cannot says so.
using Serialization

function brought(object)
    io = IOBuffer()
    serialize(io, object)
    return deserialize(seekstart(io))
end

made = reconstruct(ESTIMATOR, TRAIN, 2; verify = true)
again = brought(made)
@test again.population == made.population && again.spikes == made.spikes && again.report == made.report
@test Dicrec.bytes(again.posterior) == Dicrec.bytes(made.posterior)
@test brought(MODEL) == MODEL && generate(brought(MODEL), (-5, 8), 3; seed = 3) == MEMBERS
@test brought(simulate(MODEL, MEMBERS; t_end_ms = 200)) == simulate(MODEL, MEMBERS; t_end_ms = 200)
for object in (Spikes(TRAIN), ESTIMATOR, Stream(ESTIMATOR))
    @test occursin("cannot leave its process", refused(() -> brought(object)))
end
