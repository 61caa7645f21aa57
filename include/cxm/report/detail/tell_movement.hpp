// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What is said of differences that were taken apart or brought to the same mix, and of wholes and
/// their parts. Single segments are groups: they are told once they are published.

#include <cxm/fwd.hpp>
#include <cxm/report/detail/tell_groups.hpp>
#include <cxm/report/detail/tell_tests.hpp>

#include <concepts>
#include <string>

namespace cxm::detail {

inline std::string signed_number(double value, int decimals) {
  return with_unit(unit::number, value, decimals, true);
}
inline std::string signed_or_reason(maybe<double> const& value, int decimals) {
  return value ? signed_number(*value, decimals) : words(value.why());
}

template <std::same_as<mix_and_rate> Found>
told tell(Found const& of, telling const& how) {
  told out;
  int const decimals = how.decimals_or(2);
  out.value =
      signed_number(of.mix, decimals) + " by mix, " + signed_number(of.rate, decimals) + " by rate";
  return out;
}
/// The difference and its two parts, whatever holds them.
inline told tell_parts(maybe<double> const& value, maybe<double> const& first,
                       maybe<double> const& second, maybe<double> const& mix,
                       maybe<double> const& rate, telling const& how) {
  told out;
  int const decimals = how.decimals_or(2);
  out.name = "difference";
  tell_value(out, value, unit::number, decimals, true);
  if (!value) return out;
  out.definition = or_reason(first, decimals) + " less " + or_reason(second, decimals);
  out.details = signed_or_reason(mix, decimals) + " because others answered (mix), " +
                signed_or_reason(rate, decimals) + " because they answered otherwise (rate)";
  return out;
}
template <std::same_as<decomposition> Found>
told tell(Found const& of, telling const& how) {
  told out = tell_parts(of.difference, of.first, of.second, of.mix, of.rate, how);
  out.counts = counted(of.groups.size(), "group", "groups");
  out.base = out.counts + (of.groups.size() == 1 ? " enters" : " enter");
  return out;
}
template <class Segments>
told tell(movement<Segments> const& of, telling const& how) {
  told out = tell_parts(of.value, of.first, of.second, of.mix, of.rate, how);
  std::string const segments =
      counted(of.segments.size() + (of.segments.other() ? 1 : 0), "segment", "segments");
  out.counts = fmt::format("n = {} and {}, {}", of.first_n, of.second_n, segments);
  out.base = fmt::format("it is that of {} less that of {}, in {}",
                         counted(of.first_n, "answer", "answers"), of.second_n, segments);
  return out;
}
template <std::same_as<segment_movement> Found>
told tell(Found const& of, telling const& how) {
  told out;
  int const decimals = how.decimals_or(2);
  out.name = "segment:";
  out.known = of.mix.has_value();
  out.value = of.mix ? signed_number(*of.mix, decimals) + " by mix, " +
                           signed_or_reason(of.rate, decimals) + " by rate"
                     : words(of.mix.why());
  out.counts = fmt::format("n = {} and {}", of.first_n, of.second_n);
  out.base = out.counts;
  out.definition =
      "score " + or_reason(of.first, decimals) + " and " + or_reason(of.second, decimals);
  out.details =
      "share of answers " + share_words(of.first_share) + " and " + share_words(of.second_share);
  return out;
}
template <std::same_as<same_mix> Found>
told tell(Found const& of, telling const& how) {
  told out = tell(static_cast<comparison const&>(of), how);
  out.name += " at the same mix";
  int const decimals = how.decimals_or(of.in == unit::number ? 2 : 1);
  if (!of.first || !of.second) return out;
  std::string more = number_in(of.in, *of.first, decimals) + " and " +
                     number_in(of.in, *of.second, decimals) + " at that mix";
  if (of.covered && *of.covered < 1)
    more += ", of which " + share_words(of.covered) + " is on both sides";
  out.details += (out.details.empty() ? "" : "; ") + more;
  out.prose += "; " + more;
  return out;
}

template <std::same_as<whole_and_parts> Found>
told tell(Found const& of, telling const& how) {
  told out;
  int const decimals = how.decimals_or(1);
  out.name = "parts less the whole";
  out.subject = "the difference of the parts from the whole";
  tell_value(out, of.difference, unit::number, decimals, true);
  if (of.difference) tell_interval(out, of.interval, unit::number, decimals, true);
  out.counts = fmt::format("n = {} of {}", of.n, counted(of.journeys, "journey", "journeys"));
  out.base = fmt::format("{} of {} have both an answer about the whole and a rated contact", of.n,
                         counted(of.journeys, "journey", "journeys"));
  out.definition = "on 0..100, the mean rating of contacts less that of the journey";
  if (of.difference)
    out.details =
        fmt::format("parts {}, whole {}; {} of journeys are good in every part yet bad",
                    or_reason(of.mean_parts, decimals), or_reason(of.mean_whole, decimals),
                    share_words(of.all_good_yet_bad.value));
  return out;
}

}  // namespace cxm::detail
