// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/core/merge_law.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/event/copies.hpp>
#include <cxm/stats/detail/key.hpp>

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// The policies of event/copies.hpp at work on rows: the key that the fields of an id make, which
/// of two copies counts, and all answers together.

namespace cxm::detail {

/// Whether a row counts, and if not, why.
enum class copy_mark : std::uint8_t { counts, same_id, same_content, near, future };

inline void count_copy(copy_counts& counts, copy_mark mark) {
  if (mark == copy_mark::same_id) ++counts.same_id;
  if (mark == copy_mark::same_content) ++counts.same_content;
  if (mark == copy_mark::near) ++counts.near;
}

/// Nothing is asked by content or by nearness.
struct any_content {
  using policy_kind = equal_rows;
};
struct any_distance {
  using policy_kind = near_rows;
};
/// Nobody says when rows were seen.
struct any_time {
  using policy_kind = future_rows;
};

/// Calls `take` with the key that some fields make: the value of one, a tuple of several. With
/// `Whole` a row where a field is an empty optional has no key.
template <bool Whole, class Row, class Take, class... Fields>
void with_copy_key(std::tuple<Fields...> const& fields, Row const& row, Take const& take) {
  std::apply(
      [&](auto const&... field) {
        auto const make = [&](auto const&... value) {
          if constexpr (sizeof...(value) == 1)
            (take(value), ...);
          else
            take(std::tuple<std::remove_cvref_t<decltype(value)> const&...>(value...));
        };
        auto const given = [](auto const& value) -> auto const& {
          if constexpr (Whole && is_optional<std::remove_cvref_t<decltype(value)>>)
            return *value;
          else
            return value;
        };
        [&](auto const&... value) {
          auto const has = [](auto const& one) {
            if constexpr (Whole && is_optional<std::remove_cvref_t<decltype(one)>>)
              return one.has_value();
            else
              return true;
          };
          if ((has(value) && ...)) make(given(value)...);
        }(cxm::read(field, row)...);
      },
      fields);
}

template <bool Whole, class Row, class... Fields>
struct copy_key {
  using type = owned_t<std::tuple<std::conditional_t<Whole, answered_t<field_value<Fields, Row>>,
                                                     field_value<Fields, Row>>...>>;
};
template <bool Whole, class Row, class Field>
struct copy_key<Whole, Row, Field> {
  using type = owned_t<
      std::conditional_t<Whole, answered_t<field_value<Field, Row>>, field_value<Field, Row>>>;
};

/// The row that counts for a key.
struct kept_row {
  static constexpr merge_law merges = merge_law::none;
  static constexpr std::size_t nobody = SIZE_MAX;
  std::size_t row = nobody;
};

/// Whether a row that comes later in the input takes the place of one that came before.
template <class Row>
bool takes_its_place(keep_first<input_order> const&, Row const&, Row const&) {
  return false;
}
template <class Row>
bool takes_its_place(keep_last<input_order> const&, Row const&, Row const&) {
  return true;
}
template <class Row, class Field>
bool takes_its_place(keep_first<Field> const& keep, Row const& next, Row const& kept) {
  auto const& a = cxm::read(keep.field, next);
  auto const& b = cxm::read(keep.field, kept);
  if constexpr (is_optional<std::remove_cvref_t<decltype(a)>>)
    return a && (!b || *a < *b);
  else
    return a < b;
}
template <class Row, class Field>
bool takes_its_place(keep_last<Field> const& keep, Row const& next, Row const& kept) {
  auto const& a = cxm::read(keep.field, next);
  auto const& b = cxm::read(keep.field, kept);
  if constexpr (is_optional<std::remove_cvref_t<decltype(a)>>)
    return a ? !b || !(*a < *b) : !b;
  else
    return !(a < b);
}

/// The answers to all questions on copies.
template <class Once, class Content, class Near, class Keep, class Future>
struct copy_rules {
  Once once;
  Content content;
  Near near;
  Keep keep;
  Future future;

  static constexpr bool by_id = !std::is_same_v<Once, every_row>;
  static constexpr bool by_content = !std::is_same_v<Content, any_content>;
  static constexpr bool by_nearness = !std::is_same_v<Near, any_distance>;
  static constexpr bool by_time = !std::is_same_v<Future, any_time>;
  static constexpr bool any = by_id || by_content || by_nearness || by_time;
};

template <class... Policies>
auto copy_rules_of(Policies const&... policies) {
  using rules = copy_rules<decltype(pick<duplicate_rows>(every_row{}, policies...)),
                           decltype(pick<equal_rows>(any_content{}, policies...)),
                           decltype(pick<near_rows>(any_distance{}, policies...)),
                           decltype(pick<copy_to_keep>(keep_first<input_order>{}, policies...)),
                           decltype(pick<future_rows>(any_time{}, policies...))>;
  return rules{pick<duplicate_rows>(every_row{}, policies...),
               pick<equal_rows>(any_content{}, policies...),
               pick<near_rows>(any_distance{}, policies...),
               pick<copy_to_keep>(keep_first<input_order>{}, policies...),
               pick<future_rows>(any_time{}, policies...)};
}

}  // namespace cxm::detail
