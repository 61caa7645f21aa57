// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Two ways to find the journey that an answer belongs to: by the ids of cases, and by customer and
/// time. Sorted arrays with binary search, so that neither a customer with a million journeys nor a
/// case with a million contacts costs more than a logarithm.

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

/// Without case ids nothing is found by them.
struct no_case_index {
  std::optional<found_journey> journey_of(auto const&) const { return std::nullopt; }
};

/// Which journeys have contacts of a case.
template <class Case, class AnswerField>
class case_index {
 public:
  template <class Journeys, class ContactField>
  case_index(Journeys const& journeys, AnswerField of_answer, ContactField const& of_contact)
      : of_answer_(std::move(of_answer)) {
    for (std::size_t i = 0; i < journeys.size(); ++i) add(journeys[i], i, of_contact);
    std::sort(entries_.begin(), entries_.end(), [](entry const& a, entry const& b) {
      if (join_before(a.id, b.id)) return true;
      return !join_before(b.id, a.id) && a.journey < b.journey;
    });
  }

  /// Nothing where the answer has no case id.
  template <class Answer>
  std::optional<found_journey> journey_of(Answer const& answer) const {
    auto const& value = cxm::read(of_answer_, answer);
    using key = owned_t<answered_t<decltype(value)>>;
    static_assert(std::is_same_v<key, Case>,
                  "cxm::join_answers: the case ids of answers and contacts are of different types");
    if (!is_given(value)) return std::nullopt;
    auto const wanted = join_key(given(value));
    auto const first = std::lower_bound(
        entries_.begin(), entries_.end(), wanted,
        [](entry const& one, auto const& id) { return join_before(join_key(one.id), id); });
    if (first == entries_.end() || join_before(wanted, join_key(first->id)))
      return found_journey{no_journey, answer_fate::unknown_case};
    auto const next = std::next(first);
    if (next != entries_.end() && !join_before(wanted, join_key(next->id)))
      return found_journey{no_journey, answer_fate::several_journeys};
    return found_journey{first->journey, answer_fate::by_case};
  }

 private:
  struct entry {
    Case id;
    std::uint32_t journey;
  };

  /// Each case once for each journey: contacts of one case mostly follow each other.
  template <class Journey, class ContactField>
  void add(Journey const& journey, std::size_t index, ContactField const& of_contact) {
    std::size_t const start = entries_.size();
    for (std::size_t i = 0; i < journey.size(); ++i) {
      auto const& value = journey[i].read(of_contact);
      if (!is_given(value)) continue;
      auto const id = join_key(given(value));
      if (entries_.size() > start && !differs(join_key(entries_.back().id), id)) continue;
      entries_.push_back({own(given(value)), static_cast<std::uint32_t>(index)});
    }
    if (entries_.size() - start < 2) return;
    auto const mine = entries_.begin() + static_cast<std::ptrdiff_t>(start);
    std::sort(mine, entries_.end(),
              [](entry const& a, entry const& b) { return join_before(a.id, b.id); });
    entries_.erase(std::unique(mine, entries_.end(),
                               [](entry const& a, entry const& b) { return !differs(a.id, b.id); }),
                   entries_.end());
  }
  template <class Key>
  static bool differs(Key const& a, Key const& b) {
    return join_before(a, b) || join_before(b, a);
  }

  AnswerField of_answer_;
  std::vector<entry> entries_;
};

/// By the policy that answers `case_id`.
template <class Journeys, class Policy>
auto case_index_of(Journeys const& journeys, Policy const& policy) {
  if constexpr (requires { policy.of_contact; }) {
    using value = std::remove_cvref_t<decltype(journeys[0][0].read(policy.of_contact))>;
    using field = std::remove_cvref_t<decltype(policy.of_answer)>;
    return case_index<owned_t<answered_t<value>>, field>(journeys, policy.of_answer,
                                                         policy.of_contact);
  } else {
    return no_case_index{};
  }
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
