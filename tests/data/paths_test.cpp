// SPDX-License-Identifier: BSL-1.0
//
// cxm_report paths on random hostile logs against a second computation, tests/data/paths.py, which
// shares nothing with the library: boundaries, ends, copies, repeats, ties, exact means.
#include "catch.hpp"
#include "report_program.hpp"

#include <cstdlib>
#include <string>

TEST_CASE("cxm_report paths: 150 random logs as a second computation has them") {
  if (!report_program::program()) return;
  if (std::system("python3 -c pass") != 0) {
    WARN("skipped: no python3 for the second computation");
    return;
  }
  auto const command = "python3 tests/data/paths.py " + *report_program::program() + " 150";
  CHECK(std::system(command.c_str()) == 0);
}
