// SPDX-License-Identifier: BSL-1.0
#include <cxm/report/estimate.hpp>
#include <cxm/report/format.hpp>
#include <cxm/report/publish.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>

#include "catch.hpp"

#include <chrono>
#include <limits>
#include <string>
#include <vector>

using namespace std::chrono_literals;

namespace {

template <class Plan>
auto measured(std::vector<int> const& values, Plan const& plan) {
  return cxm::measure(values, cxm::on([](int value) { return value; }, plan)).result();
}

}  // namespace

TEST_CASE("format: statistics, as number, in short and in full") {
  CHECK(fmt::format("{}", measured({1, 2, 3}, cxm::moments())) == "2.00");
  CHECK(fmt::format("{:short}", measured({1, 2, 3}, cxm::moments())) == "2.00, n = 3");
  CHECK(fmt::format("{:full}", measured({1}, cxm::moments())) ==
        "mean 1.00, n = 1, 0 missing, 0 invalid; deviation degenerate (over n - 1)");
  CHECK(fmt::format("{:text}", measured({1, 2, 3}, cxm::moments())) ==
        "The mean is 2.00. 3 values count. Deviation 1.00 (over n - 1).");
  CHECK(fmt::format("{:short}", measured({1, 5, 3}, cxm::extrema())) == "1..5, n = 3");
  CHECK(fmt::format("{:.0f}", measured({1, 5, 3}, cxm::quantiles())) == "3");
  CHECK(fmt::format("{:full}", measured({1, 5, 3}, cxm::quantiles())) ==
        "median 3.00, n = 3, 0 missing, 0 invalid; exact quantiles of type 7; 25 %: 2.00, 75 %: "
        "4.00, 90 %: 4.60, 95 %: 4.80");
  CHECK(fmt::format("{:full}", measured({1, 5, 3}, cxm::log_histogram())).find("95 %: 3.0") !=
        std::string::npos);
  CHECK(fmt::format("{}", cxm::exact_moments_result{}) == "no data");
  CHECK(fmt::format("{:full}", cxm::weighted_total{2, 1, 3.5, 6.5, 1.9}) ==
        "weight 3.50, n = 2, 1 of weight 0; as 1.9 events of equal weight");
  CHECK(fmt::format("{}", cxm::interval{0.25, 0.5}) == "0.25..0.50");
}

TEST_CASE("format: promises and flows") {
  CHECK(fmt::format("{}", cxm::promise_summary{0, 5, 2, 1, 1, 1, {}, {}}) ==
        "2 kept, 1 late, 1 unmet, 1 pending");
  CHECK(fmt::format("{:full}", cxm::promise_summary{7, 5, 2, 1, 1, 1, {}, {}}) ==
        "promises: 2 kept, 1 late, 1 unmet, 1 pending, 7 events without a promise; broken no data, "
        "n = 0, late no data, n = 0");
  CHECK(fmt::format("{}", cxm::edge_summary<int>{7, 5, 1, 0}) == "7 times in 5 journeys");
}

TEST_CASE("format: no value prints its reason") {
  CHECK(fmt::format("{}", cxm::maybe<double>(cxm::reason::no_data)) == "no data");
  CHECK(fmt::format("{}", cxm::maybe<double>(2.5)) == "2.50");
  CHECK(fmt::format("{}", cxm::maybe<cxm::interval>(cxm::reason::degenerate)) == "degenerate");
  CHECK(fmt::format("{}", cxm::maybe<std::chrono::seconds>(90000s)) == "25.0 h");
  CHECK(fmt::format("{}", cxm::reason::below_min_n) == "below min n");
}

TEST_CASE("format: groups print their numbers only once published") {
  std::vector<int> const all = {9, 9, 9, 9, 9, 9, 3};
  auto const found =
      cxm::measure(all,
                   cxm::by(cxm::field<"answer">([](int value) { return value; }), cxm::count()))
          .result();
  CHECK(fmt::format("{}", found) == "2 groups by answer");
  CHECK(fmt::format("{}", cxm::publish(found)) == "3: suppressed\n9: suppressed");
  CHECK(fmt::format("{}", cxm::publish(found, cxm::min_people{1})) == "3: 1\n9: 6");
  CHECK(fmt::format("{}", cxm::publish(cxm::share_of(1, 4))) == "suppressed");
  auto const scores =
      cxm::measure(all, cxm::by([](int value) { return value; }, cxm::nps())).result();
  CHECK(fmt::format("{:short}", cxm::publish(scores, cxm::min_people{1})) ==
        "3: -100 (-98..48), n = 1\n9: +100 (26..100), n = 6");
}

TEST_CASE("format: negative zero is zero") {
  CHECK(fmt::format("{}", cxm::figure{-0.2, cxm::unit::points, 0}) == "0");
  CHECK(fmt::format("{}", cxm::figure{0.125, cxm::unit::share, 1}) == "12.5 %");
  CHECK(fmt::format("{}", cxm::figure{cxm::reason::suppressed}) == "suppressed");
}

TEST_CASE("estimate: the first score of several, whatever holds them") {
  auto const score = measured({9, 9, 3}, cxm::nps());
  CHECK(cxm::estimate_of(std::tuple(3, score)).value == score.value);
  CHECK(cxm::estimate_of(std::variant<cxm::nps_score, cxm::csat_score>(score)).in ==
        cxm::unit::points);
  CHECK(cxm::estimate_of(cxm::share_of(1, 4)).in == cxm::unit::share);
  CHECK(cxm::estimate_of(score).method == "adjusted Wald");
}
