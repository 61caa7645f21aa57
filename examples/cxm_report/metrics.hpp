// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The metric that the options ask for, with its scale and its interval: one type for all of them,
/// chosen at run time out of one_of.

#include <cxm/stats/each.hpp>
#include <cxm/survey.hpp>

#include "input.hpp"
#include "options.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace report {

/// What all metrics are told.
struct question {
  std::string metric;
  cxm::any_points scale;
  cxm::confidence level;
  cxm::min_n least;

  /// `usual` is the minimum n without `--min-n`. Throws usage_error.
  explicit question(options const& given, std::uint64_t usual = 1);
};

inline auto nps_by(auto method, question const& asked, cxm::promoters_from good,
                   cxm::detractors_to bad) {
  return cxm::tally(cxm::nps(asked.scale, good, bad, method, asked.level, asked.least),
                    cxm::point_counts(asked.least));
}
inline auto csat_by(auto method, question const& asked, cxm::good_at good) {
  return cxm::tally(cxm::csat(asked.scale, good, method, asked.level, asked.least),
                    cxm::point_counts(asked.least));
}
inline auto mean_by(auto method, question const& asked) {
  return cxm::tally(cxm::mean(asked.scale, method, asked.level, asked.least),
                    cxm::median(asked.least), cxm::point_counts(asked.least));
}

template <class Method>
using nps_tally = decltype(nps_by(Method{}, std::declval<question const&>(), {}, {}));
template <class Method>
using csat_tally = decltype(csat_by(Method{}, std::declval<question const&>(), {}));
using mean_tally = decltype(mean_by(cxm::student{}, std::declval<question const&>()));

/// Any metric with any of its intervals.
using any_metric =
    cxm::one_of<nps_tally<cxm::adjusted_wald>, nps_tally<cxm::wald>, nps_tally<cxm::student>,
                csat_tally<cxm::wilson>, csat_tally<cxm::wald>, mean_tally>;
using any_score = cxm::result_of<any_metric>;

/// The name of the interval, the usual one unless `--interval` says so.
std::string interval_of(std::string const& metric, options const& given);
any_metric metric_of(question const& asked, std::string const& interval, options const& given);

/// The answer in a field; none where it is empty or one of `missing`, and off every scale where it
/// is not a number.
std::optional<double> answer_in(input const& file, std::size_t place,
                                std::vector<std::string> const& missing);

}  // namespace report
