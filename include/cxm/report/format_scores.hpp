// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `fmt::formatter` for scores, shares, statistics, intervals, comparisons and tests, in four
/// lengths:
///
///     {}       +30
///     {:short} +30 (14..44), n = 100
///     {:full}  NPS +30 (14..44, 95 % adjusted Wald), n = 100, 3 missing, 1 invalid; percent
///              promoters (9..10) less percent detractors (0..6), answers 0..10; 50 promoters, …
///     {:text}  the same as a paragraph for a reader
///
/// `{:.1f}` and `{:.1full}` set the decimals. What has no value prints the reason. No locale. A
/// result of one's own takes part by a member `cxm::estimate as_estimate() const`, and says what it
/// is by `definition() const`. For journeys, groups and published tables: report/format.hpp.

#include <cxm/report/detail/tell_groups.hpp>
#include <cxm/report/detail/tell_movement.hpp>
#include <cxm/report/detail/tell_scores.hpp>
#include <cxm/report/detail/tell_statistics.hpp>
#include <cxm/report/detail/tell_tests.hpp>
#include <cxm/report/detail/told.hpp>

#include <fmt/format.h>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace cxm::detail {

/// Results that say something of themselves.
template <class Result>
concept self_describing = (std::is_class_v<Result> ||
                           std::same_as<Result, reason>)&&requires(Result const& result,
                                                                   telling const& how) {
  tell(result, how);
};

/// The part that all formatters share: `[.decimals][short|full|text]`.
struct result_format : telling {
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
    auto const word = at;
    while (at != end && *at != '}') ++at;
    how = length_of({word, static_cast<std::size_t>(at - word)});
    return at;
  }

 private:
  static constexpr length length_of(std::string_view word) {
    if (word.empty() || word == "f") return length::number;
    if (word == "short") return length::brief;
    if (word == "full") return length::line;
    if (word == "text") return length::paragraph;
    throw fmt::format_error("a result is formatted by .1f, short, full or text");
  }
};

template <class Context>
auto put(Context& context, std::string_view text) {
  auto out = context.out();
  for (char const c : text) *out++ = c;
  return out;
}

template <class Result>
struct result_formatter : result_format {
  template <class Context>
  auto format(Result const& result, Context& context) const {
    return detail::put(context, detail::in_length(tell(result, *this), how));
  }
};

}  // namespace cxm::detail

template <cxm::detail::self_describing Result>
struct fmt::formatter<Result, char> : cxm::detail::result_formatter<Result> {};
