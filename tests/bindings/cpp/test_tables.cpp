/* SPDX-License-Identifier: MIT */
/** @file test_tables.cpp Spans, matrices and ranges. */
#include <dicrec.hpp>

#include <algorithm>
#include <array>
#include <numeric>
#include <type_traits>
#include <vector>
#if defined(__cpp_lib_ranges)
#include <ranges>
#endif

#include "check.hpp"

namespace {

void spans() {
  using view = dicrec::span<const double>;
  static_assert(!std::is_constructible_v<view, std::vector<float> &>);
  static_assert(std::is_nothrow_copy_constructible_v<view> && std::is_default_constructible_v<view>);
#if __cplusplus >= 202002L
  static_assert(std::is_same_v<view, std::span<const double>>);
#endif
  const std::vector<double> numbers = {1, 2, 3};
  const std::array<double, 2> pair = {4, 5};
  double plain[] = {6, 7, 8};
  const auto total = [](view values) { return std::accumulate(values.begin(), values.end(), 0.0); };
  CHECK(total(numbers) == 6 && total(pair) == 9 && total(plain) == 21 && view().empty());
  CHECK(total(view(numbers).subspan(1, 2)) == 5 && view(numbers).first(1).size() == 1 && view(plain).back() == 8);
  dicrec::span<double> writable(plain, 2);
  writable[0] = 9;
  CHECK(plain[0] == 9);
}

void matrices() {
  dicrec::matrix table({1, 2, 3, 4, 5, 6}, 3);
  CHECK(table.rows() == 2 && table.columns() == 3 && table(1, 0) == 4);
  table(1, 0) = 40;
  table[1][2] = 60;
  double total = 0;
  for (const auto row : table) total += row[0] + row[2];
  CHECK(total == 1 + 3 + 40 + 60);
  CHECK(std::distance(table.begin(), table.end()) == 2);
  CHECK(dicrec::matrix().begin() == dicrec::matrix().end());
  CHECK(dicrec::matrix({1, 2, 3}, 2).rows() == 1 && dicrec::matrix({1, 2}, 0).rows() == 0);
}

void members() {
  const dicrec::model model("stg");
  const dicrec::population population = dicrec::generate(model, {-5, 8}, 6);
  const auto channels = population.channels();
  CHECK(channels.size() == model.channel_count() && channels[0] == "Na");
  const std::size_t leak = *model.leak_index();
  CHECK(channels[leak] == "leak" && model.channel_index("leak") == leak && !model.channel_index("none"));
  std::size_t n = 0;
  for (const auto &member : population.members()) {
    CHECK(member.index == n++ && member.status == dicrec::status::ok);
    CHECK(member.conductances.size() == channels.size() && member.conductances[leak] > 0);
    CHECK(std::abs(member.dics[1] + 5) < 1e-8 && std::abs(member.dics[2] - 8) < 1e-8);
  }
  CHECK(n == population.size());
#if defined(__cpp_lib_ranges)
  static_assert(std::ranges::input_range<dicrec::member_table> && std::ranges::input_range<dicrec::spike_trains>);
  static_assert(std::ranges::input_range<dicrec::matrix>);
#endif
}

void trains() {
  const dicrec::population population = dicrec::generate(dicrec::model("stg"), {-5, 8}, 3);
  dicrec::simulate_options options;
  options.t_end_ms = 800;
  const dicrec::simulation simulation = dicrec::simulate(population, options);
  const dicrec::spike_trains all = simulation.spikes();
  CHECK(all.size() == 3 && simulation.statuses() == std::vector<dicrec::status>(3));
  std::size_t member = 0;
  for (const auto times : all) {
    CHECK(times.size() == simulation.spike_count(member) && !times.empty());
    CHECK(std::equal(times.begin(), times.end(), simulation.spikes(member).begin()));
    CHECK(dicrec::spikes(times).statistics().n_spikes == static_cast<std::int64_t>(times.size()));
    ++member;
  }
  CHECK(!simulation.try_spikes(3));
}

} // namespace

void test_tables() {
  spans();
  matrices();
  members();
  trains();
}
