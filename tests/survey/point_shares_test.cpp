// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey.hpp>
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

TEST_CASE("weighted shares of points: weighted shares, each with the interval of its design n") {
  struct answer {
    int score;
    double value;
  };
  std::vector<answer> answers;
  for (int i = 0; i < 50; ++i) answers.push_back({i % 5 == 4 ? 2 : i % 3, 1.0 + i % 4});
  auto const weighed = [&](auto reading) {
    return cxm::measure(answers, cxm::weighted(&answer::value,
                                               cxm::on(&answer::score,
                                                       cxm::tally(cxm::points<0, 3>{}, reading))))
        .result();
  };
  auto const wilson = weighed(cxm::point_shares(cxm::wilson{}));
  auto const goodman = weighed(cxm::point_shares());
  REQUIRE(wilson->size() == 4);
  double sum = 0;
  for (int point = 0; point < 4; ++point) {
    auto const at = static_cast<std::size_t>(point);
    auto const is = [point](answer const& one) { return one.score == point ? 1 : 0; };
    auto const share =
        cxm::measure(answers,
                     cxm::weighted(&answer::value,
                                   cxm::on(is, cxm::csat(cxm::points<0, 1>{}, cxm::good_at{1}))))
            .result();
    auto const& bar = (*wilson)[at];
    CHECK(bar.point == point);
    CHECK(bar.count == share.good);
    CHECK_THAT(bar.share, WithinAbs(*share.value, 1e-15));
    CHECK_THAT(bar.interval.low, WithinAbs(share.interval->low, 1e-14));
    CHECK_THAT(bar.interval.high, WithinAbs(share.interval->high, 1e-14));
    // All at once: Bonferroni's level for four points.
    double const n = *share.design_n;
    auto const ends =
        cxm::wilson::share(cxm::effective_share{n * *share.value, n * (1 - *share.value)},
                           cxm::confidence{1 - 0.05 / 4});
    CHECK_THAT((*goodman)[at].interval.low, WithinAbs(ends->low, 1e-14));
    sum += bar.share;
  }
  CHECK_THAT(sum, WithinAbs(1, 1e-14));
  CHECK(weighed(cxm::point_shares(cxm::sison_glaz{})).why() == cxm::reason::not_identified);
  CHECK(weighed(cxm::point_shares(cxm::min_n{60})).why() == cxm::reason::below_min_n);
  auto const finite = weighed(cxm::point_shares(cxm::wilson{}, cxm::of_population{50}));
  CHECK((*finite)[2].interval.low == (*finite)[2].share);
}
