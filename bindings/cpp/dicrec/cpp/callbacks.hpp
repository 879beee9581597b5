/* SPDX-License-Identifier: MIT */
/**
 * @file callbacks.hpp
 * What a call may be given besides its arguments: who watches it, who hears its messages, where memory comes from.
 */
#ifndef DICREC_CPP_CALLBACKS_HPP
#define DICREC_CPP_CALLBACKS_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "constants.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/** Watches a call: any callable (done, total) that answers whether to go on, or nothing. */
class progress_function {
  template <class F> using answer = std::invoke_result_t<F &, std::int64_t, std::int64_t>;
  template <class F> using if_other = std::enable_if_t<!std::is_same_v<std::decay_t<F>, progress_function>>;

public:
  progress_function() noexcept = default;
  template <class F, class = if_other<F>, class = answer<F>> progress_function(F function) {
    if constexpr (std::is_void_v<answer<F>>) {
      function_ = [watch = std::move(function)](std::int64_t done, std::int64_t total) mutable {
        watch(done, total);
        return true;
      };
    } else {
      function_ = std::move(function);
    }
  }
  explicit operator bool() const noexcept { return static_cast<bool>(function_); }
  bool operator()(std::int64_t done, std::int64_t total) const { return function_(done, total); }

private:
  std::function<bool(std::int64_t, std::int64_t)> function_;
};

/**
 * Where memory comes from instead of malloc and free; both functions or neither. They do not throw, do not call the
 * library, and live, with `user`, until the last object is gone that was made with them. Threads that share objects or
 * callbacks may call them at the same time.
 */
struct allocator {
  void *(*allocate)(void *user, std::size_t size) = nullptr;
  void (*release)(void *user, void *pointer) = nullptr;
  void *user = nullptr;
};

/**
 * Functions that a call calls, all of which may be left out.
 *
 * What progress and log throw cancels the call and is thrown to its caller when the library has returned; without
 * exceptions they must not throw. They may use the library, but not wait long.
 */
struct callbacks {
  /** Called between pieces of work, by the thread that makes the call; false cancels. */
  progress_function progress{};
  /** Receives messages, one line each, valid until it returns; by worker threads too, never two at once. */
  std::function<void(log_level, std::string_view)> log{};
  allocator memory{};
};

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
