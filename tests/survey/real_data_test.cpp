// SPDX-License-Identifier: BSL-1.0
// Public data sets, against the figures that others computed from them. CXM_DATA names their
// folder.
#include <cxm/io/csv.hpp>
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/mean.hpp>
#include <cxm/survey/nps.hpp>

#include "catch.hpp"

#include <boost/property_tree/json_parser.hpp>
#include <boost/property_tree/ptree.hpp>

#include <charconv>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

using namespace Catch::Matchers;
using boost::property_tree::ptree;

namespace {
struct answer {
  std::optional<int> recommend;
  std::vector<std::string> groups;
};
std::string data_folder() {
  char const* const folder = std::getenv("CXM_DATA");
  if (!folder) WARN("skipped: CXM_DATA is not set");
  return folder ? folder : "";
}
ptree truth_of(std::string const& folder) {
  ptree truth;
  read_json(folder + "/truth.json", truth);
  return truth;
}
/// The score and group columns of a file.
std::vector<answer> answers_of(std::string const& file, std::string const& score,
                               std::vector<std::string> columns) {
  cxm::csv_reader reader{cxm::file_source{file}};
  columns.insert(columns.begin(), score);
  REQUIRE(reader.select(columns).empty());
  std::vector<answer> answers;
  while (reader.next()) {
    answer one;
    auto const text = reader.field(0);
    int number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) one.recommend = number;
    for (std::size_t i = 1; i < columns.size(); ++i) one.groups.emplace_back(reader.field(i));
    answers.push_back(std::move(one));
  }
  CHECK(reader.ragged() == 0);
  return answers;
}
auto plan() {
  return cxm::on(&answer::recommend, cxm::tally(cxm::nps(cxm::wald{}), cxm::mean()));
}

template <class Result>
void check(Result const& result, ptree const& truth) {
  auto const& [nps, mean] = result;
  CHECK(nps.n == truth.get<std::uint64_t>("n"));
  CHECK(nps.promoters == truth.get<std::uint64_t>("promoters"));
  CHECK(nps.passives == truth.get<std::uint64_t>("passives"));
  CHECK(nps.detractors == truth.get<std::uint64_t>("detractors"));
  CHECK_THAT(*nps.value, WithinAbs(truth.get<double>("nps"), 1e-11));
  CHECK_THAT(*nps.standard_error, WithinAbs(truth.get<double>("se_points"), 1e-11));
  auto const ends = truth.get_child("wald95");
  CHECK_THAT(nps.interval->raw.low, WithinAbs(ends.front().second.get_value<double>(), 1e-10));
  CHECK_THAT(nps.interval->raw.high, WithinAbs(ends.back().second.get_value<double>(), 1e-10));
  CHECK_THAT(*mean.value, WithinAbs(truth.get<double>("mean"), 1e-11));
}
/// Every group of the truth, and no other.
template <class Field>
void check_groups(std::vector<answer> const& answers, Field field, ptree const& truth) {
  auto const groups = cxm::measure(answers, cxm::by(field, plan())).result();
  CHECK(groups.size() == truth.size());
  for (auto const& [key, result] : groups) {
    INFO(key);
    auto const expected = truth.find(key);
    REQUIRE(expected != truth.not_found());
    check(result, expected->second);
  }
}
auto group(std::size_t i) {
  return [i](answer const& one) { return one.groups[i]; };
}
auto month(std::size_t i) {
  return [i](answer const& one) { return one.groups[i].substr(0, 7); };
}
}  // namespace

TEST_CASE("nps_bank2021: overall, by market, month and quarter") {
  auto const data = data_folder();
  if (data.empty()) return;
  auto const truth = truth_of(data + "/nps_bank2021");
  auto const answers =
      answers_of(data + "/nps_bank2021/nps_bank2021.csv", "nps_score", {"market", "survey_date"});
  REQUIRE(answers.size() == truth.get<std::size_t>("rows"));
  check(cxm::measure(answers, plan()).result(), truth.get_child("overall"));
  check_groups(answers, group(0), truth.get_child("by_market"));
  check_groups(answers, month(1), truth.get_child("by_month"));
  auto const quarter = [](answer const& one) {
    int const number = (one.groups[1][5] - '0') * 10 + (one.groups[1][6] - '0');
    return "Q" + std::to_string((number + 2) / 3);
  };
  check_groups(answers, quarter, truth.get_child("by_quarter"));
}

TEST_CASE("nps_rpackage_testdata: overall, by region, unit, product, account and month") {
  auto const data = data_folder();
  if (data.empty()) return;
  auto const truth = truth_of(data + "/nps_rpackage_testdata");
  auto const answers = answers_of(data + "/nps_rpackage_testdata/testdata.csv", "REC",
                                  {"Region", "BU", "PRODUCT", "Account", "date"});
  REQUIRE(answers.size() == truth.get<std::size_t>("rows"));
  check(cxm::measure(answers, plan()).result(), truth.get_child("overall"));
  check_groups(answers, group(0), truth.get_child("by_region"));
  check_groups(answers, group(1), truth.get_child("by_bu"));
  check_groups(answers, group(2), truth.get_child("by_product"));
  check_groups(answers, group(3), truth.get_child("by_account"));
  check_groups(answers, month(4), truth.get_child("by_month"));
  auto const accounts =
      cxm::measure(answers, cxm::by(group(3), cxm::on(&answer::recommend, cxm::nps()))).result();
  double sum = 0;
  for (auto const& [key, score] : accounts) sum += *score.value;
  CHECK_THAT(sum / static_cast<double>(accounts.size()),
             WithinAbs(truth.get<double>("mean_of_account_nps_each_account_equal_weight"), 1e-11));
}

TEST_CASE("nps_preppin_sudzilla: the published score") {
  auto const data = data_folder();
  if (data.empty()) return;
  auto const truth = truth_of(data + "/nps_preppin_sudzilla");
  auto const published = truth.get_child("published").front().second;
  auto const answers = answers_of(data + "/nps_preppin_sudzilla/input_01.csv",
                                  "On a scale of 0-10, how would you rate Sudzilla?", {});
  CHECK(answers.size() == truth.get<std::size_t>("rows"));
  auto const score = std::get<0>(cxm::measure(answers, plan()).result());
  CHECK(score.n == published.get<std::uint64_t>("Total Respondents"));
  CHECK(score.promoters == published.get<std::uint64_t>("Promoter"));
  CHECK(score.detractors == published.get<std::uint64_t>("Detractor"));
  CHECK_THAT(*score.value, WithinAbs(published.get<double>("NPS Score"), 0.05));
  CHECK_THAT(*score.value, WithinAbs(100.0 * (8 - 22) / 39, 1e-12));
}
