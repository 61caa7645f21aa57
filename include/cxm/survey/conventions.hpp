// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/survey/bands.hpp>
#include <cxm/survey/csat.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>

#include <utility>

/// \file
/// Published conventions by name. A score without its convention is not comparable: "CSAT" is the
/// best two of five boxes here, the best one there, and the mean elsewhere. Each of these is one
/// line over `csat`, `mean`, `nps` or `bands`, takes their policies, and shares its state with the
/// other readings of its scale.

namespace cxm {

namespace detail {
/// `make` with the scale that the policies name, or `usual`.
template <class Usual, class Make, class... Policies>
constexpr auto on_usual_scale(Usual usual, Make make, Policies... policies) {
  if constexpr (answers_to<survey_scale, Policies...> == 0)
    return make(usual, policies...);
  else
    return make(policies...);
}
}  // namespace detail

/// CSAT as the share of the best two points, 1 to 5 unless a scale is given. Policies as for
/// `csat`.
template <class... Policies>
constexpr auto csat_top_2(Policies... policies) {
  return csat(top_boxes{2}, policies...);
}
/// CSAT as the share of the best point.
template <class... Policies>
constexpr auto csat_top_1(Policies... policies) {
  return csat(top_boxes{1}, policies...);
}
/// CSAT as the mean answer, 1 to 5 unless a scale is given. Policies as for `mean`.
template <class... Policies>
constexpr auto csat_mean(Policies... policies) {
  return detail::on_usual_scale(
      points<1, 5>{}, [](auto... all) { return mean(all...); }, policies...);
}

/// CES 2.0 as the share of those who agree, 5 to 7 of 1 to 7. Policies as for `csat` but a scale.
template <class... Policies>
constexpr auto ces_agree(Policies... policies) {
  return csat(points<1, 7>{}, good_at{5}, policies...);
}
/// CES 2.0 as an index in points: the share of 6 and 7 less the share of 1 to 3; 4 and 5 are
/// neutral. Vendors differ, some count 5 as positive: say `bands` for those.
template <class... Policies>
constexpr auto ces_net(Policies... policies) {
  return bands(points<1, 7>{}, band<"hard", 1, 3, -1>{}, band<"neutral", 4, 5>{},
               band<"easy", 6, 7, +1>{}, policies...);
}

/// Employee NPS: the question of NPS put to the company's own people, "how likely are you to
/// recommend us as a place to work". The same bands, and never merged with what customers said.
template <class... Policies>
constexpr auto enps(Policies... policies) {
  return nps(employee{}, policies...);
}

/// Star ratings: the mean of 1 to 5 whole stars; 4.5 is invalid. Halves are counted by a field that
/// doubles, `stars(points<2, 10>{}, onto{1, 5})`. Policies as for `mean`.
template <class... Policies>
constexpr auto stars(Policies... policies) {
  return detail::on_usual_scale(
      points<1, 5>{}, [](auto... all) { return mean(all...); }, policies...);
}

/// Net sentiment in points: the share of positive less the share of negative texts, tagged 1, 0 and
/// −1. Mixed ones are 0 and count. For scores between −1 and 1 see survey/valence.hpp.
template <class... Policies>
constexpr auto net_sentiment(Policies... policies) {
  return bands(points<-1, 1>{}, band<"negative", -1, -1, -1>{}, band<"neutral", 0, 0>{},
               band<"positive", 1, 1, +1>{}, policies...);
}

}  // namespace cxm
