/* SPDX-License-Identifier: MIT */
/**
 * @file same.cpp
 * The ten things of same.c in C++.
 *
 * Usage: same TRAIN FOLDER
 */
#include <dicrec.hpp>

#include <fstream>
#include <iostream>
#include <string>
#include <vector>

namespace {

using numbers = std::vector<double>;

std::string folder;

void append(numbers &row, dicrec::span<const double> more) { row.insert(row.end(), more.begin(), more.end()); }

void write(const std::string &name, const numbers &values) {
  std::ofstream file(folder + "/" + name, std::ios::binary);
  file.exceptions(std::ios::failbit | std::ios::badbit);
  for (const double value : values) file.write(reinterpret_cast<const char *>(&value), sizeof value);
}

dicrec::spikes read_train(const char *path) {
  std::ifstream file(path);
  numbers times;
  for (double time; file >> time;) times.push_back(time);
  return dicrec::spikes(times);
}

/** For each member the number of its spikes, then their times. */
numbers counted(const dicrec::simulation &simulation) {
  numbers values;
  for (const auto times : simulation.spikes()) {
    values.push_back(static_cast<double>(times.size()));
    append(values, times);
  }
  return values;
}

void write_estimated(const dicrec::estimator &estimator, const dicrec::spikes &train) {
  const dicrec::posterior posterior = dicrec::estimate(estimator, train);
  const numbers median = posterior.median(), low = posterior.quantile(0.05), high = posterior.quantile(0.95);
  write("01_estimate",
        {median[0], median[1], low[0], high[0], low[1], high[1], posterior.time_scale(), posterior.support()});
}

void write_reconstructed(const dicrec::estimator &estimator, const dicrec::spikes &train) {
  dicrec::reconstruct_options options;
  options.seed = 7;
  const dicrec::population population = dicrec::reconstruct(estimator, train, 4, options).population();
  numbers values;
  for (const auto &member : population.members()) {
    append(values, member.conductances);
    append(values, numbers{member.dics[1], member.dics[2], population.time_scale(), member.noise_std,
                           static_cast<double>(member.stream)});
  }
  write("02_reconstruct", values);
}

void write_verified(const dicrec::estimator &estimator, const dicrec::spikes &train) {
  dicrec::reconstruct_options options;
  options.seed = 3;
  options.verify = true;
  const dicrec::reconstruction result = dicrec::reconstruct(estimator, train, 2, options);
  numbers values;
  for (const auto &member : result.population().members()) {
    append(values, member.conductances);
    append(values, numbers{result.distance(member.index), result.accepted(member.index) ? 1.0 : 0.0,
                           result.statistics(member.index).rate_hz});
  }
  write("03_verified", values);
}

/** The published method: no screening, and members without noise. */
void write_published(const dicrec::estimator &estimator, const dicrec::spikes &train) {
  dicrec::reconstruct_options options;
  options.seed = 5;
  options.screening = dicrec::screening::off;
  options.noise = dicrec::noise::fixed;
  write("04_published", dicrec::reconstruct(estimator, train, 4, options).population().conductances().values());
}

/** Conductances that what follows is done with. */
dicrec::matrix write_generated(const dicrec::model &model) {
  dicrec::generate_options options;
  options.seed = 2;
  const dicrec::member_table members = dicrec::generate(model, {-5, 8}, 5, options).members();
  numbers values;
  for (const auto &member : members) {
    append(values, member.conductances);
    append(values, numbers{member.dics[1], member.dics[2]});
  }
  write("05_generate", values);
  return members.conductances;
}

dicrec::matrix first_of(const dicrec::matrix &conductances) {
  return {numbers(conductances[0].begin(), conductances[0].end()), conductances.columns()};
}

void write_simulated(const dicrec::model &model, const dicrec::matrix &conductances) {
  dicrec::simulate_options options;
  options.t_end_ms = 1500;
  options.t_skip_ms = 500;
  options.solver = dicrec::solver::ensemble;
  write("08_simulate", counted(dicrec::simulate(model, conductances, options)));
  options.t_skip_ms = 0;
  options.noise_std = 5;
  options.seed = 4;
  options.solver = dicrec::solver::cvode;
  write("09_noisy", counted(dicrec::simulate(model, first_of(conductances), options)));
}

void write_trace(const dicrec::model &model, const dicrec::matrix &conductances) {
  dicrec::simulate_options options;
  options.t_end_ms = 100;
  options.solver = dicrec::solver::cvode;
  options.trace = dicrec::trace::currents;
  options.trace_dt_ms = 0.5;
  const dicrec::simulation simulation = dicrec::simulate(model, first_of(conductances), options);
  const numbers times = simulation.trace_times(0);
  const dicrec::matrix samples = simulation.trace(0);
  numbers values;
  for (std::size_t i = 0; i < times.size(); ++i) {
    values.push_back(times[i]);
    append(values, samples[i]);
  }
  write("10_trace", values);
}

} // namespace

int main(int argc, char **argv) try {
  if (argc != 3) {
    std::cerr << "usage: " << argv[0] << " TRAIN FOLDER\n";
    return 1;
  }
  folder = argv[2];
  const dicrec::model model("stg");
  const dicrec::estimator estimator(model);
  const dicrec::spikes train = read_train(argv[1]);
  write_estimated(estimator, train);
  write_reconstructed(estimator, train);
  write_verified(estimator, train);
  write_published(estimator, train);
  const dicrec::matrix conductances = write_generated(model);
  write("06_dics", dicrec::dics(model, conductances, -51).values());
  write("07_threshold", dicrec::thresholds(model, conductances));
  write_simulated(model, conductances);
  write_trace(model, conductances);
  return 0;
} catch (const std::exception &problem) {
  std::cerr << problem.what() << '\n';
  return 1;
}
