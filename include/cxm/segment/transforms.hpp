// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/segment/ordinal.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Fields made into better features: the logarithm of what is skewed, limits for what is not
/// believed beyond them, and a feature for each value of a category.

namespace cxm {

namespace detail {

/// ln(1 + x) for x >= 0, by named operations alone, so that every compiler and libm gives the same
/// double: ln m = 2 artanh((m - 1) / (m + 1)) for m in [√½, √2), and a multiple of ln 2.
inline double log_of_one_plus(double x) {
  int exponent = 0;
  double above = x;  // m - 1
  double sum = x + 2;
  if (x > 0.41) {
    double m = std::frexp(1 + x, &exponent);
    if (m < 0.70710678118654752) m *= 2, --exponent;
    above = m - 1;
    sum = m + 1;
  }
  double const s = above / sum;
  double const square = s * s;
  double series = 0;
  for (int n = 23; n >= 1; n -= 2) series = std::fma(series, square, 1.0 / n);
  double const part = 2 * s * series;
  return std::fma(static_cast<double>(exponent), 0.69314718055994531, part);
}

/// A field of a number that is changed when it is read; gaps stay gaps.
template <class Field, class Change>
class changed_field {
 public:
  constexpr changed_field(Field field, Change change)
      : field_(std::move(field)),
        change_(std::move(change)),
        name_(Change::named(name_of(field_))) {}
  std::string_view name() const { return name_; }

  template <class In>
  std::optional<double> operator()(In const& in) const {
    auto const value = read_feature(cxm::read(field_, in));
    if (!value) return std::nullopt;
    return change_(*value);
  }

 private:
  Field field_;
  Change change_;
  std::string name_;
};

inline std::string name_with(std::string_view before, std::string_view field) {
  return field.empty() ? std::string() : std::string(before).append(field);
}

struct take_logarithm {
  static std::string named(std::string_view field) { return name_with("log ", field); }
  double operator()(double value) const {
    return value >= 0 ? log_of_one_plus(value) : std::numeric_limits<double>::quiet_NaN();
  }
};

struct keep_within {
  double low, high;
  static std::string named(std::string_view field) { return std::string(field); }
  // A number that is none stays so.
  double operator()(double value) const {
    if (value < low) return low;
    return value > high ? high : value;
  }
};

/// Text for the value of a category, for the name of its feature.
template <class Value>
std::string category_text(Value const& value) {
  if constexpr (std::is_enum_v<Value>)
    return std::to_string(static_cast<long long>(value));
  else if constexpr (std::is_arithmetic_v<Value>)
    return std::to_string(value);
  else
    return std::string(std::string_view(value));
}

}  // namespace detail

/// ln(1 + value) of a field: for money, counts and durations, whose differences matter less the
/// larger they are. Negative values are no features and are counted so. "log spent" for a field
/// called "spent".
template <class Field>
auto logged(Field field) {
  return detail::changed_field<Field, detail::take_logarithm>(std::move(field), {});
}

/// A field whose values beyond fixed limits count as these. `winsorised` finds limits by itself.
/// Throws `std::invalid_argument` unless low <= high.
template <class Field>
auto limited(Field field, double low, double high) {
  if (!(low <= high)) detail::refuse("cxm::limited: needs low <= high");
  return detail::changed_field<Field, detail::keep_within>(std::move(field), {low, high});
}

/// 1 where a category has a value, 0 where it has another, nothing where it has none. Made by
/// `one_hot`.
template <class Field, class Value>
class category_field {
 public:
  category_field(Field field, Value value) : field_(std::move(field)), value_(std::move(value)) {
    if (!name_of(field_).empty())
      name_ = std::string(name_of(field_)).append("=").append(detail::category_text(value_));
  }
  std::string_view name() const { return name_; }

  template <class In>
  std::optional<double> operator()(In const& in) const {
    decltype(auto) found = cxm::read(field_, in);
    if constexpr (detail::is_optional<std::remove_cvref_t<decltype(found)>>) {
      if (!found) return std::nullopt;
      return *found == value_ ? 1.0 : 0.0;
    } else {
      return found == value_ ? 1.0 : 0.0;
    }
  }

 private:
  Field field_;
  Value value_;
  std::string name_;
};

/// A feature for each of some values of a category: `one_hot(field<"channel">(&contact::channel),
/// std::vector{channel::web, channel::shop})` gives "channel=0" and "channel=1" (enums by their
/// numbers, text as it is). A value that is not listed is 0 in all of them. Two members of
/// different listed categories differ by 2 in squared distance, so beside z-scores a category
/// weighs about as much as two features.
template <class Field, class Value>
auto one_hot(Field field, std::vector<Value> values) {
  std::vector<category_field<Field, Value>> fields;
  for (auto& value : values) fields.emplace_back(field, std::move(value));
  return fields;
}

}  // namespace cxm
