/* SPDX-License-Identifier: MIT */
/** @file test_ownership.cpp Copies, moves and empty handles, on one thread and on several. */
#include <dicrec.hpp>

#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "check.hpp"

namespace {

template <class Handle> constexpr bool is_shared() {
  return std::is_nothrow_copy_constructible_v<Handle> && std::is_nothrow_move_constructible_v<Handle> &&
         std::is_nothrow_copy_assignable_v<Handle> && std::is_nothrow_move_assignable_v<Handle> &&
         std::is_nothrow_default_constructible_v<Handle>;
}
static_assert(is_shared<dicrec::model>() && is_shared<dicrec::spikes>() && is_shared<dicrec::estimator>());
static_assert(is_shared<dicrec::posterior>() && is_shared<dicrec::population>() && is_shared<dicrec::simulation>());
static_assert(is_shared<dicrec::reconstruction>());
static_assert(!std::is_copy_constructible_v<dicrec::stream> && !std::is_copy_assignable_v<dicrec::stream>);
static_assert(std::is_nothrow_move_constructible_v<dicrec::stream>);
static_assert(std::is_nothrow_move_assignable_v<dicrec::stream>);

const std::vector<double> TIMES = {10, 25, 41, 56, 72, 88};

void copies_and_moves() {
  dicrec::spikes train(TIMES);
  dicrec::spikes copy = train;
  CHECK(copy.get() == train.get());
  const dicrec::spikes moved = std::move(copy);
  CHECK(!copy && copy.size() == 0); // NOLINT: what is left behind is empty
  CHECK(moved.times() == TIMES);
  dicrec::spikes &itself = train;
  train = itself;
  CHECK(train.times() == TIMES);
  train = std::move(itself);
  CHECK(train.times() == TIMES);
  train = dicrec::spikes();
  CHECK(!train && moved.times() == TIMES);
  train = moved;
  CHECK(train.size() == TIMES.size());
}

void parts_outlive_wholes() {
  dicrec::posterior posterior;
  dicrec::population members;
  {
    dicrec::estimator estimator{dicrec::model("stg")};
    CHECK(estimator.model().name() == "stg");
    const dicrec::reconstruction result = dicrec::reconstruct(estimator, dicrec::spikes(TIMES), 2);
    estimator = {};
    posterior = result.posterior();
    members = result.population();
  }
  CHECK(posterior.median().size() == posterior.parameter_count());
  CHECK(members.size() == 2 && members.model().name() == "stg");
}

void empty_handles() {
  const dicrec::spikes train;
  CHECK(train.empty() && train.times().empty() && train.segments().empty());
  CHECK(dicrec::population().members().size() == 0);
  CHECK(dicrec::simulation().spikes().size() == 0);
  CHECK(dicrec::posterior().bytes().empty());
  CHECK(dicrec::model().channels().empty() && !dicrec::model().leak_index());
  CHECK(dicrec::reconstruction().status() == dicrec::status::e_argument);
  CHECK(dicrec::reconstruction().try_spikes().status() == dicrec::status::e_argument);
  CHECK(train.try_statistics().status() == dicrec::status::e_argument);
  CHECK(dicrec::try_estimate(dicrec::estimator(), train).status() == dicrec::status::e_argument);
  CHECK(dicrec::try_simulate(dicrec::population()).status() == dicrec::status::e_argument);
  CHECK(dicrec::try_generate(dicrec::model(), {-5, 8}, 1).status() == dicrec::status::e_argument);
  CHECK(dicrec::try_dics(dicrec::model(), dicrec::matrix(1, 8), -51).status() == dicrec::status::e_argument);
  CHECK(dicrec::stream().try_push(TIMES).status() == dicrec::status::e_argument);
}

void streams_move() {
  dicrec::stream first{dicrec::estimator(dicrec::model("stg"))};
  first.push(TIMES);
  dicrec::stream second = std::move(first);
  CHECK(!first && second.size() == TIMES.size()); // NOLINT: what is left behind is empty
  first = std::move(second);
  first.push(100);
  CHECK(first.size() == TIMES.size() + 1);
  dicrec::posterior read = first.posterior();
  first = dicrec::stream();
  CHECK(read.median().size() == read.parameter_count()); // the retained posterior outlives its stream
}

/** Owners come and go on several threads, each of which calls the library besides. */
void threads_share() {
  const dicrec::model model("stg");
  const dicrec::estimator estimator(model);
  const dicrec::spikes train(TIMES);
  const std::vector<double> median = dicrec::estimate(estimator, train).median();
  std::vector<int> agreed(4);
  std::vector<std::thread> threads;
  for (int &good : agreed)
    threads.emplace_back([&median, &good, estimator, train] {
      for (int i = 0; i < 50; ++i) {
        const dicrec::estimator mine = estimator;
        dicrec::spikes copy = train;
        const dicrec::spikes moved = std::move(copy);
        good += dicrec::estimate(mine, moved).median() == median;
      }
    });
  for (auto &thread : threads) thread.join();
  for (const int good : agreed) CHECK(good == 50);
}

} // namespace

void test_ownership() {
  copies_and_moves();
  parts_outlive_wholes();
  empty_handles();
  streams_move();
  threads_share();
}
