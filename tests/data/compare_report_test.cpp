// SPDX-License-Identifier: BSL-1.0
//
// cxm_report compare on a public data set: two months by market, against figures computed
// independently and here.
#include "catch.hpp"
#include "report_program.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <utility>

using namespace Catch::Matchers;
using namespace report_program;

TEST_CASE("cxm_report compare on nps_bank2021: November against October, by market") {
  char const* const data = std::getenv("CXM_DATA");
  if (data == nullptr || !program()) {
    WARN("skipped: CXM_DATA and CXM_EXAMPLES name the data sets and the programs");
    return;
  }
  std::string const folder = std::string(data) + "/nps_bank2021";
  json truth;
  boost::property_tree::read_json(folder + "/truth.json", truth);
  auto const found = answer(
      "compare --in '" + folder + "/nps_bank2021.csv' --score nps_score --scale 0:10 " +
      "--metric nps --time survey_date --every month --from 2021-10 --to 2021-11 " + "--by market");
  auto const month = [&](char const* name) {
    return truth.get_child("by_month").get_child(json::path_type(name, '\0'));
  };
  auto const before = month("2021-10"), after = month("2021-11");
  for (auto const& [side, expected] : {std::pair("from", before), std::pair("to", after)}) {
    auto const& one = found.get_child(side);
    CHECK(one.get<long>("n") == expected.get<long>("n"));
    CHECK_THAT(number(one, "value"), WithinAbs(number(expected, "nps"), 1e-10));
    CHECK_THAT(number(one, "se"), WithinAbs(number(expected, "se_points"), 1e-10));
  }
  double const change = number(after, "nps") - number(before, "nps");
  double const error = std::hypot(number(after, "se_points"), number(before, "se_points"));
  CHECK_THAT(number(found, "difference.value"), WithinAbs(change, 1e-10));
  CHECK_THAT(number(found, "difference.p"),
             WithinRel(std::erfc(std::abs(change / error) / std::sqrt(2)), 1e-9));
  // Kitagawa's parts from the lines of the file: id,market,date,score.
  std::map<std::string, std::array<std::array<double, 2>, 2>>
      sums;  // [side] {n, promoters - detractors}
  std::ifstream file(folder + "/nps_bank2021.csv");
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    auto const one = line.find(','), two = line.find(',', one + 1), three = line.find(',', two + 1);
    auto const when = line.substr(two + 1, 7);
    if (when != "2021-10" && when != "2021-11") continue;
    auto& side = sums[line.substr(one + 1, two - one - 1)][when == "2021-11" ? 1 : 0];
    int const score = std::stoi(line.substr(three + 1));
    side[0] += 1;
    side[1] += score >= 9 ? 1 : score <= 6 ? -1 : 0;
  }
  double mix = 0, rate = 0;
  auto const& segments = found.get_child("segments");
  REQUIRE(segments.size() == sums.size());
  for (auto const& [none, segment] : segments) {
    auto const& [b, a] = sums.at(texts(segment.get_child("key")).front());
    double const from = b[0] / number(before, "n"), to = a[0] / number(after, "n");
    double const x = 100 * a[1] / a[0], y = 100 * b[1] / b[0];
    CHECK(segment.get<double>("to.n") == a[0]);
    CHECK_THAT(number(segment, "from.value"), WithinAbs(y, 1e-11));
    CHECK_THAT(number(segment, "rate"), WithinAbs((to + from) / 2 * (x - y), 1e-10));
    mix += number(segment, "mix");
    rate += number(segment, "rate");
  }
  CHECK(mix == number(found, "movement.mix"));
  CHECK(rate == number(found, "movement.rate"));
  CHECK(mix + rate == number(found, "movement.value"));
  CHECK_THAT(mix + rate, WithinAbs(change, 1e-10));
}
