// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/count.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/proportion.hpp>
#include <cxm/stats/quantiles.hpp>
#include <cxm/testing.hpp>
#include <cxm/testing/merge_laws.hpp>
#include <cxm/testing/retraction_laws.hpp>

#include "catch.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace {
std::vector<int> const numbers = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9};

/// A right one, to be spoilt in one way each.
struct totals {
  static constexpr std::string_view type_name = "totals";
  static constexpr cxm::merge_law merges = cxm::merge_law::exact;
  std::int64_t sum = 0;
  std::uint64_t n = 0;
  void add(int value) {
    sum += value;
    ++n;
  }
  void merge(totals const& other) {
    sum += other.sum;
    n += other.n;
  }
  std::int64_t result() const { return sum; }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("sum", self.sum);
    visit.state("n", self.n);
  }
};
struct forgets_n : totals {
  void merge(forgets_n const& other) { sum += other.sum; }
};
struct running_mean {  // a double as state
  static constexpr std::string_view type_name = "running_mean";
  static constexpr cxm::merge_law merges = cxm::merge_law::exact;
  double mean = 0;
  std::uint64_t n = 0;
  void add(int value) { mean += (value - mean) / static_cast<double>(++n); }
  void merge(running_mean const& other) {
    if (n + other.n == 0) return;
    double const all = static_cast<double>(n + other.n);
    mean = (mean * static_cast<double>(n) + other.mean * static_cast<double>(other.n)) / all;
    n += other.n;
  }
  double result() const { return mean; }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("mean", self.mean);
    visit.state("n", self.n);
  }
};
struct keeps_order {  // saves its values as they came
  static constexpr std::string_view type_name = "keeps_order";
  static constexpr cxm::merge_law merges = cxm::merge_law::exact;
  std::vector<int> values;
  void add(int value) { values.push_back(value); }
  void merge(keeps_order const& other) {
    auto const copy = other.values;
    values.insert(values.end(), copy.begin(), copy.end());
  }
  std::size_t result() const { return values.size(); }
  static constexpr void describe(auto& self, auto& visit) { visit.state("values", self.values); }
};
struct repairs : totals {  // loads what it would not have saved
  void decode_repaired() { sum = std::max<std::int64_t>(sum, 0); }
  bool valid() {
    decode_repaired();
    return true;
  }
};
bool says(cxm::law_report const& report, std::string_view part) {
  return report.text().find(part) != std::string::npos;
}
}  // namespace

TEST_CASE("merge_laws: a right accumulator keeps them") {
  for (auto const& report :
       {cxm::check_merge_laws(totals{}, numbers), cxm::check_merge_laws(cxm::count(), numbers),
        cxm::check_merge_laws(cxm::quantiles(), numbers)}) {
    INFO(report.text());
    CHECK(report.holds());
    CHECK(report.checks() > 100);
  }
  CHECK(cxm::check_merge_laws(totals{}, std::vector<int>{}).holds());
}

TEST_CASE("merge_laws: each way to be wrong is named") {
  auto const forgetful = cxm::check_merge_laws(forgets_n{}, numbers);
  CHECK_FALSE(forgetful.holds());
  CHECK(says(forgetful, "into an empty state"));
  CHECK(says(forgetful, "7 shards"));
  auto const floating = cxm::check_merge_laws(running_mean{}, numbers);
  CHECK(says(floating, "shards"));
  auto const ordered = cxm::check_merge_laws(keeps_order{}, numbers);
  CHECK(says(ordered, "a + b differs from b + a"));
  auto const repaired = cxm::check_merge_laws(repairs{}, numbers);
  CHECK(says(repaired, "forged bytes"));
  CHECK(repaired.broken().size() <= cxm::law_report::most);
}

TEST_CASE("merge_laws: bytes can be checked alone, whatever the merge law") {
  running_mean mean;
  mean.add(3);
  auto const report = cxm::check_saved_bytes(running_mean{}, mean);
  INFO(report.text());
  CHECK(report.holds());
}

namespace {
/// Makes its events as it is read, as a journey store does.
struct made_numbers {
  int count;
  struct iterator {
    int at;
    int operator*() const { return 7 * at; }
    iterator& operator++() {
      ++at;
      return *this;
    }
    bool operator==(iterator const&) const = default;
  };
  iterator begin() const { return {0}; }
  iterator end() const { return {count}; }
};
}  // namespace

TEST_CASE("merge laws: events that a range makes as it is read, and bits of a vector") {
  CHECK(cxm::check_merge_laws(cxm::moments(), made_numbers{40}, {.rounds = 3}).holds());
  CHECK(cxm::check_retraction_laws(cxm::moments(), made_numbers{40}, {.rounds = 3}).holds());
  std::vector<bool> const bits = {true, false, true, true};
  CHECK(cxm::check_merge_laws(cxm::proportion(), bits, {.rounds = 3}).holds());
}
