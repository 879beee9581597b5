# SPDX-License-Identifier: MIT
# The results as tables by themselves, once Tables.jl is loaded.
module DicrecTablesExt

using Dicrec
import Tables

for kind in (Dicrec.Population, Dicrec.Reconstruction, Dicrec.Simulation, Dicrec.Spikes)
    @eval begin
        Tables.istable(::Type{<:$kind}) = true
        Tables.columnaccess(::Type{<:$kind}) = true
        Tables.columns(result::$kind) = Dicrec.columntable(result)
    end
end

end
