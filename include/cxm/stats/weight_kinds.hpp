// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What a weight is. The kinds differ in what they leave out and in the error they give, so user
/// code names them:
///
///     on(&answer::recommend, nps())                          // people: each counts 1
///     weighted(&row::people, on(…), frequency_weights{})     // a row is so many people
///     weighted(&answer::design_weight, on(…))                // an answer stands for so many
///     weighted(&answer::revenue, on(…), value_weights{})     // euros vote
///
/// A row of frequency 3 is three answers: n is the sum of the frequencies, and the score is a plain
/// one. An answer that weighs 3 is one answer, and the error knows that.

#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/stats/weight.hpp>

#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <type_traits>

namespace cxm {

/// The question what weights are.
struct weight_kind;

/// What became of the weights that were read.
struct weights_seen {
  std::uint64_t rejected = 0;  ///< no weight: missing, negative, not finite, beyond 9.2e9
  std::uint64_t excluded = 0;  ///< values of 0 or less, and rows of frequency 0
  std::uint64_t capped = 0;    ///< values above the cap, which counted with the cap

  constexpr void merge(weights_seen const& other) {
    detail::require_fit(detail::counts_fit(rejected, other.rejected) &&
                        detail::counts_fit(excluded, other.excluded) &&
                        detail::counts_fit(capped, other.capped));
    rejected += other.rejected;
    excluded += other.excluded;
    capped += other.capped;
  }
  constexpr void remove(weights_seen const& other) {
    detail::uncount(rejected, other.rejected);
    detail::uncount(excluded, other.excluded);
    detail::uncount(capped, other.capped);
  }
  friend constexpr bool operator==(weights_seen const&, weights_seen const&) = default;
};

/// How many of the population an answer stands for: the inverse of its chance to be drawn or to
/// answer, post-stratified and raked weights. An answer of weight 0 counts as unweighed.
struct probability_weights {
  using policy_kind = weight_kind;
  static constexpr bool leaves_out = false;

  template <class Value>
  constexpr std::optional<weight> read(Value const& value, weights_seen& seen) const {
    auto const found = weight_from(value);
    if (!found) ++seen.rejected;
    return found;
  }
  static constexpr void describe_policy(auto&) {}  // the bytes of before there were kinds
  friend constexpr bool operator==(probability_weights, probability_weights) = default;
};

/// What a customer is worth: revenue, margin, lifetime value. Customers of no value have no vote:
/// values of 0 and less are excluded and counted. With a cap, at best the 99th percentile
/// (`value_cap`), a few giants do not speak for all; the cap decides who may merge.
class value_weights {
 public:
  using policy_kind = weight_kind;
  static constexpr bool leaves_out = true;

  constexpr value_weights() = default;
  /// Throws `std::invalid_argument` for a cap that is no value from a billionth to 9.2e9.
  constexpr explicit value_weights(double cap) : cap_(weight_from(cap)) {
    if (!cap_ || cap_->units == 0)
      detail::refuse("cxm::value_weights: the cap must be a value above 0 and below 9.2e9");
  }
  /// The most that a customer counts.
  constexpr std::optional<double> cap() const {
    if (!cap_) return std::nullopt;
    return cap_->value();
  }
  template <class Value>
  constexpr std::optional<weight> read(Value const& value, weights_seen& seen) const {
    if constexpr (detail::is_optional<Value>) {
      if (value) return read(*value, seen);
      ++seen.rejected;
      return std::nullopt;
    } else {
      auto found = weight_from(value);
      if (is_worthless(value) || (found && found->units == 0)) {
        ++seen.excluded;
        return std::nullopt;
      }
      if (cap_ && is_above(value, found)) {
        ++seen.capped;
        return cap_;
      }
      if (!found) ++seen.rejected;
      return found;
    }
  }
  constexpr void describe_policy(auto& visit) const {
    visit.policy("kind", std::uint64_t{1});
    visit.policy("cap", cap_ ? std::optional(cap_->units) : std::optional<std::int64_t>());
  }
  friend constexpr bool operator==(value_weights const& a, value_weights const& b) {
    return a.cap() == b.cap();
  }

 private:
  template <class Value>
  static constexpr bool is_worthless(Value const& value) {
    if constexpr (std::floating_point<Value>)
      return value <= 0 && value >= std::numeric_limits<Value>::lowest();
    else
      return value <= Value{};
  }
  /// A finite value beyond 9.2e9 is above every cap.
  template <class Value>
  constexpr bool is_above(Value const& value, std::optional<weight> const& found) const {
    if (found) return found->units > cap_->units;
    if constexpr (std::floating_point<Value>)
      return value > 0 && value <= std::numeric_limits<Value>::max();
    else
      return true;
  }
  std::optional<weight> cap_;
};

/// How many events alike a row stands for: a whole number. What is fractional is rejected, rows of
/// frequency 0 are excluded and counted. O(1) a row, whatever the frequency.
struct frequency_weights {
  using policy_kind = weight_kind;
  static constexpr bool leaves_out = true;

  template <class Value>
  constexpr std::optional<copies> read(Value const& value, weights_seen& seen) const {
    auto const found = weight_from(value);
    if (!found || found->units % weight::one != 0 || !is_whole(value, *found)) {
      ++seen.rejected;
      return std::nullopt;
    }
    if (found->units == 0) {
      ++seen.excluded;
      return std::nullopt;
    }
    return copies{static_cast<std::uint64_t>(found->units / weight::one)};
  }
  static constexpr void describe_policy(auto& visit) { visit.policy("kind", std::uint64_t{2}); }
  friend constexpr bool operator==(frequency_weights, frequency_weights) = default;

 private:
  /// 3 + 1e-12 rounds to three billion billionths, but is no frequency.
  template <class Value>
  static constexpr bool is_whole(Value const& value, weight const& found) {
    if constexpr (detail::is_optional<Value>)
      return is_whole(*value, found);
    else if constexpr (std::floating_point<Value>)
      return static_cast<Value>(found.units / weight::one) == value;
    else
      return true;
  }
};

}  // namespace cxm
