// SPDX-License-Identifier: BSL-1.0
//
// cxm_report segments, as its contract says, on small files and on iris.
#include "catch.hpp"
#include "report_program.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

using namespace Catch::Matchers;
using namespace report_program;

namespace {

bool here() {
  if (program()) return true;
  WARN("skipped: CXM_EXAMPLES names the programs");
  return false;
}
using strings = std::vector<std::string>;

std::string const small =
    "a,b,note\n1,1,x\n1.5,2,x\n,4,x\n8,8,x\n1,1.5,y\n8.5,9,x\n7\n9,8,x\n1,z,x\n";

}  // namespace

TEST_CASE("cxm_report segments: keys in order, labels for every data row, rejected rows counted") {
  if (!here()) return;
  auto const found = answer_on(small, "segments --features a,b --k 2 --labels --where note=x");
  CHECK(keys(found) ==
        strings{"input", "k", "inertia", "silhouette", "sizes", "centres", "profile", "labels"});
  CHECK(number(found, "input.rows") == 9);
  CHECK(number(found, "input.used") == 5);
  CHECK(number(found, "input.rejected.filtered") == 1);
  CHECK(number(found, "input.rejected.ragged") == 1);
  CHECK(number(found, "input.rejected.missing_feature") == 2);
  CHECK(texts(found.get_child("labels")) ==
        strings{"1", "1", "null", "0", "null", "0", "null", "0", "null"});
  CHECK(texts(found.get_child("sizes")) == strings{"3", "2"});
  CHECK(texts(found.get_child("profile").front().second.get_child("means")) ==
        strings{"8.5", "1.25"});
  CHECK(answer_on(small, "segments --features a,b --k 2").count("labels") == 0);
}

TEST_CASE("cxm_report segments: the worked example, and the k of the largest silhouette") {
  if (!here()) return;
  auto const found = answer_on(small, "segments --features a,b --k 2:4 --seed 7 --restarts 20");
  CHECK(number(found, "k") == 2);
  CHECK_THAT(number(found, "inertia"), WithinAbs(1.8333, 5e-5));
  CHECK_THAT(number(found, "silhouette"), WithinAbs(.907, 5e-4));
  auto const scaled = answer_on(small, "segments --features b --features a --k 2 --scaling robust");
  CHECK(texts(scaled.get_child("sizes")) == strings{"3", "3"});
  CHECK(scaled.get_child("profile").front().second.get<std::string>("feature") == "b");
}

TEST_CASE("cxm_report segments: fewer different rows than segments, one segment, no rows") {
  if (!here()) return;
  auto const same = answer_on("a\n3\n3\n4\n", "segments --features a --k 9");
  CHECK(number(same, "k") == 2);
  CHECK(number(same, "inertia") == 0);
  auto const one = answer_on("a\n3\n4\n", "segments --features a --k 1 --scaling zscore");
  CHECK(one.get<std::string>("silhouette") == "null");
  CHECK(one.get<std::string>("reason") == "degenerate");
  auto const none = answer_on("a,b\n", "segments --features a --k 3 --labels");
  CHECK(number(none, "k") == 0);
  CHECK(none.get<std::string>("inertia") == "null");
  CHECK(none.get<std::string>("reason") == "no_data");
  CHECK(none.get_child("labels").empty());
}

TEST_CASE("cxm_report segments: wrong usage") {
  if (!here()) return;
  temporary_file const file(small);
  auto const code = [&](std::string const& arguments, std::string const& says) {
    auto const found = run("segments --in '" + file.path() + "' " + arguments);
    INFO(found.errors);
    CHECK(found.errors.find(says) != std::string::npos);
    CHECK(found.out.empty());
    return found.code;
  };
  CHECK(code("--features a", "--k") == 2);
  CHECK(code("--k 2", "--features") == 2);
  CHECK(code("--features a --k 0", "--k") == 2);
  CHECK(code("--features a --k x", "--k") == 2);
  CHECK(code("--features a --k 3:2", "--k") == 2);
  CHECK(code("--features a --k 2 --restarts 0", "--restarts") == 2);
  CHECK(code("--features a --k 2 --scaling minmax", "--scaling") == 2);
  CHECK(code("--features a --k 2 --method dbscan", "--method") == 2);
  CHECK(code("--features a,nothing --k 2", "note") == 3);
}

TEST_CASE("cxm_report segments: iris") {
  char const* const data = std::getenv("CXM_DATA");
  if (!here()) return;
  if (data == nullptr) {
    WARN("skipped: CXM_DATA is not set");
    return;
  }
  std::string const file = std::string(data) + "/cluster_iris/iris.csv";
  REQUIRE(std::filesystem::exists(file));
  std::string const features =
      "segments --in '" + file + "' --features sepal_length,sepal_width,petal_length,petal_width ";
  auto const three = answer(features + "--k 3 --labels");
  CHECK_THAT(number(three, "inertia"), WithinAbs(78.8514414261, 5e-11));
  CHECK_THAT(number(three, "silhouette"), WithinAbs(0.5528190124, 5e-11));
  CHECK(texts(three.get_child("sizes")) == strings{"62", "50", "38"});
  CHECK(three.get_child("labels").size() == 150);
  CHECK(three.get_child("labels").front().second.data() == "1");  // the first 50 are setosa
  auto const scaled = answer(features + "--k 3 --scaling zscore");
  CHECK_THAT(number(scaled, "inertia"), WithinAbs(139.8205, 5e-5));
  CHECK(number(answer(features + "--k 2:10"), "k") == 2);
}
