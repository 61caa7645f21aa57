// SPDX-License-Identifier: BSL-1.0
// Journeys written as their ratings, for the tests of what contacts add up to.
#pragma once

#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/journey/reconstruct.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <type_traits>
#include <vector>

namespace ratings {

struct contact {
  int customer = 0;
  std::chrono::sys_seconds when{};
  int touchpoint = 0;
  std::optional<int> rating{};
  std::optional<int> overall{};
  std::optional<int> channel{};
  int weight = 1;
};
using contacts = std::vector<contact>;
using some = std::vector<std::optional<int>>;

/// One more customer with one journey: contact i is at touchpoint i, i hours after the first; what
/// was said of the whole stands at the last.
inline void add(contacts& to, some const& ratings, std::optional<int> overall = std::nullopt) {
  int const customer = to.empty() ? 0 : to.back().customer + 1;
  for (std::size_t i = 0; i < ratings.size(); ++i) {
    to.push_back({customer, std::chrono::sys_seconds(std::chrono::hours(i)), static_cast<int>(i),
                  ratings[i]});
    if (i + 1 == ratings.size()) to.back().overall = overall;
  }
}
inline contacts one(some const& ratings) {
  contacts log;
  add(log, ratings);
  return log;
}
inline auto fields() {
  return cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::touchpoint};
}

/// Customers with one journey each, of 1 to `longest` contacts, some unrated.
inline contacts random(std::uint64_t seed, int customers, unsigned longest) {
  std::mt19937_64 next(seed);
  contacts log;
  for (int i = 0; i < customers; ++i) {
    some rated;
    for (std::size_t k = 1 + next() % longest; k > 0; --k)
      rated.push_back(next() % 4 == 0 ? std::optional<int>() : static_cast<int>(next() % 11));
    add(log, rated, next() % 5 == 0 ? std::optional<int>() : static_cast<int>(next() % 11));
  }
  for (auto& each : log) {
    each.touchpoint = static_cast<int>(next() % 4);
    each.weight = static_cast<int>(next() % 5);
    if (next() % 3 > 0) each.channel = static_cast<int>(next() % 3);
  }
  return log;
}

/// The journeys of a store, to be shuffled and dealt out.
template <class Store>
auto listed(Store const& journeys) {
  std::vector<std::remove_cvref_t<decltype(journeys[0])>> all;
  for (std::size_t i = 0; i < journeys.size(); ++i) all.push_back(journeys[i]);
  return all;
}

}  // namespace ratings
