// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What domain-free results say of themselves: intervals, moments, extrema, quantiles, totals of
/// weights, and a `maybe` of anything.

#include <cxm/core/codec.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/report/detail/told.hpp>
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/extrema.hpp>
#include <cxm/stats/log_histogram.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/quantiles.hpp>
#include <cxm/stats/weighted_count.hpp>

#include <cstdint>
#include <string>

namespace cxm::detail {

template <class Value>
std::string or_reason(maybe<Value> const& value, int decimals) {
  return value ? value_text(*value, decimals) : words(value.why());
}
template <class Value>
void tell_value(told& out, maybe<Value> const& value, telling const& how) {
  out.known = value.has_value();
  out.value = or_reason(value, how.decimals_or(2));
}

inline told tell(reason why, telling const&) {
  told out;
  out.known = false;
  out.value = words(why);
  return out;
}
inline told tell(interval const& ends, telling const& how) {
  told out;
  int const decimals = how.decimals_or(2);
  out.name = "interval";
  out.value = fixed(ends.low, decimals) + ".." + fixed(ends.high, decimals);
  return out;
}
inline told tell(bounded_interval const& ends, telling const& how) {
  told out = tell(static_cast<interval const&>(ends), how);
  if (!ends.method.empty()) out.name = made_by_text(ends.method, ends.level) + " interval";
  return out;
}
inline told tell(figure const& shown, telling const& how) {
  told out;
  out.known = shown.value.has_value();
  out.value = text(figure{shown.value, shown.in, how.decimals_or(shown.decimals)});
  return out;
}

template <class Result>
requires requires(Result const& result) {
  result.mean;
  result.deviation;
  result.variance;
}
told tell(Result const& found, telling const& how) {
  told out;
  out.name = "mean";
  tell_value(out, found.mean, how);
  tell_counts(out, found.n, found.missing, found.invalid, "value", "values");
  out.details = "deviation " + or_reason(found.deviation, how.decimals_or(2)) + " (over n - 1)";
  return out;
}

template <class Value>
told tell(extrema_summary<Value> const& found, telling const& how) {
  told out;
  int const decimals = how.decimals_or(2);
  out.name = "smallest and largest";
  out.known = found.min.has_value();
  out.value = found.min ? or_reason(found.min, decimals) + ".." + or_reason(found.max, decimals)
                        : words(found.min.why());
  tell_counts(out, found.n, found.missing, found.invalid, "value", "values");
  return out;
}

template <class Found>
told tell_quantiles(Found const& found, std::uint64_t missing, std::uint64_t invalid,
                    telling const& how, char const* kind) {
  told out;
  out.name = "median";
  tell_value(out, found.median(), how);
  tell_counts(out, found.n(), missing, invalid, "value", "values");
  for (int const percent : {25, 75, 90, 95})
    out.details += fmt::format("{}{} %: {}", out.details.empty() ? "" : ", ", percent,
                               or_reason(found.at(percent / 100.0), how.decimals_or(2)));
  out.definition = kind;
  return out;
}
template <class Value>
told tell(sorted_values<Value> const& found, telling const& how) {
  return tell_quantiles(found, found.missing, found.invalid, how, "exact quantiles of type 7");
}
template <class Value>
told tell(log_histogram_summary<Value> const& found, telling const& how) {
  return tell_quantiles(found, found.missing(), found.invalid(), how,
                        "quantiles within the relative error of the histogram");
}

inline told tell(weighted_total const& found, telling const& how) {
  told out;
  out.name = "weight";
  out.value = fixed(found.weight, how.decimals_or(2));
  out.counts = fmt::format("n = {}, {} of weight 0", found.n, found.unweighed);
  out.base =
      counted(found.n, "event", "events") + fmt::format(" and {} of weight 0", found.unweighed);
  out.details = "as " + or_reason(found.effective_n, 1) + " events of equal weight";
  return out;
}

/// Of what a `maybe` holds, or its reason.
template <class Value>
told tell(maybe<Value> const& value, telling const& how) {
  if (!value) return tell(value.why(), how);
  if constexpr (requires { tell(*value, how); }) {
    return tell(*value, how);
  } else {
    told out;
    if constexpr (is_vector<Value>)
      out.value = label(*value);
    else
      out.value = value_text(*value, how.decimals_or(2));
    return out;
  }
}

}  // namespace cxm::detail
