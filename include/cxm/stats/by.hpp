// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/bind.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/core/rows.hpp>
#include <cxm/stats/detail/add_as.hpp>
#include <cxm/stats/detail/bulk_count.hpp>
#include <cxm/stats/detail/event_counted.hpp>
#include <cxm/stats/detail/group_map.hpp>
#include <cxm/stats/detail/sorted_groups.hpp>
#include <cxm/stats/groups.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// `by(field…, accumulator)` keeps one accumulator for each combination of values:
/// `by(&answer::touchpoint, &answer::channel, on(&answer::recommend, nps()))`. The run-time twin
/// names its fields by `columns{{2, 5}}`.

namespace cxm {

/// The question which cap the groups of `by` have.
struct group_cap;

/// How many groups `by` keeps before it merges further keys into `other`: those with the smallest
/// canonical hash stay, so that the answer does not depend on the order of events. What is merged
/// can't be told apart again: once there were more keys, `remove` is refused. Default 1,000,000.
struct at_most {
  using policy_kind = group_cap;
  std::uint64_t groups;
};

/// The run-time twin of several fields: some positions of a row that can be indexed. The key is the
/// vector of the values there.
class columns {
 public:
  explicit columns(std::vector<std::size_t> indexes, std::string names = {})
      : indexes_(std::move(indexes)), names_(std::move(names)) {}

  std::string_view name() const { return names_; }
  std::size_t size() const { return indexes_.size(); }
  /// By the names where there are any, as a `column`.
  friend bool operator==(columns const& a, columns const& b) {
    return a.names_ == b.names_ && (!a.names_.empty() || a.indexes_ == b.indexes_);
  }

  template <class Row>
  struct picked {
    Row const* row;
    std::vector<std::size_t> const* indexes;
    std::size_t size() const { return indexes->size(); }
    decltype(auto) operator[](std::size_t i) const { return (*row)[(*indexes)[i]]; }
  };
  template <class Row>
  picked<Row> operator()(Row const& row) const {
    return {&row, &indexes_};
  }

 private:
  std::vector<std::size_t> indexes_;
  std::string names_;
};

namespace detail {

template <class... Fields>
constexpr bool same_fields(std::tuple<box<Fields>...> const& a,
                           std::tuple<box<Fields>...> const& b) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return (same_field(*std::get<I>(a), *std::get<I>(b)) && ...);
  }
  (std::index_sequence_for<Fields...>{});
}

}  // namespace detail

/// One `Inner` for each combination of values of `Fields`. Made by `by`. `Key` is void until the
/// plan is bound.
template <class Key, class Inner, class... Fields>
class by_fields {
  static constexpr bool open = std::is_void_v<Key>;
  using kept = detail::kept_in_group<Inner>;
  using map = detail::group_map<std::conditional_t<open, std::uint8_t, Key>, kept>;

 public:
  using key_type = typename map::key_type;
  static constexpr std::string_view type_name = "by";
  static constexpr merge_law merges = merge_law_of<Inner>;
  static constexpr bool needs_order = cxm::needs_order<Inner>;
  static constexpr bool retracts = cxm::retracts<Inner>;

  by_fields(std::tuple<detail::box<Fields>...> fields, Inner inner, at_most cap)
      : fields_(std::move(fields)), groups_(kept(std::move(inner)), cap.groups) {}

  /// O(1) expected; allocates when a key is new.
  template <class In>
  void add(In const& in) {
    detail::add_as(groups_.prototype(), group_of(in), in);
  }
  template <class In, class Weight>
  void add(In const& in, Weight const& weight) {
    detail::add_as(groups_.prototype(), group_of(in), in, weight);
  }
  /// Counts many events as one after the other would be. O(rows).
  template <class Rows>
  void add_many(Rows const& rows) {
    static_assert(
        !open, "cxm::by: the type of the events is not known yet; cxm::bind<event>(plan) fixes it");
    if constexpr (map::digits > 0 && detail::has_bulk_places<kept>) {
      auto const fields = fields_;
      detail::count_in_groups(
          groups_, rows, [fields](auto const& row) { return view_of(fields, row); },
          [&](auto const& row) { add(row); });
    } else {
      auto const view = rows;
      for (std::size_t i = 0; i < view.size(); ++i) add(view[i]);
    }
  }
  /// Takes an event back from its group; a group without events disappears. Refused once there were
  /// more keys than `at_most`, see there. O(1) expected.
  template <class In, class... Weight>
  void remove(In const& in, Weight const&... weight) {
    static_assert(
        !open, "cxm::by: the type of the events is not known yet; cxm::bind<event>(plan) fixes it");
    groups_.take(view_of(in), [&](kept& inner) { detail::retract(inner, in, weight...); });
  }
  bool empty() const { return groups_.groups().empty(); }
  /// The accumulator of one group as it is now, or null: for programs that look while events come.
  /// Valid until the next event. Groups beyond `at_most` may still be there. O(1) expected.
  template <class View>
  Inner const* find(View const& key) const {
    static_assert(!open, "cxm::by: a plan that is not bound has no groups");
    auto const* found = groups_.find(key);
    return found ? &detail::plan_in<Inner>(*found) : nullptr;
  }
  void merge(by_fields const& other) {
    detail::require_same(groups_.cap() == other.groups_.cap(),
                         "cxm::by: merging plans with different at_most");
    detail::require_same(detail::same_fields(fields_, other.fields_),
                         "cxm::by: merging plans over different fields");
    groups_.merge(other.groups_);
  }
  /// The results of all groups, sorted by key. O(groups log groups).
  auto result() const { return detail::sorted_results(groups_, names()); }
  /// Copies of the accumulators themselves, sorted by key: for readings that need more of two
  /// groups than their results, as the clusters that both have. O(groups log groups + their
  /// states).
  auto plans() const {
    return detail::sorted_groups(groups_, names(),
                                 [](kept const& inner) { return detail::plan_in<Inner>(inner); });
  }
  /// Shows every key with its accumulator, at most as many as the cap, to `visit`, in no order that
  /// means anything: for readings of many groups whose answer depends on none. What was counted for
  /// keys beyond the cap is returned, where there are such. O(groups).
  template <class Visit>
  std::optional<Inner> each_group(Visit const& visit) const {
    auto const show = [&](map const& all) {
      for (auto const& one : all.groups()) visit(one.key, detail::plan_in<Inner>(one.inner));
      auto const* rest = all.other_if_any();
      return rest ? std::optional<Inner>(detail::plan_in<Inner>(*rest)) : std::nullopt;
    };
    bool const whole = groups_.groups().size() <= groups_.cap() && !groups_.other_if_any();
    return whole ? show(groups_) : show(groups_.settled());
  }
  /// The accumulator that every group begins as.
  Inner const& prototype() const { return detail::plan_in<Inner>(groups_.prototype()); }

  template <class In>
  auto bound_to() const {
    if constexpr (!(detail::readable<Fields, In> && ...)) {
      return *this;  // until the contact is known
    } else {
      auto inner = cxm::bind<In>(detail::plan_in<Inner>(groups_.prototype()));
      using key = detail::owned_t<decltype(view_of(std::declval<In const&>()))>;
      using bound = by_fields<key, decltype(inner), Fields...>;
      if constexpr (std::same_as<bound, by_fields>)
        return *this;  // with all that it has counted
      else
        return bound(fields_, std::move(inner), at_most{groups_.cap()});
    }
  }
  void double_weights(unsigned times) requires detail::weights_double<Inner> {
    groups_.change_each([&](kept& inner) { inner.double_weights(times); });
  }
  auto with_weights() const requires detail::can_be_weighted<Inner> {
    auto inner = detail::plan_in<Inner>(groups_.prototype()).with_weights();
    return by_fields<Key, decltype(inner), Fields...>(fields_, std::move(inner),
                                                      at_most{groups_.cap()});
  }

  static void describe(auto& self, auto& visit) {
    std::apply([&](auto const&... field) { (detail::visit_field(visit, *field), ...); },
               self.fields_);
    visit.policy("at_most", self.groups_.cap());
    visit.policy("inner", self.groups_.prototype());
    visit.state("groups", self.groups_);
  }

 private:
  template <class In>
  kept& group_of(In const& in) {
    static_assert(
        !open, "cxm::by: the type of the events is not known yet; cxm::bind<event>(plan) fixes it");
    if (auto* inner = groups_.find_dense(view_of(in))) return *inner;
    return look_up(in);
  }
  /// Reads the key again rather than take it, so that the key of `group_of` never leaves the
  /// registers.
  template <class In>
  [[gnu::noinline]] kept& look_up(In const& in) {
    return groups_.at(view_of(in));
  }

  /// The key as the fields show it: the one value, or a tuple of several.
  template <class In>
  decltype(auto) view_of(In const& in) const {
    return view_of(fields_, in);
  }
  template <class In>
  static constexpr decltype(auto) view_of(std::tuple<detail::box<Fields>...> const& fields,
                                          In const& in) {
    if constexpr (sizeof...(Fields) == 1) {
      return cxm::read(*std::get<0>(fields), in);
    } else {
      return std::apply(
          [&](auto const&... field) {
            // What a field shows by reference is not copied: looking up text allocates nothing.
            return std::tuple<decltype(cxm::read(*field, in))...>(cxm::read(*field, in)...);
          },
          fields);
    }
  }

  std::vector<std::string> names() const {
    return std::apply(
        [](auto const&... field) { return std::vector{std::string(name_of(*field))...}; }, fields_);
  }

  std::tuple<detail::box<Fields>...> fields_;
  map groups_;
};

namespace detail {

template <class First, class... Rest>
struct first_of {
  using type = First;
};

template <class Arguments, std::size_t... I>
constexpr auto make_by(Arguments&& arguments, at_most cap, std::index_sequence<I...>) {
  auto inner = std::get<sizeof...(I)>(std::move(arguments));
  using parts = std::remove_cvref_t<Arguments>;
  static_assert(accumulator<decltype(inner)>,
                "cxm::by: what comes after the fields must be one accumulator");
  by_fields<void, decltype(inner), std::tuple_element_t<I, parts>...> open(
      std::tuple<box<std::tuple_element_t<I, parts>>...>(std::get<I>(std::move(arguments))...),
      std::move(inner), cap);
  using event = event_of_t<std::tuple_element_t<0, parts>>;
  if constexpr (std::is_void_v<event>)
    return open;
  else
    return cxm::bind<event>(std::move(open));
}

}  // namespace detail

/// `by(field…, accumulator)` or `by(field…, accumulator, at_most{K})`: one accumulator for each
/// combination of the fields' values. A field whose value is an optional gives the events without
/// it a group of their own. Numbers and enums below 65,536 cells in all are found in a dense table,
/// other keys by hash.
template <class... Arguments>
constexpr auto by(Arguments... arguments) {
  constexpr std::size_t policies = (std::size_t{0} + ... + std::size_t{policy<Arguments>});
  static_assert(policies == detail::answers_to<group_cap, Arguments...> && policies <= 1,
                "cxm::by: the only policy is at_most, once, after the accumulator");
  static_assert(sizeof...(Arguments) - policies >= 2,
                "cxm::by: needs at least one field and an accumulator");
  auto const cap = detail::pick<group_cap>(at_most{1'000'000}, arguments...);
  return detail::make_by(std::tuple(std::move(arguments)...), cap,
                         std::make_index_sequence<sizeof...(Arguments) - policies - 1>{});
}

}  // namespace cxm
