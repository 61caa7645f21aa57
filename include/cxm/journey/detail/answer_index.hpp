// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The journey that an answer belongs to by customer and time: a sorted array with binary search,
/// so that a customer with a million journeys costs no more than a logarithm. By the ids of cases:
/// case_index.hpp.

#include <cxm/core/field.hpp>
#include <cxm/journey/join_counts.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm::detail {

inline constexpr std::uint32_t no_journey = UINT32_MAX;

/// A journey or none, and what happened.
struct found_journey {
  std::uint32_t journey;
  answer_fate fate;
};

/// Keys of one type in one order, text as string_view whoever owns it.
template <class Key>
constexpr bool join_before(Key const& a, Key const& b) {
  if constexpr (text_view<Key>)
    return std::string_view(a) < std::string_view(b);
  else
    return key_before(a, b);
}
/// The value of a field in the form in which keys are compared; points into text, if it is one.
template <class Value>
constexpr auto join_key(Value const& value) {
  if constexpr (text_view<Value>)
    return std::string_view(value);
  else
    return value;
}
template <class Value>
constexpr bool is_given(Value const& value) {
  if constexpr (is_optional<Value>)
    return value.has_value();
  else
    return true;
}
template <class Value>
constexpr auto const& given(Value const& value) {
  if constexpr (is_optional<Value>)
    return *value;
  else
    return value;
}

/// Whose each journey is: the customer by which it was reconstructed.
template <class Journeys>
struct own_customer {
  using type = owned_t<typename Journeys::customer_type>;
  Journeys const* journeys;
  bool given(std::uint32_t) const { return true; }
  decltype(auto) operator[](std::uint32_t i) const { return (*journeys)[i].customer(); }
};
/// Or who a field of the journey says; of some journeys nobody's.
template <class Journeys, class Field>
struct stated_customer {
  using stated = std::remove_cvref_t<decltype(cxm::read(std::declval<Field const&>(),
                                                        std::declval<Journeys const&>()[0]))>;
  using type = owned_t<answered_t<stated>>;
  std::vector<std::optional<type>> customers;

  stated_customer(Journeys const& journeys, Field const& field) {
    customers.reserve(journeys.size());
    for (auto const& one : journeys) {
      auto const& value = cxm::read(field, one);
      customers.push_back(is_given(value) ? std::optional<type>(own(detail::given(value)))
                                          : std::nullopt);
    }
  }
  bool given(std::uint32_t i) const { return customers[i].has_value(); }
  type const& operator[](std::uint32_t i) const { return *customers[i]; }
};
template <class Journeys, class Policy>
auto customers_of(Journeys const& journeys, Policy const& policy) {
  if constexpr (requires { policy.of_journey; })
    return stated_customer<Journeys, decltype(policy.of_journey)>(journeys, policy.of_journey);
  else
    return own_customer<Journeys>{&journeys};
}

/// The journeys by customer and end.
template <class Journeys, class Customers>
class customer_index {
 public:
  customer_index(Journeys const& journeys, Customers customers)
      : journeys_(&journeys), customers_(std::move(customers)) {
    for (std::uint32_t i = 0; i < journeys.size(); ++i)
      if (customers_.given(i)) sorted_.push_back(i);
    std::sort(sorted_.begin(), sorted_.end(), [&](std::uint32_t a, std::uint32_t b) {
      if (join_before(customers_[a], customers_[b])) return true;
      if (join_before(customers_[b], customers_[a])) return false;
      auto const one = journeys[a].ended(), other = journeys[b].ended();
      return one != other ? one < other : a < b;
    });
  }

  template <class Answer, class Fields, class Limit>
  found_journey journey_of(Answer const& answer, Fields const& fields, Limit const& limit) const {
    auto const& customer = cxm::read(fields.customer, answer);
    auto const& time = cxm::read(fields.time, answer);
    static_assert(
        std::is_same_v<owned_t<answered_t<decltype(customer)>>, typename Customers::type>,
        "cxm::join_answers: the customers of answers and journeys are of different types");
    if (!is_given(customer) || !is_given(time)) return {no_journey, answer_fate::without_key};
    return latest(join_key(given(customer)), given(time), limit);
  }

 private:
  auto customer_at(std::size_t i) const { return join_key(customers_[sorted_[i]]); }
  auto end_at(std::size_t i) const { return (*journeys_)[sorted_[i]].ended(); }

  /// The first position at which `holds` is false.
  template <class Condition>
  std::size_t first_without(Condition const& holds) const {
    std::size_t low = 0, high = sorted_.size();
    while (low < high) {
      std::size_t const middle = low + (high - low) / 2;
      if (holds(middle))
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

  template <class Customer, class Time, class Limit>
  found_journey latest(Customer const& customer, Time const& time, Limit const& limit) const {
    auto const begin =
        first_without([&](std::size_t i) { return join_before(customer_at(i), customer); });
    if (begin == sorted_.size() || join_before(customer, customer_at(begin)))
      return {no_journey, answer_fate::unknown_customer};
    auto const end = first_without([&](std::size_t i) {
      auto const here = customer_at(i);
      return join_before(here, customer) || (!join_before(customer, here) && end_at(i) <= time);
    });
    if (end == begin || time - end_at(end - 1) > limit)
      return {no_journey, answer_fate::out_of_time};
    if (end - begin > 1 && end_at(end - 2) == end_at(end - 1))
      return {no_journey, answer_fate::equal_ends};
    return {sorted_[end - 1], answer_fate::by_customer};
  }

  Journeys const* journeys_;
  Customers customers_;
  std::vector<std::uint32_t> sorted_;
};

}  // namespace cxm::detail
