// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What nobody measures: the stages or touchpoints at which customers are, and are never asked
/// (R13). For each, the share of its contacts, and of the journeys that come there, with an answer:
///
///     auto const blind = measure(journeys,
///         coverage(&contact::stage, any_answer{&contact::recommend, &contact::satisfied},
///                  measured_from{0.05}, planned{std::vector{stage::search,
///                  stage::use}})).result();
///     blind.unmeasured;    // stages with an answer in fewer than 5 % of their journeys
///     blind.unseen;        // planned stages of which there is not even a contact

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/event/reads_through.hpp>
#include <cxm/journey/detail/place_visits.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/proportion.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

struct measured_share;  ///< The question from which share on a place counts as measured.
struct planned_places;  ///< The question which places there should be.

/// A place is measured where at least this share of the journeys that come there have an answer
/// there; above 0 to 1. A reading: it does not decide who may merge.
struct measured_from {
  using policy_kind = measured_share;
  double share;

  constexpr explicit measured_from(double least) : share(least) {
    if (!(least > 0 && least <= 1))
      detail::refuse("cxm::measured_from: the share must lie above 0 and up to 1");
  }
};
/// A single answer will do. The default.
struct measured_at_all {
  using policy_kind = measured_share;
};

/// Places that should be met and measured, met or not. A reading.
template <class Place>
struct planned {
  using policy_kind = planned_places;
  std::vector<Place> places;
  explicit planned(std::vector<Place> list) : places(std::move(list)) {}
};
/// Only places that are met are known. The default.
struct nothing_planned {
  using policy_kind = planned_places;
};

/// True for a contact that has an answer to at least one of the questions.
template <class... Fields>
struct any_answer : reads_through {
  std::tuple<Fields...> fields;
  constexpr explicit any_answer(Fields... questions) : fields(std::move(questions)...) {}
  static constexpr std::string_view name() { return "any_answer"; }

  template <class Contact>
  constexpr bool operator()(Contact const& contact) const {
    return std::apply(
        [&](auto const&... field) { return (given(cxm::read(field, contact)) || ...); }, fields);
  }
  friend bool operator==(any_answer const& a, any_answer const& b) {
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
      return (detail::same_field(std::get<I>(a.fields), std::get<I>(b.fields)) && ...);
    }
    (std::index_sequence_for<Fields...>{});
  }

 private:
  template <class Value>
  static constexpr bool given(Value const& value) {
    static_assert(detail::is_optional<Value>,
                  "cxm::any_answer: a question is an optional; what is always there is no answer");
    return value.has_value();
  }
};

/// What is measured and what is not.
template <class Place>
struct coverage_summary {
  groups<Place, covered> places;
  covered all;                      ///< of all journeys, those with an answer anywhere
  std::uint64_t without_place = 0;  ///< contacts of no stated place; they are in `all`
  std::vector<Place> unmeasured;    ///< places below the wanted share, in their order
  std::vector<Place> unseen;        ///< planned places without a contact
  share measured;                   ///< of all places, met or planned, those that are measured
};

/// Counts where journeys are and where they are asked. Made by `coverage`.
template <class Field, class Measured, class Least, class Planned, class Plan>
class coverage_counts {
 public:
  static constexpr std::string_view type_name = "coverage";
  static constexpr merge_law merges = merge_law::exact;

  coverage_counts(Field field, Measured measured, Least least, Planned planned, Plan places,
                  confidence level)
      : field_(std::move(field)),
        measured_(std::move(measured)),
        least_(least),
        planned_(std::move(planned)),
        places_(std::move(places)),
        all_(level),
        level_(level) {}

  /// O(contacts · log contacts) of the journey.
  template <class Journey>
  void add(Journey const& journey) {
    detail::place_visit<char> whole{};
    detail::each_place_visit(*field_, *measured_, journey, whole,
                             [&](auto const& visit) { places_.add(visit); });
    without_place_ += whole.without_place;
    all_.add(whole);
  }
  void merge(coverage_counts const& other) {
    detail::require_same(detail::same_field(*field_, *other.field_) &&
                             detail::same_field(*measured_, *other.measured_),
                         "cxm::coverage: merging coverage of different places or answers");
    auto all = all_;
    all.merge(other.all_);  // refuses what would overflow
    places_.merge(other.places_);
    all_ = all;
    without_place_ += other.without_place_;
  }
  auto result() const {
    auto places = places_.result();
    using place = std::remove_cvref_t<decltype(places.begin()->key)>;
    coverage_summary<place> found{std::move(places), all_.result(), without_place_, {}, {}, {}};
    std::uint64_t known = 0;
    for (auto const& [key, cover] : found.places) {
      ++known;
      if (!enough(cover.journeys)) found.unmeasured.push_back(key);
    }
    if constexpr (requires { planned_.places; }) {
      for (auto const& one : planned_.places)
        if (!found.places.find(one)) found.unseen.push_back(one);
      auto& unseen = found.unseen;
      std::sort(unseen.begin(), unseen.end(),
                [](auto const& a, auto const& b) { return detail::key_before(a, b); });
      unseen.erase(std::unique(unseen.begin(), unseen.end()), unseen.end());
    }
    auto const blind = found.unmeasured.size() + found.unseen.size();
    known += found.unseen.size();
    found.measured = share_of(known - blind, known, level_);
    return found;
  }
  bool valid() const { return all_.valid() && without_place_ <= all_.contacts(); }
  template <class Journey>
  auto bound_to() const {
    using place = detail::owned_t<
        detail::answered_t<decltype(std::declval<Journey const&>()[0].read(*field_))>>;
    auto places = cxm::bind<detail::place_visit<place>>(places_);
    using bound = coverage_counts<Field, Measured, Least, Planned, decltype(places)>;
    if constexpr (std::same_as<bound, coverage_counts>)
      return *this;  // with all that it has counted
    else
      return bound(*field_, *measured_, least_, planned_, std::move(places), level_);
  }
  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.field_);
    detail::visit_field(visit, *self.measured_);
    visit.state("places", self.places_);
    visit.state("all", self.all_);
    visit.state("without_place", self.without_place_);
  }

 private:
  bool enough(share const& journeys) const {
    if constexpr (requires { least_.share; })
      return *journeys.value >= least_.share;
    else
      return journeys.successes > 0;
  }

  detail::box<Field> field_;
  detail::box<Measured> measured_;
  [[no_unique_address]] Least least_;
  [[no_unique_address]] Planned planned_;
  Plan places_;
  detail::place_cover all_;
  confidence level_;
  std::uint64_t without_place_ = 0;
};

/// Coverage of the places that `field` reads off contacts, a stage, a touchpoint or a channel:
/// `measured` says whether a contact has an answer, as `any_answer{…}` or a field that is true.
/// Policies: `measured_from{share}`, `planned{places}`, `at_most{places}`, and `confidence` of the
/// Wilson intervals.
template <class Field, class Measured, class... Policies>
auto coverage(Field field, Measured measured, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, measured_share, planned_places, group_cap,
                                        confidence_level> &&
                 ...),
                "cxm::coverage: takes measured_from, planned, at_most and confidence");
  static_assert(detail::no_question_twice<measured_share, planned_places, group_cap,
                                          confidence_level>::template in<Policies...>,
                "cxm::coverage: two policies answer the same question");
  auto least = detail::pick<measured_share>(measured_at_all{}, policies...);
  auto places = detail::pick<planned_places>(nothing_planned{}, policies...);
  auto const level = detail::pick<confidence_level>(confidence{}, policies...);
  auto plan = by(detail::visited_place, detail::place_cover(level),
                 detail::pick<group_cap>(at_most{1'000'000}, policies...));
  return coverage_counts<Field, Measured, decltype(least), decltype(places), decltype(plan)>(
      std::move(field), std::move(measured), least, std::move(places), std::move(plan), level);
}

}  // namespace cxm
