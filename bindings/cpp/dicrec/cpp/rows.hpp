/* SPDX-License-Identifier: MIT */
/**
 * @file rows.hpp
 * Iteration over what answers `thing[index]` and `thing.size()`.
 */
#ifndef DICREC_CPP_ROWS_HPP
#define DICREC_CPP_ROWS_HPP

#include <cstddef>
#include <iterator>
#include <utility>

#include "config.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {
namespace detail {

/** Input iterator whose values are views that it makes. */
template <class Table> class row_iterator {
public:
  using value_type = decltype(std::declval<const Table &>()[std::size_t{0}]);
  using reference = value_type;
  using pointer = void;
  using difference_type = std::ptrdiff_t;
  using iterator_category = std::input_iterator_tag;

  row_iterator() noexcept = default;
  row_iterator(const Table *table, std::size_t index) noexcept : table_(table), index_(index) {}
  reference operator*() const { return (*table_)[index_]; }
  row_iterator &operator++() noexcept {
    ++index_;
    return *this;
  }
  row_iterator operator++(int) noexcept {
    const row_iterator before = *this;
    ++index_;
    return before;
  }
  friend bool operator==(const row_iterator &a, const row_iterator &b) noexcept { return a.index_ == b.index_; }
  friend bool operator!=(const row_iterator &a, const row_iterator &b) noexcept { return a.index_ != b.index_; }

private:
  const Table *table_ = nullptr;
  std::size_t index_ = 0;
};

} // namespace detail
} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
