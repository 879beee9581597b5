# SPDX-License-Identifier: MIT
# Calls that need a context: each has one of its own, so that any thread may call.

"What the callbacks of one call see: the user's function, and the first exception that anything threw in them."
mutable struct Watch
    progress::Any
    exception::Any
end

function keep!(watch::Watch, exception)
    watch.exception === nothing && (watch.exception = exception)
    return nothing
end

"Whether the call goes on: the user's function did not answer `false`."
goes_on(watch::Watch, done, total) = watch.progress === nothing || watch.progress(done, total) !== false

# Nothing that these throw may pass through the frames of the library. It calls them from the thread that made the call.
# An interrupt that came during the call is thrown here, where signals are let through again.
function on_progress(user::Ptr{Cvoid}, done::Int64, total::Int64)::Int32
    watch = unsafe_pointer_to_objref(user)::Watch
    try
        go_on = Base.reenable_sigint(() -> goes_on(watch, done, total))
        return go_on && watch.exception === nothing ? 0 : 1
    catch exception
        keep!(watch, exception)
        return 1
    end
end

function on_log(user::Ptr{Cvoid}, level::Int32, message::Cstring)::Cvoid
    watch = unsafe_pointer_to_objref(user)::Watch
    try
        line = unsafe_string(message)
        severity = level == API.LOG.WARNING ? Logging.Warn : Logging.Info
        @logmsg severity line _group = :dicrec
    catch exception
        keep!(watch, exception)
    end
    return nothing
end

"Options of a context that has the callbacks of this layer, those of the log only if `log`."
function context_options(watch::Watch, log::Bool)
    options = API.ContextOptions()
    API.init!(options)
    options.progress = @cfunction(on_progress, Int32, (Ptr{Cvoid}, Int64, Int64))
    options.progress_user = pointer_from_objref(watch)
    if log
        options.log = @cfunction(on_log, Cvoid, (Ptr{Cvoid}, Int32, Cstring))
        options.log_user = pointer_from_objref(watch)
    end
    return options
end

"A text that the library copies: `f(arguments..., buffer, size)` answers its length."
function copied_text(f, arguments...)
    length = f(arguments..., C_NULL, 0)
    length == 0 && return ""
    buffer = Vector{UInt8}(undef, length + 1)
    f(arguments..., buffer, length + 1)
    return String(buffer[1:length])
end

function new_context(watch::Watch, log::Bool)
    options, context = context_options(watch, log), Ref{Ptr{API.Context}}(C_NULL)
    check(API.context_create(options, context), "")
    return context[]
end

"Keep the task on its thread while C frames are on its stack: a callback may wait, and the task go on elsewhere."
function on_one_thread(f)
    task = current_task()
    was = task.sticky
    task.sticky = true
    try
        return f()
    finally
        task.sticky = was
    end
end

"Status and text of `f(context, arguments...)`; interrupts wait for the next callback, or for the end."
function answered(f, watch::Watch, arguments, log::Bool)
    context = new_context(watch, log)
    try
        value = on_one_thread(() -> Base.disable_sigint(() -> f(context, arguments...)))
        return value, copied_text(API.context_error, context)
    finally
        API.context_free(context)
    end
end

"""
Call `f(context, arguments...)`, with borrowed objects in the places of handles.

Throws failures, and what was thrown in a callback; warns of remarks; returns the [`Status`](@ref). With `log` false the
library's messages are dropped: where worker threads of the library would send them, which Julia does not know.
"""
function call(f, arguments...; progress = nothing, log = true)
    watch = Watch(progress, nothing)
    value, detail = lending(arguments) do borrowed...
        GC.@preserve watch answered(f, watch, borrowed, log)
    end
    watch.exception === nothing || throw(watch.exception)
    return check(value, detail)
end

"Call `f(context, arguments..., &object)`: the object's handle, and the status."
function create(::Type{T}, f, arguments...; options...) where {T}
    object = Ref{Ptr{T}}(C_NULL)
    try
        status = call(f, arguments..., object; options...)
        return Handle(object[]), status
    catch
        API.free(object[]) # an exception of a callback, or a warning made one, comes with an object
        rethrow()
    end
end
