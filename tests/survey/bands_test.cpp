// SPDX-License-Identifier: BSL-1.0
// Bands against counting by hand; the scores of one's own that method reference C5 names.
#include <cxm/core/save.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey/bands.hpp>
#include <cxm/survey/compare.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <random>
#include <stdexcept>
#include <string_view>
#include <vector>

using namespace Catch::Matchers;

namespace {

// C5: trust, 1 to 10, good from 8 on, bad up to 4.
constexpr auto trust = cxm::bands(cxm::points<1, 10>{}, cxm::band<"bad", 1, 4, -1>{},
                                  cxm::band<"fair", 5, 7>{}, cxm::band<"good", 8, 10, +1>{});

constexpr auto counted(auto plan, auto const&... answers) {
  (plan.add(answers), ...);
  return plan;
}
// A definition is tested where it is written: shares, net, mean and interval at compile time.
constexpr auto read = counted(trust, 9, 10, 3, 7, 8, 1, 5, 11, 6.5).result();
static_assert(read.n == 7 && read.invalid == 2 && read.good == 3 && read.bad == 2);
static_assert(*read.value == 100.0 / 7);
static_assert(read.at("good").count == 3 && *read.at("good").share == 3.0 / 7);
static_assert(read.at("fair").low == 5 && read.at("fair").high == 7);
static_assert(*read.mean == 43.0 / 7);
static_assert(read.interval->low > -100 && read.interval->high < 100);
static_assert(counted(trust).result().value.why() == cxm::reason::no_data);
// "Good from 9 on" needs no second look at the answers.
static_assert(counted(trust, 9, 10, 3, 7, 8, 1, 5)
                  .read_as(cxm::bands(cxm::band<"good", 9, 10, +1>{}, cxm::band<"rest", 1, 8>{}))
                  .good == 2);

std::vector<int> random_answers(unsigned seed, std::size_t count) {
  std::mt19937 random(seed);
  std::vector<int> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(static_cast<int>(random() % 12));
  return made;
}
cxm::any_bands const same_bands{{{"bad", 1, 4, -1}, {"fair", 5, 7, 0}, {"good", 8, 10, 1}}};

}  // namespace

TEST_CASE("bands: the bands of NPS give NPS, on random answers") {
  auto const answers = random_answers(1, 5'000);
  auto const nps = cxm::measure(answers, cxm::nps()).result();
  auto const bands =
      cxm::measure(answers,
                   cxm::bands(cxm::points<0, 10>{}, cxm::band<"promoter", 9, 10, +1>{},
                              cxm::band<"detractor", 0, 6, -1>{}, cxm::band<"passive", 7, 8>{}))
          .result();
  CHECK(bands.value == nps.value);
  CHECK(bands.standard_error == nps.standard_error);
  CHECK(bands.interval == nps.interval);
  CHECK(bands.n == nps.n);
  CHECK(bands.invalid == nps.invalid);
  CHECK(bands.at("promoter").count == nps.promoters);
  CHECK(bands.at("passive").count == nps.passives);
  CHECK(bands.bands[1].name == "detractor");  // in the order in which they were given
  CHECK(bands.bands[1].interval == cxm::wilson::share(nps.detractors, nps.n));
}

TEST_CASE("bands: types and values are twins with one engine") {
  auto const answers = random_answers(2, 2'000);
  auto const fixed = cxm::measure(answers, trust).result();
  auto const free = cxm::measure(answers, cxm::bands(cxm::any_points{1, 10}, same_bands)).result();
  CHECK(free.value == fixed.value);
  CHECK(free.interval == fixed.interval);
  CHECK(free.mean == fixed.mean);
  REQUIRE(free.bands.size() == fixed.bands.size());
  for (std::size_t i = 0; i < free.bands.size(); ++i) {
    CHECK(free.bands[i].name == fixed.bands[i].name);
    CHECK(free.bands[i].share == fixed.bands[i].share);
  }
  CHECK(free.at("bad").count == fixed.bad);
  CHECK_THROWS_AS(free.at("excellent"), std::invalid_argument);
  auto const mixed =
      cxm::bands(cxm::any_points{1, 2}, cxm::band<"no", 1, 1, -1>{}, cxm::band<"yes", 2, 2, +1>{});
  CHECK(cxm::measure(std::vector{1, 2, 2}, mixed).result().value == cxm::maybe(100.0 / 3));
}

TEST_CASE("bands: what is no partition of the scale is refused at run time") {
  auto const refused = [](std::vector<cxm::any_band> list) {
    CHECK_THROWS_AS(cxm::bands(cxm::any_points{1, 5}, cxm::any_bands{std::move(list)}),
                    std::invalid_argument);
  };
  refused({});
  refused({{"all but one", 1, 4, 0}});
  refused({{"low", 1, 3, 0}, {"high", 3, 5, 0}});
  refused({{"low", 0, 2, 0}, {"high", 3, 5, 0}});
  refused({{"same", 1, 2, 0}, {"same", 3, 5, 0}});
  refused({{"backwards", 5, 1, 0}});
  refused({{"twice as good", 1, 5, 2}});
  auto const reading = cxm::bands(cxm::any_bands{{{"all", 1, 5, 0}}});
  auto const other_scale = cxm::nps();
  CHECK_THROWS_AS(other_scale.read_as(reading), std::invalid_argument);
}

TEST_CASE("bands: merges, saves, and shares its state with other readings") {
  auto const answers = random_answers(3, 300);
  auto const plan = cxm::tally(trust, cxm::mean());
  auto const report = cxm::check_merge_laws(plan, answers, {.rounds = 5});
  INFO(report.text());
  CHECK(report.holds());
  auto const found = cxm::measure(answers, plan);
  CHECK(cxm::load(plan, cxm::save(found)) == found);
  auto const [bands, mean] = found.result();
  CHECK(bands.mean == mean.value);
}

TEST_CASE("bands: weights of one give the plain score, other weights a brute-force one") {
  auto const answers = random_answers(4, 500);
  auto const plain = cxm::measure(answers, trust).result();
  auto const alike = cxm::measure(answers, cxm::weighted([](int) { return 1; }, trust)).result();
  CHECK_THAT(*alike.value, WithinAbs(*plain.value, 1e-12));
  CHECK_THAT(*alike.mean, WithinAbs(*plain.mean, 1e-12));
  auto const heavy = [](int answer) { return answer % 3; };
  auto const found = cxm::measure(answers, cxm::weighted(heavy, trust)).result();
  double weight = 0, net = 0, good = 0;
  for (int answer : answers) {
    if (answer < 1 || answer > 10) continue;
    weight += heavy(answer);
    good += answer >= 8 ? heavy(answer) : 0;
    net += answer >= 8 ? heavy(answer) : answer <= 4 ? -heavy(answer) : 0;
  }
  CHECK_THAT(*found.value, WithinAbs(100 * net / weight, 1e-9));
  CHECK_THAT(*found.at("good").share, WithinAbs(good / weight, 1e-12));
}

TEST_CASE("bands: two scores are compared as two NPS with these bands are") {
  auto const plan = cxm::bands(cxm::points<0, 10>{}, cxm::band<"promoter", 9, 10, +1>{},
                               cxm::band<"detractor", 0, 6, -1>{}, cxm::band<"passive", 7, 8>{});
  auto const first = random_answers(5, 300), second = random_answers(6, 200);
  auto const bands = cxm::compare(cxm::measure(first, plan), cxm::measure(second, plan));
  auto const nps = cxm::compare(cxm::measure(first, cxm::nps()), cxm::measure(second, cxm::nps()));
  CHECK(bands.value == nps.value);
  CHECK(bands.interval == nps.interval);
  CHECK(bands.p == nps.p);
}

TEST_CASE("bands: one class only, and too few answers") {
  auto const all_good = counted(trust, 8, 9, 10).result();
  CHECK(all_good.value == cxm::maybe(100.0));
  CHECK(all_good.standard_error == cxm::maybe(0.0));
  CHECK(all_good.interval->low < 100);
  CHECK(all_good.interval->high == 100);
  auto const few = counted(cxm::bands(cxm::points<1, 2>{}, cxm::band<"no", 1, 1, -1>{},
                                      cxm::band<"yes", 2, 2, +1>{}, cxm::min_n{3}),
                           1, 2)
                       .result();
  CHECK(few.value == cxm::maybe<double>(cxm::reason::below_min_n));
  CHECK(few.mean == cxm::maybe<double>(cxm::reason::below_min_n));
  CHECK(few.at("no").share == cxm::maybe<double>(cxm::reason::below_min_n));
  CHECK(few.n == 2);
}
