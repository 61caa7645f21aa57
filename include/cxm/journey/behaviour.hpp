// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What customers had to do, counted from their contacts: how often they came back to a touchpoint
/// (`repeats`), how often they waited (`waits{24h}`), and how often something changed from one
/// contact to the next, as the channel or the department (`switches{&contact::channel}`). Fields of
/// a journey; `effort` adds them up.

#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/journey/detail/derived_name.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

/// How many contacts were at a touchpoint at which the journey had been before: A B C B D has one.
/// O(contacts · log contacts).
inline constexpr auto repeats = field<"repeats">([](auto const& journey) -> std::uint64_t {
  auto const route = journey.path();
  if (route.size() < 2) return 0;
  std::vector<std::size_t> order(route.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  auto const before = [&](std::size_t a, std::size_t b) {
    return detail::key_before(route[a], route[b]);
  };
  std::sort(order.begin(), order.end(), before);
  std::uint64_t again = 0;
  for (std::size_t i = 1; i < order.size(); ++i) again += before(order[i - 1], order[i]) ? 0 : 1;
  return again;
});

/// How often `field` changed from one contact to the next. Contacts for which it is empty are
/// passed over: web, –, call is one switch.
template <class Field>
struct switches {
  Field field;
  constexpr explicit switches(Field of) : field(std::move(of)) {}
  constexpr std::string_view name() const {
    return detail::derived_name<"switches ", Field>(field);
  }

  template <class Journey>
  constexpr std::uint64_t operator()(Journey const& journey) const {
    using value = detail::answered_t<decltype(cxm::read(field, journey[0]))>;
    std::optional<value> held;
    std::uint64_t changes = 0;
    for (std::size_t i = 0; i < journey.size(); ++i)
      detail::if_answered(
          cxm::read(field, journey[i]),
          [&](auto const& seen) {
            if (held && !(*held == seen)) ++changes;
            held = seen;
          },
          [] {});
    return changes;
  }
  void describe_field(auto& visit) const { detail::visit_parts(visit, field); }
  friend bool operator==(switches const&, switches const&) = default;
};

/// How often the customer waited longer than this between two contacts: from the latest end so far
/// to the next start.
template <class Duration>
class waits {
 public:
  explicit waits(Duration longer_than)
      : longer_than_(longer_than), name_("waits over " + detail::duration_name(longer_than)) {}
  std::string_view name() const { return name_; }

  template <class Journey>
  std::uint64_t operator()(Journey const& journey) const {
    std::uint64_t n = 0;
    auto ended = journey[0].ended();
    for (std::size_t i = 1; i < journey.size(); ++i) {
      n += journey[i].time() - ended > longer_than_ ? 1 : 0;
      ended = std::max(ended, journey[i].ended());
    }
    return n;
  }
  friend bool operator==(waits const&, waits const&) = default;

 private:
  Duration longer_than_;
  std::string name_;
};

/// A duration counted in whole units, rounded towards 0: `in_whole{24h, idle_time}` are full days
/// of waiting. It is read where its field is: `in_whole{1min, time_spent}` off contacts.
template <class Unit, class Field>
class in_whole : public detail::contact_mark<Field>,
                 public detail::place_mark<Field>,
                 public detail::need_mark<Field> {
 public:
  in_whole(Unit unit, Field field)
      : unit_(unit),
        field_(std::move(field)),
        name_(std::string(name_of(field_)) + " in " + detail::duration_name(unit)) {
    if (!(unit > unit.zero())) detail::refuse("cxm::in_whole: the unit must be longer than 0");
  }
  std::string_view name() const { return name_; }
  void describe_field(auto& visit) const { detail::visit_parts(visit, field_); }

  template <class In>
  auto operator()(In const& in) const {
    auto const value = cxm::read(field_, in);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(value)>>)
      return value ? std::optional(units(*value)) : std::nullopt;
    else
      return units(value);
  }

 private:
  template <class Duration>
  std::int64_t units(Duration const& duration) const {
    static_assert(detail::is_duration<Duration>,
                  "cxm::in_whole: the field must give a duration, or std::optional of one");
    return static_cast<std::int64_t>(duration / unit_);
  }

  Unit unit_;
  Field field_;
  std::string name_;
};

}  // namespace cxm
