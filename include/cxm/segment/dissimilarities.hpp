// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/exact_sum.hpp>

#include <cstddef>
#include <utility>
#include <vector>

/// \file
/// How unlike any two members are: one number for each pair, kept once. `k_medoids` and
/// `merge_tree` need nothing else, so they cluster whatever can be compared: rows of features,
/// mixed kinds of answers, the ways of journeys.

namespace cxm {

/// A symmetric table with 0 on its diagonal; n (n - 1) / 2 numbers of 8 bytes.
class dissimilarities {
 public:
  /// Calls `between(i, j)` for each i > j. Throws `std::invalid_argument` for a number that is
  /// negative, infinite or none.
  template <class Between>
  dissimilarities(std::size_t n, Between const& between) : n_(n) {
    if (n > 1) pairs_.reserve(n * (n - 1) / 2);
    for (std::size_t i = 1; i < n; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        double const one = between(i, j);
        if (!(one >= 0) || !detail::is_finite(one))
          detail::refuse("cxm::dissimilarities: a dissimilarity is a finite number from 0");
        pairs_.push_back(one);
      }
    }
  }

  std::size_t size() const { return n_; }
  double operator()(std::size_t i, std::size_t j) const {
    if (i == j) return 0;
    if (i < j) std::swap(i, j);
    return pairs_[i * (i - 1) / 2 + j];
  }

 private:
  std::size_t n_;
  std::vector<double> pairs_;
};

}  // namespace cxm
