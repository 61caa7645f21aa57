// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// `weighted_mean()`: the mean Σwx / Σw of numbers that bring their own weight along, as a feeling
/// brings the attention that was paid: `on([](contact const& c) { return weighted_value{c.feeling,
/// c.attention}; }, weighted_mean())`. Both sums are exact, so they merge to the bytes of one pass.
/// For survey weights take `weighted(field, …)`, which knows of errors and effective n.
#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/exact_sum.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/fwd.hpp>
#include <cxm/stats/detail/sample.hpp>

#include <cstdint>
#include <string_view>

namespace cxm {
/// A number and how much it counts.
struct weighted_value {
  double value = 0;
  double weight = 0;
};

/// What `weighted_mean` finds.
struct weighted_mean_summary {
  std::uint64_t n = 0;        ///< values of a weight above 0
  std::uint64_t missing = 0;  ///< empty optionals, and values of weight 0
  std::uint64_t invalid = 0;  ///< values or weights that are not finite, and negative weights
  maybe<double> weight = reason::no_data;  ///< Σw
  maybe<double> mean = reason::no_data;
};

/// Exact sums of weighted numbers. Made by `weighted_mean`. 848 bytes.
class weighted_mean_sums {
 public:
  static constexpr std::string_view type_name = "weighted_mean";
  static constexpr merge_law merges = merge_law::exact;

  /// A `weighted_value`, or an optional of one.
  template <class In>
  constexpr void add(In const& in) noexcept {
    detail::if_answered(
        in, [&](weighted_value const& one) { add_value(one); }, [&] { ++missing_; });
  }
  constexpr void merge(weighted_mean_sums const& other) {
    detail::require_fit(detail::counts_fit(n_, other.n_) &&
                        detail::counts_fit(missing_, other.missing_) &&
                        detail::counts_fit(invalid_, other.invalid_));
    auto weights = weights_;
    weights.merge(other.weights_);
    products_.merge(other.products_);  // throws before anything of this state has changed
    weights_ = weights;
    n_ += other.n_;
    missing_ += other.missing_;
    invalid_ += other.invalid_;
  }
  constexpr weighted_mean_summary result() const {
    weighted_mean_summary found{n_, missing_, invalid_};
    if (n_ == 0) return found;
    found.weight = weights_.value();
    double const size =
        detail::ratio_to_double(products_.magnitude(), weights_.magnitude(),
                                exact_product_sum::lowest_exponent - exact_sum::lowest_exponent);
    found.mean = products_.negative() ? -size : size;
    return found;
  }

  /// What `add` keeps: weights are above 0, and so is their sum where there are any.
  constexpr bool valid() const noexcept {
    if (weights_.non_finite() != 0 || products_.non_finite() != 0 || weights_.negative())
      return false;
    bool const empty = weights_.magnitude().is_zero();
    return n_ <= INT64_MAX && empty == (n_ == 0) && (n_ > 0 || products_.magnitude().is_zero());
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("n", self.n_);
    visit.state("missing", self.missing_);
    visit.state("invalid", self.invalid_);
    visit.state("products", self.products_);
    visit.state("weights", self.weights_);
  }

 private:
  constexpr void add_value(weighted_value const& one) noexcept {
    if (!detail::is_finite(one.value) || !detail::is_finite(one.weight) || one.weight < 0) {
      ++invalid_;
    } else if (one.weight == 0) {
      ++missing_;
    } else {
      ++n_;
      products_.add_product(one.weight, one.value);
      weights_.add(one.weight);
    }
  }

  std::uint64_t n_ = 0;
  std::uint64_t missing_ = 0;
  std::uint64_t invalid_ = 0;
  exact_product_sum products_;
  exact_sum weights_;
};

/// The mean of numbers that bring their weights along.
constexpr weighted_mean_sums weighted_mean() noexcept {
  return {};
}
}  // namespace cxm
