/* SPDX-License-Identifier: MIT */
/**
 * @file result.hpp
 * What functions whose names begin with try_ answer: a value, maybe with a remark, or why there is none.
 */
#ifndef DICREC_CPP_RESULT_HPP
#define DICREC_CPP_RESULT_HPP

#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "constants.hpp"
#include "error.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** How a call ended. */
class outcome_of_call {
public:
  outcome_of_call(dicrec_status status, std::string text)
      : status_(static_cast<dicrec::status>(status)), text_(std::move(text)) {}

  /** Whether it was done, with or without a remark. */
  bool has_value() const noexcept { return status_ >= status::ok; }
  explicit operator bool() const noexcept { return has_value(); }
  /** 0: done; above: done, with a remark; below: failed. */
  dicrec::status status() const noexcept { return status_; }
  /** The remark, or status::ok if there is none; also for failures. */
  dicrec::status remark() const noexcept { return status_ > status::ok ? status_ : status::ok; }
  /** Name of the status, such as "E_RANGE". */
  std::string_view name() const noexcept { return dicrec::name(status_); }
  /** What failed or is remarked: which argument, which value, what is allowed. */
  std::string text() const { return text_.empty() ? std::string(dicrec::text(status_)) : text_; }

protected:
  /** Throw if it failed; without exceptions end the program. */
  void require() const {
    if (has_value()) return;
#if DICREC_CPP_EXCEPTIONS
    detail::throw_error(status_, text());
#else
    std::abort();
#endif
  }

private:
  dicrec::status status_;
  std::string text_;
};

/** A value, maybe with a remark, or a failure. */
template <class T> class [[nodiscard]] result : public outcome_of_call {
public:
  /** What a call with this status has made; nothing if that is below 0. */
  result(outcome_of_call outcome, T value) : outcome_of_call(std::move(outcome)) {
    if (has_value()) value_.emplace(std::move(value));
  }
  /** A failure. */
  explicit result(outcome_of_call failure) : outcome_of_call(std::move(failure)) {}

  /** The value; a failure is thrown as dicrec::error, and ends the program where there are no exceptions. */
  T &value() & {
    require();
    return *value_;
  }
  const T &value() const & {
    require();
    return *value_;
  }
  T value() && {
    require();
    return std::move(*value_);
  }
  /** The value, not checked to be there. */
  T &operator*() noexcept { return *value_; }
  const T &operator*() const noexcept { return *value_; }
  T *operator->() noexcept { return &*value_; }
  const T *operator->() const noexcept { return &*value_; }

private:
  std::optional<T> value_;
};

/** Whether a call was done. */
template <> class [[nodiscard]] result<void> : public outcome_of_call {
public:
  explicit result(outcome_of_call outcome) : outcome_of_call(std::move(outcome)) {}
  /** Throws a failure as dicrec::error; ends the program where there are no exceptions. */
  void value() const { require(); }
};

namespace detail {

/** A failure that is found here, before the library is asked. */
template <class T> result<T> refused(std::string text) {
  return result<T>(outcome_of_call(DICREC_E_ARGUMENT, std::move(text)));
}

/** A value that `fill(value)` writes, answering a status. */
template <class T, class Fill> result<T> filled(T value, const Fill &fill) {
  const dicrec_status status = fill(value);
  return result<T>(outcome_of_call(status, std::string()), std::move(value));
}

} // namespace detail
} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
