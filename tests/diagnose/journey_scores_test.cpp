// SPDX-License-Identifier: BSL-1.0
// Scores of journeys by what their contacts add up to, inside on, by, where, weighted and each,
// with the scores of survey/: the same numbers as from values worked out beforehand.
#include <cxm/diagnose.hpp>
#include <cxm/journey.hpp>
#include <cxm/stats.hpp>
#include <cxm/survey.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "journey/ratings.hpp"

#include <algorithm>
#include <optional>
#include <vector>

using ratings::contact;

namespace {
/// One journey as a flat event.
struct flat {
  std::optional<int> worst;
  std::optional<double> remembered;
  std::uint64_t value = 0;
  std::uint64_t repeats = 0;
};
auto const remembered_by = [](auto field) { return cxm::peak_end(field, cxm::neutral{5}); };
auto const value_of = [](auto const& journey) { return 10 * journey.size(); };

template <class Store>
std::vector<flat> flattened(Store const& journeys) {
  std::vector<flat> all;
  for (auto const& journey : journeys)
    all.push_back({cxm::worst(&contact::rating)(journey), remembered_by(&contact::rating)(journey),
                   value_of(journey), cxm::repeats(journey)});
  return all;
}
}  // namespace

TEST_CASE("Journey-shaped scores give in every combinator what flat values give") {
  auto const log = ratings::random(41, 900, 6);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto const events = flattened(journeys);
  auto const few = [](auto const& journey) { return cxm::repeats(journey) < 2; };
  auto const plan =
      cxm::all(cxm::by(cxm::repeats, cxm::on(cxm::worst(&contact::rating), cxm::nps())),
               cxm::where(few, cxm::on(remembered_by(&contact::rating), cxm::exact_moments())),
               cxm::weighted(value_of, cxm::on(cxm::worst(&contact::rating), cxm::nps())));
  auto const [grouped, chosen, weighted] = cxm::measure(journeys, plan).result();
  auto const [flat_grouped, flat_chosen, flat_weighted] =
      cxm::measure(events, cxm::all(cxm::by(&flat::repeats, cxm::on(&flat::worst, cxm::nps())),
                                    cxm::where([](flat const& one) { return one.repeats < 2; },
                                               cxm::on(&flat::remembered, cxm::exact_moments())),
                                    cxm::weighted(&flat::value, cxm::on(&flat::worst, cxm::nps()))))
          .result();
  REQUIRE(grouped.size() == flat_grouped.size());
  for (auto const& [key, score] : grouped) {
    CHECK(score.n == flat_grouped.at(key).n);
    CHECK(score.value == flat_grouped.at(key).value);
  }
  CHECK(chosen.mean == flat_chosen.mean);
  CHECK(chosen.missing == flat_chosen.missing);
  CHECK(weighted.value == flat_weighted.value);
  CHECK(weighted.design_n == flat_weighted.design_n);
  // The mean of the journeys with its interval, and the same at another confidence.
  auto const wide = cxm::mean_interval(chosen, cxm::confidence{0.99}, {0, 10});
  auto const narrow = cxm::mean_interval(chosen, cxm::confidence{0.5}, {0, 10});
  CHECK(wide->low < narrow->low);
  CHECK(narrow->contains(*chosen.mean));
}

TEST_CASE("Journey-shaped scores chosen at run time") {
  auto const log = ratings::random(42, 300, 5);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto const worst = cxm::on(cxm::worst(&contact::rating), cxm::mean(cxm::points<0, 10>{}));
  auto const best = cxm::on(cxm::best(&contact::rating), cxm::mean(cxm::points<0, 10>{}));
  using any =
      cxm::one_of<std::remove_const_t<decltype(worst)>, std::remove_const_t<decltype(best)>>;
  auto const found =
      cxm::measure(journeys, cxm::each<any>({any(worst), any(best), any(worst)})).result();
  auto const low = cxm::measure(journeys, worst).result();
  CHECK(std::get<0>(found[0]).value == low.value);
  CHECK(std::get<0>(found[2]).value == low.value);
  CHECK(*std::get<1>(found[1]).value > *low.value);
}

TEST_CASE("Everything of one pass over journeys merges exactly") {
  auto const log = ratings::random(43, 40, 4);
  auto const journeys = cxm::reconstruct(log, ratings::fields());
  auto const plan =
      cxm::by(cxm::effort(cxm::cost{1, cxm::contacts}, cxm::cost{2, cxm::repeats}),
              cxm::all(cxm::between_journeys(&contact::rating),
                       cxm::peak_end_weights(&contact::rating, cxm::last(&contact::overall),
                                             cxm::negative_peak{}),
                       cxm::on(cxm::average(&contact::rating, cxm::exposure{&contact::weight}),
                               cxm::exact_moments())));
  auto const report =
      cxm::check_merge_laws(plan, ratings::listed(journeys), {.rounds = 1, .bytes_to_flip = 60});
  INFO(report.text());
  CHECK(report.holds());
}
