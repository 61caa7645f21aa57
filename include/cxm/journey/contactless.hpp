// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/fwd.hpp>
#include <cxm/journey/detail/holds.hpp>
#include <cxm/stats/interval.hpp>
#include <cxm/stats/proportion.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// Journeys without any human (B14). A contact is human, digital, mixed or unknown, which a field
/// says (`contact_mode`, or an optional of one: empty is unknown); a journey is what the contacts
/// are that its customer sees.

namespace cxm {

/// Who the customer meets in a contact.
enum class contact_mode : std::uint8_t {
  human,
  digital,
  mixed,   ///< a human too
  unknown  ///< not stated
};

/// The question which contacts the customer sees.
struct seen_contacts;

/// Only contacts for which `predicate` holds are seen by the customer; the others are back office.
template <class Predicate>
struct only_front {
  using policy_kind = seen_contacts;
  Predicate predicate;

  constexpr explicit only_front(Predicate is) : predicate(std::move(is)) {}
  constexpr bool operator()(auto const& contact) const { return detail::holds(predicate, contact); }
};
/// The customer sees every contact. The default.
struct every_contact {
  using policy_kind = seen_contacts;
  constexpr bool operator()(auto const&) const { return true; }
};

/// The mode of a journey, as a field: human where any contact is human or mixed; else unknown where
/// any is unknown; else digital; empty where the customer saw no contact.
template <class Mode, class Front>
class journey_mode_field {
 public:
  constexpr journey_mode_field(Mode mode, Front front)
      : mode_(std::move(mode)), front_(std::move(front)) {}
  static constexpr std::string_view name() { return "journey_mode"; }
  constexpr Mode const& mode() const { return mode_; }

  template <class Journey>
  constexpr std::optional<contact_mode> operator()(Journey const& journey) const {
    std::optional<contact_mode> found;
    for (std::size_t i = 0; i < journey.size(); ++i) {
      auto const contact = journey[i];
      if (!front_(contact)) continue;
      switch (mode_of(contact)) {
        case contact_mode::human:
        case contact_mode::mixed:
          return contact_mode::human;
        case contact_mode::digital:
          if (!found) found = contact_mode::digital;
          break;
        default:
          found = contact_mode::unknown;
      }
    }
    return found;
  }

 private:
  template <class Contact>
  constexpr contact_mode mode_of(Contact const& contact) const {
    auto const& stated = cxm::read(mode_, contact);
    using value = detail::answered_t<decltype(stated)>;
    static_assert(std::is_same_v<value, contact_mode>,
                  "cxm::contactless: the field must give a cxm::contact_mode, or an optional of "
                  "one");
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(stated)>>)
      return stated.value_or(contact_mode::unknown);
    else
      return stated;
  }

  Mode mode_;
  Front front_;
};

/// Says whom a journey met: `by(journey_mode(&contact::mode), on(last(&contact::recommend),
/// nps()))`. Policy: `only_front`.
template <class Mode, class... Policies>
constexpr auto journey_mode(Mode mode, Policies... policies) {
  static_assert(
      (detail::answers_one_of<Policies, seen_contacts> && ...) && sizeof...(Policies) <= 1,
      "cxm::journey_mode: the only policy is only_front, once");
  auto front = detail::pick<seen_contacts>(every_contact{}, policies...);
  return journey_mode_field<Mode, decltype(front)>(std::move(mode), std::move(front));
}

/// How many contacts of a journey a predicate holds for, as human contacts: a field of journeys.
template <class Predicate>
struct contacts_that {
  Predicate predicate;
  constexpr explicit contacts_that(Predicate are) : predicate(std::move(are)) {}
  constexpr std::string_view name() const { return name_of(predicate); }

  template <class Journey>
  constexpr std::uint64_t operator()(Journey const& journey) const {
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < journey.size(); ++i)
      n += detail::holds(predicate, journey[i]) ? 1 : 0;
    return n;
  }
};

/// Journeys by whom the customer met.
struct contactless_summary {
  std::uint64_t digital = 0;   ///< contactless: digital contacts only
  std::uint64_t human = 0;     ///< at least one human
  std::uint64_t unknown = 0;   ///< no human known, and some contact of unknown mode
  std::uint64_t left_out = 0;  ///< the customer saw no contact
  share contactless;           ///< digital of digital + human, with its interval
  /// The share if all unknown journeys had met a human, and if none had.
  maybe<interval> bounds = reason::no_data;
};

/// Counts journeys by whom the customer met. Made by `contactless`.
template <class Mode, class Front>
class contactless_counts {
 public:
  static constexpr std::string_view type_name = "contactless";
  static constexpr merge_law merges = merge_law::exact;

  contactless_counts(journey_mode_field<Mode, Front> mode, confidence level)
      : mode_(std::move(mode)), level_(level) {}

  template <class Journey>
  void add(Journey const& journey) {
    auto const mode = (*mode_)(journey);
    ++(!mode                            ? left_out_
       : *mode == contact_mode::human   ? human_
       : *mode == contact_mode::digital ? digital_
                                        : unknown_);
  }
  void merge(contactless_counts const& other) {
    detail::require_same(detail::same_field((*mode_).mode(), (*other.mode_).mode()),
                         "cxm::contactless: merging counts of different modes");
    detail::require_fit(detail::counts_fit(digital_, other.digital_) &&
                        detail::counts_fit(human_, other.human_) &&
                        detail::counts_fit(unknown_, other.unknown_) &&
                        detail::counts_fit(left_out_, other.left_out_));
    digital_ += other.digital_;
    human_ += other.human_;
    unknown_ += other.unknown_;
    left_out_ += other.left_out_;
  }
  contactless_summary result() const {
    contactless_summary found{digital_, human_, unknown_, left_out_,
                              share_of(digital_, digital_ + human_, level_)};
    auto const all = static_cast<double>(digital_ + human_ + unknown_);
    if (all > 0)
      found.bounds = interval{static_cast<double>(digital_) / all,
                              static_cast<double>(digital_ + unknown_) / all};
    return found;
  }
  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, (*self.mode_).mode(), "mode");
    visit.state("digital", self.digital_);
    visit.state("human", self.human_);
    visit.state("unknown", self.unknown_);
    visit.state("left_out", self.left_out_);
  }

 private:
  detail::box<journey_mode_field<Mode, Front>> mode_;
  confidence level_;
  std::uint64_t digital_ = 0;
  std::uint64_t human_ = 0;
  std::uint64_t unknown_ = 0;
  std::uint64_t left_out_ = 0;
};

/// The share of journeys without any human. Policies: `only_front`, `confidence` of the share's
/// Wilson interval.
template <class Mode, class... Policies>
auto contactless(Mode mode, Policies... policies) {
  static_assert((detail::answers_one_of<Policies, seen_contacts, confidence_level> && ...),
                "cxm::contactless: takes only_front and confidence");
  static_assert(
      detail::no_question_twice<seen_contacts, confidence_level>::template in<Policies...>,
      "cxm::contactless: two policies answer the same question");
  auto front = detail::pick<seen_contacts>(every_contact{}, policies...);
  return contactless_counts<Mode, decltype(front)>(
      {std::move(mode), std::move(front)},
      detail::pick<confidence_level>(confidence{}, policies...));
}

}  // namespace cxm
