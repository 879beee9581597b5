/* SPDX-License-Identifier: MIT */
/**
 * @file library.hpp
 * What the library says of itself.
 */
#ifndef DICREC_CPP_LIBRARY_HPP
#define DICREC_CPP_LIBRARY_HPP

#include <dicrec.h>

#include <string_view>
#include <vector>

#include "c_struct.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** Version of the library that runs, "major.minor.patch"; it may be newer than the headers. */
inline std::string_view version() noexcept { return dicrec_version(); }

/** How the library was built, in a line: compiler, BLAS, SUNDIALS, widest vector unit. */
inline std::string_view build_info() noexcept { return dicrec_build_info(); }

/** Names of the built-in models. */
inline std::vector<std::string_view> models() {
  return detail::names_of(dicrec_model_builtin_count(), dicrec_model_builtin_name);
}

/** Names of the columns of DICs: fast, slow, ultraslow, total. */
inline std::vector<std::string_view> dic_names() { return detail::names_of(dicrec_dic_count(), dicrec_dic_name); }

/** Names of the numbers that a firing pattern has. */
inline std::vector<std::string_view> pattern_names() {
  return detail::names_of(dicrec_pattern_count(), dicrec_pattern_name);
}

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
