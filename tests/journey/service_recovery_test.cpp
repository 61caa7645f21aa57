// SPDX-License-Identifier: BSL-1.0
// Service recovery: the toy that was lost and sent after its owner (R55), with a photo a day while
// it travelled; each fate by a case of its own; and the paradox as one comparison of scores.
#include <cxm/core/save.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/promise_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/service_recovery.hpp>
#include <cxm/journey/waiting.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/compare.hpp>
#include <cxm/survey/nps.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

using namespace std::chrono_literals;
using namespace Catch::Matchers;
using cxm::service_fate;
using logs::at;
using logs::contact;

namespace {

auto const lost = cxm::reached{'l'};
auto const returned = cxm::reached_after{lost, 'r'};
constexpr int day = 24 * 60;

std::vector<contact> const stories = {
    {1, at(0), 'v'},
    {1, at(9), 's', {}, {}, 7},  // nothing happened
    {2, at(0), 'r'},
    {2, at(day), 'l'},
    {2, at(day + 60), 'p'},  // sent at once,
    {2, at(2 * day), 'p'},
    {2, at(3 * day), 'p'},
    {2, at(4 * day), 'r'},  // photos each day
    {2, at(4 * day), 'g'},
    {2, at(5 * day), 's', {}, {}, 10},
    {3, at(0), 'l'},
    {3, at(9 * day), 'r'},
    {3, at(10 * day), 's', {}, {}, 3},
    {4, at(0), 'l'},
    {4, at(10), 's', {}, {}, 0},
    {5, at(8 * day), 'l'},
};

}  // namespace

TEST_CASE("A lost toy: when it was made good, what was heard and given meanwhile") {
  auto const journeys = cxm::reconstruct(stories, logs::fields());
  cxm::recovery_time const took{lost, returned};
  CHECK_FALSE(took(journeys[0]));
  CHECK(took(journeys[1]) == 72h);  // the return before the loss was another
  CHECK(took(journeys[2]) == 9 * 24h);
  CHECK_FALSE(took(journeys[3]));
  CHECK(took.name() == "recovery_time");
  auto const photo = [](contact const& one) { return one.what == 'p'; };
  CHECK(cxm::contacts_between{lost, returned, photo}(journeys[1]) == 3);
  auto const gift = [](contact const& one) { return one.what == 'g'; };
  CHECK(cxm::contacts_since{lost, gift}(journeys[1]) == 1);
  // Promised within five days, made good after three: over-delivered by two.
  auto const promise = cxm::promise_of(
      [](auto const& journey) {
        auto due = lost(journey);
        if (due) *due += 5 * 24h;
        return due;
      },
      returned);
  CHECK(cxm::ahead_of_promise(promise)(journeys[1]) == 48h);
}

TEST_CASE("Each fate of a failure") {
  auto const journeys = cxm::reconstruct(stories, logs::fields());
  auto const fates = [&](auto... policies) {
    std::vector<service_fate> found;
    auto const fate = cxm::service_fate_of(lost, returned, policies...);
    for (auto const& journey : journeys) found.push_back(fate(journey));
    return found;
  };
  using fate = service_fate;
  CHECK(fates() == std::vector{fate::no_failure, fate::recovered, fate::recovered,
                               fate::not_recovered, fate::not_recovered});
  CHECK(fates(cxm::within{72h}) == std::vector{fate::no_failure, fate::recovered,
                                               fate::not_recovered, fate::not_recovered,
                                               fate::not_recovered});
  CHECK(fates(cxm::known_until{at(11 * day)}, cxm::within{72h}) ==
        std::vector{fate::no_failure, fate::recovered, fate::not_recovered, fate::not_recovered,
                    fate::pending});
  CHECK(fates(cxm::known_until{at(11 * day + 1)}, cxm::within{72h}).back() == fate::not_recovered);
}

TEST_CASE("The recovery paradox is a comparison of scores by fate") {
  auto const journeys = cxm::reconstruct(stories, logs::fields());
  auto const fate = cxm::service_fate_of(lost, returned, cxm::within{72h});
  auto const scores =
      cxm::measure(journeys, cxm::by(fate, cxm::on(cxm::last{&contact::score}, cxm::nps())));
  auto const groups = scores.result();
  CHECK(groups.names().front() == "service_fate within 72 h");
  CHECK(groups.at(service_fate::not_recovered).detractors == 2);
  auto const small =
      cxm::compare(groups.at(service_fate::recovered), groups.at(service_fate::no_failure));
  CHECK_THAT(*small.value, WithinAbs(100, 1e-12));

  // 200 without a failure: 80 promoters, 40 detractors, NPS 20; 50 recovered: 30 and 5, NPS 50.
  std::vector<contact> log;
  auto const add = [&](bool failed, int score) {
    int const customer = static_cast<int>(log.size());
    log.push_back({customer, at(0), failed ? 'l' : 'v'});
    log.push_back({customer, at(60), failed ? 'r' : 'v', {}, {}, score});
  };
  for (int i = 0; i < 200; ++i) add(false, i < 80 ? 10 : i < 120 ? 2 : 7);
  for (int i = 0; i < 50; ++i) add(true, i < 30 ? 9 : i < 35 ? 6 : 8);
  auto const many = cxm::reconstruct(log, logs::fields());
  auto const plan = cxm::by(fate, cxm::on(cxm::last{&contact::score}, cxm::nps()));
  auto const found = cxm::measure(many, plan).result();
  auto const paradox =
      cxm::compare(found.at(service_fate::recovered), found.at(service_fate::no_failure));
  CHECK(paradox.first_n == 50);
  CHECK_THAT(*paradox.value, WithinAbs(30, 1e-12));
  CHECK(paradox.interval->low > 0);
}

TEST_CASE("Fates of other failures don't merge, and the laws hold for groups by fate") {
  auto const log = logs::random(3, 90, 12, 400);
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end());
  using journey = std::remove_cvref_t<decltype(journeys[0])>;
  auto const plan = [](char failure) {
    cxm::reached const failed{failure};
    return cxm::bind<journey>(
        cxm::by(cxm::service_fate_of(failed, cxm::reached_after{failed, 'd'}, cxm::within{30min}),
                cxm::on(cxm::last{&contact::score}, cxm::nps())));
  };
  auto one = plan('a');
  CHECK_THROWS_AS(one.merge(plan('b')), std::invalid_argument);
  std::vector<journey> all;
  for (auto const& each : journeys) all.push_back(each);
  auto const laws = cxm::check_merge_laws(plan('a'), all, {1, 5, 256});
  INFO(laws.text());
  CHECK(laws.holds());
}
