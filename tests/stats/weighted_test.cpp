// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/each.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weight.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/stats/where.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <boost/multiprecision/cpp_int.hpp>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

using cxm::weight;
using cxm::weight_from;

namespace {
/// The smallest weighted accumulator: the sum of the weights, in billionths.
struct weight_sum {
  static constexpr std::string_view type_name = "weight_sum";
  static constexpr cxm::merge_law merges = cxm::merge_law::exact;
  std::int64_t units = 0;
  void add(auto const&, weight const& weight) { units += weight.units; }
  void merge(weight_sum const& other) { units += other.units; }
  std::int64_t result() const { return units; }
  static constexpr void describe(auto& self, auto& visit) { visit.state("units", self.units); }
};
struct plain {
  static constexpr std::string_view type_name = "plain";
  std::uint64_t n = 0;
  void add(auto const&) { ++n; }
  void merge(plain const& other) { n += other.n; }
  std::uint64_t result() const { return n; }
  weight_sum with_weights() const { return {}; }
  static constexpr void describe(auto& self, auto& visit) { visit.state("n", self.n); }
};
struct answer {
  int score;
  std::optional<double> weight;
  bool human;
};
std::vector<answer> const answers = {{1, 0.5, true},      {2, 1.25, true},         {1, 2.0, false},
                                     {3, -1.0, true},     {3, std::nullopt, true}, {3, NAN, true},
                                     {3, INFINITY, true}, {3, 1e10, true}};

/// The nearest billionth, half up, by rational arithmetic.
std::int64_t nearest(double value) {
  using boost::multiprecision::cpp_rational;
  cpp_rational const exact = cpp_rational(value) * 1'000'000'000 + cpp_rational(1, 2);
  return static_cast<std::int64_t>(
      boost::multiprecision::cpp_int(numerator(exact) / denominator(exact)));
}
}  // namespace

TEST_CASE("weight: a number of billionths, or none") {
  CHECK(weight_from(1).value().units == weight::one);
  CHECK(weight_from(true).value().units == weight::one);
  CHECK(weight_from(0.0).value().units == 0);
  CHECK(weight_from(-0.0).value().units == 0);
  CHECK(weight_from(1.0 / 3).value().units == 333'333'333);
  CHECK(weight_from(2.0 / 3).value().units == 666'666'667);
  CHECK(weight_from(std::optional<float>(0.5F)).value().units == weight::one / 2);
  CHECK(weight_from(5e-324).value().units == 0);
  CHECK(weight_from(9'223'372'036).value().value() == 9'223'372'036.0);
  CHECK_FALSE(weight_from(9'223'372'037));
  CHECK_FALSE(weight_from(UINT64_MAX));
  CHECK_FALSE(weight_from(-1));
  CHECK_FALSE(weight_from(-1e-300));
  CHECK_FALSE(weight_from(9.2e9));
  CHECK_FALSE(weight_from(NAN));
  CHECK_FALSE(weight_from(INFINITY));
  CHECK_FALSE(weight_from(std::optional<double>()));
}

TEST_CASE("weight: is the nearest billionth, whatever the compiler fuses") {
  std::mt19937_64 random(5);
  for (int i = 0; i < 20'000; ++i) {
    double const value =
        std::ldexp(static_cast<double>(random() >> 11), -53 + static_cast<int>(random() % 60) - 27);
    if (value >= 9.2e9) continue;
    REQUIRE(weight_from(value).value().units == nearest(value));
    double const tie = (static_cast<double>(random() % 1'000'000'000) + 0.5) / 1e9;
    REQUIRE(weight_from(tie).value().units == nearest(tie));
  }
}

TEST_CASE("weighted: gives each event its weight, and counts what is no weight") {
  auto const found = cxm::measure(answers, cxm::weighted(&answer::weight, plain{}));
  CHECK(found.result() == 3'750'000'000);
  CHECK(found.rejected() == 5);
}

TEST_CASE("weighted: combinators pass the weight on") {
  auto const inner =
      cxm::by(&answer::score,
              cxm::all(plain{}, cxm::where(&answer::human, cxm::on(&answer::score, plain{}))));
  auto const found = cxm::measure(answers, cxm::weighted(&answer::weight, inner)).result();
  CHECK(found.size() == 2);
  CHECK(std::get<0>(found.at(1)) == 2'500'000'000);
  CHECK(std::get<1>(found.at(1)) == 500'000'000);

  using any = cxm::one_of<plain, cxm::by_fields<int, plain, int answer::*>>;
  cxm::each<any> const several({any(plain{}), any(plain{})});
  auto const twins = cxm::measure(answers, cxm::weighted(&answer::weight, several)).result();
  CHECK(std::get<0>(twins.at(1)) == 3'750'000'000);
}

TEST_CASE("weighted: merges exactly, keeps its rejected events when bound or measured again") {
  auto const plan = cxm::weighted(&answer::weight, plain{});
  auto const report = cxm::check_merge_laws(plan, answers);
  INFO(report.text());
  CHECK(report.holds());
  auto const once = cxm::measure(answers, plan);
  CHECK(cxm::measure(answers, once).rejected() == 10);
}
