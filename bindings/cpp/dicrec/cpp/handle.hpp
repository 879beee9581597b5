/* SPDX-License-Identifier: MIT */
/**
 * @file handle.hpp
 * Owners of the library's objects.
 */
#ifndef DICREC_CPP_HANDLE_HPP
#define DICREC_CPP_HANDLE_HPP

#include <utility>

#include "constants.hpp"

namespace dicrec {
inline namespace DICREC_CPP_NAMESPACE {

/**
 * One of the owners of an immutable object. Copies are owners too, cost an atomic addition, and may be used by other
 * threads at the same time. Without an object (made without arguments, or moved from) it is empty: counts are 0, arrays
 * empty, and calls fail with status::e_argument.
 */
template <class Self, class C, C *(*Retain)(const C *), void (*Free)(C *)> class handle {
public:
  using c_type = C;

  handle() noexcept = default;
  handle(const handle &other) noexcept : pointer_(Retain(other.pointer_)), remark_(other.remark_) {}
  handle(handle &&other) noexcept
      : pointer_(std::exchange(other.pointer_, nullptr)), remark_(std::exchange(other.remark_, status::ok)) {}
  handle &operator=(handle other) noexcept {
    std::swap(pointer_, other.pointer_);
    std::swap(remark_, other.remark_);
    return *this;
  }
  ~handle() { Free(pointer_); }

  /** Take over a handle of the C interface, which may be NULL. */
  static Self adopt(C *pointer, dicrec::status remark = status::ok) noexcept {
    Self self;
    self.pointer_ = pointer;
    self.remark_ = remark;
    return self;
  }
  /** One more owner of what the C interface has lent. */
  static Self share(const C *pointer) noexcept { return adopt(Retain(pointer)); }

  /** Handle of the C interface, lent; NULL if empty. */
  const C *get() const noexcept { return pointer_; }
  explicit operator bool() const noexcept { return pointer_ != nullptr; }
  /** What was remarked when it was made; status::ok if nothing was. */
  dicrec::status remark() const noexcept { return remark_; }

private:
  C *pointer_ = nullptr;
  dicrec::status remark_ = status::ok;
};

} // namespace DICREC_CPP_NAMESPACE
} // namespace dicrec

#endif
