// SPDX-License-Identifier: BSL-1.0
//
// Persons of real customers and accounts of real answers, against truth files that were computed
// independently. CXM_DATA names the folder of the data sets; they are not part of this repository.
#include <cxm/core/save.hpp>
#include <cxm/event/identity_graph.hpp>
#include <cxm/event/person_of.hpp>
#include <cxm/io/byte_source.hpp>
#include <cxm/io/csv.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/account_score.hpp>
#include <cxm/survey/nps.hpp>

#include "catch.hpp"
#include "report_program.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace Catch::Matchers;
using report_program::json;

namespace {

std::string folder(std::string const& name) {
  char const* const data = std::getenv("CXM_DATA");
  if (data == nullptr) WARN("skipped: CXM_DATA names the folder of the data sets");
  return data == nullptr ? std::string() : data + std::string("/") + name;
}

struct customer {
  std::string id, person;
  std::chrono::sys_seconds when;
};
struct answer {
  std::string account, unit;
  int score = 0;
};

}  // namespace

TEST_CASE("olist_sample_a: customer_id and customer_unique_id give the persons of the truth file") {
  auto const data = folder("olist_sample_a");
  if (data.empty()) return;
  json truth;
  boost::property_tree::read_json(data + "/truth.json", truth);
  cxm::csv_reader reader{cxm::file_source{(data + "/olist_customers_dataset.csv").c_str()}};
  REQUIRE(reader.select({"customer_id", "customer_unique_id"}).empty());
  std::vector<customer> rows;
  while (reader.next())
    rows.push_back({std::string(reader.field(0)), std::string(reader.field(1)), {}});
  auto evidence = cxm::measure(
      rows, cxm::identity_graph(&customer::when, cxm::identifier{"person", &customer::person},
                                cxm::identifier{"customer", &customer::id}));
  auto const known = evidence.result();
  CHECK(known.refusals().empty());
  auto const& expected = truth.get_child("customers");
  CHECK(known.size() == expected.get<std::size_t>("unique"));

  // A row knows its person by either identifier, and the orders of each are as many.
  auto by_customer_only = rows;
  for (auto& one : by_customer_only) one.person.clear();
  auto const orders =
      cxm::measure(by_customer_only, cxm::by(cxm::person_of(known, evidence), cxm::count()))
          .result();
  CHECK(orders.size() == known.size());
  std::uint64_t most = 0, several = 0;
  for (auto const& [person, count] : orders) {
    most = std::max<std::uint64_t>(most, count);
    several += count > 1 ? 1U : 0U;
  }
  CHECK(most == expected.get<std::uint64_t>("max_orders"));
  CHECK(several == expected.get<std::uint64_t>("with_2plus_orders"));
  for (auto const& one : rows)
    REQUIRE(known.person_of("customer", one.id) == "person:" + one.person);

  auto const bytes = cxm::save(evidence);
  for (std::size_t i = 0; i < rows.size(); i += 7) evidence.remove(rows[i]);
  CHECK(cxm::save(evidence) != bytes);
  for (std::size_t i = 0; i < rows.size(); i += 7) evidence.add(rows[i]);
  CHECK(cxm::save(evidence) == bytes);
}

TEST_CASE("nps_rpackage_testdata: accounts of business units, none averaged away") {
  auto const data = folder("nps_rpackage_testdata");
  if (data.empty()) return;
  json truth;
  boost::property_tree::read_json(data + "/truth.json", truth);
  cxm::csv_reader reader{cxm::file_source{(data + "/testdata.csv").c_str()}};
  REQUIRE(reader.select({"Account", "BU", "REC"}).empty());
  std::vector<answer> rows;
  std::map<std::string, std::map<std::string, std::pair<double, double>>> sums;
  std::set<std::string> units;
  while (reader.next()) {
    rows.push_back({std::string(reader.field(0)), std::string(reader.field(1)),
                    std::stoi(std::string(reader.field(2)))});
    auto const& one = rows.back();
    units.insert(one.unit);
    auto& [sum, count] = sums[one.account][one.unit];
    sum += one.score >= 9 ? 100 : one.score <= 6 ? -100 : 0;
    ++count;
  }
  std::vector<cxm::role<std::string>> even;
  for (auto const& unit : units) even.push_back({unit, 1, false});
  cxm::account_roles<std::string> const roles(even);
  auto const accounts =
      cxm::measure(rows, cxm::by(&answer::account,
                                 cxm::by(&answer::unit, cxm::on(&answer::score, cxm::nps()))))
          .result();
  CHECK(accounts.size() == truth.get_child("by_account").size());
  double sum = 0;
  for (auto const& [account, groups] : accounts) {
    INFO(account);
    auto const found = cxm::account_score_of(groups, roles);
    auto const& expected = truth.get_child("by_account").get_child(account);
    CHECK(found.answers == expected.get<std::uint64_t>("n"));
    CHECK_THAT(*found.contact_mean, WithinAbs(expected.get<double>("nps"), 1e-9));
    sum += *found.contact_mean;
    double low = 1e9, high = -1e9, all = 0;
    for (auto const& [unit, one] : sums[account]) {
      low = std::min(low, one.first / one.second);
      high = std::max(high, one.first / one.second);
      all += one.first / one.second;
    }
    auto const heard = static_cast<double>(sums[account].size());
    CHECK_THAT(*found.worst, WithinAbs(low, 1e-9));
    if (heard > 1) CHECK_THAT(*found.disagreement, WithinAbs(high - low, 1e-9));
    CHECK_THAT(*found.role_weighted, WithinAbs(all / heard, 1e-9));
    CHECK_THAT(found.coverage, WithinAbs(heard / static_cast<double>(units.size()), 1e-12));
  }
  CHECK_THAT(sum / static_cast<double>(accounts.size()),
             WithinAbs(truth.get<double>("mean_of_account_nps_each_account_equal_weight"), 1e-9));
}
