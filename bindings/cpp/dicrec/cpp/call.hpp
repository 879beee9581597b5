/* SPDX-License-Identifier: MIT */
/**
 * @file call.hpp
 * Calls that need a context: each has one of its own, so that any thread may call.
 */
#ifndef DICREC_CPP_CALL_HPP
#define DICREC_CPP_CALL_HPP

#include <dicrec.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "c_struct.hpp"
#include "callbacks.hpp"
#include "result.hpp"
#if DICREC_CPP_EXCEPTIONS
#include <atomic>
#include <exception>
#endif

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {
namespace detail {

/** Receives the callbacks of one call and keeps the first exception that they throw: none may pass through C. */
class watch {
public:
  explicit watch(const callbacks &functions) noexcept : functions_(functions) {}

  /** Options of the call's context, which point to this object. */
  dicrec_context_options options() noexcept {
    auto options = initialised<dicrec_context_options>(dicrec_context_options_init);
    options.allocate = functions_.memory.allocate;
    options.release = functions_.memory.release;
    options.allocator_user = functions_.memory.user;
    options.log = functions_.log ? log : nullptr;
    options.log_user = this;
    options.progress = functions_.progress || functions_.log ? progress : nullptr; // an exception in log cancels, too
    options.progress_user = this;
    return options;
  }

#if DICREC_CPP_EXCEPTIONS
  void rethrow() {
    if (exception_) std::rethrow_exception(std::exchange(exception_, nullptr));
  }

private:
  template <class F> void guarded(const F &function) noexcept {
    try {
      function();
    } catch (...) {
      // log may be at it on a worker thread while progress is on the caller's: the first wins
      if (!failed_.exchange(true)) exception_ = std::current_exception();
    }
  }
  bool failed() const noexcept { return failed_.load(); }

  std::atomic<bool> failed_{false};
  std::exception_ptr exception_;
#else
  void rethrow() {}

private:
  template <class F> void guarded(const F &function) { function(); }
  bool failed() const noexcept { return false; }
#endif

  static void log(void *user, std::int32_t level, const char *message) {
    auto &self = *static_cast<watch *>(user);
    self.guarded([&] { self.functions_.log(static_cast<log_level>(level), message); });
  }

  static std::int32_t progress(void *user, std::int64_t done, std::int64_t total) {
    auto &self = *static_cast<watch *>(user);
    bool go_on = true;
    if (self.functions_.progress && !self.failed())
      self.guarded([&] { go_on = self.functions_.progress(done, total); });
    return go_on && !self.failed() ? 0 : 1;
  }

  const callbacks &functions_;
};

/** What `function(context)` answers, with its text; what a callback has thrown is thrown again. */
template <class F> outcome_of_call in_context(const callbacks &with, const F &function) {
  watch seen(with);
  const dicrec_context_options options = seen.options();
  dicrec_context *raw = nullptr;
  const dicrec_status created = dicrec_context_create(&options, &raw);
  if (created < 0)
    return {created,
            text_of([&](char *text, std::size_t size) { return dicrec_context_options_error(&options, text, size); })};
  const std::unique_ptr<dicrec_context, void (*)(dicrec_context *)> context(raw, dicrec_context_free);
  const dicrec_status status = function(context.get());
  seen.rethrow();
  if (status == DICREC_OK) return {status, std::string()};
  return {status,
          text_of([&](char *text, std::size_t size) { return dicrec_context_error(context.get(), text, size); })};
}

/** The object that `function(context, &pointer)` makes; one that a callback's exception came with is freed. */
template <class Handle, class F> result<Handle> made(const callbacks &with, const F &function) {
  Handle object;
  outcome_of_call outcome = in_context(with, [&](dicrec_context *context) {
    typename Handle::c_type *pointer = nullptr;
    const dicrec_status status = function(context, &pointer);
    object = Handle::adopt(pointer, static_cast<dicrec::status>(status > 0 ? status : 0));
    return status;
  });
  return result<Handle>(std::move(outcome), std::move(object));
}

/** A value that `fill(context, value)` writes. */
template <class T, class F> result<T> filled_in_context(T value, const callbacks &with, const F &fill) {
  outcome_of_call outcome = in_context(with, [&](dicrec_context *context) { return fill(context, value); });
  return result<T>(std::move(outcome), std::move(value));
}

} // namespace detail
} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
