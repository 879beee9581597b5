/* SPDX-License-Identifier: MIT */
/**
 * @file error.hpp
 * Failures of the library as exceptions, by class of status.
 */
#ifndef DICREC_CPP_ERROR_HPP
#define DICREC_CPP_ERROR_HPP

#include "config.hpp"

#if DICREC_CPP_EXCEPTIONS

#include <stdexcept>
#include <string>
#include <string_view>

#include "constants.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** A call failed: which argument, which value and what is allowed, as what() says. */
class error : public std::runtime_error {
public:
  error(dicrec::status status, const std::string &text)
      : std::runtime_error(text + " [" + std::string(dicrec::name(status)) + "]"), status_(status) {}
  /** Why, below 0; newer libraries may answer others than those that have names here. */
  dicrec::status status() const noexcept { return status_; }
  /** Name of the status, such as "E_RANGE". */
  std::string_view name() const noexcept { return dicrec::name(status_); }

private:
  dicrec::status status_;
};

/** An argument, option, name or spike train is not acceptable. */
class argument_error : public error {
  using error::error;
};

/** The library could not get memory. What the standard library cannot get is std::bad_alloc. */
class memory_error : public error {
  using error::error;
};

/** A file cannot be read. */
class file_error : public error {
  using error::error;
};

/** Weights are malformed or do not fit. */
class weights_error : public error {
  using error::error;
};

/** A computation has no answer. */
class computation_error : public error {
  using error::error;
};

/** The progress callback cancelled the call. */
class cancelled_error : public error {
  using error::error;
};

namespace detail {

/** Throw a failure as what it is. */
[[noreturn]] inline void throw_error(dicrec::status why, const std::string &text) {
  switch (why) {
  case status::e_memory:
    throw memory_error(why, text);
  case status::e_cancelled:
    throw cancelled_error(why, text);
  case status::e_file:
    throw file_error(why, text);
  case status::e_weights:
    throw weights_error(why, text);
  case status::e_infeasible:
  case status::e_singular:
  case status::e_convergence:
  case status::e_solver:
  case status::e_unstable:
    throw computation_error(why, text);
  case status::e_argument:
  case status::e_range:
  case status::e_option:
  case status::e_name:
  case status::e_buffer:
  case status::e_mismatch:
  case status::e_spikes:
    throw argument_error(why, text);
  default:
    throw error(why, text);
  }
}

} // namespace detail
} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif

#endif
