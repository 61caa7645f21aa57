// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What is said of valences, times, efforts and hand-overs along journeys. Single touchpoints and
/// departments are groups: they are told once they are published.

#include <cxm/fwd.hpp>
#include <cxm/report/detail/tell_groups.hpp>
#include <cxm/report/table.hpp>

#include <concepts>
#include <string>

namespace cxm::detail {

template <std::same_as<valence_point> Found>
told tell(Found const& of, telling const& how) {
  told out;
  out.name = "mean valence";
  tell_value(out, of.mean, how);
  if (of.mean) tell_interval(out, of.interval, unit::number, how.decimals_or(2));
  tell_counts(out, of.n, of.missing, of.invalid, "valence", "valences");
  return out;
}
template <class Touchpoint>
told tell(valence_summary<Touchpoint> const& of, telling const& how) {
  told out = tell(of.all, how);
  int const decimals = how.decimals_or(2);
  out.counts += ", " + counted(of.journeys, "journey", "journeys");
  out.base += " of " + counted(of.journeys, "journey", "journeys");
  out.definition = "along " + counted(of.by_part.size(), "part", "parts") + " of the journey and " +
                   counted(of.by_touchpoint.size(), "touchpoint", "touchpoints");
  out.details = "swing " + or_reason(of.swing.mean, decimals) + ", recovery " +
                or_reason(of.recovery.mean, decimals);
  return out;
}

/// The mean of a length of time.
template <class Duration>
told tell(time_summary<Duration> const& of, telling const& how) {
  told out;
  out.name = "mean time";
  tell_value(out, of.mean, how);
  out.counts = fmt::format("n = {}, {} missing", of.n, of.missing);
  out.base = counted(of.n, "time", "times") + (of.n == 1 ? " counts" : " count");
  if (of.missing > 0) out.base += fmt::format("; {} missing do not", of.missing);
  if (of.sum) out.details = "deviation " + or_reason(of.deviation, how.decimals_or(2));
  return out;
}
template <class Duration, class Departments>
told tell(ledger_summary<Duration, Departments> const& of, telling const& how) {
  told out = tell(of.end_to_end, how);
  out.name = "mean end-to-end time";
  out.counts = fmt::format("n = {} journeys", of.journeys);
  out.base = counted(of.journeys, "journey", "journeys");
  if (of.without_part > 0) {
    out.counts += fmt::format(", {} left out", of.without_part);
    out.base += fmt::format("; {} left out", of.without_part);
  }
  if (!out.known) return out;
  auto const part = [&](auto const& time) { return share_words(time.share_of(of.end_to_end)); };
  out.details = fmt::format(
      "at work {}, waiting at hand-offs {}, for the customer {}, unmeasured {}", part(of.touch),
      part(of.hand_off_wait), part(of.customer_wait), part(of.unmeasured));
  return out;
}

template <std::same_as<effort_summary> Found>
told tell(Found const& of, telling const& how) {
  told out;
  out.name = "mean effort";
  tell_value(out, of.mean, how);
  out.counts = fmt::format("n = {}, {} missing", of.n, of.missing);
  out.base = fmt::format("{}; {} missing", counted(of.n, "journey", "journeys"), of.missing);
  out.definition = "units a journey";
  for (auto const& one : of.components)
    out.details += fmt::format("{}{} {}", out.details.empty() ? "" : ", ", show(one.name, 40).text,
                               share_words(one.share));
  return out;
}
template <class Groups>
told tell(rework_summary<Groups> const& of, telling const& how) {
  told out;
  out.name = "rework";
  out.known = of.rework_share.has_value();
  out.value = share_words(of.rework_share, how.decimals_or(0));
  out.counts = fmt::format("n = {} contacts of {}", of.contacts,
                           counted(of.journeys, "journey", "journeys"));
  out.base = out.counts;
  out.definition = "share of contacts that repeat an earlier one of their journey";
  out.details = fmt::format("{} right after it, {} after others", of.self_loops, of.loop_returns);
  return out;
}
template <class Departments, class Seams>
told tell(hand_over_summary<Departments, Seams> const& of, telling const&) {
  told out;
  out.name = "hand-overs:";
  out.value = fmt::format("{} in {}", of.hand_overs, counted(of.journeys, "journey", "journeys"));
  out.details = fmt::format("{} straight back, {} of no known owner", of.ping_pongs, of.unowned);
  return out;
}
template <std::same_as<contactless_summary> Found>
told tell(Found const& of, telling const& how) {
  told out = tell(of.contactless, how);
  out.name = "contactless journeys";
  out.definition = "share of journeys with digital contacts only";
  out.details = fmt::format("{} digital, {} with a human, {} unknown, {} without a contact seen",
                            of.digital, of.human, of.unknown, of.left_out);
  if (of.bounds)
    out.details += fmt::format(", from {} to {} whatever the unknown were",
                               share_words(of.bounds->low), share_words(of.bounds->high));
  out.prose.clear();
  return out;
}

}  // namespace cxm::detail
