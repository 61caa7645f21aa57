// SPDX-License-Identifier: BSL-1.0
// End-to-end against functional time on a real log of loan applications (BPI Challenge 2012): the
// columns case_id, activity, timestamp and transition on standard input.
//   gzip -dc events.csv.gz | build/examples/functional_times
// Work items (activities W_…) come as START and COMPLETE, which are folded into one contact each,
// first in, first out. Every other event is an instant of the system, of no known owner.
#include <cxm/io.hpp>
#include <cxm/journey.hpp>
#include <cxm/stats.hpp>

#include <fmt/core.h>

#include <chrono>
#include <cstdint>
#include <deque>
#include <exception>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using instant = std::chrono::sys_time<std::chrono::microseconds>;

struct work {
  std::string application;
  instant start;
  std::string activity;
  instant end;
  std::optional<std::string> step;  // the department of this log; empty: nobody knows
};

std::vector<work> read_log() {
  cxm::csv_reader reader(cxm::file_source("-"));
  auto const missing = reader.select({"case_id", "activity", "timestamp", "transition"});
  if (!missing.empty()) throw std::runtime_error("the log has no column " + missing.front());
  std::vector<work> log;
  std::map<std::pair<std::string, std::string>, std::deque<std::size_t>> started;
  while (reader.next()) {
    auto const time = cxm::parse_time(reader.field(2));
    if (!time) continue;
    work one{std::string(reader.field(0)), time->at, std::string(reader.field(1)), time->at, {}};
    auto& open = started[{one.application, one.activity}];
    if (reader.field(3) == "COMPLETE" && !open.empty()) {
      log[open.front()].end = time->at;
      log[open.front()].step = one.activity;
      open.pop_front();
      continue;
    }
    if (reader.field(3) == "START") open.push_back(log.size());
    log.push_back(std::move(one));
  }
  return log;
}

void print(std::vector<work> const& log) {
  auto const journeys =
      cxm::reconstruct(log, cxm::touchpoint_fields{&work::application, &work::start,
                                                   &work::activity, cxm::ends_at{&work::end}});
  auto const found = cxm::measure(journeys, cxm::time_ledger(&work::step)).result();

  // Sums are exact; an hour of the mean application is one rounding away from them.
  auto const hours = [&](auto const& part) {
    return part.sum ? static_cast<double>(part.sum->count()) / static_cast<double>(found.journeys) /
                          3.6e9
                    : 0.0;
  };
  auto const line = [](std::string const& name, std::string const& work, std::string const& own,
                       std::string const& whole) {
    fmt::print("{:<32} {:>8} {:>10} {:>12}\n", name, work, own, whole);
  };
  line("hours an application", "items", "functional", "of the whole");
  for (auto const& [step, one] : found.departments)
    if (step)
      line(*step, fmt::format("{}", one.contacts), fmt::format("{:.3f}", hours(one.functional)),
           fmt::format("{:.3f}", hours(one.alone)));
  line("overlap of steps", "", "", fmt::format("{:.3f}", hours(found.overlap)));
  line("hand-off wait", "", "", fmt::format("{:.3f}", hours(found.hand_off_wait)));
  line("unmeasured", "", "", fmt::format("{:.3f}", hours(found.unmeasured)));
  line("functional, end to end", "", fmt::format("{:.3f}", hours(found.functional)),
       fmt::format("{:.3f}", hours(found.end_to_end)));
  fmt::print("{} applications, flow efficiency {:.2f} %\n", found.journeys,
             100 * *found.flow_efficiency());
}

}  // namespace

int main() {
  try {
    print(read_log());
  } catch (std::exception const& problem) {
    fmt::print(stderr, "functional_times: {}\n", problem.what());
    return 3;
  }
}
