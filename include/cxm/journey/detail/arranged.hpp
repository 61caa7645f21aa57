// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/hash.hpp>
#include <cxm/journey/detail/unzeroed.hpp>
#include <cxm/stats/detail/crowding.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

/// \file
/// Events arranged by customer, in time order within each: the expensive half of journey
/// reconstruction, built for caches. Records are first parted by the high bits of the customer's
/// hash, so that the customers of one part fit into the cache; within a part a small table numbers
/// them and a counting sort brings them together. Logs come almost in time order, so each
/// customer's records are then merely repaired by insertion; where a customer's records are in real
/// disorder, they are sorted. Every step is stable: what ties keeps the order of the input.

namespace cxm::detail {

/// Some ten thousand records to a part: its table and its records stay in the second-level cache,
/// or nearly. Half as many would mean twice as many parts to write to at once, and measures the
/// same within 3 %.
inline constexpr std::size_t records_per_part = std::size_t{1} << 16;
inline constexpr unsigned most_part_bits = 12;

inline unsigned part_bits_for(std::size_t records) {
  unsigned bits = 0;
  while (bits < most_part_bits && (records >> bits) > records_per_part) ++bits;
  return bits;
}

/// A customer with the hash, which is kept for text and computed again for numbers, where it takes
/// a nanosecond and would make each record a third larger.
template <class Customer>
struct hashed_customer {
  Customer customer;
  std::uint64_t hash;

  static hashed_customer of(Customer const& customer) { return {customer, key_hash(customer)}; }
  std::uint64_t hash_value() const { return hash; }
  bool operator==(hashed_customer const& other) const {
    return hash == other.hash && customer == other.customer;
  }
};
template <class Customer>
requires(digits_in<Customer> == 1) struct hashed_customer<Customer> {
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

/// Numbers the distinct customers of a part in order of appearance, by open addressing. At most an
/// eighth of the table is in use: a customer who is not at the first place costs a mispredicted
/// branch, more than a larger table does.
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
    std::size_t const home = place_of(customer);
    for (std::size_t at = home;; at = (at + 1) & mask) {
      std::uint32_t const number = table_[at];
      if (number == vacant) {
        auto const added = add(customer, at);
        if (((at - home) & mask) > crowded && secret_ == 0) {
          secret_ = new_secret(table_.data());
          place_anew();
        }
        return added;
      }
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
    if (customers_.size() * 8 > table_.size()) grow();
    return number;
  }
  void grow() {
    table_.resize(table_.size() * 2);
    place_anew();
  }
  std::size_t place_of(hashed const& one) const {
    return (secret_ == 0 ? one.hash_value() : secret_key_hash(one.customer, secret_)) &
           (table_.size() - 1);
  }
  void place_anew() {
    std::fill(table_.begin(), table_.end(), vacant);
    for (std::size_t number = 0; number < customers_.size(); ++number) {
      std::size_t at = place_of(customers_[number]);
      while (table_[at] != vacant) at = (at + 1) & (table_.size() - 1);
      table_[at] = static_cast<std::uint32_t>(number);
    }
  }

  std::vector<hashed> customers_;
  std::vector<std::uint32_t> table_ = std::vector<std::uint32_t>(1024, vacant);
  std::uint64_t secret_ = 0;  // 0 while the canonical hash spreads the customers well
};

/// Brings records together by customer. They are kept in `Columns` all the time: each part in its
/// place, and in there put into order, so that nothing but the customers needs room beside them.
/// `Columns` has a type `record`, which can be made without arguments, `resize(records)`,
/// `put(begin, end, record_at)` and `get(position)`.
template <class Customer, class Columns>
class arranger {
  using hashed = hashed_customer<Customer>;
  using record = typename Columns::record;

 public:
  /// `expected` is about how many records will come.
  arranger(std::size_t expected, Columns& columns)
      : columns_(columns), bits_(part_bits_for(expected)), begins_((std::size_t{1} << bits_) + 1) {}

  /// Pass one: counts a customer's record.
  void count(Customer const& customer) { ++begins_[part_of(hashed::of(customer)) + 1]; }

  /// Between the passes: makes room.
  void lay_out() {
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    nexts_.assign(begins_.begin(), begins_.end() - 1);
    customers_.resize(size());
    columns_.resize(size());
    stage_.resize(nexts_.size() * stage);
  }
  std::size_t size() const { return begins_.back(); }

  /// Pass two: the same records in the same order.
  void place(Customer const& customer, record one) {
    auto const who = hashed::of(customer);
    std::size_t const part = part_of(who);
    std::size_t const next = nexts_[part]++;
    stage_[part * stage + next % stage] = entry{who, std::move(one)};
    if (next % stage == stage - 1) put_down(part);
  }

  /// Calls `take(customer, begin, end)` once for each customer: there are its records, in order.
  /// Whatever is at positions taken earlier is free to be written.
  template <class Before, class Take>
  void take_each(Before const& before, Take const& take) {
    for (std::size_t part = 0; part < nexts_.size(); ++part)
      if (nexts_[part] % stage != 0) put_down(part);
    for (std::size_t part = 0; part < nexts_.size(); ++part) {
      std::size_t const begin = begins_[part], end = begins_[part + 1];
      bring_together(begin, end);
      for_each_customer([&](Customer const&, std::size_t first, std::size_t last) {
        repair_order(sorted_.data() + first, sorted_.data() + last, before);
      });
      columns_.put(begin, end, [&](std::size_t i) -> record& { return sorted_[i - begin]; });
      for_each_customer([&](Customer const& customer, std::size_t first, std::size_t last) {
        take(customer, begin + first, begin + last);
      });
    }
  }

 private:
  struct entry {
    hashed customer;
    record what;
  };
  /// So many records of each part wait on a stage, which stays in the cache, before they are put
  /// down together. One by one into hundreds of parts of several columns, each value would cost a
  /// cache line and a page: a third more time.
  static constexpr std::size_t stage = 64;

  std::size_t part_of(hashed const& customer) const {
    return static_cast<std::size_t>(customer.hash_value() >> 1 >>
                                    (63 - bits_));  // no part bits: shifts by 64
  }

  /// Empties the stage of a part into the columns.
  void put_down(std::size_t part) {
    std::size_t const end = nexts_[part];
    std::size_t const begin = std::max(begins_[part], (end - 1) / stage * stage);
    entry* const staged = &stage_[part * stage];
    for (std::size_t i = begin; i < end; ++i) customers_[i] = std::move(staged[i % stage].customer);
    columns_.put(begin, end, [&](std::size_t i) -> record& { return staged[i % stage].what; });
  }

  template <class Function>
  void for_each_customer(Function const& function) const {
    std::size_t first = 0;
    for (std::size_t number = 0; number < numbers_.size(); ++number) {
      std::size_t const last = ends_of_customers_[number];
      function(numbers_[number], first, last);
      first = last;
    }
  }

  /// A counting sort of one part by the number of the customer.
  void bring_together(std::size_t begin, std::size_t end) {
    numbers_.start();
    number_of_.resize(end - begin);
    auto& starts = ends_of_customers_;
    starts.assign(1, 0);
    for (std::size_t i = begin; i < end; ++i) {
      auto const number = numbers_.number_of(customers_[i]);
      number_of_[i - begin] = number;
      if (number + 1 == starts.size()) starts.push_back(0);
      ++starts[number + 1];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    sorted_.resize(end - begin);
    for (std::size_t i = begin; i < end; ++i)  // placing moves each start to its end
      sorted_[starts[number_of_[i - begin]]++] = columns_.get(i);
  }

  Columns& columns_;
  unsigned bits_;
  std::vector<std::size_t> begins_;  // of each part; while counting, one further on, its size
  std::vector<std::size_t> nexts_;   // where the next record of each part goes
  unzeroed_vector<entry> stage_;
  unzeroed_vector<hashed> customers_;
  customer_numbers<Customer> numbers_;
  unzeroed_vector<std::uint32_t> number_of_;
  std::vector<std::size_t> ends_of_customers_;
  unzeroed_vector<record> sorted_;
};

}  // namespace cxm::detail
