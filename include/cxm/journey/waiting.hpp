// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What a customer hears while waiting: `contacts_between` two milestones, as the progress
/// contacts of the brand between a promise and its delivery, and the `longest_silence` in that
/// time. A wait with news is shorter (R55, the "occupied wait").
///
///     auto const made = time_of{first_with{&contact::promised}};
///     auto const news = contacts_between{made, reached{step::delivered}, &contact::by_brand};
///     measure(journeys, by(news, on(last(&contact::recommend), nps())));

#include <cxm/core/field.hpp>
#include <cxm/journey/detail/derived_name.hpp>
#include <cxm/journey/detail/holds.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cxm {

namespace detail {

/// Whether a contact counts: a predicate that is empty does not say so.
template <class Predicate, class Contact>
constexpr bool counts_as(Predicate const& predicate, Contact const& contact) {
  static_assert(std::is_same_v<answered_t<decltype(cxm::read(predicate, contact))>, bool>,
                "cxm::contacts_between: the predicate is true or false, or std::optional of that");
  return holds(predicate, contact);
}
/// The time that a milestone gives, which may be an optional or not.
template <class Milestone, class Journey>
constexpr auto milestone_time(Milestone const& milestone, Journey const& journey) {
  auto const when = cxm::read(milestone, journey);
  if constexpr (is_optional<std::remove_cvref_t<decltype(when)>>)
    return when;
  else
    return std::optional(when);
}

}  // namespace detail

/// How many contacts that `predicate` holds for began after `from` and before `to`, both
/// milestones as `reached{…}` or `time_of{…}`; to the end of the journey where `to` was not
/// reached. What happened at the very time of a milestone is the milestone. Empty where `from` was
/// not reached.
template <class From, class To, class Predicate>
struct contacts_between {
  From from;
  To to;
  Predicate predicate;

  constexpr contacts_between(From earlier, To later, Predicate which)
      : from(std::move(earlier)), to(std::move(later)), predicate(std::move(which)) {}
  constexpr std::string_view name() const {
    return detail::derived_name<"contacts between: ", Predicate>(predicate);
  }

  template <class Journey>
  constexpr std::optional<std::uint64_t> operator()(Journey const& journey) const {
    auto const start = detail::milestone_time(from, journey);
    if (!start) return std::nullopt;
    auto const end = detail::milestone_time(to, journey);
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < journey.size(); ++i) {
      auto const contact = journey[i];
      if (contact.time() > *start && (!end || contact.time() < *end))
        n += detail::counts_as(predicate, contact) ? 1 : 0;
    }
    return n;
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, from, to, predicate); }
  friend bool operator==(contacts_between const&, contacts_between const&) = default;
};

/// How many contacts that `predicate` holds for began at `from` or later: the gestures after a
/// failure, which nobody had promised (over-delivery). Empty where `from` was not reached.
template <class From, class Predicate>
struct contacts_since {
  From from;
  Predicate predicate;

  constexpr contacts_since(From milestone, Predicate which)
      : from(std::move(milestone)), predicate(std::move(which)) {}
  constexpr std::string_view name() const {
    return detail::derived_name<"contacts since: ", Predicate>(predicate);
  }

  template <class Journey>
  constexpr std::optional<std::uint64_t> operator()(Journey const& journey) const {
    auto const start = detail::milestone_time(from, journey);
    if (!start) return std::nullopt;
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < journey.size(); ++i)
      if (journey[i].time() >= *start) n += detail::counts_as(predicate, journey[i]) ? 1 : 0;
    return n;
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, from, predicate); }
  friend bool operator==(contacts_since const&, contacts_since const&) = default;
};

/// The longest time between `from` and `to` in which no contact that `predicate` holds for was
/// open; until the end of the journey where `to` was not reached. Empty where `from` was not
/// reached, or `to` came before it. A duration.
template <class From, class To, class Predicate>
struct longest_silence {
  From from;
  To to;
  Predicate predicate;

  constexpr longest_silence(From earlier, To later, Predicate which)
      : from(std::move(earlier)), to(std::move(later)), predicate(std::move(which)) {}
  constexpr std::string_view name() const {
    return detail::derived_name<"longest silence: ", Predicate>(predicate);
  }

  template <class Journey>
  constexpr auto operator()(Journey const& journey) const {
    using duration = std::remove_cvref_t<decltype(journey.cycle_time())>;
    auto const start = detail::milestone_time(from, journey);
    auto const end = detail::milestone_time(to, journey);
    std::optional<duration> longest;
    if (!start || (end && *end < *start)) return longest;
    auto const until = end ? *end : std::max(*start, journey.ended());
    auto heard = *start;
    longest = duration::zero();
    for (std::size_t i = 0; i < journey.size(); ++i) {
      auto const contact = journey[i];
      if (contact.ended() < heard || contact.time() >= until) continue;
      if (!detail::counts_as(predicate, contact)) continue;
      if (contact.time() > heard) longest = std::max(*longest, duration(contact.time() - heard));
      heard = std::min(until, contact.ended());
    }
    return std::optional(std::max(*longest, duration(until - heard)));
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, from, to, predicate); }
  friend bool operator==(longest_silence const&, longest_silence const&) = default;
};

}  // namespace cxm
