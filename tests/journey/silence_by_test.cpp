// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/endings.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/silence_by.hpp>

#include "catch.hpp"
#include "logs.hpp"

using namespace std::chrono_literals;

namespace {

enum class channel { web, post, store };
struct contact {
  int customer;
  std::chrono::sys_time<std::chrono::minutes> when;
  int what;
  std::optional<channel> by;
};
auto fields() {
  return cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what};
}
auto usual() {
  return cxm::after_silence_by{&contact::by,
                               std::vector{std::pair{channel::web, cxm::usual_gap::web},
                                           std::pair{channel::post, cxm::usual_gap::post}},
                               24h};
}
std::size_t journeys(std::optional<channel> first, std::chrono::minutes silence,
                     std::optional<channel> second) {
  std::vector<contact> const log = {{1, logs::at(0), 0, first},
                                    {1, logs::at(0) + silence, 0, second}};
  return cxm::reconstruct(log, fields(), usual()).size();
}

}  // namespace

TEST_CASE("B5: the slower channel of the two rules") {
  CHECK(journeys(channel::web, 30min, channel::web) == 1);
  CHECK(journeys(channel::web, 31min, channel::web) == 2);
  CHECK(journeys(channel::web, 14 * 24h, channel::post) == 1);
  CHECK(journeys(channel::post, 14 * 24h, channel::web) == 1);
  CHECK(journeys(channel::post, 14 * 24h + 1min, channel::web) == 2);
}

TEST_CASE("A channel that is not in the table, or not known, has the gap of the rest") {
  CHECK(journeys(channel::store, 24h, channel::web) == 1);
  CHECK(journeys(std::nullopt, 24h, channel::web) == 1);
  CHECK(journeys(std::nullopt, 24h + 1min, std::nullopt) == 2);
}

TEST_CASE("The defaults are those of the field's rules of thumb") {
  CHECK(cxm::usual_gap::web == 30min);
  CHECK(cxm::usual_gap::chat == 1h);
  CHECK(cxm::usual_gap::phone == 72h);
  CHECK(cxm::usual_gap::email == 7 * 24h);
  CHECK(cxm::usual_gap::post == 14 * 24h);
  CHECK(cxm::usual_gap::field == 14 * 24h);
  CHECK(cxm::usual_gap::journey == 30 * 24h);
}

TEST_CASE("Time ends a journey when the slowest channel could not go on") {
  std::vector<contact> const log = {{1, logs::at(0), 0, channel::web}};
  auto const ends = [&](std::chrono::minutes seen) {
    auto const all = cxm::reconstruct(log, fields(), usual(), cxm::known_until{logs::at(0) + seen});
    return cxm::ending(all[0]);
  };
  CHECK(ends(14 * 24h) == cxm::journey_end::open);
  CHECK(ends(14 * 24h + 1min) == cxm::journey_end::abandoned);
}
