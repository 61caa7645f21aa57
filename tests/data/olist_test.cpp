// SPDX-License-Identifier: BSL-1.0
//
// The olist example on olist_sample_a, against the figures of its truth.json, which were computed
// independently. CXM_DATA names the folder of the data sets; they are not part of this repository.
#include "catch.hpp"
#include "report_program.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

using namespace Catch::Matchers;
using report_program::json;
using report_program::number;
using report_program::texts;

namespace {

void check_near(double found, double expected) {
  CHECK_THAT(found, WithinAbs(expected, 1e-9 * std::max(1.0, std::abs(expected))));
}

void check_reviews(json const& found, json const& expected) {
  CHECK(found.get<long>("n") == expected.get<long>("n"));
  CHECK(found.get<long>("top2") == expected.get<long>("top2"));
  check_near(number(found, "mean"), number(expected, "mean"));
  check_near(100 * number(found, "satisfied"), number(expected, "top2_pct"));
  auto const ends = texts(found.get_child("wilson95")),
             known = texts(expected.get_child("wilson95_pct"));
  for (std::size_t end : {0U, 1U}) check_near(100 * std::stod(ends[end]), std::stod(known[end]));
  CHECK(texts(found.get_child("distribution")) == texts(expected.get_child("distribution")));
}

}  // namespace

TEST_CASE("The olist example gives every figure of its truth file") {
  char const* const data = std::getenv("CXM_DATA");
  char const* const programs = std::getenv("CXM_EXAMPLES");
  if (data == nullptr || programs == nullptr) {
    WARN("skipped: CXM_DATA and CXM_EXAMPLES name the data sets and the programs");
    return;
  }
  auto const folder = data + std::string("/olist_sample_a");
  json truth, found;
  boost::property_tree::read_json(folder + "/truth.json", truth);
  report_program::temporary_file const out("", ".json");
  auto const line = "'" + std::string(programs) + "/olist' --dir '" + folder + "' --json - > '" +
                    out.path() + "'";
  REQUIRE(std::system(line.c_str()) == 0);
  found = report_program::parsed(out.text());

  CHECK(found.get<long>("orders") == 8135);
  for (auto const& [status, count] : truth.get_child("status")) {
    INFO(status);
    CHECK(found.get_child("status").get<long>(status) == count.get_value<long>());
  }
  for (auto const* const time : {"days_purchase_to_approved", "days_approved_to_carrier",
                                 "days_carrier_to_delivered", "days_purchase_to_delivered",
                                 "delay_days_delivered_minus_estimated", "late_orders_delay_days"})
    for (auto const* const figure :
         {"n", "mean", "sd_sample", "min", "p10", "p25", "median", "p75", "p90", "p95", "max"}) {
      INFO(time << " " << figure);
      check_near(number(found.get_child(time), figure), number(truth.get_child(time), figure));
    }
  for (auto const& [ours, theirs] : {std::pair{"promises_by_timestamp", "late_timestamp_rule"},
                                     {"promises_by_date", "late_calendar_date_rule"}}) {
    CHECK(found.get_child(ours).get<long>("late") == truth.get_child(theirs).get<long>("count"));
    CHECK(found.get_child(ours).get<long>("late") + found.get_child(ours).get<long>("kept") ==
          truth.get<long>("delivered_with_date"));
    check_near(100 * number(found.get_child(ours), "late_share"),
               number(truth.get_child(theirs), "pct"));
  }

  auto const& reviews = found.get_child("reviews");
  auto const& known = truth.get_child("reviews");
  for (auto const& [ours, theirs] : {std::pair{"all", "all_rows"},
                                     {"latest_per_order", "latest_per_order"},
                                     {"by_fate.on_time", "on_time"},
                                     {"by_fate.late", "late_timestamp_rule"},
                                     {"by_fate.not_delivered", "not_delivered"}}) {
    INFO(ours);
    check_reviews(reviews.get_child(ours), known.get_child(theirs).get_child("csat"));
    check_near(number(reviews.get_child(ours), "nps_like"),
               number(known.get_child(theirs), "nps_like_5_vs_1to3.score"));
  }
  for (auto const& [bucket, expected] : truth.get_child("score_by_delay_bucket_days")) {
    INFO(bucket);
    check_reviews(reviews.get_child("by_delay." + bucket), expected);
  }
  for (auto const& [month, expected] : truth.get_child("monthly")) {
    INFO(month);
    auto const& ours = reviews.get_child("by_month").get_child(month);
    CHECK(ours.get<long>("n") == expected.get<long>("reviews"));
    check_near(number(ours, "mean"), number(expected, "mean_score"));
    check_near(100 * number(ours, "satisfied"), number(expected, "csat_top2_pct"));
  }

  CHECK(found.get<long>("variants.distinct") == truth.get<long>("journey_variants.distinct"));
  for (auto const& pair : truth.get_child("journey_variants.top")) {
    auto const& expected = pair.second;
    auto const& top = found.get_child("variants.top");
    bool const there = std::any_of(top.begin(), top.end(),
                                   [&](auto const& one) { return one.second == expected; });
    CHECK(there);
  }
}
