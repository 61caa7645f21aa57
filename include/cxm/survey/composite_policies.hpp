// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/detail/box.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/survey/onto.hpp>
#include <cxm/survey/scale.hpp>
#include <cxm/survey/score.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

/// \file
/// What a composite index is told: its items, what each weighs, and what becomes of people who
/// answered only some.

namespace cxm {

struct weights_of_items;  ///< The question what each item weighs.
struct missing_items;     ///< The question what becomes of people who answered only some items.

/// One question and its scale.
template <class Field, class Scale>
struct item_on {
  [[no_unique_address]] detail::box<Field> field;
  [[no_unique_address]] Scale scale;
};

/// An item of a composite: `item(&answer::recommend, points<0, 10>{})`.
template <class Field, class Scale>
constexpr auto item(Field field, Scale scale) {
  static_assert(cxm::scale<Scale>, "cxm::item: a field, then its scale");
  return item_on<Field, Scale>{detail::box<Field>(std::move(field)), std::move(scale)};
}

/// What each item weighs, in their order; made to add up to 1. Throws `std::invalid_argument`
/// unless all are above 0 and finite.
template <std::size_t Items>
struct item_weights {
  using policy_kind = weights_of_items;
  static constexpr std::size_t items = Items;
  std::array<double, Items> weights;

  template <class... Numbers>
  constexpr explicit item_weights(Numbers... numbers) : weights{static_cast<double>(numbers)...} {
    for (double const weight : weights)
      if (!(weight > 0 && weight < 1e150))
        detail::refuse("cxm::item_weights: every weight must be above 0 and finite");
  }
};
template <class... Numbers>
item_weights(Numbers...) -> item_weights<sizeof...(Numbers)>;

/// Only people with a valid answer to every item count.
struct listwise {
  using policy_kind = missing_items;
  static constexpr bool takes_incomplete = false;
};
/// The index of a person is that of the items answered.
struct available_items {
  using policy_kind = missing_items;
  static constexpr bool takes_incomplete = true;
};

namespace detail {

struct equal_weights {
  static constexpr std::size_t items = 0;
  std::array<double, 0> weights{};
};

/// How a composite is shown; `Items` is 0 for equal weights.
template <std::size_t Items, class Method>
struct composite_reading {
  static constexpr std::size_t items = Items;
  std::array<double, Items> weights;
  bool takes_incomplete;
  onto shown;
  confidence level;
  min_n least;
  [[no_unique_address]] Method method;

  /// From the worst to the best index.
  constexpr interval range() const { return {shown.low(), shown.high()}; }
  constexpr double weight(std::size_t item) const {
    if constexpr (Items == 0)
      return 1;
    else
      return weights[item];
  }
};

template <class Part>
inline constexpr bool is_item = false;
template <class Field, class Scale>
inline constexpr bool is_item<item_on<Field, Scale>> = true;

template <class Part>
constexpr auto item_in(Part const& part) {
  if constexpr (is_item<Part>)
    return std::tuple<Part>(part);
  else
    return std::tuple<>();
}

template <class... Parts>
constexpr auto composite_reading_of(Parts const&... parts) {
  static_assert(
      ((is_item<Parts> || answers_one_of<Parts, target_scale, weights_of_items, missing_items,
                                         interval_method, confidence_level, minimum_answers>)&&...),
      "cxm::composite: takes items, onto, item_weights, listwise or available_items, an "
      "interval method, confidence and min_n");
  static_assert(no_question_twice<target_scale, weights_of_items, missing_items, interval_method,
                                  confidence_level, minimum_answers>::template in<Parts...>,
                "cxm::composite: two policies answer the same question");
  using weights_type = decltype(pick<weights_of_items>(equal_weights{}, parts...));
  static_assert(weights_type::items == 0 ||
                    weights_type::items == (std::size_t{0} + ... + std::size_t{is_item<Parts>}),
                "cxm::composite: item_weights needs one weight for each item");
  auto const method = pick<interval_method>(student{}, parts...);
  using method_type = std::remove_const_t<decltype(method)>;
  static_assert(
      requires(method_type const& any) { any.mean(0.0, 0.0, 0, confidence{}, interval{}); },
      "cxm::composite: this method gives no interval of a mean; student does");
  auto const make = [&]<std::size_t Items>(std::array<double, Items> const& weights) {
    return composite_reading<Items, method_type>{
        weights,
        pick<missing_items>(listwise{}, parts...).takes_incomplete,
        pick<target_scale>(onto{0, 100}, parts...),
        pick<confidence_level>(confidence{}, parts...),
        pick<minimum_answers>(min_n{1}, parts...),
        method};
  };
  return make(pick<weights_of_items>(equal_weights{}, parts...).weights);
}

}  // namespace detail
}  // namespace cxm
