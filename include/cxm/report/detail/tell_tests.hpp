// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What comparisons and tests say of themselves: the difference or the statistic with its p, whose
/// test it is, and what it says in words.

#include <cxm/report/detail/told.hpp>
#include <cxm/stats/comparison.hpp>
#include <cxm/stats/exact_tests.hpp>
#include <cxm/stats/k_groups.hpp>
#include <cxm/stats/paired_classes.hpp>
#include <cxm/stats/ranks.hpp>
#include <cxm/survey/paired.hpp>
#include <cxm/survey/target.hpp>
#include <cxm/survey/trend.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace cxm::detail {

inline std::string or_words(std::string_view name, std::string_view fallback) {
  return std::string(name.empty() ? fallback : name);
}
inline void tell_value(told& out, maybe<double> const& value, unit in, int decimals, bool sign) {
  out.known = value.has_value();
  out.value = value ? with_unit(in, *value, decimals, sign) : words(value.why());
}
inline std::string with_test(maybe<double> const& p, std::string_view test) {
  return p_text(p) + (test.empty() || !p ? std::string() : " (" + std::string(test) + ')');
}

/// "The test that … gives p = 0.128 (Z)".
inline std::string tested_prose(std::string_view hypothesis, maybe<double> const& p,
                                std::string_view test) {
  return "the test that " + std::string(hypothesis) + " gives " + with_test(p, test);
}

inline told tell(comparison const& of, telling const& how) {
  int const decimals = how.decimals_or(of.in == unit::number ? 2 : 1);
  told out;
  out.name = "difference in " + or_words(of.quantity, "the estimates");
  tell_value(out, of.value, of.in, decimals, true);
  if (of.value) tell_interval(out, of.interval, of.in, decimals, true);
  out.counts = fmt::format("n = {} and {}", of.first_n, of.second_n);
  out.base = fmt::format("it is that of the first {} less that of the second {}",
                         counted(of.first_n, "answer", "answers"), of.second_n);
  out.definition = with_test(of.p, of.test);
  if (of.interval)
    out.details = of.significant() ? "the interval excludes 0" : "the interval contains 0";
  out.prose = tested_prose("there is no difference", of.p, of.test);
  if (of.interval) out.prose += ", and " + out.details;
  return out;
}
inline told tell(rank_comparison const& of, telling const& how) {
  told out = tell(static_cast<comparison const&>(of), how);
  out.name = or_words(of.quantity, "Cliff's delta");
  out.subject = "Cliff's delta";
  out.base = fmt::format("it says how much oftener one of {} is above one of {} than below",
                         of.first_n, of.second_n);
  out.details += fmt::format("{}U = {}", out.details.empty() ? "" : ", ", of.u);
  return out;
}

/// A statistic with its degrees of freedom and p.
inline told tell_statistic(std::string_view test, maybe<double> const& statistic,
                           maybe<double> const& df, maybe<double> const& below,
                           maybe<double> const& p, telling const& how) {
  told out;
  out.name = or_words(test, "statistic");
  out.subject = "the test statistic" + (test.empty() ? "" : " (" + std::string(test) + ')');
  tell_value(out, statistic, unit::number, how.decimals_or(2), false);
  if (!statistic) return out;
  if (df) out.counts = "df = " + fixed(*df, 0);
  if (df && below) out.counts += " and " + fixed(*below, 1);
  out.counts += (out.counts.empty() ? "" : ", ") + p_text(p);
  out.base = "with " + (df ? fixed(*df, 0) : "no") + (below ? " and " + fixed(*below, 1) : "") +
             (df && *df == 1 && !below ? " degree" : " degrees") + " of freedom it gives " +
             p_text(p);
  return out;
}
inline told tell(homogeneity_test const& of, telling const& how) {
  told out = tell_statistic(of.test, of.statistic, of.degrees_of_freedom,
                            of.denominator_degrees_of_freedom, of.p, how);
  out.definition =
      fmt::format("test that {} have equal {}, n = {}", counted(of.groups, "group", "groups"),
                  or_words(of.quantity, "scores"), of.n);
  if (of.effect && !of.effect_size.empty())
    out.details = std::string(of.effect_size) + ' ' + fixed(*of.effect, 2);
  return out;
}
inline told tell(marginal_test const& of, telling const& how) {
  told out = tell_statistic("Stuart-Maxwell", of.statistic, of.degrees_of_freedom,
                            reason::degenerate, of.p, how);
  out.definition = fmt::format("test that the classes kept their shares, n = {} pairs", of.n);
  return out;
}
inline told tell(mcnemar_test const& of, telling const& how) {
  told out = tell_statistic("McNemar", of.statistic, 1.0, reason::degenerate, of.p, how);
  out.definition = fmt::format("test that as many moved up as down, {} moved", of.moved);
  if (of.exact_p) out.details = "exact " + p_text(of.exact_p);
  return out;
}
inline told tell(exact_ranks const& of, telling const&) {
  told out;
  out.name = "exact rank test";
  out.known = of.p.has_value();
  out.value = p_text(of.p);
  if (of.p) out.details = "lower " + p_text(of.p_less) + ", higher " + p_text(of.p_greater);
  return out;
}

inline told tell(target_test const& of, telling const& how) {
  int const decimals = how.decimals_or(of.in == unit::number ? 2 : 1);
  told out;
  out.name = or_words(of.quantity, "score");
  tell_value(out, of.value, of.in, decimals, false);
  if (of.value) tell_interval(out, of.interval, of.in, decimals);
  out.counts = fmt::format("n = {}", of.n);
  out.base = counted(of.n, "answer", "answers") + (of.n == 1 ? " counts" : " count");
  auto const at = [&](double value) { return number_in(of.in, value, decimals); };
  out.definition = "against " + at(of.target_level);
  if (of.margin_width > 0)
    out.definition += " with a margin of " + number_in(of.in == unit::points ? unit::number : of.in,
                                                       of.margin_width, decimals);
  out.details = "above it " + p_text(of.above) + ", below it " + p_text(of.below);
  if (of.margin_width > 0)
    out.details += ", not worse " + p_text(of.not_below) + ", equivalent " + p_text(of.equivalent);
  out.prose = "tested " + out.definition + ": " + out.details;
  return out;
}

inline told tell(trend_test const& of, telling const& how) {
  int const decimals = how.decimals_or(of.in == unit::number ? 2 : 1);
  told out;
  out.name = "slope of " + or_words(of.quantity, "the score") + " a period";
  tell_value(out, of.slope, of.in, decimals, true);
  if (of.slope) tell_interval(out, of.interval, of.in, decimals, true);
  out.counts = fmt::format("n = {} in {}", of.n, counted(of.periods, "period", "periods"));
  out.base = counted(of.n, "answer", "answers") + " in " +
             counted(of.periods, "period", "periods") + (of.n == 1 ? " counts" : " count");
  out.definition = with_test(of.p, of.test);
  out.prose = tested_prose("there is no trend", of.p, of.test);
  return out;
}

template <class Score, std::size_t Classes>
told tell(paired_score<Score, Classes> const& of, telling const& how) {
  told out = tell(of.change, how);
  out.prose.clear();
  out.name = "change in " + or_words(of.change.quantity, "the score") + " of the same people";
  out.counts = fmt::format("n = {} pairs, {} only before, {} only after", of.n, of.only_before,
                           of.only_after);
  out.base = fmt::format("{}; {} answered only before, {} only after",
                         counted(of.n, "person answered both times", "people answered both times"),
                         of.only_before, of.only_after);
  out.details = fmt::format("{} improved, {} worsened", of.improved, of.worsened) +
                (of.classes_kept.p ? ", Stuart-Maxwell " + p_text(of.classes_kept.p) : "");
  return out;
}

}  // namespace cxm::detail
