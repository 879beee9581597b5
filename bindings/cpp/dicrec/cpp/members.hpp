/* SPDX-License-Identifier: MIT */
/**
 * @file members.hpp
 * The members of a population as a range.
 */
#ifndef DICREC_CPP_MEMBERS_HPP
#define DICREC_CPP_MEMBERS_HPP

#include <cstddef>
#include <cstdint>
#include <vector>

#include "constants.hpp"
#include "matrix.hpp"
#include "rows.hpp"
#include "span.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** One member, which lives as long as the members that it is one of. */
struct member {
  std::size_t index = 0;
  /** status::ok, why it failed, or status::w_rejected. */
  dicrec::status status = dicrec::status::ok;
  /** [channels], mS/cm2; NaN if it failed. */
  span<const double> conductances{};
  /** [dic_names()], at threshold; NaN if it failed. */
  span<const double> dics{};
  /** Its random stream, which with the seed repeats it. */
  std::uint64_t stream = 0;
  /** Noise current that it is to be simulated with, uA/cm2. */
  double noise_std = 0;
};

/** A copy of all that a population says of its members: `members[i]`, and a range of them. */
class member_table {
public:
  using iterator = detail::row_iterator<member_table>;

  member_table() noexcept = default;
  explicit member_table(std::size_t n) : statuses(n), streams(n), noise_std(n) {}

  std::size_t size() const noexcept { return statuses.size(); }
  /** A member; not checked to be there. */
  member operator[](std::size_t i) const {
    return {i, static_cast<dicrec::status>(statuses[i]), conductances[i], dics[i], streams[i], noise_std[i]};
  }
  iterator begin() const noexcept { return {this, 0}; }
  iterator end() const noexcept { return {this, size()}; }

  /** What the members are made of, a row each. */
  matrix conductances{};
  matrix dics{};
  std::vector<dicrec_status> statuses{};
  std::vector<std::uint64_t> streams{};
  std::vector<double> noise_std{};
};

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
