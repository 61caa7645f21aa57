// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/maybe.hpp>
#include <cxm/path/credit.hpp>
#include <cxm/path/detail/contexts.hpp>
#include <cxm/path/detail/elimination.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// Credit by the removal effect of a Markov chain (Anderl, Becker, von Wangenheim & Schumann 2016):
/// the share of conversions that would be lost if all that leads to a touchpoint led nowhere. It is
/// found by solving the chain, without simulation and without a seed.
///
/// What is lost by removing c is what reaches a state with c and converts from there. So the chain
/// is solved once for b, the conversion from every state, and once a touchpoint with the states of
/// c as ends that are worth their b: sums of products that are not negative, where 1 − P(c) / P
/// would lose the digits of small effects and make negative ones. P needs no solving: the counted
/// flow is in balance, so the chain converts as often as its paths did.

namespace cxm {

/// The removal effect in a chain whose states are the last `order` touchpoints. Steps from a
/// touchpoint to itself are kept. Higher orders know more and need more paths: `order_test` says
/// whether they are worth it.
struct markov {
  std::size_t order = 1;
};

namespace detail {

/// P(a chain reaches `worth`) from its start, where the states that `ends` marks are worth what
/// `worth` says and are not left, and conversions what `converting` says.
class removal_solver {
 public:
  explicit removal_solver(context_flow const& flow) : flow_(flow), found_(flow.contexts.size()) {}

  /// The probability of conversion from every state; false where it did not converge.
  bool conversions() {
    std::vector<bool> const none(found_.size(), false);
    bool const solved = run(none, true);
    from_ = found_;
    return solved;
  }
  /// The probability that a journey meets one of `removed` and then converts.
  maybe<double> lost_without(std::vector<bool> const& removed) {
    if (!run(removed, false)) return reason::not_converged;
    return found_[0];
  }

 private:
  static constexpr std::size_t few = 256;

  bool run(std::vector<bool> const& removed, bool converting) {
    return found_.size() <= few ? eliminate(removed, converting) : sweep(removed, converting);
  }
  /// What one visit of a state gives at once.
  double gain(std::size_t state, std::vector<bool> const& removed, bool converting) const {
    double sum = converting ? flow_.converted[state] : 0;
    for (auto const& one : flow_.rows[state])
      if (removed[one.to]) sum += one.count * from_[one.to];
    return sum;
  }

  bool eliminate(std::vector<bool> const& removed, bool converting) {
    std::vector<std::size_t> kept, number(found_.size());
    for (std::size_t i = 0; i < found_.size(); ++i)
      if (!removed[i]) number[i] = kept.size(), kept.push_back(i);
    std::vector<double> matrix(kept.size() * kept.size(), 0), out(kept.size(), 0);
    for (std::size_t k = 0; k < kept.size(); ++k) {
      out[k] = flow_.converted[kept[k]] + flow_.lost[kept[k]];
      for (auto const& one : flow_.rows[kept[k]])
        (removed[one.to] ? out[k] : matrix[k * kept.size() + number[one.to]]) += one.count;
    }
    chain_elimination system(std::move(matrix), std::move(out), 1);
    for (std::size_t k = 0; k < kept.size(); ++k)
      system.at(k, 0) = gain(kept[k], removed, converting);
    if (converting)
      system.solve();
    else
      system.to_first();
    for (std::size_t k = 0; k < (converting ? kept.size() : 1); ++k)
      found_[kept[k]] = system.at(k, 0);
    return true;
  }

  /// Many states: sweeps of Gauss and Seidel from below, until no digit changes any more.
  bool sweep(std::vector<bool> const& removed, bool converting) {
    std::vector<double> base(found_.size());
    for (std::size_t i = 0; i < found_.size(); ++i) base[i] = gain(i, removed, converting);
    std::fill(found_.begin(), found_.end(), 0.0);
    for (std::size_t round = 0; round < 20'000; ++round) {
      double change = 0;
      for (std::size_t i = found_.size(); i-- > 0;) {
        if (removed[i]) continue;
        double sum = base[i], stays = 0;
        for (auto const& one : flow_.rows[i]) {
          if (one.to == i)
            stays = one.count;
          else if (!removed[one.to])
            sum += one.count * found_[one.to];
        }
        double const next = sum / (flow_.leaving[i] - stays);
        change = std::max(change, next - found_[i]);
        found_[i] = std::max(found_[i], next);
      }
      if (change <= 0x1p-58) return true;
    }
    return false;
  }

  context_flow const& flow_;
  std::vector<double> found_;
  std::vector<double> from_;  // the conversion from every state
};

/// The removal effects of all touchpoints; `probability` is that of conversion, above 0.
inline std::vector<maybe<double>> removal_effects(context_flow const& flow, std::size_t touchpoints,
                                                  double probability) {
  std::vector<maybe<double>> effects(touchpoints, reason::not_converged);
  removal_solver solver(flow);
  if (!solver.conversions()) return effects;
  std::vector<bool> removed(flow.contexts.size());
  for (std::size_t c = 0; c < touchpoints; ++c) {
    for (std::size_t s = 0; s < removed.size(); ++s)
      removed[s] = flow.digits.holds(flow.contexts[s], static_cast<std::uint32_t>(c));
    effects[c] = solver.lost_without(removed).transform(
        [&](double lost) { return std::min(1.0, lost / probability); });
  }
  return effects;
}

}  // namespace detail

/// Shares the conversions, and their value, in proportion to the removal effects. Where nothing
/// converts, the effects are `degenerate`. O(steps + touchpoints · states³), and beyond 256 states
/// O(touchpoints · transitions) a sweep. Throws std::invalid_argument for order 0 or one that has
/// too many states.
template <class Touchpoint>
credit_summary<Touchpoint> credit(path_table<Touchpoint> const& paths, markov model) {
  auto found = detail::without_credit(paths);
  auto const conversions = found.conversions - paths.beyond().conversions;
  auto const journeys = conversions + (found.nulls - paths.beyond().nulls);
  detail::context_flow const flow(paths, model.order);
  if (journeys == 0) return found;
  double const probability = static_cast<double>(conversions) / static_cast<double>(journeys);
  found.conversion_probability = probability;
  auto const touchpoints = found.touchpoints.size();
  std::vector<maybe<double>> effects(touchpoints, reason::degenerate);
  if (conversions > 0) effects = detail::removal_effects(flow, touchpoints, probability);
  double sum = 0;
  for (auto const& one : effects) sum += one.value_or(0);
  double const due = static_cast<double>(found.conversions - found.unattributed);
  if (sum == 0) found.unattributed = found.conversions;
  for (std::size_t c = 0; c < touchpoints; ++c) {
    auto& one = found.touchpoints[c];
    double const part = sum > 0 ? effects[c].value_or(0) / sum : 0;
    one.removal_effect = effects[c];
    one.credit = part * due;
    if (found.value) one.value = part * (*found.value - paths.beyond().value);
  }
  return found;
}

}  // namespace cxm
