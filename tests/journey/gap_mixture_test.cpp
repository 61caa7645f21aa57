// SPDX-License-Identifier: BSL-1.0
// The gap that is in the data (method reference B6), against a fit by NumPy on the gaps themselves
// (gaps_seed_7.py): medians 2.69819 and 3085.71, weights 0.80 and 0.20, deviations 0.944393 and
// 1.008416, criteria 3784.9524 and 5032.2399, D = 7.208257, gap 98.9009.
#include <cxm/core/save.hpp>
#include <cxm/journey/gap_mixture.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/silence_by.hpp>
#include <cxm/path/transition.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <cmath>
#include <fstream>

using namespace std::chrono_literals;
using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

namespace {

using minutes = std::chrono::duration<double, std::ratio<60>>;

struct gap {
  minutes length;
};
struct channel_gap {
  int channel;
  std::chrono::seconds length;
};

std::vector<gap> gaps_seed_7() {
  std::ifstream file("tests/journey/gaps_seed_7.txt");
  std::vector<gap> all;
  for (double one = 0; file >> one;) all.push_back({minutes(one)});
  return all;
}
auto const plan = cxm::on(&gap::length, cxm::gap_mixture());

/// About normal: a sum of twelve.
double bell(logs::numbers& next) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += next.below(1'000'000) / 1e6;
  return sum;
}

}  // namespace

TEST_CASE("B6: 800 gaps of about 3 minutes and 200 of about 2 days part at 98.9 minutes") {
  auto const gaps = gaps_seed_7();
  REQUIRE(gaps.size() == 1000);
  auto const found = cxm::measure(gaps, plan).result();
  CHECK(found.n == 1000);
  CHECK_THAT(found.within->median.count(), WithinRel(2.69819330, 1e-3));
  CHECK_THAT(found.between->median.count(), WithinRel(3085.71453, 1e-3));
  CHECK_THAT(found.within->weight, WithinAbs(0.79999991, 1e-4));
  CHECK_THAT(found.between->weight, WithinAbs(0.20000009, 1e-4));
  CHECK_THAT(found.within->log_deviation, WithinRel(0.94439339, 1e-3));
  CHECK_THAT(found.between->log_deviation, WithinRel(1.00841568, 1e-3));
  CHECK_THAT(*found.bic_of_two, WithinAbs(3784.9524, 0.5));
  CHECK_THAT(*found.bic_of_one, WithinAbs(5032.2399, 0.5));
  CHECK_THAT(*found.separation, WithinAbs(7.208257, 0.005));
  CHECK_THAT(found.gap->count(), WithinRel(98.9009281, 2e-3));
  CHECK(found.silence_or(minutes(30)).gap == *found.gap);
}

TEST_CASE("The histogram of gaps merges exactly") {
  auto const report = cxm::check_merge_laws(plan, gaps_seed_7());
  INFO(report.text());
  CHECK(report.holds());
}

TEST_CASE("One hump has no gap, and says so") {
  logs::numbers next(1);
  std::vector<gap> gaps;
  for (int i = 0; i < 2000; ++i) gaps.push_back({minutes(std::exp(1 + bell(next)))});
  auto const found = cxm::measure(gaps, plan).result();
  CHECK_FALSE(found.gap);
  CHECK((found.gap.why() == cxm::reason::not_identified ||
         found.gap.why() == cxm::reason::not_converged));
  CHECK(found.silence_or(minutes(30)).gap == minutes(30));
}

TEST_CASE("Few gaps, equal gaps, ties and none at all have no gap") {
  std::vector<gap> gaps;
  auto const why = [&] { return cxm::measure(gaps, plan).result().gap.why(); };
  CHECK(why() == cxm::reason::no_data);
  gaps.assign(2000, {minutes(0)});
  gaps.push_back({minutes(-5)});
  gaps.push_back({minutes(std::nan(""))});
  CHECK(why() == cxm::reason::no_data);
  CHECK(cxm::measure(gaps, plan).result().not_positive == 2002);
  gaps = gaps_seed_7();
  gaps.resize(499);
  CHECK(why() == cxm::reason::below_min_n);
  gaps.assign(2000, {minutes(5)});
  CHECK_FALSE(cxm::measure(gaps, plan).result().gap);
  gaps.assign(2000, {minutes(1)});
  gaps.resize(4000, {minutes(1e6)});
  auto const two_spikes = cxm::measure(gaps, plan).result();
  REQUIRE(two_spikes.gap);
  CHECK(two_spikes.gap->count() > 1.1);
  CHECK(two_spikes.gap->count() < 0.9e6);
  CHECK_THAT(two_spikes.within->weight, WithinAbs(0.5, 1e-9));
}

TEST_CASE("A hump of less than 5 % is not believed") {
  logs::numbers next(2);
  std::vector<gap> gaps;
  for (int i = 0; i < 4000; ++i)
    gaps.push_back({minutes(std::exp((i % 50 == 0 ? 9 : 1) + bell(next)))});
  auto const found = cxm::measure(gaps, plan).result();
  CHECK(found.between->weight < 0.05);
  CHECK(found.gap.why() == cxm::reason::not_identified);
}

TEST_CASE("The waits of a log give the gap for its journeys") {
  struct visit {
    int customer;
    std::chrono::sys_seconds when;
    int page;
  };
  logs::numbers next(3);
  std::vector<visit> log;
  std::size_t sessions = 0;
  for (int customer = 0; customer < 60; ++customer) {
    double at = 0;
    for (int i = 0; i < 40; ++i) {
      bool const pause = next.below(8) == 0 && i > 0;
      at += std::exp(pause ? 12 + 0.5 * bell(next) : 4 + 0.7 * bell(next));
      sessions += pause || i == 0;
      log.push_back({customer, std::chrono::sys_seconds(std::chrono::seconds(int(at))), i});
    }
  }
  auto const fields = cxm::touchpoint_fields{&visit::customer, &visit::when, &visit::page};
  auto const all = cxm::reconstruct(log, fields);
  auto const gaps =
      cxm::measure(all, cxm::each_transition(cxm::on(cxm::waiting_time, cxm::gap_mixture())))
          .result();
  REQUIRE(gaps.gap);
  CHECK(gaps.gap->count() > 600);
  CHECK(gaps.gap->count() < 20'000);
  auto const journeys = cxm::reconstruct(log, fields, gaps.silence_or(30min));
  CHECK(std::abs(double(journeys.size()) - double(sessions)) <= 3);
}

TEST_CASE("A channel with too few gaps has that of all channels") {
  std::vector<channel_gap> gaps;
  for (auto const& one : gaps_seed_7())
    gaps.push_back({1, std::chrono::duration_cast<std::chrono::seconds>(one.length)});
  for (int i = 0; i < 100; ++i) gaps.push_back({2, std::chrono::seconds(600 + i)});
  auto const length = cxm::on(&channel_gap::length, cxm::gap_mixture());
  auto const by_channel = cxm::measure(gaps, cxm::by(&channel_gap::channel, length)).result();
  auto const pooled = cxm::measure(gaps, length).result();
  auto const table = cxm::gap_table(by_channel, pooled, 30min);
  REQUIRE(table.size() == 2);
  CHECK(table[0].second == by_channel.at(1).silence_or(1s).gap);
  CHECK(table[1].second == pooled.silence_or(1s).gap);
  CHECK(table[0].second != table[1].second);
  gaps.resize(100);
  auto const few = cxm::measure(gaps, length).result();
  CHECK(cxm::gap_table(cxm::measure(gaps, cxm::by(&channel_gap::channel, length)).result(), few,
                       30min)[0]
            .second == 30min);
}
