// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/segment/ordinal.hpp>
#include <cxm/stats/exact_moments.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

/// \file
/// How features of different units are made comparable: a policy that gives each feature a location
/// and a spread; what is clustered is (x - location) / spread. A scaling of one's own is a struct
/// with `using policy_kind = feature_scaling`, a `name()`, and `scaled_by operator()(values)
/// const`.

namespace cxm {

/// The question how features are scaled.
struct feature_scaling;

/// What a scaling has learnt of one feature.
struct scaled_by {
  double location = 0;
  double spread = 1;
};

/// Features stay in their units. The default.
struct unscaled {
  using policy_kind = feature_scaling;
  static constexpr std::string_view name() { return "none"; }
  scaled_by operator()(std::vector<double> const&) const { return {}; }
};

/// (x - mean) / population standard deviation: every feature has mean 0 and variance 1. From exact
/// sums, so that the order of the members plays no part.
struct zscore {
  using policy_kind = feature_scaling;
  static constexpr std::string_view name() { return "zscore"; }
  scaled_by operator()(std::vector<double> const& values) const {
    auto moments = exact_moments();
    for (double const value : values) moments.add(value);
    auto const found = moments.result();
    auto const n = static_cast<double>(found.n);
    // The variance of a single member is not defined, and that of many divides by n - 1.
    double const variance = found.n > 1 ? *found.variance * ((n - 1) / n) : 0;
    return {*found.mean, std::sqrt(variance)};
  }
};

namespace detail {

/// The middle value, or half-way between the two in the middle. Reorders its argument.
inline double median_of(std::vector<double>& values) {
  auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

}  // namespace detail

/// (x - median) / (1.4826 · MAD), MAD being the median of |x - median|; the factor makes it the
/// standard deviation of a normal distribution. Hardly moved by outliers.
struct robust {
  using policy_kind = feature_scaling;
  static constexpr std::string_view name() { return "robust"; }
  scaled_by operator()(std::vector<double> values) const {
    double const median = detail::median_of(values);
    for (double& value : values) value = std::fabs(value - median);
    return {median, 1.4826 * detail::median_of(values)};
  }
};

/// The run-time twin: the scaling called "none", "zscore" or "robust". Throws
/// `std::invalid_argument` for another name.
class any_scaling {
 public:
  using policy_kind = feature_scaling;

  explicit any_scaling(std::string_view name) : name_(known(name)) {}
  std::string_view name() const { return name_; }
  scaled_by operator()(std::vector<double> const& values) const {
    if (name_ == zscore::name()) return zscore{}(values);
    if (name_ == robust::name()) return robust{}(values);
    return unscaled{}(values);
  }

 private:
  static std::string_view known(std::string_view name) {
    for (auto const one : {unscaled::name(), zscore::name(), robust::name()})
      if (name == one) return one;
    detail::refuse("cxm::any_scaling: the scalings are none, zscore and robust");
  }
  std::string_view name_;
};

}  // namespace cxm
