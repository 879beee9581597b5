/* SPDX-License-Identifier: MIT */
/**
 * @file span.hpp
 * Numbers that lie one after the other and belong to someone else: std::span where it is there.
 */
#ifndef DICREC_CPP_SPAN_HPP
#define DICREC_CPP_SPAN_HPP

#include <cstddef>

#include "config.hpp"

#if defined(__cpp_lib_span)
#include <span>
#else
#include <iterator>
#include <type_traits>
#include <utility>
#endif

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

#if defined(__cpp_lib_span)

template <class T> using span = std::span<T>;

#else

/** The part of C++20's std::span that is needed here. */
template <class T> class span {
  template <class R> using pointer_of = decltype(std::data(std::declval<R &>()));
  template <class R>
  using if_fitting = std::enable_if_t<std::is_convertible_v<std::remove_pointer_t<pointer_of<R>> (*)[], T (*)[]>>;

public:
  using element_type = T;
  using value_type = std::remove_cv_t<T>;
  using size_type = std::size_t;
  using iterator = T *;

  constexpr span() noexcept = default;
  constexpr span(T *first, std::size_t count) noexcept : data_(first), size_(count) {}
  template <class R, class = if_fitting<R>>
  constexpr span(R &&range) noexcept : data_(std::data(range)), size_(std::size(range)) {}

  constexpr T *data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool empty() const noexcept { return size_ == 0; }
  constexpr T &operator[](std::size_t index) const { return data_[index]; }
  constexpr T &front() const { return data_[0]; }
  constexpr T &back() const { return data_[size_ - 1]; }
  constexpr T *begin() const noexcept { return data_; }
  constexpr T *end() const noexcept { return data_ + size_; }
  constexpr span first(std::size_t count) const { return {data_, count}; }
  constexpr span subspan(std::size_t offset, std::size_t count) const { return {data_ + offset, count}; }

private:
  T *data_ = nullptr;
  std::size_t size_ = 0;
};

#endif

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
