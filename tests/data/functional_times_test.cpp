// SPDX-License-Identifier: BSL-1.0
//
// End-to-end against functional time on real logs. The figures stand in no truth file, so a second
// computation, tests/data/functional_times.py, that shares nothing with the library has to find the
// same. CXM_DATA names the folder of the data sets; they are not part of this repository.
#include "catch.hpp"
#include "report_program.hpp"

#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

using namespace Catch::Matchers;
using namespace report_program;

namespace {

/// The folder of a data set and whether python3 is there; empty and a warning where something is
/// not.
std::string folder(std::string const& name) {
  char const* const data = std::getenv("CXM_DATA");
  if (data == nullptr || !program()) {
    WARN("skipped: CXM_DATA and CXM_EXAMPLES name the data sets and the programs");
    return {};
  }
  if (std::system("python3 -c pass") != 0) {
    WARN("skipped: no python3 for the second computation");
    return {};
  }
  return data + std::string("/") + name;
}

std::string output_of(std::string const& command) {
  temporary_file const out("", ".out");
  REQUIRE(std::system((command + " >'" + out.path() + "'").c_str()) == 0);
  return out.text();
}
std::string const second = "python3 tests/data/functional_times.py ";

}  // namespace

TEST_CASE("log_bpic2012: two computations of the ledger agree, and the README has their table") {
  auto const data = folder("log_bpic2012");
  if (data.empty()) return;
  auto const log = "'" + data + "/events.csv.gz'";
  auto const ours =
      output_of("gzip -dc " + log + " | '" + std::getenv("CXM_EXAMPLES") + "/functional_times'");
  CHECK(ours == output_of(second + "table " + log));

  json truth;
  boost::property_tree::read_json(data + "/truth.json", truth);
  std::istringstream lines(ours);
  std::string line, last;
  std::ifstream file("README.md");
  std::string const readme{std::istreambuf_iterator<char>(file), {}};
  while (std::getline(lines, line)) {
    INFO(line);
    CHECK(readme.find(line + "\n") != std::string::npos);
    if (line.starts_with("functional, end to end")) last = line.substr(line.rfind(' '));
  }
  CHECK_THAT(std::stod(last) * 3600,
             WithinAbs(number(truth, "file_order.case_duration_s.mean"), 0.0005 * 3600));
}

TEST_CASE("log_receipt: departments and channels of cxm_report") {
  auto const data = folder("log_receipt");
  if (data.empty()) return;
  auto const log = "'" + data + "/receipt.csv'";
  json known;
  std::istringstream text("{\"departments\":" +
                          output_of(second + "departments " + log +
                                    " case:concept:name time:timestamp "
                                    "org:group") +
                          "}");
  boost::property_tree::read_json(text, known);
  auto const found = answer(
      "journeys --case case:concept:name --time time:timestamp "
      "--touchpoint concept:name --department org:group --channel "
      "case:channel --human Desk,Post,Intern --in " +
      log);
  std::vector<std::string> const names = {"department", "events", "handovers_in"};
  auto const& departments = found.get_child("departments");
  auto const& expected = known.get_child("departments");
  CHECK(rows(departments, names) == rows(expected, names));
  for (auto one = departments.begin(), other = expected.begin(); one != departments.end();
       ++one, ++other)
    CHECK_THAT(number(one->second, "wait_before_seconds"),
               WithinRel(number(other->second, "wait") / 1e6, 1e-14));

  json truth;
  boost::property_tree::read_json(data + "/truth.json", truth);
  auto const& channels = truth.get_child("case_channel");
  CHECK(found.get<long>("contactless.journeys") ==
        channels.get<long>("Internet") + channels.get<long>("e-mail"));
}
