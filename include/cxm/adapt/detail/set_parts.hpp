// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/adapt/detail/known_features.hpp>
#include <cxm/core/accumulator.hpp>
#include <cxm/core/codec.hpp>

#include <boost/accumulators/framework/accumulator_set.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// The accumulators inside a set of Boost, as cxm sees them: which there are, in an order that does
/// not depend on how Boost sorts them, how each merges, and what of it is saved.

namespace cxm::detail {

template <class List, class... Found>
struct parts_in;
template <class... Found>
struct parts_in<boost::fusion::nil_, Found...> {
  using type = std::tuple<Found...>;
};
template <class Part, class Rest, class... Found>
struct parts_in<boost::fusion::cons<Part, Rest>, Found...> : parts_in<Rest, Found..., Part> {};
/// The types of the accumulators in `Set`, as the arguments of a tuple that is never made.
template <class Set>
using parts_of_set = typename parts_in<typename Set::accumulators_type>::type;

template <class Part>
using traits_of = feature_traits<typename Part::feature_tag>;
/// Computes what it says from other features, and holds nothing.
template <class Part>
concept stateless_part = std::is_empty_v<Part>;
template <class Part>
concept known_part = traits_of<Part>::known;
/// A feature that merges and describes itself, as those of cxm do.
template <class Part>
concept own_part =
    !known_part<Part> && described<Part> && requires(Part & self, Part const& other) {
  self.merge(other);
};
template <class Part>
inline constexpr bool combinable_part = stateless_part<Part> || known_part<Part> || own_part<Part>;

template <class Set, class Part>
consteval merge_law law_of_part() {
  if constexpr (stateless_part<Part>)
    return merge_law::exact;
  else if constexpr (known_part<Part>)
    return traits_of<Part>::template law<Set>;
  else if constexpr (own_part<Part>)
    return merge_law_of<Part>;
  else
    return merge_law::none;
}
template <class Part>
consteval std::string_view name_of_part() {
  if constexpr (known_part<Part>)
    return traits_of<Part>::name;
  else if constexpr (requires { std::string_view(Part::name); })
    return Part::name;
  else if constexpr (own_part<Part>)
    return Part::type_name;
  else
    return {};
}

/// The positions of the parts sorted by name, and where names are equal as Boost has them.
template <class... Part>
consteval auto order_of_parts(std::tuple<Part...>*) {
  std::array<std::string_view, sizeof...(Part)> const names{name_of_part<Part>()...};
  std::array<std::size_t, sizeof...(Part)> order{};
  for (std::size_t i = 0; i < order.size(); ++i) {
    std::size_t at = i;
    for (; at > 0 && names[i] < names[order[at - 1]]; --at) order[at] = order[at - 1];
    order[at] = i;
  }
  return order;
}

/// Calls `function.template operator()<Part>()` for each part of `Set`, in canonical order.
template <class Set, class Function>
void for_each_part(Function function) {
  using parts = parts_of_set<Set>;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    constexpr auto order = order_of_parts(static_cast<parts*>(nullptr));
    (function.template operator()<std::tuple_element_t<order[I], parts>>(), ...);
  }
  (std::make_index_sequence<std::tuple_size_v<parts>>{});
}

/// What an accumulator's own `serialize` takes for an archive: each member is given to `function`.
template <class Function>
struct member_archive {
  Function& function;
  template <class Member>
  member_archive& operator&(Member& member) {
    function(member);
    return *this;
  }
};
template <class Part, class Function>
void for_each_member(Part& part, Function function) {
  member_archive<Function> archive{function};
  part.serialize(archive, 0U);
}

template <class Part, class Set>
auto& part_in(Set& set) {
  return set.template extract<typename Part::feature_tag>();
}

/// `into` is a copy of `before`, some parts of which have merged already.
template <class Part, class Set>
void merge_part(Set& into, Set const& before, Set const& from) {
  static_assert(combinable_part<Part>,
                "cxm::from_boost: the set holds a feature whose states can't be combined (Boost's "
                "quantiles, tails, densities, rolling windows …), so it can be measured but not "
                "merged");
  if constexpr (stateless_part<Part>) {
    return;
  } else if constexpr (known_part<Part>) {
    auto theirs = part_in<Part>(from);
    for_each_member(part_in<Part>(into), [&]<class State>(State& mine) {
      for_each_member(
          theirs, [&](State& other) { mine = traits_of<Part>::merged(mine, other, before, from); });
    });
  } else if constexpr (own_part<Part>) {
    part_in<Part>(into).merge(part_in<Part>(from));
  }
}

/// Stands for a state that nothing knows how to save.
struct unsaved_feature {
  template <class Writer>
  void encode(Writer&) const {
    refused<Writer>();
  }
  template <class Reader>
  bool decode(Reader&) {
    refused<Reader>();
    return false;
  }
  static void hash_kind(auto& hash) { hash.add(std::string_view("unsaved")); }

 private:
  template <class Archive>
  static void refused() {
    static_assert(
        std::is_void_v<Archive>,
        "cxm::save: the set holds a feature of Boost whose state can't be saved, compared "
        "or loaded by cxm");
  }
};

template <class Part, class Set>
void describe_part(Set& set, auto& visit) {
  constexpr auto name = name_of_part<Part>();
  if constexpr (stateless_part<Part>) {
    return;
  } else if constexpr (known_part<Part>) {
    // Boost's serialize is not const: a const set shows a copy of the part.
    std::conditional_t<std::is_const_v<Set>, Part, Part&> part = part_in<Part>(set);
    for_each_member(part, [&](auto& member) {
      if constexpr (std::is_same_v<typename Part::feature_tag, boost::accumulators::tag::count>) {
        std::uint64_t wide = member;  // the same bytes where std::size_t is smaller
        visit.state(name, wide);
        member = static_cast<std::size_t>(wide);
      } else {
        visit.state(name, member);
      }
    });
  } else if constexpr (own_part<Part>) {
    visit.state(name, part_in<Part>(set));
  } else {
    unsaved_feature none;
    visit.state("unsaved", none);
  }
}

template <class Set, class Tag>
inline constexpr bool set_has = []<class... Part>(std::tuple<Part...>*) {
  return (std::is_same_v<typename Part::feature_tag, Tag> || ...);
}(static_cast<parts_of_set<Set>*>(nullptr));

template <class Set>
inline constexpr merge_law law_of_set = []<class... Part>(std::tuple<Part...>*) {
  return weakest(law_of_part<Set, Part>()...);
}(static_cast<parts_of_set<Set>*>(nullptr));

template <class Set>
inline constexpr bool set_needs_order = []<class... Part>(std::tuple<Part...>*) {
  return set_has<Set, boost::accumulators::tag::rolling_window_plus1> ||
         (cxm::needs_order<Part> || ...);
}(static_cast<parts_of_set<Set>*>(nullptr));

}  // namespace cxm::detail
