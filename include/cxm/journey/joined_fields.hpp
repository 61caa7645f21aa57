// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Fields of answers that were joined to journeys: a field of their journey, whether they have one,
/// and what became of them; the answer to a journey as a field of it; and the share of journeys
/// that have an answer.

#include <cxm/core/confidence.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/journey/join_counts.hpp>
#include <cxm/stats/detail/key.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/proportion.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cxm {

/// A field of the journey that an answer belongs to, as a field of the answer; empty where it
/// belongs to none: `by(of_journey(first_touchpoint), on(&answer::recommend, nps()))`.
template <class Field>
struct of_journey {
  using reads_joined = void;
  Field field;
  void describe_field(auto& visit) const { detail::visit_parts(visit, field); }
  friend bool operator==(of_journey const&, of_journey const&) = default;

  constexpr explicit of_journey(Field of) : field(std::move(of)) {}
  constexpr std::string_view name() const { return name_of(field); }
  template <class Joined>
  constexpr auto operator()(Joined const& joined) const {
    auto const journey = joined.journey();
    using value = std::remove_cvref_t<decltype(cxm::read(field, *journey))>;
    using answer = std::optional<detail::answered_t<value>>;
    return journey ? answer(cxm::read(field, *journey)) : answer();
  }
};

/// True for an answer that has its journey: `where(has_journey, …)`.
struct answer_has_journey {
  using reads_joined = void;
  static constexpr std::string_view name() { return "has_journey"; }
  constexpr bool operator()(auto const& joined) const { return joined.journey().has_value(); }
};
inline constexpr answer_has_journey has_journey{};

/// What became of an answer: `by(&answer::channel, fate_of_answer, count())`.
struct fate_of_joined {
  using reads_joined = void;
  static constexpr std::string_view name() { return "answer_fate"; }
  constexpr answer_fate operator()(auto const& joined) const { return joined.fate(); }
};
inline constexpr fate_of_joined fate_of_answer{};

/// A field of the answer to a journey, as a field of the journey; empty where it has none:
/// `measure(journeys, by(segment, on(answered{joined, &answer::recommend}, nps())))`. A view of the
/// join; a journey of another store is refused, and an episode has no answer of its own.
template <class Join, class Field>
class answered {
 public:
  answered(Join const& joined, Field field) : joined_(&joined), field_(std::move(field)) {}
  constexpr std::string_view name() const { return name_of(field_); }

  template <class Journey>
  auto operator()(Journey const& journey) const {
    using value =
        detail::owned_t<detail::answered_t<decltype(cxm::read(field_, joined_->answer_at(0)))>>;
    if (static_cast<void const*>(&journey.store()) != &joined_->journeys())
      detail::refuse("cxm::answered: the journeys are not those that the answers were joined to");
    std::optional<value> found;
    if (journey.position() == Journey::nowhere) return found;
    if (auto const answer = joined_->answer_to(journey.position()))
      detail::if_answered(
          cxm::read(field_, joined_->answer_at(*answer)),
          [&](auto const& given) { found = detail::own(given); }, [] {});
    return found;
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, field_); }
  /// By the field: each part of the journeys has a join of its own.
  friend bool operator==(answered const& a, answered const& b) {
    return detail::same_field(a.field_, b.field_);
  }

 private:
  Join const* joined_;
  Field field_;
};

/// The share of journeys that have an answer: print it beside every score of journeys.
inline share response_share(join_counts const& counts, confidence level = {}) {
  return share_of(counts.journeys_answered, counts.journeys, level);
}

}  // namespace cxm
