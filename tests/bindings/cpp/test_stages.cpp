/* SPDX-License-Identifier: MIT */
/** @file test_stages.cpp The whole way, stage by stage, as the C interface answers it. */
#include <dicrec.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "check.hpp"

namespace {

std::vector<double> bursts() {
  std::vector<double> times;
  for (int i = 0; i < 60; ++i) times.push_back(100 + 117.3 * (i / 5) + 9.2 * (i % 5));
  return times;
}

void library() {
  CHECK(dicrec::version() == dicrec_version() && !dicrec::build_info().empty());
  const auto models = dicrec::models();
  CHECK(std::find(models.begin(), models.end(), "da") != models.end());
  CHECK(dicrec::dic_names()[1] == "g_s" && dicrec::pattern_names().size() == dicrec_pattern_count());
  CHECK(dicrec::name(dicrec::solver::cvode) == "cvode" && dicrec::name(dicrec::status::w_remark) == "W_REMARK");
  CHECK(dicrec::name(static_cast<dicrec::remark>(1 << 30)).empty() && !dicrec::text(dicrec::remark::drift).empty());
}

void model() {
  const dicrec::model model("da");
  CHECK(model.name() == "da" && !model.description().empty() && model.states()[0] == "V");
  CHECK(model.states().size() == model.state_count() && model.targets()[1] == "g_u");
  CHECK(std::isfinite(model.threshold_mv() + model.spike_level_mv()) && std::isfinite(model.reversal_mv(0)) &&
        std::isnan(model.reversal_mv(99)));
  CHECK(model.target_range(0)[0] < model.target_range(0)[1] && model.conductance_range(0)[0] >= 0);
  CHECK(model.protocol().t_end_ms > model.protocol().t_skip_ms);
  const std::array<double, 3> scales = model.time_scales(model.threshold_mv());
  CHECK(scales[0] > 0 && scales[0] < scales[1] && scales[1] < scales[2]);
  const dicrec::gate_curves curves = model.gate_curves(0, 0, std::array<double, 2>{-60, 0});
  CHECK(curves.steady[0] < curves.steady[1] && curves.tau_ms.size() == 2);
  CHECK(model.try_gate_curves(*model.leak_index(), 0, {}).status() == dicrec::status::e_range);
  const dicrec::model again = dicrec::model::from_text(model.text());
  CHECK(again.text() == model.text() && again.channels() == model.channels());
  CHECK(!dicrec::model::try_from_text("{").text().empty());
  CHECK(dicrec::model::try_from_file("/no/such/file").status() == dicrec::status::e_file);
}

void spikes() {
  const dicrec::spikes train(bursts());
  const dicrec::spike_statistics found = train.statistics();
  CHECK(found.activity == dicrec::activity::bursting && found.n_spikes == 60 && found.n_bursts == 10);
  CHECK(std::abs(found.spikes_per_burst - 5) < 1e-12);
  CHECK(train.stationarity().change == dicrec::change::none || std::isfinite(train.stationarity().p_value));
  CHECK(train.pattern().size() == dicrec::pattern_names().size());
  CHECK(train.distance(train) == 0 && train.distance(dicrec::spikes(std::vector<double>{1, 5}), 10) > 0);
  std::vector<double> seconds = bursts();
  for (double &time : seconds) time /= 1000;
  CHECK(dicrec::likely_unit(std::vector<dicrec::spikes>{train}) == dicrec::time_unit::ms);
  CHECK(dicrec::likely_unit(std::vector<dicrec::spikes>{dicrec::spikes(seconds)}) == dicrec::time_unit::s);
  CHECK(dicrec::spikes(std::vector<double>{}).try_statistics().remark() == dicrec::status::w_silent);
}

void posterior(const dicrec::estimator &estimator) {
  const dicrec::posterior law = dicrec::estimate(estimator, dicrec::spikes(bursts()));
  CHECK(law.parameters()[2] == "noise_std" && law.activity() == dicrec::activity::bursting);
  CHECK(law.quantile(0.05)[0] < law.median()[0] && law.median()[0] < law.quantile(0.95)[0]);
  CHECK(law.moments().covariance(0, 0) > 0 && law.moments().mean.size() == 3);
  const dicrec::matrix samples = law.sample(10, 4);
  CHECK(samples.rows() == 10 && samples.values() == law.sample(10, 4).values());
  CHECK(law.log_density(samples).size() == 10);
  double total = 0;
  for (const double probability : law.class_probabilities()) total += probability;
  CHECK(std::abs(total - 1) < 1e-6 && law.time_scale_interval()[0] == 1 && law.noiseless_probability() <= 1);

  const dicrec::posterior again = dicrec::posterior::from_bytes(law.bytes());
  CHECK(again.bytes() == law.bytes() && again.median() == law.median() && again.support() == law.support());
  const dicrec::mixture numbers = law.mixture();
  const dicrec::posterior rebuilt = dicrec::posterior::of(numbers);
  CHECK(std::abs(rebuilt.median()[1] - law.median()[1]) < 1e-6 && rebuilt.time_scale() == law.time_scale());
  CHECK(!rebuilt.try_class_probabilities() && dicrec::name(rebuilt.activity()) == "other");
  dicrec::mixture broken = numbers;
  broken.covariances.pop_back();
  CHECK(dicrec::posterior::try_of(broken).status() == dicrec::status::e_argument);
  CHECK(std::abs(dicrec::posterior::at({-3, 4, 0.5}).median()[2] - 0.5) < 1e-6);
}

void estimator_and_streams(const dicrec::estimator &estimator) {
  CHECK(estimator.metadata("model") == "stg" && estimator.metadata("no such key").empty());
  dicrec::stream stream(estimator);
  CHECK(stream.empty());
  stream.push(bursts());
  CHECK(stream.size() == 60);
  const auto read = dicrec::estimate(estimator, dicrec::spikes(bursts())).median();
  CHECK(std::abs(stream.posterior().median()[0] - read[0]) < 1e-3);
  stream.reset();
  CHECK(stream.empty() && stream.try_posterior().remark() == dicrec::status::w_silent);
  const std::vector<dicrec::spikes> trains = {dicrec::spikes(bursts()), dicrec::spikes(std::vector<double>{})};
  const auto many = dicrec::estimate_many(estimator, trains);
  CHECK(many.size() == 2 && many[0]->median() == read && many[1].remark() == dicrec::status::w_silent);
}

void population_and_dics(const dicrec::model &model) {
  dicrec::generate_options options;
  options.keep_raw = true;
  options.leak_law = dicrec::leak::uniform;
  const dicrec::population members = dicrec::generate(model, dicrec::matrix({-5, 8, -3, 6}, 2), 2, options);
  const dicrec::matrix conductances = members.conductances();
  CHECK(members.conductances(dicrec::stage::final).values() == conductances.values());
  CHECK(members.conductances(dicrec::stage::base).values() != conductances.values());
  CHECK(!dicrec::generate(model, {-5, 8}, 1).try_conductances(dicrec::stage::base));
  CHECK(members.status(0) == dicrec::status::ok && members.status(9) == dicrec::status::e_argument);
  const dicrec::matrix dics = dicrec::dics(model, conductances, model.threshold_mv());
  CHECK(std::abs(dics(1, 1) + 3) < 1e-8 && std::abs(members.dics()(1, 2) - 6) < 1e-8);
  const dicrec::matrix sensitivities = dicrec::sensitivities(model, conductances, model.threshold_mv());
  double slow = 0; // the second set's row of g_s
  for (std::size_t c = 0; c < model.channel_count(); ++c) slow += sensitivities(4, c) * conductances(1, c);
  CHECK(sensitivities.rows() == 6 && std::abs(slow + 3) < 1e-8);
  CHECK(dicrec::static_currents(model, conductances, -50).size() == 2);
  CHECK(dicrec::thresholds(model, conductances).size() == 2);
  CHECK(dicrec::try_thresholds(model, conductances, {{-75, -74.5}}).remark() == dicrec::status::w_threshold);
}

void simulation(const dicrec::model &model) {
  const dicrec::matrix conductances = dicrec::generate(model, {-5, 8}, 2).conductances();
  dicrec::simulate_options options;
  options.t_end_ms = 50;
  options.trace_dt_ms = 0.5;
  options.trace = dicrec::trace::states;
  const dicrec::simulation first = dicrec::simulate(model, conductances, options);
  CHECK(first.solver() == dicrec::solver::cvode && first.trace_columns()[0] == "V");
  CHECK(first.trace(1).rows() == 101 && first.trace_times(1).back() == 50 && !first.try_trace(2));
  CHECK(first.trace(1).columns() == model.state_count() && first.status(1) == dicrec::status::ok);
  options.initial_states = first.final_states(model);
  const dicrec::simulation second = dicrec::simulate(model, conductances, options);
  CHECK(second.trace(1)(0, 0) == first.final_states(model)(1, 0));
  CHECK(first.try_final_states(dicrec::model("da")).status() != dicrec::status::ok || model.state_count() <= 12);
  CHECK(dicrec::simulate(model, conductances, options).trace_columns().size() == model.state_count());
}

void reconstruction(const dicrec::estimator &estimator) {
  const dicrec::population neuron = dicrec::generate(estimator.model(), {-5, 8}, 1);
  const dicrec::spikes train(dicrec::simulate(neuron).spikes(0));
  dicrec::reconstruct_options options;
  options.verify = true;
  const dicrec::reconstruction result = dicrec::reconstruct(estimator, train, 3, options);
  const dicrec::reconstruction_report report = result.report();
  CHECK(report.verified && report.screened && report.n_requested == 3 && !dicrec::name(report.outcome).empty());
  CHECK(result.status() >= dicrec::status::ok && result.remark() == result.status());
  CHECK((report.remarks != 0) == !dicrec::remarks_of(report).empty());
  for (const dicrec::remark remark : dicrec::remarks_of(report)) CHECK(!dicrec::name(remark).empty());
  CHECK(result.posterior().median()[0] == report.g_s && result.population().size() == 3);
  CHECK(result.spread_kept().size() == 8 && result.candidate_moments().deviation.size() == 8);
  CHECK(result.spikes().size() == 3 && result.spikes(0).size() == result.spike_count(0));
  CHECK(result.statistics(0).activity == dicrec::activity::bursting && std::isfinite(result.mismatch(0)));
  CHECK(result.accepted(0) && result.distance(0) >= 0 && std::isnan(result.distance(9)));
  CHECK(result.status() == dicrec::status::ok || !result.text().empty());

  const dicrec::reconstruction unchecked = dicrec::reconstruct(estimator, train, 2);
  CHECK(!unchecked.try_statistics(0) && !unchecked.try_spikes() && !unchecked.accepted(0));
  const std::vector<dicrec::spikes> trains = {train, dicrec::spikes(std::vector<double>{1, 2})};
  const auto many = dicrec::try_reconstruct_many(estimator, trains, 2);
  CHECK(many.remark() == dicrec::status::w_partial && (*many)[1].status() == dicrec::status::e_spikes);
  CHECK((*many)[0]->population().conductances().values() == unchecked.population().conductances().values());
  CHECK(!(*many)[1].text().empty());
}

} // namespace

void test_stages() {
  const dicrec::model stg("stg");
  const dicrec::estimator network(stg);
  library();
  model();
  spikes();
  posterior(network);
  estimator_and_streams(network);
  population_and_dics(stg);
  simulation(stg);
  reconstruction(network);
}
