// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The metric that the options ask for, with its scale and its interval: one type for all of them,
/// chosen at run time out of one_of.

#include <cxm/stats/bootstrap.hpp>
#include <cxm/stats/each.hpp>
#include <cxm/survey.hpp>

#include "input.hpp"
#include "options.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
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

/// An interval method chosen at run time.
template <class... Methods>
struct any_method {
  using policy_kind = cxm::interval_method;
  std::variant<Methods...> method;

  cxm::maybe<cxm::bounded_interval> net(std::uint64_t promoters, std::uint64_t detractors,
                                        std::uint64_t n, cxm::confidence level) const {
    return std::visit([&](auto const& one) { return one.net(promoters, detractors, n, level); },
                      method);
  }
  cxm::maybe<cxm::bounded_interval> share(std::uint64_t successes, std::uint64_t n,
                                          cxm::confidence level) const {
    return std::visit([&](auto const& one) { return one.share(successes, n, level); }, method);
  }
  cxm::maybe<cxm::bounded_interval> mean_of(std::int64_t low, std::span<std::uint64_t const> counts,
                                            cxm::confidence level) const {
    return std::visit([&](auto const& one) { return one.mean_of(low, counts, level); }, method);
  }
  /// Of weighted answers. A bootstrap needs the weight of every answer, which a tally does not
  /// keep.
  cxm::maybe<cxm::bounded_interval> net(cxm::effective_net const& of, cxm::confidence level) const {
    return std::visit(
        [&](auto const& one) -> cxm::maybe<cxm::bounded_interval> {
          if constexpr (requires { one.net(of, level); })
            return one.net(of, level);
          else
            return cxm::reason::not_identified;
        },
        method);
  }
  cxm::maybe<cxm::bounded_interval> share(cxm::effective_share const& of,
                                          cxm::confidence level) const {
    return std::visit([&](auto const& one) { return one.share(of, level); }, method);
  }
};

using net_method = any_method<cxm::adjusted_wald, cxm::wald, cxm::student, cxm::agresti_min,
                              cxm::bonett_price, cxm::tango, cxm::mover_wilson, cxm::bootstrap>;
using share_method = any_method<cxm::wilson, cxm::wald, cxm::clopper_pearson, cxm::jeffreys>;
using resampled_mean = any_method<cxm::bootstrap, cxm::bca>;

inline auto nps_by(net_method const& method, question const& asked, cxm::promoters_from good,
                   cxm::detractors_to bad) {
  return cxm::tally(cxm::nps(asked.scale, good, bad, method, asked.level, asked.least),
                    cxm::point_counts(asked.least));
}
inline auto csat_by(share_method const& method, question const& asked, cxm::good_at good) {
  return cxm::tally(cxm::csat(asked.scale, good, method, asked.level, asked.least),
                    cxm::point_counts(asked.least));
}
inline auto mean_by(auto const& method, question const& asked) {
  return cxm::tally(cxm::mean(asked.scale, method, asked.level, asked.least),
                    cxm::median(asked.least), cxm::point_counts(asked.least));
}

/// Any metric with any of its intervals.
using any_metric = cxm::one_of<
    decltype(nps_by(std::declval<net_method>(), std::declval<question const&>(), {}, {})),
    decltype(csat_by(std::declval<share_method>(), std::declval<question const&>(), {})),
    decltype(mean_by(cxm::student{}, std::declval<question const&>())),
    decltype(mean_by(std::declval<resampled_mean>(), std::declval<question const&>()))>;
using any_score = cxm::result_of<any_metric>;

/// The name of the interval, the usual one unless `--interval` says so.
std::string interval_of(std::string const& metric, options const& given);
any_metric metric_of(question const& asked, std::string const& interval, options const& given);

/// The answer in a field; none where it is empty or one of `missing`, and off every scale where it
/// is not a number.
std::optional<double> answer_in(input const& file, std::size_t place,
                                std::vector<std::string> const& missing);

}  // namespace report
