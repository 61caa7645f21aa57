// SPDX-License-Identifier: BSL-1.0
// The facts of a journey: each is a field with a name, goes into groups and sums, and is what one
// reads off the journey by hand.
#include <cxm/journey/facts.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/quantiles.hpp>

#include "catch.hpp"
#include "logs.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace std::chrono_literals;
using logs::at;

namespace {

enum class stage : std::uint8_t { search, buy, use };
struct contact {
  int customer;
  logs::minutes when;
  char what;
  std::optional<stage> reached = std::nullopt;
  std::optional<char> channel = std::nullopt;
  std::optional<logs::minutes> promised = std::nullopt;
  std::optional<logs::minutes> kept_at = std::nullopt;
  std::optional<int> valence = std::nullopt;
  std::optional<char> office = std::nullopt;
  std::optional<cxm::contact_mode> mode = std::nullopt;
};
std::vector<contact> const visited = {
    {1, at(0), 'a', stage::search, 'w', {}, {}, 1, 'S', cxm::contact_mode::digital},
    {1, at(10), 'b', stage::use, 'p', at(60), at(70), -3, 'B', cxm::contact_mode::human},
    {1, at(20), 'a', stage::buy, 'p', at(80), at(80), {}},
    {1, at(50), 'c', {}, 'w', at(90), at(99), 2, 'S', {}},
    {2, at(0), 'a', {}, {}, {}, {}, {}},
};
auto journeys_of(std::vector<contact> const& rows) {
  return cxm::reconstruct(
      rows, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::what});
}
auto facts() {
  auto const promise = cxm::promise_of(&contact::promised, &contact::kept_at);
  auto const channel = cxm::field<"channel">(&contact::channel);
  auto const valence = cxm::field<"valence">(&contact::valence);
  return std::tuple(cxm::cycle_time, cxm::contacts, cxm::switches{channel}, cxm::repeats,
                    cxm::stage_reached{cxm::field<"stage">(&contact::reached)},
                    cxm::broken_promises{promise},
                    cxm::effort(cxm::cost{1, cxm::contacts}, cxm::cost{3, cxm::repeats}),
                    cxm::worst(valence), cxm::hand_overs(&contact::office),
                    cxm::ping_pongs(&contact::office), cxm::journey_mode(&contact::mode));
}

}  // namespace

TEST_CASE("The facts of a journey, read by hand") {
  auto const journeys = journeys_of(visited);
  auto const [took, n, switched, again, furthest, broken, toil, low, handed, back, mode] = facts();
  auto const& one = journeys[0];
  CHECK(took(one) == 50min);
  CHECK(n(one) == 4);
  CHECK(switched(one) == 2);
  CHECK(again(one) == 1);
  CHECK(furthest(one) == stage::use);  // not where it stopped
  CHECK(broken(one) == 2);
  CHECK(toil(one) == 7);
  CHECK(low(one) == -3);
  CHECK(handed(one) == 2);
  CHECK(back(one) == 1);
  CHECK(mode(one) == cxm::contact_mode::human);
  auto const& other = journeys[1];
  CHECK_FALSE(furthest(other));
  CHECK(broken(other) == 0);
  CHECK_FALSE(low(other));
}

TEST_CASE("Every fact has a name of its own and goes into groups") {
  auto const journeys = journeys_of(visited);
  std::vector<std::string> names;
  std::apply(
      [&](auto const&... fact) {
        (names.emplace_back(cxm::name_of(fact)), ...);
        auto const found =
            cxm::measure(journeys, cxm::all(cxm::by(fact, cxm::count())...)).result();
        std::apply([&](auto const&... groups) { CHECK(((groups.size() == 2) && ...)); }, found);
      },
      facts());
  CHECK(names == std::vector<std::string>{"cycle_time", "contacts", "switches channel", "repeats",
                                          "furthest stage", "broken promise", "effort",
                                          "worst valence", "hand_overs", "ping_pongs",
                                          "journey_mode"});
}
