// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/fingerprint.hpp>
#include <cxm/core/save.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/value_cap.hpp>
#include <cxm/stats/weight_kinds.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

using namespace Catch::Matchers;

namespace {
struct row {
  int group;
  std::optional<double> weight;
};
constexpr double inf = std::numeric_limits<double>::infinity();
std::vector<row> const hostile = {
    {1, 2},    {1, 0},     {1, -1},           {1, {}},        {1, 2.5}, {1, inf},
    {1, -inf}, {1, 1e300}, {1, std::nan("")}, {1, 3 + 1e-12}, {2, 4},   {2, 1e9}};
}  // namespace

TEST_CASE("weight kinds: what each takes, leaves out, and counts") {
  auto const seen = [&](auto... kind) {
    return cxm::measure(hostile, cxm::weighted(&row::weight, cxm::count(), kind...));
  };
  auto const probability = seen();
  CHECK(probability.seen().rejected == 6);  // −1, missing, ∞, −∞, 1e300, not a number
  CHECK(probability.rejected() == 6);
  CHECK(probability.seen().excluded == 0);
  CHECK(probability.result().n == 5);
  CHECK(probability.result().unweighed == 1);

  auto const value = seen(cxm::value_weights{});
  CHECK(value.seen().excluded == 2);  // 0 and −1
  CHECK(value.seen().rejected == 5);
  CHECK(value.result().n == 5);
  CHECK(value.result().unweighed == 0);
  CHECK(!value.kind().cap());

  auto const capped = seen(cxm::value_weights{100});
  CHECK(capped.seen().capped == 2);  // 1e9 and 1e300
  CHECK(capped.seen().rejected == 4);
  CHECK(capped.kind().cap() == 100);
  CHECK_THAT(capped.result().weight, WithinAbs(2 + 2.5 + 3 + 4 + 200, 1e-9));

  auto const frequency = seen(cxm::frequency_weights{});
  CHECK(frequency.result() == 2 + 4 + 1'000'000'000ULL);
  CHECK(frequency.seen().excluded == 1);
  CHECK(frequency.seen().rejected == 8);  // also 2.5 and what is not quite 3
  for (auto const& seen_by : {probability.seen(), value.seen(), capped.seen()})
    CHECK(seen_by.rejected + seen_by.excluded <= hostile.size());

  CHECK_THROWS_AS(cxm::value_weights{0}, std::invalid_argument);
  CHECK_THROWS_AS(cxm::value_weights{-3}, std::invalid_argument);
  CHECK_THROWS_AS(cxm::value_weights{std::nan("")}, std::invalid_argument);
}

TEST_CASE("weight kinds: integers and bools as weights") {
  struct typed {
    int whole;
    bool flag;
    unsigned long long large;
  };
  std::vector<typed> const rows = {{3, true, 5}, {-1, false, UINT64_MAX}, {0, true, 7}};
  auto const count = [&](auto field, auto kind) {
    return cxm::measure(rows, cxm::weighted(field, cxm::count(), kind));
  };
  CHECK(count(&typed::whole, cxm::frequency_weights{}).result() == 3);
  CHECK(count(&typed::whole, cxm::frequency_weights{}).seen().rejected == 1);
  CHECK(count(&typed::flag, cxm::frequency_weights{}).result() == 2);
  CHECK(count(&typed::large, cxm::frequency_weights{}).result() == 12);
  CHECK(count(&typed::whole, cxm::value_weights{}).seen().excluded == 2);
  CHECK(count(&typed::large, cxm::value_weights{6}).seen().capped == 2);
}

TEST_CASE("weight kinds: who may merge, saved bytes and merge laws") {
  std::mt19937 random(5);
  std::vector<row> rows = hostile;
  for (int i = 0; i < 60; ++i)
    rows.push_back({static_cast<int>(random() % 3), static_cast<double>(random() % 9) - 1});
  auto const holds = [&](auto... kind) {
    auto const plan = cxm::weighted(&row::weight, cxm::by(&row::group, cxm::count()), kind...);
    auto const report = cxm::check_merge_laws(plan, rows, {.rounds = 3, .bytes_to_flip = 200});
    INFO(report.text());
    CHECK(report.holds());
  };
  holds();
  holds(cxm::value_weights{});
  holds(cxm::value_weights{4});
  holds(cxm::frequency_weights{});

  auto a = cxm::weighted(&row::weight, cxm::count(), cxm::value_weights{4});
  auto const b = cxm::weighted(&row::weight, cxm::count(), cxm::value_weights{5});
  CHECK_THROWS_WITH(a.merge(b), Contains("different kinds or caps"));
  CHECK_THROWS_AS(cxm::load(a, cxm::save(b)), cxm::bad_state);
  auto const plain = cxm::weighted(&row::weight, cxm::count());
  CHECK(cxm::detail::fingerprint(plain) !=
        cxm::detail::fingerprint(cxm::weighted(&row::weight, cxm::count(), cxm::value_weights{})));
}

TEST_CASE("value cap: the 99th percentile, type 7, of the values above 0") {
  std::vector<row> rows;
  for (int i = 1; i <= 101; ++i) rows.push_back({0, static_cast<double>(i)});
  rows.push_back({0, -50});
  rows.push_back({0, 0});
  rows.push_back({0, {}});
  rows.push_back({0, inf});
  CHECK(*cxm::value_cap(rows, &row::weight) == 100);
  CHECK(*cxm::value_cap(rows, &row::weight, 0.5) == 51);
  CHECK(cxm::value_cap(std::vector<row>{{0, -1}}, &row::weight).why() == cxm::reason::no_data);
}
