// SPDX-License-Identifier: BSL-1.0
//
// Journeys of a stream against those of a batch, to the same plan; then one customer with all
// events, and as many customers as events.
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/reconstruct.hpp>
#include <cxm/journey/stream.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>

#include "events.hpp"
#include "harness.hpp"

#include <chrono>
#include <functional>

namespace {

using bench::event;
using namespace std::chrono_literals;

cxm::touchpoint_fields const fields{&event::customer, &event::when, &event::touchpoint};

auto plan() {
  return cxm::on(cxm::cycle_time, cxm::moments());
}
template <class Plan>
std::uint64_t checked(Plan const& counted) {
  bench::checksum check;
  check.add(counted.inner().result().n);
  check.add(static_cast<std::uint64_t>(counted.inner().sum()));
  return check.value();
}
std::uint64_t in_batch(std::vector<event> const& log) {
  return checked(cxm::measure(cxm::reconstruct(log, fields, cxm::after_silence{30min}), plan()));
}
std::uint64_t in_stream(std::vector<event> const& log) {
  auto live = cxm::stream(fields, cxm::after_silence{30min}, plan(), cxm::out_of_order_by{2h},
                          cxm::allowed_lateness{1h});
  for (auto const& one : log) live.add(one);
  live.finish();
  if (live.counts().too_late > 0)
    std::printf("%zu too late\n", std::size_t(live.counts().too_late));
  return checked(live.plan());
}

void compare(std::string title, std::vector<event> const& log, int turns) {
  bench::contest<std::function<std::uint64_t()>> race(std::move(title), log.size());
  race.add("reconstruct and measure", [&] { return in_batch(log); });
  race.add("stream", [&] { return in_stream(log); });
  race.run(turns);
  std::printf("  peak memory of the stream: %.1f MB\n",
              static_cast<double>(bench::peak_memory_of([&] { in_stream(log); })) / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
  auto const settings = bench::read_settings(argc, argv);
  auto log = bench::make_events(settings.events);
  compare("Many customers, 1 % out of order", log, settings.turns);
  for (auto& one : log) one.customer = 1;
  compare("One customer", log, settings.turns);
  std::uint64_t next = 0;
  for (auto& one : log) one.customer = ++next;
  compare("As many customers as events", log, settings.turns);
}
