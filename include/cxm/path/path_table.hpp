// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/path/outcome.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The paths that journeys took, with the outcome of each, laid out for models: touchpoints are
/// numbered from 0 in their own order, paths stand one behind the other. Chains and models of
/// attribution read it; their answers do not depend on the order of the paths.

namespace cxm {

namespace detail {

/// Numbers the elements of paths in their order: a table for small whole numbers, else a search.
template <class Touchpoint>
class path_alphabet {
  static constexpr bool small =
      (std::is_integral_v<Touchpoint> || std::is_enum_v<Touchpoint>)&&sizeof(Touchpoint) <= 2;

 public:
  void note(Touchpoint const& one) {
    if constexpr (small) {
      if (number_.empty()) number_.assign(std::size_t{1} << (8 * sizeof(Touchpoint)), 0);
      if (std::exchange(number_[place(one)], 1) != 0) return;
      sorted_.push_back(one);
    } else {
      auto const at = std::lower_bound(sorted_.begin(), sorted_.end(), one);
      if (at == sorted_.end() || one < *at) sorted_.insert(at, one);
    }
  }
  void settle() {
    if constexpr (small) {
      std::sort(sorted_.begin(), sorted_.end());
      for (std::size_t i = 0; i < sorted_.size(); ++i)
        number_[place(sorted_[i])] = static_cast<std::uint32_t>(i);
    }
  }
  std::uint32_t number(Touchpoint const& one) const {
    if constexpr (small) return number_[place(one)];
    return static_cast<std::uint32_t>(std::lower_bound(sorted_.begin(), sorted_.end(), one) -
                                      sorted_.begin());
  }
  std::vector<Touchpoint> const& sorted() const { return sorted_; }

 private:
  static std::size_t place(Touchpoint const& one) requires small {
    return static_cast<std::size_t>(one) & ((std::size_t{1} << (8 * sizeof(Touchpoint))) - 1);
  }
  std::vector<Touchpoint> sorted_;
  std::vector<std::uint32_t> number_;
};

}  // namespace detail

/// Paths with their outcomes. Made by the result of `paths_to`.
template <class Touchpoint>
class path_table {
 public:
  /// One path: its touchpoints as numbers, and what became of those who took it.
  struct row {
    std::span<std::uint32_t const> path;
    outcome_summary outcome;
  };

  path_table() = default;
  /// The touchpoints that occur, in their order; their places are the numbers in `row::path`.
  explicit path_table(std::vector<Touchpoint> touchpoints) : touchpoints_(std::move(touchpoints)) {}

  std::vector<Touchpoint> const& touchpoints() const { return touchpoints_; }
  /// The number of different paths.
  std::size_t size() const { return outcomes_.size(); }
  row operator[](std::size_t i) const {
    std::size_t const first = i == 0 ? 0 : ends_[i - 1];
    return {std::span(steps_).subspan(first, ends_[i] - first), outcomes_[i]};
  }
  /// All journeys together, also those of no touchpoint and those beyond `at_most` paths.
  outcome_summary const& total() const { return total_; }
  /// Journeys whose path is not known, because there were more paths than `at_most`.
  outcome_summary const& beyond() const { return beyond_; }

  /// For those who make one.
  void add_step(std::uint32_t touchpoint) { steps_.push_back(touchpoint); }
  void end_path(outcome_summary const& outcome) {
    ends_.push_back(steps_.size());
    outcomes_.push_back(outcome);
  }
  void reserve(std::size_t paths, std::size_t steps) {
    ends_.reserve(paths);
    outcomes_.reserve(paths);
    steps_.reserve(steps);
  }
  void set_totals(outcome_summary const& total, outcome_summary const& beyond) {
    total_ = total;
    beyond_ = beyond;
  }

 private:
  std::vector<Touchpoint> touchpoints_;
  std::vector<std::uint32_t> steps_;
  std::vector<std::size_t> ends_;
  std::vector<outcome_summary> outcomes_;
  outcome_summary total_;
  outcome_summary beyond_;
};

}  // namespace cxm
