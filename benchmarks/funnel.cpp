// SPDX-License-Identifier: BSL-1.0
//
// A funnel of four steps in seven days: from rows to the counts by a partition and scan written by
// hand, and over the journey store by a scan written by hand, against `cxm::funnel`.
#include <cxm/journey/reconstruct.hpp>
#include <cxm/path/funnel.hpp>
#include <cxm/stats/measure.hpp>

#include "events.hpp"
#include "funnel_by_hand.hpp"
#include "harness.hpp"

#include <chrono>
#include <functional>
#include <vector>

namespace {

using bench::event;

auto reconstructed(std::vector<event> const& log) {
  return cxm::reconstruct(
      log, cxm::touchpoint_fields{&event::customer, &event::when, &event::touchpoint});
}

auto question() {
  constexpr auto at = bench::funnel_steps;
  return cxm::funnel(at[0], at[1], at[2], at[3]);
}

template <class Measured>
std::uint64_t checked(Measured const& measured) {
  bench::checksum check;
  for (auto const& one : measured.result().steps) check.add(one.count);
  return check.value();
}

/// The same scan as by hand, over the columns of the store.
template <class Store>
std::uint64_t scanned(Store const& store) {
  bench::funnel_counter counter;
  for (std::size_t i = 0; i < store.size(); ++i) {
    auto const journey = store[i];
    std::size_t const first = journey.first_position();
    counter.scan(
        journey.size(), [&](std::size_t at) { return store.touchpoint_at(first + at); },
        [&](std::size_t at) { return store.time_at(first + at).time_since_epoch().count(); });
  }
  return counter.checked();
}

using contest = bench::contest<std::function<std::uint64_t()>>;

}  // namespace

int main(int argc, char** argv) {
  auto const settings = bench::read_settings(argc, argv);
  auto const log = bench::make_events(settings.events);

  contest whole("A funnel, from rows of 32 bytes to the counts", log.size());
  whole.add("partition and scan by hand", [&] { return bench::funnel_by_hand(log).checked(); });
  whole.add("cxm::reconstruct and cxm::measure",
            [&] { return checked(cxm::measure(reconstructed(log), question())); });
  whole.run(settings.turns);

  auto const store = reconstructed(log);
  auto const measured = cxm::measure(store, question()).result();
  for (auto const& one : measured.steps)
    std::printf("%llu ", static_cast<unsigned long long>(one.count));
  std::printf("of %zu customers\n", store.customers());
  contest pass("A further pass over the store", log.size());
  pass.add("scan by hand", [&] { return scanned(store); });
  pass.add("cxm::measure, static steps", [&] { return checked(cxm::measure(store, question())); });
  constexpr auto at = bench::funnel_steps;
  std::vector<std::uint16_t> const listed(at.begin(), at.end());
  pass.add("cxm::measure, run-time steps",
           [&] { return checked(cxm::measure(store, cxm::funnel(listed))); });
  pass.run(settings.turns);
}
