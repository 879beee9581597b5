# SPDX-License-Identifier: MIT
# The functions of the package Tables that Dicrec.jl adds methods to, for machines without a registry.
module Tables

istable(::Type) = false
columnaccess(::Type) = false
function columns end

end
