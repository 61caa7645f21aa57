// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/net_intervals.hpp>
#include <cxm/survey/nps.hpp>

#include "catch.hpp"

#include <cmath>
#include <random>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using cxm::confidence;

namespace {
struct published {
  std::uint64_t p, n, d;
  double net, variance, error;
  double wald[2], student[2], adjusted[2], bonett_price[2], agresti_min[2], tango[2], mover[2];
};
// Figures of the five examples that tests of other tools print: Delighted's documentation,
// 70/20/10, the shares 1/2, 1/3, 1/6, 200/150/150, and all promoters.
published const table[] = {
    {10,
     5,
     5,
     25,
     .687500,
     18.540496,
     {-11.3387, 61.3387},
     {-14.8138, 64.8138},
     {-11.7161, 55.1944},
     {-12.7563, 58.2108},
     {-11.6197, 57.0742},
     {-12.9207, 56.0106},
     {-12.2553, 55.2286}},
    {70,
     20,
     10,
     60,
     .440000,
     6.633250,
     {46.9991, 73.0009},
     {46.7719, 73.2281},
     {45.2698, 71.2351},
     {45.6914, 71.9556},
     {45.8328, 71.8143},
     {45.2167, 71.2768},
     {45.1758, 71.0766}},
    {3,
     2,
     1,
     33.3333,
     .555556,
     30.429031,
     {-26.3065, 92.9731},
     {-52.3527, 119.0194},
     {-26.7433, 71.1877},
     {-32.4565, 82.4565},
     {-26.9714, 76.9714},
     {-31.1074, 75.3957},
     {-27.1597, 72.6293}},
    {200,
     150,
     150,
     10,
     .690000,
     3.714835,
     {2.7191, 17.2809},
     {2.6940, 17.3060},
     {2.6868, 17.1939},
     {2.6870, 17.2333},
     {2.6975, 17.2228},
     {2.6747, 17.2056},
     {2.6781, 17.1924}},
    {20,
     0,
     0,
     100,
     0,
     0,
     {100, 100},
     {100, 100},
     {69.6833, 104.2297},
     {73.5009, 108.3173},
     {75.9533, 105.8649},
     {67.7750, 100},
     {77.2135, 100}},
};
}  // namespace

TEST_CASE("the NPS table: five rows, seven methods, all printed digits") {
  for (auto const& row : table) {
    std::uint64_t const n = row.p + row.n + row.d;
    INFO(row.p << "/" << row.n << "/" << row.d);
    CHECK_THAT(100 * cxm::net_share(row.p, row.d, n), WithinAbs(row.net, 5e-5));
    CHECK_THAT(cxm::net_variance(row.p, row.d, n), WithinAbs(row.variance, 5e-7));
    CHECK_THAT(100 * std::sqrt(cxm::net_variance(row.p, row.d, n) / static_cast<double>(n)),
               WithinAbs(row.error, 5e-7));
    auto const check = [&](char const* name, auto method, double const(&wanted)[2]) {
      INFO(name);
      auto const found = method.net(row.p, row.d, n).value();
      CHECK_THAT(100 * found.raw.low, WithinAbs(wanted[0], 5e-5));
      CHECK_THAT(100 * found.raw.high, WithinAbs(wanted[1], 5e-5));
      CHECK((-1 <= found.low && found.low <= found.high && found.high <= 1));
    };
    check("wald", cxm::wald{}, row.wald);
    check("student", cxm::student{}, row.student);
    check("adjusted_wald", cxm::adjusted_wald{}, row.adjusted);
    check("bonett_price", cxm::bonett_price{}, row.bonett_price);
    check("agresti_min", cxm::agresti_min{}, row.agresti_min);
    check("tango", cxm::tango{}, row.tango);
    check("mover_wilson", cxm::mover_wilson{}, row.mover);
  }
}

TEST_CASE("tango of unanimous answers is Wilson's interval, stretched to -1..1") {
  for (std::uint64_t n : {1U, 2U, 20U, 1000U, 1'000'000U}) {
    double const z = cxm::z_of(confidence{});
    double const count = static_cast<double>(n);
    auto const all = *cxm::tango::net(n, 0, n);
    CHECK_THAT(all.low, WithinAbs((1 - z * z / count) / (1 + z * z / count), 1e-14));
    CHECK(all.high == 1.0);
    auto const none = *cxm::tango::net(0, n, n);
    CHECK(none.low == -1.0);
    CHECK(none.high == -all.low);
  }
}

TEST_CASE(
    "intervals of nets on random counts: bounds, mirror, and the score test at tango's ends") {
  std::mt19937_64 random{5};
  for (int round = 0; round < 3'000; ++round) {
    std::uint64_t const n = 1 + (random() >> (random() % 50 + 14));
    std::uint64_t const p = random() % (n + 1);
    std::uint64_t const d = random() % (n - p + 1);
    confidence const level{0.5 + static_cast<double>(random() % 1000) / 2001};
    double const net = cxm::net_share(p, d, n);
    auto const laws = [&](auto method) {
      auto const found = method.net(p, d, n, level).value();
      auto const mirror = method.net(d, p, n, level).value();
      CHECK((-1 <= found.low && found.low <= found.high && found.high <= 1));
      CHECK_THAT(found.low, WithinAbs(-mirror.high, 1e-14));
      return found;
    };
    laws(cxm::agresti_min{});
    laws(cxm::bonett_price{});
    CHECK(laws(cxm::mover_wilson{}).contains(net));
    auto const score = laws(cxm::tango{});
    CHECK((score.low <= net + 1e-15 && net - 1e-15 <= score.high));
    double const z = cxm::z_of(level);
    for (double end : {score.low, score.high}) {
      if (std::abs(end) > 1 - 1e-6) continue;
      // Independently: q maximises the likelihood of (P, D) = (q + net, q) by golden section.
      double low = std::max(0.0, -end);
      double high = (1 - end) / 2;
      auto const count = [](std::uint64_t c) { return static_cast<double>(c); };
      auto const log_likelihood = [&](double q) {
        auto const term = [](double c, double share) { return c > 0 ? c * std::log(share) : 0.0; };
        return term(count(p), q + end) + term(count(d), q) +
               term(count(n - p - d), 1 - end - 2 * q);
      };
      for (int step = 0; step < 200; ++step) {
        double const a = low + (high - low) * 0.382;
        double const b = low + (high - low) * 0.618;
        (log_likelihood(a) < log_likelihood(b) ? low : high) =
            log_likelihood(a) < log_likelihood(b) ? a : b;
      }
      double const variance = (2 * low + end * (1 - end)) / count(n);
      CHECK_THAT(std::abs(net - end), WithinRel(z * std::sqrt(variance), 1e-5));
    }
  }
}

TEST_CASE("each is a policy of nps") {
  auto const low = [](auto metric) {
    for (int answer : {10, 9, 9, 8, 3}) metric.add(answer);
    return metric.result().interval->low;
  };
  CHECK(low(cxm::nps(cxm::tango{})) == 100 * cxm::tango::net(3, 1, 5)->low);
  CHECK(low(cxm::nps(cxm::mover_wilson{}, confidence{0.9})) ==
        100 * cxm::mover_wilson::net(3, 1, 5, confidence{0.9})->low);
  CHECK(low(cxm::nps(cxm::agresti_min{})) == 100 * cxm::agresti_min::net(3, 1, 5)->low);
  CHECK(low(cxm::nps(cxm::bonett_price{})) == 100 * cxm::bonett_price::net(3, 1, 5)->low);
  CHECK(cxm::tango::net(0, 0, 0).why() == cxm::reason::no_data);
  CHECK(cxm::mover_wilson::net(0, 0, 0).why() == cxm::reason::no_data);
  CHECK_THROWS_AS(cxm::agresti_min::net(2, 2, 3), std::invalid_argument);
}
