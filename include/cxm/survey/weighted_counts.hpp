// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What a weighted tally shows its readings: the counts, and for every point of the scale the sum
/// of the weights and of their squares, in billionths. From these `moments_of` makes the three
/// numbers of any weighted score: its mean, the variance of the weighted answers, and the n of
/// equal weights that would know the mean as well. Sources: Kish, Survey Sampling (1965); Särndal,
/// Swensson & Wretman, Model Assisted Survey Sampling (1992).

#include <cxm/core/detail/order.hpp>
#include <cxm/core/int128.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/wide.hpp>
#include <cxm/survey/tally_counts.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace cxm {

/// The counts of a weighted tally. A view. It is no `tally_counts`, so that a reading which knows
/// nothing of weights is refused and not silently given unweighted answers.
struct weighted_counts {
  tally_counts answers;             ///< answers with a weight above 0, and those that are none
  std::span<int128 const> weights;  ///< Σw by point, in billionths
  std::span<detail::square_sum const> squares;  ///< Σw² by point, in billionths squared
  std::uint64_t unweighed;       ///< valid answers of weight 0, which count nowhere else
  int128 unanswered_weight = 0;  ///< Σw of those that count in the denominator without an answer
  detail::square_sum unanswered_square{};

  std::uint64_t n() const { return answers.n(); }

  /// Σw.
  double total_weight() const { return detail::to_double(weight_units()) / 1e9; }
  /// Σw².
  double total_square() const { return detail::to_double(square_units()) / 1e18; }
  /// Kish's n, (Σw)²/Σw²: the answers that are left when weights have nothing to do with what is
  /// answered.
  maybe<double> effective_n() const {
    if (n() == 0) return reason::no_data;
    auto const total = weight_units();
    return detail::ratio_to_double(total * total, square_units());
  }

  detail::wide_unsigned<2> weight_units() const {
    detail::wide_unsigned<2> sum;
    for (auto const& weight : weights) sum += detail::wide_unsigned<2>(magnitude_of(weight));
    return sum;
  }
  detail::square_sum square_units() const {
    detail::square_sum sum;
    for (auto const& square : squares) sum += square;
    return sum;
  }
};

/// The moments of values that answers stand for.
struct weighted_moments {
  double mean;
  double variance;  ///< Σw(x − mean)²/Σw, the variance of one answer
  /// Design n: the variance over that of the mean, n/(n−1) · Σw²(x − mean)²/(Σw)². Kish's n where
  /// that is undefined, as for answers that are all alike; never above n. With equal weights it is
  /// n − 1.
  double design_n;
  /// Of the variance of the mean, where it has fewer than infinity: clusters − 1.
  double degrees_of_freedom = std::numeric_limits<double>::infinity();
};

namespace detail {

/// Σw, Σwx and Σwx² of values shifted to 0 and above, exactly.
struct weighted_sums {
  wide_unsigned<2> weight;
  wide_unsigned<3> first;
  wide_unsigned<4> second;
};

template <class Shifted>
weighted_sums sums_of(weighted_counts const& counts, Shifted const& shifted) {
  weighted_sums sums{counts.weight_units(), {}, {}};
  for (std::size_t i = 0; i < counts.weights.size(); ++i) {
    wide_unsigned<1> const value(shifted(i));
    auto const part = wide_unsigned<2>(magnitude_of(counts.weights[i])) * value;
    sums.first += part;
    sums.second += part * value;
  }
  return sums;
}
/// Σw Σwx² − (Σwx)², which is 0 for answers that are all alike and never below.
inline wide_unsigned<6> spread_of(weighted_sums const& sums) {
  return sums.second * sums.weight - sums.first * sums.first;
}

/// The values that points of the scale stand for, shifted so that the least of them is 0.
template <class ValueOf>
class shifted_values {
 public:
  shifted_values(tally_counts const& answers, ValueOf const& value_of)
      : low_(answers.low), value_of_(value_of), lowest_(value_of(low_)) {
    for (std::size_t i = 1; i < answers.points.size(); ++i)
      lowest_ =
          detail::lesser<std::int64_t>(lowest_, value_of_(low_ + static_cast<std::int64_t>(i)));
  }
  std::uint64_t operator()(std::size_t i) const {
    auto const value = value_of_(low_ + static_cast<std::int64_t>(i));
    return static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(lowest_);
  }
  std::int64_t lowest() const { return lowest_; }

 private:
  std::int64_t low_;
  ValueOf const& value_of_;
  std::int64_t lowest_;
};

/// `sum / weight + lowest`, rounded once.
inline double shifted_mean(weighted_sums const& sums, std::int64_t lowest) {
  wide_unsigned<4> const sum(sums.first);
  wide_unsigned<1> const size(magnitude_of(int128(lowest)).low);
  wide_unsigned<4> const shift(sums.weight * size);
  if (lowest >= 0) return ratio_to_double(sum + shift, sums.weight);
  if (sum >= shift) return ratio_to_double(sum - shift, sums.weight);
  return -ratio_to_double(shift - sum, sums.weight);
}

/// (n−1) · variance · (Σw)⁴ over n · Σ w² (x Σw − Σwx)²: what exact integers leave of variance over
/// variance of mean.
template <class Shifted>
double design_n_of(weighted_counts const& counts, weighted_sums const& sums,
                   wide_unsigned<6> const& spread, Shifted const& shifted) {
  wide_unsigned<9> error;
  for (std::size_t i = 0; i < counts.weights.size(); ++i) {
    wide_unsigned<3> const reached(sums.weight * wide_unsigned<1>(shifted(i)));
    auto const distance = reached < sums.first ? sums.first - reached : reached - sums.first;
    error += wide_unsigned<9>(counts.squares[i] * (distance * distance));
  }
  auto const n = counts.n();
  auto const kept = spread * (sums.weight * sums.weight) * wide_unsigned<1>(n - 1);
  if (n < 2 || kept.is_zero() || error.is_zero()) return *counts.effective_n();
  return detail::lesser(ratio_to_double(kept, error * wide_unsigned<1>(n)), static_cast<double>(n));
}

}  // namespace detail

/// The weighted moments of `value_of(point)`, a whole number for each point of the scale; between
/// the least and the largest must lie less than 2^32. Exact until each is rounded once; needs an
/// answer. O(points).
template <class ValueOf>
weighted_moments moments_of(weighted_counts const& counts, ValueOf const& value_of) {
  detail::shifted_values<ValueOf> const shifted(counts.answers, value_of);
  auto const sums = detail::sums_of(counts, shifted);
  auto const spread = detail::spread_of(sums);
  return {detail::shifted_mean(sums, shifted.lowest()),
          detail::ratio_to_double(spread, sums.weight * sums.weight),
          detail::design_n_of(counts, sums, spread, shifted)};
}

namespace detail {

/// Weighted counts whose last point, one above the scale, holds those who count in the denominator
/// without an answer: what a weighted share is a share of.
class weighted_base {
 public:
  weighted_base(weighted_counts const& counts) : counts_(counts) {
    if (counts.answers.unanswered == 0) return;
    counts_.answers.unanswered = 0;
    points_.assign(counts.answers.points.begin(), counts.answers.points.end());
    points_.push_back(counts.answers.unanswered);
    weights_.assign(counts.weights.begin(), counts.weights.end());
    weights_.push_back(counts.unanswered_weight);
    squares_.assign(counts.squares.begin(), counts.squares.end());
    squares_.push_back(counts.unanswered_square);
    counts_.answers.points = points_;
    counts_.weights = weights_;
    counts_.squares = squares_;
  }
  weighted_base(weighted_base const&) = delete;
  weighted_base(weighted_base&&) = default;  // a vector that moves stays where it is
  weighted_base& operator=(weighted_base const&) = delete;
  weighted_base& operator=(weighted_base&&) = default;

  weighted_counts const& counts() const { return counts_; }
  maybe<double> effective_n() const { return counts_.effective_n(); }
  better good_end() const { return counts_.answers.good_end; }
  /// The moments of `value_of(point)`, and of `without` for those without an answer.
  template <class ValueOf>
  weighted_moments moments(ValueOf const& value_of, std::int64_t without = 0) const {
    auto const high = counts_.answers.high() - (points_.empty() ? 0 : 1);
    return moments_of(counts_, [&](std::int64_t point) -> std::int64_t {
      return point > high ? without : value_of(point);
    });
  }

 private:
  std::vector<std::uint64_t> points_;
  std::vector<int128> weights_;
  std::vector<square_sum> squares_;
  weighted_counts counts_;
};

}  // namespace detail
}  // namespace cxm
