// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/order.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/survey/scale.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

/// \file
/// What a tally shows its readings: how many answers fell on each point of the scale, how many were
/// missing and how many off the scale.

namespace cxm {

/// The counts of a tally, with the exact sums that readings need. A view.
struct tally_counts {
  std::int64_t low;                       ///< the point of `points[0]`
  better good_end;                        ///< which end of the scale is the good one
  std::span<std::uint64_t const> points;  ///< answers at low, low + 1, …
  std::uint64_t invalid;                  ///< answers off the scale
  std::uint64_t missing;                  ///< events without an answer
  /// Events without an answer that count in the denominator of a share all the same.
  std::uint64_t unanswered = 0;

  constexpr std::int64_t high() const { return low + static_cast<std::int64_t>(points.size()) - 1; }
  /// The number of valid answers.
  constexpr std::uint64_t n() const {
    std::uint64_t sum = 0;
    for (auto const count : points) sum += count;
    return sum;
  }

  /// What a share of the answers is a share of: the valid answers, and who counts without one.
  constexpr std::uint64_t denominator() const { return n() + unanswered; }

  /// The number of answers from `from` to `to`, both included.
  constexpr std::uint64_t between(std::int64_t from, std::int64_t to) const {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
      auto const point = low + static_cast<std::int64_t>(i);
      if (from <= point && point <= to) sum += points[i];
    }
    return sum;
  }
  /// The number of answers at `point` or better.
  constexpr std::uint64_t at_or_better(std::int64_t point) const {
    return good_end == better::high ? between(point, high()) : between(low, point);
  }

  /// The mean answer, rounded once.
  constexpr maybe<double> mean() const {
    if (n() == 0) return reason::no_data;
    return detail::divide_to_double(sums().sum, n());
  }
  /// The sample variance (divides by n−1), rounded once.
  constexpr maybe<double> variance() const {
    if (n() == 0) return reason::no_data;
    if (n() == 1) return reason::degenerate;
    auto const found = sums();
    return detail::sample_variance(n(), found.sum, found.squares);
  }
  /// The quantile of type 7 at `share` in [0, 1], as if all answers stood sorted in a row.
  constexpr maybe<double> quantile(double share) const {
    if (!(share >= 0.0 && share <= 1.0))
      detail::refuse("cxm::tally_counts: a quantile is asked for at a share from 0 to 1");
    if (n() == 0) return reason::no_data;
    double const rank = static_cast<double>(n() - 1) * share;
    auto const below = static_cast<std::uint64_t>(rank);
    double const lower = answer_at(below), upper = answer_at(detail::lesser(below + 1, n() - 1));
    return lower + (rank - static_cast<double>(below)) * (upper - lower);
  }

 private:
  struct exact_sums {
    int128 sum = 0;
    detail::square_sum squares;
  };
  constexpr exact_sums sums() const {
    exact_sums found;
    for (std::size_t i = 0; i < points.size(); ++i) {
      auto const point = low + static_cast<std::int64_t>(i);
      auto const answers = static_cast<std::int64_t>(points[i]);
      found.sum += detail::multiply(point, answers);
      found.squares.add(detail::square_sum(detail::wide_unsigned<2>(detail::square_of(point)) *
                                           detail::wide_unsigned<1>(points[i])));
    }
    return found;
  }
  constexpr double answer_at(std::uint64_t rank) const {
    std::size_t i = 0;
    while (rank >= points[i]) rank -= points[i++];
    return static_cast<double>(low + static_cast<std::int64_t>(i));
  }
};

}  // namespace cxm
