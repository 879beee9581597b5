# SPDX-License-Identifier: MIT
# Objects on their way to other processes, by the standard library's Serialization: Distributed, files.

"What stands for a handle outside this process; what has nothing to stand for it is refused."
portable(::Val, handle::Handle{T}) where {T} =
    throw(invalid("this ", nameof(T), " cannot leave its process: make it where it is used"))
portable(::Val{:Posterior}, handle::Handle) = ask(copied_bytes, handle)
portable(::Val{:Model}, handle::Handle) = model_text(handle)
brought(::Val{:Posterior}, bytes) = Posterior(bytes).handle
brought(::Val{:Model}, text) = Model(; text = text).handle

function Serialization.serialize(s::Serialization.AbstractSerializer, handle::Handle{T}) where {T}
    Serialization.writetag(s.io, Serialization.OBJECT_TAG)
    Serialization.serialize(s, Handle{T})
    Serialization.serialize(s, portable(Val(nameof(T)), handle))
end

Serialization.deserialize(s::Serialization.AbstractSerializer, ::Type{Handle{T}}) where {T} =
    brought(Val(nameof(T)), Serialization.deserialize(s))

Serialization.serialize(::Serialization.AbstractSerializer, ::Stream) =
    throw(invalid("this Stream cannot leave its process"))

# Structs of the C interface: their bytes, for they hold numbers alone.
function Serialization.serialize(s::Serialization.AbstractSerializer, record::Record{T}) where {T}
    Serialization.writetag(s.io, Serialization.OBJECT_TAG)
    Serialization.serialize(s, Record{T})
    Serialization.serialize(s, Any[getfield(record.struct_, name) for name in fieldnames(T)])
end

function Serialization.deserialize(s::Serialization.AbstractSerializer, ::Type{Record{T}}) where {T}
    result = empty_struct(T)
    for (name, value) in zip(fieldnames(T), Serialization.deserialize(s))
        setfield!(result, name, convert(fieldtype(T, name), value))
    end
    return Record(result)
end
