# SPDX-License-Identifier: MIT
# What docstrings take from the description of the interface: options, defaults, limits, words.

"""
    Dicrec.limit(verb, option)

Default, limits and unit of a numeric option: `Dicrec.limit(:simulate, :dt_ms).most`. The default is `nothing` where it
depends on the model or the input.
"""
function limit(verb::Symbol, option::Symbol)
    name = Symbol(uppercasefirst(String(verb)), :Options)
    haskey(API.FIELDS, name) || throw(invalid("there are no options of ", verb))
    found = findfirst(field -> field.name === option && field.least !== nothing, API.FIELDS[name])
    found === nothing && throw(invalid(verb, " has no numeric option ", option))
    field = API.FIELDS[name][found]
    return (default = field.default, least = field.least, most = field.most, unit = field.unit)
end

"Words of an enumeration with their meanings, as a list."
meanings(enumeration, indent = "  ") =
    join(["$indent- `:$(symbol(word.word))`: $(word.doc)\n" for word in API.WORDS[enumeration]])

"The keyword arguments of a verb as a list for its docstring, but for `omitted`."
function keywords(::Type{T}, omitted...) where {T}
    names = setdiff(option_names(T), omitted)
    return join([keyword(field) for field in described_fields(T) if field.name in names])
end

function keyword(field::API.Field)
    line = "- `$(field.name)`$(shape_of(field)): $(plain(field))"
    field.words === :none || return "$line\n$(meanings(field.words))"
    return string(line, bounds(field), "\n")
end

plain(field) = replace(replace(field.doc, r"^\[.*?\](\[.*?\])?,? ?" => ""), r"DICREC_[A-Z]+_\*(, )?" => "")
shape_of(field) = isempty(field.shape) ? "" : " [$(join(field.shape, ", "))]"

function bounds(field)
    field.least === nothing && return ""
    default = field.default === nothing ? "" : "; by default $(field.default)"
    return string(default, ", ", field.least, " to ", field.most, isempty(field.unit) ? "" : " " * field.unit)
end

"A docstring's text for what C's comments say of a field of a result."
fields_list(::Type{T}) where {T} =
    join(["- `$(field.name)`: $(plain(field))\n" for field in described_fields(T) if !is_hidden(field)])
