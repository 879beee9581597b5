/* SPDX-License-Identifier: MIT */
/**
 * @file stream.hpp
 * DICs of a neuron while it fires.
 */
#ifndef DICREC_CPP_STREAM_HPP
#define DICREC_CPP_STREAM_HPP

#include <dicrec.h>

#include <cstddef>
#include <string>
#include <utility>

#include "call.hpp"
#include "estimator.hpp"
#include "options.hpp"
#include "posterior.hpp"
#include "span.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/**
 * Spikes of one neuron, read as they come; one thread at a time. It can be moved but not copied. Unless they fail,
 * push() and posterior() take no memory, no lock, and ask nothing of the system.
 */
class stream {
public:
  using c_type = dicrec_stream;

  stream() noexcept = default;
  stream(stream &&other) noexcept : pointer_(std::exchange(other.pointer_, nullptr)) {}
  stream &operator=(stream &&other) noexcept {
    std::swap(pointer_, other.pointer_);
    return *this;
  }
  ~stream() { dicrec_stream_free(pointer_); }

  /** Make one that has seen no spike. */
  static result<stream> try_make(const estimator &network, const estimate_options &options = {},
                                 const callbacks &with = {}) {
    detail::estimate_options_view view(options);
    return detail::made<stream>(with, [&](dicrec_context *context, dicrec_stream **pointer) {
      return dicrec_stream_create(context, network.get(), view.get(), pointer);
    });
  }
  /** Take over a handle of the C interface, which may be NULL. */
  static stream adopt(dicrec_stream *pointer, status = status::ok) noexcept {
    stream self;
    self.pointer_ = pointer;
    return self;
  }

  /** Add spikes, ms, strictly increasing and after the last; all of them or, after a failure, none. */
  result<void> try_push(span<const double> times_ms) {
    const dicrec_status status = dicrec_stream_push(pointer_, times_ms.data(), times_ms.size());
    return result<void>(outcome_of_call(status, status < 0 ? error_text() : std::string()));
  }
  /**
   * What all spikes since the beginning say. It is the stream's own posterior: the next call of this function changes
   * what every copy of it says; posterior::mixture() keeps that. Remarks status::w_silent, status::w_support.
   */
  result<dicrec::posterior> try_posterior() {
    const dicrec_posterior *lent = nullptr;
    const dicrec_status status = dicrec_stream_posterior(pointer_, &lent);
    return {outcome_of_call(status, std::string()), dicrec::posterior::share(lent)};
  }

  /** Spikes since the beginning. */
  std::size_t size() const noexcept { return dicrec_stream_spike_count(pointer_); }
  bool empty() const noexcept { return size() == 0; }
  /** Forget all spikes, to begin anew. */
  void reset() noexcept { dicrec_stream_reset(pointer_); }
  /** Handle of the C interface, lent; NULL if empty. */
  dicrec_stream *get() noexcept { return pointer_; }
  explicit operator bool() const noexcept { return pointer_ != nullptr; }

#if DICREC_CPP_EXCEPTIONS
  /** As try_make(). Throws argument_error (auto_scale among others), memory_error. */
  explicit stream(const estimator &network, const estimate_options &options = {}, const callbacks &with = {})
      : stream(try_make(network, options, with).value()) {}
  /** As try_push(). Throws argument_error, which names spike and time. */
  void push(span<const double> times_ms) { try_push(times_ms).value(); }
  /** Add one spike, ms. Throws argument_error. */
  void push(double time_ms) { push(span<const double>(&time_ms, 1)); }
  /** As try_posterior(). Throws argument_error if empty. */
  dicrec::posterior posterior() { return try_posterior().value(); }
#endif

private:
  std::string error_text() const {
    return detail::text_of([&](char *text, std::size_t size) { return dicrec_stream_error(pointer_, text, size); });
  }

  dicrec_stream *pointer_ = nullptr;
};

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
