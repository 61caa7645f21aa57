// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/hash.hpp>
#include <cxm/journey/detail/unzeroed.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// Events arranged by customer, in time order within each: the expensive half of journey reconstruction, built for
/// caches. Records are first parted by the high bits of the customer's hash, so that the customers of one part fit
/// into the cache; within a part a small table numbers them and a counting sort brings them together. Logs come
/// almost in time order, so each customer's records are then merely repaired by insertion; where a customer's
/// records are in real disorder, they are sorted. Every step is stable: what ties keeps the order of the input.

namespace cxm::detail {

/// A few ten thousand records to a part: its table and its records stay in the second-level cache.
inline constexpr std::size_t records_per_part = std::size_t{1} << 15;
inline constexpr unsigned most_part_bits = 12;

inline unsigned part_bits_for(std::size_t records) {
  unsigned bits = 0;
  while (bits < most_part_bits && (records >> bits) > records_per_part) ++bits;
  return bits;
}

/// A customer with the hash, which is kept for text and computed again for numbers, where it takes a nanosecond and
/// would make each record a third larger.
template <class Customer>
struct hashed_customer {
  Customer customer;
  std::uint64_t hash;

  static hashed_customer of(Customer const& customer) { return {customer, key_hash(customer)}; }
  std::uint64_t hash_value() const { return hash; }
  bool operator==(hashed_customer const& other) const { return hash == other.hash && customer == other.customer; }
};
template <class Customer>
  requires(digits_in<Customer> == 1)
struct hashed_customer<Customer> {
  Customer customer;

  static hashed_customer of(Customer const& customer) { return {customer}; }
  std::uint64_t hash_value() const { return mix(as_word(customer)); }
  bool operator==(hashed_customer const& other) const { return customer == other.customer; }
};

/// Insertion sort while the disorder is small, a stable merge sort once it turns out not to be.
template <class Record, class Before>
void repair_order(Record* first, Record* last, Before const& before) {
  auto moves = 16 * static_cast<std::ptrdiff_t>(last - first);
  for (Record* next = first + (first != last); next != last; ++next) {
    if (!before(*next, next[-1])) continue;
    Record moving = std::move(*next);
    Record* hole = next;
    for (; hole != first && before(moving, hole[-1]); --hole) *hole = std::move(hole[-1]);
    *hole = std::move(moving);
    moves -= next - hole;
    if (moves < 0) return std::stable_sort(first, last, before);
  }
}

/// Numbers the distinct customers of a part in order of appearance, by open addressing.
template <class Customer>
class customer_numbers {
 public:
  using hashed = hashed_customer<Customer>;

  void start() {
    customers_.clear();
    std::fill(table_.begin(), table_.end(), vacant);
  }
  std::uint32_t number_of(hashed const& customer) {
    std::size_t const mask = table_.size() - 1;
    for (std::size_t at = customer.hash_value() & mask;; at = (at + 1) & mask) {
      std::uint32_t const number = table_[at];
      if (number == vacant) return add(customer, at);
      if (customers_[number] == customer) return number;
    }
  }
  std::size_t size() const { return customers_.size(); }
  Customer const& operator[](std::size_t number) const { return customers_[number].customer; }

 private:
  static constexpr std::uint32_t vacant = UINT32_MAX;

  std::uint32_t add(hashed const& customer, std::size_t at) {
    auto const number = static_cast<std::uint32_t>(customers_.size());
    customers_.push_back(customer);
    table_[at] = number;
    if (customers_.size() * 2 > table_.size()) grow();
    return number;
  }
  void grow() {
    table_.assign(table_.size() * 2, vacant);
    for (std::size_t number = 0; number < customers_.size(); ++number) {
      std::size_t at = customers_[number].hash_value() & (table_.size() - 1);
      while (table_[at] != vacant) at = (at + 1) & (table_.size() - 1);
      table_[at] = static_cast<std::uint32_t>(number);
    }
  }

  std::vector<hashed> customers_;
  std::vector<std::uint32_t> table_ = std::vector<std::uint32_t>(1024, vacant);
};

/// Brings records together by customer. `Record` is what is carried along, made once by the caller.
template <class Customer, class Record>
class arranger {
  using hashed = hashed_customer<Customer>;

 public:
  /// Pass one: counts a customer's record. `expected` is about how many will come.
  explicit arranger(std::size_t expected)
      : bits_(part_bits_for(expected)), ends_(std::size_t{1} << bits_) {}
  void count(Customer const& customer) { ++ends_[part_of(hashed::of(customer))]; }

  /// Between the passes: makes room.
  void lay_out() {
    for (auto& end : ends_) end = std::exchange(total_, total_ + end);  // for now, where each part begins
    entries_.resize(total_);
  }
  std::size_t size() const { return total_; }

  /// Pass two: the same records in the same order.
  void place(Customer const& customer, Record record) {
    auto const who = hashed::of(customer);
    entries_[ends_[part_of(who)]++] = entry{who, std::move(record)};
  }

  /// Calls `take(customer, first, last)` once for each customer, its records in order. Uses the records up.
  template <class Before, class Take>
  void take_each(Before const& before, Take const& take) {
    std::size_t begin = 0;
    for (std::size_t const end : ends_) {
      bring_together(begin, end);
      std::size_t first = 0;
      for (std::size_t customer = 0; customer < numbers_.size(); ++customer) {
        std::size_t const last = ends_of_customers_[customer];
        repair_order(sorted_.data() + first, sorted_.data() + last, before);
        take(numbers_[customer], sorted_.data() + first, sorted_.data() + last);
        first = last;
      }
      begin = end;
    }
  }

 private:
  struct entry {
    hashed customer;
    Record record;
  };

  std::size_t part_of(hashed const& customer) const {
    return static_cast<std::size_t>(customer.hash_value() >> 1 >> (63 - bits_));  // no part bits: shifts by 64
  }

  /// A counting sort of one part by the number of the customer.
  void bring_together(std::size_t begin, std::size_t end) {
    numbers_.start();
    number_of_.resize(end - begin);
    auto& starts = ends_of_customers_;
    starts.assign(1, 0);
    for (std::size_t i = begin; i < end; ++i) {
      auto const number = numbers_.number_of(entries_[i].customer);
      number_of_[i - begin] = number;
      if (number + 1 == starts.size()) starts.push_back(0);
      ++starts[number + 1];
    }
    for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
    sorted_.resize(end - begin);
    for (std::size_t i = begin; i < end; ++i)  // placing moves each start to its end
      sorted_[starts[number_of_[i - begin]]++] = std::move(entries_[i].record);
  }

  unsigned bits_;
  std::vector<std::size_t> ends_;
  std::size_t total_ = 0;
  unzeroed_vector<entry> entries_;
  customer_numbers<Customer> numbers_;
  std::vector<std::uint32_t> number_of_;
  std::vector<std::size_t> ends_of_customers_;
  unzeroed_vector<Record> sorted_;
};

}  // namespace cxm::detail
