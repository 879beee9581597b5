/* SPDX-License-Identifier: MIT */
/** @file run.cpp Runs the tests of the layer for C++. */
#include "check.hpp"

#include <cstdio>
#include <initializer_list>

namespace {
int n_checks = 0, n_failed = 0;
} // namespace

void check(bool is_good, const char *what, const char *file, int line) {
  ++n_checks;
  if (is_good) return;
  ++n_failed;
  std::fprintf(stderr, "%s:%d: FAILED: %s\n", file, line, what);
}

int main() {
  for (void (*const test)() : {test_callbacks, test_errors, test_memory, test_options, test_ownership, test_stages,
                               test_tables, test_without_exceptions})
    test();
  std::printf("%d checks, %d failed\n", n_checks, n_failed);
  return n_failed != 0;
}
