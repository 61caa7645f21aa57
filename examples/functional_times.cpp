// SPDX-License-Identifier: BSL-1.0
// End-to-end against functional time on a real log of loan applications (BPI Challenge 2012): the
// columns case_id, activity, timestamp and transition on standard input.
//   gzip -dc events.csv.gz | build/examples/functional_times
// Work items (activities W_…) come as START and COMPLETE, which are folded into one contact each,
// first in, first out. Every other event is an instant of the system, of no known owner.
#include <cxm/event.hpp>
#include <cxm/io.hpp>
#include <cxm/journey.hpp>
#include <cxm/stats.hpp>

#include <fmt/core.h>

#include <chrono>
#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using instant = std::chrono::sys_time<std::chrono::microseconds>;

struct row {
  std::string application;
  instant time;
  std::string activity;
  cxm::lifecycle part;
};

/// The department of this log: the activity of a work item that was completed. Of all other rows
/// nobody knows whose they are.
struct step_of_work {
  using reads_folded = void;
  template <class Event>
  std::optional<std::string_view> operator()(Event const& event) const {
    if (event.kind() != cxm::folding::whole) return std::nullopt;
    return event.first_row().activity;
  }
};

std::vector<row> read_log() {
  cxm::csv_reader reader(cxm::file_source("-"));
  auto const missing = reader.select({"case_id", "activity", "timestamp", "transition"});
  if (!missing.empty()) throw std::runtime_error("the log has no column " + missing.front());
  std::vector<row> log;
  while (reader.next())
    if (auto const time = cxm::parse_time(reader.field(2)))
      log.push_back({std::string(reader.field(0)), time->at, std::string(reader.field(1)),
                     cxm::lifecycle_of(reader.field(3))});
  return log;
}

void print(std::vector<row> const& log) {
  auto const contacts = cxm::fold_lifecycle(
      log, cxm::touchpoint_fields{&row::application, &row::time, &row::activity}, &row::part);
  auto const journeys = cxm::reconstruct(
      contacts, cxm::touchpoint_fields{&row::application, &row::time, &row::activity,
                                       cxm::ends_at{cxm::folded_end}});
  auto const found = cxm::measure(journeys, cxm::time_ledger(step_of_work{})).result();

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
