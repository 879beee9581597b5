# SPDX-License-Identifier: MIT
# The C interface as Julia sees it. Made of the public headers by bindings/api/describe.py.

"""
The C interface under its own names without the prefix: functions are `model_open`, structs and handles `SimulateOptions`
and `Model`, the values of an enumeration `SOLVER.CVODE`. Nothing here checks an argument.
"""
module API

"Version of the headers."
const HEADERS = v"0.1.0"

"Word and meaning of a constant."
struct Word
    value::Int64
    word::String
    doc::String
end

"""
A field of a struct: its offset, the enumeration that its values are of (or `:none`), the shape of the array that it
points to, its unit, default and limits (`nothing` where it has none) and what it is.
"""
struct Field
    name::Symbol
    offset::Int
    words::Symbol
    shape::Vector{Symbol}
    unit::String
    default::Union{Nothing,Real}
    least::Union{Nothing,Real}
    most::Union{Nothing,Real}
    doc::String
end

"""Number in the soname of the shared library: raised when a released function or struct changes."""
const ABI_VERSION = 0

"""Most worker threads of a call."""
const MAX_THREADS = 256

"""Shortest and longest simulation, ms."""
const DURATION_LEAST_MS = 1e-06

"""Shortest and longest simulation, ms."""
const DURATION_MOST_MS = 1000000000.0

"""Least and largest time scale."""
const TIME_SCALE_LEAST = 0.01

"""Least and largest time scale."""
const TIME_SCALE_MOST = 100

"""Largest DIC of a target, of either sign."""
const MAX_DIC = 10000.0

"""Largest standard deviation of a noise current and largest injected current, uA/cm2."""
const MAX_CURRENT = 1000000.0

"""Largest conductance that is simulated or made, mS/cm2."""
const MAX_CONDUCTANCE = 10000000.0

"""Highest voltage at which DICs are computed, of either sign, mV."""
const MAX_VOLTAGE_MV = 200

"""Where a threshold is looked for unless a range is given, mV."""
const THRESHOLD_LEAST_MV = -75

"""Where a threshold is looked for unless a range is given, mV."""
const THRESHOLD_MOST_MV = 0

"""The voltage that V rises through in a spike, of models whose file has none, mV."""
const SPIKE_LEVEL_MV = 10

"""Highest such voltage, of either sign, mV."""
const SPIKE_LEVEL_MOST_MV = 100

"""The spike_level_mv that stands for the model's own."""
const SPIKE_LEVEL_OF_MODEL = -1000

"""What the program and the bindings take for trace_dt_ms where a trace is asked for and no interval, ms."""
const TRACE_DT_MS = 0.1

"""As trace_dt_ms: a sample at every step of the solver."""
const TRACE_STEPS = -1

"""The statuses as constants: DICREC_OK, DICREC_W_PARTIAL, DICREC_E_ARGUMENT, ..."""
const STATUS = (
    OK = Int32(0),
    W_PARTIAL = Int32(1),
    W_SUPPORT = Int32(2),
    W_SILENT = Int32(3),
    W_LIMIT = Int32(4),
    W_REJECTED = Int32(5),
    W_RANGE = Int32(6),
    W_REMARK = Int32(7),
    W_THRESHOLD = Int32(8),
    E_ARGUMENT = Int32(-1),
    E_RANGE = Int32(-2),
    E_MEMORY = Int32(-3),
    E_OPTION = Int32(-4),
    E_CANCELLED = Int32(-5),
    E_NAME = Int32(-6),
    E_BUFFER = Int32(-7),
    E_FILE = Int32(-10),
    E_WEIGHTS = Int32(-11),
    E_MISMATCH = Int32(-12),
    E_SPIKES = Int32(-20),
    E_INFEASIBLE = Int32(-30),
    E_SINGULAR = Int32(-31),
    E_CONVERGENCE = Int32(-32),
    E_SOLVER = Int32(-40),
    E_UNSTABLE = Int32(-41),
)

"""Levels of log messages."""
const LOG = (
    INFO = Int32(1),
    WARNING = Int32(2),
)

"""Columns of a row of DICs, in an order that never changes; a later version may append more. Arrays of rows come with their number of columns: the first so many are meant."""
const DIC = (
    FAST = Int32(0),
    SLOW = Int32(1),
    ULTRASLOW = Int32(2),
    TOTAL = Int32(3),
    COUNT = Int32(4),
)

"""Units of time that a train may be given in."""
const TIME = (
    MS = Int32(0),
    S = Int32(1),
)

"""Activity classes [Brandoit et al., arXiv:2509.12783]."""
const ACTIVITY = (
    SILENT = Int32(0),
    SPIKING = Int32(1),
    BURSTING = Int32(2),
    IRREGULAR = Int32(3),
)

"""How the rate of a train changes."""
const CHANGE = (
    NONE = Int32(0),
    DRIFT = Int32(1),
    STEP = Int32(2),
)

"""Laws of the leak conductance in the base draw."""
const LEAK = (
    GAMMA = Int32(0),
    UNIFORM = Int32(1),
    FIXED = Int32(2),
)

"""Stages of a member's construction that can be copied out."""
const STAGE = (
    FINAL = Int32(0),
    BASE = Int32(1),
    SPIKING = Int32(2),
)

"""Integrators."""
const SOLVER = (
    AUTO = Int32(0),
    CVODE = Int32(1),
    ENSEMBLE = Int32(2),
)

"""What a trace holds."""
const TRACE = (
    VOLTAGE = Int32(0),
    STATES = Int32(1),
    CURRENTS = Int32(2),
)

"""Where the members' DICs come from."""
const TARGET = (
    AUTO = Int32(0),
    MEDIAN = Int32(1),
    SAMPLE = Int32(2),
)

"""Whether candidates are screened by what a forward network predicts that they fire."""
const SCREENING = (
    AUTO = Int32(0),
    OFF = Int32(1),
    ON = Int32(2),
)

"""Which of the candidates that match become members."""
const SELECTION = (
    REPRESENTATIVE = Int32(0),
    DIVERSE = Int32(1),
)

"""Where the noise current of the members comes from."""
const NOISE = (
    AUTO = Int32(0),
    FIXED = Int32(1),
)

"""The remarks as constants: DICREC_REMARK_SUPPORT, ..."""
const REMARK = (
    SUPPORT = Int32(1),
    DRIFT = Int32(2),
    FEW_SPIKES = Int32(4),
    INCOMPLETE = Int32(8),
    OUTSIDE = Int32(16),
    WIDENED = Int32(32),
    NOISE_OFF = Int32(64),
    SILENT_EDGE = Int32(128),
)

"""How a search for members ended."""
const OUTCOME = (
    COMPLETE = Int32(0),
    DRAWN = Int32(1),
    SIMULATED = Int32(2),
    GIVEN_UP = Int32(3),
    UNREACHABLE = Int32(4),
    TIMED_OUT = Int32(5),
)

"""What the values of enumerations are called and mean, in their order."""
const WORDS = Dict(
    :STATUS => [
        Word(0, "OK", "done"),
        Word(1, "W_PARTIAL", "done in part: some of what was asked for failed or was not finished"),
        Word(2, "W_SUPPORT", "done, but the input is unlike anything that the estimator was trained on"),
        Word(3, "W_SILENT", "done, but with fewer than two intervals the train carries no interval statistics"),
        Word(4, "W_LIMIT", "stopped at a limit; what was computed until then is kept"),
        Word(5, "W_REJECTED", "the member does not, or is not predicted to, fire like the input within the tolerances"),
        Word(6, "W_RANGE", "done, but a value is outside the range that the model's populations are for"),
        Word(7, "W_REMARK", "done, but the report of the reconstruction remarks on it"),
        Word(8, "W_THRESHOLD", "done, but of some set the total input conductance has no falling zero in the voltage range"),
        Word(-1, "E_ARGUMENT", "an argument is missing or contradicts another"),
        Word(-2, "E_RANGE", "a value is outside its allowed range"),
        Word(-3, "E_MEMORY", "out of memory"),
        Word(-4, "E_OPTION", "an option is not supported by this version of the library"),
        Word(-5, "E_CANCELLED", "cancelled by the progress callback"),
        Word(-6, "E_NAME", "unknown name"),
        Word(-7, "E_BUFFER", "the caller's buffer is too small"),
        Word(-10, "E_FILE", "the file cannot be read"),
        Word(-11, "E_WEIGHTS", "the weights are malformed or do not fit"),
        Word(-12, "E_MISMATCH", "objects of different models were combined"),
        Word(-20, "E_SPIKES", "the spike times are not finite, strictly increasing and inside their window"),
        Word(-30, "E_INFEASIBLE", "no set of non-negative conductances was found within the budget"),
        Word(-31, "E_SINGULAR", "the compensating conductances cannot move the targets independently"),
        Word(-32, "E_CONVERGENCE", "the compensation did not converge"),
        Word(-40, "E_SOLVER", "the integrator failed"),
        Word(-41, "E_UNSTABLE", "the solution left the physical range or is not finite"),
    ],
    :LOG => [
        Word(1, "info", ""),
        Word(2, "warning", ""),
    ],
    :DIC => [
        Word(0, "fast", "g_f"),
        Word(1, "slow", "g_s"),
        Word(2, "ultraslow", "g_u"),
        Word(3, "total", "g_t = g_f + g_s + g_u"),
        Word(4, "count", "columns that these headers know"),
    ],
    :TIME => [
        Word(0, "ms", ""),
        Word(1, "s", ""),
    ],
    :ACTIVITY => [
        Word(0, "silent", "fewer than two intervals: of an undivided train, fewer than three spikes"),
        Word(1, "spiking", "the coefficient of variation of the intervals is at most 0.15"),
        Word(2, "bursting", "it is above"),
        Word(3, "irregular", "only as a class probability: above, without regular bursts"),
    ],
    :CHANGE => [
        Word(0, "none", "too few spikes to tell"),
        Word(1, "drift", "a steady drift describes it"),
        Word(2, "step", "a step describes it better"),
    ],
    :LEAK => [
        Word(0, "gamma", "gamma with the mean and variance of the uniform law on its range"),
        Word(1, "uniform", "uniform on its range"),
        Word(2, "fixed", "the middle of its range"),
    ],
    :STAGE => [
        Word(0, "final", "the member itself"),
        Word(1, "base", "the base draw; channels solved later are 0 (needs keep_raw)"),
        Word(2, "spiking", "the spiking neuron of step 2 (needs keep_raw)"),
    ],
    :SOLVER => [
        Word(0, "auto", "CVODE for traces and whenever a tolerance is set, else the ensemble"),
        Word(1, "cvode", "SUNDIALS CVODE: analytic Jacobian, adaptive steps to a tolerance"),
        Word(2, "ensemble", "many neurons at once, exponential steps that each neuron chooses, second order"),
    ],
    :TRACE => [
        Word(0, "voltage", "V alone"),
        Word(1, "states", "every state of the model: V, m_Na, h_Na, ..., Ca (uM)"),
        Word(2, "currents", "V and the current of each channel, I_Na, ...: uA/cm2, outward positive"),
    ],
    :TARGET => [
        Word(0, "auto", "a draw from the posterior if candidates are screened or the posterior is given, else its median"),
        Word(1, "median", "every member has the posterior's marginal median"),
        Word(2, "sample", "every member has its own draw from the posterior"),
    ],
    :SCREENING => [
        Word(0, "auto", "if the estimator's weights have a forward network, which the built-in ones do"),
        Word(1, "off", "every candidate that can be made becomes a member, as published"),
        Word(2, "on", "always: E_WEIGHTS if the weights have no forward network"),
    ],
    :SELECTION => [
        Word(0, "representative", "as they are drawn: members are a sample of what the spikes leave open"),
        Word(1, "diverse", "of four times as many, those that are farthest from each other"),
    ],
    :NOISE => [
        Word(0, "auto", "the posterior: each member has its own, maybe none; none without screening, verify and a given posterior"),
        Word(1, "fixed", "noise_std of the options, for all members"),
    ],
    :REMARK => [
        Word(1, "SUPPORT", "the input is unlike anything that the estimator was trained on"),
        Word(2, "DRIFT", "the rate of the input changes, which one set of conductances cannot follow"),
        Word(4, "FEW_SPIKES", "too few spikes to compare the pattern: rate and class alone were matched"),
        Word(8, "INCOMPLETE", "fewer members fire like the input than were asked for"),
        Word(16, "OUTSIDE", "members lie outside the 98 % interval of the posterior"),
        Word(32, "WIDENED", "members match only at wider tolerances"),
        Word(64, "NOISE_OFF", "the input is irregular, and members were made without noise or with too little of it"),
        Word(128, "SILENT_EDGE", "the input is silent at an edge of its window for far longer than between its spikes"),
    ],
    :OUTCOME => [
        Word(0, "complete", "all members were found"),
        Word(1, "drawn", "the budget of candidates to draw ended"),
        Word(2, "simulated", "the budget of candidates to simulate ended"),
        Word(3, "given up", "so few simulated candidates were accepted that more would not help"),
        Word(4, "unreachable", "too few conductance sets have the DICs"),
        Word(5, "timed out", "max_wall_s was over"),
    ],
)

"""Allocator, log, progress and last error text. One thread at a time."""
struct Context end

"""A conductance-based neuron model; immutable, shareable between threads."""
struct Model end

"""A validated spike train; immutable, shareable between threads."""
struct Spikes end

"""A trained network for one model; immutable, shareable between threads."""
struct Estimator end

"""Posterior over (g_s, g_u) and the noise current of one train; immutable, shareable between threads."""
struct Posterior end

"""Members by channels, with DICs and a status per member; immutable, shareable between threads."""
struct Population end

"""Spikes, a status and maybe a trace per member; immutable, shareable between threads."""
struct Simulation end

"""Posterior, population and, if verified, the firing of each member; immutable, shareable between threads."""
struct Reconstruction end

"""Spikes of one neuron, read as they come; one thread at a time."""
struct Stream end

"""Options of dicrec_context_create(); see dicrec_context_options_init()."""
mutable struct ContextOptions
    struct_size::UInt32
    reserved::UInt32
    allocate::Ptr{Cvoid}
    release::Ptr{Cvoid}
    allocator_user::Ptr{Cvoid}
    log::Ptr{Cvoid}
    log_user::Ptr{Cvoid}
    progress::Ptr{Cvoid}
    progress_user::Ptr{Cvoid}
    ContextOptions() = new()
end

"""When a train was observed, and in which unit it is given; see dicrec_spikes_options_init(). Times are in that unit, -1e13 to 1e13 ms."""
mutable struct SpikesOptions
    struct_size::UInt32
    unit::Int32
    has_window::Int32
    reserved::Int32
    start::Float64
    stop::Float64
    gaps::Ptr{Float64}
    n_gaps::UInt64
    trial_counts::Ptr{UInt64}
    n_trials::UInt64
    trial_windows::Ptr{Float64}
    origin::Int64
    SpikesOptions() = new()
end

"""Statistics of a train; what cannot be computed is NaN."""
mutable struct SpikeStatistics
    struct_size::UInt32
    activity::Int32
    n_spikes::Int64
    n_bursts::Int64
    rate_hz::Float64
    isi_mean_ms::Float64
    isi_cv::Float64
    isi_min_ms::Float64
    isi_max_ms::Float64
    spikes_per_burst::Float64
    burst_hz::Float64
    burst_duration_ms::Float64
    spikes_per_burst_sd::Float64
    burst_period_cv::Float64
    n_segments::Int64
    n_intervals::Int64
    observed_ms::Float64
    mean_rate_hz::Float64
    burst_gap_ms::Float64
    SpikeStatistics() = new()
end

"""Whether the rate of a train changes while it is observed; NaN with fewer than ten intervals."""
mutable struct SpikeStationarity
    struct_size::UInt32
    drifts::Int32
    change::Int32
    n_components::Int32
    p_value::Float64
    rate_factor::Float64
    step_ms::Float64
    step_segment::Int64
    silence_ms::Float64
    silence_p::Float64
    has_silent_edge::Int32
    reserved::Int32
    SpikeStationarity() = new()
end

"""Options of dicrec_estimator_create(); see dicrec_estimator_options_init()."""
mutable struct EstimatorOptions
    struct_size::UInt32
    reserved::UInt32
    weights_path::Ptr{UInt8}
    weights_data::Ptr{Cvoid}
    weights_size::UInt64
    EstimatorOptions() = new()
end

"""Options of dicrec_estimate(); see dicrec_estimate_options_init()."""
mutable struct EstimateOptions
    struct_size::UInt32
    auto_scale::Int32
    time_scale::Float64
    support_limit::Float64
    n_threads::Int32
    reserved::UInt32
    EstimateOptions() = new()
end

"""A posterior as plain numbers: a mixture of Gaussians over the DICs, each with a law of the noise current that is none or Gaussian in its natural logarithm; truncated to ranges and renormalised."""
mutable struct Mixture
    struct_size::UInt32
    n_dics::Int32
    n_components::UInt64
    weights::Ptr{Float64}
    means::Ptr{Float64}
    covariances::Ptr{Float64}
    dic_ranges::Ptr{Float64}
    noiseless::Ptr{Float64}
    log_noise_means::Ptr{Float64}
    log_noise_stds::Ptr{Float64}
    noise_range::Ptr{Float64}
    time_scale::Float64
    Mixture() = new()
end

"""Options of dicrec_generate(); see dicrec_generate_options_init()."""
mutable struct GenerateOptions
    struct_size::UInt32
    n_threads::Int32
    seed::UInt64
    max_draws::Int32
    leak_law::Int32
    channels::Ptr{Int32}
    n_channels::Int32
    keep_raw::Int32
    ranges::Ptr{Float64}
    first_member::UInt64
    GenerateOptions() = new()
end

"""Options of dicrec_simulate(); see dicrec_simulate_options_init(). Times are those of the result."""
mutable struct SimulateOptions
    struct_size::UInt32
    solver::Int32
    t_end_ms::Float64
    t_skip_ms::Float64
    relative_tolerance::Float64
    absolute_tolerance::Float64
    dt_ms::Float64
    trace_dt_ms::Float64
    noise_std::Float64
    member_noise_std::Ptr{Float64}
    current::Float64
    current_times_ms::Ptr{Float64}
    current_values::Ptr{Float64}
    n_current::UInt64
    time_scale::Float64
    seed::UInt64
    max_spikes::Int64
    max_steps::Int64
    max_wall_s::Float64
    trace::Int32
    n_threads::Int32
    first_member::UInt64
    member_streams::Ptr{UInt64}
    max_trace_bytes::UInt64
    initial_states::Ptr{Float64}
    n_initial_states::UInt64
    spike_level_mv::Float64
    SimulateOptions() = new()
end

"""Options of dicrec_reconstruct(); see dicrec_reconstruct_options_init()."""
mutable struct ReconstructOptions
    struct_size::UInt32
    target::Int32
    verify::Int32
    max_candidates::Int32
    screening::Int32
    max_drawn::Int32
    rate_tolerance::Float64
    burst_tolerance::Float64
    estimate::Ptr{EstimateOptions}
    generate::Ptr{GenerateOptions}
    simulate::Ptr{SimulateOptions}
    n_threads::Int32
    reserved::Int32
    selection::Int32
    noise::Int32
    noise_std::Float64
    seed::UInt64
    max_wall_s::Float64
    ReconstructOptions() = new()
end

"""What came of a reconstruction."""
mutable struct ReconstructionReport
    struct_size::UInt32
    outcome::Int32
    activity::Int32
    screened::Int32
    verified::Int32
    target::Int32
    n_requested::Int64
    n_found::Int64
    n_accepted::Int64
    n_drawn::Int64
    n_matched::Int64
    n_simulated::Int64
    g_s::Float64
    g_u::Float64
    support::Float64
    time_scale::Float64
    tolerance::Float64
    spread_kept_min::Float64
    t_end_ms::Float64
    t_skip_ms::Float64
    selection::Int32
    remarks::Int32
    n_outside::Int64
    noise_std::Float64
    noiseless::Float64
    drift_p::Float64
    drift_factor::Float64
    isi_distance::Float64
    isi_moved::Float64
    ReconstructionReport() = new()
end

"""The fields of each struct, as the headers describe them."""
const FIELDS = Dict(
    :ContextOptions => [
        Field(:struct_size, 0, :none, Symbol[], "", nothing, nothing, nothing, "sizeof(dicrec_context_options) of the caller"),
        Field(:reserved, 4, :none, Symbol[], "", nothing, nothing, nothing, "must be 0"),
        Field(:allocate, 8, :none, Symbol[], "", nothing, nothing, nothing, "Returns `size` bytes aligned for any type, or NULL; never called with 0. NULL: malloc. Set both or neither. A call with n_threads above 1 may call both functions from its worker threads, never two at once. An object that threads share calls them from any of these; a model when it is freed and in its first simulation."),
        Field(:release, 16, :none, Symbol[], "", nothing, nothing, nothing, "Gives back what `allocate` returned; never called with NULL. NULL: free."),
        Field(:allocator_user, 24, :none, Symbol[], "", nothing, nothing, nothing, "passed to `allocate` and `release`"),
        Field(:log, 32, :LOG, Symbol[], "", nothing, nothing, nothing, "Receives messages of DICREC_LOG_* level, one line each, valid until it returns; a level of another value is as good as DICREC_LOG_INFO. NULL: none. dicrec_reconstruct_many() with n_threads above 1 may call it from its worker threads, never two at once."),
        Field(:log_user, 40, :none, Symbol[], "", nothing, nothing, nothing, "passed to `log`"),
        Field(:progress, 48, :none, Symbol[], "", nothing, nothing, nothing, "Called between pieces of work, from the calling thread; a result other than 0 cancels. NULL: none."),
        Field(:progress_user, 56, :none, Symbol[], "", nothing, nothing, nothing, "passed to `progress`"),
    ],
    :SpikesOptions => [
        Field(:struct_size, 0, :none, Symbol[], "", nothing, nothing, nothing, "sizeof(dicrec_spikes_options) of the caller"),
        Field(:unit, 4, :TIME, Symbol[], "", 0, 0, 1, "DICREC_TIME_*, of the spikes and of all times here"),
        Field(:has_window, 8, :none, Symbol[], "", 0, 0, 1, "1: observed from `start` to `stop`, in every trial; 0: from its first spike to its last"),
        Field(:reserved, 12, :none, Symbol[], "", nothing, nothing, nothing, "must be 0"),
        Field(:start, 16, :none, Symbol[], "", nothing, nothing, nothing, "of the observation, before `stop`; without has_window it must be 0"),
        Field(:stop, 24, :none, Symbol[], "", nothing, nothing, nothing, "of the observation; likewise"),
        Field(:gaps, 32, :none, Symbol[Symbol("n_gaps"), Symbol("2")], "", nothing, nothing, nothing, "[n_gaps][2], start and stop of stretches that were not observed, in any trial: rising, not overlapping, inside every trial's window, without spikes. NULL only if n_gaps is 0."),
        Field(:n_gaps, 40, :none, Symbol[], "", nothing, nothing, nothing, "number of gaps"),
        Field(:trial_counts, 48, :none, Symbol[Symbol("n_trials")], "", nothing, nothing, nothing, "[n_trials], spikes of each trial; they add up to the spikes. The trials' spikes come one trial after the other, and times may begin again in each. NULL only if n_trials is 0."),
        Field(:n_trials, 56, :none, Symbol[], "", nothing, nothing, nothing, "number of trials; 0: the train is not divided"),
        Field(:trial_windows, 64, :none, Symbol[Symbol("n_trials"), Symbol("2")], "", nothing, nothing, nothing, "[n_trials][2], start and stop of each; NULL: as has_window says, which must be 0 if they are given"),
        Field(:origin, 72, :none, Symbol[], "", nothing, nothing, nothing, "dicrec_spikes_create_from_samples(): the sample that is time 0; else it must be 0"),
    ],
    :SpikeStatistics => [
        Field(:struct_size, 0, :none, Symbol[], "", nothing, nothing, nothing, "set by the caller to sizeof(dicrec_spike_statistics)"),
        Field(:activity, 4, :ACTIVITY, Symbol[], "", nothing, nothing, nothing, "DICREC_ACTIVITY_*"),
        Field(:n_spikes, 8, :none, Symbol[], "", nothing, nothing, nothing, "number of spikes"),
        Field(:n_bursts, 16, :none, Symbol[], "", nothing, nothing, nothing, "whole bursts of at least two spikes: those that may be cut are left out"),
        Field(:rate_hz, 24, :none, Symbol[], "Hz", nothing, nothing, nothing, "1000 / mean interval"),
        Field(:isi_mean_ms, 32, :none, Symbol[], "ms", nothing, nothing, nothing, "mean inter-spike interval"),
        Field(:isi_cv, 40, :none, Symbol[], "", nothing, nothing, nothing, "standard deviation over mean of the intervals"),
        Field(:isi_min_ms, 48, :none, Symbol[], "ms", nothing, nothing, nothing, "shortest interval"),
        Field(:isi_max_ms, 56, :none, Symbol[], "ms", nothing, nothing, nothing, "longest interval"),
        Field(:spikes_per_burst, 64, :none, Symbol[], "", nothing, nothing, nothing, "mean over the whole bursts"),
        Field(:burst_hz, 72, :none, Symbol[], "Hz", nothing, nothing, nothing, "1000 / mean time between burst onsets"),
        Field(:burst_duration_ms, 80, :none, Symbol[], "ms", nothing, nothing, nothing, "mean time from first to last spike of a burst"),
        Field(:spikes_per_burst_sd, 88, :none, Symbol[], "", nothing, nothing, nothing, "standard deviation over the whole bursts, with n - 1"),
        Field(:burst_period_cv, 96, :none, Symbol[], "", nothing, nothing, nothing, "standard deviation over mean of the times between burst onsets"),
        Field(:n_segments, 104, :none, Symbol[], "", nothing, nothing, nothing, "stretches observed without a gap"),
        Field(:n_intervals, 112, :none, Symbol[], "", nothing, nothing, nothing, "inter-spike intervals, which are inside the segments"),
        Field(:observed_ms, 120, :none, Symbol[], "ms", nothing, nothing, nothing, "length of the windows less the gaps; from first to last spike without a window"),
        Field(:mean_rate_hz, 128, :none, Symbol[], "Hz", nothing, nothing, nothing, "spikes over observed time; without a window 1000 / mean interval"),
        Field(:burst_gap_ms, 136, :none, Symbol[], "ms", nothing, nothing, nothing, "intervals above it end a burst; NaN unless the train bursts"),
    ],
    :SpikeStationarity => [
        Field(:struct_size, 0, :none, Symbol[], "", nothing, nothing, nothing, "set by the caller to sizeof(dicrec_spike_stationarity)"),
        Field(:drifts, 4, :none, Symbol[], "", nothing, nothing, nothing, "1: p_value is below 0.01 and rate_factor outside 1/1.15 to 1.15; else 0"),
        Field(:change, 8, :CHANGE, Symbol[], "", nothing, nothing, nothing, "DICREC_CHANGE_*: what fits best, be it significant or not"),
        Field(:n_components, 12, :none, Symbol[], "", nothing, nothing, nothing, "slow Fourier components compared: the fastest has so many half periods in the train"),
        Field(:p_value, 16, :none, Symbol[], "", nothing, nothing, nothing, "probability of as large a change in a train of constant statistics"),
        Field(:rate_factor, 24, :none, Symbol[], "", nothing, nothing, nothing, "late rate over early, of the fit: at the ends of a drift, after and before a step"),
        Field(:step_ms, 32, :none, Symbol[], "ms", nothing, nothing, nothing, "when the step is, in the times of its segment; NaN for a drift"),
        Field(:step_segment, 40, :none, Symbol[], "", nothing, nothing, nothing, "the segment that it is in; -1 for a drift"),
        Field(:silence_ms, 48, :none, Symbol[], "ms", nothing, nothing, nothing, "longest silence between a spike and the edge of its segment, or of one without spikes; 0 without windows and gaps; NaN with fewer than two intervals"),
        Field(:silence_p, 56, :none, Symbol[], "", nothing, nothing, nothing, "probability of as long a one in an irregular train; likewise"),
        Field(:has_silent_edge, 64, :none, Symbol[], "", nothing, nothing, nothing, "1: silence_p is below 0.001 and silence_ms above three times the longest interval"),
        Field(:reserved, 68, :none, Symbol[], "", nothing, nothing, nothing, "0"),
    ],
    :EstimatorOptions => [
        Field(:struct_size, 0, :none, Symbol[], "", nothing, nothing, nothing, "sizeof(dicrec_estimator_options) of the caller"),
        Field(:reserved, 4, :none, Symbol[], "", nothing, nothing, nothing, "must be 0"),
        Field(:weights_path, 8, :none, Symbol[], "", nothing, nothing, nothing, "safetensors file, or NULL"),
        Field(:weights_data, 16, :none, Symbol[], "", nothing, nothing, nothing, "safetensors bytes, or NULL; copied. Set at most one of the two"),
        Field(:weights_size, 24, :none, Symbol[], "", nothing, nothing, nothing, "bytes at weights_data"),
    ],
    :EstimateOptions => [
        Field(:struct_size, 0, :none, Symbol[], "", nothing, nothing, nothing, "sizeof(dicrec_estimate_options) of the caller"),
        Field(:auto_scale, 4, :none, Symbol[], "", 0, 0, 1, "1: choose the time scale with the highest support, 1 whenever 1 is supported"),
        Field(:time_scale, 8, :none, Symbol[], "", 1, 0.01, 100, "spike times are divided by it. Not with auto_scale"),
        Field(:support_limit, 16, :none, Symbol[], "", 0.01, 0, 1, "support below which W_SUPPORT is answered; 0: never"),
        Field(:n_threads, 24, :none, Symbol[], "", 1, 1, 256, "worker threads of dicrec_estimate_many()"),
        Field(:reserved, 28, :none, Symbol[], "", nothing, nothing, nothing, "must be 0"),
    ],
    :Mixture => [
        Field(:struct_size, 0, :none, Symbol[], "", nothing, nothing, nothing, "sizeof(dicrec_mixture) of the caller"),
        Field(:n_dics, 4, :none, Symbol[], "", nothing, nothing, nothing, "columns of means, covariances and ranges: 2, g_s and g_u"),
        Field(:n_components, 8, :none, Symbol[], "", nothing, nothing, nothing, "number of components, up to 64; when copied out first the room, then the number"),
        Field(:weights, 16, :none, Symbol[Symbol("n_components")], "", nothing, nothing, nothing, "[n_components], positive; they need not sum to 1"),
        Field(:means, 24, :none, Symbol[Symbol("n_components"), Symbol("n_dics")], "", nothing, nothing, nothing, "[n_components][n_dics]"),
        Field(:covariances, 32, :none, Symbol[Symbol("n_components"), Symbol("n_dics"), Symbol("n_dics")], "", nothing, nothing, nothing, "[n_components][n_dics][n_dics], positive definite"),
        Field(:dic_ranges, 40, :none, Symbol[Symbol("n_dics"), Symbol("2")], "", nothing, nothing, nothing, "[n_dics][2], lowest and highest; NULL: -DICREC_MAX_DIC to DICREC_MAX_DIC"),
        Field(:noiseless, 48, :none, Symbol[Symbol("n_components")], "", nothing, nothing, nothing, "[n_components], probability of no noise; NULL: there is none"),
        Field(:log_noise_means, 56, :none, Symbol[Symbol("n_components")], "uA/cm2", nothing, nothing, nothing, "[n_components], of the logarithm of noise_std in uA/cm2; NULL with noiseless NULL"),
        Field(:log_noise_stds, 64, :none, Symbol[Symbol("n_components")], "", nothing, nothing, nothing, "[n_components], its standard deviation, positive; NULL with noiseless NULL"),
        Field(:noise_range, 72, :none, Symbol[Symbol("2")], "uA/cm2", nothing, nothing, nothing, "[2], least, above 0, and largest noise_std, uA/cm2; NULL: 1e-6 to DICREC_MAX_CURRENT"),
        Field(:time_scale, 80, :none, Symbol[], "", nothing, nothing, nothing, "of the train that it describes; 0: 1"),
    ],
    :GenerateOptions => [
        Field(:struct_size, 0, :none, Symbol[], "", nothing, nothing, nothing, "sizeof(dicrec_generate_options) of the caller"),
        Field(:n_threads, 4, :none, Symbol[], "", 1, 1, 256, "worker threads"),
        Field(:seed, 8, :none, Symbol[], "", nothing, nothing, nothing, "seed of the random streams; each member has a stream of its own"),
        Field(:max_draws, 16, :none, Symbol[], "", 200, 1, 1000000, "budget of base draws for each member and pair of channels"),
        Field(:leak_law, 20, :LEAK, Symbol[], "", 0, 0, 2, "DICREC_LEAK_*"),
        Field(:channels, 24, :none, Symbol[Symbol("n_channels")], "", nothing, nothing, nothing, "[n_channels] indices of the conductances to modulate, and of no others"),
        Field(:n_channels, 32, :none, Symbol[], "", nothing, nothing, nothing, "as many as a target has DICs, 2; 0: the model's own rules choose"),
        Field(:keep_raw, 36, :none, Symbol[], "", 0, 0, 1, "1: also keep the base draw and the spiking neuron of step 2"),
        Field(:ranges, 40, :none, Symbol[Symbol("n_channels"), Symbol("2")], "mS/cm2", nothing, nothing, nothing, "[n_channels][2] ranges of the base draw, mS/cm2, at most DICREC_MAX_CONDUCTANCE, of the leak at least 1e-9; NULL: the model's own."),
        Field(:first_member, 48, :none, Symbol[], "", nothing, nothing, nothing, "Stream of the first member, so that a population can be made in parts; member i has stream first_member + i."),
    ],
    :SimulateOptions => [
        Field(:struct_size, 0, :none, Symbol[], "", nothing, nothing, nothing, "sizeof(dicrec_simulate_options) of the caller"),
        Field(:solver, 4, :SOLVER, Symbol[], "", 0, 0, 2, "DICREC_SOLVER_*"),
        Field(:t_end_ms, 8, :none, Symbol[], "ms", nothing, 1e-06, 1000000000.0, "end of the simulation; 0: that of the model's protocol"),
        Field(:t_skip_ms, 16, :none, Symbol[], "ms", 0, 0, 1000000000.0, "spikes before it do not count, up to t_end_ms; 0 if t_end_ms is 0: the protocol's"),
        Field(:relative_tolerance, 24, :none, Symbol[], "", 2e-08, 1e-12, 0.01, "CVODE"),
        Field(:absolute_tolerance, 32, :none, Symbol[], "", 2e-10, 1e-300, 1, "CVODE, on gates, mV and uM alike"),
        Field(:dt_ms, 40, :none, Symbol[], "ms", 0.02, 0.0001, 0.1, "ensemble, finest step"),
        Field(:trace_dt_ms, 48, :none, Symbol[], "ms", 0, -1, 1000000000.0, "interval of the trace, which begins at t = 0, or DICREC_TRACE_STEPS; 0: none. CVODE"),
        Field(:noise_std, 56, :none, Symbol[], "uA/cm2", 0, 0, 1000000.0, "standard deviation of the noise current before its filter, uA/cm2; 0: none"),
        Field(:member_noise_std, 64, :none, Symbol[Symbol("n")], "", nothing, nothing, nothing, "[n] one for each member instead; NULL: noise_std for all"),
        Field(:current, 72, :none, Symbol[], "uA/cm2", 0, -1000000.0, 1000000.0, "constant injected current, uA/cm2, depolarising positive"),
        Field(:current_times_ms, 80, :none, Symbol[Symbol("n_current")], "ms", nothing, nothing, nothing, "[n_current] points of a current to add; rising, two equal times are a jump"),
        Field(:current_values, 88, :none, Symbol[Symbol("n_current")], "uA/cm2", nothing, nothing, nothing, "[n_current] uA/cm2; linear between the points, constant before and after them"),
        Field(:n_current, 96, :none, Symbol[], "", nothing, nothing, nothing, "number of points; 0: none"),
        Field(:time_scale, 104, :none, Symbol[], "", 1, 0.01, 100, "stretches every time constant and the capacitance"),
        Field(:seed, 112, :none, Symbol[], "", nothing, nothing, nothing, "seed of the noise; each member has a stream of its own"),
        Field(:max_spikes, 120, :none, Symbol[], "", 100000, 1, 1000000000000000, "limit of spikes for each member"),
        Field(:max_steps, 128, :none, Symbol[], "", 100000000, 1, 1000000000000000000, "CVODE, limit of steps for each member"),
        Field(:max_wall_s, 136, :none, Symbol[], "s", 0, 0, 1000000000.0, "limit of the time that the call takes, seconds; 0: none"),
        Field(:trace, 144, :TRACE, Symbol[], "", 0, 0, 2, "DICREC_TRACE_*; needs a trace_dt_ms"),
        Field(:n_threads, 148, :none, Symbol[], "", 1, 1, 256, "worker threads"),
        Field(:first_member, 152, :none, Symbol[], "", nothing, nothing, nothing, "stream of the first member; member i has stream first_member + i"),
        Field(:member_streams, 160, :none, Symbol[Symbol("n")], "", nothing, nothing, nothing, "[n] one for each member instead, below 2^53; NULL: first_member + i"),
        Field(:max_trace_bytes, 168, :none, Symbol[], "bytes", 1073741824, 1, 18500000000000000000, "limit of the memory of all traces, each member has its share"),
        Field(:initial_states, 176, :none, Symbol[Symbol("n_initial_states"), Symbol("n_states")], "", nothing, nothing, nothing, "[n_initial_states][n_states], in the order of dicrec_model_state_name(): V within -150 to 100 mV, gates 0 to 1, Ca 0 to 1e9 uM. NULL only if n_initial_states is 0."),
        Field(:n_initial_states, 184, :none, Symbol[], "", nothing, nothing, nothing, "1: one row for all members; n: one row each; 0: the model's own initial state"),
        Field(:spike_level_mv, 192, :none, Symbol[], "mV", nothing, -100, 100, "V rising through it is a spike, the next one once V has fallen well below; DICREC_SPIKE_LEVEL_OF_MODEL: the level of the model"),
    ],
    :ReconstructOptions => [
        Field(:struct_size, 0, :none, Symbol[], "", nothing, nothing, nothing, "sizeof(dicrec_reconstruct_options) of the caller"),
        Field(:target, 4, :TARGET, Symbol[], "", 0, 0, 2, "DICREC_TARGET_*"),
        Field(:verify, 8, :none, Symbol[], "", 0, 0, 1, "1: simulate candidates and keep members that fire like the input, until n are found or the budget ends."),
        Field(:max_candidates, 12, :none, Symbol[], "", 50, 1, 10000, "verify: candidates to simulate for each member asked for"),
        Field(:screening, 16, :SCREENING, Symbol[], "", 0, 0, 2, "DICREC_SCREENING_*"),
        Field(:max_drawn, 20, :none, Symbol[], "", 64, 1, 100000, "screening: candidates to draw for each member asked for, twice as many if they are verified"),
        Field(:rate_tolerance, 24, :none, Symbol[], "", 0.015, 1e-09, 1000000000.0, "verify: relative difference of the mean rate"),
        Field(:burst_tolerance, 32, :none, Symbol[], "spikes", 0.5, 1e-09, 1000000000.0, "verify: difference in spikes per burst"),
        Field(:estimate, 40, :none, Symbol[], "", nothing, nothing, nothing, "options of the estimate, or NULL"),
        Field(:generate, 48, :none, Symbol[], "", nothing, nothing, nothing, "options of the population, or NULL"),
        Field(:simulate, 56, :none, Symbol[], "", nothing, nothing, nothing, "Options of the check, or NULL. t_end_ms 0: as long as the input lasts, or three times that if it is irregular, within 1 and 4 times the model's protocol; time_scale 0 or 1: that of the input, nothing else is allowed; noise_std must be 0, for members have their own; max_wall_s bounds the whole check of a train."),
        Field(:n_threads, 64, :none, Symbol[], "", 1, 1, 256, "of dicrec_reconstruct_many(): trains at once; of dicrec_reconstruct(): worker threads of the population and of the check, where their own options leave it open"),
        Field(:reserved, 68, :none, Symbol[], "", nothing, nothing, nothing, "must be 0"),
        Field(:selection, 72, :SELECTION, Symbol[], "", 0, 0, 1, "DICREC_SELECTION_*"),
        Field(:noise, 76, :NOISE, Symbol[], "", 0, 0, 1, "DICREC_NOISE_*"),
        Field(:noise_std, 80, :none, Symbol[], "uA/cm2", 0, 0, 1000000.0, "with DICREC_NOISE_FIXED: standard deviation of the noise current of all members, uA/cm2; else it must be 0"),
        Field(:seed, 88, :none, Symbol[], "", nothing, nothing, nothing, "seed of all random numbers, where the options of population and check leave theirs at 0"),
        Field(:max_wall_s, 96, :none, Symbol[], "s", 0, 0, 1000000000.0, "limit of the time that a train takes, seconds: what was found until then is taken as it is; 0: none"),
    ],
    :ReconstructionReport => [
        Field(:struct_size, 0, :none, Symbol[], "", nothing, nothing, nothing, "set by the caller to sizeof(dicrec_reconstruction_report)"),
        Field(:outcome, 4, :OUTCOME, Symbol[], "", nothing, nothing, nothing, "DICREC_OUTCOME_*"),
        Field(:activity, 8, :ACTIVITY, Symbol[], "", nothing, nothing, nothing, "DICREC_ACTIVITY_* of the input"),
        Field(:screened, 12, :none, Symbol[], "", nothing, nothing, nothing, "1: candidates were screened"),
        Field(:verified, 16, :none, Symbol[], "", nothing, nothing, nothing, "1: candidates were simulated"),
        Field(:target, 20, :TARGET, Symbol[], "", nothing, nothing, nothing, "DICREC_TARGET_*: MEDIAN or SAMPLE, also where AUTO was asked for"),
        Field(:n_requested, 24, :none, Symbol[], "", nothing, nothing, nothing, "members asked for"),
        Field(:n_found, 32, :none, Symbol[], "", nothing, nothing, nothing, "members that hold conductances"),
        Field(:n_accepted, 40, :none, Symbol[], "", nothing, nothing, nothing, "of these, members that match: simulated if verified, predicted if only screened"),
        Field(:n_drawn, 48, :none, Symbol[], "", nothing, nothing, nothing, "candidates drawn"),
        Field(:n_matched, 56, :none, Symbol[], "", nothing, nothing, nothing, "candidates drawn that are predicted to match; all valid ones without screening"),
        Field(:n_simulated, 64, :none, Symbol[], "", nothing, nothing, nothing, "candidates simulated, up to a limit or the end"),
        Field(:g_s, 72, :none, Symbol[], "", nothing, nothing, nothing, "posterior median"),
        Field(:g_u, 80, :none, Symbol[], "", nothing, nothing, nothing, "posterior median"),
        Field(:support, 88, :none, Symbol[], "", nothing, nothing, nothing, "of the input, 0 to 1"),
        Field(:time_scale, 96, :none, Symbol[], "", nothing, nothing, nothing, "of the input"),
        Field(:tolerance, 104, :none, Symbol[], "", nothing, nothing, nothing, "largest mismatch that counted as a match: 1, 2 or 4; NaN without screening"),
        Field(:spread_kept_min, 112, :none, Symbol[], "", nothing, nothing, nothing, "least of dicrec_reconstruction_copy_spread_kept(); NaN if not known"),
        Field(:t_end_ms, 120, :none, Symbol[], "ms", nothing, nothing, nothing, "how long members were simulated, as in dicrec_simulate_options; 0: they were not"),
        Field(:t_skip_ms, 128, :none, Symbol[], "ms", nothing, nothing, nothing, "spikes before it did not count"),
        Field(:selection, 136, :SELECTION, Symbol[], "", nothing, nothing, nothing, "DICREC_SELECTION_*"),
        Field(:remarks, 140, :REMARK, Symbol[], "", nothing, nothing, nothing, "DICREC_REMARK_*, or-ed; 0: nothing is to be remarked"),
        Field(:n_outside, 144, :none, Symbol[], "", nothing, nothing, nothing, "accepted members outside the 98 % interval of g_s, g_u or noise of the posterior"),
        Field(:noise_std, 152, :none, Symbol[], "uA/cm2", nothing, nothing, nothing, "posterior median of the noise current, or the fixed one, uA/cm2"),
        Field(:noiseless, 160, :none, Symbol[], "", nothing, nothing, nothing, "posterior probability that there is none"),
        Field(:drift_p, 168, :none, Symbol[], "", nothing, nothing, nothing, "p value of a change of the input's rate, see dicrec_spikes_stationarity()"),
        Field(:drift_factor, 176, :none, Symbol[], "", nothing, nothing, nothing, "late rate over early"),
        Field(:isi_distance, 184, :none, Symbol[], "", nothing, nothing, nothing, "of the accepted members' intervals to the input's, Kolmogorov-Smirnov, median; NaN if no member was accepted in a check"),
        Field(:isi_moved, 192, :none, Symbol[], "", nothing, nothing, nothing, "the same, earth mover's distance over the input's mean interval"),
    ],
)

"""The size of each struct in bytes."""
const SIZES = Dict(
    :ContextOptions => 64,
    :SpikesOptions => 80,
    :SpikeStatistics => 144,
    :SpikeStationarity => 72,
    :EstimatorOptions => 32,
    :EstimateOptions => 32,
    :Mixture => 88,
    :GenerateOptions => 56,
    :SimulateOptions => 200,
    :ReconstructOptions => 104,
    :ReconstructionReport => 200,
)

"""The functions, in the order of the headers."""
const NAMES = [
    :dicrec_version,
    :dicrec_build_info,
    :dicrec_status_name,
    :dicrec_status_text,
    :dicrec_context_options_init,
    :dicrec_context_create,
    :dicrec_context_options_error,
    :dicrec_context_free,
    :dicrec_context_error,
    :dicrec_model_builtin_count,
    :dicrec_model_builtin_name,
    :dicrec_model_open,
    :dicrec_model_create_from_file,
    :dicrec_model_create_from_text,
    :dicrec_model_copy_text,
    :dicrec_model_retain,
    :dicrec_model_free,
    :dicrec_model_name,
    :dicrec_model_description,
    :dicrec_model_channel_count,
    :dicrec_model_channel_name,
    :dicrec_model_channel_index,
    :dicrec_model_leak_index,
    :dicrec_model_state_count,
    :dicrec_model_state_name,
    :dicrec_model_reversal_mv,
    :dicrec_model_threshold_mv,
    :dicrec_model_spike_level_mv,
    :dicrec_model_target_count,
    :dicrec_model_target_name,
    :dicrec_model_target_range,
    :dicrec_model_conductance_range,
    :dicrec_model_protocol,
    :dicrec_model_time_scales,
    :dicrec_model_gate_curves,
    :dicrec_dic_count,
    :dicrec_dic_name,
    :dicrec_dic_compute,
    :dicrec_dic_sensitivity,
    :dicrec_dic_static_current,
    :dicrec_dic_threshold,
    :dicrec_activity_name,
    :dicrec_change_name,
    :dicrec_spikes_options_init,
    :dicrec_spikes_create,
    :dicrec_spikes_create_from_samples,
    :dicrec_spikes_retain,
    :dicrec_spikes_free,
    :dicrec_spikes_count,
    :dicrec_spikes_copy_times,
    :dicrec_spikes_segment_count,
    :dicrec_spikes_copy_segments,
    :dicrec_spikes_statistics,
    :dicrec_spikes_stationarity,
    :dicrec_spikes_likely_unit,
    :dicrec_pattern_count,
    :dicrec_pattern_name,
    :dicrec_spikes_pattern,
    :dicrec_spikes_distance,
    :dicrec_estimator_options_init,
    :dicrec_estimator_create,
    :dicrec_estimator_retain,
    :dicrec_estimator_free,
    :dicrec_estimator_model,
    :dicrec_estimator_metadata,
    :dicrec_estimate_options_init,
    :dicrec_estimate,
    :dicrec_estimate_many,
    :dicrec_posterior_retain,
    :dicrec_posterior_free,
    :dicrec_posterior_parameter_count,
    :dicrec_posterior_parameter_name,
    :dicrec_posterior_moments,
    :dicrec_posterior_quantile,
    :dicrec_posterior_log_density,
    :dicrec_posterior_sample,
    :dicrec_posterior_noiseless_probability,
    :dicrec_posterior_activity,
    :dicrec_posterior_class_probabilities,
    :dicrec_posterior_support,
    :dicrec_posterior_time_scale,
    :dicrec_posterior_time_scale_interval,
    :dicrec_mixture_init,
    :dicrec_posterior_create,
    :dicrec_posterior_create_at,
    :dicrec_posterior_component_count,
    :dicrec_posterior_copy_mixture,
    :dicrec_posterior_byte_count,
    :dicrec_posterior_copy_bytes,
    :dicrec_posterior_create_from_bytes,
    :dicrec_leak_name,
    :dicrec_generate_options_init,
    :dicrec_generate,
    :dicrec_population_retain,
    :dicrec_population_free,
    :dicrec_population_model,
    :dicrec_population_member_count,
    :dicrec_population_valid_count,
    :dicrec_population_channel_count,
    :dicrec_population_status,
    :dicrec_population_copy_statuses,
    :dicrec_population_copy_conductances,
    :dicrec_population_copy_dics,
    :dicrec_population_copy_streams,
    :dicrec_population_copy_noise_std,
    :dicrec_population_time_scale,
    :dicrec_solver_name,
    :dicrec_trace_name,
    :dicrec_simulate_options_init,
    :dicrec_simulate,
    :dicrec_simulation_retain,
    :dicrec_simulation_free,
    :dicrec_simulation_member_count,
    :dicrec_simulation_solver,
    :dicrec_simulation_status,
    :dicrec_simulation_copy_statuses,
    :dicrec_simulation_spike_count,
    :dicrec_simulation_copy_spikes,
    :dicrec_simulation_spike_total,
    :dicrec_simulation_copy_all_spikes,
    :dicrec_simulation_copy_final_states,
    :dicrec_simulation_trace_sample_count,
    :dicrec_simulation_trace_column_count,
    :dicrec_simulation_trace_column_name,
    :dicrec_simulation_copy_trace,
    :dicrec_simulation_copy_trace_times,
    :dicrec_target_name,
    :dicrec_screening_name,
    :dicrec_selection_name,
    :dicrec_noise_name,
    :dicrec_remark_name,
    :dicrec_remark_text,
    :dicrec_outcome_name,
    :dicrec_reconstruct_options_init,
    :dicrec_reconstruct,
    :dicrec_reconstruct_posterior,
    :dicrec_reconstruct_many,
    :dicrec_reconstruction_status,
    :dicrec_reconstruction_error,
    :dicrec_reconstruction_retain,
    :dicrec_reconstruction_free,
    :dicrec_reconstruction_posterior,
    :dicrec_reconstruction_population,
    :dicrec_reconstruction_copy_report,
    :dicrec_reconstruction_copy_spread_kept,
    :dicrec_reconstruction_copy_candidate_moments,
    :dicrec_reconstruction_mismatch,
    :dicrec_reconstruction_accepted,
    :dicrec_reconstruction_distance,
    :dicrec_reconstruction_statistics,
    :dicrec_reconstruction_spike_count,
    :dicrec_reconstruction_copy_spikes,
    :dicrec_reconstruction_spike_total,
    :dicrec_reconstruction_copy_all_spikes,
    :dicrec_stream_create,
    :dicrec_stream_free,
    :dicrec_stream_push,
    :dicrec_stream_error,
    :dicrec_stream_spike_count,
    :dicrec_stream_posterior,
    :dicrec_stream_reset,
]

"""Where the functions are in the library that is loaded, in the order of `NAMES`."""
const ENTRIES = fill(C_NULL, length(NAMES))

version() =
    ccall(ENTRIES[1], Cstring, ())
build_info() =
    ccall(ENTRIES[2], Cstring, ())
status_name(status) =
    ccall(ENTRIES[3], Cstring, (Int32,), status)
status_text(status) =
    ccall(ENTRIES[4], Cstring, (Int32,), status)
context_options_init(options, size) =
    ccall(ENTRIES[5], Cvoid, (Ref{ContextOptions}, Csize_t), options, size)
context_create(options, context) =
    ccall(ENTRIES[6], Int32, (Ref{ContextOptions}, Ptr{Ptr{Context}}), options, context)
context_options_error(options, text, size) =
    ccall(ENTRIES[7], Csize_t, (Ref{ContextOptions}, Ptr{UInt8}, Csize_t), options, text, size)
context_free(context) =
    ccall(ENTRIES[8], Cvoid, (Ptr{Context},), context)
context_error(context, text, size) =
    ccall(ENTRIES[9], Csize_t, (Ptr{Context}, Ptr{UInt8}, Csize_t), context, text, size)
model_builtin_count() =
    ccall(ENTRIES[10], Csize_t, ())
model_builtin_name(index) =
    ccall(ENTRIES[11], Cstring, (Csize_t,), index)
model_open(context, name, model) =
    ccall(ENTRIES[12], Int32, (Ptr{Context}, Cstring, Ptr{Ptr{Model}}), context, name, model)
model_create_from_file(context, path, model) =
    ccall(ENTRIES[13], Int32, (Ptr{Context}, Cstring, Ptr{Ptr{Model}}), context, path, model)
model_create_from_text(context, text, size, model) =
    ccall(ENTRIES[14], Int32, (Ptr{Context}, Cstring, Csize_t, Ptr{Ptr{Model}}), context, text, size, model)
model_copy_text(model, text, size) =
    ccall(ENTRIES[15], Csize_t, (Ptr{Model}, Ptr{UInt8}, Csize_t), model, text, size)
model_retain(model) =
    ccall(ENTRIES[16], Ptr{Model}, (Ptr{Model},), model)
model_free(model) =
    ccall(ENTRIES[17], Cvoid, (Ptr{Model},), model)
model_name(model) =
    ccall(ENTRIES[18], Cstring, (Ptr{Model},), model)
model_description(model) =
    ccall(ENTRIES[19], Cstring, (Ptr{Model},), model)
model_channel_count(model) =
    ccall(ENTRIES[20], Csize_t, (Ptr{Model},), model)
model_channel_name(model, channel) =
    ccall(ENTRIES[21], Cstring, (Ptr{Model}, Csize_t), model, channel)
model_channel_index(model, name) =
    ccall(ENTRIES[22], Int32, (Ptr{Model}, Cstring), model, name)
model_leak_index(model) =
    ccall(ENTRIES[23], Int32, (Ptr{Model},), model)
model_state_count(model) =
    ccall(ENTRIES[24], Csize_t, (Ptr{Model},), model)
model_state_name(model, state) =
    ccall(ENTRIES[25], Cstring, (Ptr{Model}, Csize_t), model, state)
model_reversal_mv(model, channel) =
    ccall(ENTRIES[26], Float64, (Ptr{Model}, Csize_t), model, channel)
model_threshold_mv(model) =
    ccall(ENTRIES[27], Float64, (Ptr{Model},), model)
model_spike_level_mv(model) =
    ccall(ENTRIES[28], Float64, (Ptr{Model},), model)
model_target_count(model) =
    ccall(ENTRIES[29], Csize_t, (Ptr{Model},), model)
model_target_name(model, target) =
    ccall(ENTRIES[30], Cstring, (Ptr{Model}, Csize_t), model, target)
model_target_range(model, target, range) =
    ccall(ENTRIES[31], Int32, (Ptr{Model}, Csize_t, Ptr{Float64}), model, target, range)
model_conductance_range(model, channel, range) =
    ccall(ENTRIES[32], Int32, (Ptr{Model}, Csize_t, Ptr{Float64}), model, channel, range)
model_protocol(model, t_end_ms, t_skip_ms) =
    ccall(ENTRIES[33], Int32, (Ptr{Model}, Ptr{Float64}, Ptr{Float64}), model, t_end_ms, t_skip_ms)
model_time_scales(model, v_mv, tau_ms) =
    ccall(ENTRIES[34], Int32, (Ptr{Model}, Float64, Ptr{Float64}), model, v_mv, tau_ms)
model_gate_curves(model, channel, gate, v_mv, n, steady, tau_ms) =
    ccall(ENTRIES[35], Int32, (Ptr{Model}, Csize_t, Csize_t, Ptr{Float64}, Csize_t, Ptr{Float64}, Ptr{Float64}),
          model, channel, gate, v_mv, n, steady, tau_ms)
dic_count() =
    ccall(ENTRIES[36], Csize_t, ())
dic_name(column) =
    ccall(ENTRIES[37], Cstring, (Csize_t,), column)
dic_compute(context, model, conductances, n, v_mv, n_columns, dics) =
    ccall(ENTRIES[38], Int32, (Ptr{Context}, Ptr{Model}, Ptr{Float64}, Csize_t, Float64, Csize_t, Ptr{Float64}),
          context, model, conductances, n, v_mv, n_columns, dics)
dic_sensitivity(context, model, conductances, n, v_mv, n_rows, sensitivities) =
    ccall(ENTRIES[39], Int32, (Ptr{Context}, Ptr{Model}, Ptr{Float64}, Csize_t, Float64, Csize_t, Ptr{Float64}),
          context, model, conductances, n, v_mv, n_rows, sensitivities)
dic_static_current(context, model, conductances, n, v_mv, currents) =
    ccall(ENTRIES[40], Int32, (Ptr{Context}, Ptr{Model}, Ptr{Float64}, Csize_t, Float64, Ptr{Float64}),
          context, model, conductances, n, v_mv, currents)
dic_threshold(context, model, conductances, n, v_range_mv, thresholds_mv) =
    ccall(ENTRIES[41], Int32, (Ptr{Context}, Ptr{Model}, Ptr{Float64}, Csize_t, Ptr{Float64}, Ptr{Float64}),
          context, model, conductances, n, v_range_mv, thresholds_mv)
activity_name(value) =
    ccall(ENTRIES[42], Cstring, (Int32,), value)
change_name(value) =
    ccall(ENTRIES[43], Cstring, (Int32,), value)
spikes_options_init(options, size) =
    ccall(ENTRIES[44], Cvoid, (Ref{SpikesOptions}, Csize_t), options, size)
spikes_create(context, times, n, options, spikes) =
    ccall(ENTRIES[45], Int32, (Ptr{Context}, Ptr{Float64}, Csize_t, Ref{SpikesOptions}, Ptr{Ptr{Spikes}}),
          context, times, n, options, spikes)
spikes_create_from_samples(context, samples, n, rate_hz, options, spikes) =
    ccall(ENTRIES[46], Int32, (Ptr{Context}, Ptr{Int64}, Csize_t, Float64, Ref{SpikesOptions}, Ptr{Ptr{Spikes}}),
          context, samples, n, rate_hz, options, spikes)
spikes_retain(spikes) =
    ccall(ENTRIES[47], Ptr{Spikes}, (Ptr{Spikes},), spikes)
spikes_free(spikes) =
    ccall(ENTRIES[48], Cvoid, (Ptr{Spikes},), spikes)
spikes_count(spikes) =
    ccall(ENTRIES[49], Csize_t, (Ptr{Spikes},), spikes)
spikes_copy_times(spikes, times_ms, capacity) =
    ccall(ENTRIES[50], Int32, (Ptr{Spikes}, Ptr{Float64}, Csize_t), spikes, times_ms, capacity)
spikes_segment_count(spikes) =
    ccall(ENTRIES[51], Csize_t, (Ptr{Spikes},), spikes)
spikes_copy_segments(spikes, windows_ms, counts, capacity) =
    ccall(ENTRIES[52], Int32, (Ptr{Spikes}, Ptr{Float64}, Ptr{UInt64}, Csize_t), spikes, windows_ms, counts, capacity)
spikes_statistics(spikes, statistics) =
    ccall(ENTRIES[53], Int32, (Ptr{Spikes}, Ref{SpikeStatistics}), spikes, statistics)
spikes_stationarity(spikes, stationarity) =
    ccall(ENTRIES[54], Int32, (Ptr{Spikes}, Ref{SpikeStationarity}), spikes, stationarity)
spikes_likely_unit(trains, n_trains, unit) =
    ccall(ENTRIES[55], Int32, (Ptr{Ptr{Spikes}}, Csize_t, Int32), trains, n_trains, unit)
pattern_count() =
    ccall(ENTRIES[56], Csize_t, ())
pattern_name(index) =
    ccall(ENTRIES[57], Cstring, (Csize_t,), index)
spikes_pattern(spikes, n_numbers, pattern) =
    ccall(ENTRIES[58], Int32, (Ptr{Spikes}, Csize_t, Ptr{Float64}), spikes, n_numbers, pattern)
spikes_distance(a, b, tau_ms, squared) =
    ccall(ENTRIES[59], Int32, (Ptr{Spikes}, Ptr{Spikes}, Float64, Ptr{Float64}), a, b, tau_ms, squared)
estimator_options_init(options, size) =
    ccall(ENTRIES[60], Cvoid, (Ref{EstimatorOptions}, Csize_t), options, size)
estimator_create(context, model, options, estimator) =
    ccall(ENTRIES[61], Int32, (Ptr{Context}, Ptr{Model}, Ref{EstimatorOptions}, Ptr{Ptr{Estimator}}),
          context, model, options, estimator)
estimator_retain(estimator) =
    ccall(ENTRIES[62], Ptr{Estimator}, (Ptr{Estimator},), estimator)
estimator_free(estimator) =
    ccall(ENTRIES[63], Cvoid, (Ptr{Estimator},), estimator)
estimator_model(estimator) =
    ccall(ENTRIES[64], Ptr{Model}, (Ptr{Estimator},), estimator)
estimator_metadata(estimator, key, text, size) =
    ccall(ENTRIES[65], Csize_t, (Ptr{Estimator}, Cstring, Ptr{UInt8}, Csize_t), estimator, key, text, size)
estimate_options_init(options, size) =
    ccall(ENTRIES[66], Cvoid, (Ref{EstimateOptions}, Csize_t), options, size)
estimate(context, estimator, spikes, options, posterior) =
    ccall(ENTRIES[67], Int32, (Ptr{Context}, Ptr{Estimator}, Ptr{Spikes}, Ref{EstimateOptions}, Ptr{Ptr{Posterior}}),
          context, estimator, spikes, options, posterior)
estimate_many(context, estimator, trains, n, options, posteriors, statuses) =
    ccall(ENTRIES[68], Int32, (Ptr{Context}, Ptr{Estimator}, Ptr{Ptr{Spikes}}, Csize_t, Ref{EstimateOptions}, Ptr{Ptr{Posterior}}, Ptr{Int32}),
          context, estimator, trains, n, options, posteriors, statuses)
posterior_retain(posterior) =
    ccall(ENTRIES[69], Ptr{Posterior}, (Ptr{Posterior},), posterior)
posterior_free(posterior) =
    ccall(ENTRIES[70], Cvoid, (Ptr{Posterior},), posterior)
posterior_parameter_count(posterior) =
    ccall(ENTRIES[71], Csize_t, (Ptr{Posterior},), posterior)
posterior_parameter_name(posterior, parameter) =
    ccall(ENTRIES[72], Cstring, (Ptr{Posterior}, Csize_t), posterior, parameter)
posterior_moments(posterior, n_parameters, mean, covariance) =
    ccall(ENTRIES[73], Int32, (Ptr{Posterior}, Csize_t, Ptr{Float64}, Ptr{Float64}),
          posterior, n_parameters, mean, covariance)
posterior_quantile(posterior, p, n_parameters, quantiles) =
    ccall(ENTRIES[74], Int32, (Ptr{Posterior}, Float64, Csize_t, Ptr{Float64}), posterior, p, n_parameters, quantiles)
posterior_log_density(posterior, points, n, n_parameters, log_density) =
    ccall(ENTRIES[75], Int32, (Ptr{Posterior}, Ptr{Float64}, Csize_t, Csize_t, Ptr{Float64}),
          posterior, points, n, n_parameters, log_density)
posterior_sample(posterior, seed, n, n_parameters, samples) =
    ccall(ENTRIES[76], Int32, (Ptr{Posterior}, UInt64, Csize_t, Csize_t, Ptr{Float64}),
          posterior, seed, n, n_parameters, samples)
posterior_noiseless_probability(posterior) =
    ccall(ENTRIES[77], Float64, (Ptr{Posterior},), posterior)
posterior_activity(posterior) =
    ccall(ENTRIES[78], Int32, (Ptr{Posterior},), posterior)
posterior_class_probabilities(posterior, n_classes, probabilities) =
    ccall(ENTRIES[79], Int32, (Ptr{Posterior}, Csize_t, Ptr{Float64}), posterior, n_classes, probabilities)
posterior_support(posterior) =
    ccall(ENTRIES[80], Float64, (Ptr{Posterior},), posterior)
posterior_time_scale(posterior) =
    ccall(ENTRIES[81], Float64, (Ptr{Posterior},), posterior)
posterior_time_scale_interval(posterior, interval) =
    ccall(ENTRIES[82], Int32, (Ptr{Posterior}, Ptr{Float64}), posterior, interval)
mixture_init(mixture, size) =
    ccall(ENTRIES[83], Cvoid, (Ref{Mixture}, Csize_t), mixture, size)
posterior_create(context, mixture, posterior) =
    ccall(ENTRIES[84], Int32, (Ptr{Context}, Ref{Mixture}, Ptr{Ptr{Posterior}}), context, mixture, posterior)
posterior_create_at(context, parameters, n_parameters, posterior) =
    ccall(ENTRIES[85], Int32, (Ptr{Context}, Ptr{Float64}, Csize_t, Ptr{Ptr{Posterior}}),
          context, parameters, n_parameters, posterior)
posterior_component_count(posterior) =
    ccall(ENTRIES[86], Csize_t, (Ptr{Posterior},), posterior)
posterior_copy_mixture(posterior, mixture) =
    ccall(ENTRIES[87], Int32, (Ptr{Posterior}, Ref{Mixture}), posterior, mixture)
posterior_byte_count(posterior) =
    ccall(ENTRIES[88], Csize_t, (Ptr{Posterior},), posterior)
posterior_copy_bytes(posterior, bytes, size) =
    ccall(ENTRIES[89], Int32, (Ptr{Posterior}, Ptr{UInt8}, Csize_t), posterior, bytes, size)
posterior_create_from_bytes(context, bytes, size, posterior) =
    ccall(ENTRIES[90], Int32, (Ptr{Context}, Ptr{UInt8}, Csize_t, Ptr{Ptr{Posterior}}), context, bytes, size, posterior)
leak_name(value) =
    ccall(ENTRIES[91], Cstring, (Int32,), value)
generate_options_init(options, size) =
    ccall(ENTRIES[92], Cvoid, (Ref{GenerateOptions}, Csize_t), options, size)
generate(context, model, targets, n_targets, n_columns, n_members, options, population) =
    ccall(ENTRIES[93], Int32, (Ptr{Context}, Ptr{Model}, Ptr{Float64}, Csize_t, Csize_t, Csize_t, Ref{GenerateOptions}, Ptr{Ptr{Population}}),
          context, model, targets, n_targets, n_columns, n_members, options, population)
population_retain(population) =
    ccall(ENTRIES[94], Ptr{Population}, (Ptr{Population},), population)
population_free(population) =
    ccall(ENTRIES[95], Cvoid, (Ptr{Population},), population)
population_model(population) =
    ccall(ENTRIES[96], Ptr{Model}, (Ptr{Population},), population)
population_member_count(population) =
    ccall(ENTRIES[97], Csize_t, (Ptr{Population},), population)
population_valid_count(population) =
    ccall(ENTRIES[98], Csize_t, (Ptr{Population},), population)
population_channel_count(population) =
    ccall(ENTRIES[99], Csize_t, (Ptr{Population},), population)
population_status(population, member) =
    ccall(ENTRIES[100], Int32, (Ptr{Population}, Csize_t), population, member)
population_copy_statuses(population, statuses, capacity) =
    ccall(ENTRIES[101], Int32, (Ptr{Population}, Ptr{Int32}, Csize_t), population, statuses, capacity)
population_copy_conductances(population, stage, conductances, capacity) =
    ccall(ENTRIES[102], Int32, (Ptr{Population}, Int32, Ptr{Float64}, Csize_t),
          population, stage, conductances, capacity)
population_copy_dics(population, n_columns, dics, capacity) =
    ccall(ENTRIES[103], Int32, (Ptr{Population}, Csize_t, Ptr{Float64}, Csize_t), population, n_columns, dics, capacity)
population_copy_streams(population, streams, capacity) =
    ccall(ENTRIES[104], Int32, (Ptr{Population}, Ptr{UInt64}, Csize_t), population, streams, capacity)
population_copy_noise_std(population, noise_std, capacity) =
    ccall(ENTRIES[105], Int32, (Ptr{Population}, Ptr{Float64}, Csize_t), population, noise_std, capacity)
population_time_scale(population) =
    ccall(ENTRIES[106], Float64, (Ptr{Population},), population)
solver_name(value) =
    ccall(ENTRIES[107], Cstring, (Int32,), value)
trace_name(value) =
    ccall(ENTRIES[108], Cstring, (Int32,), value)
simulate_options_init(options, size) =
    ccall(ENTRIES[109], Cvoid, (Ref{SimulateOptions}, Csize_t), options, size)
simulate(context, model, conductances, n, options, simulation) =
    ccall(ENTRIES[110], Int32, (Ptr{Context}, Ptr{Model}, Ptr{Float64}, Csize_t, Ref{SimulateOptions}, Ptr{Ptr{Simulation}}),
          context, model, conductances, n, options, simulation)
simulation_retain(simulation) =
    ccall(ENTRIES[111], Ptr{Simulation}, (Ptr{Simulation},), simulation)
simulation_free(simulation) =
    ccall(ENTRIES[112], Cvoid, (Ptr{Simulation},), simulation)
simulation_member_count(simulation) =
    ccall(ENTRIES[113], Csize_t, (Ptr{Simulation},), simulation)
simulation_solver(simulation) =
    ccall(ENTRIES[114], Int32, (Ptr{Simulation},), simulation)
simulation_status(simulation, member) =
    ccall(ENTRIES[115], Int32, (Ptr{Simulation}, Csize_t), simulation, member)
simulation_copy_statuses(simulation, statuses, capacity) =
    ccall(ENTRIES[116], Int32, (Ptr{Simulation}, Ptr{Int32}, Csize_t), simulation, statuses, capacity)
simulation_spike_count(simulation, member) =
    ccall(ENTRIES[117], Csize_t, (Ptr{Simulation}, Csize_t), simulation, member)
simulation_copy_spikes(simulation, member, times_ms, capacity) =
    ccall(ENTRIES[118], Int32, (Ptr{Simulation}, Csize_t, Ptr{Float64}, Csize_t),
          simulation, member, times_ms, capacity)
simulation_spike_total(simulation) =
    ccall(ENTRIES[119], Csize_t, (Ptr{Simulation},), simulation)
simulation_copy_all_spikes(simulation, offsets, offset_capacity, times_ms, time_capacity) =
    ccall(ENTRIES[120], Int32, (Ptr{Simulation}, Ptr{UInt64}, Csize_t, Ptr{Float64}, Csize_t),
          simulation, offsets, offset_capacity, times_ms, time_capacity)
simulation_copy_final_states(simulation, states, capacity) =
    ccall(ENTRIES[121], Int32, (Ptr{Simulation}, Ptr{Float64}, Csize_t), simulation, states, capacity)
simulation_trace_sample_count(simulation, member) =
    ccall(ENTRIES[122], Csize_t, (Ptr{Simulation}, Csize_t), simulation, member)
simulation_trace_column_count(simulation) =
    ccall(ENTRIES[123], Csize_t, (Ptr{Simulation},), simulation)
simulation_trace_column_name(simulation, column, name, size) =
    ccall(ENTRIES[124], Csize_t, (Ptr{Simulation}, Csize_t, Ptr{UInt8}, Csize_t), simulation, column, name, size)
simulation_copy_trace(simulation, member, values, capacity) =
    ccall(ENTRIES[125], Int32, (Ptr{Simulation}, Csize_t, Ptr{Float64}, Csize_t), simulation, member, values, capacity)
simulation_copy_trace_times(simulation, member, times_ms, capacity) =
    ccall(ENTRIES[126], Int32, (Ptr{Simulation}, Csize_t, Ptr{Float64}, Csize_t),
          simulation, member, times_ms, capacity)
target_name(value) =
    ccall(ENTRIES[127], Cstring, (Int32,), value)
screening_name(value) =
    ccall(ENTRIES[128], Cstring, (Int32,), value)
selection_name(value) =
    ccall(ENTRIES[129], Cstring, (Int32,), value)
noise_name(value) =
    ccall(ENTRIES[130], Cstring, (Int32,), value)
remark_name(remark) =
    ccall(ENTRIES[131], Cstring, (Int32,), remark)
remark_text(remark) =
    ccall(ENTRIES[132], Cstring, (Int32,), remark)
outcome_name(value) =
    ccall(ENTRIES[133], Cstring, (Int32,), value)
reconstruct_options_init(options, size) =
    ccall(ENTRIES[134], Cvoid, (Ref{ReconstructOptions}, Csize_t), options, size)
reconstruct(context, estimator, spikes, n_members, options, reconstruction) =
    ccall(ENTRIES[135], Int32, (Ptr{Context}, Ptr{Estimator}, Ptr{Spikes}, Csize_t, Ref{ReconstructOptions}, Ptr{Ptr{Reconstruction}}),
          context, estimator, spikes, n_members, options, reconstruction)
reconstruct_posterior(context, model, posterior, spikes, n_members, options, reconstruction) =
    ccall(ENTRIES[136], Int32, (Ptr{Context}, Ptr{Model}, Ptr{Posterior}, Ptr{Spikes}, Csize_t, Ref{ReconstructOptions}, Ptr{Ptr{Reconstruction}}),
          context, model, posterior, spikes, n_members, options, reconstruction)
reconstruct_many(context, estimator, trains, n, n_members, options, reconstructions) =
    ccall(ENTRIES[137], Int32, (Ptr{Context}, Ptr{Estimator}, Ptr{Ptr{Spikes}}, Csize_t, Csize_t, Ref{ReconstructOptions}, Ptr{Ptr{Reconstruction}}),
          context, estimator, trains, n, n_members, options, reconstructions)
reconstruction_status(reconstruction) =
    ccall(ENTRIES[138], Int32, (Ptr{Reconstruction},), reconstruction)
reconstruction_error(reconstruction, text, size) =
    ccall(ENTRIES[139], Csize_t, (Ptr{Reconstruction}, Ptr{UInt8}, Csize_t), reconstruction, text, size)
reconstruction_retain(reconstruction) =
    ccall(ENTRIES[140], Ptr{Reconstruction}, (Ptr{Reconstruction},), reconstruction)
reconstruction_free(reconstruction) =
    ccall(ENTRIES[141], Cvoid, (Ptr{Reconstruction},), reconstruction)
reconstruction_posterior(reconstruction) =
    ccall(ENTRIES[142], Ptr{Posterior}, (Ptr{Reconstruction},), reconstruction)
reconstruction_population(reconstruction) =
    ccall(ENTRIES[143], Ptr{Population}, (Ptr{Reconstruction},), reconstruction)
reconstruction_copy_report(reconstruction, report) =
    ccall(ENTRIES[144], Int32, (Ptr{Reconstruction}, Ref{ReconstructionReport}), reconstruction, report)
reconstruction_copy_spread_kept(reconstruction, kept, capacity) =
    ccall(ENTRIES[145], Int32, (Ptr{Reconstruction}, Ptr{Float64}, Csize_t), reconstruction, kept, capacity)
reconstruction_copy_candidate_moments(reconstruction, mean, deviation, capacity) =
    ccall(ENTRIES[146], Int32, (Ptr{Reconstruction}, Ptr{Float64}, Ptr{Float64}, Csize_t),
          reconstruction, mean, deviation, capacity)
reconstruction_mismatch(reconstruction, member) =
    ccall(ENTRIES[147], Float64, (Ptr{Reconstruction}, Csize_t), reconstruction, member)
reconstruction_accepted(reconstruction, member) =
    ccall(ENTRIES[148], Int32, (Ptr{Reconstruction}, Csize_t), reconstruction, member)
reconstruction_distance(reconstruction, member) =
    ccall(ENTRIES[149], Float64, (Ptr{Reconstruction}, Csize_t), reconstruction, member)
reconstruction_statistics(reconstruction, member, statistics) =
    ccall(ENTRIES[150], Int32, (Ptr{Reconstruction}, Csize_t, Ref{SpikeStatistics}), reconstruction, member, statistics)
reconstruction_spike_count(reconstruction, member) =
    ccall(ENTRIES[151], Csize_t, (Ptr{Reconstruction}, Csize_t), reconstruction, member)
reconstruction_copy_spikes(reconstruction, member, times_ms, capacity) =
    ccall(ENTRIES[152], Int32, (Ptr{Reconstruction}, Csize_t, Ptr{Float64}, Csize_t),
          reconstruction, member, times_ms, capacity)
reconstruction_spike_total(reconstruction) =
    ccall(ENTRIES[153], Csize_t, (Ptr{Reconstruction},), reconstruction)
reconstruction_copy_all_spikes(reconstruction, offsets, offset_capacity, times_ms, time_capacity) =
    ccall(ENTRIES[154], Int32, (Ptr{Reconstruction}, Ptr{UInt64}, Csize_t, Ptr{Float64}, Csize_t),
          reconstruction, offsets, offset_capacity, times_ms, time_capacity)
stream_create(context, estimator, options, stream) =
    ccall(ENTRIES[155], Int32, (Ptr{Context}, Ptr{Estimator}, Ref{EstimateOptions}, Ptr{Ptr{Stream}}),
          context, estimator, options, stream)
stream_free(stream) =
    ccall(ENTRIES[156], Cvoid, (Ptr{Stream},), stream)
stream_push(stream, times_ms, n) =
    ccall(ENTRIES[157], Int32, (Ptr{Stream}, Ptr{Float64}, Csize_t), stream, times_ms, n)
stream_error(stream, text, size) =
    ccall(ENTRIES[158], Csize_t, (Ptr{Stream}, Ptr{UInt8}, Csize_t), stream, text, size)
stream_spike_count(stream) =
    ccall(ENTRIES[159], Csize_t, (Ptr{Stream},), stream)
stream_posterior(stream, posterior) =
    ccall(ENTRIES[160], Int32, (Ptr{Stream}, Ptr{Ptr{Posterior}}), stream, posterior)
stream_reset(stream) =
    ccall(ENTRIES[161], Cvoid, (Ptr{Stream},), stream)

"""Fill a struct with its defaults."""
function init! end
init!(options::ContextOptions) = context_options_init(options, sizeof(options))
init!(options::SpikesOptions) = spikes_options_init(options, sizeof(options))
init!(options::EstimatorOptions) = estimator_options_init(options, sizeof(options))
init!(options::EstimateOptions) = estimate_options_init(options, sizeof(options))
init!(options::Mixture) = mixture_init(options, sizeof(options))
init!(options::GenerateOptions) = generate_options_init(options, sizeof(options))
init!(options::SimulateOptions) = simulate_options_init(options, sizeof(options))
init!(options::ReconstructOptions) = reconstruct_options_init(options, sizeof(options))

"""One more owner of an object."""
function retain end
retain(object::Ptr{Model}) = model_retain(object)
retain(object::Ptr{Spikes}) = spikes_retain(object)
retain(object::Ptr{Estimator}) = estimator_retain(object)
retain(object::Ptr{Posterior}) = posterior_retain(object)
retain(object::Ptr{Population}) = population_retain(object)
retain(object::Ptr{Simulation}) = simulation_retain(object)
retain(object::Ptr{Reconstruction}) = reconstruction_retain(object)

"""Give up an object."""
function free end
free(object::Ptr{Context}) = context_free(object)
free(object::Ptr{Model}) = model_free(object)
free(object::Ptr{Spikes}) = spikes_free(object)
free(object::Ptr{Estimator}) = estimator_free(object)
free(object::Ptr{Posterior}) = posterior_free(object)
free(object::Ptr{Population}) = population_free(object)
free(object::Ptr{Simulation}) = simulation_free(object)
free(object::Ptr{Reconstruction}) = reconstruction_free(object)
free(object::Ptr{Stream}) = stream_free(object)

end
