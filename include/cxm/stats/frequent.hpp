// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/stats/detail/frequent_counters.hpp>
#include <cxm/stats/detail/key.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The frequent values of a field in bounded memory (Space-Saving: Metwally, Agrawal & El Abbadi,
/// ICDT 2005; merged as in Agarwal et al., PODS 2012): for variants where there are too many to
/// keep. Every value has a count between two bounds, and no value that is not kept occurred more
/// often than `unseen_at_most` ≤ events / counters. Approximate: which rare values are kept depends
/// on the order of events, the bounds hold in any.

namespace cxm {

/// How many values `frequent` keeps.
struct keep_most {
  std::uint64_t counters = 10'000;
};

/// A value and how often it occurred: from `at_least` to `at_most` times.
template <class Key>
struct frequent_value {
  Key key;
  std::uint64_t at_least = 0;
  std::uint64_t at_most = 0;
  /// True where the count is known exactly.
  bool exact() const { return at_least == at_most; }
};

/// What `frequent` found.
template <class Key>
struct frequent_summary {
  std::uint64_t n = 0;
  std::vector<frequent_value<Key>> values;  ///< by `at_most`, the largest first; then by key
  std::uint64_t unseen_at_most = 0;  ///< no other value occurred more often; 0: there is none
  std::uint64_t other_at_least = 0;  ///< occurrences of all other values together
  std::uint64_t other_at_most = 0;

  /// How many of the first values are certainly the most frequent, in some order: each occurred at
  /// least as often as any that comes behind may have.
  std::size_t certain() const {
    std::size_t best = 0;
    std::uint64_t least = UINT64_MAX;
    for (std::size_t i = 0; i < values.size(); ++i) {
      least = least < values[i].at_least ? least : values[i].at_least;
      auto const behind = i + 1 < values.size() ? values[i + 1].at_most : unseen_at_most;
      if (least >= behind) best = i + 1;
    }
    return best;
  }
};

/// Counts the frequent values of `Field`. Made by `frequent`. `Key` is void until the plan is
/// bound.
template <class Key, class Field>
class frequent_values {
  static constexpr bool open = std::is_void_v<Key>;
  using kept_key = std::conditional_t<open, std::uint8_t, Key>;

 public:
  static constexpr std::string_view type_name = "frequent";
  static constexpr std::uint16_t schema = 1;
  static constexpr merge_law merges = merge_law::approximate;

  frequent_values(Field field, keep_most most) : field_(std::move(field)), found_(most.counters) {}

  /// O(log counters); allocates for a value that is new.
  template <class In>
  void add(In const& in) {
    static_assert(!open,
                  "cxm::frequent: the type of the events is not known yet; cxm::bind<event>(plan) "
                  "fixes it");
    found_.add(cxm::read(*field_, in));
  }
  void merge(frequent_values const& other) {
    detail::require_same(found_.most() == other.found_.most(),
                         "cxm::frequent: merging plans with different keep_most");
    detail::require_same(detail::same_field(*field_, *other.field_),
                         "cxm::frequent: merging plans over different fields");
    found_.merge(other.found_);
  }
  /// O(counters log counters).
  frequent_summary<kept_key> result() const {
    frequent_summary<kept_key> told{found_.n(), {}, found_.floor(), 0, 0};
    std::uint64_t low = 0, high = 0;
    for (auto const& one : found_.in_order()) {
      told.values.push_back({one.key, one.count - one.over, one.count});
      low += one.count - one.over;
      high += one.count;
    }
    told.other_at_least = high < told.n ? told.n - high : 0;
    told.other_at_most = told.unseen_at_most == 0 ? 0 : told.n - low;
    return told;
  }

  template <class In>
  auto bound_to() const {
    using key = detail::owned_t<decltype(cxm::read(*field_, std::declval<In const&>()))>;
    if constexpr (std::is_same_v<key, Key>)
      return *this;
    else
      return frequent_values<key, Field>(*field_, keep_most{found_.most()});
  }
  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.field_);
    visit.policy("keep_most", self.found_.most());
    visit.state("found", self.found_);
  }

 private:
  detail::box<Field> field_;
  detail::frequent_counters<kept_key> found_;
};

/// The frequent values of `field`: `frequent(path, keep_most{10'000})` for variants in bounded
/// memory.
template <class Field>
auto frequent(Field field, keep_most most = {}) {
  return frequent_values<void, Field>(std::move(field), most);
}

}  // namespace cxm
