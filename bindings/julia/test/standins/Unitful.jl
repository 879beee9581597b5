# SPDX-License-Identifier: MIT
# What Dicrec.jl uses of the package Unitful, in few lines, for machines without a registry.
module Unitful

struct Unit
    factor::Float64 # to the base unit of its dimension
    dimension::Symbol
end

struct Quantity <: Number
    value::Float64
    unit::Unit
end

const ms, s, Hz, mV = Unit(1, :time), Unit(1000, :time), Unit(1, :rate), Unit(1, :voltage)
const μA, cm, mS = Unit(1, :current), Unit(1, :length), Unit(1, :conductance)

Base.:*(value::Real, unit::Unit) = Quantity(value, unit)
Base.:^(unit::Unit, n::Integer) = Unit(unit.factor^n, Symbol(unit.dimension, n))
Base.:/(a::Unit, b::Unit) = Unit(a.factor / b.factor, Symbol(a.dimension, :_per_, b.dimension))
Base.show(io::IO, q::Quantity) = print(io, q.value, " ", q.unit.dimension)

function ustrip(unit::Unit, q::Quantity)
    unit.dimension === q.unit.dimension || error("dimensions differ")
    return q.value * q.unit.factor / unit.factor
end

end
