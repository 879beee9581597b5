# SPDX-License-Identifier: MIT
# Julia's arguments as the library wants them: vectors of doubles, rows one after the other, counts.

"Values as a `Vector{Float64}` in a unit; anything that is not one dimension of numbers is refused."
vector(name, values::Vector{Float64}, unit = "") = values

function vector(name, values::Union{AbstractVector,Tuple}, unit = "")
    result = Vector{Float64}(undef, length(values))
    for (i, value) in enumerate(values)
        result[i] = value isa Union{Float64,Float32,Int} ? Float64(value) : in_unit("$name[$i]", value, unit)
    end
    return result
end

vector(name, values, unit = "") = throw(invalid(name, " is ", described(values), ", a vector of numbers is expected"))

function vector(name, values::AbstractArray, unit = "")
    throw(invalid(name, " has ", ndims(values), " dimensions, one is expected"))
end

"Whether values are one row: a vector or tuple of numbers."
is_row(values) = is_list(values) && (isempty(values) || !is_list(first(values)))
is_list(values) = values isa Union{AbstractVector,Tuple}

"""
Values as rows of `columns` numbers, one after the other: of a matrix `[n, columns]`, of a vector or tuple of rows, or
of one row. Returns the numbers and `n`.
"""
function rows(name, values, columns, unit = "")
    values isa AbstractMatrix && return matrix_rows(name, values, columns, unit)
    is_list(values) || throw(wrong_shape(name, values, columns))
    all_rows = is_row(values) ? (values,) : values
    for (i, row) in enumerate(all_rows)
        is_list(row) && length(row) == columns || throw(wrong_shape(name, values, columns, i))
    end
    numbers = [vector(name, row, unit) for row in all_rows]
    return reduce(vcat, numbers; init = Float64[]), length(numbers)
end

function matrix_rows(name, values, columns, unit)
    size(values, 2) == columns || throw(wrong_shape(name, values, columns))
    return vector(name, vec(permutedims(values)), unit), size(values, 1)
end

function wrong_shape(name, values, columns, row = 1)
    found = values isa AbstractArray ? "size $(size(values))" : described(values)
    is_list(values) && (found = "a row $row of another length or kind")
    return invalid(name, " has ", found, ", rows of ", columns, " numbers are expected: a matrix [n, ", columns, "]")
end

"What the library wrote row by row as an array with the first index for rows: `size` is the C shape."
function from_rows(numbers::Vector, size...)
    length(size) == 1 && return numbers
    return permutedims(reshape(numbers, reverse(size)), length(size):-1:1)
end

"A text as the library's strings can hold it."
function c_text(name, value)
    value isa Union{AbstractString,Symbol} || throw(invalid(name, " is ", described(value), ", a text is expected"))
    '\0' in String(value) && throw(invalid(name, " holds a NUL character, which texts of the library cannot"))
    return String(value)
end

"A whole number that fits a type of the library."
function whole(name, value, ::Type{T}) where {T<:Integer}
    value isa Real && !(value isa Bool) && isinteger(value) ||
        throw(invalid(name, " is ", described(value), ", a whole number is expected"))
    typemin(T) <= value <= typemax(T) || throw(out_of_range(name, " is ", value, ", which is outside its range"))
    return T(value)
end

"A number of things."
function count_of(name, value)
    number = whole(name, value, Int64)
    number >= 0 || throw(out_of_range(name, " is ", number, ", allowed is 0 or more"))
    return number
end
