// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A sentence of a report: our words, names from the data, and figures, kept apart so that a name
/// can't become markup and a figure stays the number that it is in JSON.

#include <cxm/core/confidence.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/report/detail/markup.hpp>
#include <cxm/report/detail/stands_out.hpp>
#include <cxm/report/estimate.hpp>
#include <cxm/report/json.hpp>
#include <cxm/report/publishable.hpp>
#include <cxm/stats/multiplicity.hpp>
#include <cxm/survey/scale.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace cxm {

/// A name from the data, such as that of a touchpoint.
struct quoted {
  std::string name;
};

/// `sentence("Waiting for ", quoted{department}, " takes ", median, " in the median.")`
class sentence {
 public:
  using part = std::variant<std::string, quoted, figure>;

  template <class... Parts>
  sentence(Parts... parts) : parts_{part(std::move(parts))...} {}

  bool empty() const { return parts_.empty(); }
  std::vector<part> const& parts() const { return parts_; }
  void append(part more) { parts_.push_back(std::move(more)); }

  std::string text() const {
    std::string out;
    for (auto const& one : parts_) {
      if (auto const* words = std::get_if<std::string>(&one))
        out += *words;
      else if (auto const* name = std::get_if<quoted>(&one))
        out += name->name;
      else
        out += detail::text(std::get<figure>(one));
    }
    return out;
  }

 private:
  std::vector<part> parts_;
};

namespace detail {

inline std::string markup(sentence const& said) {
  std::string out;
  for (auto const& one : said.parts()) {
    if (auto const* words = std::get_if<std::string>(&one))
      out += escaped(*words);
    else if (auto const* name = std::get_if<quoted>(&one))
      out += name_markup(name->name);
    else
      out += figure_markup(std::get<figure>(one));
  }
  return out;
}

inline void write(json_writer& json, sentence const& said) {
  json.begin_object().member("text", said.text()).key("figures").begin_array();
  for (auto const& one : said.parts())
    if (auto const* shown = std::get_if<figure>(&one)) json.value(shown->value);
  json.end_array().end_object();
}

}  // namespace detail

namespace detail {

/// "NPS of support is -20 (-31 to -8, n 210), against +12 of all."
inline sentence stands_out(std::string const& subject, std::vector<std::string> const& key,
                           estimate const& score, estimate const& all) {
  std::string name;
  for (auto const& part : key) name += (name.empty() ? "" : ", ") + part;
  return {
      subject + " of ", quoted{name},   " is ",          score.as_value(), " (",
      score.as_low(),   " to ",         score.as_high(), ", n ",           figure::count(score.n),
      "), against ",    all.as_value(), " of all."};
}

/// The groups that stand out, worst first.
template <class Groups, class Adjust>
std::vector<sentence> said_to_stand_out(Groups const& groups, std::string const& subject,
                                        better good_end, Adjust const& many, confidence level) {
  if (!groups.total() || !groups.total()->has_value()) return {};
  estimate const all = estimate_of(**groups.total());
  if (!all.value) return {};
  std::vector<maybe<double>> p;
  for (auto const& one : groups)
    p.push_back(one.result ? p_of_standing_out(*one.result, *all.value) : one.result.why());
  auto const adjusted = many.adjust(p);
  double const sign = good_end == better::high ? 1 : -1;
  std::vector<std::pair<double, sentence>> found;
  std::size_t at = 0;
  for (auto const& one : groups) {
    auto const& sure = adjusted[at++];
    if (!sure || *sure > 1 - level.level()) continue;
    estimate const score = estimate_of(*one.result);
    if (sign * *score.value >= sign * *all.value) continue;
    found.emplace_back(sign * *score.value, stands_out(subject, one.key, score, all));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](auto const& a, auto const& b) { return std::get<0>(a) < std::get<0>(b); });
  std::vector<sentence> said;
  for (auto& one : found) said.push_back(std::move(one.second));
  return said;
}

}  // namespace detail

/// One sentence for each group that is on the wrong side of the total by more than chance, worst
/// first: below it, or above it where low values are good. All groups are tested, so p-values are
/// adjusted for their number. Policies: `no_false_alarm` (default), `few_false_alarms` or
/// `each_alone`; `confidence`. Withheld groups are not spoken of.
template <class Groups, class... Policies>
requires(policy<Policies>&&...) std::vector<sentence> needs_attention(Groups const& groups,
                                                                      std::string const& subject,
                                                                      better good_end,
                                                                      Policies... policies) {
  static_assert(detail::is_publishable<Groups>,
                "cxm::needs_attention: takes what may be shown; cxm::publish(groups, "
                "min_people{5}) makes it");
  static_assert((detail::answers_one_of<Policies, many_tests, confidence_level> && ...),
                "cxm::needs_attention: takes no_false_alarm, few_false_alarms or each_alone, and "
                "confidence");
  if constexpr (detail::is_publishable<Groups>)
    return detail::said_to_stand_out(groups, subject, good_end,
                                     detail::pick<many_tests>(no_false_alarm{}, policies...),
                                     detail::pick<confidence_level>(confidence{}, policies...));
  else
    return {};
}
template <class Groups, class... Policies>
requires(policy<Policies>&&...) std::vector<sentence> needs_attention(Groups const& groups,
                                                                      std::string const& subject,
                                                                      Policies... policies) {
  return cxm::needs_attention(groups, subject, better::high, policies...);
}

}  // namespace cxm
