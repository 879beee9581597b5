# SPDX-License-Identifier: MIT
# Statuses of the library as exceptions and warnings.

"""
    Status

What the library answers for a call, or for one member: `OK`, a remark (`W_...`) or a failure (`E_...`). It has a
`value`, a `name` and a `text`; `isok(status)` tells whether it is `OK`, and `Status(:W_REJECTED)` is one by its name.
Newer libraries may answer others, whose name is `UNKNOWN`.
"""
struct Status
    value::Int32
end

Status(name::Symbol) = Status(getfield(API.STATUS, name))

"""
    isok(status)

Whether a [`Status`](@ref) is `OK`.
"""
isok(status::Status) = status.value == API.STATUS.OK

isremark(status::Status) = status.value > API.STATUS.OK
isfailure(status::Status) = status.value < API.STATUS.OK

function Base.getproperty(status::Status, name::Symbol)
    name === :name && return text(API.status_name(getfield(status, :value)))
    name === :text && return text(API.status_text(getfield(status, :value)))
    return getfield(status, name)
end

Base.propertynames(::Status) = (:value, :name, :text)
Base.show(io::IO, status::Status) = print(io, "Status(:", status.name, ")")
Base.print(io::IO, status::Status) = print(io, status.name)

"""
    DicrecError

A call failed. What is thrown is of one of its kinds, which are not exported, for some have names of Julia's own:

- `Dicrec.ArgumentError`: an argument, option, name or spike train is not acceptable;
- `Dicrec.OutOfMemoryError`: the library could not get memory;
- `Dicrec.FileError`: a file cannot be read;
- `Dicrec.WeightsError`: weights are malformed or do not fit;
- `Dicrec.ComputationError`: a computation has no answer;
- `Dicrec.CancelledError`: `progress` has cancelled the call;
- `Dicrec.OtherError`: a failure that only newer libraries know.

Each has a `message`, which names the argument, its value and what is allowed, and a `status`, whose name `.name` is.
"""
abstract type DicrecError <: Exception end

const KINDS = (
    :ArgumentError, :OutOfMemoryError, :FileError, :WeightsError, :ComputationError, :CancelledError, :OtherError,
)

for kind in KINDS
    @eval begin
        "See [`DicrecError`](@ref)."
        struct $kind <: DicrecError
            message::String
            status::Status
        end
    end
end

Base.getproperty(e::DicrecError, name::Symbol) = name === :name ? e.status.name : getfield(e, name)
Base.propertynames(::DicrecError) = (:message, :status, :name)

function Base.showerror(io::IO, e::DicrecError)
    print(io, "Dicrec.", nameof(typeof(e)), ": ", e.message, " [", e.name, "]")
end

"What has a kind of its own; of the other failures those up to the first computation are computations."
function kind_of(status::Status)
    value, all = status.value, API.STATUS
    value in values(all) || return OtherError
    value == all.E_MEMORY && return OutOfMemoryError
    value == all.E_CANCELLED && return CancelledError
    value == all.E_FILE && return FileError
    value == all.E_WEIGHTS && return WeightsError
    return value <= all.E_INFEASIBLE ? ComputationError : ArgumentError
end

"Exception for a failure; the detail, if any, replaces the general meaning."
failure(status::Status, detail = "") = kind_of(status)(isempty(detail) ? status.text : detail, status)

"Exception for an argument that is refused before the library sees it."
invalid(text...) = ArgumentError(string(text...), Status(API.STATUS.E_ARGUMENT))
out_of_range(text...) = ArgumentError(string(text...), Status(API.STATUS.E_RANGE))

"Throw a failure, warn of a remark; returns the status."
function check(value::Int32, detail = "")
    status = Status(value)
    isfailure(status) && throw(failure(status, detail))
    isremark(status) && @warn "$(isempty(detail) ? status.text : detail) [$(status.name)]" _group = :dicrec
    return status
end
