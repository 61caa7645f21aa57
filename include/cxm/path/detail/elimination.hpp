// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

/// \file
/// The linear systems of absorbing chains, by state elimination (Grassmann, Taksar & Heyman 1985):
/// a state is replaced by the ways through it, and its pivot is summed from what leaves it, never
/// found as 1 − p. So nothing is subtracted anywhere: every result is right to nearly all its
/// digits, however small (O'Cinneide 1993), and nothing that can't be negative comes out so. A
/// general LU (of I − Q) has neither property, and costs users more to compile than all of path/.

namespace cxm::detail {

/// Solves, for x, n_i x_i = b_i + Σ_j flow_ij x_j, where n_i is all that leaves state i, to other
/// states and to the ends. Every state must have a way to an end.
class chain_elimination {
 public:
  /// `flow` is states × states, row by row; `out` what goes from each state to the ends.
  chain_elimination(std::vector<double> flow, std::vector<double> out, std::size_t columns)
      : states_(out.size()),
        columns_(columns),
        flow_(std::move(flow)),
        out_(std::move(out)),
        right_(states_ * columns) {}

  /// The right side b of one state in one column, and after `solve` the x.
  double& at(std::size_t state, std::size_t column) { return right_[state * columns_ + column]; }

  /// Leaves only state 0, whose x is found. O(states³ / 3 + states² · columns).
  void to_first() {
    for (std::size_t k = states_; k-- > 0;) {
      double pivot = out_[k];
      for (std::size_t j = 0; j < k; ++j) pivot += flow_[k * states_ + j];
      for (std::size_t i = 0; i < k; ++i)
        if (double const part = flow_[i * states_ + k]; part > 0) pass_through(i, k, part / pivot);
      pivot_of(k) = pivot;
    }
    for (std::size_t c = 0; c < columns_; ++c) at(0, c) /= pivot_of(0);
  }
  /// Finds x of all states.
  void solve() {
    to_first();
    for (std::size_t k = 1; k < states_; ++k) {
      for (std::size_t j = 0; j < k; ++j)
        if (double const part = flow_[k * states_ + j]; part > 0)
          for (std::size_t c = 0; c < columns_; ++c) at(k, c) += part * at(j, c);
      for (std::size_t c = 0; c < columns_; ++c) at(k, c) /= pivot_of(k);
    }
  }

 private:
  double& pivot_of(std::size_t k) { return flow_[k * states_ + k]; }  // a self-loop is not needed
  void pass_through(std::size_t i, std::size_t k, double part) {
    double* const into = flow_.data() + i * states_;
    double const* const from = flow_.data() + k * states_;
    for (std::size_t j = 0; j < k; ++j) into[j] += part * from[j];
    out_[i] += part * out_[k];
    for (std::size_t c = 0; c < columns_; ++c) at(i, c) += part * at(k, c);
  }

  std::size_t states_;
  std::size_t columns_;
  std::vector<double> flow_;
  std::vector<double> out_;
  std::vector<double> right_;
};

}  // namespace cxm::detail
