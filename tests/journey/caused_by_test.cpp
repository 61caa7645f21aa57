// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/caused_by.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/quantiles.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using logs::at;

namespace {

struct contact {
  int who;
  logs::minutes when;
  char what;
  std::optional<std::string> id = std::nullopt;
  std::optional<std::string> caused_by = std::nullopt;
};
cxm::touchpoint_fields const fields{&contact::who, &contact::when, &contact::what};

auto links_of(auto const& journeys) {
  return cxm::links_between(journeys, &contact::id, &contact::caused_by);
}

}  // namespace

TEST_CASE("A review comes out of one journey and enters two others") {
  std::vector<contact> const log = {{1, at(0), 'b'},
                                    {1, at(9), 'r', "review 1"},
                                    {2, at(20), 'h', {}, "review 1"},
                                    {2, at(25), 'b'},
                                    {3, at(5), 's'},
                                    {3, at(39), 'h', {}, "review 1"}};
  auto const journeys = cxm::reconstruct(log, fields);
  auto const links = links_of(journeys);
  CHECK(links.counts() == cxm::cause_counts{2, 2, 0, 0, 0, 0, 1, 1});
  REQUIRE(links.size() == 2);
  std::uint32_t effects = 0, causes = 0;
  for (std::size_t i = 0; i < journeys.size(); ++i) {
    effects += links.effects_of(i);
    causes += links.causes_of(i);
    CHECK(links.effects_of(i) == (journeys[i].customer() == 1 ? 2 : 0));
    CHECK(links.causes_of(i) == (journeys[i].customer() == 1 ? 0 : 1));
  }
  CHECK(effects == links.size());
  CHECK(causes == links.size());
  using link = std::remove_cvref_t<decltype(links[0])>;
  auto const lags =
      cxm::measure(links, cxm::by(&link::opens, cxm::on(&link::lag, cxm::quantiles()))).result();
  CHECK(lags.at(true).median()->count() == 11);
  CHECK(lags.at(false).median()->count() == 30);
}

TEST_CASE("Causes that are inside, unknown, ambiguous or later are counted, and not linked") {
  std::vector<contact> const log = {
      {1, at(0), 'a', "x"}, {1, at(1), 'b', {}, "x"}, {2, at(1), 'c', {}, "nobody"},
      {2, at(2), 'd', "y"}, {3, at(2), 'e', "y"},     {1, at(3), 'f', {}, "y"},
      {4, at(9), 'g', "z"}, {5, at(8), 'h', {}, "z"}, {5, at(9), 'i', {}, "z"}};
  auto const links = links_of(cxm::reconstruct(log, fields));
  CHECK(links.counts() == cxm::cause_counts{5, 1, 1, 1, 1, 1, 0, 1});
}

TEST_CASE("A customer's own later journey is told apart from that of others") {
  std::vector<contact> const log = {
      {1, at(0), 'a', "x"}, {1, at(500), 'b', {}, "x"}, {2, at(600), 'b', {}, "x"}};
  auto const journeys = cxm::reconstruct(log, fields, cxm::after_silence{60min});
  auto const links = links_of(journeys);
  CHECK(std::count_if(links.begin(), links.end(),
                      [](auto const& one) { return one.same_customer; }) == 1);
  CHECK(links.counts().journeys_opened == 2);
}

TEST_CASE("Links on random logs: looking at every pair finds the same") {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    logs::numbers next(seed);
    std::vector<contact> log;
    for (int i = 0; i < 40; ++i) {
      contact one{next.below(6), at(next.below(50)), 'a'};
      if (next.below(2) > 0) one.id = std::to_string(next.below(30));
      if (next.below(2) > 0) one.caused_by = std::to_string(next.below(30));
      log.push_back(one);
    }
    auto const found = links_of(cxm::reconstruct(log, fields)).counts();
    cxm::cause_counts slow;
    for (auto const& effect : log) {
      if (!effect.caused_by) continue;
      ++slow.with_cause;
      std::vector<contact const*> causes;
      for (auto const& cause : log)
        if (cause.id == effect.caused_by) causes.push_back(&cause);
      if (causes.empty())
        ++slow.unknown;
      else if (causes.size() > 1)
        ++slow.ambiguous;
      else if (causes[0]->who == effect.who)
        ++slow.inside;
      else
        ++(causes[0]->when > effect.when ? slow.before_cause : slow.linked);
    }
    slow.journeys_opened = found.journeys_opened;
    slow.journeys_causing = found.journeys_causing;
    REQUIRE(found == slow);
  }
}
