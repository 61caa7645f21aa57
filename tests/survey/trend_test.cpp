// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/calendar.hpp>
#include <cxm/core/time_window.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/period_changes.hpp>
#include <cxm/survey/trend.hpp>

#include "catch.hpp"
#include "golden.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;

TEST_CASE("Cochran and Armitage against trend.json, record trend_fleiss") {
  auto const records = golden::read("trend.json")["records"];
  REQUIRE(records[0]["id"].text == "trend_fleiss");
  std::vector<cxm::share> shares;
  for (std::size_t i = 0; i < 4; ++i)
    shares.push_back(
        cxm::share_of(static_cast<std::uint64_t>(records[0]["input"]["x"][i].number()),
                      static_cast<std::uint64_t>(records[0]["input"]["n"][i].number())));
  auto const found = cxm::trend(shares);
  CHECK_THAT(*found.statistic * *found.statistic,
             WithinRel(records[0]["expect"]["X2"].number(), 1e-12));
  CHECK_THAT(*found.p, WithinRel(records[0]["expect"]["p"].number(), 1e-10));
  CHECK(*found.slope < 0);
  CHECK(found.periods == 4);
  // Positions that are shifted and stretched change the slope, not the test.
  std::vector<double> const months = {10, 13, 16, 19};
  auto const stretched = cxm::trend(shares, months);
  CHECK_THAT(*stretched.p, WithinRel(*found.p, 1e-11));
  CHECK_THAT(*stretched.slope, WithinRel(*found.slope / 3, 1e-12));
}

TEST_CASE("the slope of nets and means is that of least squares over the answers") {
  std::mt19937_64 random{23};
  std::vector<cxm::nps_score> scores;
  std::vector<cxm::mean_score> means;
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, sm = 0, sxm = 0;
  for (int period = 0; period < 6; ++period) {
    auto both = cxm::tally(cxm::nps(), cxm::mean());
    int const answers = 20 + static_cast<int>(random() % 50);
    for (int i = 0; i < answers; ++i) {
      int const answer = static_cast<int>(random() % 11);
      both.add(answer);
      double const y = answer >= 9 ? 100 : answer <= 6 ? -100 : 0;
      n += 1, sx += period, sxx += period * period, sy += y, sxy += period * y;
      sm += answer, sxm += period * answer;
    }
    scores.push_back(std::get<0>(both.result()));
    means.push_back(std::get<1>(both.result()));
  }
  auto const found = cxm::trend(scores);
  CHECK_THAT(*found.slope, WithinRel((sxy - sx * sy / n) / (sxx - sx * sx / n), 1e-11));
  CHECK(found.interval->contains(*found.slope));
  CHECK((0 <= *found.p && *found.p <= 1));
  CHECK_THAT(*cxm::trend(means).slope, WithinRel((sxm - sx * sm / n) / (sxx - sx * sx / n), 1e-10));
}

TEST_CASE("the trend of nets keeps its level at ten answers a period") {
  std::mt19937_64 random{24};
  int found = 0;
  int covered = 0;
  constexpr int rounds = 4'000;
  for (int round = 0; round < rounds; ++round) {
    std::vector<cxm::nps_score> scores(8);
    for (auto& score : scores) {
      score.n = 10;
      for (int i = 0; i < 10; ++i) {
        double const u = static_cast<double>(random() >> 11) * 0x1p-53;
        if (u < 0.6)
          ++score.promoters;
        else if (u < 0.75)
          ++score.detractors;
      }
    }
    auto const trend = cxm::trend(scores);
    if (*trend.p < 0.05) ++found;
    if (trend.interval->contains(0)) ++covered;
  }
  double const level = 100.0 * found / rounds;
  CHECK((2.5 < level && level < 6));
  CHECK(covered == rounds - found);
}

TEST_CASE("the trend of nothing, of one period, of too few positions") {
  std::vector<cxm::nps_score> scores;
  CHECK(cxm::trend(scores).p.why() == cxm::reason::no_data);
  cxm::nps_score one;
  one.n = one.promoters = 3;
  scores = {one};
  CHECK(cxm::trend(scores).slope.why() == cxm::reason::degenerate);
  scores = {one, cxm::nps_score{}, one};
  auto const flat = cxm::trend(scores);
  CHECK(flat.periods == 2);
  CHECK(*flat.slope == 0.0);
  CHECK(*flat.p == 1.0);
  std::vector<double> const positions = {1};
  CHECK_THROWS_AS(cxm::trend(scores, positions), std::invalid_argument);
}

TEST_CASE("weighted periods: the slope and its error are those of the design n") {
  struct answer {
    int period;
    int score;
    double value;
  };
  std::mt19937 random(4);
  std::vector<answer> answers;
  for (int i = 0; i < 400; ++i) {
    int const period = static_cast<int>(random() % 4);
    int const score = std::min(10, static_cast<int>(random() % 11) + period);
    answers.push_back({period, score, static_cast<double>(1 + random() % 90) / 30});
  }
  auto const inner =
      cxm::on(&answer::score, cxm::tally(cxm::nps(), cxm::csat(cxm::points<0, 10>{}), cxm::mean()));
  auto const periods =
      cxm::measure(answers, cxm::weighted(&answer::value, cxm::by(&answer::period, inner)))
          .result();
  auto const examine = [](auto const& scores, bool error_too) {
    auto const found = cxm::trend(scores);
    double n = 0, centre = 0, spread = 0, slope = 0, variance = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      n += *scores[i].design_n;
      centre += *scores[i].design_n * static_cast<double>(i);
    }
    centre /= n;
    for (std::size_t i = 0; i < 4; ++i) {
      double const distance = static_cast<double>(i) - centre;
      double const weight = *scores[i].design_n * distance;
      spread += weight * distance;
      slope += weight * *scores[i].value;
      variance += weight * weight * *scores[i].standard_error * *scores[i].standard_error;
    }
    CHECK_THAT(*found.slope, WithinRel(slope / spread, 1e-11));
    if (error_too)
      CHECK_THAT(*found.standard_error, WithinRel(std::sqrt(variance) / spread, 1e-11));
    else  // of NPS it is adjusted, so that no period is certain
      CHECK_THAT(*found.standard_error, WithinRel(std::sqrt(variance) / spread, 0.05));
  };
  std::vector<cxm::weighted_score<cxm::nps_score>> nps;
  std::vector<cxm::weighted_score<cxm::csat_score>> csat;
  std::vector<cxm::weighted_score<cxm::mean_score>> mean;
  for (auto const& [period, scores] : periods) {
    nps.push_back(std::get<0>(scores));
    csat.push_back(std::get<1>(scores));
    mean.push_back(std::get<2>(scores));
  }
  examine(nps, false);
  examine(csat, true);
  examine(mean, true);
  CHECK(*cxm::trend(mean).p < 0.05);
  nps.emplace_back();  // a period of nobody
  CHECK(cxm::trend(nps).periods == 4);
}

TEST_CASE("a slope is that a month, also over months without answers") {
  using namespace std::chrono;
  struct answer {
    sys_days when;
    int score;
  };
  std::vector<answer> answers;
  auto const put = [&](unsigned at, int promoters, int detractors) {
    auto const day = sys_days(2025y / month(at) / 5);
    answers.insert(answers.end(), static_cast<std::size_t>(promoters), answer{day, 10});
    answers.insert(answers.end(), static_cast<std::size_t>(detractors), answer{day, 0});
  };
  put(1, 50, 50), put(2, 55, 45), put(12, 105, 5);
  auto const plan = [](auto period) {
    return cxm::by(period, cxm::on(&answer::score, cxm::nps()));
  };
  auto const months = cxm::measure(answers, plan(cxm::month_of(&answer::when))).result();
  auto const found = cxm::trend(months);
  CHECK(found.periods == 3);
  std::vector<double> const at = {1, 2, 12};
  CHECK_THAT(*found.slope, WithinRel(*cxm::trend(months, at).slope, 1e-12));
  CHECK_THAT(*found.slope, WithinRel(*cxm::trend(cxm::every_period(months)).slope, 1e-12));
  CHECK_THAT(*found.p, WithinRel(*cxm::trend(months, at).p, 1e-12));
  // By windows of a week in days since their first, and by a key that knows no distance.
  auto const weeks = cxm::measure(answers, plan(cxm::tumbling(&answer::when, days(7)))).result();
  std::vector<double> positions;
  for (auto const& one : weeks)
    positions.push_back(
        static_cast<double>((one.key.from() - weeks.begin()->key.from()) / days(7)));
  CHECK(positions.back() > 40);
  CHECK_THAT(*cxm::trend(weeks).slope, WithinRel(*cxm::trend(weeks, positions).slope, 1e-12));
  auto const number = [](answer const& one) {
    return static_cast<int>(static_cast<unsigned>(year_month_day(one.when).month()));
  };
  std::vector<double> const apart = {0, 1, 2};
  auto const numbers = cxm::measure(answers, plan(number)).result();
  CHECK(cxm::trend(numbers).slope == cxm::trend(months, apart).slope);
}
