/* SPDX-License-Identifier: MIT */
/**
 * @file 05_network.cpp
 * In C++: three neurons that fire like a recording, first alone, then as a ring in which each inhibits the next.
 *
 * The library simulates neurons, not networks. So time is cut into intervals as long as the delay of a synapse: what a
 * neuron hears in an interval was fired in the one before, and is known when the interval begins.
 *
 * Usage: 05_network
 */
#include <dicrec.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr double DELAY_MS = 5;      // of every synapse, and the interval of the simulation
constexpr double DECAY_MS = 100;    // time constant of a synaptic conductance
constexpr double REVERSAL_MV = -80; // of inhibition
constexpr double INHIBITION = 0.08; // what a spike adds to the conductance of the synapse, mS/cm2
constexpr int N_NEURONS = 3, N_INTERVALS = 800, N_SHOWN = 100;

/** A member that is simulated piece by piece, and the synapse through which it hears. */
class neuron {
public:
  neuron(dicrec::model model, const dicrec::member &member)
      : model_(std::move(model)),
        conductances_({member.conductances.begin(), member.conductances.end()}, member.conductances.size()) {
    options_.t_end_ms = DELAY_MS;
    options_.solver = dicrec::solver::ensemble;
    for (double t = 0; t <= DELAY_MS; t += 0.5) options_.current_times_ms.push_back(t);
  }

  /** Go on for an interval, at whose times `heard` the synapse is active; answers when it fired, from the beginning. */
  std::vector<double> advance(const std::vector<double> &heard, double strength) {
    options_.current_values.clear();
    for (const double t : options_.current_times_ms)
      options_.current_values.push_back(conductance(heard, strength, t) * (REVERSAL_MV - v_mv_));
    conductance_ = conductance(heard, strength, DELAY_MS);
    const dicrec::simulation interval = dicrec::simulate(model_, conductances_, options_);
    options_.initial_states = interval.final_states(model_); // where the next one begins
    v_mv_ = options_.initial_states(0, 0);                   // the first state is V
    return interval.spikes(0);
  }

private:
  /** Of the synapse: what is left of the former interval, and what the spikes since have added. */
  double conductance(const std::vector<double> &heard, double strength, double t) const {
    double sum = conductance_ * std::exp(-t / DECAY_MS);
    for (const double arrival : heard)
      if (arrival <= t) sum += strength * std::exp(-(t - arrival) / DECAY_MS);
    return sum;
  }

  dicrec::model model_;
  dicrec::matrix conductances_;
  dicrec::simulate_options options_{};
  double conductance_ = 0;
  double v_mv_ = REVERSAL_MV; // before the first interval there is no current
};

using trains = std::vector<std::vector<double>>;

/** Spike times of each neuron, ms; neuron i hears neuron i - 1, the first one the last. */
trains simulate_ring(const dicrec::population &population, double strength) {
  std::vector<neuron> neurons;
  for (const auto &member : population.members()) neurons.emplace_back(population.model(), member);
  trains fired(neurons.size()), now(neurons.size());
  for (int interval = 0; interval < N_INTERVALS; ++interval) {
    const trains before = std::exchange(now, trains(neurons.size()));
    for (std::size_t i = 0; i < neurons.size(); ++i) {
      now[i] = neurons[i].advance(before[(i + neurons.size() - 1) % neurons.size()], strength);
      for (const double t : now[i]) fired[i].push_back(interval * DELAY_MS + t);
    }
  }
  return fired;
}

/** A line a neuron: a bar for each of the last intervals in which it fired, and how it fired all the time. */
void print_raster(const char *title, const trains &fired) {
  std::printf("%s\n", title);
  for (std::size_t i = 0; i < fired.size(); ++i) {
    std::string line(N_SHOWN, '.');
    for (const double t : fired[i]) {
      const int place = static_cast<int>(t / DELAY_MS) - (N_INTERVALS - N_SHOWN);
      if (place >= 0) line[static_cast<std::size_t>(std::min(place, N_SHOWN - 1))] = '|';
    }
    const auto found = dicrec::spikes(fired[i]).try_statistics(); // a silent neuron is no failure
    std::printf("%zu %s %s, %.1f Hz, %.1f spikes a burst\n", i, line.c_str(),
                std::string(dicrec::name(found->activity)).c_str(), found->rate_hz, found->spikes_per_burst);
  }
}

/** A burster to be recognised; yours is read from a file. */
dicrec::spikes recording(const dicrec::model &model) {
  dicrec::generate_options options;
  options.seed = 3;
  return dicrec::spikes(dicrec::simulate(dicrec::generate(model, {-5, 8}, 1, options)).spikes(0));
}

} // namespace

int main() try {
  const dicrec::model model("stg");
  const dicrec::estimator estimator(model);

  dicrec::reconstruct_options options;
  options.verify = true; // members have fired like the recording when they were simulated
  const dicrec::reconstruction result = dicrec::reconstruct(estimator, recording(model), N_NEURONS, options);
  std::printf("%lld of %d members fire like the recording\n", static_cast<long long>(result.report().n_accepted),
              N_NEURONS);
  for (const dicrec::remark remark : dicrec::remarks_of(result.report()))
    std::printf("remark: %s\n", std::string(dicrec::text(remark)).c_str());

  const dicrec::population population = result.population();
  print_raster("alone", simulate_ring(population, 0));
  print_raster("each inhibits the next", simulate_ring(population, INHIBITION));
  return 0;
} catch (const std::exception &problem) {
  std::fprintf(stderr, "%s\n", problem.what()); // a dicrec::error says which argument, its value and what is allowed
  return 1;
}
