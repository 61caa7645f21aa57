// SPDX-License-Identifier: BSL-1.0
// The version of the package is the version of the header: CMake hands its own over by the
// environment (a definition on the command line would rebuild every test on a new version).
#include <cxm/version.hpp>

#include "catch.hpp"

#include <cstdlib>
#include <string>

TEST_CASE("CMake and version.hpp name one version") {
  char const* const packaged = std::getenv("CXM_VERSION");
  if (packaged == nullptr) {
    WARN("skipped: CXM_VERSION is not set; run this test by ctest");
    return;
  }
  CHECK(std::string{packaged} == std::to_string(CXM_VERSION_MAJOR) + "." +
                                     std::to_string(CXM_VERSION_MINOR) + "." +
                                     std::to_string(CXM_VERSION_PATCH));
}
