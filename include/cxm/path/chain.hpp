// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/confidence.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/path/detail/elimination.hpp>
#include <cxm/stats/proportion.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// A Markov chain of states counted from data (Kemeny & Snell 1960): transition probabilities with
/// their intervals, in which end journeys are absorbed, after how many steps, and how often each
/// state is visited on the way. States from which no end can be reached are named, not guessed at.

namespace cxm {

/// So many transitions from one state to another.
template <class State>
struct chain_step {
  State from;
  State to;
  std::uint64_t count = 0;
};

/// How journeys through a chain end.
template <class State>
struct absorption_summary {
  std::vector<State> states;  ///< those that are left again, in their order
  std::vector<State> ends;    ///< those that are not

  /// The probability that a journey from `states[state]` ends in `ends[end]`.
  double probability(std::size_t state, std::size_t end) const {
    return solved[state * width() + end];
  }
  /// The expected number of steps from there to any end.
  double steps(std::size_t state) const { return solved[state * width() + ends.size()]; }
  /// How often a journey from `from` is expected to be in `state`, its start included.
  double visits(std::size_t from, std::size_t state) const {
    return solved[from * width() + ends.size() + 1 + state];
  }

  std::size_t width() const { return ends.size() + 1 + states.size(); }
  std::vector<double> solved;  ///< of each state: by end, steps, visits by state
};

/// A chain. `State` is anything ordered. The ends are those named and those that nothing leaves;
/// transitions out of an end are left out.
template <class State>
class chain {
 public:
  /// Throws nothing; steps of equal states add up. O(steps log steps).
  explicit chain(std::vector<chain_step<State>> const& steps, std::vector<State> const& ends = {}) {
    states_ = ends;
    for (auto const& one : steps) states_.insert(states_.end(), {one.from, one.to});
    std::sort(states_.begin(), states_.end());
    states_.erase(std::unique(states_.begin(), states_.end()), states_.end());
    std::vector<bool> named(states_.size(), false);
    for (auto const& one : ends) named[*place(one)] = true;
    rows_.resize(states_.size());
    totals_.assign(states_.size(), 0);
    for (auto const& one : steps)
      if (auto const from = *place(one.from); !named[from] && one.count > 0)
        rows_[from].push_back({*place(one.to), one.count}), totals_[from] += one.count;
    for (auto& row : rows_) merge_equal(row);
  }

  /// All states in their order.
  std::vector<State> const& states() const { return states_; }
  bool is_end(std::size_t state) const { return totals_[state] == 0; }

  /// The probability of a transition, of all that leave `from`, with its interval; no_data where
  /// nothing leaves `from` or one of them is no state.
  template <class Method = wilson>
  share probability(State const& from, State const& to, confidence level = {}) const {
    auto const row = place(from), column = place(to);
    if (!row || !column) return {};
    std::uint64_t count = 0;
    for (auto const& one : rows_[*row])
      if (one.to == *column) count = one.count;
    return share_of<Method>(count, totals_[*row], level);
  }

  /// The states from which no end can be reached: a journey there goes round for ever, or its data
  /// stop before it ended. O(transitions).
  std::vector<State> never_ending() const {
    std::vector<State> found;
    auto const reaches = reaching_an_end();
    for (std::size_t i = 0; i < states_.size(); ++i)
      if (!reaches[i]) found.push_back(states_[i]);
    return found;
  }

  /// Where journeys end; not_identified where some state reaches no end (`never_ending` names
  /// them), no_data where there is no state that is left. O(states³).
  maybe<absorption_summary<State>> absorption() const {
    auto const reaches = reaching_an_end();
    if (std::find(reaches.begin(), reaches.end(), false) != reaches.end())
      return reason::not_identified;
    absorption_summary<State> found;
    std::vector<std::size_t> number(states_.size());
    for (std::size_t i = 0; i < states_.size(); ++i) {
      auto& kind = is_end(i) ? found.ends : found.states;
      number[i] = kind.size();
      kind.push_back(states_[i]);
    }
    if (found.states.empty()) return reason::no_data;
    found.solved = solved(found, number);
    return found;
  }

 private:
  struct entry {
    std::size_t to;
    std::uint64_t count;
  };

  maybe<std::size_t> place(State const& one) const {
    auto const at = std::lower_bound(states_.begin(), states_.end(), one);
    if (at == states_.end() || one < *at) return reason::no_data;
    return static_cast<std::size_t>(at - states_.begin());
  }
  static void merge_equal(std::vector<entry>& row) {
    std::sort(row.begin(), row.end(), [](auto const& a, auto const& b) { return a.to < b.to; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (kept > 0 && row[kept - 1].to == row[i].to)
        row[kept - 1].count += row[i].count;
      else
        row[kept++] = row[i];
    }
    row.resize(kept);
  }

  std::vector<bool> reaching_an_end() const {
    std::vector<std::vector<std::size_t>> sources(states_.size());
    for (std::size_t i = 0; i < states_.size(); ++i)
      for (auto const& one : rows_[i]) sources[one.to].push_back(i);
    std::vector<bool> reaches(states_.size(), false);
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < states_.size(); ++i)
      if (is_end(i)) open.push_back(i), reaches[i] = true;
    while (!open.empty()) {
      auto const at = open.back();
      open.pop_back();
      for (auto const from : sources[at])
        if (!reaches[from]) reaches[from] = true, open.push_back(from);
    }
    return reaches;
  }

  std::vector<double> solved(absorption_summary<State> const& of,
                             std::vector<std::size_t> const& number) const {
    auto const n = of.states.size();
    std::vector<double> flow(n * n, 0), out(n, 0);
    for (std::size_t i = 0; i < states_.size(); ++i)
      for (auto const& one : rows_[i])
        (is_end(one.to) ? out[number[i]] : flow[number[i] * n + number[one.to]]) +=
            static_cast<double>(one.count);
    detail::chain_elimination system(std::move(flow), std::move(out), of.width());
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (is_end(i)) continue;
      for (auto const& one : rows_[i])
        if (is_end(one.to)) system.at(number[i], number[one.to]) += static_cast<double>(one.count);
      auto const leaving = static_cast<double>(totals_[i]);
      system.at(number[i], of.ends.size()) = leaving;
      system.at(number[i], of.ends.size() + 1 + number[i]) = leaving;
    }
    system.solve();
    std::vector<double> all;
    all.reserve(n * of.width());
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t c = 0; c < of.width(); ++c) all.push_back(system.at(i, c));
    return all;
  }

  std::vector<State> states_;
  std::vector<std::vector<entry>> rows_;
  std::vector<std::uint64_t> totals_;
};

}  // namespace cxm
