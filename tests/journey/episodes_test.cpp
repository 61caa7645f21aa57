// SPDX-License-Identifier: BSL-1.0
// Touchpoints in episodes in journeys in relationships (method reference B7).
#include <cxm/journey/boundary_algebra.hpp>
#include <cxm/journey/endings.hpp>
#include <cxm/journey/episodes.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/relationships.hpp>
#include <cxm/path/variants.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "boundary_oracle.hpp"
#include "catch.hpp"

using namespace std::chrono_literals;
using logs::at;
using logs::contact;

namespace {

std::vector<contact> const small = {{1, at(0), 'a'},   {1, at(10), 'b', at(25)}, {1, at(70), 'c'},
                                    {1, at(75), 'g'},  {1, at(300), 'a'},        {2, at(0), 'a'},
                                    {2, at(500), 'b'}, {2, at(510), 'c'}};

}  // namespace

TEST_CASE("An episode is a piece of a journey and is read like one") {
  auto const journeys = cxm::reconstruct(small, logs::fields_with_end(), cxm::until{'g'});
  auto const visits = cxm::episodes(journeys[0].customer() == 1 ? journeys[0] : journeys[1],
                                    cxm::after_silence{30min});
  REQUIRE(visits.size() == 2);
  CHECK(visits[0].size() == 2);
  CHECK(cxm::cycle_time(visits[0]) == 25min);
  CHECK(cxm::first_touchpoint(visits[1]) == 'c');
  CHECK(visits[1].ended() == at(75));
  CHECK_FALSE(visits[1].former());
  CHECK_THROWS_AS(cxm::ending(visits[1]), std::invalid_argument);
}

TEST_CASE("Episodes are counted as a field, and measured by each_episode") {
  auto const journeys = cxm::reconstruct(small, logs::fields_with_end(), cxm::until{'g'});
  cxm::after_silence const pause{30min};
  auto const found = cxm::measure(
      journeys, cxm::all(cxm::on(cxm::episode_count{pause}, cxm::moments()),
                         cxm::by(cxm::episode_count{pause}, cxm::count()),
                         cxm::each_episode(
                             pause, cxm::all(cxm::count(), cxm::on(cxm::contacts, cxm::moments()),
                                             cxm::variants()))));
  auto const& [episodes, by_count, inside] = found.result();
  CHECK(episodes.n == 3);
  CHECK(*episodes.mean == 5 / 3.0);
  CHECK(by_count.at(2) == 2);
  auto const& [count, contacts, ways] = inside;
  CHECK(count == 5);
  CHECK(*contacts.mean == 8 / 5.0);
  CHECK(ways.at({'a'}) == 2);
}

TEST_CASE("Episodes are the journeys that then cuts, whatever the boundaries") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    auto const log = logs::random(seed, 80, 5, 900);
    cxm::either const coarse{cxm::after_silence{60min}, cxm::until{'a'}};
    cxm::then const fine{cxm::starting_with{'b'}, cxm::after_silence{10min}};
    auto const journeys = cxm::reconstruct(log, logs::fields_with_end(), coarse);
    std::vector<std::string> all;
    for (auto const& journey : journeys)
      for (auto const& one : cxm::episodes(journey, fine)) {
        std::string path;
        for (auto const& each : one) path += each.touchpoint();
        all.push_back(oracle::text(one.customer(), one.started(), one.ended(), path));
      }
    std::sort(all.begin(), all.end());
    REQUIRE(all == oracle::texts_of(
                       cxm::reconstruct(log, logs::fields_with_end(), cxm::then{coarse, fine})));
    REQUIRE(all == slow::cut_then(log, {slow::either({slow::silence(60min), slow::until('a')}),
                                        slow::starting_with('b'), slow::silence(10min)}));
  }
}

TEST_CASE("A relationship is all of a customer's journeys, and is read like one") {
  auto const journeys = cxm::reconstruct(small, logs::fields_with_end(), cxm::after_silence{60min});
  auto const all = cxm::relationships(journeys);
  REQUIRE(all.size() == 2);
  auto const first = all[all[0].customer() == 1 ? 0 : 1];
  CHECK(first.journeys() == 2);
  CHECK(cxm::journey_count(first) == 2);
  CHECK(cxm::contacts(first) == 5);
  CHECK(cxm::cycle_time(first) == 300min);
  CHECK(first.journey(1).started() == at(300));
  auto const found = cxm::measure(
      all,
      cxm::all(cxm::by(cxm::journey_count, cxm::count()),
               cxm::each_journey(cxm::all(
                   cxm::count(), cxm::each_episode(cxm::after_silence{30min}, cxm::count())))));
  auto const& [by_count, inside] = found.result();
  CHECK(by_count.at(2) == 2);
  CHECK(std::get<0>(inside) == 4);
  CHECK(std::get<1>(inside) == 5);
}

TEST_CASE("each_episode and each_journey keep the laws of what is inside") {
  auto const log = logs::random(3, 60, 12, 2000);
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end(), cxm::after_silence{90min});
  auto const by_start = cxm::by(cxm::first_touchpoint, cxm::count());
  auto const seen = [](auto const& range) {  // the checks keep the addresses of their events
    std::vector<std::remove_cvref_t<decltype(range[0])>> all;
    for (auto const& one : range) all.push_back(one);
    return all;
  };
  auto const episodes =
      cxm::check_merge_laws(cxm::each_episode(cxm::after_silence{20min}, by_start), seen(journeys));
  INFO(episodes.text());
  CHECK(episodes.holds());
  auto const lives =
      cxm::check_merge_laws(cxm::each_journey(by_start), seen(cxm::relationships(journeys)));
  INFO(lives.text());
  CHECK(lives.holds());
}
