// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The places of a journey, each once, with its contacts and how many of them have an answer; and
/// the counts of coverage that they add up to.

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/fwd.hpp>
#include <cxm/journey/waiting.hpp>
#include <cxm/stats/detail/key.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/proportion.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

/// How far a place, or everything, is measured.
struct covered {
  share contacts;  ///< contacts with an answer
  share journeys;  ///< of the journeys that come there, those with an answer there
};

namespace detail {

/// One place in one journey; of the whole journey also how many contacts are at no place.
template <class Place>
struct place_visit {
  Place place{};
  std::uint64_t contacts = 0;
  std::uint64_t answered = 0;
  std::uint64_t without_place = 0;
};
inline constexpr auto visited_place =
    field<"place">([](auto const& visit) -> auto const& { return visit.place; });

/// Calls `found` for each place of the journey, and sums up the journey itself.
template <class Field, class Measured, class Journey, class Found>
void each_place_visit(Field const& field, Measured const& measured, Journey const& journey,
                      place_visit<char>& whole, Found const& found) {
  using place = owned_t<answered_t<decltype(journey[0].read(field))>>;
  std::vector<place_visit<place>> visits;
  for (std::size_t i = 0; i < journey.size(); ++i) {
    auto const contact = journey[i];
    std::uint64_t const answered = counts_as(measured, contact) ? 1 : 0;
    ++whole.contacts;
    whole.answered += answered;
    if_answered(
        contact.read(field),
        [&](auto const& at) {
          visits.push_back({own(at), 1, answered, 0});
        },
        [&] { ++whole.without_place; });
  }
  std::sort(visits.begin(), visits.end(),
            [](auto const& a, auto const& b) { return key_before(a.place, b.place); });
  for (std::size_t i = 0; i < visits.size();) {
    auto& visit = visits[i];
    for (++i; i < visits.size() && !key_before(visit.place, visits[i].place); ++i) {
      visit.contacts += visits[i].contacts;
      visit.answered += visits[i].answered;
    }
    found(visit);
  }
}

/// Contacts and journeys at a place, and those of them with an answer.
class place_cover {
 public:
  static constexpr std::string_view type_name = "place_cover";
  static constexpr merge_law merges = merge_law::exact;

  explicit place_cover(confidence level) : level_(level) {}

  template <class Place>
  void add(place_visit<Place> const& visit) {
    contacts_ += visit.contacts;
    answered_contacts_ += visit.answered;
    ++journeys_;
    answered_journeys_ += visit.answered > 0 ? 1 : 0;
  }
  void merge(place_cover const& other) {
    require_fit(counts_fit(contacts_, other.contacts_));
    contacts_ += other.contacts_;
    answered_contacts_ += other.answered_contacts_;
    journeys_ += other.journeys_;
    answered_journeys_ += other.answered_journeys_;
  }
  covered result() const {
    return {share_of(answered_contacts_, contacts_, level_),
            share_of(answered_journeys_, journeys_, level_)};
  }
  std::uint64_t contacts() const { return contacts_; }

  bool valid() const {
    return contacts_ <= INT64_MAX && answered_contacts_ <= contacts_ && journeys_ <= contacts_ &&
           answered_journeys_ <= journeys_ && answered_journeys_ <= answered_contacts_;
  }
  static void describe(auto& self, auto& visit) {
    visit.state("contacts", self.contacts_);
    visit.state("answered_contacts", self.answered_contacts_);
    visit.state("journeys", self.journeys_);
    visit.state("answered_journeys", self.answered_journeys_);
  }

 private:
  confidence level_;
  std::uint64_t contacts_ = 0, answered_contacts_ = 0, journeys_ = 0, answered_journeys_ = 0;
};

}  // namespace detail
}  // namespace cxm
