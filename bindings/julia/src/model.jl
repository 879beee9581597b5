# SPDX-License-Identifier: MIT
# The models that the library knows.

"""
    models()

Names of the built-in models: `Vector{String}`.
"""
models() = [text(API.model_builtin_name(i - 1)) for i in 1:API.model_builtin_count()]

"""
    Model(name)
    Model(; file)
    Model(; text)

A conductance-based neuron model: a built-in one, one of [`models`](@ref), or one of your own, the JSON file or text
that `docs/models.md` describes. [`Dicrec.model_text`](@ref) is the text of any model.

- `name`, `description`
- `channels`: names of the channels, the leak included; the columns of every array of conductances
- `states`: names of the state variables (`V` in mV, gates, `Ca` in uM); the columns of every array of states
- `leak`: index of the leak among the channels
- `reversal_mv` [channels]: reversal potentials, mV
- `threshold_mv`: voltage at which the DICs are read, mV
- `targets`: names of the DICs that a target has, `g_s` and `g_u`
- `target_ranges` [targets, 2]: lowest and highest DICs that populations of the model are for
- `conductance_ranges` [channels, 2]: ranges of the base draw, mS/cm2; both 0 for channels that compensation solves
- `protocol`: `t_end_ms` and `t_skip_ms` of the published protocol, ms

A model may be shared by tasks and threads. `close(model)` gives it up before it is collected; what was made with it
stays.
"""
struct Model <: Holder
    handle::Handle{API.Model}
    name::String
    description::String
    channels::Vector{String}
    states::Vector{String}
    leak::Int
    reversal_mv::Vector{Float64}
    threshold_mv::Float64
    targets::Vector{String}
    target_ranges::Matrix{Float64}
    conductance_ranges::Matrix{Float64}
    protocol::NamedTuple{(:t_end_ms, :t_skip_ms),Tuple{Float64,Float64}}
end

Model(name) = Model(first(create(API.Model, API.model_open, c_text("name", name))))

function Model(; file = nothing, text = nothing)
    (file === nothing) == (text === nothing) && throw(invalid("file, text: one of the two is expected"))
    file === nothing || return Model(first(create(API.Model, API.model_create_from_file, c_text("file", file))))
    given = c_text("text", text)
    return Model(first(create(API.Model, API.model_create_from_text, given, sizeof(given))))
end

"""
    Dicrec.model_text(model)

The JSON text that a model was made of, to the byte; of built-in ones too.
"""
model_text(model::Model) = model_text(model.handle)
model_text(handle::Handle{API.Model}) = ask(object -> copied_text(API.model_copy_text, object), handle)

function Model(handle::Handle{API.Model})
    each(f, count) = [f(i - 1) for i in 1:ask(count, handle)]
    n_channels = Int(ask(API.model_channel_count, handle))
    n_targets = Int(ask(API.model_target_count, handle))
    return Model(
        handle,
        lent_text(API.model_name, handle),
        lent_text(API.model_description, handle),
        each(i -> lent_text(API.model_channel_name, handle, i), API.model_channel_count),
        each(i -> lent_text(API.model_state_name, handle, i), API.model_state_count),
        ask(API.model_leak_index, handle) + 1,
        each(i -> ask(API.model_reversal_mv, handle, i), API.model_channel_count),
        ask(API.model_threshold_mv, handle),
        each(i -> lent_text(API.model_target_name, handle, i), API.model_target_count),
        ranges(API.model_target_range, handle, n_targets),
        ranges(API.model_conductance_range, handle, n_channels),
        protocol(handle),
    )
end

"A text that an object lends, copied while the object is borrowed."
lent_text(f, arguments...) = ask((borrowed...) -> text(f(borrowed...)), arguments...)

function ranges(f, handle, n)
    result, row = Matrix{Float64}(undef, n, 2), Vector{Float64}(undef, 2)
    for i in 1:n
        check(ask(f, handle, i - 1, row))
        result[i, :] = row
    end
    return result
end

function protocol(handle)
    t_end, t_skip = Ref(0.0), Ref(0.0)
    check(ask(API.model_protocol, handle, t_end, t_skip))
    return (t_end_ms = t_end[], t_skip_ms = t_skip[])
end

as_model(model::Model) = model
as_model(name::Union{AbstractString,Symbol}) = Model(name) # built in
as_model(other) = throw(invalid("model is ", described(other), ", a Model or its name is expected"))

"""
    channel_index(model, channel)

Column of a channel, given by its name, in arrays of conductances.
"""
function channel_index(model::Model, channel::Union{AbstractString,Symbol})
    index = ask(API.model_channel_index, model.handle, c_text("channel", channel))
    index >= 0 && return Int(index) + 1
    text = "channel is $channel, model $(model.name) has $(join(model.channels, ", "))"
    throw(failure(Status(:E_NAME), text))
end

function channel_index(model::Model, channel)
    index = whole("channel", channel, Int)
    1 <= index <= length(model.channels) && return index
    throw(out_of_range("channel is ", index, ", allowed is 1 to ", length(model.channels)))
end

Base.:(==)(a::Model, b::Model) = a.name == b.name && model_text(a) == model_text(b)
Base.hash(model::Model, h::UInt) = hash(model.name, h)
