// SPDX-License-Identifier: BSL-1.0
// News while waiting: by hand, and on random journeys against minutes painted one by one.
#include <cxm/journey/contact_choice.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/waiting.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

using namespace std::chrono_literals;
using logs::at;
using logs::contact;

namespace {

bool is_news(contact const& one) {
  return one.what == 'n';
}
auto const ordered = cxm::reached{'o'};
auto const delivered = cxm::reached{'d'};
auto const news = cxm::contacts_between{ordered, delivered, is_news};
auto const silence = cxm::longest_silence{ordered, delivered, is_news};
auto const after = cxm::contacts_since{ordered, is_news};

}  // namespace

TEST_CASE("Progress contacts lie between the promise and the delivery") {
  std::vector<contact> const log = {
      {1, at(0), 'n'},  {1, at(10), 'o'}, {1, at(10), 'n'}, {1, at(20), 'n'},  {1, at(30), 'c'},
      {1, at(60), 'n'}, {1, at(99), 'd'}, {1, at(99), 'n'}, {1, at(120), 'n'}, {2, at(0), 'n'},
      {3, at(0), 'o'},  {3, at(40), 'n'}, {3, at(90), 'c'}, {4, at(0), 'd'},   {4, at(5), 'o'},
  };
  auto const journeys = cxm::reconstruct(log, logs::fields());
  CHECK(news(journeys[0]) == 2);
  CHECK(silence(journeys[0]) == 40min);
  CHECK(after(journeys[0]) == 5);
  CHECK_FALSE(news(journeys[1]));
  CHECK_FALSE(silence(journeys[1]));
  CHECK_FALSE(after(journeys[1]));
  CHECK(news(journeys[2]) == 1);  // still waiting
  CHECK(silence(journeys[2]) == 50min);
  CHECK(news(journeys[3]) == 0);  // delivered before it was ordered
  CHECK_FALSE(silence(journeys[3]));
  auto const groups = cxm::measure(journeys, cxm::by(news, cxm::count())).result();
  CHECK(groups.at(std::nullopt) == 1);
  CHECK(groups.at(2) == 1);
}

TEST_CASE("A predicate that says nothing does not hold, and a name is taken on") {
  struct event {
    int customer;
    logs::minutes when;
    char what;
    std::optional<bool> by_brand;
  };
  std::vector<event> const log = {
      {1, at(0), 'o', {}}, {1, at(1), 'x', true}, {1, at(2), 'x', {}}, {1, at(3), 'x', false}};
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&event::customer, &event::when, &event::what});
  auto const by_brand = cxm::field<"by brand">(&event::by_brand);
  cxm::contacts_between const told{ordered, delivered, by_brand};
  CHECK(told(journeys[0]) == 1);
  CHECK(told.name() == "contacts between: by brand");
  CHECK(told == cxm::contacts_between{ordered, delivered, by_brand});
  CHECK_FALSE(told == cxm::contacts_between{delivered, delivered, by_brand});
}

TEST_CASE("On random journeys news and silence are those of painted minutes") {
  std::uint64_t silent = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    logs::numbers next(seed);
    auto log = logs::random(seed, 120, 12, 240);
    for (auto& one : log) one.what = "ondnn"[next.below(5)];
    auto const journeys = cxm::reconstruct(log, logs::fields_with_end());
    for (auto const& journey : journeys) {
      auto const from = ordered(journey), to = delivered(journey);
      if (!from || (to && *to < *from)) {
        REQUIRE_FALSE(silence(journey));
        continue;
      }
      auto const until = to ? *to : std::max(*from, journey.ended());
      std::uint64_t heard = 0;
      int longest = 0, run = 0;
      for (auto minute = *from; minute < until; minute += 1min) {
        bool open = false, starts = false;
        for (auto const& one : journey) {
          if (one.touchpoint() != 'n') continue;
          open = open || (one.time() <= minute && minute < one.ended());
          starts = starts || (one.time() == minute && minute > *from);
          heard += one.time() == minute && minute > *from ? 1 : 0;
        }
        if (starts) run = 0;  // also a contact of no length ends a silence
        run = open ? 0 : run + 1;
        longest = std::max(longest, run);
      }
      if (!to) {  // the last minute is within where nothing was delivered
        for (auto const& one : journey)
          heard += one.touchpoint() == 'n' && one.time() == until && until > *from ? 1 : 0;
      }
      REQUIRE(silence(journey) == std::chrono::minutes(longest));
      REQUIRE(news(journey) == heard);
      silent += longest > 0 ? 1 : 0;
    }
  }
  CHECK(silent > 500);
}
