// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/csat.hpp>
#include <cxm/survey/inference.hpp>
#include <cxm/survey/point_shares.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <vector>

using Catch::Matchers::WithinAbs;

TEST_CASE("the shares of all points, record multinom_csat5_0.9 of multinomial_ci.json") {
  for (auto const& record : golden::read("multinomial_ci.json")["records"]) {
    if (record["id"].text != "multinom_csat5_0.9") continue;
    auto metric = cxm::tally(cxm::csat(), cxm::point_shares(cxm::confidence{0.9}),
                             cxm::point_shares(cxm::sison_glaz{}, cxm::confidence{0.9}),
                             cxm::point_shares(cxm::wilson{}));
    int point = 1;
    for (auto const& count : record["input"]["counts"]) {
      for (int i = 0; i < static_cast<int>(count.number()); ++i) metric.add(point);
      ++point;
    }
    auto const [csat, all, shorter, single] = metric.result();
    for (std::size_t i = 0; i < 5; ++i) {
      CHECK((*all)[i].point == static_cast<std::int64_t>(i) + 1);
      CHECK_THAT((*all)[i].interval.low,
                 WithinAbs(record["expect"]["goodman"][2 * i].number(), 1e-12));
      CHECK_THAT((*shorter)[i].interval.low,
                 WithinAbs(record["expect"]["sison-glaz"][2 * i].number(), 1e-12));
      CHECK((*single)[i].interval == *cxm::wilson::share((*single)[i].count, 500));
    }
    CHECK_THAT((*all)[3].share + (*all)[4].share, WithinAbs(*csat.value, 1e-15));
  }
}

TEST_CASE("the shares of no answers, and of too few") {
  auto metric = cxm::tally(cxm::points<1, 5>{}, cxm::point_shares(cxm::min_n{3}));
  CHECK(metric.result().why() == cxm::reason::no_data);
  metric.add(2);
  CHECK(metric.result().why() == cxm::reason::below_min_n);
}
