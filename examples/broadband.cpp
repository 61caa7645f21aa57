// SPDX-License-Identifier: BSL-1.0
// One broadband order, from the shop to the first light on the router. Every department measures
// its own hours and looks fast; the customer lives through all of them, and the hours between.
#include <cxm/core/posix_zone.hpp>
#include <cxm/journey.hpp>
#include <cxm/stats.hpp>

#include <fmt/core.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace std::chrono_literals;

namespace {

using instant = std::chrono::sys_time<std::chrono::minutes>;

struct contact {  // your own struct
  int order;
  instant start;
  std::string what;
  std::optional<instant> end;
  std::optional<std::string> department;
  bool customer = false;  // the customer's own doing
};

/// Hours since the order, which was placed on a Tuesday at eight.
instant at(int hour) {
  return std::chrono::sys_days(std::chrono::year(2024) / 3 / 5) + 8h + hour * 1h;
}

double hours(auto time) {
  return std::chrono::duration<double, std::ratio<3600>>(time).count();
}

void print(auto const& ledger) {
  for (auto const& one : ledger.departments)
    if (one.department)
      fmt::print("  {:<18} {:5.0f} h by its own measure, {:5.0f} h of the whole\n", *one.department,
                 hours(one.functional), hours(one.alone));
  fmt::print("  {:<18} {:35.0f} h\n", "overlap", hours(ledger.overlap));
  fmt::print("  {:<18} {:35.0f} h\n", "hand-off wait", hours(ledger.hand_off_wait));
  fmt::print("  {:<18} {:35.0f} h\n", "customer wait", hours(ledger.customer_wait));
  fmt::print("  {:<18} {:35.0f} h\n", "unmeasured", hours(ledger.unmeasured));
  fmt::print("  {:<18} {:5.0f} h                 {:11.0f} h\n", "end to end",
             hours(ledger.functional), hours(ledger.end_to_end));
}

}  // namespace

int main() {
  std::vector<contact> log = {{1, at(0), "order", at(1), "sales"},
                              {1, at(5), "credit check", at(7), "back office"},
                              {1, at(48), "visit", at(52), "field"},
                              {1, at(50), "set up account", at(53), "billing"},
                              {1, at(53), "activated", {}, {}}};
  auto const fields = cxm::touchpoint_fields{&contact::order, &contact::start, &contact::what,
                                             cxm::ends_at{&contact::end}};
  auto const to_activation = cxm::between_milestones{cxm::start_time, cxm::reached{"activated"}};
  auto const rules = cxm::ledger_of(&contact::department, to_activation);

  auto const journeys = cxm::reconstruct(log, fields);
  auto const ledger = *rules(journeys[0]);
  fmt::print("From order to activation:\n");
  print(ledger);
  fmt::print("Flow efficiency {:.3f}, parallelism {:.2f}: at work {:.0f} h of {:.0f}.\n",
             *ledger.flow_efficiency(), *ledger.parallelism(), hours(ledger.touch),
             hours(ledger.end_to_end));

  auto const seams = cxm::measure(journeys, cxm::hand_over_matrix(&contact::department)).result();
  fmt::print("\n{} hand-overs, {} of them straight back:\n", seams.hand_overs, seams.ping_pongs);
  for (auto const& [seam, found] : seams.seams)
    fmt::print("  {} to {}: waited {:.0f} h\n", std::get<0>(seam), std::get<1>(seam),
               hours(*found.wait.sum));

  // Nobody works at night, says the firm: the same ledger in its business hours, on the clocks of
  // Warsaw.
  cxm::work_calendar office(cxm::posix_zone("CET-1CEST,M3.5.0,M10.5.0/3"));
  office.open(cxm::monday_to_friday, 8h, 18h).closed_on(std::chrono::year(2024) / 3 / 6);
  fmt::print("\nIn business hours, with a holiday on the second day:\n");
  print(*rules.with(cxm::during{office})(journeys[0]));

  // And part of it was waiting for the customer, who chose the day of the visit on the first
  // evening.
  log.push_back({1, at(12), "chose a day", {}, {}, true});
  auto const whole = cxm::reconstruct(log, fields);
  fmt::print("\nKnowing that the customer chose a day after 12 hours:\n");
  print(*rules.with(cxm::customer_side{&contact::customer})(whole[0]));
}
