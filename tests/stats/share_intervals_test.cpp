// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/share_intervals.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <cmath>
#include <initializer_list>
#include <random>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using cxm::confidence;

TEST_CASE("the exact interval of a share against binomial_ci_30digits.json") {
  for (auto const& record : golden::read("binomial_ci_30digits.json")["records"]) {
    INFO(record["id"].text);
    auto const found = *cxm::clopper_pearson::share(
        static_cast<std::uint64_t>(record["x"].number()),
        static_cast<std::uint64_t>(record["n"].number()), confidence{record["level"].number()});
    CHECK_THAT(found.low, WithinRel(record["clopper_pearson"][0].number(), 1e-14));
    CHECK_THAT(found.high, WithinRel(record["clopper_pearson"][1].number(), 1e-14));
  }
}

TEST_CASE("every interval of binomial_ci.json") {
  for (auto const& record : golden::read("binomial_ci.json")["records"]) {
    INFO(record["id"].text);
    auto const x = static_cast<std::uint64_t>(record["input"]["x"].number());
    auto const n = static_cast<std::uint64_t>(record["input"]["n"].number());
    confidence const level{record["input"]["level"].number()};
    auto const check = [&](char const* name, cxm::interval found) {
      INFO(name);
      auto const& wanted = record["expect"][name];
      CHECK_THAT(found.low,
                 WithinRel(wanted[0].number(), 1e-12) || WithinAbs(wanted[0].number(), 1e-16));
      CHECK_THAT(found.high, WithinRel(wanted[1].number(), 1e-12));
    };
    check("wilson", *cxm::wilson::share(x, n, level));
    check("clopper_pearson", *cxm::clopper_pearson::share(x, n, level));
    check("jeffreys", *cxm::jeffreys::share(x, n, level));
    check("agresti_coull_unclipped", cxm::agresti_coull::share(x, n, level)->raw);
  }
}

TEST_CASE("the exact interval inverts the binomial tails, and is mirrored") {
  std::mt19937_64 random{4};
  for (int round = 0; round < 300; ++round) {
    std::uint64_t const n = 1 + random() % 60;
    std::uint64_t const x = random() % (n + 1);
    confidence const level{0.5 + static_cast<double>(random() % 1000) / 2001};
    auto const found = *cxm::clopper_pearson::share(x, n, level);
    auto const tail = [&](double p, std::uint64_t from, std::uint64_t to) {
      double sum = 0;
      for (auto k = from; k <= to; ++k) {
        double const count = static_cast<double>(n);
        double const hits = static_cast<double>(k);
        sum += std::exp(std::lgamma(count + 1) - std::lgamma(hits + 1) -
                        std::lgamma(count - hits + 1) + hits * std::log(p) +
                        (count - hits) * std::log1p(-p));
      }
      return sum;
    };
    if (x > 0) CHECK_THAT(tail(found.low, x, n), WithinRel(level.tail(), 1e-10));
    if (x < n) CHECK_THAT(tail(found.high, 0, x), WithinRel(level.tail(), 1e-10));
    using method_of_counts =
        cxm::maybe<cxm::bounded_interval> (*)(std::uint64_t, std::uint64_t, cxm::confidence);
    for (method_of_counts const method : std::initializer_list<method_of_counts>{
             &cxm::clopper_pearson::share, &cxm::jeffreys::share, &cxm::agresti_coull::share}) {
      auto const one = *method(x, n, level);
      auto const mirror = *method(n - x, n, level);
      CHECK_THAT(one.low, WithinAbs(1 - mirror.high, 1e-14));
      CHECK((0 <= one.low && one.low <= one.high && one.high <= 1));
    }
  }
}

TEST_CASE("shares of nobody, and impossible ones") {
  CHECK(cxm::clopper_pearson::share(0, 0).why() == cxm::reason::no_data);
  CHECK(cxm::jeffreys::share(0, 0).why() == cxm::reason::no_data);
  CHECK(cxm::agresti_coull::share(0, 0).why() == cxm::reason::no_data);
  CHECK_THROWS_AS(cxm::jeffreys::share(2, 1), std::invalid_argument);
  CHECK(cxm::clopper_pearson::share(0, 5)->low == 0.0);
  CHECK(cxm::clopper_pearson::share(5, 5)->high == 1.0);
  auto const many = *cxm::clopper_pearson::share(1'000'000'000'000, 4'000'000'000'000);
  CHECK_THAT(many.high - many.low, WithinRel(2 * 1.959964 * std::sqrt(0.1875 / 4e12), 1e-4));
}
