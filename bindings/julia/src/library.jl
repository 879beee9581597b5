# SPDX-License-Identifier: MIT
# Find the shared library and its functions when the package is loaded: nothing of it is kept in a precompiled image.

const LIBRARY = Ref("")

"""
    Dicrec.library()

Path of the shared library that was loaded.
"""
library() = LIBRARY[]

"""
    Dicrec.version()

Version of the shared library: a `VersionNumber`.
"""
version() = VersionNumber(text(API.version()))

"""
    Dicrec.build_info()

How the shared library was built, one line.
"""
build_info() = text(API.build_info())

"Text that the library lends; empty for NULL."
text(lent::Cstring) = lent == C_NULL ? "" : unsafe_string(lent)

"Names to try; a path in DICREC_LIBRARY is tried alone, so that a wrong one is noticed."
function candidates()
    path = get(ENV, "DICREC_LIBRARY", "")
    isempty(path) || return [path]
    number = API.ABI_VERSION
    return ["libdicrec.so.$number", "libdicrec.$number.dylib", "libdicrec", "libdicrec-$number"]
end

function load_library()
    for name in candidates()
        handle = Libdl.dlopen(name; throw_error = false)
        handle === nothing && continue
        LIBRARY[] = Libdl.dlpath(handle)
        expect_abi(LIBRARY[])
        fill_entries(handle)
        return nothing
    end
    error("libdicrec was not found; set DICREC_LIBRARY to its path. Tried: ", join(candidates(), ", "))
end

"Refuse a library whose file says another number of the ABI. Where its name has none, missing functions tell."
function expect_abi(path)
    found = match(r"\.so\.(\d+)|\.(\d+)\.dylib$", isfile(path) ? realpath(path) : path)
    found === nothing && return
    number = something(found[1], found[2])
    parse(Int, number) == API.ABI_VERSION && return
    error("$path has the ABI number $number, but this Dicrec.jl is made for $(API.ABI_VERSION)")
end

function fill_entries(handle)
    for (i, name) in enumerate(API.NAMES)
        entry = Libdl.dlsym(handle, name; throw_error = false)
        entry === nothing && error("the libdicrec at $(LIBRARY[]) is too old for this Dicrec.jl: $name is missing")
        API.ENTRIES[i] = entry
    end
end
