// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Feelings along the journey. `valence_curve(&contact::feeling)` measures journeys by a valence
/// from −1 (bad) to 1 (good): the curve of its mean by touchpoint and by tenths of the journey, the
/// share of negative contacts, where journeys have their low point, how far they swing and how much
/// they recover. It is made of parts that can be had one by one: `each_placed`, `by`, `swing`,
/// `recovery`, `worst_rated`. Name the source of valences (answers, tags, a text score) in the
/// field, and don't mix sources in one curve.

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/confidence.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/journey/contact.hpp>
#include <cxm/journey/detail/valence_parts.hpp>
#include <cxm/journey/placed_contact.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/exact_moments.hpp>
#include <cxm/stats/on.hpp>

#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace cxm {

/// A valence over journeys. `Touchpoint` is the key of touchpoints.
template <class Touchpoint>
struct valence_summary {
  std::uint64_t journeys = 0;
  valence_point all;  ///< of all contacts; its coverage is that of the curve
  groups<Touchpoint, valence_point> by_touchpoint;
  groups<std::uint32_t, valence_point>
      by_part;  ///< parts of the journey, from 0; see part_of_journey
  /// How many journeys of at least two valences were at their worst at which touchpoint.
  groups<Touchpoint, std::uint64_t> low_points;
  exact_moments_result swing;     ///< over journeys of at least two valences, as below
  exact_moments_result recovery;  ///< from the low point to the last valence

  /// The touchpoint of the lowest mean; null where nothing has a valence.
  auto const* lowest() const {
    typename groups<Touchpoint, valence_point>::value_type const* found = nullptr;
    for (auto const& one : by_touchpoint)
      if (one.result.mean && (!found || *one.result.mean < *found->result.mean)) found = &one;
    return found;
  }
};

/// Measures valences along journeys. Made by `valence_curve`.
template <class Plan>
class valence_measure {
 public:
  static constexpr std::string_view type_name = "valence_curve";
  static constexpr merge_law merges = merge_law_of<Plan>;

  valence_measure(Plan plan, negative_below cut, confidence level)
      : plan_(std::move(plan)), cut_(cut), level_(level) {}

  template <class Journey>
  void add(Journey const& journey) {
    plan_.add(journey);
  }
  void merge(valence_measure const& other) { plan_.merge(other.plan_); }
  auto result() const {
    auto const& [curves, low_points, swing, recovery, journeys] = plan_.result();
    auto const& [by_touchpoint, by_part, all] = curves;
    auto const point = [&](auto const& sums) { return detail::valence_point_of(sums, level_); };
    using touchpoint = std::remove_cvref_t<decltype(by_touchpoint.begin()->key)>;
    return valence_summary<touchpoint>{journeys,
                                       point(all),
                                       detail::each_result(by_touchpoint, point),
                                       detail::each_result(by_part, point),
                                       detail::with_key(low_points),
                                       swing,
                                       recovery};
  }

  template <class Journey>
  auto bound_to() const {
    auto plan = cxm::bind<Journey>(plan_);
    return valence_measure<decltype(plan)>(std::move(plan), cut_, level_);
  }
  static void describe(auto& self, auto& visit) {
    visit.policy("negative_below", self.cut_.valence);
    visit.state("plan", self.plan_);
  }

 private:
  Plan plan_;
  negative_below cut_;
  confidence level_;
};

/// Valence along journeys; what is not in −1..1 is counted as invalid. Policies:
/// `attention_paid{field}`, how much a contact counted to the customer, for a second mean;
/// `negative_below` (default −0.2); `in_parts` (default 10) of the journey; `confidence`.
template <class Field, class... Policies>
auto valence_curve(Field field, Policies... policies) {
  static_assert(
      (detail::answers_one_of<Policies, valence_attention, valence_cut, journey_parts,
                              confidence_level> &&
       ...),
      "cxm::valence_curve: takes attention_paid, negative_below, in_parts and confidence");
  static_assert(detail::no_question_twice<valence_attention, valence_cut, journey_parts,
                                          confidence_level>::template in<Policies...>,
                "cxm::valence_curve: two policies answer the same question");
  auto const cut = detail::pick<valence_cut>(negative_below{-0.2}, policies...);
  auto const parts = detail::pick<journey_parts>(in_parts{10}, policies...);
  auto const sums = detail::valence_sums(
      field, cut, detail::pick<valence_attention>(equal_attention{}, policies...));
  auto const valid = detail::valid_valence<Field>{field};
  auto plan =
      all(each_placed(all(by(at_touchpoint, sums), by(part_of_journey{parts.parts}, sums), sums)),
          by(detail::low_point{valid}, count()), on(swing{valid}, exact_moments()),
          on(recovery{valid}, exact_moments()), count());
  return valence_measure<decltype(plan)>(std::move(plan), cut,
                                         detail::pick<confidence_level>(confidence{}, policies...));
}

}  // namespace cxm
