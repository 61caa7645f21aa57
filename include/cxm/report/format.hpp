// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `fmt::formatter` for every result. `{}` is short, "+30 (14..44), n = 100"; `{:.1f}` sets the
/// decimals; `{:full}` and `{:.1full}` add the definition and what did not count. What has no value
/// prints the reason. Groups print how many they are: their numbers are printed once `publish` has
/// made them fit to be shown. No locale.

#include <cxm/path/flow_graph.hpp>
#include <cxm/report/detail/describe.hpp>

#include <fmt/format.h>

#include <optional>
#include <string>

namespace cxm::detail {

/// The part that all formatters share: `[.decimals][f|full]`.
struct result_format {
  int decimals = -1;
  bool full = false;

  template <class Context>
  constexpr auto parse(Context& context) {
    auto at = context.begin(), end = context.end();
    if (at != end && *at == '.') {
      decimals = 0;
      int digits = 0;
      for (++at; at != end && *at >= '0' && *at <= '9' && digits < 2; ++at, ++digits)
        decimals = 10 * decimals + (*at - '0');
      if (digits == 0) throw fmt::format_error("a precision needs digits");
    }
    if (at != end && *at == 'f') {
      ++at;
      char const* rest = "ull";
      if (at != end && *at == 'u') {
        full = true;
        for (; *rest != '\0' && at != end && *at == *rest; ++rest) ++at;
        if (*rest != '\0') throw fmt::format_error("a result is formatted by .1f or full");
      }
    }
    if (at != end && *at != '}') throw fmt::format_error("a result is formatted by .1f or full");
    return at;
  }
};

/// Formats by `describe(result, decimals, full)`, where decimals below 0 leave them to the result.
template <class Result>
struct result_formatter : result_format {
  template <class Context>
  auto format(Result const& result, Context& context) const {
    std::string const text = describe(result, decimals, full);
    auto out = context.out();
    for (char const c : text) *out++ = c;
    return out;
  }
};

}  // namespace cxm::detail

namespace fmt {

template <>
struct formatter<cxm::reason> : cxm::detail::result_formatter<cxm::reason> {};
template <class Value>
struct formatter<cxm::maybe<Value>> : cxm::detail::result_formatter<cxm::maybe<Value>> {};
template <>
struct formatter<cxm::interval> : cxm::detail::result_formatter<cxm::interval> {};
template <>
struct formatter<cxm::bounded_interval> : cxm::detail::result_formatter<cxm::bounded_interval> {};
template <>
struct formatter<cxm::figure> : cxm::detail::result_formatter<cxm::figure> {};
template <>
struct formatter<cxm::estimate> : cxm::detail::result_formatter<cxm::estimate> {};
template <>
struct formatter<cxm::score> : cxm::detail::result_formatter<cxm::score> {};
template <>
struct formatter<cxm::nps_score> : cxm::detail::result_formatter<cxm::nps_score> {};
template <>
struct formatter<cxm::csat_score> : cxm::detail::result_formatter<cxm::csat_score> {};
template <>
struct formatter<cxm::mean_score> : cxm::detail::result_formatter<cxm::mean_score> {};
template <>
struct formatter<cxm::ces_score> : cxm::detail::result_formatter<cxm::ces_score> {};
template <>
struct formatter<cxm::share> : cxm::detail::result_formatter<cxm::share> {};
template <>
struct formatter<cxm::proportion_summary> : cxm::detail::result_formatter<cxm::proportion_summary> {
};
template <class Real>
struct formatter<cxm::moments_summary<Real>>
    : cxm::detail::result_formatter<cxm::moments_summary<Real>> {};
template <>
struct formatter<cxm::exact_moments_result>
    : cxm::detail::result_formatter<cxm::exact_moments_result> {};
template <class Value>
struct formatter<cxm::extrema_summary<Value>>
    : cxm::detail::result_formatter<cxm::extrema_summary<Value>> {};
template <class Value>
struct formatter<cxm::sorted_values<Value>>
    : cxm::detail::result_formatter<cxm::sorted_values<Value>> {};
template <class Value>
struct formatter<cxm::log_histogram_summary<Value>>
    : cxm::detail::result_formatter<cxm::log_histogram_summary<Value>> {};
template <>
struct formatter<cxm::promise_summary> : cxm::detail::result_formatter<cxm::promise_summary> {};
template <class Wait>
struct formatter<cxm::edge_summary<Wait>> : cxm::detail::result_formatter<cxm::edge_summary<Wait>> {
};
template <class Touchpoints, class Edges>
struct formatter<cxm::flow_summary<Touchpoints, Edges>>
    : cxm::detail::result_formatter<cxm::flow_summary<Touchpoints, Edges>> {};
template <class Key, class Result>
struct formatter<cxm::groups<Key, Result>>
    : cxm::detail::result_formatter<cxm::groups<Key, Result>> {};
template <class Result>
struct formatter<cxm::published<Result>> : cxm::detail::result_formatter<cxm::published<Result>> {};
template <class Result>
struct formatter<cxm::publishable<Result>>
    : cxm::detail::result_formatter<cxm::publishable<Result>> {};

}  // namespace fmt
