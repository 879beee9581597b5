/* SPDX-License-Identifier: MIT */
/** @file test_callbacks.cpp Progress, messages, and what both throw. */
#include <dicrec.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "check.hpp"

namespace {

struct own_exception {
  int number;
};

bool is_seven(const own_exception &caught) { return caught.number == 7; }

const dicrec::estimator &estimator() {
  static const dicrec::estimator shared{dicrec::model("stg")};
  return shared;
}

/** Trains that burst, each a little different. */
std::vector<dicrec::spikes> trains(int n) {
  std::vector<dicrec::spikes> made;
  for (int k = 0; k < n; ++k) {
    std::vector<double> times;
    for (int i = 0; i < 50; ++i) times.push_back(100 + (115 + k) * (i / 5) + 9.2 * (i % 5));
    made.emplace_back(times);
  }
  return made;
}

dicrec::reconstruct_options verified(std::int32_t n_threads) {
  dicrec::reconstruct_options options;
  options.verify = true;
  options.n_threads = n_threads;
  return options;
}

void progress_is_told() {
  int n_calls = 0;
  std::int64_t last = 0, all = 0;
  dicrec::callbacks with;
  with.progress = [&](std::int64_t done, std::int64_t total) {
    ++n_calls;
    last = done;
    all = total;
  };
  const dicrec::population members = dicrec::generate(dicrec::model("stg"), {-5, 8}, 200, {}, with);
  CHECK(members.size() == 200 && members.valid_count() == 200);
  CHECK(n_calls > 0 && last <= all && all == 200);
}

void false_cancels() {
  dicrec::callbacks with;
  with.progress = [](std::int64_t, std::int64_t) { return false; };
  const auto is_cancelled = [](const dicrec::error &error) { return error.status() == dicrec::status::e_cancelled; };
  CHECK_THROWS(dicrec::reconstruct(estimator(), trains(1)[0], 8, verified(1), with), dicrec::cancelled_error,
               is_cancelled);
  const auto many = dicrec::try_reconstruct_many(estimator(), trains(6), 4, verified(2), with);
  CHECK(many && many.remark() == dicrec::status::w_partial && many->size() == 6);
  for (const auto &one : *many) CHECK(one || one.status() == dicrec::status::e_cancelled);
  CHECK(!many->back());
}

/** What a callback throws arrives as it is, whatever the call and however many threads it has. */
void exceptions_arrive(std::int32_t n_threads) {
  dicrec::callbacks with;
  with.progress = [](std::int64_t, std::int64_t) -> bool { throw own_exception{7}; };
  CHECK_THROWS(dicrec::reconstruct(estimator(), trains(1)[0], 8, verified(n_threads), with), own_exception, is_seven);
  CHECK_THROWS(dicrec::reconstruct_many(estimator(), trains(6), 4, verified(n_threads), with), own_exception, is_seven);
  CHECK_THROWS(dicrec::try_reconstruct_many(estimator(), trains(6), 4, verified(n_threads), with), own_exception,
               is_seven);
  dicrec::simulate_options to_simulate;
  to_simulate.n_threads = n_threads;
  const dicrec::population members = dicrec::generate(dicrec::model("stg"), {-5, 8}, 32);
  CHECK_THROWS(dicrec::simulate(members, to_simulate, with), own_exception, is_seven);
  dicrec::generate_options to_generate;
  to_generate.n_threads = n_threads;
  CHECK_THROWS(dicrec::generate(dicrec::model("stg"), {-5, 8}, 500, to_generate, with), own_exception, is_seven);
  dicrec::estimate_options to_estimate;
  to_estimate.n_threads = n_threads;
  CHECK_THROWS(dicrec::estimate_many(estimator(), trains(300), to_estimate, with), own_exception, is_seven);
}

/** An exception in the middle, after which the same objects work as before. */
void usable_after(std::int32_t n_threads) {
  const std::vector<dicrec::spikes> inputs = trains(8);
  const auto before = dicrec::reconstruct_many(estimator(), inputs, 2, verified(n_threads));
  int n_calls = 0;
  dicrec::callbacks with;
  with.progress = [&](std::int64_t done, std::int64_t) {
    ++n_calls;
    if (done >= 1) throw std::runtime_error("enough");
  };
  const auto says_enough = [](const std::exception &caught) { return std::string_view(caught.what()) == "enough"; };
  CHECK_THROWS(dicrec::reconstruct_many(estimator(), inputs, 2, verified(n_threads), with), std::runtime_error,
               says_enough);
  const int n_until_then = n_calls;
  const auto after = dicrec::reconstruct_many(estimator(), inputs, 2, verified(n_threads));
  CHECK(n_calls == n_until_then); // nothing keeps the callbacks of a call that is over
  for (std::size_t i = 0; i < inputs.size(); ++i)
    CHECK(after[i]->population().conductances().values() == before[i]->population().conductances().values());
}

/** The library has a message for nothing that a test can bring about, so the functions that C calls are called here. */
void messages() {
  std::string heard;
  dicrec::callbacks with;
  with.log = [&](dicrec::log_level level, std::string_view message) {
    heard += std::string(dicrec::log_level::warning == level ? "warning: " : "") + std::string(message) + "; ";
  };
  dicrec::detail::watch listening(with);
  const dicrec_context_options options = listening.options();
  options.log(options.log_user, DICREC_LOG_INFO, "one");
  options.log(options.log_user, DICREC_LOG_WARNING, "two");
  CHECK(heard == "one; warning: two; ");
  CHECK(options.progress(options.progress_user, 1, 2) == 0);
  listening.rethrow();
}

/** What log throws is kept too, and cancels at the next report of progress; the first exception is the one. */
void exceptions_in_log() {
  dicrec::callbacks with;
  with.log = [](dicrec::log_level, std::string_view message) { throw own_exception{message == "first" ? 7 : 8}; };
  dicrec::detail::watch listening(with);
  const dicrec_context_options options = listening.options();
  options.log(options.log_user, DICREC_LOG_INFO, "first");
  options.log(options.log_user, DICREC_LOG_INFO, "second");
  CHECK(options.progress(options.progress_user, 1, 2) != 0);
  CHECK_THROWS(listening.rethrow(), own_exception, is_seven);
  listening.rethrow(); // once
}

/** A callback may call the library itself. */
void nested_calls() {
  bool is_good = true;
  dicrec::callbacks with;
  with.progress = [&](std::int64_t, std::int64_t) {
    is_good = is_good && dicrec::spikes(std::vector<double>{1, 2, 3}).size() == 3;
    is_good = is_good && !dicrec::model::try_open("no such model");
  };
  CHECK(dicrec::generate(dicrec::model("stg"), {-5, 8}, 100, {}, with).size() == 100 && is_good);
}

} // namespace

void test_callbacks() {
  progress_is_told();
  false_cancels();
  for (const std::int32_t n_threads : {1, 2}) {
    exceptions_arrive(n_threads);
    usable_after(n_threads);
  }
  messages();
  exceptions_in_log();
  nested_calls();
}
