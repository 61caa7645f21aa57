// SPDX-License-Identifier: BSL-1.0
// The worked example of B13: 100 cases resolved, 18 of them came back within seven days.
#include <cxm/core/save.hpp>
#include <cxm/journey/first_contact_resolution.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <stdexcept>

using namespace std::chrono_literals;
using namespace Catch::Matchers;
using logs::at;
using logs::contact;

namespace {

bool is_resolved(contact const& one) {
  return one.what == 'r';
}
bool is_service(contact const& one) {
  return one.what == 's';
}
constexpr int day = 24 * 60;

auto counted(std::vector<contact> const& log, auto... policies) {
  auto const journeys = cxm::reconstruct(log, logs::fields_with_end());
  return cxm::measure(journeys,
                      cxm::first_contact_resolution(is_resolved, is_service, policies...));
}

}  // namespace

TEST_CASE("Worked example B13: 100 resolved, 18 repeated: FCR .82 (.733 to .883)") {
  std::vector<contact> log;
  for (int i = 0; i < 100; ++i) {
    log.push_back({i, at(0), 's'});
    log.push_back({i, at(10), 'r'});
    if (i < 18) log.push_back({i, at(10 + 6 * day), 's'});
  }
  auto const found = counted(log).result();
  CHECK(found.resolved == 100);
  CHECK(found.repeated == 18);
  CHECK_THAT(*found.first_contact.value, WithinAbs(0.82, 1e-15));
  CHECK_THAT(found.first_contact.interval->low, WithinAbs(0.733, 5e-4));
  CHECK_THAT(found.first_contact.interval->high, WithinAbs(0.883, 5e-4));
}

TEST_CASE("A case is closed only once the limit has passed, and counts once") {
  std::vector<contact> const log = {
      {1, at(0), 'r'},                                     // long ago: stayed
      {2, at(20 * day), 'r'},                              // pending
      {3, at(20 * day), 'r'}, {3, at(20 * day + 5), 's'},  // came back at once
      {4, at(0), 'r'},        {4, at(8 * day), 's'},       // too late to be a repeat
      {5, at(0), 'r'},        {5, at(7 * day), 's'},       // on the stroke: a repeat
      {6, at(0), 's'},                                     // nothing resolved
      {7, at(0), 'r'},        {7, at(day), 'r'},
      {7, at(2 * day), 's'},  {8, at(0), 'r', at(9)},
      {8, at(5), 's'}};  // began before it was resolved
  auto const found = counted(log, cxm::known_until{at(21 * day)}).result();
  CHECK(found.unresolved == 1);
  CHECK(found.pending == 1);
  CHECK(found.repeated == 3);
  CHECK(found.resolved == 6);
  CHECK(counted(log).result().pending == 0);
  CHECK(counted(log, cxm::within{9 * 24h}).result().repeated == 4);
  CHECK(counted({}).result().first_contact.value.why() == cxm::reason::no_data);
}

TEST_CASE("Counts of resolutions keep the merge laws, and do not mix limits") {
  auto log = logs::random(8, 200, 60, 40 * day);
  for (auto& one : log) one.what = one.what == 'a' ? 'r' : 's';
  auto const store = cxm::reconstruct(log, logs::fields_with_end());
  std::vector<decltype(store)::value_type> const journeys(store.begin(), store.end());
  auto const report = cxm::check_merge_laws(
      cxm::first_contact_resolution(is_resolved, is_service, cxm::known_until{at(38 * day)}),
      journeys, {.seed = 3, .rounds = 3, .bytes_to_flip = 500});
  INFO(report.text());
  CHECK(report.holds());
  auto a = counted(log, cxm::within{24h});
  auto const b = counted(log, cxm::within{48h});
  CHECK_THROWS_AS(a.merge(b), std::invalid_argument);
  CHECK_THROWS_AS(cxm::load(a, cxm::save(b)), cxm::bad_state);
}
