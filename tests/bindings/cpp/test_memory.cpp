/* SPDX-License-Identifier: MIT */
/** @file test_memory.cpp Memory from an allocator of the user, also when it runs out. */
#include <dicrec.hpp>

#include <cstdlib>
#include <vector>

#include "check.hpp"

namespace {

/** Gives so much and then nothing more; counts what is not given back. */
struct budget {
  int n_left = 0;
  int n_used = 0;

  static void *allocate(void *user, std::size_t size) {
    auto &self = *static_cast<budget *>(user);
    if (self.n_left == 0) return nullptr;
    --self.n_left;
    ++self.n_used;
    return std::malloc(size);
  }
  static void release(void *user, void *pointer) {
    --static_cast<budget *>(user)->n_used;
    std::free(pointer);
  }
  dicrec::callbacks callbacks() {
    dicrec::callbacks with;
    with.memory = {allocate, release, this};
    return with;
  }
};

void work(const dicrec::callbacks &with) {
  std::vector<double> times;
  for (int i = 0; i < 50; ++i) times.push_back(100 + 115 * (i / 5) + 9.2 * (i % 5));
  const dicrec::model model("stg", with);
  const dicrec::estimator estimator(model, {}, with);
  const dicrec::spikes train(times, {}, with);
  const dicrec::population members = dicrec::reconstruct(estimator, train, 2, {}, with).population();
  dicrec::simulate_options options;
  options.t_end_ms = 50;
  CHECK(dicrec::simulate(members, options, with).size() == 2);
  CHECK(dicrec::estimate_many(estimator, std::vector<dicrec::spikes>{train, train}, {}, with).size() == 2);
}

void memory_is_given_back() {
  budget plenty;
  plenty.n_left = 1000000;
  work(plenty.callbacks());
  CHECK(plenty.n_left < 1000000 && plenty.n_used == 0);
}

/** Whichever allocation fails, it is an error of memory, and nothing is lost. */
void memory_runs_out() {
  int n_failed = 0;
  for (int n_left = 0, is_done = 0; !is_done && n_left < 5000; n_left += 1 + n_left / 16) {
    budget scarce;
    scarce.n_left = n_left;
    try {
      work(scarce.callbacks());
      is_done = 1;
    } catch (const dicrec::memory_error &error) {
      n_failed += error.status() == dicrec::status::e_memory;
    }
    CHECK(scarce.n_used == 0);
  }
  CHECK(n_failed > 20);
}

/** Objects keep the allocator that they were made with. */
void objects_outlive_calls() {
  budget plenty;
  plenty.n_left = 1000;
  {
    const dicrec::spikes train(std::vector<double>{1, 2, 3}, {}, plenty.callbacks());
    const dicrec::spikes copy = train;
    CHECK(plenty.n_used > 0 && copy.size() == 3);
  }
  CHECK(plenty.n_used == 0);
}

void half_an_allocator() {
  dicrec::callbacks with;
  with.memory.allocate = budget::allocate;
  const auto refused = dicrec::model::try_open("stg", with);
  CHECK(refused.status() < dicrec::status::ok && !refused.text().empty());
}

} // namespace

void test_memory() {
  memory_is_given_back();
  memory_runs_out();
  objects_outlive_calls();
  half_an_allocator();
}
