// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Every result as a line of text, short or in full; what the formatters of report/format.hpp
/// print. Names in keys are made harmless to a terminal.

#include <cxm/core/maybe.hpp>
#include <cxm/journey/promises.hpp>
#include <cxm/report/detail/number_text.hpp>
#include <cxm/report/publishable.hpp>
#include <cxm/report/table.hpp>
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/extrema.hpp>
#include <cxm/stats/groups.hpp>
#include <cxm/stats/log_histogram.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/quantiles.hpp>
#include <cxm/survey/ces.hpp>

#include <cstdint>
#include <string>
#include <type_traits>

namespace cxm::detail {

inline int or_else(int decimals, int usual) {
  return decimals < 0 ? usual : decimals;
}
inline std::string counted(std::uint64_t n, char const* what) {
  return ", " + fmt::format_int(n).str() + ' ' + what;
}
inline std::string not_counted(std::uint64_t missing, std::uint64_t invalid) {
  return counted(missing, "missing") + counted(invalid, "invalid");
}
template <class Value>
std::string or_reason(maybe<Value> const& value, int decimals) {
  return value ? value_text(*value, decimals) : words(value.why());
}

inline std::string describe(reason why, int, bool) {
  return words(why);
}
inline std::string describe(interval const& ends, int decimals, bool) {
  decimals = or_else(decimals, 2);
  return fixed(ends.low, decimals) + ".." + fixed(ends.high, decimals);
}
inline std::string describe(figure const& shown, int decimals, bool) {
  return text(figure{shown.value, shown.in, or_else(decimals, shown.decimals)});
}
inline std::string describe(estimate const& score, int decimals, bool full) {
  std::string const line = text(score, or_else(decimals, score.decimals));
  return full ? line + not_counted(score.missing, score.invalid) : line;
}

/// What a score is, for `full`.
inline std::string definition(nps_score const& score) {
  return "NPS, % promoters - % detractors" + counted(score.promoters, "promoters") +
         counted(score.passives, "passives") + counted(score.detractors, "detractors");
}
inline std::string definition(csat_score const& score) {
  return "CSAT, share of satisfied answers" + counted(score.good, "satisfied");
}
inline std::string definition(ces_score const& score) {
  return "CES, mean effort in points of the scale" + counted(score.easy, "easy");
}
inline std::string definition(mean_score const& score) {
  return "mean in points of the scale, deviation " + or_reason(score.deviation, 2);
}
inline std::string definition(score const&) {
  return "score";
}
inline std::string definition(share const& score) {
  return "share" + counted(score.successes, "true");
}

template <class Result>
requires has_interval<Result> &&(!std::is_same_v<Result, estimate>)std::string
    describe(Result const& result, int decimals, bool full) {
  auto const score = estimate_of(result);
  std::string line = describe(score, decimals, full);
  return full ? line + "; " + definition(result) : line;
}

template <class Result>
requires requires(Result const& result) {
  result.mean;
  result.deviation;
  result.variance;
}
std::string describe(Result const& found, int decimals, bool full) {
  decimals = or_else(decimals, 2);
  std::string const line = "mean " + or_reason(found.mean, decimals) + ", deviation " +
                           or_reason(found.deviation, decimals) +
                           ", n = " + fmt::format_int(found.n).str();
  if (!full) return line;
  return line + not_counted(found.missing, found.invalid) + "; deviation divides by n - 1";
}

template <class Value>
std::string describe(extrema_summary<Value> const& found, int decimals, bool full) {
  decimals = or_else(decimals, 2);
  std::string const line =
      (found.min ? or_reason(found.min, decimals) + ".." + or_reason(found.max, decimals)
                 : words(found.min.why())) +
      ", n = " + fmt::format_int(found.n).str();
  return full ? line + not_counted(found.missing, found.invalid) + "; smallest and largest" : line;
}

template <class Found>
std::string quantile_line(Found const& found, std::uint64_t missing, std::uint64_t invalid,
                          int decimals, bool full, char const* kind) {
  decimals = or_else(decimals, 2);
  std::string line = "median " + or_reason(found.median(), decimals);
  if (full)
    for (int const percent : {25, 75, 90, 95})
      line += ", " + fmt::format_int(percent).str() +
              " %: " + or_reason(found.at(percent / 100.0), decimals);
  line += ", n = " + fmt::format_int(found.n()).str();
  return full ? line + not_counted(missing, invalid) + "; " + kind : line;
}
template <class Value>
std::string describe(sorted_values<Value> const& found, int decimals, bool full) {
  return quantile_line(found, found.missing, found.invalid, decimals, full,
                       "exact quantiles, type 7");
}
template <class Value>
std::string describe(log_histogram_summary<Value> const& found, int decimals, bool full) {
  return quantile_line(found, found.missing(), found.invalid(), decimals, full,
                       "quantiles within the relative error of the histogram");
}

inline std::string describe(promise_summary const& found, int decimals, bool full) {
  std::string const line = fmt::format("{} kept, {} late, {} unmet, {} pending", found.kept,
                                       found.late, found.unmet, found.pending);
  if (!full) return line;
  return line + counted(found.without_promise, "without a promise") + "; broken " +
         describe(found.broken_share, decimals, false) + "; late " +
         describe(found.late_share, decimals, false);
}

template <class Summary>
requires requires(Summary const& found) {
  found.wait;
  found.overlaps;
  found.journeys;
}
std::string describe(Summary const& found, int, bool full) {
  std::string const line = fmt::format("{} times in {} journeys", found.count, found.journeys);
  return full ? line + counted(found.overlaps, "overlapping") : line;
}
template <class Summary>
requires requires(Summary const& found) {
  found.edges;
  found.touchpoints;
  found.starts;
}
std::string describe(Summary const& found, int, bool) {
  return fmt::format("{} journeys over {} touchpoints and {} edges", found.journeys,
                     found.touchpoints.size(), found.edges.size());
}

template <class Value>
std::string describe(maybe<Value> const& value, int decimals, bool full) {
  if (!value) return words(value.why());
  if constexpr (requires { describe(*value, decimals, full); })
    return describe(*value, decimals, full);
  else if constexpr (is_vector<Value>)
    return label(*value);
  else
    return value_text(*value, or_else(decimals, 2));
}

template <class Key, class Result>
std::string describe(groups<Key, Result> const& found, int, bool) {
  std::string line = fmt::format("{} groups", found.size() + (found.other() ? 1 : 0));
  std::string by;
  for (auto const& name : found.names())
    if (!name.empty()) by += (by.empty() ? " by " : ", ") + show(name, 40).text;
  return line + by;
}
template <class Result>
std::string describe(published<Result> const& one, int decimals, bool full) {
  return describe(one.result(), decimals, full);
}
template <class Result>
std::string describe(publishable<Result> const& table, int decimals, bool full) {
  std::string lines;
  for (auto const& one : table) {
    std::string key;
    for (auto const& part : one.key) key += (key.empty() ? "" : ", ") + show(part, 40).text;
    lines += (lines.empty() ? "" : "\n") + key + ": " + describe(one.result, decimals, full);
  }
  return lines;
}

}  // namespace cxm::detail
