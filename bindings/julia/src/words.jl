# SPDX-License-Identifier: MIT
# Words of Julia, which are symbols, for the constants of the C interface.

"A word of the library as a symbol: `given up` is `:given_up`."
symbol(word::AbstractString) = Symbol(replace(word, ' ' => '_'))

"All words of an enumeration, in the order of its constants."
words(enumeration::Symbol) = [symbol(word.word) for word in API.WORDS[enumeration]]

"Constant of a word that a user gives the argument `name`."
function value_of(name, enumeration::Symbol, word)
    word isa Union{Symbol,AbstractString} ||
        throw(invalid(name, " is ", described(word), ", one of ", join(words(enumeration), ", "), " is expected"))
    found = findfirst(isequal(symbol(string(word))), words(enumeration))
    found === nothing && throw(invalid(name, " is :", word, ", allowed are ", join(words(enumeration), ", ")))
    return Int32(API.WORDS[enumeration][found].value)
end

"The library's function that names the constants of an enumeration."
const NAMING = Dict(
    :ACTIVITY => API.activity_name,
    :CHANGE => API.change_name,
    :LEAK => API.leak_name,
    :SOLVER => API.solver_name,
    :TRACE => API.trace_name,
    :TARGET => API.target_name,
    :SCREENING => API.screening_name,
    :SELECTION => API.selection_name,
    :NOISE => API.noise_name,
    :OUTCOME => API.outcome_name,
)

"The library's word for a value that it answers: `:other` for one that it does not know itself."
word_of(enumeration::Symbol, value) = symbol(text(NAMING[enumeration](value)))
