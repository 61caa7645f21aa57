// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/stats/detail/key.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// Reads one of the user's rows as a touchpoint event, by the fields that the user named, and says
/// what is missing.

namespace cxm::detail {

template <class Type, template <class> class Wrapper>
inline constexpr bool wraps = false;
template <class Field, template <class> class Wrapper>
inline constexpr bool wraps<Wrapper<Field>, Wrapper> = true;

/// The extras of one kind, unwrapped, as a tuple of fields.
template <template <class> class Wrapper, class... Extras>
constexpr auto fields_in(std::tuple<Extras...> const& extras) {
  return std::apply(
      [](auto const&... extra) {
        return std::tuple_cat([](auto const& one) {
          if constexpr (wraps<std::remove_cvref_t<decltype(one)>, Wrapper>)
            return std::tuple(one.field);
          else
            return std::tuple();
        }(extra)...);
      },
      extras);
}

/// What a store keeps of a value: text in the user's rows is seen, not copied; all else is copied,
/// also text that a field makes anew, which nobody else would keep.
template <class Value>
struct kept {
  using type = Value;
};
template <>
struct kept<std::string> {
  using type = std::string_view;
};
template <>
struct kept<std::optional<std::string>> {
  using type = std::optional<std::string_view>;
};

template <class Field, class Row>
using kept_t =
    typename std::conditional_t<std::is_reference_v<decltype(cxm::read(
                                    std::declval<Field const&>(), std::declval<Row const&>()))>,
                                kept<field_value<Field, Row>>,
                                std::type_identity<field_value<Field, Row>>>::type;

template <class Row, class Customer, class Time, class Touchpoint, class... Extras>
class row_reader {
 public:
  using fields_type = touchpoint_fields<Customer, Time, Touchpoint, Extras...>;
  using customer_type = answered_t<kept_t<Customer, Row>>;
  using time_type = answered_t<kept_t<Time, Row>>;
  using touchpoint_type = answered_t<kept_t<Touchpoint, Row>>;
  using end_fields = decltype(fields_in<ends_at>(std::declval<std::tuple<Extras...>>()));
  using length_fields = decltype(fields_in<lasts>(std::declval<std::tuple<Extras...>>()));
  using order_fields = decltype(fields_in<ordered_by>(std::declval<std::tuple<Extras...>>()));
  using keep_fields = decltype(fields_in<keep>(std::declval<std::tuple<Extras...>>()));

  static_assert(
      is_time_point<time_type>,
      "cxm::reconstruct: the time field must give a std::chrono time point, or an optional of one");
  static_assert(std::tuple_size_v<end_fields> + std::tuple_size_v<length_fields> <= 1,
                "cxm::reconstruct: two fields say when a contact ended");
  static_assert(
      ((wraps<Extras, ends_at> || wraps<Extras, lasts> || wraps<Extras, ordered_by> ||
        wraps<Extras, keep>)&&...),
      "cxm::touchpoint_fields: further fields are wrapped in ends_at, lasts, ordered_by or keep");
  static constexpr bool has_end_times = std::tuple_size_v<end_fields> == 1;
  static constexpr bool has_ends = has_end_times || std::tuple_size_v<length_fields> == 1;

  explicit row_reader(fields_type fields)
      : fields_(std::move(fields)),
        ends_(fields_in<ends_at>(fields_.extras)),
        lengths_(fields_in<lasts>(fields_.extras)),
        orders_(fields_in<ordered_by>(fields_.extras)),
        keeps_(fields_in<keep>(fields_.extras)) {}

  fields_type const& fields() const { return fields_; }
  keep_fields const& keeps() const { return keeps_; }

  // Whether a row answers, and the answer where it does. Not one optional of both: a std::optional
  // built in one place and copied in another goes through memory, and waits there for its two parts
  // at every row.
  bool has_customer(Row const& row) const { return has(fields_.customer, row); }
  bool has_time(Row const& row) const { return has(fields_.time, row); }
  bool has_touchpoint(Row const& row) const { return has(fields_.touchpoint, row); }
  customer_type customer(Row const& row) const {
    return answer<customer_type>(fields_.customer, row);
  }
  time_type time(Row const& row) const { return answer<time_type>(fields_.time, row); }
  touchpoint_type touchpoint(Row const& row) const {
    return answer<touchpoint_type>(fields_.touchpoint, row);
  }
  /// The end of the contact; its start where there is no end.
  time_type end(Row const& row, time_type start) const {
    if constexpr (has_end_times) {
      if (has(std::get<0>(ends_), row)) return answer<time_type>(std::get<0>(ends_), row);
    } else if constexpr (has_ends) {
      if (has(std::get<0>(lengths_), row)) return later(start, length(row));
    }
    return start;
  }
  /// A contact ends no earlier than it starts.
  bool ends_early(Row const& row) const {
    if constexpr (has_ends)
      return end(row, time(row)) < time(row);
    else
      return false;
  }
  /// Whether a row has all that makes it a contact.
  bool is_contact(Row const& row) const {
    return has_customer(row) && has_time(row) && !ends_early(row) && has_touchpoint(row);
  }
  auto order(Row const& row) const { return values<Row>(orders_, row); }
  auto kept(Row const& row) const { return values<Row>(keeps_, row); }

 private:
  /// In ticks of the time, rounded up: a contact that lasted is not one of no time.
  auto length(Row const& row) const {
    using field = std::tuple_element_t<0, length_fields>;
    using given = answered_t<field_value<field, Row>>;
    static_assert(is_duration<given>,
                  "cxm::lasts: the field must give a std::chrono duration, or an optional of one");
    return std::chrono::ceil<typename time_type::duration>(
        answer<given>(std::get<0>(lengths_), row));
  }
  /// The time `by` later, the last or first there is where that is beyond all times.
  template <class Duration>
  static time_type later(time_type start, Duration by) {
    if (by > by.zero() && start > time_type::max() - by) return time_type::max();
    if (by < by.zero() && start < time_type::min() - by) return time_type::min();
    return start + by;
  }
  template <class Field>
  static bool has(Field const& field, Row const& row) {
    if constexpr (is_optional<field_value<Field, Row>>)
      return cxm::read(field, row).has_value();
    else
      return true;
  }
  template <class Value, class Field>
  static Value answer(Field const& field, Row const& row) {
    if constexpr (is_optional<field_value<Field, Row>>)
      return Value(*cxm::read(field, row));
    else
      return Value(cxm::read(field, row));
  }
  template <class In, class... Fields>
  static auto values(std::tuple<Fields...> const& fields, In const& row) {
    return std::apply(
        [&](auto const&... field) {
          return std::tuple<kept_t<Fields, In>...>(cxm::read(field, row)...);
        },
        fields);
  }

  fields_type fields_;
  end_fields ends_;
  length_fields lengths_;
  order_fields orders_;
  keep_fields keeps_;
};

}  // namespace cxm::detail
