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
#include <utility>
#include <vector>

/// \file
/// A funnel as one would write it for this one log: partition by the customer's hash, bring each
/// one's contacts together, repair their order, and scan with the latest beginning at each step.

namespace bench {

inline constexpr std::array<std::uint16_t, 4> funnel_steps = {0, 7, 126, 1};

class funnel_counter {
 public:
  template <class Touchpoint, class When>
  void scan(std::size_t size, Touchpoint const& touchpoint, When const& when) {
    std::int64_t begun[4] = {never, never, never, never};
    std::size_t depth = 0;
    for (std::size_t at = 0; at < size && depth < 4; ++at) {
      auto const here = touchpoint(at);
      for (std::size_t step = 4; step-- > 0;) {
        if (here != funnel_steps[step]) continue;
        std::int64_t const time = when(at);
        std::int64_t const began = step == 0 ? time : begun[step - 1];
        if (began == never || time - began > window) continue;
        begun[step] = began;
        depth = std::max(depth, step + 1);
      }
    }
    for (std::size_t step = 0; step < depth; ++step) ++counts_[step];
  }
  std::uint64_t checked() const {
    checksum check;
    for (auto const n : counts_) check.add(n);
    return check.value();
  }

 private:
  static constexpr std::int64_t never = INT64_MIN;
  static constexpr std::int64_t window = 7 * 86'400 * 1'000'000LL;  // µs
  std::array<std::uint64_t, 4> counts_{};
};

class funnel_by_hand {
 public:
  explicit funnel_by_hand(std::vector<event> const& log) {
    partition(log);
    std::size_t begin = 0;
    for (std::size_t const end : part_ends_) {
      count_part(begin, end);
      begin = end;
    }
  }
  std::uint64_t checked() const { return counter_.checked(); }

 private:
  struct contact {
    std::int64_t when;
    std::uint16_t touchpoint;
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
      entries_[part_ends_[part_of(one)]++] = {
          one.customer, {one.when.time_since_epoch().count(), one.touchpoint}};
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
      contact* const contacts = &sorted_[first];
      repair(contacts, sorted_.data() + ends_[customer]);
      counter_.scan(
          ends_[customer] - first, [&](std::size_t at) { return contacts[at].touchpoint; },
          [&](std::size_t at) { return contacts[at].when; });
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

  unsigned bits_ = 1;
  std::vector<std::size_t> part_ends_;
  std::unique_ptr<entry[]> entries_;
  std::vector<std::uint32_t> table_, ends_, numbers_;
  std::vector<std::uint64_t> customers_;
  std::vector<contact> sorted_;
  funnel_counter counter_;
};

}  // namespace bench
