// SPDX-License-Identifier: BSL-1.0
// Journeys while events come: a late call joins two sessions, another comes too late, and the
// program is stopped and goes on from its checkpoint as if nothing had been.
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/stream.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>

#include <fmt/core.h>

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

using namespace std::chrono_literals;

// The application's own event. `describe` lets a checkpoint save those that are still pending.
struct call {
  static constexpr std::string_view type_name = "call";
  std::uint64_t customer = 0;
  std::chrono::sys_seconds when{};
  int channel = 0;

  static void describe(auto& self, auto& visit) {
    visit.state("customer", self.customer);
    visit.state("when", self.when);
    visit.state("channel", self.channel);
  }
};

int main() {
  auto const at = [](int minute) {
    return std::chrono::sys_seconds{} + std::chrono::minutes(minute);
  };
  std::vector<call> const arriving = {{1, at(0), 1},   {2, at(5), 1},
                                      {1, at(50), 2},  {1, at(25), 1},  // late: joins 0 and 50
                                      {2, at(130), 2}, {1, at(10), 3},  // too late
                                      {1, at(200), 1}};

  auto const made = [] {
    return cxm::stream(cxm::touchpoint_fields{&call::customer, &call::when, &call::channel},
                       cxm::after_silence{30min}, cxm::on(cxm::contacts, cxm::moments()),
                       cxm::out_of_order_by{10min}, cxm::allowed_lateness{20min},
                       cxm::late_to{[](call const& which, cxm::stream_notice) {
                         fmt::print("too late: customer {}, minute {}\n", which.customer,
                                    which.when.time_since_epoch() / 1min);
                       }});
  };

  auto live = made();
  for (std::size_t i = 0; i < 4; ++i) live.add(arriving[i]);
  auto const checkpoint = cxm::save(live);

  auto resumed = cxm::load(made(), checkpoint);
  for (std::size_t i = 4; i < arriving.size(); ++i) resumed.add(arriving[i]);
  fmt::print("final so far: {} journeys; were it over now: {}\n", resumed.result().n,
             resumed.early_result().n);
  resumed.finish();
  fmt::print("{} events, {} late, {} too late: {} journeys of {:.2f} contacts\n",
             resumed.counts().events, resumed.counts().late, resumed.counts().too_late,
             resumed.result().n, *resumed.result().mean);
}
