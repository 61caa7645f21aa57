// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What is said of groups that borrow from each other or are ranked, of surveys (reliability,
/// response, those who stay silent), and of windows and decay. A type is looked at only where it is
/// formatted: its header need not be included here.

#include <cxm/fwd.hpp>
#include <cxm/report/detail/tell_scores.hpp>
#include <cxm/report/detail/tell_statistics.hpp>
#include <cxm/report/detail/told.hpp>

#include <concepts>
#include <string>

namespace cxm::detail {

inline std::string share_words(maybe<double> const& share, int decimals = 0) {
  return share ? number_in(unit::share, *share, decimals) : words(share.why());
}

template <class Score>
told tell(shrunk_score<Score> const& of, telling const& how) {
  told out = tell(estimate_of(of), how);
  out.name = "shrunk score";
  if constexpr (requires { name_of_score(of.raw); })
    out.name = "shrunk " + std::string(name_of_score(of.raw));
  if (of.interval && out.made_by.empty()) out.made_by = "normal";
  out.counts = fmt::format("n = {}", of.n);
  out.base = counted(of.n, "answer", "answers") + (of.n == 1 ? " counts" : " count");
  out.details = "as answered " + in_length(tell(estimate_of(of.raw), how), length::number) + ", " +
                (of.factor ? "it keeps " + share_words(of.factor) + " of its distance"
                           : "nothing was borrowed: " + words(of.factor.why()));
  return out;
}
template <std::same_as<shrunk_estimate> Found>
told tell(Found const& of, telling const& how) {
  told out;
  int const decimals = how.decimals_or(2);
  out.name = "shrunk estimate";
  out.value = fixed(of.value, decimals);
  out.details = "error " + fixed(square_root(of.variance), decimals) + ", it keeps " +
                share_words(of.factor) + " of its distance";
  return out;
}
inline told tell_common(std::size_t groups, maybe<double> const& centre,
                        maybe<double> const& between, telling const& how) {
  told out;
  int const decimals = how.decimals_or(2);
  out.name = "common mean";
  out.known = centre.has_value();
  out.value = or_reason(centre, decimals);
  out.counts = counted(groups, "group", "groups");
  out.base = out.counts + (groups == 1 ? " enters" : " enter");
  if (!between)
    out.details = "between groups: " + words(between.why());
  else if (*between == 0)
    out.details = "the groups differ no more than chance lets them";
  else
    out.details = "deviation between groups " + fixed(*between, decimals);
  return out;
}
template <class Groups>
told tell(shrunk_groups<Groups> const& of, telling const& how) {
  return tell_common(of.entered, of.centre, of.between, how);
}
template <std::same_as<shrinkage> Found>
told tell(Found const& of, telling const& how) {
  auto const root = [](double variance) { return square_root(variance); };
  return tell_common(of.groups.size(), of.centre, of.between.transform(root), how);
}

template <class Count>
std::string ranks_text(Count low, Count high) {
  return low == high ? fmt::format("{}", low) : fmt::format("{}..{}", low, high);
}
template <std::same_as<rank_score> Found>
told tell(Found const& of, telling const&) {
  told out;
  out.name = "rank";
  out.known = of.low.has_value();
  out.value = of.low ? ranks_text(*of.low, *of.high) : words(of.low.why());
  out.counts = fmt::format("n = {}", of.n);
  out.base = counted(of.n, "answer", "answers") + (of.n == 1 ? " counts" : " count");
  if (of.low)
    out.details = "the best with " + share_words(of.best) + ", the worst with " +
                  share_words(of.worst) + ", expected rank " + or_reason(of.expected_rank, 1);
  return out;
}
template <std::same_as<rank_spread> Found>
told tell(Found const& of, telling const&) {
  told out;
  out.name = "rank";
  out.value = ranks_text(of.low, of.high);
  out.details = "the best with " + share_words(of.best) + ", the worst with " +
                share_words(of.worst) + ", expected rank " + fixed(of.expected, 1);
  return out;
}

template <std::same_as<reliability> Found>
told tell(Found const& of, telling const& how) {
  told out;
  int const decimals = how.decimals_or(2);
  out.name = "Cronbach's alpha";
  out.subject = out.name;
  tell_value(out, of.alpha, {decimals});
  if (of.alpha) tell_interval(out, of.interval, unit::number, decimals);
  tell_counts(out, of.n, of.missing, of.invalid, "complete row", "complete rows");
  out.definition =
      fmt::format("how far {} agree, at most 1", counted(of.items.size(), "question", "questions"));
  if (of.alpha)
    out.details = "mean correlation " + or_reason(of.mean_correlation, decimals) +
                  ", standardized alpha " + or_reason(of.standardized, decimals);
  return out;
}
template <std::same_as<variance_split> Found>
told tell(Found const& of, telling const& how) {
  told out;
  int const decimals = how.decimals_or(0);
  out.name = "variance between groups";
  out.known = of.share.has_value();
  out.value = share_words(of.share, decimals);
  if (of.share) tell_interval(out, of.interval, unit::share, decimals);
  out.counts = fmt::format("n = {} in {}", of.n, counted(of.groups, "group", "groups"));
  out.base = counted(of.n, "value", "values") + " in " + counted(of.groups, "group", "groups") +
             (of.n == 1 ? " counts" : " count");
  out.definition = "share of the variance that lies between groups";
  if (of.share)
    out.details =
        "deviation " +
        or_reason(of.between.transform([](double v) { return square_root(v > 0 ? v : 0.0); }), 2) +
        " between groups, " +
        or_reason(of.within.transform([](double v) { return square_root(v); }), 2) + " within";
  return out;
}

template <std::same_as<response> Found>
told tell(Found const& of, telling const& how) {
  told out;
  out.name = "response rate";
  out.known = of.rate.has_value();
  out.value = share_words(of.rate, how.decimals_or(0));
  out.counts = fmt::format("{} of {} delivered invitations, {} bounced", of.answered, of.delivered,
                           of.bounced);
  out.base = fmt::format("{} answered {}; {} bounced", of.answered,
                         counted(of.delivered, "delivered invitation", "delivered invitations"),
                         of.bounced);
  return out;
}
template <std::same_as<silent_bounds> Found>
told tell(Found const& of, telling const& how) {
  int const decimals = how.decimals_or(2);
  told out = tell(of.score, telling{decimals});
  out.name = "score of everybody";
  out.definition = "whatever the silent would have answered";
  out.details = "with the error of those who did " + tell(of.sampling, telling{decimals}).value;
  return out;
}

/// "; 2 late, 1 missing": what a window or decay counted nowhere else.
inline void append_counter(std::string& text, std::uint64_t n, std::string_view what) {
  if (n > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", n, what);
}
/// What the result says, and what became of the events around it.
template <class Found>
told tell_in_time(Found const& of, telling const& how, std::string const& details) {
  told out;
  if constexpr (requires { tell(of.result, how); }) {
    out = tell(of.result, how);
  } else {
    out.value = fmt::format("{}", counted(of.n, "event", "events"));
  }
  if (!details.empty()) {
    out.details += (out.details.empty() ? "" : "; ") + details;
    if (!out.prose.empty()) out.prose += "; " + details;
  }
  return out;
}
template <class Time, class Result>
told tell(window_summary<Time, Result> const& of, telling const& how) {
  std::string details = fmt::format("{} in the window", counted(of.n, "event", "events"));
  append_counter(details, of.late, "late");
  append_counter(details, of.out_of_order, "out of order");
  append_counter(details, of.missing, "without a time");
  return tell_in_time(of, how, details);
}
template <class Result>
told tell(decayed_summary<Result> const& of, telling const& how) {
  std::string details = fmt::format("{} by age", counted(of.n, "event weighed", "events weighed"));
  append_counter(details, of.faded, "faded");
  append_counter(details, of.missing, "without a time");
  return tell_in_time(of, how, details);
}

}  // namespace cxm::detail
