// SPDX-License-Identifier: BSL-1.0
// attribution_pathdata: 10,000 rows of paths with 19,785 conversions, from ChannelAttribution.
#include "catch.hpp"
#include "report_program.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>

TEST_CASE("attribution_pathdata: every model shares its 19,785 conversions, twice the same") {
  char const* const folder = std::getenv("CXM_DATA");
  if (folder == nullptr || !report_program::program()) {
    std::puts("skipped: CXM_DATA or CXM_EXAMPLES is not set");
    return;
  }
  std::string const file = std::string(folder) + "/attribution_pathdata/pathdata.csv";
  for (std::string const model :
       {"first", "last", "linear", "position", "shapley", "markov", "markov --order 2"}) {
    std::string const line = "attribution --in '" + file +
                             "' --path path --conversions total_conversions --nulls total_null "
                             "--value total_conversion_value --json - --model " +
                             model;
    auto const found = report_program::run(line);
    REQUIRE(found.code == 0);
    CHECK(found.out == report_program::run(line).out);
    auto const json = report_program::parsed(found.out);
    CHECK(json.get<int>("conversions") == 19785);
    double sum = 0;
    for (auto const& [none, one] : json.get_child("channels")) sum += one.get<double>("credit");
    CHECK_THAT(sum, Catch::Matchers::WithinAbs(19785, 1e-8));
    CHECK(json.get_child("channels").size() == 12);
  }
}
