// SPDX-License-Identifier: BSL-1.0
// Promises that are moved: by hand, the published interval of Agresti & Min for paired shares, and
// on random journeys against two ledgers counted apart.
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/moving_target.hpp>
#include <cxm/journey/promise_ledger.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/testing/merge_laws.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <vector>

using namespace std::chrono_literals;
using namespace Catch::Matchers;
using logs::at;

namespace {

struct contact {
  int customer;
  logs::minutes when;
  char what;
  std::optional<logs::minutes> promised = std::nullopt;
};
auto fields() {
  return cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what};
}
auto const delivered = cxm::reached{'d'};

}  // namespace

TEST_CASE("A promise that is moved is late for the customer and on time for the company") {
  std::vector<contact> const log = {
      {1, at(0), 'o', at(50)},  {1, at(40), 'c', at(90)},
      {1, at(80), 'd'},                            // moved, then kept
      {2, at(0), 'o', at(50)},  {2, at(45), 'd'},  // kept
      {3, at(0), 'o', at(50)},  {3, at(40), 'c', at(60)},
      {3, at(80), 'd'},  // moved, late all the same
      {4, at(0), 'o', at(90)},  {4, at(10), 'c', at(40)},
      {4, at(80), 'd'},  // moved forward
      {5, at(0), 'o', at(50)},  {5, at(60), 'd'},
      {5, at(70), 'c', at(99)},                             // promised afterwards
      {6, at(0), 'o', at(50)},  {6, at(40), 'c', at(300)},  // moved out of sight
      {7, at(0), 'o'}};
  auto const journeys = cxm::reconstruct(log, fields());
  auto const found =
      cxm::measure(journeys, cxm::moving_target(&contact::promised, delivered,
                                                cxm::known_until{at(200)}, cxm::confidence{0.9}))
          .result();
  CHECK(found.customer.kept == 2);
  CHECK(found.customer.late == 3);
  CHECK(found.customer.unmet == 1);
  CHECK(found.customer.without_promise == 1);
  CHECK(found.company.kept == 2);
  CHECK(found.company.late == 3);
  CHECK(found.company.pending == 1);
  CHECK(found.promised_again == 4);
  CHECK(found.decided == 5);
  CHECK(found.only_company == 1);
  CHECK(found.only_customer == 1);
  CHECK(*found.difference == 0);
  CHECK(found.interval->level == cxm::confidence{0.9});
  CHECK(found.customer.on_time_share.interval->level == cxm::confidence{0.9});
}

TEST_CASE("The difference has the interval of a paired difference") {
  // 100 journeys: 30 are on time for the company alone, 10 for the customer alone. Agresti & Min:
  // half an answer is added to each of the four cells, (30 − 10)/102 ± 1.96 · √(41 − 20²/102)/102.
  std::vector<contact> log;
  auto const add = [&](int first, int last) {
    int const customer = static_cast<int>(log.size());
    log.push_back({customer, at(0), 'o', at(first)});
    log.push_back({customer, at(1), 'c', at(last)});
    log.push_back({customer, at(50), 'd'});
  };
  for (int i = 0; i < 30; ++i) add(40, 60);
  for (int i = 0; i < 10; ++i) add(60, 40);
  for (int i = 0; i < 35; ++i) add(60, 60);
  for (int i = 0; i < 25; ++i) add(40, 40);
  auto const journeys = cxm::reconstruct(log, fields());
  auto const found =
      cxm::measure(journeys, cxm::moving_target(&contact::promised, delivered)).result();
  CHECK_THAT(*found.difference, WithinAbs(0.2, 1e-15));
  CHECK_THAT(*found.company.on_time_share.value - *found.customer.on_time_share.value,
             WithinAbs(0.2, 1e-15));
  double const half = 1.959963984540054 * std::sqrt(41 - 20. * 20 / 102) / 102;
  CHECK_THAT(found.interval->low, WithinAbs(20. / 102 - half, 1e-12));
  CHECK_THAT(found.interval->high, WithinAbs(20. / 102 + half, 1e-12));
  std::vector<contact> const nothing;
  auto const none = cxm::reconstruct(nothing, fields());
  CHECK(cxm::measure(none, cxm::moving_target(&contact::promised, delivered))
            .result()
            .difference.why() == cxm::reason::no_data);
}

TEST_CASE("On random journeys both ledgers are those of the promises read one by one") {
  std::uint64_t moved = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    logs::numbers next(seed);
    std::vector<contact> log;
    for (int i = 0; i < 100; ++i) {
      contact one{next.below(15), at(next.below(200)), "ocd"[next.below(3)]};
      if (next.below(2) > 0) one.promised = one.when + std::chrono::minutes(next.below(90));
      log.push_back(one);
    }
    auto const journeys = cxm::reconstruct(log, fields());
    auto const found =
        cxm::measure(journeys, cxm::moving_target(&contact::promised, delivered)).result();
    std::uint64_t customer_kept = 0, company_kept = 0, again = 0, only_company = 0;
    for (auto const& journey : journeys) {
      std::optional<logs::minutes> first, last, done;
      for (auto const& one : journey)
        if (one.row().what == 'd' && !done) done = one.row().when;
      for (auto const& one : journey) {
        auto const promised = one.row().promised;
        if (!promised) continue;
        if (!first) first = promised;
        if (!done || one.time() < *done) last = promised;
      }
      again += first && last && *first != *last ? 1 : 0;
      bool const one = first && done && *done <= *first, two = last && done && *done <= *last;
      customer_kept += one ? 1 : 0;
      company_kept += two ? 1 : 0;
      only_company += first && last && done && !one && two ? 1 : 0;
    }
    REQUIRE(found.customer.kept == customer_kept);
    REQUIRE(found.company.kept == company_kept);
    REQUIRE(found.promised_again == again);
    REQUIRE(found.only_company == only_company);
    moved += only_company;
  }
  CHECK(moved > 50);
}

TEST_CASE("The laws of merge hold, and other promises don't merge") {
  logs::numbers next(4);
  std::vector<contact> log;
  for (int i = 0; i < 120; ++i) {
    contact one{next.below(25), at(next.below(200)), "ocd"[next.below(3)]};
    if (next.below(2) > 0) one.promised = one.when + std::chrono::minutes(next.below(90));
    log.push_back(one);
  }
  auto const journeys = cxm::reconstruct(log, fields());
  using journey = std::remove_cvref_t<decltype(journeys[0])>;
  std::vector<journey> all;
  for (auto const& each : journeys) all.push_back(each);
  auto const plan = [](auto... policies) {
    return cxm::bind<journey>(cxm::moving_target(&contact::promised, delivered, policies...));
  };
  auto const laws = cxm::check_merge_laws(plan(cxm::known_until{at(150)}), all, {1, 5, 256});
  INFO(laws.text());
  CHECK(laws.holds());
  auto one = plan(cxm::grace{1h});
  CHECK_THROWS_AS(one.merge(plan(cxm::grace{2h})), std::invalid_argument);
}
