// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The nine definitions of a sample quantile that are in use, by their numbers in R: which two
/// values stand around it, and how much of the upper one it takes. 7 is the default of R, NumPy and
/// cxm; 1 is the inverse of the distribution function, always a value of the data; 6 that of SPSS
/// and Minitab; 2 averages as SAS does; 8 is the one that its authors recommend.
/// Source: Hyndman & Fan, The American Statistician 50 (1996).

#include <cxm/core/error.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace cxm {

/// The question how a quantile between two values is defined.
struct quantile_definition;

/// The type of a quantile, 1 to 9; others are refused.
class hyndman_fan {
 public:
  using policy_kind = quantile_definition;

  constexpr hyndman_fan() noexcept = default;
  constexpr explicit hyndman_fan(int type) : type_(type) {
    if (type < 1 || type > 9)
      detail::refuse("cxm::hyndman_fan: the types of quantiles are numbered from 1 to 9");
  }
  constexpr int type() const noexcept { return type_; }

 private:
  int type_ = 7;
};

namespace detail {

/// `1 - part` of the value at `below` (from 0, in ascending order) and `part` of that at `above`.
struct quantile_place {
  std::size_t below;
  std::size_t above;
  double part;
};

/// How much of the value after rank `whole` a quantile at `rank` takes; ranks that differ by a
/// rounding error count as equal.
inline double part_above(int type, double rank, double whole) noexcept {
  double const rest = rank - whole;
  bool const between = rest > 4 * 0x1p-52;
  if (type == 1) return between ? 1 : 0;
  if (type == 2) return between ? 1 : 0.5;
  if (type == 3) return between || std::fmod(whole, 2) != 0 ? 1 : 0;
  return std::abs(rest) <= 4 * 0x1p-52 ? 0 : rest;
}

/// The place of the quantile at `share` among `n` values, n above 0.
inline quantile_place place_of_quantile(std::size_t n, double share, hyndman_fan kind) noexcept {
  constexpr double first[] = {0, 0, -0.5, 0, 0.5, 0, 1, 1.0 / 3, 3.0 / 8};
  constexpr double both[] = {1, 1, 1, 1, 1, 0, 2, 2.0 / 3, 3.0 / 4};  // n + 1 less this many steps
  auto const at = static_cast<std::size_t>(kind.type() - 1);
  double const count = static_cast<double>(n);
  double const rank = first[at] + share * (count + 1 - both[at]);  // from 1 to n
  double const whole = std::floor(rank + 4 * 0x1p-52);
  auto const place = [&](double of) {
    return static_cast<std::size_t>(std::clamp(of, 1.0, count)) - 1;
  };
  return {place(whole), place(whole + 1), part_above(kind.type(), rank, whole)};
}

}  // namespace detail
}  // namespace cxm
