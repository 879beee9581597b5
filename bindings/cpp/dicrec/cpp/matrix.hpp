/* SPDX-License-Identifier: MIT */
/**
 * @file matrix.hpp
 * Tables of numbers that calls answer: rows of one length, and trains of any length.
 */
#ifndef DICREC_CPP_MATRIX_HPP
#define DICREC_CPP_MATRIX_HPP

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "config.hpp"
#include "rows.hpp"
#include "span.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** Numbers in rows, one row after the other. `table[i]` is a row, `table(i, j)` a number; a range of rows. */
class matrix {
public:
  using iterator = detail::row_iterator<matrix>;

  matrix() noexcept = default;
  /** Zeros. */
  matrix(std::size_t n_rows, std::size_t n_columns)
      : values_(n_rows * n_columns), n_rows_(n_rows), n_columns_(n_columns) {}
  /** Numbers as they are; those that do not fill a row are left out. */
  matrix(std::vector<double> values, std::size_t n_columns)
      : values_(std::move(values)), n_rows_(n_columns == 0 ? 0 : values_.size() / n_columns), n_columns_(n_columns) {
    values_.resize(n_rows_ * n_columns_);
  }

  std::size_t rows() const noexcept { return n_rows_; }
  std::size_t columns() const noexcept { return n_columns_; }
  /** Rows, as of every range. */
  std::size_t size() const noexcept { return n_rows_; }

  /** A row, which lives as long as the matrix and is not checked to be there. */
  span<const double> operator[](std::size_t row) const { return {values_.data() + row * n_columns_, n_columns_}; }
  span<double> operator[](std::size_t row) { return {values_.data() + row * n_columns_, n_columns_}; }
  double operator()(std::size_t row, std::size_t column) const { return values_[row * n_columns_ + column]; }
  double &operator()(std::size_t row, std::size_t column) { return values_[row * n_columns_ + column]; }

  iterator begin() const noexcept { return {this, 0}; }
  iterator end() const noexcept { return {this, n_rows_}; }

  double *data() noexcept { return values_.data(); }
  const double *data() const noexcept { return values_.data(); }
  /** All numbers, row by row. */
  const std::vector<double> &values() const noexcept { return values_; }

private:
  std::vector<double> values_;
  std::size_t n_rows_ = 0;
  std::size_t n_columns_ = 0;
};

/** Spike times of many members, ms: `trains[i]` are those of a member; a range of trains. */
class spike_trains {
public:
  using iterator = detail::row_iterator<spike_trains>;

  spike_trains() noexcept = default;
  spike_trains(std::vector<std::uint64_t> offsets, std::vector<double> times_ms)
      : offsets_(std::move(offsets)), times_(std::move(times_ms)) {}

  std::size_t size() const noexcept { return offsets_.empty() ? 0 : offsets_.size() - 1; }
  /** Times of a member, ms, which live as long as this object; not checked to be there. */
  span<const double> operator[](std::size_t member) const {
    const auto first = static_cast<std::size_t>(offsets_[member]);
    return {times_.data() + first, static_cast<std::size_t>(offsets_[member + 1]) - first};
  }
  iterator begin() const noexcept { return {this, 0}; }
  iterator end() const noexcept { return {this, size()}; }
  /** The times of all members, one member after the other, ms. */
  const std::vector<double> &times() const noexcept { return times_; }

private:
  std::vector<std::uint64_t> offsets_;
  std::vector<double> times_;
};

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
