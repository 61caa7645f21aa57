// SPDX-License-Identifier: BSL-1.0
//
// cxm_report scores by month on a public data set, against figures computed independently.
#include "catch.hpp"
#include "report_program.hpp"

#include <cmath>
#include <cstdlib>
#include <string>

using namespace Catch::Matchers;
using namespace report_program;

TEST_CASE("cxm_report on nps_bank2021 by month: scores, errors, Wald intervals and changes") {
  char const* const data = std::getenv("CXM_DATA");
  if (data == nullptr || !program()) {
    WARN("skipped: CXM_DATA and CXM_EXAMPLES name the data sets and the programs");
    return;
  }
  std::string const folder = std::string(data) + "/nps_bank2021";
  json truth;
  boost::property_tree::read_json(folder + "/truth.json", truth);
  auto const found =
      answer("scores --in '" + folder + "/nps_bank2021.csv' --score nps_score " +
             "--scale 0:10 --metric nps --interval wald --time survey_date " + "--every month");
  auto const& months = truth.get_child("by_month");
  auto const& periods = found.get_child("periods");
  REQUIRE(periods.size() == months.size());
  json const* before = nullptr;
  for (auto const& [none, period] : periods) {
    auto const name = period.get<std::string>("period");
    INFO(name);
    auto const& month = months.get_child(json::path_type(name, '\0'));
    for (char const* const count : {"n", "promoters", "passives", "detractors"})
      CHECK(period.get<long>(count) == month.get<long>(count));
    CHECK_THAT(number(period, "value"), WithinAbs(number(month, "nps"), 1e-10));
    CHECK_THAT(number(period, "se"), WithinAbs(number(month, "se_points"), 1e-10));
    auto const wald = month.get_child("wald95");
    CHECK_THAT(number(period, "low"), WithinAbs(wald.front().second.get_value<double>(), 1e-9));
    CHECK_THAT(number(period, "high"), WithinAbs(wald.back().second.get_value<double>(), 1e-9));
    if (before != nullptr) {
      auto const& change = period.get_child("change");
      double const value = number(month, "nps") - number(*before, "nps");
      double const error = std::hypot(number(month, "se_points"), number(*before, "se_points"));
      CHECK_THAT(number(change, "value"), WithinAbs(value, 1e-10));
      CHECK_THAT(number(change, "p"),
                 WithinRel(std::erfc(std::abs(value / error) / std::sqrt(2)), 1e-9));
      CHECK(number(change, "low") < value);
      CHECK(value < number(change, "high"));
    }
    before = &month;
  }
}
