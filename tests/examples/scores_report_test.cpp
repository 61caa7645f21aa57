// SPDX-License-Identifier: BSL-1.0
//
// cxm_report scores: weights, periods, invitations and all interval methods, as its contract says.
#include "catch.hpp"
#include "report_program.hpp"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

using namespace Catch::Matchers;
using namespace report_program;
using texts_of = std::vector<std::string>;

namespace {

bool here() {
  if (program()) return true;
  WARN("skipped: CXM_EXAMPLES names the programs");
  return false;
}

std::string const nps = "scores --score s --scale 0:10 --metric nps ";
std::string const weighted = "s,w,g\n9,1,a\n10,2,a\n7,1,a\n0,3,b\n9,1,b\n6,2,b\n";

/// 50 promoters, 30 passives, 20 detractors.
std::string hundred() {
  std::string text = "s\n";
  for (int i = 0; i < 100; ++i) text += i < 50 ? "9\n" : i < 80 ? "7\n" : "3\n";
  return text;
}

void check_refused(std::string const& arguments, std::string const& option) {
  temporary_file const file(weighted);
  auto const found = run(nps + arguments + " --in '" + file.path() + "'");
  INFO(arguments);
  CHECK(found.code == 2);
  CHECK_THAT(found.errors, Contains(option));
}

}  // namespace

TEST_CASE("cxm_report scores: weights move the score, never the counts") {
  if (!here()) return;
  auto const found = answer_on(weighted, nps + "--weight w --by g");
  auto const& total = found.get_child("total");
  CHECK(keys(total) == texts_of{"n", "missing", "invalid", "value", "se", "low", "high",
                                "promoters", "passives", "detractors", "counts", "effective_n",
                                "design_n"});
  CHECK(total.get<int>("value") == -10);
  CHECK_THAT(number(total, "se"), WithinAbs(46.2, 0.05));
  CHECK(total.get<int>("effective_n") == 5);
  CHECK_THAT(number(total, "design_n"), WithinRel(0.89 / 0.2136, 1e-12));
  CHECK(total.get<int>("promoters") == 3);
  CHECK(texts(total.get_child("counts")) ==
        texts_of{"1", "0", "0", "0", "0", "0", "1", "1", "0", "2", "1"});
  CHECK(rows(found.get_child("groups"), {"n", "effective_n"}) ==
        texts_of{"3|2.6666666666666665", "3|2.5714285714285716"});
}

TEST_CASE("cxm_report scores: a weight of 0 counts nowhere, what is no weight is rejected") {
  if (!here()) return;
  auto const found =
      answer_on("s,w\n9,1\n9,0\n2,x\n2,\n2,-1\n2,inf\n,1\n11,1\n,0\n", nps + "--weight w");
  CHECK(found.get<int>("input.rows") == 9);
  CHECK(found.get<int>("input.used") == 5);
  CHECK(found.get<int>("input.rejected.bad_weight") == 4);
  CHECK(found.get<int>("total.n") == 1);
  CHECK(found.get<int>("total.missing") == 2);
  CHECK(found.get<int>("total.invalid") == 1);
  auto const none = answer_on("s,w\n9,0\n", nps + "--weight w");
  CHECK(none.get<std::string>("total.value") == "null");
  CHECK(none.get<std::string>("total.effective_n") == "null");
  CHECK(none.get<std::string>("total.reason") == "no_data");
}

TEST_CASE("cxm_report scores: weighted shares and means") {
  if (!here()) return;
  std::string const text = "s,w\n5,1\n4,2\n2,3\n1,1\n";
  auto const csat =
      answer_on(text, "scores --score s --scale 1:5 --metric csat --weight w").get_child("total");
  CHECK_THAT(number(csat, "value"), WithinRel(3.0 / 7, 1e-14));
  // n/(n−1) Σw²(x − p)²/(Σw)², by hand.
  double const p = 3.0 / 7, error = 4.0 / 3 * (5 * (1 - p) * (1 - p) + 10 * p * p) / 49;
  CHECK_THAT(number(csat, "se"), WithinRel(std::sqrt(error), 1e-12));
  CHECK(csat.get<int>("good") == 2);
  auto const mean =
      answer_on(text, "scores --score s --scale 1:5 --metric mean --weight w").get_child("total");
  CHECK_THAT(number(mean, "value"), WithinRel(20.0 / 7, 1e-14));
  CHECK(mean.get<int>("median") == 3);
  CHECK(number(mean, "low") >= 1);
  auto const resampled =
      answer_on(text, "scores --score s --scale 1:5 --metric mean --weight w --interval bootstrap");
  CHECK(resampled.get<std::string>("total.low") == "null");
  CHECK(resampled.get<std::string>("total.reason") == "not_identified");
}

TEST_CASE("cxm_report scores: periods in the zone, each against the one before") {
  if (!here()) return;
  std::string const text =
      "s,t\n9,2020-12-31T23:30:00Z\n0,2021-01-03\n10,2021-01-04T00:00\n9,2021-01-31\n"
      ",2021-02-01\n9,2021-03-01\n3,2021-03-02\n9,soon\n";
  auto const periods = [&](std::string const& options) {
    return answer_on(text, nps + "--time t " + options).get_child("periods");
  };
  CHECK(rows(periods("--every month"), {"period", "n"}) ==
        texts_of{"2020-12|1", "2021-01|3", "2021-02|0", "2021-03|2"});
  CHECK(rows(periods("--every month --zone +01:00"), {"period", "n"}) ==
        texts_of{"2021-01|4", "2021-02|0", "2021-03|2"});
  CHECK(rows(periods("--every week"), {"period", "n"}) ==
        texts_of{"2020-W53|2", "2021-W01|1", "2021-W04|1", "2021-W05|0", "2021-W09|2"});
  CHECK(rows(periods("--every day"), {"period"}).front() == "2020-12-31");
  auto const found = answer_on(text, nps + "--time t --every month");
  CHECK(found.get<int>("input.rejected.bad_time") == 1);
  auto const& months = found.get_child("periods");
  CHECK(keys(months.front().second).back() == "change");
  CHECK(rows(months, {"change"}).front() == "null");
  auto const& last = months.back().second.get_child("change");
  CHECK(keys(last) == texts_of{"value", "reason", "low", "high", "p"});
  CHECK(last.get<std::string>("reason") == "no_data");
}

TEST_CASE("cxm_report scores: +30 against +15, Z = 1.52, p = 0.128, 14.3 (-4.7 to 33.4)") {
  if (!here()) return;
  std::string text = "s,t\n";
  for (int i = 0; i < 200; ++i)
    text += i < 90 ? "9,2021-01-01\n" : i < 140 ? "7,2021-01-01\n" : "3,2021-01-01\n";
  for (int i = 0; i < 100; ++i)
    text += i < 50 ? "9,2021-03-01\n" : i < 80 ? "7,2021-03-01\n" : "3,2021-03-01\n";
  auto const found = answer_on(text, nps + "--time t --every month");
  auto const& change = found.get_child("periods").back().second.get_child("change");
  CHECK_THAT(number(change, "value"), WithinAbs(15, 1e-12));
  CHECK_THAT(number(change, "p"), WithinAbs(0.128, 0.0005));
  CHECK_THAT(number(change, "low"), WithinAbs(-4.7, 0.05));
  CHECK_THAT(number(change, "high"), WithinAbs(33.4, 0.05));
}

TEST_CASE("cxm_report scores: every interval method") {
  if (!here()) return;
  auto const ends = [](std::string const& text, std::string const& arguments) {
    auto const found = answer_on(text, arguments);
    return std::pair(number(found, "total.low"), number(found, "total.high"));
  };
  auto const [wald_low, wald_high] = ends(hundred(), nps + "--interval wald");
  CHECK_THAT(wald_low, WithinAbs(14.7, 0.05));
  CHECK_THAT(wald_high, WithinAbs(45.3, 0.05));
  for (char const* const method :
       {"t", "agresti_min", "bonett_price", "tango", "mover_wilson", "bootstrap"}) {
    INFO(method);
    auto const [low, high] = ends(hundred(), nps + "--interval " + method);
    CHECK_THAT(low, WithinAbs(wald_low, 1.5));
    CHECK_THAT(high, WithinAbs(wald_high, 1.5));
    auto const [one, two] = ends(weighted, nps + "--weight w --by g --interval adjusted_wald");
    CHECK(one < -10);
    CHECK(two > -10);
  }
  std::string const csat = "scores --score s --scale 1:5 --metric csat --interval ";
  std::string const text = "s\n5\n4\n4\n3\n5\n2\n1\n5\n4\n3\n";
  CHECK_THAT(ends(text, csat + "wilson").first, WithinAbs(0.313, 0.0005));
  CHECK_THAT(ends(text, csat + "clopper_pearson").first, WithinAbs(0.2624, 0.0001));
  CHECK_THAT(ends(text, csat + "jeffreys").first, WithinAbs(0.3046, 0.001));
  std::string const mean = "scores --score s --scale 1:5 --metric mean --interval ";
  for (char const* const method : {"bootstrap", "bca"}) {
    auto const once = ends(text, mean + method);
    CHECK(once == ends(text, mean + method + " --seed 1 --replicates 2000"));
    CHECK(once != ends(text, mean + method + " --replicates 20"));
    CHECK(once.first < 3.6);
    CHECK(once.second > 3.6);
  }
}

TEST_CASE("cxm_report scores: the response rate") {
  if (!here()) return;
  auto const found = answer_on(hundred(), nps + "--invited 400");
  CHECK(keys(found.get_child("total")).back() == "response_rate");
  CHECK_THAT(number(found, "total.response_rate"), WithinAbs(0.25, 0));
  check_refused("--invited 5", "--invited");
  check_refused("--invited 0", "--invited");
}

TEST_CASE("cxm_report scores: options that belong together") {
  if (!here()) return;
  check_refused("--time g", "--every");
  check_refused("--every day", "--time");
  check_refused("--time g --every year", "--every");
  check_refused("--seed 2", "--seed");
  check_refused("--replicates 0 --interval bootstrap", "--replicates");
  check_refused("--interval bca", "--interval");
  temporary_file const file(weighted);
  CHECK(run(nps + "--weight none --in '" + file.path() + "'").code == 3);
}
