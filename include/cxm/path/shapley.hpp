// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/rng.hpp>
#include <cxm/path/credit.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

/// \file
/// Credit by the value of Shapley (1953): what a touchpoint adds to those who were there before it,
/// averaged over all orders in which they could have come. Of counts it has a closed form for any
/// number of touchpoints: the game is a sum of one unanimity game a path, and each shares its
/// conversions evenly among its distinct touchpoints. Rates and worths of your own are enumerated
/// to 20 touchpoints, and sampled beyond.

namespace cxm {

/// The worth of a set is the number (value) of conversions on paths through nothing else. Closed
/// form, O(steps), for any number of touchpoints.
struct shapley {};

/// The same, kept apart by the place at which a touchpoint was first met: `credit(paths,
/// ordered_shapley{})` says where in the journey it earns (Zhao, Mahboobi & Bagheri 2018).
struct ordered_shapley {};

/// The worth of a set is the conversion rate of the paths through nothing else, 0 where there are
/// none. The credits add up to the rate of all paths. To 20 touchpoints.
struct shapley_rate {};

/// The credit of a touchpoint by place.
template <class Touchpoint>
struct ordered_credit {
  Touchpoint touchpoint;
  std::vector<double> by_place;  ///< [0] where it was the first different one, and so on
  double credit = 0;             ///< of all places
};

namespace detail {

/// The distinct touchpoints of a path in the order in which they were first met.
inline void distinct_steps(std::span<std::uint32_t const> path, std::vector<std::uint32_t>& found) {
  found.clear();
  for (auto const one : path)
    if (std::find(found.begin(), found.end(), one) == found.end()) found.push_back(one);
}

/// Turns the worths of exactly each set into those of its subsets together, in place.
template <class Number>
void sum_over_subsets(std::vector<Number>& of, std::size_t players) {
  for (std::size_t bit = 0; bit < players; ++bit)
    for (std::size_t set = 0; set < of.size(); ++set)
      if ((set >> bit & 1) != 0) of[set] += of[set ^ (std::size_t{1} << bit)];
}

inline std::size_t members_of(std::size_t set) {
  std::size_t members = 0;
  for (; set != 0; set &= set - 1) ++members;
  return members;
}

}  // namespace detail

/// The most players whose sets are enumerated.
inline constexpr std::size_t most_shapley_players = 20;

/// The value of Shapley for any worth: `worth[set]` where bit i of `set` says whether player i is
/// in it. 2^players worths, to 20 players; throws std::invalid_argument otherwise. The values add
/// up to the worth of all less that of none. O(players · 2^players).
inline std::vector<double> shapley_values(std::span<double const> worth) {
  std::size_t players = 0;
  while (players < most_shapley_players && (std::size_t{1} << players) < worth.size()) ++players;
  if (worth.size() != std::size_t{1} << players)
    detail::refuse("cxm::shapley_values: needs the worth of each set, for 20 players at most");
  std::vector<double> weight(players, 0);  // s! (n - s - 1)! / n! for s others in the set
  for (std::size_t s = 0; s < players; ++s) {
    double ways = 1;  // binomial(n - 1, s)
    for (std::size_t i = 1; i <= s; ++i)
      ways = ways * static_cast<double>(players - i) / static_cast<double>(i);
    weight[s] = 1 / (static_cast<double>(players) * ways);
  }
  std::vector<exact_sum> sums(players);
  for (std::size_t set = 0; set < worth.size(); ++set) {
    auto const others = detail::members_of(set);
    for (std::size_t i = 0; i < players; ++i) {
      if ((set >> i & 1) != 0) continue;
      double const adds = worth[set | (std::size_t{1} << i)] - worth[set];
      if (adds != 0) sums[i].add(weight[others] * adds);
    }
  }
  std::vector<double> values;
  for (auto const& one : sums) values.push_back(one.value().value_or(0));
  return values;
}

/// A value that was sampled.
struct sampled_value {
  double value = 0;
  double standard_error = 0;
  /// The value is nearer than this with a probability of at least 95 %, whatever the worths are
  /// within their range (Hoeffding 1963).
  double bound = 0;
};

/// The value of Shapley by `orders` random orders of the players, for any number of them. `worth`
/// is called with a `std::vector<bool>`, and must lie between `low` and `high`; the values add up
/// to the worth of all less that of none up to rounding. O(orders · players) calls.
template <class Worth>
std::vector<sampled_value> sampled_shapley_values(std::size_t players, Worth const& worth,
                                                  double low, double high, std::size_t orders,
                                                  seed from) {
  if (orders < 2) detail::refuse("cxm::sampled_shapley_values: needs two orders at least");
  if (!(low <= high)) detail::refuse("cxm::sampled_shapley_values: the range of worths is empty");
  random_stream random(from);
  std::vector<std::size_t> order(players);
  std::vector<double> mean(players, 0), squares(players, 0);
  for (std::size_t i = 0; i < players; ++i) order[i] = i;
  for (std::size_t round = 1; round <= orders; ++round) {
    for (std::size_t i = players; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
    std::vector<bool> in(players, false);
    double before = worth(in);
    for (std::size_t const player : order) {
      in[player] = true;
      double const after = worth(in);
      double const adds = after - before - mean[player];
      mean[player] += adds / static_cast<double>(round);
      squares[player] += adds * (after - before - mean[player]);
      before = after;
    }
  }
  auto const n = static_cast<double>(orders);
  std::vector<sampled_value> found;
  // What a player adds lies within [-(high - low), high - low].
  double const bound = 2 * (high - low) * std::sqrt(std::log(2 / 0.05) / (2 * n));
  for (std::size_t i = 0; i < players; ++i)
    found.push_back({mean[i], std::sqrt(squares[i] / (n - 1) / n), bound});
  return found;
}

template <class Touchpoint>
credit_summary<Touchpoint> credit(path_table<Touchpoint> const& paths, shapley) {
  detail::credit_sums sums(paths.touchpoints().size());
  std::vector<std::uint32_t> players;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    auto const [steps, outcome] = paths[i];
    detail::distinct_steps(steps, players);
    for (auto const one : players) sums.add(one, 1 / static_cast<double>(players.size()), outcome);
  }
  return detail::with_credit(paths, sums);
}

template <class Touchpoint>
std::vector<ordered_credit<Touchpoint>> credit(path_table<Touchpoint> const& paths,
                                               ordered_shapley) {
  std::vector<std::vector<exact_sum>> sums(paths.touchpoints().size());
  std::vector<std::uint32_t> players;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    auto const [steps, outcome] = paths[i];
    detail::distinct_steps(steps, players);
    for (std::size_t place = 0; place < players.size(); ++place) {
      auto& of = sums[players[place]];
      if (of.size() <= place) of.resize(place + 1);
      of[place].add(static_cast<double>(outcome.conversions) / static_cast<double>(players.size()));
    }
  }
  std::vector<ordered_credit<Touchpoint>> found;
  for (std::size_t c = 0; c < sums.size(); ++c) {
    ordered_credit<Touchpoint> one{paths.touchpoints()[c], {}, 0};
    exact_sum all;
    for (auto const& sum : sums[c]) {
      one.by_place.push_back(*sum.value());
      all.merge(sum);
    }
    one.credit = *all.value();
    found.push_back(std::move(one));
  }
  return found;
}

/// Throws std::invalid_argument for more than 20 touchpoints.
template <class Touchpoint>
credit_summary<Touchpoint> credit(path_table<Touchpoint> const& paths, shapley_rate) {
  auto const players = paths.touchpoints().size();
  if (players > most_shapley_players)
    detail::refuse("cxm::credit: shapley_rate is for 20 touchpoints at most");
  std::vector<std::uint64_t> conversions(std::size_t{1} << players), all(conversions.size());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    auto const [steps, outcome] = paths[i];
    std::size_t set = 0;
    for (auto const one : steps) set |= std::size_t{1} << one;
    if (set == 0) continue;  // of no touchpoint: no credit can be due
    conversions[set] += outcome.conversions;
    all[set] += outcome.conversions + outcome.nulls;
  }
  detail::sum_over_subsets(conversions, players);
  detail::sum_over_subsets(all, players);
  std::vector<double> rate(all.size(), 0);
  for (std::size_t set = 0; set < rate.size(); ++set)
    if (all[set] > 0)
      rate[set] = static_cast<double>(conversions[set]) / static_cast<double>(all[set]);
  auto found = detail::without_credit(paths);
  auto const values = shapley_values(rate);
  for (std::size_t i = 0; i < players; ++i) found.touchpoints[i].credit = values[i];
  found.value = reason::not_identified;
  return found;
}

}  // namespace cxm
