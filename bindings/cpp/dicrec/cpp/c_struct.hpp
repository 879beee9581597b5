/* SPDX-License-Identifier: MIT */
/**
 * @file c_struct.hpp
 * Structs, arrays and texts of the C interface, as the headers that are made of it need them.
 */
#ifndef DICREC_CPP_C_STRUCT_HPP
#define DICREC_CPP_C_STRUCT_HPP

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "config.hpp"
#include "matrix.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {
namespace detail {

/** A struct of options with its defaults. */
template <class C> C initialised(void (*init)(C *, std::size_t)) noexcept {
  C options;
  init(&options, sizeof options);
  return options;
}

/** A struct that is to be filled, which says how much of it there is. */
template <class C> C sized() noexcept {
  C record{};
  record.struct_size = sizeof record;
  return record;
}

template <class T> std::size_t count_of(const std::vector<T> &values) noexcept { return values.size(); }
inline std::size_t count_of(const matrix &values) noexcept { return values.rows(); }

/** The first number, or NULL without any. Calls write there only if the array was made for that. */
template <class T> T *data_of(const std::vector<T> &values) noexcept {
  return values.empty() ? nullptr : const_cast<T *>(values.data());
}
template <class T, std::size_t N> T *data_of(const std::vector<std::array<T, N>> &rows) noexcept {
  return rows.empty() ? nullptr : const_cast<T *>(rows.front().data());
}
inline double *data_of(const matrix &values) noexcept {
  return values.size() == 0 ? nullptr : const_cast<double *>(values.data());
}

/** A static text, or that of an object which lives as long as the caller needs it; NULL is empty. */
inline std::string_view view(const char *text) noexcept { return text ? std::string_view(text) : std::string_view(); }

/** What a function of the library copies into a buffer: `copy(text, size)` answers the whole length. */
template <class Copy> std::string text_of(const Copy &copy) {
  std::string text(copy(static_cast<char *>(nullptr), std::size_t{0}), '\0');
  if (!text.empty()) copy(text.data(), text.size() + 1);
  return text;
}

/** The names of n things, from their indices. */
template <class Name> std::vector<std::string_view> names_of(std::size_t n, const Name &name) {
  std::vector<std::string_view> names(n);
  for (std::size_t i = 0; i < n; ++i) names[i] = view(name(i));
  return names;
}

} // namespace detail
} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
