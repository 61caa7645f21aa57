// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What became of answers that were joined to journeys: matched, unmatched, ambiguous, by the
/// reason; and how many journeys have answers. Counts of parts add up by `merge`, and are saved.

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace cxm {

/// What became of one answer.
enum class answer_fate : std::uint8_t {
  by_case,           ///< matched: one journey has a contact of the case
  by_customer,       ///< matched: the customer's journey that was over last
  unknown_case,      ///< unmatched: no contact has the case id
  unknown_customer,  ///< unmatched: no journey of the customer
  out_of_time,       ///< unmatched: the customer's journeys ended later or too long ago
  without_key,       ///< unmatched: no case id, and no customer or no time
  several_journeys,  ///< ambiguous: more than one journey has contacts of the case
  equal_ends,        ///< ambiguous: the customer's last journeys ended at one time
  passed_over        ///< its journey has another answer that counts, by `first_answer` or its like
};

/// How many answers met which fate; each answer is counted once.
struct join_counts {
  static constexpr std::string_view type_name = "join_counts";
  static constexpr merge_law merges = merge_law::exact;

  std::uint64_t by_case = 0;
  std::uint64_t by_customer = 0;
  std::uint64_t unknown_case = 0;
  std::uint64_t unknown_customer = 0;
  std::uint64_t out_of_time = 0;
  std::uint64_t without_key = 0;
  std::uint64_t several_journeys = 0;
  std::uint64_t equal_ends = 0;
  std::uint64_t passed_over = 0;

  std::uint64_t journeys = 0;               ///< in the store, answered or not
  std::uint64_t journeys_answered = 0;      ///< with at least one answer
  std::uint64_t journeys_with_several = 0;  ///< with more than one, whichever counts

  constexpr std::uint64_t matched() const { return by_case + by_customer; }
  constexpr std::uint64_t unmatched() const {
    return unknown_case + unknown_customer + out_of_time + without_key;
  }
  constexpr std::uint64_t ambiguous() const { return several_journeys + equal_ends; }
  constexpr std::uint64_t total() const {
    return matched() + unmatched() + ambiguous() + passed_over;
  }
  /// In the order of `answer_fate`.
  constexpr std::array<std::uint64_t, 9> fates() const {
    return {by_case,     by_customer,      unknown_case, unknown_customer, out_of_time,
            without_key, several_journeys, equal_ends,   passed_over};
  }
  friend bool operator==(join_counts const&, join_counts const&) = default;

  /// For joins of parts that share no journey, as those of different customers.
  constexpr void merge(join_counts const& other);
  constexpr join_counts const& result() const { return *this; }
  constexpr bool valid() const {
    return journeys_with_several <= journeys_answered && journeys_answered <= journeys &&
           journeys <= INT64_MAX;
  }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("by_case", self.by_case);
    visit.state("by_customer", self.by_customer);
    visit.state("unknown_case", self.unknown_case);
    visit.state("unknown_customer", self.unknown_customer);
    visit.state("out_of_time", self.out_of_time);
    visit.state("without_key", self.without_key);
    visit.state("several_journeys", self.several_journeys);
    visit.state("equal_ends", self.equal_ends);
    visit.state("passed_over", self.passed_over);
    visit.state("journeys", self.journeys);
    visit.state("journeys_answered", self.journeys_answered);
    visit.state("journeys_with_several", self.journeys_with_several);
  }
};

namespace detail {

/// The counters, in the order of `answer_fate`, then those of journeys.
inline constexpr std::array<std::uint64_t join_counts::*, 12> join_counters = {
    &join_counts::by_case,           &join_counts::by_customer,
    &join_counts::unknown_case,      &join_counts::unknown_customer,
    &join_counts::out_of_time,       &join_counts::without_key,
    &join_counts::several_journeys,  &join_counts::equal_ends,
    &join_counts::passed_over,       &join_counts::journeys,
    &join_counts::journeys_answered, &join_counts::journeys_with_several};

}  // namespace detail

constexpr void join_counts::merge(join_counts const& other) {
  bool fits = true;
  for (auto const counter : detail::join_counters)
    fits = fits && detail::counts_fit(this->*counter, other.*counter);
  detail::require_fit(fits);
  for (auto const counter : detail::join_counters) this->*counter += other.*counter;
}

}  // namespace cxm
