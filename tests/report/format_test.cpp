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
std::vector<int> hundred() {
  std::vector<int> all(50, 9);
  all.insert(all.end(), 30, 7);
  all.insert(all.end(), 20, 3);
  return all;
}
std::string run_time_format(char const* how, cxm::nps_score const& score) {
  return fmt::format(fmt::runtime(how), score);
}

}  // namespace

TEST_CASE("format: a score in short, with decimals, in full") {
  auto const score = measured(hundred(), cxm::nps());
  CHECK(fmt::format("{}", score) == "+30 (14..44), n = 100");
  CHECK(fmt::format("{:.1f}", score) == "+30.0 (14.1..44.2), n = 100");
  CHECK(fmt::format("{:full}", score) ==
        "+30 (14..44), n = 100, 0 missing, 0 invalid; NPS, % promoters - % detractors, 50 "
        "promoters, 30 passives, "
        "20 detractors");
  CHECK(fmt::format("{:.2full}", score).substr(0, 8) == "+30.00 (");
  CHECK(fmt::format("{}", cxm::nps_score{}) == "no data, n = 0");
}

TEST_CASE("format: every result has a formatter") {
  auto const all = hundred();
  CHECK(fmt::format("{}", measured(all, cxm::csat(cxm::points<0, 10>{}))) ==
        "50 % (40..60), n = 100");
  CHECK(fmt::format("{:.1f}", measured(all, cxm::mean(cxm::points<0, 10>{}))).substr(0, 4) ==
        "7.2 ");
  CHECK(fmt::format("{}", measured({3, 4, 5}, cxm::ces())).substr(0, 5) == "4.00 ");
  CHECK(fmt::format("{}", cxm::share_of(1, 4)) == "25 % (5..70), n = 4");
  CHECK(fmt::format("{}", measured({1, 2, 3}, cxm::moments())) ==
        "mean 2.00, deviation 1.00, n = 3");
  CHECK(fmt::format("{}", measured({1}, cxm::moments())) ==
        "mean 1.00, deviation degenerate, n = 1");
  CHECK(fmt::format("{}", measured({1, 5, 3}, cxm::extrema())) == "1..5, n = 3");
  CHECK(fmt::format("{:.0f}", measured({1, 5, 3}, cxm::quantiles())) == "median 3, n = 3");
  CHECK(fmt::format("{:full}", measured(all, cxm::log_histogram())).find("95 %: 9.00") !=
        std::string::npos);
  CHECK(fmt::format("{}", cxm::promise_summary{0, 5, 2, 1, 1, 1, {}, {}}) ==
        "2 kept, 1 late, 1 unmet, 1 pending");
  CHECK(fmt::format("{}", cxm::edge_summary<int>{7, 5, 1, 0}) == "7 times in 5 journeys");
  CHECK(fmt::format("{}", cxm::interval{0.25, 0.5}) == "0.25..0.50");
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
}

TEST_CASE("format: a wrong specification is refused, negative zero is zero") {
  CHECK_THROWS_AS(run_time_format("{:x}", {}), fmt::format_error);
  CHECK_THROWS_AS(run_time_format("{:.f}", {}), fmt::format_error);
  CHECK_THROWS_AS(run_time_format("{:fun}", {}), fmt::format_error);
  CHECK(fmt::format("{}", cxm::figure{-0.2, cxm::unit::points, 0}) == "0");
  CHECK(fmt::format("{}", cxm::figure{0.125, cxm::unit::share, 1}) == "12.5 %");
  CHECK(fmt::format("{}", cxm::figure{cxm::reason::suppressed}) == "suppressed");
}

TEST_CASE("estimate: the first score of several, whatever holds them") {
  auto const score = measured(hundred(), cxm::nps());
  CHECK(cxm::estimate_of(std::tuple(3, score)).value == score.value);
  CHECK(cxm::estimate_of(std::variant<cxm::nps_score, cxm::csat_score>(score)).in ==
        cxm::unit::points);
  CHECK(cxm::estimate_of(cxm::share_of(1, 4)).in == cxm::unit::share);
}
