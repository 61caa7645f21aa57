// SPDX-License-Identifier: BSL-1.0
// The worked example of B14: 100 journeys, 30 digital, 50 with a human, 20 that nobody knows.
#include <cxm/core/save.hpp>
#include <cxm/journey/contactless.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "logs.hpp"

using namespace Catch::Matchers;
using enum cxm::contact_mode;

namespace {

struct visit {
  int customer;
  logs::minutes when;
  int what;
  std::optional<cxm::contact_mode> mode;
  bool seen = true;
  std::optional<bool> called = std::nullopt;
};
auto reconstructed(std::vector<visit> const& log) {
  return cxm::reconstruct(log,
                          cxm::touchpoint_fields{&visit::customer, &visit::when, &visit::what});
}

}  // namespace

TEST_CASE("Worked example B14: share .375 of those known, between .30 and .50 of all") {
  std::vector<visit> log;
  for (int i = 0; i < 100; ++i) {
    log.push_back({i, logs::at(i), 1, digital});
    if (i >= 30 && i < 80) log.push_back({i, logs::at(i + 1), 2, i % 2 == 0 ? human : mixed});
    if (i >= 70)
      log.push_back({i, logs::at(i + 2), 3, i % 2 == 0 ? std::nullopt : std::optional(unknown)});
  }
  auto const journeys = reconstructed(log);
  auto const found = cxm::measure(journeys, cxm::contactless(&visit::mode)).result();
  CHECK(found.digital == 30);
  CHECK(found.human == 50);
  CHECK(found.unknown == 20);
  CHECK(found.left_out == 0);
  CHECK_THAT(*found.contactless.value, WithinAbs(0.375, 1e-15));
  CHECK_THAT(found.bounds->low, WithinAbs(0.30, 1e-15));
  CHECK_THAT(found.bounds->high, WithinAbs(0.50, 1e-15));
  auto const modes =
      cxm::measure(journeys, cxm::by(cxm::journey_mode(&visit::mode), cxm::count())).result();
  CHECK(modes.at(human) == 50);
  CHECK(modes.at(digital) == 30);
}

TEST_CASE("What the customer does not see says nothing, and human contacts are counted") {
  std::vector<visit> const log = {{1, logs::at(0), 1, digital},
                                  {1, logs::at(1), 2, human, false},
                                  {2, logs::at(0), 1, human, false},
                                  {3, logs::at(0), 1, human, true, true},
                                  {3, logs::at(1), 1, human, true, false},
                                  {3, logs::at(2), 1, digital}};
  auto const journeys = reconstructed(log);
  auto const found =
      cxm::measure(journeys, cxm::contactless(&visit::mode, cxm::only_front{&visit::seen}))
          .result();
  CHECK(found.digital == 1);
  CHECK(found.human == 1);
  CHECK(found.left_out == 1);
  CHECK(cxm::measure(journeys, cxm::contactless(&visit::mode)).result().human == 3);
  for (auto const& journey : journeys)
    if (journey.customer() == 3) {
      CHECK(cxm::contacts_that{&visit::called}(journey) == 1);
      CHECK(cxm::contacts_that{[](visit const& one) { return one.mode == human; }}(journey) == 2);
    }
  CHECK(cxm::measure(reconstructed({}), cxm::contactless(&visit::mode))
            .result()
            .contactless.value.why() == cxm::reason::no_data);
}

TEST_CASE("Counts of contactless journeys keep the merge laws") {
  logs::numbers next(2);
  std::vector<visit> log;
  for (int i = 0; i < 300; ++i)
    log.push_back({next.below(120), logs::at(i), 1,
                   static_cast<cxm::contact_mode>(next.below(3) == 0 ? next.below(4) : 1)});
  auto const store = reconstructed(log);
  std::vector<decltype(store)::value_type> const journeys(store.begin(), store.end());
  auto const report = cxm::check_merge_laws(cxm::contactless(&visit::mode), journeys,
                                            {.seed = 3, .rounds = 3, .bytes_to_flip = 500});
  INFO(report.text());
  CHECK(report.holds());
}
