// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `of_population{N}`: n of N customers, all of them eligible, answered at random, and it is these
/// N who are spoken of, not the customers to come. Their score is known better the more of them
/// have answered: the standard error, and the way from the score to each end of its interval
/// whatever the method, are multiplied by √((N − n)/(N − 1)). When all have answered nothing is
/// uncertain. Sources: Cochran, Sampling Techniques (1977); Burstein, JASA 70 (1975) for intervals.

#include <cxm/core/detail/constant_math.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/stats/interval.hpp>

#include <cstdint>
#include <optional>
#include <type_traits>

namespace cxm {

/// The question of how many people the answers are a sample.
struct sampled_population;

/// A population of so many people; a reading. Unsaid: one without end, as the customers to come.
/// Below `by` the size is that of each group; for groups of unlike size use `corrected`.
class of_population {
 public:
  using policy_kind = sampled_population;

  constexpr of_population() = default;
  constexpr explicit of_population(std::uint64_t size) : size_(size) {
    if (size == 0) detail::refuse("cxm::of_population: nobody can be asked in a population of 0");
  }
  constexpr std::optional<std::uint64_t> size() const { return size_; }

  /// √((N − n)/(N − 1)), from 0 to 1; throws `std::invalid_argument` for more answers than people.
  constexpr double factor(std::uint64_t n) const {
    if (!size_) return 1;
    require_room(n);
    if (n == *size_) return 0;
    return detail::square_root(static_cast<double>(*size_ - n) / static_cast<double>(*size_ - 1));
  }
  /// √(1 − n/N), for variances that divide by n − 1, as those of clusters do.
  constexpr double sampling_factor(std::uint64_t n) const {
    if (!size_) return 1;
    require_room(n);
    return detail::square_root(static_cast<double>(*size_ - n) / static_cast<double>(*size_));
  }
  friend constexpr bool operator==(of_population, of_population) = default;

 private:
  constexpr void require_room(std::uint64_t n) const {
    if (n > *size_) detail::refuse("cxm::of_population: more answers than the population has");
  }
  std::optional<std::uint64_t> size_;
};

namespace detail {

/// An end of an interval after the way to it from `value` was multiplied. What was clipped stays
/// within the bound that clipped it.
constexpr double narrowed_end(double value, double raw, double clipped, double factor) {
  double const end = value + (raw - value) * factor;
  if (clipped < raw) return end < clipped ? end : clipped;
  if (clipped > raw) return end > clipped ? end : clipped;
  return end;
}
constexpr bounded_interval narrowed(bounded_interval const& ends, double value, double factor) {
  if (factor == 1) return ends;
  auto found = ends;
  found.low = narrowed_end(value, ends.raw.low, ends.low, factor);
  found.high = narrowed_end(value, ends.raw.high, ends.high, factor);
  found.raw = {value + (ends.raw.low - value) * factor, value + (ends.raw.high - value) * factor};
  return found;
}

/// Multiplies what is uncertain of anything with value, standard error and interval.
template <class Estimate>
constexpr void narrow(Estimate& found, double factor) {
  found.standard_error =
      found.standard_error.transform([&](double error) { return error * factor; });
  if (!found.value.has_value() || !found.interval.has_value()) return;
  found.interval = narrowed(*found.interval, *found.value, factor);
}
/// What the error of a score is multiplied by in that population. A score of clusters knows better.
template <class Estimate>
constexpr double finite_factor(Estimate const& score, of_population whole) {
  if constexpr (requires { score.finite_factor(whole); })
    return score.finite_factor(whole);
  else
    return whole.factor(score.n);
}
template <class Estimate>
constexpr double finite_factor(Estimate const& score) {
  return score.population ? finite_factor(score, of_population{*score.population}) : 1.0;
}
/// Narrows a score or share of a finite population, and makes it remember the size.
template <class Estimate>
constexpr void narrow(Estimate& found, of_population whole) {
  if (!whole.size()) return;
  double const factor = finite_factor(found, whole);
  found.population = whole.size();
  if (found.n > 0) narrow(found, factor);
}

}  // namespace detail

/// A score, plain or weighted, or a share, as one of `whole`: for a population that is not known
/// when the plan is written, as that of each group of `by`. Throws `std::invalid_argument` for more
/// answers than people and for a score that was corrected before.
template <class Estimate>
requires requires(Estimate const& any) {
  any.population;
  any.interval;
}
constexpr Estimate corrected(Estimate score, of_population whole) {
  if (score.population) detail::refuse("cxm::corrected: this score is of a population already");
  detail::narrow(score, whole);
  return score;
}

}  // namespace cxm
