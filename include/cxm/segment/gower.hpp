// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/exact_sum.hpp>
#include <cxm/segment/dissimilarities.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

/// \file
/// Gower's distance between members with answers of mixed kinds: the mean, over the features that
/// both have, of how far they are apart in each, 0..1 (J. Gower, Biometrics 27, 1971).

namespace cxm {

/// What a feature is.
enum class feature_kind : std::uint8_t {
  number,      ///< the difference over the range in the members that were learnt from
  ranked,      ///< the same of numbers for places in an order, the lowest first
  nominal,     ///< 0 if equal, 1 if not
  both_absent  ///< yes (not 0) and no (0), of which no against no says nothing: asymmetric binary
};

struct gower_feature {
  feature_kind kind = feature_kind::number;
  double weight = 1;
};

/// Features of a member, those not answered empty.
using mixed_row = std::vector<std::optional<double>>;

/// The distance, with the ranges that were learnt from `rows`.
class gower_distance {
 public:
  gower_distance(std::vector<gower_feature> features, std::vector<mixed_row> const& rows)
      : features_(std::move(features)), places_(features_.size()), range_(features_.size()) {
    for (auto const& one : features_)
      if (!(one.weight >= 0) || !detail::is_finite(one.weight))
        detail::refuse("cxm::gower_distance: a weight is a finite number from 0");
    for (std::size_t f = 0; f < features_.size(); ++f) learn(f, rows);
  }

  /// 0..1; beyond the range that was learnt 1. Empty where no feature tells the two apart or alike.
  std::optional<double> operator()(mixed_row const& a, mixed_row const& b) const {
    if (a.size() != features_.size() || b.size() != features_.size())
      detail::refuse("cxm::gower_distance: a row needs a value for each feature");
    double sum = 0, weights = 0;
    for (std::size_t f = 0; f < features_.size(); ++f) {
      if (!a[f] || !b[f]) continue;
      if (features_[f].kind == feature_kind::both_absent && *a[f] == 0 && *b[f] == 0) continue;
      sum += features_[f].weight * apart(f, *a[f], *b[f]);
      weights += features_[f].weight;
    }
    if (!(weights > 0)) return std::nullopt;
    return sum / weights;
  }
  std::vector<double> const& ranges() const { return range_; }

 private:
  void learn(std::size_t f, std::vector<mixed_row> const& rows) {
    std::vector<double> values;
    for (auto const& row : rows) {
      if (row.size() != features_.size())
        detail::refuse("cxm::gower_distance: a row needs a value for each feature");
      if (row[f] && !detail::is_finite(*row[f]))
        detail::refuse("cxm::gower_distance: a feature is a finite number or missing");
      if (row[f]) values.push_back(*row[f]);
    }
    if (values.empty()) return;
    std::sort(values.begin(), values.end());
    if (features_[f].kind == feature_kind::ranked) {
      values.erase(std::unique(values.begin(), values.end()), values.end());
      range_[f] = static_cast<double>(values.size() - 1);
      places_[f] = std::move(values);
    } else {
      range_[f] = values.back() - values.front();
    }
  }
  double place(std::size_t f, double value) const {
    auto const& all = places_[f];
    return static_cast<double>(std::lower_bound(all.begin(), all.end(), value) - all.begin());
  }
  double apart(std::size_t f, double x, double y) const {
    auto const kind = features_[f].kind;
    if (kind == feature_kind::nominal) return x == y ? 0 : 1;
    if (kind == feature_kind::both_absent) return (x != 0) == (y != 0) ? 0 : 1;
    if (kind == feature_kind::ranked) {
      x = place(f, x);
      y = place(f, y);
    }
    if (x == y) return 0;
    return range_[f] > 0 ? std::min(1.0, std::fabs(x - y) / range_[f]) : 1;
  }

  std::vector<gower_feature> features_;
  std::vector<std::vector<double>> places_;
  std::vector<double> range_;
};

/// All distances of `rows`. Pairs that can't be compared are 1 apart; `undefined`, if given, counts
/// them.
inline dissimilarities gower_distances(gower_distance const& apart,
                                       std::vector<mixed_row> const& rows,
                                       std::uint64_t* undefined = nullptr) {
  return {rows.size(), [&](std::size_t i, std::size_t j) {
            auto const found = apart(rows[i], rows[j]);
            if (!found && undefined != nullptr) ++*undefined;
            return found.value_or(1);
          }};
}

}  // namespace cxm
