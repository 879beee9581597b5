# SPDX-License-Identifier: MIT
# DICs of a neuron while it fires.

"""
    Stream(estimator; options...)

Spikes of one neuron, read as they come, in memory that does not grow: `push!(stream, time)`, `append!(stream, times)`,
`estimate(stream)`, `length(stream)`, `empty!(stream)`. Tasks and threads that share a stream wait for each other.

$(keywords(API.EstimateOptions, :auto_scale, :n_threads))
"""
mutable struct Stream
    pointer::Ptr{API.Stream}
    guard::ReentrantLock
    estimator::Estimator
end

function Stream(estimator::Estimator; given...)
    pointer = Ref{Ptr{API.Stream}}(C_NULL)
    call(API.stream_create, estimator.handle, new_options(API.EstimateOptions, given), pointer)
    stream = Stream(pointer[], ReentrantLock(), estimator)
    return finalizer(s -> API.free(s.pointer), stream)
end

"Call `f` with the stream's pointer, one task at a time."
function on_stream(f, stream::Stream)
    lock(stream.guard) do
        stream.pointer == C_NULL && throw(invalid("this Stream was closed, or comes from another process"))
        GC.@preserve stream f(stream.pointer)
    end
end

function Base.close(stream::Stream)
    lock(stream.guard) do
        API.free(stream.pointer)
        stream.pointer = C_NULL
    end
    return nothing
end

Base.isopen(stream::Stream) = stream.pointer != C_NULL
Base.deepcopy_internal(::Stream, ::IdDict) = throw(invalid("a Stream cannot be copied"))
Base.length(stream::Stream) = on_stream(pointer -> Int(API.stream_spike_count(pointer)), stream)

"""
    append!(stream, times; unit = nothing)

Add spikes to a [`Stream`](@ref): all of them or, if one is refused, none. Times, in ms unless `unit` is `:s`, rise
strictly and are after the last one.
"""
function Base.append!(stream::Stream, times; unit = nothing)
    target, word = unit_given(unit, samples_of(times))
    numbers = vector("times", times, target)
    numbers = word !== nothing && Symbol(word) === :s ? 1000 .* numbers : numbers
    on_stream(stream) do pointer
        status = API.stream_push(pointer, numbers, length(numbers))
        check(status, copied_text(API.stream_error, pointer))
    end
    return stream
end

Base.push!(stream::Stream, times...; unit = nothing) = append!(stream, times; unit = unit)

"""
    empty!(stream)

Forget all spikes of a [`Stream`](@ref).
"""
function Base.empty!(stream::Stream)
    on_stream(API.stream_reset, stream)
    return stream
end

"""
    estimate(stream)

Read the DICs from all spikes of a [`Stream`](@ref) since its beginning: a [`Posterior`](@ref), which stays what it is
when further spikes come.
"""
function estimate(stream::Stream)
    return on_stream(stream) do pointer
        lent = Ref{Ptr{API.Posterior}}(C_NULL)
        status = check(API.stream_posterior(pointer, lent))
        copied = Posterior(copied_bytes(lent[])) # what the stream lends is written anew at the next reading
        return Posterior(copied.handle, status)
    end
end
