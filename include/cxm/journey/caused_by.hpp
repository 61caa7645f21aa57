// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/core/merge_law.hpp>
#include <cxm/stats/detail/group_map.hpp>
#include <cxm/stats/detail/key.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Journeys that come out of other journeys: a review that one customer wrote is read by another. A
/// contact names by its `caused_by` field the id of the event that caused it; links find the
/// journey that this event is in.
///
///     auto const links = links_between(journeys, &contact::id, &contact::caused_by);
///     measure(links, by(&decltype(links)::value_type::same_customer, count()));

namespace cxm {

/// One event that caused a contact in another journey.
template <class Duration>
struct cause_link {
  std::size_t from = 0;  ///< position of the journey of the cause in the store
  std::size_t from_contact = 0;
  std::size_t to = 0;  ///< and of the journey of the effect
  std::size_t to_contact = 0;
  Duration lag{};              ///< from the cause to the effect
  bool same_customer = false;  ///< both journeys are of one customer
  bool opens = false;          ///< the effect is the first contact of its journey
};

/// Contacts that name a cause, by what was found: with_cause = linked + inside + unknown +
/// ambiguous
/// + before_cause.
struct cause_counts {
  std::uint64_t with_cause = 0;
  std::uint64_t linked = 0;            ///< to another journey
  std::uint64_t inside = 0;            ///< the cause is in the same journey
  std::uint64_t unknown = 0;           ///< no event has the id
  std::uint64_t ambiguous = 0;         ///< several events have it
  std::uint64_t before_cause = 0;      ///< earlier than its cause: not linked
  std::uint64_t journeys_opened = 0;   ///< journeys whose first contact came out of another journey
  std::uint64_t journeys_causing = 0;  ///< journeys that another one came out of

  friend bool operator==(cause_counts const&, cause_counts const&) = default;
};

/// All links between journeys, in the order of the journeys of the effects. Made by
/// `links_between`.
template <class Duration>
class cause_links {
 public:
  using value_type = cause_link<Duration>;

  cause_links(std::vector<value_type> links, cause_counts counts, std::vector<std::uint32_t> out,
              std::vector<std::uint32_t> in)
      : links_(std::move(links)), counts_(counts), out_(std::move(out)), in_(std::move(in)) {}

  std::size_t size() const { return links_.size(); }
  bool empty() const { return links_.empty(); }
  value_type const& operator[](std::size_t i) const { return links_[i]; }
  auto begin() const { return links_.begin(); }
  auto end() const { return links_.end(); }

  cause_counts const& counts() const { return counts_; }
  /// How many contacts of other journeys the journey at a position of the store caused.
  std::uint32_t effects_of(std::size_t journey) const { return out_[journey]; }
  /// How many of its contacts came out of other journeys.
  std::uint32_t causes_of(std::size_t journey) const { return in_[journey]; }

 private:
  std::vector<value_type> links_;
  cause_counts counts_;
  std::vector<std::uint32_t> out_, in_;
};

namespace detail {

/// Where the event with an id is.
struct event_place {
  static constexpr merge_law merges = merge_law::none;
  static constexpr std::size_t nowhere = SIZE_MAX;
  std::size_t journey = nowhere;
  std::size_t contact = 0;
  bool several = false;
};

template <class Store, class Id, class Cause>
class cause_linker {
  using journey = typename Store::value_type;
  using contact = typename journey::contact;
  using duration =
      decltype(std::declval<contact const&>().time() - std::declval<contact const&>().time());
  using id_type = owned_t<answered_t<field_value<Id, contact>>>;
  using link = cause_link<duration>;
  static_assert(std::is_same_v<id_type, owned_t<answered_t<field_value<Cause, contact>>>>,
                "cxm::links_between: the id and the cause must have the same type");

 public:
  cause_linker(Store const& store, Id const& id, Cause const& cause)
      : store_(store), id_(id), cause_(cause), out_(store.size()), in_(store.size()) {}

  cause_links<duration> links() {
    for (std::size_t i = 0; i < store_.size(); ++i) note_places(store_[i], i);
    for (std::size_t i = 0; i < store_.size(); ++i) look_up(store_[i], i);
    for (auto const effects : out_) counts_.journeys_causing += effects > 0 ? 1 : 0;
    return {std::move(links_), counts_, std::move(out_), std::move(in_)};
  }

 private:
  template <class Value, class Take>
  static void with_answer(Value const& value, Take const& take) {
    if constexpr (is_optional<Value>) {
      if (value) take(*value);
    } else {
      take(value);
    }
  }

  void note_places(journey const& one, std::size_t position) {
    for (std::size_t i = 0; i < one.size(); ++i)
      with_answer(one[i].read(id_), [&](auto const& id) {
        auto& place = places_.at(id);
        if (place.journey != event_place::nowhere)
          place.several = true;
        else
          place = {position, i, false};
      });
  }

  void look_up(journey const& one, std::size_t position) {
    for (std::size_t i = 0; i < one.size(); ++i)
      with_answer(one[i].read(cause_), [&](auto const& cause) {
        ++counts_.with_cause;
        event_place const place = places_.at(cause);
        if (place.journey == event_place::nowhere)
          ++counts_.unknown;
        else if (place.several)
          ++counts_.ambiguous;
        else if (place.journey == position)
          ++counts_.inside;
        else
          connect(place, position, i);
      });
  }

  void connect(event_place const& cause, std::size_t position, std::size_t i) {
    journey const from = store_[cause.journey], to = store_[position];
    auto const lag = to[i].time() - from[cause.contact].time();
    if (lag < lag.zero()) {
      ++counts_.before_cause;
      return;
    }
    ++counts_.linked;
    ++out_[cause.journey];
    ++in_[position];
    counts_.journeys_opened += i == 0 ? 1 : 0;
    links_.push_back({cause.journey, cause.contact, position, i, lag,
                      same_key(own(from.customer()), to.customer()), i == 0});
  }

  Store const& store_;
  Id const& id_;
  Cause const& cause_;
  group_map<id_type, event_place> places_{event_place{}, UINT64_MAX};
  std::vector<link> links_;
  cause_counts counts_;
  std::vector<std::uint32_t> out_, in_;
};

}  // namespace detail

/// Links every contact whose `caused_by` names an event in another journey of `journeys` to it.
/// Both fields give an id of one type, or an optional of one. O(contacts).
template <class Store, class Id, class Cause>
auto links_between(Store const& journeys, Id id, Cause caused_by) {
  return detail::cause_linker<Store, Id, Cause>(journeys, id, caused_by).links();
}

}  // namespace cxm
