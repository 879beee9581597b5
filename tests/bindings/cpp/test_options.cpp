/* SPDX-License-Identifier: MIT */
/** @file test_options.cpp Options have the library's defaults, own their arrays, and are checked. */
#include <dicrec.hpp>

#include <string>
#include <utility>
#include <vector>

#include "check.hpp"

namespace {

void defaults() {
  dicrec_simulate_options c;
  dicrec_simulate_options_init(&c, sizeof c);
  const dicrec::simulate_options options;
  CHECK(options.dt_ms == c.dt_ms && options.max_steps == c.max_steps && options.seed == c.seed);
  CHECK(options.solver == static_cast<dicrec::solver>(c.solver) && options.spike_level_mv == c.spike_level_mv);
  dicrec::detail::simulate_options_view view(options);
  CHECK(view.get()->struct_size == sizeof c && view.get()->initial_states == nullptr && view.get()->n_current == 0);
  CHECK(view.get()->member_noise_std == nullptr && view.get()->max_trace_bytes == c.max_trace_bytes);
  CHECK(dicrec::estimate_options().support_limit == dicrec::detail::default_estimate_options().support_limit);
  CHECK(!dicrec::reconstruct_options().verify && dicrec::reconstruct_options().simulate.t_end_ms == c.t_end_ms);
}

void arrays_become_pointers() {
  dicrec::reconstruct_options options;
  options.verify = true;
  options.selection = dicrec::selection::diverse;
  options.generate.channels = {1, 2};
  options.simulate.current_times_ms = {0, 1, 2};
  options.simulate.current_values = {3, 4, 5};
  const dicrec::reconstruct_options moved = std::move(options);
  dicrec::detail::reconstruct_options_view view(moved);
  const dicrec_reconstruct_options &c = *view.get();
  CHECK(c.verify == 1 && c.selection == DICREC_SELECTION_DIVERSE && c.estimate->n_threads == 0);
  CHECK(c.generate->n_channels == 2 && c.generate->channels[1] == 2);
  CHECK(c.simulate->n_current == 3 && c.simulate->current_values[2] == 5);
}

void windows_gaps_and_trials() {
  dicrec::spikes_options observed;
  observed.unit = dicrec::time_unit::s;
  observed.has_window = true;
  observed.start = 0;
  observed.stop = 2;
  observed.gaps = {{0.5, 0.75}};
  const dicrec::spikes train(std::vector<double>{0.1, 0.2, 0.9, 1.5}, observed);
  const std::vector<dicrec::segment> segments = train.segments();
  CHECK(segments.size() == 2 && segments[0].n_spikes == 2 && segments[1].n_spikes == 2);
  CHECK(segments[0].stop_ms == 500 && segments[1].start_ms == 750 && segments[1].stop_ms == 2000);

  dicrec::spikes_options trials;
  trials.trial_counts = {2, 3};
  trials.trial_windows = {{0, 10}, {0, 20}};
  CHECK(dicrec::spikes(std::vector<double>{1, 2, 1, 2, 3}, trials).segments()[1].stop_ms == 20);
  trials.trial_windows.pop_back();
  CHECK(dicrec::spikes::try_make(std::vector<double>{1, 2, 1, 2, 3}, trials).text() ==
        "trial_windows has 1 rows, trial_counts 2");

  dicrec::spikes_options samples;
  samples.origin = 100;
  const std::vector<std::int64_t> numbers = {100, 120, 180};
  CHECK((dicrec::spikes::from_samples(numbers, 20000, samples).times() == std::vector<double>{0, 1, 4}));
}

/** Arrays that are too short never get to the library, which cannot see it. */
void short_arrays() {
  const dicrec::model model("stg");
  const dicrec::matrix conductances = dicrec::generate(model, {-5, 8}, 3).conductances();
  const auto refused = [&](const dicrec::simulate_options &options, const char *part) {
    const auto result = dicrec::try_simulate(model, conductances, options);
    return result.status() == dicrec::status::e_argument && result.text().find(part) != std::string::npos;
  };
  dicrec::simulate_options options;
  options.member_noise_std = {1, 2};
  CHECK(refused(options, "member_noise_std"));
  options = {};
  options.member_streams = {1, 2, 3, 4};
  CHECK(refused(options, "member_streams"));
  options = {};
  options.current_times_ms = {1, 2};
  options.current_values = {1};
  CHECK(refused(options, "current_values"));
  options = {};
  options.initial_states = dicrec::matrix(1, 3);
  CHECK(refused(options, "initial_states"));
  dicrec::generate_options to_generate;
  to_generate.ranges = {{0, 1}, {0, 1}};
  CHECK(dicrec::try_generate(model, {-5, 8}, 1, to_generate).text().find("ranges") == 0);
  CHECK(dicrec::try_simulate(model, dicrec::matrix(2, 5)).status() == dicrec::status::e_argument);
  CHECK(dicrec::try_dics(model, dicrec::matrix(2, 5), -51).text().find("5 columns") != std::string::npos);
  CHECK(dicrec::try_generate(model, {-5}, 1).status() < dicrec::status::ok);
  dicrec::reconstruct_options nested;
  nested.generate = to_generate;
  const dicrec::posterior law = dicrec::posterior::at({-5, 8});
  CHECK(dicrec::try_reconstruct(model, law, {}, 2, nested).text().find("generate.ranges") == 0);
  nested = {};
  nested.simulate.member_streams = {1};
  CHECK(dicrec::try_reconstruct(model, law, {}, 2, nested).status() < dicrec::status::ok); // the library refuses it
}

void values_are_named() {
  dicrec::simulate_options options;
  options.dt_ms = 5;
  const auto result = dicrec::try_simulate(dicrec::model("stg"), dicrec::matrix({1, 1, 1, 1, 1, 1, 1, 1}, 8), options);
  CHECK(result.status() == dicrec::status::e_range && result.text().find("dt_ms is 5") == 0);
  options = {};
  options.solver = static_cast<dicrec::solver>(99);
  CHECK(dicrec::try_simulate(dicrec::model("stg"), dicrec::matrix(1, 8), options).text().find("solver") == 0);
}

#if __cplusplus >= 202002L
void designated() {
  const auto result = dicrec::reconstruct(dicrec::model("stg"), dicrec::posterior::at({-5, 8}), {}, 2,
                                          {.target = dicrec::target::median, .seed = 3});
  CHECK(result.population().size() == 2 && result.report().target == dicrec::target::median);
}
#else
void designated() {}
#endif

} // namespace

void test_options() {
  defaults();
  arrays_become_pointers();
  windows_gaps_and_trials();
  short_arrays();
  values_are_named();
  designated();
}
