// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/survey/score.hpp>

#include <cstdint>
#include <optional>
#include <type_traits>

/// \file
/// What is neutral, and what a mean valence says.

namespace cxm {

/// The question how far from 0 a valence is still neutral.
struct neutral_band;

/// A valence from −width to width is neutral, both included; from 0 to below 1. State: it decides
/// who may merge. Default 0.2.
class neutral_within {
 public:
  using policy_kind = neutral_band;

  constexpr explicit neutral_within(double width) : width_(width) {
    if (!(width >= 0 && width < 1))
      detail::refuse("cxm::neutral_within: from 0 to below 1, as in neutral_within{0.2}");
  }
  constexpr double width() const { return width_; }

 private:
  double width_;
};

/// The mean valence, from −1 to 1, with its spread and its classes.
struct valence_score : score {
  maybe<double> deviation = reason::no_data;  ///< sample standard deviation (divides by n−1)
  std::uint64_t negative = 0;
  std::uint64_t neutral = 0;
  std::uint64_t positive = 0;
  maybe<double> negative_share = reason::no_data;  ///< from 0 to 1
  maybe<double> net = reason::no_data;             ///< positive less negative share, in points
  std::optional<cxm::interval> shown_on = cxm::interval{-1, 1};  ///< from the worst to the best
};

namespace detail {

enum class valence_kind : std::uint8_t { missing, invalid, negative, neutral, positive };

/// A valence in billionths.
struct seen_valence {
  valence_kind kind = valence_kind::missing;
  std::int64_t units = 0;
};

/// Reads a number or an optional of one.
template <class In>
constexpr seen_valence valence_in(In const& in, double neutral) {
  static_assert(std::is_arithmetic_v<answered_t<In>> && !std::is_same_v<answered_t<In>, bool>,
                "cxm::sentiment: a valence is a number, or std::optional of one");
  seen_valence found;
  if_answered(
      in,
      [&](auto const& given) {
        auto const value = static_cast<double>(given);
        found.kind = valence_kind::invalid;
        if (!(value >= -1 && value <= 1)) return;
        auto const units = weight_from(value < 0 ? -value : value)->units;
        found.units = value < 0 ? -units : units;
        found.kind = value < -neutral  ? valence_kind::negative
                     : value > neutral ? valence_kind::positive
                                       : valence_kind::neutral;
      },
      [] {});
  return found;
}

}  // namespace detail
}  // namespace cxm
