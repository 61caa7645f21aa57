// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What promise ledgers, moved targets and coverage say of themselves.

#include <cxm/journey/coverage.hpp>
#include <cxm/journey/moving_target.hpp>
#include <cxm/journey/promise_ledger.hpp>
#include <cxm/report/detail/labels.hpp>
#include <cxm/report/detail/tell_statistics.hpp>
#include <cxm/report/detail/tell_tables.hpp>

#include <fmt/format.h>

#include <string>

namespace cxm::detail {

inline std::string share_in_short(share const& one, telling const& how) {
  return in_length(tell(one, {how.decimals, length::brief}), length::brief);
}
template <class Duration>
std::string delay_in_words(delay_summary<Duration> const& delays, telling const& how) {
  return or_reason(delays.mean, how.decimals) + " in the mean, " +
         or_reason(delays.median(), how.decimals) +
         " in the median, n = " + fmt::format_int(delays.n).str();
}

template <class Duration>
told tell(promise_ledger_summary<Duration> const& found, telling const& how) {
  told out;
  out.name = "promises:";
  out.value =
      fmt::format("{} kept, {} early, {} late, {} no-shows, {} unmet, {} pending", found.kept,
                  found.early, found.late, found.no_show, found.unmet, found.pending);
  out.counts = counted(found.without_promise, "event", "events") + " without a promise";
  if (found.invalid > 0) out.counts += fmt::format(", {} invalid", found.invalid);
  out.base = out.counts;
  out.details = "on time " + share_in_short(found.on_time_share, how) + "; late by " +
                delay_in_words(found.overrun, how);
  if (found.overdue.n > 0) out.details += "; overdue by " + delay_in_words(found.overdue, how);
  return out;
}

template <class Duration>
told tell(moving_target_summary<Duration> const& found, telling const& how) {
  told out;
  out.name = "moved targets:";
  out.known = found.difference.has_value();
  out.value = found.difference ? with_unit(unit::share, *found.difference, how.decimals_or(0), true)
                               : words(found.difference.why());
  out.counts = fmt::format("n = {}, {} promised again", found.decided, found.promised_again);
  out.base = out.counts;
  out.definition = "on-time share against the last promise less that against the first";
  out.details = "customer " + share_in_short(found.customer.on_time_share, how) + ", company " +
                share_in_short(found.company.on_time_share, how);
  return out;
}

template <class Place>
told tell(coverage_summary<Place> const& found, telling const& how) {
  told out;
  out.name = "measured places:";
  out.value = fmt::format("{} of {}", found.measured.successes, found.measured.n);
  out.counts = "journeys with an answer " + share_in_short(found.all.journeys, how);
  out.base = out.counts;
  auto const listed = [](auto const& places) {
    std::string text;
    for (auto const& one : places) text += (text.empty() ? "" : ", ") + label(one);
    return text.empty() ? "none" : text;
  };
  out.details =
      "not measured: " + listed(found.unmeasured) + "; not even met: " + listed(found.unseen);
  return out;
}

}  // namespace cxm::detail
