// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/log_histogram.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/quantiles.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <boost/property_tree/json_parser.hpp>
#include <boost/property_tree/ptree.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <random>
#include <stdexcept>
#include <vector>

using namespace std::chrono_literals;
using namespace Catch::Matchers;

namespace {
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double largest = std::numeric_limits<double>::max();
using hours = std::chrono::duration<double, std::ratio<3600>>;

template <class Value>
auto sorted(std::vector<Value> const& values) {
  return cxm::measure(values, cxm::quantiles()).result();
}
template <class Value>
auto binned(std::vector<Value> const& values, double error = 0.01) {
  return cxm::measure(values, cxm::log_histogram(cxm::accuracy{error})).result();
}
std::vector<double> lognormal(std::size_t count, double mean, double deviation, unsigned seed) {
  std::mt19937_64 random(seed);
  std::lognormal_distribution<double> draw(mean, deviation);
  std::vector<double> values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(draw(random));
  return values;
}
double const shares[] = {0, 0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1};
}  // namespace

TEST_CASE("quantiles: type 7 as R has it (goldens quant_a, quant_b, quant_e)") {
  boost::property_tree::ptree file;
  read_json("tests/goldens/quantiles.json", file);
  int records = 0;
  for (auto const& [index, record] : file.get_child("records")) {
    std::vector<double> values;
    for (auto const& [key, value] : record.get_child("input.x"))
      values.push_back(value.get_value<double>());
    auto const found = sorted(values);
    auto expected = record.get_child("expect.type7").begin();
    INFO(record.get<std::string>("id"));
    for (auto const& [key, share] : record.get_child("input.p"))
      CHECK_THAT(*found.at(share.get_value<double>()),
                 WithinAbs((expected++)->second.get_value<double>(), 1e-14));
    ++records;
  }
  CHECK(records == 3);
}

TEST_CASE("quantiles: nothing, missing, not finite, wrong shares") {
  CHECK(sorted(std::vector<double>{}).median() == cxm::maybe<double>(cxm::reason::no_data));
  CHECK(sorted(std::vector<double>{}).min() == cxm::maybe<double>(cxm::reason::no_data));
  auto const found = sorted(std::vector<std::optional<double>>{not_a_number, 1.0, std::nullopt,
                                                               infinite, -infinite, 3.0});
  CHECK(found.n() == 2);
  CHECK(found.missing == 1);
  CHECK(found.invalid == 3);
  CHECK(found.median() == cxm::maybe(2.0));
  for (double share : {-0.1, 1.1, not_a_number}) {
    CHECK_THROWS_AS(found.at(share), std::invalid_argument);
    CHECK_THROWS_AS(binned(std::vector{1.0}).at(share), std::invalid_argument);
  }
  CHECK(sorted(std::vector{hours(not_a_number), hours(2)}).median() == cxm::maybe(hours(2)));
  using minutes = std::chrono::duration<double, std::ratio<60>>;
  CHECK(sorted(std::vector{1min, 2min}).median() == cxm::maybe(minutes(1.5)));
}

TEST_CASE("quantiles: between the ends of double") {
  auto const ends = sorted(std::vector{-largest, largest});
  CHECK(ends.at(0.0) == cxm::maybe(-largest));
  CHECK(ends.median() == cxm::maybe(0.0));
  CHECK(ends.at(1.0) == cxm::maybe(largest));
}

TEST_CASE(
    "log_histogram: within its relative error of the exact value, on random lognormal times") {
  for (double error : {0.001, 0.01, 0.05, 0.2}) {
    for (unsigned seed = 1; seed <= 5; ++seed) {
      auto values = lognormal(10'000, 8, 1.2, seed);
      if (seed == 2)
        std::transform(values.begin(), values.end(), values.begin(), [](double x) { return -x; });
      if (seed == 3)
        for (std::size_t i = 0; i < values.size(); i += 3)
          values[i] = i % 2 == 0 ? 0.0 : -values[i] * 1e-9;
      auto const exact = sorted(values);
      auto const found = binned(values, error);
      for (double share : shares) {
        // The value at rank floor(share (n - 1)), which is what the histogram promises.
        auto const rank = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
        double const truth = exact.ascending[rank];
        INFO("error " << error << ", seed " << seed << ", share " << share);
        REQUIRE(std::abs(*found.at(share) - truth) <= error * std::abs(truth) * (1 + 1e-12));
      }
      CHECK(*found.min() == exact.ascending.front());
      CHECK(*found.max() == exact.ascending.back());
    }
  }
}

TEST_CASE(
    "log_histogram: its quantiles grow with the share, and agree with quantiles() for durations") {
  std::vector<std::chrono::seconds> waits;
  for (double value : lognormal(5'000, 8, 1.2, 9))
    waits.emplace_back(static_cast<std::int64_t>(value));
  auto const found = binned(waits);
  auto const exact = sorted(waits);
  std::chrono::duration<double> last(-1);
  for (int i = 0; i <= 1000; ++i) {
    auto const at = *found.at(i / 1000.0);
    REQUIRE(at >= last);
    last = at;
  }
  CHECK_THAT(found.median()->count(), WithinRel(exact.median()->count(), 0.011));
}

TEST_CASE("log_histogram: at the ends of double, with zeros and what is not finite") {
  CHECK(binned(std::vector<double>{}).median() == cxm::maybe<double>(cxm::reason::no_data));
  auto const zeros = binned(std::vector{0.0, -0.0, 0.0});
  CHECK(zeros.median() == cxm::maybe(0.0));
  auto const invalid = binned(std::vector{not_a_number, infinite, -infinite, 1.0});
  CHECK(invalid.n() == 1);
  CHECK(invalid.invalid() == 3);
  auto const times = binned(std::vector{hours(not_a_number), hours(3)});
  CHECK(times.n() == 1);
  CHECK(times.median() == cxm::maybe(hours(3)));
  for (double scale : {1.0, -1.0}) {
    auto const huge = binned(std::vector{scale * 1.2e308, scale * 1.5e308, scale * 1.795e308,
                                         scale * largest, scale * largest});
    for (double share : shares) CHECK(std::isfinite(*huge.at(share)));
    CHECK_THAT(*huge.at(0.5), WithinRel(scale * 1.795e308, 0.01));
    CHECK_THAT(*huge.at(0.25), WithinRel(scale * (scale > 0 ? 1.5e308 : largest), 0.01));
  }
  auto const tiny = binned(std::vector{5e-324, 1e-310, 2.3e-308});
  CHECK(std::isfinite(*tiny.median()));
  CHECK_THROWS_AS(cxm::log_histogram({0.0}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::log_histogram({0.6}), std::invalid_argument);
  CHECK_THROWS_AS(cxm::log_histogram({not_a_number}), std::invalid_argument);
}

TEST_CASE("log_histogram and quantiles: merge laws, and only with their like") {
  std::vector<double> values = {0.0, -0.0, not_a_number, infinite, 5e-324, -1.0,
                                1.0, 1e3,  1.1e3,        -2.0,     64.0};
  std::vector<std::chrono::milliseconds> const waits = {5ms, 0ms, -3ms, 7ms, 7ms};
  auto const check = [](auto const& report) {
    INFO(report.text());
    CHECK(report.holds());
  };
  cxm::law_effort const effort{.rounds = 5, .bytes_to_flip = 600};
  check(cxm::check_merge_laws(cxm::log_histogram({0.2}), values, effort));
  check(cxm::check_merge_laws(cxm::log_histogram(), waits, effort));
  check(cxm::check_merge_laws(cxm::quantiles(), values, effort));
  check(cxm::check_merge_laws(cxm::quantiles(), waits, effort));
  auto coarse = cxm::bind<double>(cxm::log_histogram({0.2}));
  CHECK_THROWS_AS(coarse.merge(cxm::bind<double>(cxm::log_histogram({0.01}))),
                  std::invalid_argument);
}
