# SPDX-License-Identifier: MIT
# Structs that the library fills, as Julia shows them: words for constants, truth values for flags, names for bits.

"""
Numbers that the library has filled in, such as the statistics of a train: fields by their names, `NamedTuple(record)`
for all. What a field means is in the docstring of the function that returns it.
"""
struct Record{T}
    struct_::T
end

# What C tells by 0 and 1, and fields of constants whose comment names single ones.
const FLAGS = (:drifts, :has_silent_edge, :screened, :verified)
const CONSTANTS = Dict(:target => :TARGET)

"A struct to be filled."
function empty_struct(::Type{T}) where {T}
    result = T()
    bytes = Ptr{UInt8}(pointer_from_objref(result))
    GC.@preserve result foreach(i -> unsafe_store!(bytes, 0x00, i), 1:sizeof(T))
    result.struct_size = sizeof(T)
    return result
end

Base.propertynames(::Record{T}) where {T} = Tuple(field.name for field in described_fields(T) if !is_hidden(field))

function Base.getproperty(record::Record{T}, name::Symbol) where {T}
    name === :struct_ && return getfield(record, :struct_)
    found = findfirst(field -> field.name === name, described_fields(T))
    found === nothing && throw(invalid("there is no ", name, " among ", join(propertynames(record), ", ")))
    return shown_value(described_fields(T)[found], getfield(record.struct_, name))
end

function shown_value(field, value)
    field.name in FLAGS && return value != 0
    enumeration = get(CONSTANTS, field.name, field.words)
    enumeration === :REMARK && return remark_names(value)
    return enumeration === :none ? value : word_of(enumeration, value)
end

"Names of or-ed remarks in the order of their bits; `:REMARK_n` for one that the library does not name."
function remark_names(bits::Int32)
    single = [Int32(1) << bit for bit in 0:30 if bits >> bit & 1 == 1]
    return Tuple(remark_name(bit) for bit in single)
end

function remark_name(bit)
    name = text(API.remark_name(bit))
    return isempty(name) ? Symbol(:REMARK_, bit) : Symbol(name)
end

"""
    Dicrec.remarks()

What the report of a reconstruction may remark, as the loaded library lists it: a `Dict` of name to meaning.
"""
function remarks()
    known = [Int32(1) << bit for bit in 0:30 if !isempty(text(API.remark_name(Int32(1) << bit)))]
    return Dict(Symbol(text(API.remark_name(bit))) => text(API.remark_text(bit)) for bit in known)
end

Base.NamedTuple(record::Record) = (; (name => getproperty(record, name) for name in propertynames(record))...)
Base.:(==)(a::Record{T}, b::Record{T}) where {T} = isequal(NamedTuple(a), NamedTuple(b))
Base.hash(record::Record, h::UInt) = hash(NamedTuple(record), h)
