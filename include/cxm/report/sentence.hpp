// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A sentence of a report: our words, names from the data, and figures, kept apart so that a name
/// can't become markup and a figure stays the number that it is in JSON.

#include <cxm/report/detail/markup.hpp>
#include <cxm/report/estimate.hpp>
#include <cxm/report/json.hpp>
#include <cxm/report/publishable.hpp>
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

/// One sentence for each group whose interval lies wholly on the wrong side of the total, worst
/// first: below it, or above it where low values are good. Withheld groups are not spoken of.
template <class Groups>
std::vector<sentence> needs_attention(Groups const& groups, std::string subject,
                                      better good_end = better::high) {
  static_assert(detail::is_publishable<Groups>,
                "cxm::needs_attention: takes what may be shown; cxm::publish(groups, "
                "min_people{5}) makes it");
  std::vector<std::pair<double, sentence>> found;
  if constexpr (detail::is_publishable<Groups>) {
    if (!groups.total() || !groups.total()->has_value()) return {};
    estimate const all = estimate_of(**groups.total());
    if (!all.value) return {};
    double const sign = good_end == better::high ? 1 : -1;
    for (auto const& one : groups) {
      if (!one.result) continue;
      estimate const score = estimate_of(*one.result);
      if (!score.low || !score.high) continue;
      double const best = good_end == better::high ? *score.high : *score.low;
      if (sign * best >= sign * *all.value) continue;
      std::string name;
      for (auto const& part : one.key) name += (name.empty() ? "" : ", ") + part;
      found.emplace_back(
          sign * *score.value,
          sentence(subject + " of ", quoted{name}, " is ", score.as_value(), " (", score.as_low(),
                   " to ", score.as_high(), ", n ", figure::count(score.n), "), against ",
                   all.as_value(), " of all."));
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](auto const& a, auto const& b) { return std::get<0>(a) < std::get<0>(b); });
  std::vector<sentence> said;
  for (auto& one : found) said.push_back(std::move(one.second));
  return said;
}

}  // namespace cxm
