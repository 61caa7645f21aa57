// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What promises, flows, groups and published tables say of themselves. Groups only say how many
/// they are: their numbers are told once `publish` has made them fit to be shown. Names in keys are
/// made harmless to a terminal.

#include <cxm/journey/promises.hpp>
#include <cxm/report/detail/tell_scores.hpp>
#include <cxm/report/detail/told.hpp>
#include <cxm/report/publishable.hpp>
#include <cxm/report/table.hpp>
#include <cxm/stats/groups.hpp>

#include <string>

namespace cxm::detail {

inline told tell(promise_summary const& found, telling const& how) {
  auto const in_short = [&](share const& one) {
    return in_length(tell(one, {how.decimals, length::brief}), length::brief);
  };
  told out;
  out.name = "promises:";
  out.value = fmt::format("{} kept, {} late, {} unmet, {} pending", found.kept, found.late,
                          found.unmet, found.pending);
  out.counts = counted(found.without_promise, "event", "events") + " without a promise";
  out.base = out.counts;
  out.details = "broken " + in_short(found.broken_share) + ", late " + in_short(found.late_share);
  return out;
}

template <class Summary>
requires requires(Summary const& found) {
  found.wait;
  found.overlaps;
  found.journeys;
}
told tell(Summary const& found, telling const&) {
  told out;
  out.value = fmt::format("{} times in {} journeys", found.count, found.journeys);
  out.details = fmt::format("{} overlapping", found.overlaps);
  return out;
}
template <class Summary>
requires requires(Summary const& found) {
  found.edges;
  found.touchpoints;
  found.starts;
}
told tell(Summary const& found, telling const&) {
  told out;
  out.value = fmt::format("{} journeys over {} touchpoints and {} edges", found.journeys,
                          found.touchpoints.size(), found.edges.size());
  return out;
}

template <class Key, class Result>
told tell(groups<Key, Result> const& found, telling const&) {
  told out;
  std::string by;
  for (auto const& name : found.names())
    if (!name.empty()) by += (by.empty() ? " by " : ", ") + show(name, 40).text;
  out.value = fmt::format("{} groups", found.size() + (found.other() ? 1 : 0)) + by;
  return out;
}
template <class Result>
told tell(published<Result> const& one, telling const& how) {
  return tell(one.result(), how);
}
template <class Result>
std::string table_text(publishable<Result> const& table, telling const& how) {
  std::string lines;
  for (auto const& one : table) {
    std::string key;
    for (auto const& part : one.key) key += (key.empty() ? "" : ", ") + show(part, 40).text;
    lines += (lines.empty() ? "" : "\n") + key + ": " + in_length(tell(one.result, how), how.how);
  }
  return lines;
}

}  // namespace cxm::detail
