// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/segment/profile.hpp>
#include <cxm/stats/chi_square.hpp>
#include <cxm/stats/multiplicity.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// \file
/// What a segment may be said to be: effects with intervals and with the false discoveries among
/// them kept below a level, a name from the strongest, typical members; and lift, how much more
/// frequent something is in a segment than among all.

namespace cxm {

/// An effect of a profile with its 95 % interval.
struct described_feature {
  feature_profile seen{};
  maybe<double> low = reason::no_data;
  maybe<double> high = reason::no_data;
  maybe<double> p_adjusted = reason::no_data;  ///< of no difference, by Benjamini and Hochberg
};

struct segment_description {
  segment_profile profile{};
  std::string name{};                         ///< "high tenure, low monthly charge"; or "usual"
  std::vector<described_feature> features{};  ///< the strongest first
  std::vector<std::size_t> typical{};         ///< rows nearest to the middle, the nearest first
};

namespace detail {

/// The error of a standardised difference (L. Hedges and I. Olkin, 1985).
inline double error_of_difference(double d, double n, double rest) {
  return std::sqrt((n + rest) / (n * rest) + d * d / (2 * (n + rest)));
}

/// Rows nearest to the mean of their segment, as clustered.
template <class Table>
std::vector<std::size_t> typical_rows(Table const& table, std::vector<std::uint32_t> const& labels,
                                      std::uint32_t segment, std::size_t most) {
  auto const rows = table.scaled();
  std::vector<double> mean(table.recipe().size());
  std::vector<std::pair<double, std::size_t>> far;
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (labels[i] == segment) far.emplace_back(0.0, i);
  auto const value = [&](std::size_t i, std::size_t j) {
    return rows(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
  };
  for (auto& [distance, i] : far)
    for (std::size_t j = 0; j < mean.size(); ++j)
      mean[j] += value(i, j) / static_cast<double>(far.size());
  for (auto& [distance, i] : far)
    for (std::size_t j = 0; j < mean.size(); ++j)
      distance += (value(i, j) - mean[j]) * (value(i, j) - mean[j]);
  std::sort(far.begin(), far.end());
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < far.size() && i < most; ++i) found.push_back(far[i].second);
  return found;
}

}  // namespace detail

/// Describes each of `k` segments: effects of at least 0.5 standard deviations whose adjusted p is
/// below 0.05 make its name, five at most; `typical` members are named by their rows. O(rows ·
/// features).
template <class... Fields>
std::vector<segment_description> describe_segments(feature_table<Fields...> const& table,
                                                   std::vector<std::uint32_t> const& labels,
                                                   std::size_t k, std::size_t typical = 3) {
  std::vector<segment_description> made;
  std::vector<maybe<double>> p;
  for (auto& one : profile(table, labels, k)) {
    segment_description next;
    double const n = static_cast<double>(one.n), rest = static_cast<double>(one.n_rest);
    for (auto const& feature : one.features) {
      described_feature described{feature, feature.difference, feature.difference,
                                  feature.difference};
      if (feature.difference) {
        double const d = *feature.difference, error = detail::error_of_difference(d, n, rest);
        described.low = d - 1.959963984540054 * error;
        described.high = d + 1.959963984540054 * error;
        described.p_adjusted = chi_square_survival(d * d * n * rest / (n + rest), 1);
      }
      p.push_back(described.p_adjusted);
      next.features.push_back(std::move(described));
    }
    next.typical = detail::typical_rows(table, labels, one.segment, typical);
    next.profile = std::move(one);
    made.push_back(std::move(next));
  }
  auto const adjusted = detail::where_known(
      p, [](std::vector<double> const& known) { return benjamini_hochberg(known); });
  std::size_t at = 0;
  for (auto& one : made) {
    std::size_t named = 0;
    for (auto& feature : one.features) {
      feature.p_adjusted = adjusted[at++];
      auto const& d = feature.seen.difference;
      if (!d || std::fabs(*d) < 0.5 || !(*feature.p_adjusted < 0.05) || ++named > 5) continue;
      if (!one.name.empty()) one.name += ", ";
      one.name += (*d > 0 ? "high " : "low ") + feature.seen.name;
    }
    if (one.name.empty()) one.name = "usual";
  }
  return made;
}

/// How much more frequent something is in a segment than among all.
struct segment_lift {
  std::uint64_t n = 0;
  maybe<double> share = reason::no_data;
  maybe<double> lift = reason::no_data;  ///< share / share of all; degenerate if nobody has it
  maybe<double> low = reason::no_data;   ///< 95 %, by the delta method on the logarithm
  maybe<double> high = reason::no_data;
  maybe<double> p_adjusted = reason::no_data;  ///< against the rest, by Benjamini and Hochberg
};

/// The lift in each segment: `with[s]` of its `n[s]` members have it.
inline std::vector<segment_lift> lifts(std::vector<std::uint64_t> const& with,
                                       std::vector<std::uint64_t> const& n) {
  if (with.size() != n.size()) detail::refuse("cxm::lifts: needs both counts of each segment");
  double all = 0, having = 0;
  for (std::size_t s = 0; s < n.size(); ++s) {
    if (with[s] > n[s]) detail::refuse("cxm::lifts: more have it than there are");
    all += static_cast<double>(n[s]);
    having += static_cast<double>(with[s]);
  }
  std::vector<segment_lift> found(n.size());
  std::vector<maybe<double>> p(n.size(), maybe<double>(reason::no_data));
  for (std::size_t s = 0; s < n.size(); ++s) {
    auto& one = found[s];
    one.n = n[s];
    if (n[s] == 0) continue;
    double const here = static_cast<double>(n[s]), rest = all - here;
    double const share = static_cast<double>(with[s]) / here, whole = having / all;
    one.share = share;
    one.lift = one.low = one.high = one.p_adjusted = p[s] = reason::degenerate;
    if (!(having > 0)) continue;
    one.lift = share / whole;
    if (!(rest > 0) || !(having < all)) continue;
    double const other = (having - static_cast<double>(with[s])) / rest;
    double const difference = share - other;
    p[s] = chi_square_survival(
        difference * difference / (whole * (1 - whole) * (1 / here + 1 / rest)), 1);
    if (with[s] == 0) continue;
    double const mine = 1 / share - here / all / whole, theirs = rest / all / whole;
    double const error = std::sqrt(share * (1 - share) / here * mine * mine +
                                   other * (1 - other) / rest * theirs * theirs);
    one.low = *one.lift * std::exp(-1.959963984540054 * error);
    one.high = *one.lift * std::exp(1.959963984540054 * error);
  }
  auto const adjusted = detail::where_known(
      p, [](std::vector<double> const& known) { return benjamini_hochberg(known); });
  for (std::size_t s = 0; s < n.size(); ++s) found[s].p_adjusted = adjusted[s];
  return found;
}

}  // namespace cxm
