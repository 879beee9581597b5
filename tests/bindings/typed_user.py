# SPDX-License-Identifier: MIT
"""A user's script that uses all of dicrec with annotations: test_python_types.py has it checked, and runs it."""

from __future__ import annotations

import copy
import datetime
import pathlib
import pickle
import tempfile
import warnings
from typing import Dict, List, Optional, Tuple, Union

import numpy
from numpy.typing import NDArray

import dicrec

Floats = NDArray[numpy.float64]


def report_progress(done: int, total: int) -> bool:
    return done <= total


def look_at_models() -> dicrec.Model:
    names: List[str] = dicrec.models()
    model = dicrec.Model(names[0])
    channels: List[str] = model.channels
    states: List[str] = model.states
    columns: List[str] = dicrec.dic_names() + model.targets + [channels[model.leak_index]]
    protocol: dicrec.Protocol = model.protocol
    end: float = protocol.t_end - protocol.t_skip
    sets = numpy.ones((2, len(channels)))
    of_one: Floats = model.dics([1.0] * len(channels), v=-51)
    tables: Tuple[Floats, Floats, Floats] = (model.sensitivity(sets), model.static_current(sets), model.ranges)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dicrec.DicrecWarning)
        crossings: Floats = model.threshold(sets, v_range=(-75, 0))
    index: int = model.channel_index(channels[0])
    floats: List[float] = [
        model.threshold_mv,
        model.spike_level_mv,
        model.reversal_mv[index].item(),
        *model.dic_range[0].tolist(),
    ]
    gates: List[dicrec.GateCurves] = model.gate_curves([-60, 0])
    seen: Floats = gates[0].steady + gates[0].tau + model.time_scales(v=-51)[0]
    print(gates[0].channel, gates[0].gate, gates[0].v, seen)
    print(model.name, model.description, end, of_one, tables, crossings, floats, states, columns)
    return model


def make_members(model: dicrec.Model) -> dicrec.Population:
    population = dicrec.generate(
        "stg",
        target=numpy.array([-5, 8], dtype=numpy.int32),
        n=numpy.int64(2),
        seed=3,
        leak="gamma",
        ranges={"Na": (100, 200)},
        keep_raw=True,
        progress=report_progress,
    )
    base: Optional[Floats] = population.base
    arrays: List[Floats] = [population.conductances, population.dics, population.noise_std]
    streams: NDArray[numpy.uint64] = population.streams
    status: NDArray[numpy.int32] = population.status
    valid: NDArray[numpy.bool_] = population.valid
    again = dicrec.generate(
        model, target=[(-5, 8)], n=1, channels=(model.channels.index("A"), "H"), progress=lambda done, total: None
    )
    print(len(population), population.channels, base, arrays, streams, status, valid, again.time_scale)
    return population


def simulate_members(model: dicrec.Model, population: dicrec.Population) -> Floats:
    simulation: dicrec.Simulation = dicrec.simulate(model, population, progress=report_progress)
    trains: List[Floats] = simulation.spikes
    sets = population.conductances
    traced = dicrec.simulate(
        model,
        sets,
        t_end=100,
        trace="currents",
        trace_dt=0.5,
        current=([50, 50], [0, 5]),
        noise=[0.1, 0.2],
        streams=numpy.arange(len(sets)),
        initial_states=simulation.final_states,
        spike_level_mv=12,
    )
    currents: Floats = traced.column("I_Na", member=0)
    voltage: Optional[Floats] = traced.trace
    if traced.traces is not None and traced.times is not None:
        print(traced.traces[0].shape, traced.times[0][-1], traced.columns, currents.min(), voltage, traced.time)
    print(len(simulation), simulation.solver, simulation.status)
    return trains[0]


def look_at_trains(times: Floats) -> dicrec.Spikes:
    train = dicrec.Spikes(times, window=(times[0] - 20, times[-1] + 20), gaps=[(times[0] - 19, times[0] - 15)])
    statistics: dicrec.SpikeStatistics = train.statistics()
    stationarity: dicrec.SpikeStationarity = train.stationarity()
    rate: float = statistics.rate_hz
    drifts: bool = stationarity.drifts
    trials = dicrec.Spikes(trials=[times[:40], list(times[40:90])], unit="ms")
    sampled = dicrec.Spikes.from_samples(numpy.arange(10, 10000, 300), rate_hz=10000, origin=5)
    distance: float = sampled.distance(times, tau=datetime.timedelta(milliseconds=10))
    lengths = [datetime.timedelta(milliseconds=float(time)) for time in times]
    print(dicrec.Spikes(lengths), dicrec.Spikes(times / 1000, unit="s"))
    segments: Tuple[Floats, NDArray[numpy.int64]] = (train.segments, train.segment_counts)
    pattern: Floats = trials.pattern()
    print(len(train), rate, drifts, distance, segments, pattern, train.times[:3])
    return train


def look_at(posterior: dicrec.Posterior) -> None:
    quantiles: Floats = posterior.quantile([0.05, 0.95])
    noise: float = posterior.noise_quantile(0.5)
    noises: Floats = posterior.noise_quantile([0.05, 0.95])
    samples: Floats = posterior.sample(5, seed=2, noise=True)
    activity: Optional[str] = posterior.activity
    classes: Optional[Dict[str, float]] = posterior.class_probabilities
    same = dicrec.Posterior.of_mixture(**posterior.mixture())
    density: Floats = same.log_density(samples[:, :2])
    numbers: List[float] = [posterior.support, posterior.time_scale, posterior.noiseless, posterior.noise_median]
    print(posterior.median, posterior.mean, posterior.covariance, posterior.time_scale_interval, posterior.remark)
    print(quantiles, noise, noises, activity, classes, density, numbers)


def read_trains(model: dicrec.Model, train: dicrec.Spikes) -> dicrec.Estimator:
    estimator = dicrec.Estimator(model)
    version: Optional[str] = estimator.metadata("version")
    look_at(estimator.run(train, time_scale="auto"))
    many: List[dicrec.Posterior] = estimator.run_many([train, train.times, train.times.tolist()], threads=2)
    many += dicrec.estimate_many(estimator, [train], progress=True)
    one: dicrec.Posterior = dicrec.estimate(estimator, train, time_scale=1)
    stream = dicrec.Stream(estimator, support_limit=0)
    with dicrec.Stream(estimator) as other:
        other.push([1.0])
    stream.push(train.times[:30])
    read: dicrec.Posterior = stream.posterior()
    stream.reset()
    print(version, len(many), one, read, len(stream), estimator.model.name)
    return estimator


def rebuild(estimator: dicrec.Estimator, train: dicrec.Spikes) -> None:
    result: dicrec.Reconstruction = dicrec.reconstruct(
        estimator, train, n=2, verify=True, selection="diverse", noise="off", simulation={"dt": 0.05}
    )
    report: dicrec.ReconstructionReport = result.report
    names: Tuple[str, ...] = report.remarks
    if result.accepted is not None and result.spikes is not None and result.statistics is not None:
        accepted: Floats = result.population.conductances[result.accepted]
        print(accepted.shape, result.spikes[0][:2], result.statistics[0].rate_hz, result.distance, result.mismatch)
    print([dicrec.REMARKS[name] for name in names], report.remark_texts, result.spread_kept, result.n_candidates)
    for other in dicrec.reconstruct_many(estimator, [train, train.times], n=1, progress=report_progress):
        if isinstance(other, dicrec.DicrecError):
            raise other
        print(other.report.outcome, other.candidate_mean, other.candidate_std, other.remark == dicrec.Status.OK)
    keep(result, train)
    made = dicrec.reconstruct_posterior("stg", dicrec.Posterior.at((-5, 8), noise=0.5), n=1, seed=2)
    print(made.posterior)


def keep(result: dicrec.Reconstruction, train: dicrec.Spikes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "result"
        result.save(path)
        loaded: dicrec.Reconstruction = dicrec.Reconstruction.load(path)
        of_any_kind = dicrec.load(str(path))
    members: dicrec.Population = loaded.members
    some: List[dicrec.Population] = [members[:1], members[0], members[members.valid], members[[0]]]
    times: Floats = numpy.asarray(train)
    first: float = train[0]
    later: Floats = train[1:]
    window: Floats = train.window
    print(of_any_kind, some, times.sum(), first, later, window, max(train), train == dicrec.Spikes(times))
    print(dicrec.__version__, copy.deepcopy(train), pickle.loads(pickle.dumps(train)))


def see_failures(folder: Union[str, pathlib.Path]) -> None:
    limit: dicrec.Limit = dicrec.LIMITS["simulate"]["dt_ms"]
    print(limit.default, limit.least, limit.most, limit.unit, dicrec.version(), dicrec.build_info())
    try:
        dicrec.Estimator("stg", weights=pathlib.Path(folder) / "nothing.safetensors")
    except (dicrec.FileError, dicrec.WeightsError) as failure:
        status: int = failure.status
        name: str = failure.name
        print(status, name)
    classes = (
        dicrec.ArgumentError,
        dicrec.CancelledError,
        dicrec.ComputationError,
        dicrec.OutOfMemoryError,
    )
    try:
        dicrec.Spikes([3.0, 2.0])
    except classes as failure_of_train:
        print(failure_of_train.name)


def main() -> None:
    model = look_at_models()
    population = make_members(model)
    train = look_at_trains(simulate_members(model, population))
    estimator = read_trains(model, train)
    rebuild(estimator, train)
    see_failures(".")


if __name__ == "__main__":
    main()
