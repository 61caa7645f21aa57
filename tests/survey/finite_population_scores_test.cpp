// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/fingerprint.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/finite_population.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/inference.hpp>

#include "catch.hpp"

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

using namespace Catch::Matchers;
using cxm::of_population;

namespace {
struct answer {
  int score;
  double value = 1;
  std::string channel = "web";
};
template <class Plan>
auto counted(Plan plan, int promoters, int passives, int detractors) {
  for (int i = 0; i < promoters; ++i) plan.add(10);
  for (int i = 0; i < passives; ++i) plan.add(7);
  for (int i = 0; i < detractors; ++i) plan.add(0);
  return plan.result();
}
std::vector<answer> random_answers(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<answer> made;
  for (std::size_t i = 0; i < count; ++i)
    made.push_back({static_cast<int>(random() % 11), static_cast<double>(random() % 900) / 100});
  return made;
}
}  // namespace

TEST_CASE("finite population: C8, 100 of 1000 with 50/30/20: SE 7.41 instead of 7.81") {
  auto const plain = counted(cxm::nps(), 50, 30, 20);
  auto const found = counted(cxm::nps(of_population{1000}), 50, 30, 20);
  CHECK_THAT(*plain.standard_error, WithinAbs(7.81, 0.005));
  CHECK_THAT(*found.standard_error, WithinAbs(7.41, 0.005));
  CHECK(*found.value == 30);
  CHECK(found.population == 1000);
  double const f = std::sqrt(900.0 / 999);
  CHECK_THAT(found.interval->low, WithinAbs(30 - (30 - plain.interval->low) * f, 1e-12));
  CHECK_THAT(found.interval->high, WithinAbs(30 + (plain.interval->high - 30) * f, 1e-12));
}

TEST_CASE("finite population: all have answered, and more than there are") {
  auto const all = counted(cxm::nps(of_population{100}), 50, 30, 20);
  CHECK(*all.standard_error == 0);
  CHECK(all.interval->low == 30);
  CHECK(all.interval->high == 30);
  CHECK_THROWS_WITH(counted(cxm::nps(of_population{99}), 50, 30, 20),
                    Contains("more answers than the population has"));
  auto const nobody = counted(cxm::nps(of_population{99}), 0, 0, 0);
  CHECK(nobody.value.why() == cxm::reason::no_data);
  auto const few = counted(cxm::nps(of_population{99}, cxm::min_n{5}), 1, 1, 1);
  CHECK(few.interval.why() == cxm::reason::below_min_n);
  CHECK(few.standard_error.why() == cxm::reason::below_min_n);
}

TEST_CASE("finite population: every interval method, means and shares, weighted or not") {
  auto const answers = random_answers(80, 3);
  double const f = std::sqrt((200.0 - 80) / 199);
  auto const check = [&](auto const& plain, auto const& found) {
    CHECK(found.value == plain.value);
    CHECK_THAT(*found.standard_error, WithinRel(*plain.standard_error * f, 1e-14));
    CHECK_THAT(found.interval->raw.low,
               WithinAbs(*plain.value - (*plain.value - plain.interval->raw.low) * f, 1e-12));
    CHECK_THAT(found.interval->raw.high,
               WithinAbs(*plain.value + (plain.interval->raw.high - *plain.value) * f, 1e-12));
  };
  auto const both = [&](auto const& make) {
    auto const on = [&](auto plan) { return cxm::on(&answer::score, plan); };
    check(cxm::measure(answers, on(make())).result(),
          cxm::measure(answers, on(make(of_population{200}))).result());
  };
  auto const weighed = [&](auto const& make) {
    auto const on = [&](auto plan) {
      return cxm::weighted(&answer::value, cxm::on(&answer::score, plan));
    };
    auto const plain = cxm::measure(answers, on(make())).result();
    if (plain.n != 80) {  // those of weight 0 are no answers
      CHECK(plain.n + plain.unweighed == 80);
      auto const found = cxm::corrected(plain, of_population{plain.n + 7});
      double const part = std::sqrt(7.0 / static_cast<double>(plain.n + 6));
      CHECK_THAT(*found.standard_error, WithinRel(*plain.standard_error * part, 1e-14));
      return;
    }
    check(plain, cxm::measure(answers, on(make(of_population{200}))).result());
  };
  auto const nps = [](auto method) {
    return [=](auto... policies) { return cxm::nps(method, policies...); };
  };
  both(nps(cxm::adjusted_wald{}));
  both(nps(cxm::wald{}));
  both(nps(cxm::tango{}));
  both(nps(cxm::mover_wilson{}));
  both(nps(cxm::bootstrap{}));
  both([](auto... policies) { return cxm::csat(cxm::points<0, 10>{}, policies...); });
  both([](auto... policies) { return cxm::mean(cxm::points<0, 10>{}, policies...); });
  weighed(nps(cxm::adjusted_wald{}));
  weighed([](auto... policies) { return cxm::csat(cxm::points<0, 10>{}, policies...); });
  weighed([](auto... policies) { return cxm::mean(cxm::points<0, 10>{}, policies...); });
}

TEST_CASE("finite population: is a reading, which merges with any other and is not in the bytes") {
  auto a = cxm::nps(of_population{1000});
  auto const b = cxm::nps(of_population{50});
  CHECK(cxm::detail::fingerprint(a) == cxm::detail::fingerprint(b));
  a.merge(b);
}

TEST_CASE("finite population: groups of unlike size are corrected one by one") {
  auto answers = random_answers(30, 4);
  for (std::size_t i = 0; i < 10; ++i) answers[i].channel = "shop";
  auto const groups =
      cxm::measure(answers, cxm::by(&answer::channel, cxm::on(&answer::score, cxm::nps())))
          .result();
  auto const shop = cxm::corrected(groups.at("shop"), of_population{10});
  auto const web = cxm::corrected(groups.at("web"), of_population{40});
  CHECK(*shop.standard_error == 0);
  CHECK_THAT(*web.standard_error,
             WithinRel(*groups.at("web").standard_error * std::sqrt(20.0 / 39), 1e-14));
}

TEST_CASE("finite population: differences have both factors") {
  auto const a = counted(cxm::nps(), 50, 30, 20), b = counted(cxm::nps(), 30, 30, 25);
  auto const fa = cxm::corrected(a, of_population{150});
  auto const none = cxm::compare(fa, b);
  CHECK_THAT(*none.standard_error,
             WithinRel(std::hypot(*fa.standard_error, *b.standard_error), 1e-13));
  CHECK_THAT(*none.statistic, WithinRel(*none.value / *none.standard_error, 1e-13));
  // Adjusted Wald: centres and variances of each side, the first pulled to its plain net.
  double const f = std::sqrt(50.0 / 149);
  auto const padded = [](double p, double d, double n) {
    double const net = (p - d) / (n + 3), both = (p + d + 1.5) / (n + 3);
    return std::pair(100 * net, 1e4 * (both - net * net) / (n + 3));
  };
  auto const [m1, v1] = padded(50, 20, 100);
  auto const [m2, v2] = padded(30, 25, 85);
  double const centre = 30 + (m1 - 30) * f - m2;
  double const half = 1.9599639845400542 * std::sqrt(v1 * f * f + v2);
  CHECK_THAT(none.interval->low, WithinAbs(centre - half, 1e-11));
  CHECK_THAT(none.interval->high, WithinAbs(centre + half, 1e-11));
  // Both whole populations: nothing is uncertain.
  auto const all =
      cxm::compare(cxm::corrected(a, of_population{100}), cxm::corrected(b, of_population{85}));
  CHECK(*all.standard_error == 0);
  CHECK_THAT(all.interval->low, WithinAbs(*all.value, 1e-12));
  CHECK_THAT(all.interval->high, WithinAbs(*all.value, 1e-12));
  CHECK(all.p.why() == cxm::reason::degenerate);
  // A population without end changes nothing.
  auto const vast = cxm::compare(cxm::corrected(a, of_population{UINT64_MAX}), b);
  auto const plain = cxm::compare(a, b);
  CHECK_THAT(*vast.p, WithinRel(*plain.p, 1e-12));
  CHECK_THAT(vast.interval->low, WithinAbs(plain.interval->low, 1e-11));
  for (int method = 0; method < 2; ++method) {
    auto const at = [&](auto const& x, auto const& y) {
      return method == 0 ? cxm::compare(x, y, cxm::mover_wilson{})
                         : cxm::compare(x, y, cxm::tango{});
    };
    CHECK_THAT(at(cxm::corrected(a, of_population{UINT64_MAX}), b).interval->high,
               WithinAbs(at(a, b).interval->high, 1e-10));
    CHECK(at(fa, b).interval->low > at(a, b).interval->low);
  }
}

TEST_CASE("finite population: differences of shares and means, targets, trends and groups") {
  auto const csat = [](int good, int bad) {
    return counted(cxm::csat(cxm::points<0, 10>{}), good, 0, bad);
  };
  auto const share = cxm::compare(cxm::corrected(csat(60, 40), of_population{120}), csat(40, 40));
  CHECK_THAT(*share.standard_error, WithinRel(std::sqrt(0.24 / 100 * 20 / 119 + 0.25 / 80), 1e-13));
  CHECK_THAT(
      *share.statistic,
      WithinRel(0.1 / std::sqrt(100.0 / 180 * 80 / 180 * (20 / 119.0 / 100 + 1 / 80.0)), 1e-12));
  CHECK(cxm::compare(cxm::corrected(csat(60, 40), of_population{120}), csat(40, 40),
                     cxm::miettinen_nurminen{})
            .interval.why() == cxm::reason::not_identified);
  auto const mean = [](int a, int b) { return counted(cxm::mean(cxm::points<0, 10>{}), a, 0, b); };
  auto const means = cxm::compare(cxm::corrected(mean(20, 10), of_population{60}), mean(10, 9));
  CHECK_THAT(*means.standard_error,
             WithinRel(std::hypot(*mean(20, 10).standard_error * std::sqrt(30.0 / 59),
                                  *mean(10, 9).standard_error),
                       1e-13));
  CHECK(means.p.has_value());

  auto const score = counted(cxm::nps(of_population{120}), 50, 30, 20);
  auto const at = cxm::against(score, cxm::target{20});
  CHECK(at.interval->low == score.interval->low);
  CHECK((*at.above < 0.025) == (score.interval->raw.low > 20));
  CHECK(*at.above < *cxm::against(counted(cxm::nps(), 50, 30, 20), cxm::target{20}).above);
  CHECK(*cxm::against(cxm::corrected(csat(60, 40), of_population{120}), cxm::target{0.5}).above <
        *cxm::against(csat(60, 40), cxm::target{0.5}).above);
  CHECK(*cxm::against(cxm::corrected(mean(60, 40), of_population{120}), cxm::target{5}).above <
        *cxm::against(mean(60, 40), cxm::target{5}).above);

  std::vector const plain{counted(cxm::nps(), 50, 30, 20), counted(cxm::nps(), 40, 30, 30),
                          counted(cxm::nps(), 42, 30, 28)};
  auto finite = plain;
  for (auto& one : finite) one = cxm::corrected(one, of_population{200});
  auto const slope = cxm::trend(plain), narrow = cxm::trend(finite);
  CHECK(slope.slope == narrow.slope);
  CHECK_THAT(*narrow.standard_error,
             WithinRel(*slope.standard_error * std::sqrt(100.0 / 199), 1e-13));
  // Pulled to the plain nets, the groups are no farther apart than Q without the pull would say.
  CHECK(*cxm::homogeneity(finite).p < *cxm::homogeneity(plain).p);
  std::vector const shares{csat(60, 40), csat(40, 40)};
  auto whole = shares;
  for (auto& one : whole) one = cxm::corrected(one, of_population{200});
  CHECK(*cxm::homogeneity(whole).p < *cxm::homogeneity(shares).p);
  whole[0] = cxm::corrected(shares[0], of_population{100});
  CHECK(cxm::homogeneity(whole).p.why() == cxm::reason::degenerate);
}
