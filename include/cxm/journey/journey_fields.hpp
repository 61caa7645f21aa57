// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/journey/detail/derived_name.hpp>
#include <cxm/journey/detail/touchpoint_list.hpp>
#include <cxm/stats/detail/key.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// What can be read off a journey: the fields of an event of a higher order. They go wherever a
/// field goes, as in `by(first_touchpoint, on(last(&contact::recommend), nps()))`.

namespace cxm {

/// From the first start to the latest end: what the customer lived through. A duration.
inline constexpr auto cycle_time =
    field<"cycle_time">([](auto const& journey) { return journey.cycle_time(); });
/// The number of contacts.
inline constexpr auto contacts = field<"contacts">(
    [](auto const& journey) { return static_cast<std::uint64_t>(journey.size()); });
/// When the first contact began.
inline constexpr auto start_time =
    field<"start_time">([](auto const& journey) { return journey.started(); });
/// The latest end of any contact.
inline constexpr auto end_time =
    field<"end_time">([](auto const& journey) { return journey.ended(); });
/// Whose journey it is.
inline constexpr auto customer_of =
    field<"customer">([](auto const& journey) { return journey.customer(); });
/// Where it began.
inline constexpr auto first_touchpoint =
    field<"first_touchpoint">([](auto const& journey) { return journey.front().touchpoint(); });
/// Where it stopped.
inline constexpr auto last_touchpoint =
    field<"last_touchpoint">([](auto const& journey) { return journey.back().touchpoint(); });
/// The touchpoints in order: `by(path, count())` counts variants.
inline constexpr auto path = field<"path">([](auto const& journey) { return journey.path(); });

/// The first answer in the journey: `field` of the first contact that has one.
template <class Field>
struct first {
  Field field;
  constexpr explicit first(Field of) : field(std::move(of)) {}
  constexpr std::string_view name() const { return detail::derived_name<"first ", Field>(field); }

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    using value = std::remove_cvref_t<decltype(journey.front().read(field))>;
    if constexpr (detail::is_optional<value>) {
      for (std::size_t i = 0; i < journey.size(); ++i)
        if (value answer = journey[i].read(field)) return answer;
      return value();
    } else {
      return value(journey.front().read(field));
    }
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, field); }
  friend bool operator==(first const&, first const&) = default;
};

/// The last answer in the journey: `field` of the last contact that has one.
template <class Field>
struct last {
  Field field;
  constexpr explicit last(Field of) : field(std::move(of)) {}
  constexpr std::string_view name() const { return detail::derived_name<"last ", Field>(field); }

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    using value = std::remove_cvref_t<decltype(journey.back().read(field))>;
    if constexpr (detail::is_optional<value>) {
      for (std::size_t i = journey.size(); i-- > 0;)
        if (value answer = journey[i].read(field)) return answer;
      return value();
    } else {
      return value(journey.back().read(field));
    }
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, field); }
  friend bool operator==(last const&, last const&) = default;
};

/// When the first contact at one of these touchpoints ended; empty where there was none.
/// `reached{activated}`.
template <class Touchpoint>
class reached {
 public:
  explicit reached(std::vector<Touchpoint> touchpoints) : at_{std::move(touchpoints)} {}
  template <class... More>
  explicit reached(Touchpoint first, More... more)
      : at_{{std::move(first), Touchpoint(std::move(more))...}} {}

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    std::size_t i = 0;
    while (i < journey.size() && !at_.has(journey[i].touchpoint())) ++i;
    std::optional<decltype(journey.started())> found;
    if (i < journey.size()) found = journey[i].ended();
    return found;
  }
  void describe_field(auto& visit) const { at_.describe_field(visit); }
  friend bool operator==(reached const&, reached const&) = default;

 private:
  detail::touchpoint_list<Touchpoint> at_;
};
template <class First, class... More>
reached(First, More...) -> reached<detail::owned_t<First>>;
template <class Touchpoint>
reached(std::vector<Touchpoint>) -> reached<Touchpoint>;

/// How long it took from the start of the journey to the time that `milestone` gives:
/// `time_to{reached{activated}}`; empty where it was not reached.
template <class Milestone>
struct time_to {
  Milestone milestone;
  constexpr explicit time_to(Milestone when) : milestone(std::move(when)) {}

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    std::optional<decltype(journey.cycle_time())> took;
    if (auto const when = milestone(journey)) took = *when - journey.started();
    return took;
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, milestone); }
  friend bool operator==(time_to const&, time_to const&) = default;
};

/// How long it took from one milestone to another, negative where they came in the other order;
/// empty where one of them was not reached: `time_between{reached{ordered}, reached{delivered}}`.
template <class From, class To>
struct time_between {
  From from;
  To to;
  constexpr time_between(From earlier, To later) : from(std::move(earlier)), to(std::move(later)) {}

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    auto const start = from(journey);
    auto const end = to(journey);
    using duration = std::remove_cvref_t<decltype(*end - *start)>;
    return start && end ? std::optional<duration>(*end - *start) : std::nullopt;
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, from, to); }
  friend bool operator==(time_between const&, time_between const&) = default;
};

}  // namespace cxm
