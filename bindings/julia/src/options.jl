# SPDX-License-Identifier: MIT
# Structs of options from keyword arguments, by the description of their fields.

"Options of the library, with the arrays and options that they point to."
struct Options{T}
    struct_::T
    kept::Vector{Any}
end

# As an argument of ccall: the options, and so what they point to, live as long as the call.
Base.cconvert(::Type{Ref{T}}, options::Options{T}) where {T} = options
Base.unsafe_convert(::Type{Ref{T}}, options::Options{T}) where {T} = Ptr{T}(pointer_from_objref(options.struct_))

"What users do not set themselves."
is_hidden(field::API.Field) = field.name in (:struct_size, :reserved)

described_fields(::Type{T}) where {T} = API.FIELDS[nameof(T)]

"What a verb calls the options of a struct: `simulate` for `SimulateOptions`."
verb_of(::Type{T}) where {T} = lowercase(replace(String(nameof(T)), "Options" => ""))

"""
Options with their defaults, then the values that are not `nothing`.

An array becomes the pointer and its counts. `shapes` gives the sizes that arrays must have where the struct has no
count of its own, by field; `first` how many rows that is, say `(member_noise_std = (n,),)`.
"""
function new_options(::Type{T}, given; shapes = NamedTuple()) where {T}
    options = Options(T(), Any[])
    API.init!(options.struct_)
    for (name, value) in pairs(given)
        value === nothing || set!(options, field_of(T, name), value, get(shapes, name, nothing))
    end
    return options
end

function field_of(::Type{T}, name::Symbol) where {T}
    for field in described_fields(T)
        field.name === name && !is_hidden(field) && return field
    end
    throw(invalid(verb_of(T), " has no option ", name, "; it has ", join(option_names(T), ", ")))
end

"A field that counts an array of the struct is set with it."
is_count(fields, field) = any(other -> field.name in other.shape, fields)

"The options of a struct by name, in its order."
function option_names(::Type{T}) where {T}
    fields = described_fields(T)
    return [field.name for field in fields if !is_hidden(field) && !is_count(fields, field)]
end

function set!(options::Options{T}, field::API.Field, value, shape) where {T}
    kind = fieldtype(T, field.name)
    kind <: Ptr && return point!(options, field, value, shape)
    setfield!(options.struct_, field.name, scalar(kind, field, value))
end

scalar(::Type{Float64}, field, value) = in_unit(field.name, value, field.unit)

function scalar(::Type{T}, field, value) where {T<:Integer}
    value isa Bool && field.most == 1 && return T(value)
    is_word = field.words !== :none && value isa Union{Symbol,AbstractString}
    is_word && return T(value_of(field.name, field.words, value))
    return whole(field.name, value, T)
end

"Further options, which are made already."
function point!(options::Options{T}, field, inner::Options, _) where {T}
    push!(options.kept, inner)
    setfield!(options.struct_, field.name, fieldtype(T, field.name)(pointer_from_objref(inner.struct_)))
end

function point!(options::Options{T}, field, value, shape) where {T}
    numbers, n = elements(eltype(fieldtype(T, field.name)), field, value, shape)
    push!(options.kept, numbers)
    shape === nothing && set_count!(options.struct_, field, n)
    setfield!(options.struct_, field.name, pointer(numbers))
end

"An array's numbers one row after the other, and its number of rows; checked against the shape if one is given."
function elements(::Type{Float64}, field, value, shape)
    if length(field.shape) == 1
        numbers, n = vector(field.name, value, field.unit), length(value)
    else
        columns = shape === nothing ? parse(Int, String(field.shape[2])) : shape[2]
        numbers, n = rows(field.name, value, columns, field.unit)
    end
    expect_count(field, n, shape)
    return copy(numbers), n
end

function elements(::Type{T}, field, value, shape) where {T<:Integer}
    value isa AbstractVector || throw(invalid(field.name, " is ", described(value), ", a vector is expected"))
    expect_count(field, length(value), shape)
    return T[whole(field.name, number, T) for number in value], length(value)
end

function expect_count(field, n, shape)
    shape === nothing || shape[1] === nothing || n == shape[1] ||
        throw(invalid(field.name, " has ", n, " values or rows, ", shape[1], " are expected"))
end

"The count of an array, which another array of the struct may have set already."
function set_count!(struct_::T, field, n) where {T}
    count = field.shape[1]
    count in fieldnames(T) || return
    former = getfield(struct_, count)
    former == 0 || former == n || throw(invalid(field.name, " has ", n, " values, but ", former, " belong together"))
    setfield!(struct_, count, convert(fieldtype(T, count), n))
end
