# SPDX-License-Identifier: MIT
# Recipe for BinaryBuilder: libdicrec for every platform, as dicrec_jll. Written to its documentation; nobody has run it
# yet. It builds the commit that is checked out here:
#
#     julia build_tarballs.jl --verbose --deploy=local x86_64-linux-gnu
using BinaryBuilder, Pkg

const ROOT = normpath(@__DIR__, "..", "..")

"The version that the headers say."
function header_version()
    text = read(joinpath(ROOT, "include", "dicrec", "version.h"), String)
    part(name) = parse(Int, match(Regex("DICREC_VERSION_$name +(\\d+)"), text)[1])
    return VersionNumber(part("MAJOR"), part("MINOR"), part("PATCH"))
end

name = "dicrec"
version = header_version()
sources = [DirectorySource(ROOT; target = "libdicrec")]

script = raw"""
cd ${WORKSPACE}/srcdir/libdicrec
meson setup build --cross-file="${MESON_TARGET_TOOLCHAIN}" --buildtype=release --libdir=${libdir} \
    -Ddefault_library=shared
ninja -C build -j${nproc}
ninja -C build install
install_license LICENSE
"""

platforms = supported_platforms(; exclude = p -> Sys.iswindows(p) || nbits(p) != 64)

products = [
    LibraryProduct("libdicrec", :libdicrec),
    ExecutableProduct("dicrec", :dicrec),
]

dependencies = [
    Dependency("OpenBLAS32_jll"),
    Dependency("SUNDIALS_jll"),
    BuildDependency("Random123_jll"),
]

build_tarballs(ARGS, name, version, sources, script, platforms, products, dependencies; julia_compat = "1.6")
