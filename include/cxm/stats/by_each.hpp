// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/detail/distinct.hpp>
#include <cxm/stats/detail/sorted_groups.hpp>
#include <cxm/stats/groups.hpp>

#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// `by_each(&answer::topics, accumulator)` groups by a field that holds several values: an event
/// counts in the group of each of its values, once where a value is repeated. So the groups overlap
/// and do not add up to a whole; the result says by how much.

namespace cxm {

namespace detail {

/// Something to go through, whose elements are keys; text is one key.
template <class Values>
concept key_list = !text_view<Values> && requires(Values const& values) {
  std::begin(values) != std::end(values);
  *std::begin(values);
};

template <class Values>
struct key_of_list {
  using type = void;
};
template <key_list Values>
struct key_of_list<Values> {
  using type = owned_t<decltype(*std::begin(std::declval<Values const&>()))>;
};

}  // namespace detail

/// One `Inner` for each value that `Field` lists. Made by `by_each`. `Key` is void until the plan
/// is bound.
template <class Key, class Inner, class Field>
class by_each_value {
  static constexpr bool open = std::is_void_v<Key>;
  using kept = detail::kept_in_group<Inner>;
  using map = detail::group_map<std::conditional_t<open, std::uint8_t, Key>, kept>;

 public:
  static constexpr std::string_view type_name = "by_each";
  static constexpr merge_law merges = merge_law_of<Inner>;
  static constexpr bool needs_order = cxm::needs_order<Inner>;
  static constexpr bool retracts = cxm::retracts<Inner>;

  by_each_value(Field field, Inner inner, at_most cap)
      : field_(std::move(field)), groups_(kept(std::move(inner)), cap.groups) {}

  /// O(values of the event) expected; allocates when a value is new.
  template <class In, class... Weight>
  void add(In const& in, Weight const&... weight) {
    ++events_;
    in_values(in, [&](auto const& values) {
      std::uint64_t found = 0;
      detail::visit_distinct(values, [&](auto const& value) {
        add_to(value, in, weight...);
        ++found;
      });
      memberships_ += found;
      without_ += found == 0 ? 1 : 0;
    });
  }
  /// Takes an event back from the groups of all its values, or, where one of them refuses it, from
  /// none. Refused once there were more values than `at_most`, see there.
  template <class In, class... Weight>
  void remove(In const& in, Weight const&... weight) {
    detail::require_counted(events_ > 0);
    in_values(
        in, [&](auto const& values) { remove_values(values, in, weight...); },
        [&] { detail::uncount(missing_); });
    --events_;
  }
  void merge(by_each_value const& other) {
    detail::require_same(groups_.cap() == other.groups_.cap(),
                         "cxm::by_each: merging plans with different at_most");
    detail::require_same(detail::same_field(*field_, *other.field_),
                         "cxm::by_each: merging plans over different fields");
    detail::require_fit(detail::counts_fit(events_, other.events_) &&
                        detail::counts_fit(memberships_, other.memberships_));
    auto const [events, memberships, without, missing] =
        std::tuple(other.events_, other.memberships_, other.without_, other.missing_);
    groups_.merge(other.groups_);
    events_ += events;
    memberships_ += memberships;
    without_ += without;
    missing_ += missing;
  }
  /// The results of all groups, sorted by key, and how far they overlap. O(groups log groups).
  auto result() const {
    overlapping_groups<Key, result_of<Inner>> found(
        detail::sorted_results(groups_, {std::string(name_of(*field_))}));
    found.events = events_;
    found.memberships = memberships_;
    found.without = without_;
    found.missing = missing_;
    return found;
  }
  bool empty() const { return events_ == 0; }

  template <class In>
  auto bound_to() const {
    if constexpr (!detail::readable<Field, In>) {
      return *this;  // until the contact is known
    } else {
      using values = detail::answered_t<field_value<Field, In>>;
      static_assert(
          detail::key_list<values>,
          "cxm::by_each: the field must give a list of keys, or std::optional of one; for "
          "one key an event take by");
      auto inner = cxm::bind<In>(detail::plan_in<Inner>(groups_.prototype()));
      using bound =
          by_each_value<typename detail::key_of_list<values>::type, decltype(inner), Field>;
      if constexpr (std::same_as<bound, by_each_value>)
        return *this;  // with all that it has counted
      else
        return bound(*field_, std::move(inner), at_most{groups_.cap()});
    }
  }
  void double_weights(unsigned times) requires detail::weights_double<Inner> {
    groups_.change_each([&](kept& inner) { inner.double_weights(times); });
  }
  auto with_weights() const requires detail::can_be_weighted<Inner> {
    auto inner = detail::plan_in<Inner>(groups_.prototype()).with_weights();
    return by_each_value<Key, decltype(inner), Field>(*field_, std::move(inner),
                                                      at_most{groups_.cap()});
  }

  /// An event with values has at least one, and no fewer groups were counted than there are.
  bool valid() const {
    return detail::counts_fit(events_, 0) && detail::counts_fit(memberships_, 0) &&
           without_ <= events_ && missing_ <= events_ - without_ &&
           events_ - without_ - missing_ <= memberships_ &&
           groups_.groups().size() <= memberships_ &&
           (events_ - without_ - missing_ > 0 || memberships_ == 0);
  }
  static void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.field_);
    visit.policy("at_most", self.groups_.cap());
    visit.policy("inner", self.groups_.prototype());
    visit.state("events", self.events_);
    visit.state("memberships", self.memberships_);
    visit.state("without", self.without_);
    visit.state("missing", self.missing_);
    visit.state("groups", self.groups_);
  }

 private:
  /// Calls `use(values)` for the list that the event holds.
  template <class In, class Use, class Missing>
  static void for_list(In const& list, Use const& use, Missing const& missing) {
    if constexpr (!detail::is_optional<In>)
      use(list);
    else if (list)
      use(*list);
    else
      missing();
  }
  template <class In, class Use, class Missing>
  void in_values(In const& in, Use const& use, Missing const& missing) const {
    static_assert(!open,
                  "cxm::by_each: the type of the events is not known yet; cxm::bind<event>(plan) "
                  "fixes it");
    auto const& list = cxm::read(*field_, in);
    for_list(list, use, missing);
  }
  template <class In, class Use>
  void in_values(In const& in, Use const& use) {
    in_values(in, use, [&] { ++missing_; });
  }

  template <class Value, class In, class... Weight>
  void add_to(Value const& value, In const& in, Weight const&... weight) {
    auto* inner = groups_.find_dense(value);
    detail::add_as(groups_.prototype(), inner ? *inner : groups_.at(value), in, weight...);
  }
  template <class Values, class In, class... Weight>
  void remove_values(Values const& values, In const& in, Weight const&... weight) {
    if (std::begin(values) == std::end(values)) return detail::uncount(without_);
    std::uint64_t done = 0;
    auto const take_all = [&] {
      detail::visit_distinct(values, [&](auto const& value) {
        groups_.take(value, [&](kept& inner) { detail::retract(inner, in, weight...); });
        ++done;
      });
    };
    detail::or_undo(take_all, [&] {
      detail::visit_distinct(values, [&](auto const& value) {
        if (done == 0) return;
        add_to(value, in, weight...);
        --done;
      });
    });
    memberships_ -= done;
  }

  [[no_unique_address]] detail::box<Field> field_;
  std::uint64_t events_ = 0;
  std::uint64_t memberships_ = 0;
  std::uint64_t without_ = 0;
  std::uint64_t missing_ = 0;
  map groups_;
};

/// `by_each(field, accumulator)` or with `at_most{K}` at the end: one accumulator for each value in
/// the lists that the field gives. Inside `by` it groups within each group:
/// `by(&answer::channel, by_each(&answer::topics, …))`.
template <class Field, accumulator Inner>
constexpr auto by_each(Field field, Inner inner, at_most cap = {1'000'000}) {
  by_each_value<void, Inner, Field> open(std::move(field), std::move(inner), cap);
  using event = detail::event_of_t<Field>;
  if constexpr (std::is_void_v<event>)
    return open;
  else
    return cxm::bind<event>(std::move(open));
}

}  // namespace cxm
