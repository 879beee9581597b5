/* SPDX-License-Identifier: MIT */
/**
 * @file test_without_exceptions.cpp
 * The same library where exceptions are switched off, in one program with files where they are not.
 */
#include <dicrec.hpp>

#include <string>
#include <vector>

#include "check.hpp"

#if DICREC_CPP_EXCEPTIONS
#error "this file is compiled with -fno-exceptions"
#endif

namespace {

/** What a function looks like that hands failures on. */
dicrec::result<dicrec::reconstruction> members_of(const std::vector<double> &times, const char *model_name) {
  const auto model = dicrec::model::try_open(model_name);
  if (!model) return dicrec::result<dicrec::reconstruction>(model);
  const auto estimator = dicrec::estimator::try_make(*model);
  if (!estimator) return dicrec::result<dicrec::reconstruction>(estimator);
  const auto train = dicrec::spikes::try_make(times);
  if (!train) return dicrec::result<dicrec::reconstruction>(train);
  return dicrec::try_reconstruct(*estimator, *train, 2);
}

std::vector<double> bursts() {
  std::vector<double> times;
  for (int i = 0; i < 50; ++i) times.push_back(100 + 117.3 * (i / 5) + 9.2 * (i % 5));
  return times;
}

void failures_are_handed_on() {
  CHECK(members_of(bursts(), "no such model").status() == dicrec::status::e_name);
  CHECK(members_of({2, 1}, "stg").status() == dicrec::status::e_spikes);
  const auto good = members_of(bursts(), "stg");
  CHECK(good && good->population().members().size() == 2);
  CHECK(good.value().try_report()->n_found == 2);
}

void progress_cancels() {
  dicrec::callbacks with;
  int n_calls = 0;
  with.progress = [&](std::int64_t, std::int64_t) { return ++n_calls == 0; };
  dicrec::generate_options options;
  options.n_threads = 2;
  const auto members = dicrec::try_generate(*dicrec::model::try_open("stg"), {-5, 8}, 2000, options, with);
  CHECK(members && n_calls == 1 && members.remark() == dicrec::status::w_partial);
}

} // namespace

void test_without_exceptions() {
  failures_are_handed_on();
  progress_cancels();
}
