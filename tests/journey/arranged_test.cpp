// SPDX-License-Identifier: BSL-1.0
#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/journey/detail/arranged.hpp>
#include <cxm/journey/reconstruct.hpp>

#include "catch.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace {

struct stamped {
  int time;
  std::uint32_t row;
  friend bool operator==(stamped const&, stamped const&) = default;
};
bool earlier(stamped const& a, stamped const& b) {
  return a.time < b.time;
}

/// Columns as the arranger needs them, which remember what was put where.
struct two_columns {
  using record = stamped;
  std::vector<int> times;
  std::vector<std::uint32_t> rows;

  void resize(std::size_t records) {
    times.resize(records);
    rows.resize(records);
  }
  template <class At>
  void put(std::size_t begin, std::size_t end, At const& at) {
    for (std::size_t i = begin; i < end; ++i) {
      times[i] = at(i).time;
      rows[i] = at(i).row;
    }
  }
  stamped get(std::size_t i) const { return {times[i], rows[i]}; }
};

template <class Customer>
using log_of = std::vector<std::pair<Customer, int>>;

template <class Customer>
std::map<Customer, std::vector<stamped>> arranged(log_of<Customer> const& log,
                                                  std::size_t expected) {
  two_columns columns;
  cxm::detail::arranger<Customer, two_columns> arranger(expected, columns);
  for (auto const& [customer, time] : log) arranger.count(customer);
  arranger.lay_out();
  CHECK(arranger.size() == log.size());
  std::uint32_t row = 0;
  for (auto const& [customer, time] : log) arranger.place(customer, {time, row++});
  std::map<Customer, std::vector<stamped>> found;
  arranger.take_each(earlier, [&](Customer const& customer, std::size_t begin, std::size_t end) {
    CHECK(begin < end);
    std::vector<stamped> records;
    for (; begin < end; ++begin) {
      records.push_back(columns.get(begin));
      columns.times[begin] = -1'000'000;  // taken positions are the taker's
    }
    bool const is_new = found.emplace(customer, std::move(records)).second;
    CHECK(is_new);
  });
  return found;
}

template <class Customer>
std::map<Customer, std::vector<stamped>> stable_sorted(log_of<Customer> const& log) {
  std::map<Customer, std::vector<stamped>> found;
  std::uint32_t row = 0;
  for (auto const& [customer, time] : log) found[customer].push_back({time, row++});
  for (auto& [customer, records] : found) std::stable_sort(records.begin(), records.end(), earlier);
  return found;
}

template <class Customer>
void check(log_of<Customer> const& log) {
  auto const expected = stable_sorted(log);
  CHECK(arranged(log, log.size()) == expected);
  CHECK(arranged(log, 0) == expected);                     // one part
  CHECK(arranged(log, std::size_t{1} << 22) == expected);  // many parts, some of them empty
}

}  // namespace

TEST_CASE("The arranger brings together what std::stable_sort does", "[journey][arranged]") {
  std::mt19937_64 random(11);
  for (std::size_t size : {0u, 1u, 2u, 15u, 16u, 17u, 100u, 3'000u, 70'000u}) {
    log_of<std::uint64_t> log;
    for (std::size_t i = 0; i < size; ++i)
      log.emplace_back(random() % (size / 10 + 1), int(random() % 50));
    check(log);
  }
}

TEST_CASE("The arranger keeps ties in the order of the input", "[journey][arranged]") {
  std::mt19937_64 random(12);
  log_of<std::int32_t> log;
  for (int i = 0; i < 20'000; ++i)
    log.emplace_back(std::int32_t(random() % 7) - 3, int(random() % 3));
  check(log);
}

TEST_CASE("The arranger meets one customer who has nearly all events", "[journey][arranged]") {
  std::mt19937_64 random(13);
  log_of<std::uint64_t> log;
  for (int i = 0; i < 100'000; ++i) log.emplace_back(random() % 100 == 0 ? random() : 42, i);
  check(log);
}

TEST_CASE("The arranger meets a log that is backwards", "[journey][arranged]") {
  log_of<std::uint64_t> log;
  for (int i = 0; i < 60'000; ++i) log.emplace_back(i % 5, -i);
  check(log);
}

TEST_CASE("The arranger numbers customers by text", "[journey][arranged]") {
  std::mt19937_64 random(14);
  log_of<std::string> log;
  for (int i = 0; i < 40'000; ++i) {
    auto const number = random() % 3'000;
    log.emplace_back(std::string(number % 40, 'x') + std::to_string(number), int(random() % 1'000));
  }
  check(log);
}

TEST_CASE("repair_order is a stable sort, however disordered its input", "[journey][arranged]") {
  std::mt19937_64 random(15);
  for (int round = 0; round < 300; ++round) {
    std::vector<stamped> records;
    auto const size = random() % 200, spread = random() % 100 + 1;
    for (std::uint32_t i = 0; i < size; ++i) {
      int const late = random() % 10 == 0 ? int(random() % spread) : 0;
      records.push_back({round % 3 == 0 ? int(random() % spread) : int(i) - late, i});
    }
    auto expected = records;
    std::stable_sort(expected.begin(), expected.end(), earlier);
    cxm::detail::repair_order(records.data(), records.data() + records.size(), earlier);
    CHECK(records == expected);
  }
}

TEST_CASE("The store keeps columns of truth values and of text", "[journey][arranged]") {
  struct row {
    std::string customer;
    std::chrono::sys_seconds when;
    std::string touchpoint;
    bool solved;
    int sequence;
  };
  std::mt19937_64 random(16);
  std::vector<row> rows;
  for (int i = 0; i < 5'000; ++i)
    rows.push_back({std::to_string(random() % 300),
                    std::chrono::sys_seconds(std::chrono::seconds(random() % 100)),
                    "touchpoint " + std::to_string(random() % 30), random() % 2 == 0,
                    int(random() % 3)});
  auto const store = cxm::reconstruct(
      rows, cxm::touchpoint_fields{&row::customer, &row::when, &row::touchpoint,
                                   cxm::ordered_by{&row::sequence}, cxm::keep{&row::solved}});
  std::size_t seen = 0;
  for (auto const& journey : store) {
    for (auto const& contact : journey) {
      CHECK(contact.row().customer == journey.customer());
      CHECK(contact.row().when == contact.time());
      CHECK(contact.row().touchpoint == contact.touchpoint());
      CHECK(contact.row().solved == contact.read(&row::solved));
      ++seen;
    }
    for (std::size_t i = 1; i < journey.size(); ++i) {
      auto const &a = journey[i - 1].row(), &b = journey[i].row();
      CHECK(std::tuple(a.when, a.sequence, &a) < std::tuple(b.when, b.sequence, &b));
    }
  }
  CHECK(seen == rows.size());
}
