// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// A question: the field with its answers and the scale on which they lie, and its answers on 0–100
/// with the good end at 100, so that different questions can be compared:
/// `question{&contact::rating, points<1, 5>{}}`. The rescaling is linear (percent of maximum
/// possible, Cohen, Cohen, Aiken & West, Multivariate Behavioral Research 34 (1999)): it compares
/// levels, not boxes.

#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/survey/scale.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cxm {

struct good_threshold;  ///< The question from where on a rating is good.
struct bad_threshold;   ///< The question up to where a rating is bad.

/// A rating is good from here on, of 100 for the best.
struct good_from {
  using policy_kind = good_threshold;
  double of_100;
  constexpr explicit good_from(double least) : of_100(least) {
    if (!(least >= 0 && least <= 100))
      detail::refuse("cxm::good_from: takes a point from 0 to 100, where 100 is the best");
  }
};
/// A rating is bad up to here, of 100 for the best.
struct bad_to {
  using policy_kind = bad_threshold;
  double of_100;
  constexpr explicit bad_to(double most) : of_100(most) {
    if (!(most >= 0 && most <= 100))
      detail::refuse("cxm::bad_to: takes a point from 0 to 100, where 100 is the best");
  }
};

namespace detail {

/// An answer on 0–100: empty where it was not given, and not valid where it is off the scale.
struct answer_of_100 {
  std::optional<double> value;
  bool valid = true;
};

}  // namespace detail

/// A field and the scale of its answers.
template <class Field, class Scale>
class question {
  static_assert(scale<Scale>,
                "cxm::question: takes a field and a scale, as in question{&c::x, "
                "points<0, 10>{}}");

 public:
  static constexpr std::string_view type_name = "question";

  constexpr question(Field field, Scale scale)
      : field_(std::move(field)), scale_(std::move(scale)) {}
  constexpr Field const& field() const { return *field_; }
  constexpr Scale const& scale_of() const { return scale_; }

  /// An answer, which is a point of the scale.
  template <class Answer>
  constexpr detail::answer_of_100 of_100(Answer const& answer) const {
    detail::answer_of_100 found;
    detail::if_answered(
        answer,
        [&](auto const& value) {
          auto const point = detail::point_of(value, scale_.low(), scale_.size());
          found.valid = point < scale_.size();
          if (found.valid) found.value = rescaled(static_cast<double>(point));
        },
        [] {});
    return found;
  }
  /// A number from one end of the scale to the other, as a mean of answers is.
  template <class Number>
  constexpr detail::answer_of_100 between_points(Number const& number) const {
    detail::answer_of_100 found;
    detail::if_answered(
        number,
        [&](auto const& value) {
          double const above = static_cast<double>(value) - static_cast<double>(scale_.low());
          found.valid = above >= 0 && above <= width();
          if (found.valid) found.value = rescaled(above);
        },
        [] {});
    return found;
  }
  constexpr bool same_as(question const& other) const {
    return scale_ == other.scale_ && detail::same_field(*field_, *other.field_);
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.policy("field", name_of(*self.field_));
    visit.policy("scale", self.scale_);
  }

 private:
  constexpr double width() const { return static_cast<double>(scale_.size() - 1); }
  /// One product and one quotient: nothing that a compiler could contract.
  constexpr double rescaled(double above) const {
    double const up = scale_.good_end() == better::high ? above : width() - above;
    return up * 100 / width();
  }

  detail::box<Field> field_;
  [[no_unique_address]] Scale scale_;
};

}  // namespace cxm
