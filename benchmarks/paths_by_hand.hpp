// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "journeys_by_hand.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// Flow graph and variants as one would write them for touchpoints below 200: a matrix of edges,
/// and a hash table over paths that lie one after the other in one vector.

namespace bench {

/// The contacts of a journey of the store, with the reading of a plain array.
template <class Journey>
struct stored {
  Journey const& of;
  std::size_t size() const { return of.size(); }
  std::uint16_t touchpoint(std::size_t i) const { return of.path()[i]; }
  std::int64_t when(std::size_t i) const { return of[i].time().time_since_epoch().count(); }
};
template <class Journey>
stored<Journey> stored_contacts(Journey const& one) {
  return {one};
}
/// And of an array of contacts.
template <class Contact>
struct listed {
  Contact const* first;
  std::size_t count;
  std::size_t size() const { return count; }
  std::uint16_t touchpoint(std::size_t i) const { return first[i].touchpoint; }
  std::int64_t when(std::size_t i) const { return first[i].when; }
};

class flow_by_hand {
 public:
  template <class Contacts>
  void journey(Contacts const& contacts) {
    ++journeys_;
    ++starts_[contacts.touchpoint(0)];
    ++ends_[contacts.touchpoint(contacts.size() - 1)];
    for (std::size_t i = 0; i < contacts.size(); ++i) {
      ++met_[contacts.touchpoint(i)];
      if (i == 0) continue;
      auto& edge =
          edges_[contacts.touchpoint(i - 1) * std::size_t{touchpoints} + contacts.touchpoint(i)];
      edge.journeys += edge.last != journeys_ ? 1 : 0;
      edge.last = journeys_;
      edge.waits.add(static_cast<std::uint64_t>(contacts.when(i) - contacts.when(i - 1)));
    }
  }
  template <class Contact>
  void journey(Contact const* first, Contact const* last) {
    journey(listed<Contact>{first, static_cast<std::size_t>(last - first)});
  }
  std::uint64_t checked() const {
    checksum check;
    check.add(journeys_);
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      auto const& edge = edges_[i];
      if (edge.waits.n == 0) continue;
      for (auto const word : {std::uint64_t{i}, edge.waits.n, edge.journeys}) check.add(word);
      double const n = static_cast<double>(edge.waits.n);
      check.add(
          static_cast<std::uint64_t>(static_cast<double>(edge.waits.sum) / n * n / 1e6 + 0.5));
    }
    return check.value();
  }

 private:
  struct edge_sums {
    sums waits;
    std::uint64_t journeys = 0, last = 0;
  };
  std::uint64_t journeys_ = 0;
  std::vector<std::uint64_t> starts_ = std::vector<std::uint64_t>(touchpoints), ends_ = starts_,
                             met_ = starts_;
  std::vector<edge_sums> edges_ = std::vector<edge_sums>(std::size_t{touchpoints} * touchpoints);
};

class variants_by_hand {
 public:
  template <class Contacts>
  void journey(Contacts const& contacts) {
    if (ways_.size() * 2 >= table_.size()) grow();
    std::uint64_t hash = contacts.size();
    for (std::size_t i = 0; i < contacts.size(); ++i)
      hash = random::mix(hash ^ contacts.touchpoint(i)) + 0x9e3779b97f4a7c15U;
    std::size_t at = hash & (table_.size() - 1);
    for (; table_[at] != 0; at = (at + 1) & (table_.size() - 1)) {
      auto& found = ways_[table_[at] - 1];
      if (found.hash == hash && same(found, contacts)) {
        ++found.count;
        return;
      }
    }
    ways_.push_back({hash, 1, static_cast<std::uint32_t>(steps_.size()),
                     static_cast<std::uint32_t>(contacts.size())});
    for (std::size_t i = 0; i < contacts.size(); ++i) steps_.push_back(contacts.touchpoint(i));
    table_[at] = static_cast<std::uint32_t>(ways_.size());
  }
  template <class Contact>
  void journey(Contact const* first, Contact const* last) {
    journey(listed<Contact>{first, static_cast<std::size_t>(last - first)});
  }
  std::uint64_t checked() const {
    std::vector<way const*> order;
    for (auto const& one : ways_) order.push_back(&one);
    auto const top =
        order.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(20, order.size()));
    std::partial_sort(order.begin(), top, order.end(), [&](way const* a, way const* b) {
      if (a->count != b->count) return a->count > b->count;
      return std::lexicographical_compare(&steps_[a->first], &steps_[a->first] + a->size,
                                          &steps_[b->first], &steps_[b->first] + b->size);
    });
    checksum check;
    check.add(ways_.size());
    for (auto one = order.begin(); one != top; ++one) {
      check.add((*one)->count);
      for (std::size_t i = 0; i < (*one)->size; ++i) check.add(steps_[(*one)->first + i]);
    }
    return check.value();
  }

 private:
  struct way {
    std::uint64_t hash, count;
    std::uint32_t first, size;
  };
  template <class Contacts>
  bool same(way const& one, Contacts const& contacts) const {
    if (one.size != contacts.size()) return false;
    for (std::size_t i = 0; i < one.size; ++i)
      if (steps_[one.first + i] != contacts.touchpoint(i)) return false;
    return true;
  }
  void grow() {
    table_.assign(table_.size() * 2, 0);
    for (std::size_t i = 0; i < ways_.size(); ++i) {
      std::size_t at = ways_[i].hash & (table_.size() - 1);
      while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
      table_[at] = static_cast<std::uint32_t>(i + 1);
    }
  }
  std::vector<way> ways_;
  std::vector<std::uint16_t> steps_;
  std::vector<std::uint32_t> table_ = std::vector<std::uint32_t>(1024);
};

}  // namespace bench
