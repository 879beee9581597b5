# SPDX-License-Identifier: MIT
# Numbers with units: those of Unitful, if it is loaded, and periods of Dates. A bare number is in the unit of the
# argument.

"The package that a number's type is of, if that is Unitful: it is known by its name, and never loaded here."
function unitful(x)
    home = parentmodule(typeof(x))
    return nameof(home) === :Unitful ? home : nothing
end

"A unit of this library as one of Unitful's; `nothing` for what has none."
function unit_of(home, unit)
    unit == "ms" && return home.ms
    unit == "s" && return home.s
    unit == "Hz" && return home.Hz
    unit == "mV" && return home.mV
    unit == "uA/cm2" && return home.μA / home.cm^2
    unit == "mS/cm2" && return home.mS / home.cm^2
    return nothing
end

"Whether a value says its unit itself."
has_unit(x) = unitful(x) !== nothing || x isa Dates.Period

"""
A value as a `Float64` in a unit: a real number as it is, a quantity converted. Everything else is refused, by the name
that it goes by: `missing`, complex numbers, texts, truth values.
"""
in_unit(name, x::Real, unit) = Float64(x)
in_unit(name, x::Bool, unit) = throw(invalid(name, " is ", x, ", a number is expected"))
in_unit(name, ::Missing, unit) = throw(invalid(name, " is missing: drop missing values, or say what they are"))

function in_unit(name, x::Dates.Period, unit)
    x isa Dates.TimePeriod && unit in ("ms", "s") || throw(invalid(name, " is ", x, ", which is not in ", unit))
    nanoseconds = Dates.value(convert(Dates.Nanosecond, x))
    return unit == "ms" ? nanoseconds / 1e6 : nanoseconds / 1e9
end

function in_unit(name, x, unit)
    home = unitful(x)
    expected = home === nothing ? nothing : unit_of(home, unit)
    expected === nothing && throw(invalid(name, " is ", described(x), ", a real number is expected"))
    try
        return Float64(home.ustrip(expected, x))
    catch
        throw(invalid(name, " is ", described(x), ", which is not in ", unit))
    end
end

"A value in an error: short, with its type."
function described(x)
    shown = sprint(show, x; context = :limit => true)
    return string(length(shown) > 40 ? first(shown, 40) * "..." : shown, " (", typeof(x), ")")
end
