// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What scores and shares say of themselves. A result of one's own takes part by
/// `cxm::estimate as_estimate() const` and, where it has one, `definition() const`, a phrase.

#include <cxm/report/detail/told.hpp>
#include <cxm/report/estimate.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/survey/bands.hpp>
#include <cxm/survey/ces.hpp>
#include <cxm/survey/composite.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/first_contact.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/survey/point_shares.hpp>
#include <cxm/survey/scale_check.hpp>
#include <cxm/survey/score.hpp>
#include <cxm/survey/valence_score.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cxm::detail {

inline std::string points_text(std::int64_t from, std::int64_t to) {
  return from == to ? fmt::format("{}", from) : fmt::format("{}..{}", from, to);
}
inline std::string scale_text(answer_scale const& scale) {
  return points_text(scale.low, scale.high) +
         (scale.good_end == better::low ? ", low is good" : "");
}
inline std::string best_text(answer_scale const& scale, std::int64_t point) {
  return scale.good_end == better::low ? points_text(scale.low, point)
                                       : points_text(point, scale.high);
}

inline std::string_view name_of_score(nps_score const&) {
  return "NPS";
}
inline std::string_view name_of_score(csat_score const&) {
  return "CSAT";
}
inline std::string_view name_of_score(ces_score const& score) {
  return score.scale.good_end == better::low ? "CES 1.0" : "CES 2.0";
}
inline std::string_view name_of_score(mean_score const&) {
  return "mean";
}
inline std::string_view name_of_score(share const&) {
  return "share";
}
inline std::string_view name_of_score(fcr_score const&) {
  return "FCR";
}
template <class Shares>
std::string_view name_of_score(banded_score<Shares> const&) {
  return "net score";
}
template <std::size_t Items>
std::string_view name_of_score(composite_score<Items> const&) {
  return "index";
}
inline std::string_view name_of_score(valence_score const&) {
  return "sentiment";
}
inline std::string_view name_of_score(score const&) {
  return "score";
}

inline std::string definition_of(nps_score const& score) {
  return fmt::format("percentage of promoters ({}) less that of detractors ({}), scale {}",
                     points_text(score.promoter_point, score.scale.high),
                     points_text(score.scale.low, score.detractor_point), scale_text(score.scale));
}
inline std::string definition_of(csat_score const& score) {
  return fmt::format("share of answers at {}, scale {}", best_text(score.scale, score.good_point),
                     scale_text(score.scale));
}
inline std::string definition_of(mean_score const& score) {
  std::string text = "mean of answers, scale " + scale_text(score.scale);
  if (score.shown_on)
    text += fmt::format(", shown on {}..{}", score.shown_on->low, score.shown_on->high);
  return text;
}
inline std::string definition_of(ces_score const& score) {
  return "mean effort, scale " + scale_text(score.scale);
}
inline std::string definition_of(fcr_score const&) {
  return "share of requests that were resolved at the first contact";
}
template <class Shares>
std::string definition_of(banded_score<Shares> const& score) {
  auto const named = [&](int counts_as) {
    std::string text;
    for (auto const& one : score.bands)
      if (one.counts_as == counts_as)
        text += fmt::format("{}{} ({})", text.empty() ? "" : " and ", one.name,
                            points_text(one.low, one.high));
    return text.empty() ? std::string("none") : text;
  };
  return fmt::format("percentage of {} less that of {}, scale {}", named(1), named(-1),
                     scale_text(score.scale));
}
template <std::size_t Items>
std::string definition_of(composite_score<Items> const& score) {
  std::string text = fmt::format("index of {} items", Items);
  if (score.shown_on)
    text += fmt::format(", shown on {}..{}", score.shown_on->low, score.shown_on->high);
  return text;
}
inline std::string definition_of(valence_score const&) {
  return "mean valence, from -1 to 1";
}
inline std::string definition_of(share const&) {
  return "share of events for which the field is true";
}
inline std::string definition_of(score const& score) {
  return "score of answers, scale " + scale_text(score.scale);
}

inline std::string details_of(nps_score const& score) {
  return fmt::format("{}, {}, {}", counted(score.promoters, "promoter", "promoters"),
                     counted(score.passives, "passive", "passives"),
                     counted(score.detractors, "detractor", "detractors"));
}
inline std::string details_of(csat_score const& score) {
  return fmt::format("{} satisfied", score.good);
}
inline std::string details_of(mean_score const& score) {
  return score.deviation ? "deviation " + fixed(*score.deviation, 2) : std::string();
}
inline std::string details_of(ces_score const& score) {
  return fmt::format("{} easy ({})", score.easy, best_text(score.scale, score.easy_point)) +
         (score.index ? ", index " + fixed(*score.index, 1) + " of 100" : std::string());
}
inline std::string details_of(fcr_score const& score) {
  return fmt::format("{} resolved, {} not resolvable", score.good, score.not_resolvable);
}
template <class Shares>
std::string details_of(banded_score<Shares> const& score) {
  std::string text;
  for (auto const& one : score.bands)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", one.count, one.name);
  return text + (score.mean ? ", mean " + fixed(*score.mean, 2) : std::string());
}
template <std::size_t Items>
std::string details_of(composite_score<Items> const& score) {
  std::string text;
  for (auto const& one : score.items)
    text +=
        (text.empty() ? "items " : ", ") + (one.mean ? fixed(*one.mean, 2) : words(one.mean.why()));
  return text + fmt::format(", {} incomplete", score.incomplete);
}
inline std::string details_of(valence_score const& score) {
  std::string text = fmt::format("{} negative, {} neutral, {} positive", score.negative,
                                 score.neutral, score.positive);
  return text + (score.net ? ", net " + number_in(unit::points, *score.net, 0) : std::string());
}
inline std::string details_of(share const& found) {
  return fmt::format("{} true", found.successes);
}
inline std::string details_of(score const&) {
  return {};
}

inline told tell(estimate const& of, telling const& how) {
  int const decimals = how.decimals_or(of.decimals);
  told out;
  out.known = of.value.has_value();
  out.value = out.known ? number_in(of.in, *of.value, decimals) : words(of.value.why());
  if (out.known && of.low && of.high) {
    unit const plain = of.in == unit::points ? unit::number : of.in;
    out.low = number_in(plain, *of.low, decimals, false);
    out.high = number_in(plain, *of.high, decimals, false);
    out.made_by = made_by_text(of.method, of.level);
  } else if (out.known) {
    tell_no_interval(out, of.low ? of.high.why() : of.low.why());
  }
  tell_counts(out, of.n, of.missing, of.invalid);
  return out;
}

/// Did answers weigh more and less? Those of clusters need not.
template <class Score>
bool has_unequal_weights(Score const& of) {
  if constexpr (requires { of.clusters; })
    return of.unweighed > 0 || (of.effective_n && *of.effective_n != static_cast<double>(of.n));
  else
    return true;
}

/// Of a score that is known, or of one of the user's.
template <class Result>
requires(gives_estimate<Result>() && !std::same_as<Result, estimate> && !is_tuple<Result> &&
         !is_variant<Result>) told tell(Result const& of, telling const& how) {
  told out = tell(estimate_of(of), how);
  if constexpr (requires { name_of_score(of); }) {
    out.name = name_of_score(of);
    out.definition = definition_of(of);
    out.details = details_of(of);
    if constexpr (std::derived_from<Result, nps_score>)
      out.subject = "the Net Promoter Score (NPS)";
  } else if constexpr (requires { std::string(of.definition()); }) {
    out.definition = of.definition();
  }
  if constexpr (requires {
                  of.design_n;
                  of.unweighed;
                }) {
    bool const weighed = has_unequal_weights(of);
    out.name = (weighed ? "weighted " : "clustered ") + out.name;
    out.subject.clear();
    std::string const worth = of.design_n ? fixed(*of.design_n, 1) : words(of.design_n.why());
    if (!out.details.empty()) out.details += ", ";
    if (weighed)
      out.details +=
          fmt::format("as {} answers of equal weight, {} of weight 0", worth, of.unweighed);
    else
      out.details += of.design_n ? "as " + worth + " independent answers"
                                 : "how many independent answers it is worth: " + worth;
  }
  if constexpr (requires {
                  of.clusters;
                  of.alone;
                }) {
    out.details += fmt::format(", in {}", counted(of.clusters, "cluster", "clusters"));
    if (of.alone > 0) out.details += fmt::format(", {} alone", of.alone);
    if (of.design_effect) out.details += ", design effect " + fixed(*of.design_effect, 1);
  }
  if constexpr (requires { of.unanswered; }) {
    if (of.unanswered > 0)
      out.details +=
          fmt::format("{}{} of n unanswered", out.details.empty() ? "" : ", ", of.unanswered);
  }
  if (!out.definition.empty())
    out.prose =
        "it is the " + out.definition + (out.details.empty() ? std::string() : "; " + out.details);
  return out;
}

inline told tell(scale_report const& of, telling const&) {
  told out;
  out.name = "scale";
  out.known = of.verdict.has_value();
  std::string verdict = of.verdict ? std::string(name(*of.verdict)) : words(of.verdict.why());
  for (char& c : verdict)
    if (c == '_') c = ' ';
  out.value = verdict;
  tell_counts(out, of.n, of.missing, of.invalid);
  if (of.lowest)
    out.definition = fmt::format("answers from {} to {}, {} points unused below and {} above",
                                 *of.lowest, *of.highest, of.unused_low, of.unused_high);
  return out;
}

inline told tell(point_share const& of, telling const& how) {
  told out;
  int const decimals = how.decimals_or(0);
  out.name = fmt::format("share of answer {}", of.point);
  out.value = number_in(unit::share, of.share, decimals);
  tell_interval(out, of.interval, unit::share, decimals);
  out.counts = counted(of.count, "answer", "answers");
  out.base = out.counts;
  return out;
}

}  // namespace cxm::detail
