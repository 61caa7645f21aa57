// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Contacts that know their place in the journey: `each_placed(accumulator)` is `each_contact`
/// whose contacts have the further fields `place_in_journey` and `part_of_journey{10}`. So a curve
/// along the journey is a group like any other:
///
///     each_placed(by(part_of_journey{10}, on(&contact::rating, exact_moments())))

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/retraction.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace cxm {

/// A contact and its place in the journey. It reads what the contact reads.
template <class Contact>
class placed_contact {
 public:
  constexpr placed_contact(Contact contact, std::size_t place, std::size_t of)
      : contact_(contact), place_(place), of_(of) {}

  constexpr Contact const& contact() const { return contact_; }
  /// The position in the journey, from 0.
  constexpr std::size_t place() const { return place_; }
  /// The number of contacts of the journey.
  constexpr std::size_t of() const { return of_; }
  template <class Field>
  constexpr decltype(auto) read(Field const& field) const {
    if constexpr (requires { typename Field::reads_place; })
      return field(*this);
    else
      return contact_.read(field);
  }

 private:
  Contact contact_;
  std::size_t place_;
  std::size_t of_;
};

/// The position of a contact in its journey, from 0.
struct contact_place {
  using reads_place = void;
  using needs_contact = void;
  static constexpr std::string_view name() { return "place"; }
  constexpr std::uint64_t operator()(auto const& contact) const { return contact.place(); }
};
inline constexpr contact_place place_in_journey{};

/// In which of `parts` equal parts of its journey a contact lies, from 0: each of k contacts stands
/// for 1/k of the journey and lies where the middle of that does. So the two contacts of a short
/// journey are in the third and the eighth of ten parts, and the only one of a single contact in
/// the sixth, where the second half begins.
class part_of_journey {
 public:
  using reads_place = void;
  using needs_contact = void;
  constexpr explicit part_of_journey(std::uint32_t parts) : parts_(parts) {
    if (parts == 0 || parts > 1000)
      detail::refuse("cxm::part_of_journey: takes from 1 to 1000 parts");
    for (std::uint32_t rest = parts; rest > 0; rest /= 10)
      text_[--first_] = static_cast<char>('0' + rest % 10);
    for (std::string_view words = "part of "; !words.empty(); words.remove_suffix(1))
      text_[--first_] = words.back();
  }
  /// "part of 10": tenths are never merged with twentieths.
  constexpr std::string_view name() const {
    return std::string_view(text_.data(), text_.size()).substr(first_);
  }
  constexpr std::uint32_t parts() const { return parts_; }

  constexpr std::uint32_t operator()(auto const& contact) const {
    return static_cast<std::uint32_t>((2 * std::uint64_t{contact.place()} + 1) * parts_ /
                                      (2 * std::uint64_t{contact.of()}));
  }
  friend bool operator==(part_of_journey, part_of_journey) = default;

 private:
  std::uint32_t parts_;
  std::array<char, 12> text_{};
  std::size_t first_ = 12;
};

/// Feeds every contact of a journey, with its place, to `Inner`. Made by `each_placed`.
template <class Inner>
class placed_of_each {
 public:
  static constexpr std::string_view type_name = "each_placed";
  static constexpr merge_law merges = merge_law_of<Inner>;
  static constexpr bool retracts = cxm::retracts<Inner>;
  static constexpr bool skips_events = cxm::skips_events<Inner>;

  constexpr explicit placed_of_each(Inner inner) : inner_(std::move(inner)) {}

  /// With a weight, every contact has that of the journey.
  template <class Journey, class... Weight>
  constexpr void add(Journey const& journey, Weight const&... weight) {
    for (std::size_t i = 0; i < journey.size(); ++i)
      inner_.add(placed_contact(journey[i], i, journey.size()), weight...);
  }
  /// Takes a journey back: all its contacts, or none where one was never counted.
  template <class Journey, class... Weight>
  constexpr void remove(Journey const& journey, Weight const&... weight) {
    std::size_t i = 0;
    auto const at = [&](std::size_t place) {
      return placed_contact(journey[place], place, journey.size());
    };
    detail::or_undo(
        [&] {
          for (; i < journey.size(); ++i) detail::retract(inner_, at(i), weight...);
        },
        [&] {
          for (; i > 0; --i) inner_.add(at(i - 1), weight...);
        });
  }
  constexpr bool empty() const requires retracts { return inner_.empty(); }
  constexpr auto with_weights() const requires detail::can_be_weighted<Inner> {
    return placed_of_each<decltype(inner_.with_weights())>(inner_.with_weights());
  }
  constexpr void double_weights(unsigned times) requires detail::weights_double<Inner> {
    inner_.double_weights(times);
  }
  constexpr void merge(placed_of_each const& other) { inner_.merge(other.inner_); }
  constexpr auto result() const { return inner_.result(); }
  constexpr Inner const& inner() const { return inner_; }

  template <class Journey>
  constexpr auto bound_to() const {
    auto inner = cxm::bind<placed_contact<typename Journey::contact>>(inner_);
    return placed_of_each<decltype(inner)>(std::move(inner));
  }
  static constexpr void describe(auto& self, auto& visit) { visit.state("inner", self.inner_); }

 private:
  Inner inner_;
};

/// Gives every contact of each journey, with its place, to `inner`.
template <accumulator Inner>
constexpr auto each_placed(Inner inner) {
  return placed_of_each<Inner>(std::move(inner));
}

}  // namespace cxm
