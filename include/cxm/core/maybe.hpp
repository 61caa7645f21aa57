// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// A result that may be absent for a stated reason. No data is neither 0 nor NaN.
#include <cstdint>
#include <optional>
#include <utility>

namespace cxm {
/// Why a result has no value.
enum class reason : std::uint8_t {
  no_data,
  below_min_n,
  degenerate,
  not_identified,
  not_converged,
  suppressed,
  overflow,
  bad_state
};

/// A value, or the reason why there is none.
template <class Value>
class maybe {
 public:
  constexpr maybe(Value value) : value_(std::move(value)) {}
  constexpr maybe(reason why) : why_(why) {}
  constexpr bool has_value() const noexcept { return value_.has_value(); }
  constexpr explicit operator bool() const noexcept { return has_value(); }
  constexpr Value const& operator*() const { return *value_; }
  constexpr Value const* operator->() const { return &*value_; }
  constexpr reason why() const noexcept { return why_; }

 private:
  std::optional<Value> value_;
  reason why_ = reason::no_data;
};
}  // namespace cxm
