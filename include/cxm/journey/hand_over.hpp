// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/journey/ledger_of.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// A hand-over is a step of a journey from one department to another (B10): two contacts of known
/// owner that follow each other, with different owners. Contacts of unknown owner, and those of the
/// customer side, are passed over. It is an event like any other:
/// `each_hand_over(&contact::department, by(handed_from, handed_to, on(handed_wait, moments())))`.

namespace cxm {

/// One hand-over.
template <class Contact, class Department, class Duration>
class hand_over {
 public:
  constexpr hand_over(Contact received, Department from, Department to, Duration wait, bool back)
      : received_(received), from_(from), to_(to), wait_(wait), back_(back) {}

  Department const& from() const { return from_; }
  Department const& to() const { return to_; }
  /// The first contact of the department that receives.
  Contact const& received() const { return received_; }
  /// From the latest end of all earlier contacts to the start of this one; 0 where it began before.
  Duration wait() const { return wait_; }
  /// Ping-pong: back to the department of the last contact but one of known owner.
  bool back() const { return back_; }

 private:
  Contact received_;
  Department from_, to_;
  Duration wait_;
  bool back_;
};

/// Fields of a hand-over.
inline constexpr auto handed_from = field<"from">([](auto const& seam) { return seam.from(); });
inline constexpr auto handed_to = field<"to">([](auto const& seam) { return seam.to(); });
inline constexpr auto handed_wait = field<"wait">([](auto const& seam) { return seam.wait(); });
inline constexpr auto handed_back = field<"back">([](auto const& seam) { return seam.back(); });

namespace detail {

/// Calls `found(hand_over)` for each hand-over of a journey.
template <class Ledger, class Journey, class Found>
constexpr void hand_overs_in(Ledger const& ledger, Journey const& journey, Found&& found) {
  using contact = typename Journey::contact;
  using owner = std::remove_cvref_t<decltype(ledger.owner())>;
  using department = typename department_in<owner, contact>::type;
  std::optional<department> last, last_but_one;
  auto ended = journey.started();
  for (std::size_t i = 0; i < journey.size(); ++i) {
    auto const next = journey[i];
    std::optional<department> stated;
    if (!ledger.customer()(next)) stated = cxm::read(ledger.owner(), next);
    if (stated) {
      if (last && *last != *stated) {
        auto const wait = ledger.clock().between(ended, std::max(ended, next.time()));
        using duration = std::remove_cvref_t<decltype(wait)>;
        found(hand_over<contact, department, duration>(next, *last, *stated, wait,
                                                       last_but_one == stated));
      }
      last_but_one = std::exchange(last, stated);
    }
    ended = std::max(ended, next.ended());
  }
}

template <class Ledger>
inline constexpr bool measures_whole_journey = false;
template <class Owner, class Customer, class Clock>
inline constexpr bool measures_whole_journey<ledger_field<Owner, Customer, whole_journey, Clock>> =
    true;

/// The field and the policies of hand-overs, which are those of a ledger of the whole journey.
template <class Owner, class... Policies>
constexpr auto hand_over_rules(Owner owner, Policies... policies) {
  auto rules = ledger_of(std::move(owner), std::move(policies)...);
  static_assert(measures_whole_journey<decltype(rules)>,
                "cxm::hand_overs: takes customer_side and during; it counts whole journeys");
  return rules;
}

/// A number of hand-overs, or of what goes with them.
template <class Figure, class Rules>
class hand_over_figure {
 public:
  constexpr explicit hand_over_figure(Rules rules) : rules_(std::move(rules)) {}
  static constexpr std::string_view name() { return Figure::name; }
  template <class Journey>
  constexpr std::uint64_t operator()(Journey const& journey) const {
    return Figure::of(rules_, journey);
  }

 private:
  Rules rules_;
};

struct hand_over_total {
  static constexpr std::string_view name = "hand_overs";
  static constexpr std::uint64_t of(auto const& rules, auto const& journey) {
    std::uint64_t n = 0;
    hand_overs_in(rules, journey, [&](auto const&) { ++n; });
    return n;
  }
};
struct ping_pong_total {
  static constexpr std::string_view name = "ping_pongs";
  static constexpr std::uint64_t of(auto const& rules, auto const& journey) {
    std::uint64_t n = 0;
    hand_overs_in(rules, journey, [&](auto const& seam) { n += seam.back() ? 1 : 0; });
    return n;
  }
};
struct unowned_total {
  static constexpr std::string_view name = "unowned_contacts";
  static constexpr std::uint64_t of(auto const& rules, auto const& journey) {
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < journey.size(); ++i) {
      if (rules.customer()(journey[i])) continue;
      auto const& stated = cxm::read(rules.owner(), journey[i]);
      if constexpr (is_optional<std::remove_cvref_t<decltype(stated)>>) n += stated ? 0 : 1;
    }
    return n;
  }
};
struct department_total {
  static constexpr std::string_view name = "departments";
  static std::uint64_t of(auto const& rules, auto const& journey) {
    using contact = typename std::remove_cvref_t<decltype(journey)>::contact;
    using owner = std::remove_cvref_t<decltype(rules.owner())>;
    using department = typename department_in<owner, contact>::type;
    contact_owners<department> const owners(journey, rules.owner(), rules.customer());
    std::uint64_t n = 0;
    for (auto const& one : owners.departments) n += one ? 1 : 0;
    return n;
  }
};

template <class Figure, class... Arguments>
constexpr auto hand_over_field(Arguments... arguments) {
  auto rules = hand_over_rules(std::move(arguments)...);
  return hand_over_figure<Figure, decltype(rules)>(std::move(rules));
}

}  // namespace detail

/// How often a journey was handed from one department to another, as a field of journeys:
/// `on(hand_overs(&contact::department), moments())`. Policy: `customer_side`.
template <class Owner, class... Policies>
constexpr auto hand_overs(Owner owner, Policies... policies) {
  return detail::hand_over_field<detail::hand_over_total>(std::move(owner), std::move(policies)...);
}
/// How often it went straight back to the department it came from.
template <class Owner, class... Policies>
constexpr auto ping_pongs(Owner owner, Policies... policies) {
  return detail::hand_over_field<detail::ping_pong_total>(std::move(owner), std::move(policies)...);
}
/// How many known departments a journey met.
template <class Owner, class... Policies>
constexpr auto departments(Owner owner, Policies... policies) {
  return detail::hand_over_field<detail::department_total>(std::move(owner),
                                                           std::move(policies)...);
}
/// How many of its contacts have no known owner.
template <class Owner, class... Policies>
constexpr auto unowned_contacts(Owner owner, Policies... policies) {
  return detail::hand_over_field<detail::unowned_total>(std::move(owner), std::move(policies)...);
}

/// Feeds every hand-over of a journey to `Inner`. Made by `each_hand_over`.
template <class Rules, class Inner>
class hand_overs_of_each {
 public:
  static constexpr std::string_view type_name = "each_hand_over";
  static constexpr merge_law merges = merge_law_of<Inner>;

  constexpr hand_overs_of_each(Rules rules, Inner inner)
      : rules_(std::move(rules)), inner_(std::move(inner)) {}

  template <class Journey>
  constexpr void add(Journey const& journey) {
    detail::hand_overs_in(*rules_, journey, [&](auto const& seam) { inner_.add(seam); });
  }
  constexpr void merge(hand_overs_of_each const& other) {
    detail::require_same(*rules_ == *other.rules_,
                         "cxm::each_hand_over: merging hand-overs of different departments");
    inner_.merge(other.inner_);
  }
  constexpr auto result() const { return inner_.result(); }
  constexpr Inner const& inner() const { return inner_; }

  template <class Journey>
  constexpr auto bound_to() const {
    using contact = typename Journey::contact;
    using owner = std::remove_cvref_t<decltype((*rules_).owner())>;
    using time = std::remove_cvref_t<decltype(std::declval<Journey const&>().started())>;
    using duration = std::remove_cvref_t<decltype((*rules_).clock().between(time{}, time{}))>;
    using seam = hand_over<contact, typename detail::department_in<owner, contact>::type, duration>;
    auto inner = cxm::bind<seam>(inner_);
    return hand_overs_of_each<Rules, decltype(inner)>(*rules_, std::move(inner));
  }
  static constexpr void describe(auto& self, auto& visit) {
    (*self.rules_).describe_policies(visit);
    visit.state("inner", self.inner_);
  }

 private:
  detail::box<Rules> rules_;
  Inner inner_;
};

/// Gives every hand-over of each journey to `inner`, with the departments that `owner` reads off
/// contacts. Policies: `customer_side`, and `during{calendar}` for the waits.
template <class Owner, accumulator Inner, class... Policies>
constexpr auto each_hand_over(Owner owner, Inner inner, Policies... policies) {
  auto rules = detail::hand_over_rules(std::move(owner), std::move(policies)...);
  return hand_overs_of_each<decltype(rules), Inner>(std::move(rules), std::move(inner));
}

}  // namespace cxm
