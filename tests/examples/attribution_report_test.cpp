// SPDX-License-Identifier: BSL-1.0
// cxm_report attribution: keys, models, rejected rows and wrong usage.
#include "catch.hpp"
#include "report_program.hpp"

#include <string>

using namespace report_program;

namespace {

std::string const toy = "path,sales,lost,worth\nC1 > C2 > C3,1,0,10\nC1,0,1,0\nC2 > C3,0,1,0\n";
std::string const columns = "attribution --path path --conversions sales --nulls lost";

}  // namespace

TEST_CASE("attribution: anchor 7.14 by removal effect") {
  if (!program()) return;
  auto const found = answer_on(toy, columns + " --value worth --model markov");
  CHECK(keys(found) ==
        std::vector<std::string>{"input", "conversions", "conversion_probability", "channels"});
  CHECK(rows(found.get_child("channels"), {"channel", "credit", "value", "removal_effect"}) ==
        std::vector<std::string>{"C1|0.2|2|0.5", "C2|0.4|4|1", "C3|0.4|4|1"});
}

TEST_CASE("attribution: an empty touchpoint and a count that is none are rejected") {
  if (!program()) return;
  auto const found = answer_on(toy + ",1,0,0\nC1,-1,0,0\nC1,x,0,0\n", columns + " --model linear");
  CHECK(number(found, "input.rejected.missing_touchpoint") == 1);
  CHECK(number(found, "input.rejected.bad_weight") == 2);
  CHECK(number(found, "input.used") == 3);
  CHECK(found.get<std::string>("conversion_probability") == "null");
}

TEST_CASE("attribution: wrong usage names the option") {
  if (!program()) return;
  temporary_file const file(toy);
  for (std::string const wrong : {" --model guess", " --model markov --order 0"}) {
    auto const found = run(columns + " --in '" + file.path() + "'" + wrong);
    CHECK(found.code == 2);
    CHECK(found.errors.find(wrong.find("order") != wrong.npos ? "--order" : "--model") !=
          std::string::npos);
  }
}
