# SPDX-License-Identifier: MIT
# A posterior's mixture between arrays and the struct of the C interface.

"The arrays of a mixture: fields that have a shape."
mixture_fields() = [field for field in described_fields(API.Mixture) if !isempty(field.shape)]

"C shape of an array of a mixture."
function mixture_shape(field, n_components, n_dics)
    sizes = Dict(:n_components => n_components, :n_dics => n_dics)
    return Tuple(get(() -> parse(Int, String(part)), sizes, part) for part in field.shape)
end

"Struct of the library from arrays; those that are `nothing` are left out."
function filled_mixture(given)
    options = new_options(API.Mixture, (time_scale = get(given, :time_scale, nothing),))
    mixture = options.struct_
    haskey(given, :weights) && given.weights isa AbstractVector || throw(invalid("weights: a vector is expected"))
    mixture.n_components = length(given.weights)
    for (name, value) in pairs(given)
        name === :time_scale || value === nothing || fill_array!(options, mixture_field(name), value)
    end
    return options
end

function mixture_field(name)
    found = findfirst(field -> field.name === name, mixture_fields())
    found === nothing || return mixture_fields()[found]
    throw(invalid("a mixture has no ", name, "; it has ", join((field.name for field in mixture_fields()), ", ")))
end

function fill_array!(options, field, value)
    mixture = options.struct_
    shape = mixture_shape(field, Int(mixture.n_components), Int(mixture.n_dics))
    array = value isa Tuple ? collect(value) : value
    array isa AbstractArray && size(array) == shape ||
        throw(invalid(field.name, " is ", kind_of_array(array), ", an array of size ", shape, " is expected"))
    numbers = vector(field.name, vec(permutedims(array, ndims(array):-1:1)))
    push!(options.kept, numbers)
    setfield!(mixture, field.name, pointer(numbers))
end

kind_of_array(array::AbstractArray) = "of size $(size(array))"
kind_of_array(other) = described(other)

"Arrays and time scale of a posterior's mixture."
function mixture_arrays(handle)
    mixture = new_options(API.Mixture, NamedTuple()).struct_
    mixture.n_components = ask(API.posterior_component_count, handle)
    shapes = [mixture_shape(field, Int(mixture.n_components), Int(mixture.n_dics)) for field in mixture_fields()]
    numbers = [Vector{Float64}(undef, prod(shape)) for shape in shapes]
    for (field, array) in zip(mixture_fields(), numbers)
        setfield!(mixture, field.name, pointer(array))
    end
    GC.@preserve numbers check(ask(API.posterior_copy_mixture, handle, mixture))
    names = [field.name for field in mixture_fields()]
    arrays = [from_rows(array, shape...) for (array, shape) in zip(numbers, shapes)]
    return (; Pair.(names, arrays)..., time_scale = mixture.time_scale)
end
