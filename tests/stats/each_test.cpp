// SPDX-License-Identifier: BSL-1.0
#include <cxm/core/save.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/each.hpp>
#include <cxm/stats/extrema.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"

#include <random>
#include <stdexcept>
#include <vector>

namespace {
struct answer {
  int score;
  int effort;
};
std::vector<answer> random_answers(std::size_t count) {
  std::mt19937 random(11);
  std::vector<answer> made;
  for (std::size_t i = 0; i < count; ++i)
    made.push_back({static_cast<int>(random() % 11), static_cast<int>(random() % 7) + 1});
  return made;
}
using on_moments = decltype(cxm::on(&answer::score, cxm::moments()));
using on_extrema = decltype(cxm::on(&answer::score, cxm::extrema()));
using any = cxm::one_of<on_moments, on_extrema, cxm::event_count>;
auto scores() {
  return cxm::on(&answer::score, cxm::moments());
}
auto ends() {
  return cxm::on(&answer::effort, cxm::extrema());
}
}  // namespace

TEST_CASE("each of one_of gives what all gives, on 10,000 random answers") {
  auto const answers = random_answers(10'000);
  cxm::each<any> const run_time({any(scores()), any(ends()), any(cxm::count())});
  auto const found = cxm::measure(answers, run_time).result();
  auto const [moments, extrema, n] =
      cxm::measure(answers, cxm::all(scores(), ends(), cxm::count())).result();
  REQUIRE(found.size() == 3);
  CHECK(std::get<0>(found[0]).mean == moments.mean);
  CHECK(std::get<0>(found[0]).variance == moments.variance);
  CHECK(std::get<1>(found[1]).min == extrema.min);
  CHECK(std::get<1>(found[1]).max == extrema.max);
  CHECK(std::get<2>(found[2]) == n);
}

TEST_CASE("each: merge laws, and refusing other lengths and choices") {
  cxm::each<any> plan({any(scores()), any(cxm::count())});
  auto const report = cxm::check_merge_laws(plan, random_answers(50), {.rounds = 5});
  INFO(report.text());
  CHECK(report.holds());
  CHECK_THROWS_AS(plan.merge(cxm::each<any>({any(scores())})), std::invalid_argument);
  CHECK_THROWS_AS(plan.merge(cxm::each<any>({any(cxm::count()), any(scores())})),
                  std::invalid_argument);
  CHECK_FALSE(cxm::try_load(cxm::each<any>({any(cxm::count()), any(scores())}), cxm::save(plan)));
  CHECK_FALSE(cxm::try_load(cxm::each<any>({any(scores())}), cxm::save(plan)));
}
