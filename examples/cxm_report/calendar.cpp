// SPDX-License-Identifier: BSL-1.0
#include "calendar.hpp"

#include <fmt/core.h>

namespace report {

using namespace std::chrono;

std::int64_t period_of(cxm::parsed_time const& time, cxm::any_zone const& zone, every length) {
  auto day = floor<days>(zone(time.at));
  if (length == every::week) day -= weekday(day) - Monday;
  if (length == every::month) {
    year_month_day const date(day);
    day = local_days(date.year() / date.month() / 1);
  }
  return day.time_since_epoch().count();
}

std::string label_of(std::int64_t period, every length) {
  local_days const first{days(period)};
  year_month_day const date(length == every::week ? first + days(3) : first);
  int const year = int(date.year());
  if (length == every::week) {
    auto const days_before = first + days(3) - local_days(date.year() / January / 1);
    return fmt::format("{:04}-W{:02}", year, days_before.count() / 7 + 1);
  }
  std::string const month = fmt::format("{:04}-{:02}", year, unsigned(date.month()));
  return length == every::month ? month : fmt::format("{}-{:02}", month, unsigned(date.day()));
}

}  // namespace report
