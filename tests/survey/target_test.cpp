// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/one_sided.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/target.hpp>
#include <cxm/survey/valence.hpp>

#include "catch.hpp"

#include <cmath>
#include <vector>

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
using cxm::margin;
using cxm::target;

namespace {
cxm::nps_score score(std::uint64_t promoters, std::uint64_t passives, std::uint64_t detractors) {
  auto metric = cxm::nps();
  for (std::uint64_t i = 0; i < promoters; ++i) metric.add(10);
  for (std::uint64_t i = 0; i < passives; ++i) metric.add(8);
  for (std::uint64_t i = 0; i < detractors; ++i) metric.add(0);
  return metric.result();
}
}  // namespace

TEST_CASE("one-sided p-values are those of the test that the interval inverts") {
  // Student: mean 5.1, sd 1.6, n 12, against 4: t = 2.3816, one-sided p from the t distribution.
  auto const t_ends = [](cxm::confidence level) { return cxm::student::mean(5.1, 1.6, 12, level); };
  double const t = 1.1 / (1.6 / std::sqrt(12.0));
  CHECK_THAT(*cxm::p_above(t_ends, 4), WithinRel(cxm::students_t_survival(t, 11), 1e-9));
  CHECK_THAT(*cxm::p_below(t_ends, 4), WithinRel(1 - cxm::students_t_survival(t, 11), 1e-9));
  // Wilson: the score test, z = (p - b) / sqrt(b (1 - b) / n).
  auto const score_ends = [](cxm::confidence level) { return cxm::wilson::share(80, 100, level); };
  double const z = (0.8 - 0.7) / std::sqrt(0.7 * 0.3 / 100);
  CHECK_THAT(*cxm::p_above(score_ends, 0.7), WithinRel(cxm::normal_survival(z), 1e-9));
  CHECK_THAT(*cxm::p_below(score_ends, 0.7), WithinRel(cxm::normal_survival(-z), 1e-9));
  CHECK(*cxm::p_above(score_ends, 0.01) < 1e-14);
  CHECK(*cxm::p_above(score_ends, 0.9999) > 1 - 1e-12);
}

TEST_CASE("NPS against a target: verdicts agree with the interval") {
  auto const nps = score(50, 30, 20);  // +30 (14..44)
  auto const low = cxm::against(nps, target{10});
  CHECK(*low.above < 0.025);
  CHECK(low.n == 100);
  CHECK(*low.value == 30.0);
  auto const high = cxm::against(nps, target{40});
  CHECK(*high.above > 0.025);
  CHECK(*high.below > 0.025);
  for (double level = -100; level <= 100; level += 0.37) {
    auto const at = cxm::against(nps, target{level});
    CHECK((*at.above < 0.025) == (nps.interval->raw.low > level));
    CHECK((*at.below < 0.025) == (nps.interval->raw.high < level));
    CHECK_THAT(*at.above + *at.below, WithinAbs(1, 1e-6));
    CHECK(at.not_below == at.above);
  }
}

TEST_CASE("not worse by more than the margin, and equivalent") {
  auto const many = score(4'100, 4'800, 1'100);  // +30, error 0.67
  auto const at = cxm::against(many, target{31}, margin{3});
  CHECK(*at.above > 0.5);
  CHECK(*at.not_below < 0.025);
  CHECK(*at.not_above < 1e-6);
  CHECK(*at.equivalent == std::max(*at.not_below, *at.not_above));
  // Equivalence at 5 % is the 90 % interval inside of the margins.
  auto const inside = *cxm::adjusted_wald::net(4'100, 1'100, 10'000, cxm::confidence{0.9});
  for (double width = 0.5; width < 4; width += 0.1) {
    bool const within = 100 * inside.low > 31 - width && 100 * inside.high < 31 + width;
    CHECK((*cxm::against(many, target{31}, margin{width}).equivalent < 0.05) == within);
  }
}

TEST_CASE("shares, means, and two groups") {
  auto metric = cxm::csat();
  for (int i = 0; i < 100; ++i) metric.add(i < 80 ? 5 : 2);
  auto const share = cxm::against(metric.result(), target{0.7});
  CHECK(*share.above < 0.025);
  auto mean = cxm::mean(cxm::points<1, 5>{});
  for (int i = 0; i < 30; ++i) mean.add(3 + i % 3);
  auto const at = cxm::against(mean.result(), target{3.9}, margin{0.5});
  CHECK(*at.equivalent < 0.05);
  auto const pair = cxm::against(score(500, 300, 200), score(510, 300, 190), margin{10});
  CHECK_THAT(*pair.value, WithinAbs(-2, 1e-9));
  CHECK(*pair.not_below < 0.025);
  CHECK(*pair.above > 0.5);
  auto const none = cxm::against(cxm::nps().result(), target{10});
  CHECK(none.above.why() == cxm::reason::no_data);
  CHECK(none.equivalent.why() == cxm::reason::no_data);
  CHECK_THROWS_AS(cxm::against(score(1, 1, 1), target{1}, margin{-1}), std::invalid_argument);
}

TEST_CASE("a difference that was compared already: the change of the same people") {
  cxm::comparison change{41, 41};
  change.value = 6;
  change.standard_error = 2;
  change.degrees_of_freedom = 40;
  auto const found = cxm::against(change, margin{12});
  CHECK_THAT(*found.above, WithinAbs(cxm::students_t_survival(3.0, 40.0), 1e-9));
  CHECK_THAT(*found.above + *found.below, WithinAbs(1, 1e-9));
  CHECK_THAT(*found.not_above, WithinAbs(cxm::students_t_survival(3.0, 40.0), 1e-9));
  CHECK_THAT(*found.not_below, WithinAbs(cxm::students_t_survival(9.0, 40.0), 1e-9));
  CHECK(*found.equivalent == *found.not_above);
  CHECK(found.n == 41);
  change.degrees_of_freedom = cxm::reason::degenerate;  // by z, as at_same_mix
  CHECK_THAT(*cxm::against(change, margin{}).above, WithinAbs(cxm::normal_survival(3.0), 1e-9));
  change.standard_error = cxm::reason::degenerate;
  CHECK(cxm::against(change, margin{}).above.why() == cxm::reason::degenerate);
  CHECK(cxm::against(cxm::comparison{}, margin{}).equivalent.why() == cxm::reason::no_data);
}

TEST_CASE("weighted scores against a target: by their design n, not by their counts") {
  struct answer {
    int score;
    double value;
  };
  std::vector<answer> answers;
  for (int i = 0; i < 60; ++i) answers.push_back({i % 11, 0.2 + i % 7});
  auto const tally = cxm::tally(cxm::nps(), cxm::csat(cxm::points<0, 10>{}), cxm::mean());
  auto const [nps, csat, mean] =
      cxm::measure(answers, cxm::weighted(&answer::value, cxm::on(&answer::score, tally))).result();
  auto const agree = [](auto const& score, double level) {
    auto const at = cxm::against(score, target{level});
    CHECK(at.value == score.value);
    CHECK_THAT(at.interval->low, WithinAbs(score.interval->low, 1e-9));
    CHECK_THAT(at.interval->high, WithinAbs(score.interval->high, 1e-9));
    CHECK((*at.above < 0.025) == (score.interval->raw.low > level));
    CHECK((*at.below < 0.025) == (score.interval->raw.high < level));
    CHECK_THAT(*at.above + *at.below, WithinAbs(1, 1e-6));
  };
  for (double level = -95; level < 100; level += 7.3) agree(nps, level);
  for (double level = 0.02; level < 1; level += 0.043) agree(csat, level);
  for (double level = 0.1; level < 10; level += 0.57) agree(mean, level);
  // Equal weights: the error of n - 1 answers, and of the mean exactly that of plain ones.
  for (auto& one : answers) one.value = 2;
  auto const plain = cxm::measure(answers, cxm::on(&answer::score, tally)).result();
  auto const even =
      cxm::measure(answers, cxm::weighted(&answer::value, cxm::on(&answer::score, tally))).result();
  CHECK_THAT(*cxm::against(std::get<0>(even), target{0}).above,
             WithinAbs(*cxm::against(std::get<0>(plain), target{0}).above, 0.005));
  // Two weighted groups, and one below its minimum.
  auto const tested = cxm::against(nps, std::get<0>(even), margin{20});
  CHECK_THAT(*tested.value, WithinAbs(*nps.value - *std::get<0>(even).value, 1e-12));
  auto const withheld =
      cxm::measure(answers, cxm::weighted(&answer::value,
                                          cxm::on(&answer::score, cxm::nps(cxm::min_n{100}))))
          .result();
  CHECK(cxm::against(withheld, target{0}).above.why() == cxm::reason::below_min_n);
  CHECK(cxm::against(cxm::weighted_score<cxm::mean_score>(), target{0}).above.why() ==
        cxm::reason::no_data);
}

TEST_CASE("net scores by bands, indices of emotion and valences have targets too") {
  // By the same bands a net score is NPS: the same test.
  auto bands = cxm::bands(cxm::points<0, 10>{}, cxm::band<"won", 9, 10, +1>{},
                          cxm::band<"lost", 0, 6, -1>{}, cxm::band<"kept", 7, 8>{});
  auto nps = cxm::nps();
  auto valence = cxm::sentiment();
  std::vector<double> felt;
  for (int i = 0; i < 60; ++i) {
    bands.add(i * 7 % 11);
    nps.add(i * 7 % 11);
    felt.push_back((i * 13 % 21 - 8) / 20.0);
    valence.add(felt.back());
  }
  auto const net = cxm::against(bands.result(), target{-40}, margin{5});
  auto const same = cxm::against(nps.result(), target{-40}, margin{5});
  CHECK(net.above == same.above);
  CHECK(net.equivalent == same.equivalent);
  CHECK(net.interval == same.interval);
  CHECK(net.quantity == "net score");
  CHECK(same.quantity == "NPS");
  // Valences: Student's t of the values themselves.
  double sum = 0, squares = 0;
  for (double const value : felt) sum += value;
  double const mean = sum / 60;
  for (double const value : felt) squares += (value - mean) * (value - mean);
  double const t = (mean - 0.02) / std::sqrt(squares / 59 / 60);
  auto const pleasant = cxm::against(valence.result(), target{0.02});
  CHECK_THAT(*pleasant.above, WithinRel(cxm::students_t_survival(t, 59), 1e-8));
  CHECK(cxm::against(cxm::sentiment().result(), target{0}).above.why() == cxm::reason::no_data);
}
