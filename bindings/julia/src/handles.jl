# SPDX-License-Identifier: MIT
# Ownership of the library's objects.

"""
One owner of an object of the library, which counts its owners: it is given up when collected, or by `close`.

A call borrows the object, as one more owner, so that `close` on another thread cannot take it away. Objects of the
library retain what they need of each other, so that finalizers may run in any order.
"""
mutable struct Handle{T}
    pointer::Ptr{T}
    guard::Threads.SpinLock
    function Handle(pointer::Ptr{T}) where {T}
        handle = new{T}(pointer, Threads.SpinLock())
        return finalizer(h -> API.free(h.pointer), handle)
    end
end

"Call `f` while no other thread is at the handle; an interrupt waits, for it would leave the lock closed."
guarded(f, handle::Handle) = Base.disable_sigint(() -> lock(f, handle.guard))

function borrow(handle::Handle{T}) where {T}
    pointer = guarded(() -> API.retain(handle.pointer), handle)
    pointer == C_NULL && throw(invalid("this ", nameof(T), " was closed, or comes from another process"))
    return pointer
end

function Base.close(handle::Handle{T}) where {T}
    pointer = guarded(handle) do
        former, handle.pointer = handle.pointer, Ptr{T}(C_NULL)
        return former
    end
    API.free(pointer)
    return nothing
end

# What holds a handle and is no vector.
abstract type Holder end
Base.close(holder::Holder) = close(holder.handle)
Base.isopen(holder::Holder) = isopen(holder.handle)

Base.isopen(handle::Handle) = handle.pointer != C_NULL
Base.copy(::Handle) = throw(invalid("objects of libdicrec are not copied: they are immutable and may be shared"))
Base.deepcopy_internal(handle::Handle, ::IdDict) = handle # immutable, and owned once

# What a call takes that is not the library's goes as it is.
borrow(argument) = argument
give_back(_, _) = nothing
give_back(::Handle, pointer) = API.free(pointer)

"Several objects of one kind, for calls for many."
borrow(handles::Vector{Handle{T}}) where {T} = Ptr{T}[borrow(handle) for handle in handles]
give_back(::Vector{<:Handle}, pointers) = foreach(API.free, pointers)

"Call `f` with borrowed objects in the places of handles."
function lending(f, arguments)
    borrowed = Any[]
    try
        for argument in arguments
            push!(borrowed, borrow(argument))
        end
        return f(borrowed...)
    finally
        foreach(give_back, arguments, borrowed)
    end
end

"Call a function of the library that needs no context, with handles as its objects."
ask(f, arguments...) = lending(f, arguments)
