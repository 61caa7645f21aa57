// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/fwd.hpp>

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The scale of a survey question: the whole numbers from `low` to `high`, and which end is good.
/// It is part of the type (`points<0, 10>`) or chosen at run time (`any_points{0, 10}`), and
/// decides who may merge: a tally of 0–10 is never added to one of 1–5. An answer off the scale is
/// invalid, and counted as such.

namespace cxm {

/// The question which scale the answers lie on.
struct survey_scale;

/// Which end of a scale is the good one.
enum class better : std::uint8_t { high, low };

namespace detail {

inline constexpr std::size_t most_points = 1024;

/// Where an answer belongs in counters for the points, then the invalid, then the missing answers.
/// Branch-free for whole numbers: what lies off the scale wraps to a large offset.
template <class Answer>
constexpr std::size_t point_of(Answer answer, std::int64_t low, std::size_t size) {
  if constexpr (std::is_enum_v<Answer>) {
    return point_of(static_cast<std::underlying_type_t<Answer>>(answer), low, size);
  } else if constexpr (std::integral<Answer>) {
    std::uint64_t const offset =
        static_cast<std::uint64_t>(answer) - static_cast<std::uint64_t>(low);
    bool on_scale = offset < size;
    if constexpr (std::unsigned_integral<Answer> && sizeof(Answer) == 8)
      on_scale = on_scale && std::in_range<std::int64_t>(answer);
    return on_scale ? static_cast<std::size_t>(offset) : size;
  } else {
    // Whole first, then shifted: 1e-20 + 5 is a whole number of double, and 1e-20 is no answer.
    bool const fits = answer >= Answer(-0x1p63) && answer < Answer(0x1p63);
    auto const whole = fits ? static_cast<std::int64_t>(answer) : 0;
    std::uint64_t const offset =
        static_cast<std::uint64_t>(whole) - static_cast<std::uint64_t>(low);
    return fits && static_cast<Answer>(whole) == answer && offset < size
               ? static_cast<std::size_t>(offset)
               : size;
  }
}

}  // namespace detail

/// The whole numbers from `Low` to `High`, known at compile time.
template <std::int64_t Low, std::int64_t High, better Good>
class points {
  static_assert(Low < High, "cxm::points: a scale needs at least two points, low before high");
  static_assert(static_cast<std::uint64_t>(High) - static_cast<std::uint64_t>(Low) <
                    detail::most_points,
                "cxm::points: a scale has at most 1024 points");

 public:
  using policy_kind = survey_scale;
  static constexpr std::string_view type_name = "points";

  static constexpr std::int64_t low() { return Low; }
  static constexpr std::int64_t high() { return High; }
  static constexpr better good_end() { return Good; }
  static constexpr std::size_t size() { return static_cast<std::size_t>(High - Low) + 1; }

  /// Zeroed counters for the points, the invalid and the missing answers.
  template <class Counter>
  static constexpr std::array<Counter, size() + 2> counters() {
    return {};
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("low", self.low());
    visit.policy("high", self.high());
    visit.policy("good_end", self.good_end());
  }
  friend constexpr bool operator==(points const&, points const&) { return true; }
};

/// The run-time twin of `points`; throws `std::invalid_argument` unless low < high and there are at
/// most 1024 points.
class any_points {
 public:
  using policy_kind = survey_scale;
  static constexpr std::string_view type_name = "points";

  constexpr any_points(std::int64_t low, std::int64_t high, better good_end = better::high)
      : low_(low), high_(high), good_end_(good_end) {
    if (low >= high)
      detail::refuse("cxm::any_points: a scale needs at least two points, low before high");
    if (static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) >= detail::most_points)
      detail::refuse("cxm::any_points: a scale has at most 1024 points");
  }
  constexpr std::int64_t low() const { return low_; }
  constexpr std::int64_t high() const { return high_; }
  constexpr better good_end() const { return good_end_; }
  constexpr std::size_t size() const { return static_cast<std::size_t>(high_ - low_) + 1; }

  template <class Counter>
  constexpr std::vector<Counter> counters() const {
    return std::vector<Counter>(size() + 2);
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("low", self.low());
    visit.policy("high", self.high());
    visit.policy("good_end", self.good_end());
  }
  friend constexpr bool operator==(any_points const&, any_points const&) = default;

 private:
  std::int64_t low_;
  std::int64_t high_;
  better good_end_;
};

/// A scale: `low`, `high`, `good_end`, `size`, and counters for its points.
template <class Type>
concept scale = requires(Type const& scale) {
  { scale.low() } -> std::same_as<std::int64_t>;
  { scale.high() } -> std::same_as<std::int64_t>;
  { scale.good_end() } -> std::same_as<better>;
  { scale.size() } -> std::same_as<std::size_t>;
  scale.template counters<std::uint64_t>();
};

}  // namespace cxm
