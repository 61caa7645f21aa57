// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// `maybe<T>`: a result that has a value, or the reason why it has none. No data is not zero: a
/// score over no answers, a deviation of one value or a table below its minimum n has no number,
/// and says so.

namespace cxm {

/// Why a result has no value.
enum class reason : std::uint8_t {
  no_data,         ///< nothing was counted
  below_min_n,     ///< fewer than the asked minimum
  degenerate,      ///< the data don't determine it, as a deviation of one value or a share of zero
  not_identified,  ///< several answers fit equally well
  not_converged,   ///< an iteration stopped before it agreed with itself
  suppressed,      ///< withheld to protect the people counted
  overflow,        ///< outside the range of its type
  bad_state        ///< bytes that are not the state they should be
};

/// The name of a reason, as JSON and tables print it.
constexpr std::string_view name(reason why) {
  constexpr std::string_view names[] = {"no_data",        "below_min_n",   "degenerate",
                                        "not_identified", "not_converged", "suppressed",
                                        "overflow",       "bad_state"};
  return names[static_cast<std::size_t>(why)];
}

/// Thrown when the value of an empty `maybe` is read.
class no_value : public std::logic_error {
 public:
  explicit no_value(reason why)
      : std::logic_error("cxm::maybe: there is no value, because of " + std::string(name(why))),
        why_(why) {}

  reason why() const noexcept { return why_; }

 private:
  reason why_;
};

/// A value, or the reason why there is none.
template <class Value>
class maybe {
 public:
  using value_type = Value;

  constexpr maybe(reason why) : why_(why) {}
  constexpr maybe(Value value) : value_(std::move(value)) {}

  constexpr bool has_value() const noexcept { return value_.has_value(); }
  constexpr explicit operator bool() const noexcept { return has_value(); }

  /// Throws `no_value` when there is none: an unchecked result must not become a number.
  constexpr Value const& value() const& {
    if (!value_) throw no_value(why_);
    return *value_;
  }
  constexpr Value&& value() && {
    if (!value_) throw no_value(why_);
    return std::move(*value_);
  }
  constexpr Value const& operator*() const& { return value(); }
  constexpr Value&& operator*() && { return std::move(*this).value(); }
  constexpr Value const* operator->() const { return &value(); }
  constexpr Value value_or(Value fallback) const { return value_ ? *value_ : std::move(fallback); }

  /// The reason; meaningful only when there is no value.
  constexpr reason why() const noexcept { return why_; }

  /// `function` of the value, or the same reason.
  template <class Function>
  constexpr auto transform(Function&& function) const
      -> maybe<std::decay_t<decltype(function(std::declval<Value const&>()))>> {
    if (!value_) return why_;
    return function(*value_);
  }

  friend constexpr bool operator==(maybe const& a, maybe const& b) {
    return a.value_ == b.value_ && (a.has_value() || a.why_ == b.why_);
  }

 private:
  std::optional<Value> value_;
  reason why_ = reason::no_data;
};

}  // namespace cxm
