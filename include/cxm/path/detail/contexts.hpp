// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/path/path_table.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// The states of a chain of order K over paths: the last min(i, K) touchpoints, written as digits
/// from 1 of a whole number; the start, with none, is 0. States are numbered in the order of these.

namespace cxm::detail {

/// Reads and writes states as numbers.
class context_digits {
 public:
  context_digits(std::size_t touchpoints, std::size_t order) : base_(touchpoints + 1) {
    if (order == 0) refuse("cxm::markov: the order of a chain is at least 1");
    for (std::size_t i = 0; i < order; ++i) {
      if (bound_ > (std::uint64_t{1} << 62) / base_)
        refuse("cxm::markov: so many touchpoints have too many states of this order");
      bound_ *= base_;
    }
  }
  std::uint64_t after(std::uint64_t context, std::uint32_t touchpoint) const {
    return (context * base_ + touchpoint + 1) % bound_;
  }
  bool holds(std::uint64_t context, std::uint32_t touchpoint) const {
    for (; context != 0; context /= base_)
      if (context % base_ == touchpoint + std::uint64_t{1}) return true;
    return false;
  }
  /// The touchpoints of a state, the oldest first.
  std::vector<std::uint32_t> steps(std::uint64_t context) const {
    std::vector<std::uint32_t> found;
    for (; context != 0; context /= base_)
      found.push_back(static_cast<std::uint32_t>(context % base_ - 1));
    std::reverse(found.begin(), found.end());
    return found;
  }
  std::uint64_t bound() const { return bound_; }
  std::uint64_t base() const { return base_; }

 private:
  std::uint64_t base_;
  std::uint64_t bound_ = 1;
};

/// The transitions of a chain of order K, as counted along paths.
class context_flow {
 public:
  struct step {
    std::uint32_t to;
    double count;
  };

  template <class Touchpoint>
  context_flow(path_table<Touchpoint> const& paths, std::size_t order)
      : digits(paths.touchpoints().size(), order) {
    find_contexts(paths);
    converted.assign(contexts.size(), 0);
    lost = leaving = converted;
    rows.resize(contexts.size());
    std::vector<std::pair<std::uint64_t, std::uint64_t>> loose;
    for (std::size_t p = 0; p < paths.size(); ++p) {
      auto const [steps, outcome] = paths[p];
      auto const times = outcome.conversions + outcome.nulls;
      if (times == 0) continue;
      std::uint64_t context = 0;
      std::uint32_t at = 0;
      for (auto const one : steps) {
        context = digits.after(context, one);
        auto const to = number(context);
        if (dense_.empty())
          loose.emplace_back(std::uint64_t{at} << 32 | to, times);
        else
          dense_[at * contexts.size() + to] += times;
        at = to;
      }
      converted[at] += static_cast<double>(outcome.conversions);
      lost[at] += static_cast<double>(outcome.nulls);
    }
    gather(loose);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      leaving[i] = converted[i] + lost[i];
      for (auto const& one : rows[i]) leaving[i] += one.count;
    }
  }

  context_digits digits;
  std::vector<std::uint64_t> contexts;  ///< of the states, ascending; [0] is the start
  std::vector<std::vector<step>> rows;  ///< from each state to others, and to itself
  std::vector<double> converted;        ///< from each state
  std::vector<double> lost;
  std::vector<double> leaving;  ///< all that leaves each state

 private:
  template <class Touchpoint>
  void find_contexts(path_table<Touchpoint> const& paths) {
    bool const small = digits.bound() <= std::uint64_t{1} << 16;
    if (small) numbers_.assign(digits.bound(), 0);
    contexts.push_back(0);
    for (std::size_t p = 0; p < paths.size(); ++p) {
      auto const [steps, outcome] = paths[p];
      if (outcome.conversions + outcome.nulls == 0) continue;
      std::uint64_t context = 0;
      for (auto const one : steps) {
        context = digits.after(context, one);
        if (!small || std::exchange(numbers_[context], 1) == 0) contexts.push_back(context);
      }
    }
    std::sort(contexts.begin(), contexts.end());
    contexts.erase(std::unique(contexts.begin(), contexts.end()), contexts.end());
    if (contexts.size() > UINT32_MAX) refuse("cxm::markov: the chain has too many states");
    if (small)
      for (std::size_t i = 0; i < contexts.size(); ++i)
        numbers_[contexts[i]] = static_cast<std::uint32_t>(i);
    if (contexts.size() <= 512) dense_.assign(contexts.size() * contexts.size(), 0);
  }
  std::uint32_t number(std::uint64_t context) const {
    if (!numbers_.empty()) return numbers_[context];
    return static_cast<std::uint32_t>(std::lower_bound(contexts.begin(), contexts.end(), context) -
                                      contexts.begin());
  }
  void gather(std::vector<std::pair<std::uint64_t, std::uint64_t>>& loose) {
    for (std::size_t i = 0; i < dense_.size(); ++i)
      if (dense_[i] > 0)
        rows[i / contexts.size()].push_back(
            {static_cast<std::uint32_t>(i % contexts.size()), static_cast<double>(dense_[i])});
    std::sort(loose.begin(), loose.end());
    for (std::size_t i = 0; i < loose.size();) {
      auto const key = loose[i].first;
      std::uint64_t sum = 0;
      for (; i < loose.size() && loose[i].first == key; ++i) sum += loose[i].second;
      rows[key >> 32].push_back({static_cast<std::uint32_t>(key), static_cast<double>(sum)});
    }
  }

  std::vector<std::uint32_t> numbers_;  // by context, where there are few
  std::vector<std::uint64_t> dense_;    // states × states, where there are few
};

}  // namespace cxm::detail
