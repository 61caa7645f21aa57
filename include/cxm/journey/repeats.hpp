// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/journey/contact.hpp>
#include <cxm/journey/ledger_of.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Rework (B13): a contact repeats an earlier one of its journey when both have the same
/// touchpoint, or the same value of any field, as a failure code:
/// `repeated_contacts(&contact::failure)` counts how often a customer met a failure again. Contacts
/// where the field is an empty optional repeat nothing. A repeat follows at once (a self loop, a a)
/// or comes back after others (a loop, a … a) of a length: how many contacts it is behind the last
/// one alike.

namespace cxm {

/// A contact that repeats an earlier one.
template <class Contact>
class repeat_of {
 public:
  constexpr repeat_of(Contact again, std::size_t length) : again_(again), length_(length) {}

  Contact const& again() const { return again_; }
  auto touchpoint() const { return again_.touchpoint(); }
  /// A field of the contact.
  template <class Field>
  decltype(auto) read(Field const& field) const {
    if constexpr (requires { typename Field::reads_repeat; })
      return field(*this);
    else
      return again_.read(field);
  }
  /// Contacts since the last one alike, 1 for a self loop.
  std::uint64_t length() const { return length_; }
  bool at_once() const { return length_ == 1; }

 private:
  Contact again_;
  std::size_t length_;
};

/// The loop length of a repeat, as a field.
struct loop_length_field {
  using reads_repeat = void;
  static constexpr std::string_view name() { return "loop_length"; }
  constexpr std::uint64_t operator()(auto const& repeat) const { return repeat.length(); }
};
inline constexpr loop_length_field loop_length{};

namespace detail {

/// Calls `found(index, length)` for each repeat, in order. O(k log k) for k contacts.
template <class Field, class Journey, class Found>
void repeats_in(Field const& field, Journey const& journey, Found&& found) {
  using value = answered_t<decltype(cxm::read(field, journey[0]))>;
  std::vector<std::pair<value, std::size_t>> seen;
  seen.reserve(journey.size());
  for (std::size_t i = 0; i < journey.size(); ++i) {
    auto const contact = journey[i];
    auto const& stated = cxm::read(field, contact);
    if_answered(
        stated, [&](auto const& one) { seen.emplace_back(one, i); }, [] {});
  }
  auto const before = [](auto const& a, auto const& b) {
    if (key_before(a.first, b.first)) return true;
    return !key_before(b.first, a.first) && a.second < b.second;
  };
  std::sort(seen.begin(), seen.end(), before);
  std::vector<std::size_t> lengths(journey.size(), 0);
  for (std::size_t i = 1; i < seen.size(); ++i)
    if (!key_before(seen[i - 1].first, seen[i].first))
      lengths[seen[i].second] = seen[i].second - seen[i - 1].second;
  for (std::size_t i = 0; i < lengths.size(); ++i)
    if (lengths[i] != 0) found(i, lengths[i]);
}

/// A number of repeats by a field; of another field when it is called with one.
template <class Figure, class Field>
class repeat_figure {
 public:
  constexpr explicit repeat_figure(Field of) : field_(std::move(of)) {}
  static constexpr std::string_view name() { return Figure::name; }

  template <like_a_journey Journey>
  std::uint64_t operator()(Journey const& journey) const {
    std::uint64_t n = 0;
    repeats_in(field_, journey,
               [&](std::size_t, std::size_t length) { n += Figure::counts(length) ? 1 : 0; });
    return n;
  }
  template <class Other>
  requires(!like_a_journey<Other>) constexpr auto operator()(Other other) const {
    return repeat_figure<Figure, Other>(std::move(other));
  }

 private:
  Field field_;
};
struct any_repeat {
  static constexpr std::string_view name = "repeated_contacts";
  static constexpr bool counts(std::size_t) { return true; }
};
struct repeat_at_once {
  static constexpr std::string_view name = "self_loops";
  static constexpr bool counts(std::size_t length) { return length == 1; }
};
struct repeat_after_others {
  static constexpr std::string_view name = "loop_returns";
  static constexpr bool counts(std::size_t length) { return length > 1; }
};

}  // namespace detail

/// How many contacts of a journey repeat an earlier one: a field of journeys. By touchpoint;
/// `repeated_contacts(&contact::failure)` by another field. It is `self_loops` + `loop_returns`.
inline constexpr detail::repeat_figure<detail::any_repeat, contact_touchpoint> repeated_contacts(
    at_touchpoint);
/// How many repeat the contact right before.
inline constexpr detail::repeat_figure<detail::repeat_at_once, contact_touchpoint> self_loops(
    at_touchpoint);
/// How many come back after others.
inline constexpr detail::repeat_figure<detail::repeat_after_others, contact_touchpoint>
    loop_returns(at_touchpoint);

/// Feeds every repeat in a journey to `Inner`. Made by `each_repeat`.
template <class Field, class Inner>
class repeats_of_each {
 public:
  static constexpr std::string_view type_name = "each_repeat";
  static constexpr merge_law merges = merge_law_of<Inner>;

  constexpr repeats_of_each(Field of, Inner inner)
      : field_(std::move(of)), inner_(std::move(inner)) {}

  template <class Journey>
  void add(Journey const& journey) {
    detail::repeats_in(*field_, journey, [&](std::size_t i, std::size_t length) {
      inner_.add(repeat_of(journey[i], length));
    });
  }
  constexpr void merge(repeats_of_each const& other) {
    detail::require_same(detail::same_field(*field_, *other.field_),
                         "cxm::each_repeat: merging repeats of different fields");
    inner_.merge(other.inner_);
  }
  constexpr auto result() const { return inner_.result(); }
  constexpr Inner const& inner() const { return inner_; }

  template <class Journey>
  constexpr auto bound_to() const {
    auto inner = cxm::bind<repeat_of<typename Journey::contact>>(inner_);
    return repeats_of_each<Field, decltype(inner)>(*field_, std::move(inner));
  }
  static constexpr void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.field_);
    visit.state("inner", self.inner_);
  }

 private:
  [[no_unique_address]] detail::box<Field> field_;
  Inner inner_;
};

/// Gives every contact that repeats an earlier one of its journey, by `field`, to `inner`:
/// `each_repeat(at_touchpoint, by(at_touchpoint, on(loop_length, moments())))`.
template <class Field, accumulator Inner>
constexpr auto each_repeat(Field field, Inner inner) {
  return repeats_of_each<Field, Inner>(std::move(field), std::move(inner));
}

}  // namespace cxm
