// SPDX-License-Identifier: BSL-1.0
// Journeys the slow and obvious way, to compare with.
#pragma once

#include "logs.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace oracle {

using journey = std::vector<logs::contact>;
struct verdict {
  bool before = false, after = false;
};
/// The verdict on `next` after `so_far`, which may be empty.
using rule = std::function<verdict(journey const& so_far, logs::contact const& next)>;

inline logs::minutes end_of(logs::contact const& one) {
  return one.ended.value_or(one.when);
}
inline logs::minutes latest_end(journey const& contacts) {
  auto latest = end_of(contacts.front());
  for (auto const& one : contacts) latest = std::max(latest, end_of(one));
  return latest;
}

inline std::vector<journey> cut(std::vector<logs::contact> const& log, rule const& boundary) {
  std::map<int, journey> by_customer;
  for (auto const& one : log) by_customer[one.customer].push_back(one);
  std::vector<journey> found;
  for (auto& [customer, contacts] : by_customer) {
    std::stable_sort(contacts.begin(), contacts.end(),
                     [](auto const& a, auto const& b) { return a.when < b.when; });
    journey open;
    for (auto const& next : contacts) {
      auto const [before, after] = boundary(open, next);
      if (before && !open.empty()) found.push_back(std::exchange(open, {}));
      open.push_back(next);
      if (after) found.push_back(std::exchange(open, {}));
    }
    if (!open.empty()) found.push_back(open);
  }
  return found;
}

/// A journey as text, to be compared whatever the order of the customers.
inline std::string text(int customer, logs::minutes start, logs::minutes end,
                        std::string const& path) {
  return std::to_string(customer) + ": " + std::to_string(start.time_since_epoch().count()) + "-" +
         std::to_string(end.time_since_epoch().count()) + " " + path;
}
inline std::vector<std::string> texts(std::vector<journey> const& journeys) {
  std::vector<std::string> all;
  for (auto const& one : journeys) {
    std::string path;
    for (auto const& contact : one) path += contact.what;
    all.push_back(text(one.front().customer, one.front().when, latest_end(one), path));
  }
  std::sort(all.begin(), all.end());
  return all;
}
template <class Store>
std::vector<std::string> texts_of(Store const& store) {
  std::vector<std::string> all;
  for (auto const& one : store) {
    std::string path;
    for (auto const touchpoint : one.path()) path += touchpoint;
    all.push_back(text(one.customer(), one.started(), one.ended(), path));
  }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace oracle
