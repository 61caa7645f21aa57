// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "events.hpp"
#include "harness.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

/// \file
/// Journeys as one would write them for this one log and these questions: partition by the
/// customer's hash, number the customers of a part, bring each one's contacts together, repair
/// their order, and scan.

namespace bench {

inline constexpr std::int64_t silence = 30 * 60 * 1'000'000LL;  // µs
inline constexpr std::uint16_t purchase = 7;

__extension__ using wide = unsigned __int128;

/// Count, sum and sum of squares.
struct sums {
  std::uint64_t n = 0, sum = 0;
  wide squares = 0;
  void add(std::uint64_t value) {
    ++n;
    sum += value;
    squares += wide{value} * value;
  }
};

/// What is asked of the journeys.
struct journey_answers {
  sums duration, contacts, to_purchase;
  std::array<std::uint64_t, touchpoints> last{};
  std::array<std::array<std::uint64_t, 12>, touchpoints> score_by_first{};  // 11: no answer

  template <class Contact>
  void journey(Contact const* first, Contact const* past) {
    duration.add(static_cast<std::uint64_t>(past[-1].when - first->when));
    contacts.add(static_cast<std::uint64_t>(past - first));
    ++last[past[-1].touchpoint];
    for (Contact const* at = first; at != past; ++at) {
      if (at->touchpoint != purchase) continue;
      to_purchase.add(static_cast<std::uint64_t>(at->when - first->when));
      break;
    }
    std::int8_t score = 11;
    for (Contact const* at = past; score == 11 && at != first;) score = (--at)->score;
    ++score_by_first[first->touchpoint][static_cast<std::uint8_t>(score)];
  }

  std::uint64_t checked() const {
    checksum check;
    for (auto const& one : {duration, contacts, to_purchase}) {
      check.add(one.n);
      check.add(one.sum);
    }
    for (auto const n : last) check.add(n);
    for (auto const& scores : score_by_first) {
      std::uint64_t detractors = 0, n = 0;
      for (std::size_t point = 0; point <= 10; ++point) n += scores[point];
      for (std::size_t point = 0; point <= 6; ++point) detractors += scores[point];
      for (auto const word : {n, detractors, scores[9] + scores[10], scores[11]}) check.add(word);
    }
    return check.value();
  }
};

/// `Answers` take each journey as a pair of pointers to its contacts.
template <class Answers>
class basic_journeys_by_hand {
 public:
  explicit basic_journeys_by_hand(std::vector<event> const& log) {
    partition(log);
    std::size_t begin = 0;
    for (std::size_t const end : part_ends_) {
      count_part(begin, end);
      begin = end;
    }
  }
  Answers const& answers() const { return answers_; }

 private:
  struct contact {
    std::int64_t when;
    std::uint16_t touchpoint;
    std::int8_t score;  // 11: no answer
  };
  struct entry {
    std::uint64_t customer;
    contact what;
  };

  static std::uint64_t hash(std::uint64_t customer) { return random::mix(customer); }

  void partition(std::vector<event> const& log) {
    while ((log.size() >> bits_) > (1U << 15)) ++bits_;
    auto const part_of = [&](event const& one) { return hash(one.customer) >> (64 - bits_); };
    part_ends_.resize(std::size_t{1} << bits_);
    for (auto const& one : log) ++part_ends_[part_of(one)];
    std::size_t total = 0;
    for (auto& end : part_ends_) end = std::exchange(total, total + end);
    entries_ = std::make_unique_for_overwrite<entry[]>(log.size());
    for (auto const& one : log)
      entries_[part_ends_[part_of(one)]++] = {one.customer,
                                              {one.when.time_since_epoch().count(), one.touchpoint,
                                               one.score.value_or(std::int8_t{11})}};
  }

  void count_part(std::size_t begin, std::size_t end) {
    table_.assign(std::bit_ceil(std::max<std::size_t>(end - begin, 16)), 0);
    customers_.clear();
    ends_.assign(1, 0);
    numbers_.resize(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      auto const number = number_of(entries_[i].customer);
      numbers_[i - begin] = number;
      ++ends_[number + 1];
    }
    for (std::size_t i = 1; i < ends_.size(); ++i) ends_[i] += ends_[i - 1];
    sorted_.resize(end - begin);
    for (std::size_t i = begin; i < end; ++i)
      sorted_[ends_[numbers_[i - begin]]++] = entries_[i].what;
    std::uint32_t first = 0;
    for (std::size_t customer = 0; customer < customers_.size(); ++customer) {
      repair(&sorted_[first], sorted_.data() + ends_[customer]);
      scan(&sorted_[first], sorted_.data() + ends_[customer]);
      first = ends_[customer];
    }
  }

  std::uint32_t number_of(std::uint64_t customer) {
    std::size_t const mask = table_.size() - 1;
    for (std::size_t at = hash(customer) & mask;; at = (at + 1) & mask) {
      std::uint32_t const number = table_[at];
      if (number == 0) {
        customers_.push_back(customer);
        ends_.push_back(0);
        table_[at] = static_cast<std::uint32_t>(customers_.size());
        return table_[at] - 1;
      }
      if (customers_[number - 1] == customer) return number - 1;
    }
  }

  static void repair(contact* first, contact* last) {
    for (contact* next = first + 1; next < last; ++next) {
      if (next->when >= next[-1].when) continue;
      contact const moving = *next;
      contact* hole = next;
      for (; hole != first && moving.when < hole[-1].when; --hole) *hole = hole[-1];
      *hole = moving;
    }
  }

  void scan(contact const* first, contact const* last) {
    while (first != last) {
      contact const* end = first + 1;
      while (end != last && end->when - end[-1].when <= silence) ++end;
      answers_.journey(first, end);
      first = end;
    }
  }

  unsigned bits_ = 1;
  std::vector<std::size_t> part_ends_;
  std::unique_ptr<entry[]> entries_;
  std::vector<std::uint32_t> table_, ends_, numbers_;
  std::vector<std::uint64_t> customers_;
  std::vector<contact> sorted_;
  Answers answers_;
};
using journeys_by_hand = basic_journeys_by_hand<journey_answers>;

}  // namespace bench
