// SPDX-License-Identifier: BSL-1.0
//
// How `reconstruct` grows, against a hand-written partition and scan of the same rows: logs of a
// tenth, of all and of three times the events, one customer who has all of them, and as many
// customers as events. `journeys_growth [events [turns]]`, by default 10,000,000 and 7; three times
// the default takes 3 GB.
#include <cxm/journey/reconstruct.hpp>

#include "events.hpp"
#include "harness.hpp"
#include "journeys_by_hand.hpp"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace {

using bench::event;

std::uint64_t by_hand(std::vector<event> const& log) {
  return bench::journeys_by_hand(log).answers().duration.n;
}
std::uint64_t by_cxm(std::vector<event> const& log) {
  return cxm::reconstruct(log,
                          cxm::touchpoint_fields{&event::customer, &event::when, &event::touchpoint,
                                                 cxm::keep{&event::score}},
                          cxm::after_silence{std::chrono::minutes{30}})
      .size();
}

/// One log, both ways. Nanoseconds an event that cxm takes.
double measured(std::string title, std::vector<event> const& log, int turns) {
  bench::contest<std::uint64_t (*)()> contest(std::move(title), log.size());
  static std::vector<event> const* rows = nullptr;
  rows = &log;
  contest.add("partition and scan by hand", [] { return by_hand(*rows); });
  contest.add("cxm::reconstruct", [] { return by_cxm(*rows); });
  return contest.run(turns).back();
}

/// The same events, of other customers: `customer(i)` is whose the i-th is.
template <class Customer>
std::vector<event> of_customers(std::vector<event> log, Customer const& customer) {
  for (std::size_t i = 0; i < log.size(); ++i) log[i].customer = customer(i);
  return log;
}

void compare(char const* what, double found, double usual) {
  std::printf("    cxm, an event: x %.2f of %s\n", found / usual, what);
}

}  // namespace

int main(int argc, char** argv) {
  auto const settings = bench::read_settings(argc, argv);
  std::size_t const n = settings.events;
  double const tenth = measured("A tenth", bench::make_events(n / 10), settings.turns);
  double usual = 0;
  {
    auto const log = bench::make_events(n);
    usual = measured("All", log, settings.turns);
    compare("a tenth of the events", usual, tenth);
    auto const one = of_customers(log, [](std::size_t) { return std::uint64_t{1}; });
    compare("the usual log", measured("One customer", one, settings.turns), usual);
  }
  {
    auto const each = of_customers(bench::make_events(n),
                                   [](std::size_t i) { return bench::random::mix(i + 1); });
    compare("the usual log", measured("A customer an event", each, settings.turns), usual);
  }
  double const triple = measured("Three times", bench::make_events(3 * n), settings.turns);
  compare("a thirtieth of the events", triple, tenth);
}
