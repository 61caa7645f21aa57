// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/field.hpp>
#include <cxm/event/reads_through.hpp>

#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// `is{&contact::actor, actor::third_party}`: a field that says whether another field has one of
/// some values. For `where`, `proportion()`, `contacts_that` and all else that asks yes or no.

namespace cxm {

namespace detail {

/// A text literal is compared as text, not by where it lies.
template <class Value>
using compared_value =
    std::conditional_t<std::is_convertible_v<Value, char const*>, std::string_view, Value>;

}  // namespace detail

/// True where `field` equals one of the values; an empty optional where the field is one.
template <class Field, class... Values>
class is : public reads_through {
 public:
  constexpr explicit is(Field field, Values... values)
      : field_(std::move(field)), values_(std::move(values)...) {}
  constexpr std::string_view name() const { return name_of(field_); }

  template <class In>
  constexpr auto operator()(In const& in) const {
    auto const& value = cxm::read(field_, in);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(value)>>)
      return value ? std::optional<bool>(one_of_them(*value)) : std::nullopt;
    else
      return one_of_them(value);
  }
  void describe_field(auto& visit) const {
    detail::visit_parts(visit, field_);
    detail::visit_parameter(visit, "values", values_);
  }
  friend constexpr bool operator==(is const& a, is const& b) {
    return detail::same_field(a.field_, b.field_) && a.values_ == b.values_;
  }

 private:
  constexpr bool one_of_them(auto const& value) const {
    return std::apply([&](auto const&... one) { return ((value == one) || ...); }, values_);
  }

  Field field_;
  std::tuple<Values...> values_;
};
template <class Field, class... Values>
is(Field, Values...) -> is<Field, detail::compared_value<Values>...>;

}  // namespace cxm
