# SPDX-License-Identifier: MIT
# What is shown of objects: a line inside other things, a few lines by themselves.

short(x::Real) = string(round(x; sigdigits = 3))
closed_or(f, object) = isopen(object) ? f() : "closed"

Base.show(io::IO, model::Model) = print(io, "Model(", repr(model.name), ")")
Base.show(io::IO, estimator::Estimator) = print(io, "Estimator(", estimator.model, ")")
Base.show(io::IO, stream::Stream) =
    print(io, "Stream(", stream.estimator, ", ", closed_or(() -> "$(length(stream)) spikes", stream), ")")

Base.show(io::IO, spikes::Spikes) = print(io, "Spikes(", closed_or(() -> observed_text(spikes), spikes), ")")

function observed_text(spikes)
    n, windows = length(spikes), segments(spikes)
    pieces = size(windows, 1) == 1 ? "" : " in $(size(windows, 1)) segments"
    return "$n spikes$pieces, $(short(sum(windows[:, 2] - windows[:, 1]))) ms"
end

Base.show(io::IO, posterior::Posterior) = print(io, "Posterior(", closed_or(() -> law_text(posterior), posterior), ")")

function law_text(posterior)
    g_s, g_u, noise = median(posterior)
    origin = is_of_spikes(posterior) ? String(posterior.activity) : "of plain numbers"
    law = "g_s $(short(g_s)), g_u $(short(g_u)), noise $(short(noise)) uA/cm2"
    return "$law, $origin, support $(short(posterior.support))"
end

members_text(population) = "$(length(population)) members, $(count(isok(population))) valid"

Base.show(io::IO, population::Population) = print(io, "Population(", members_text(population), ")")

function Base.show(io::IO, simulation::Simulation)
    n_spikes = mapreduce(length, +, simulation.spikes; init = 0)
    print(io, "Simulation($(length(simulation)) members, $n_spikes spikes, $(simulation.solver))")
end

function Base.show(io::IO, member::Member)
    g_s, g_u = member.dics[API.DIC.SLOW + 1], member.dics[API.DIC.ULTRASLOW + 1]
    print(io, "Member(g_s ", short(g_s), ", g_u ", short(g_u), ", ", member.status, ")")
end

function Base.show(io::IO, r::Reconstruction)
    found = "$(r.report.n_accepted) of $(r.report.n_requested) members accepted"
    print(io, "Reconstruction(", r.report.outcome, ", ", found, ")")
end

Base.show(io::IO, record::Record{T}) where {T} = print(io, nameof(T), "(", length(propertynames(record)), " numbers)")

# By themselves, as at the prompt.

const SHOWN = (Model, Estimator, Stream, Spikes, Posterior, Population, Simulation, Member, Reconstruction, Record)

for kind in SHOWN
    @eval function Base.show(io::IO, ::MIME"text/plain", object::$kind)
        show(io, object)
        foreach(pair -> print_entry(io, pair...), entries(object))
    end
end

entries(_) = ()

print_entry(io, name, value) = print(io, "\n  ", name, ": ", value)

entries(model::Model) = (
    "source" => model.description,
    "channels" => join(model.channels, ", "),
    "threshold" => "$(model.threshold_mv) mV",
)

function entries(spikes::Spikes)
    isopen(spikes) || return ()
    found = empty_struct(API.SpikeStatistics)
    ask(API.spikes_statistics, spikes.handle, found)
    statistics = Record(found)
    rate = "$(short(statistics.mean_rate_hz)) Hz, $(statistics.activity), CV $(short(statistics.isi_cv))"
    return ("times" => spike_text(times(spikes)), "firing" => rate)
end

spike_text(times) = join(short.(first_of(times, 6)), ", ") * (length(times) > 6 ? ", ..." : "") * " ms"
first_of(values, n) = values[1:min(n, length(values))]

function entries(posterior::Posterior)
    isopen(posterior) || return ()
    low, high = quantile(posterior, 0.05), quantile(posterior, 0.95)
    interval(i) = "$(short(low[i])) to $(short(high[i]))"
    return ("90 % intervals" => join(["$name $(interval(i))" for (i, name) in enumerate(posterior.parameters)], ", "),
        "noiseless" => short(posterior.noiseless))
end

entries(population::Population) = [
    name => row_text(population.conductances[:, i]) * " mS/cm2" for (i, name) in enumerate(population.channels)
]

row_text(values) = join(short.(first_of(values, 6)), ", ") * (length(values) > 6 ? ", ..." : "")

entries(member::Member) = ["$name" => "$(short(g)) mS/cm2" for (name, g) in zip(member.channels, member.conductances)]

entries(simulation::Simulation) =
    ["$i" => "$(length(simulation[i])) spikes, $(simulation.status[i])" for i in 1:min(length(simulation), 6)]

entries(r::Reconstruction) = (
    "posterior" => r.posterior,
    "population" => r.population,
    "remarks" => isempty(r.report.remarks) ? "none" : join(r.report.remarks, ", "),
)

entries(record::Record) = pairs(NamedTuple(record))
