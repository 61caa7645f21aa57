// SPDX-License-Identifier: BSL-1.0
// A program of somebody else: the umbrella header, and the version it was promised.
#include <cxm/version.hpp>

#if __has_include(<cxm/cxm.hpp>)
#include <cxm/cxm.hpp>
#endif

#include <cstdio>
#include <string>

int main() {
  std::string const version = std::to_string(CXM_VERSION_MAJOR) + "." +
                              std::to_string(CXM_VERSION_MINOR) + "." +
                              std::to_string(CXM_VERSION_PATCH);
  std::printf("cxm %s\n", version.c_str());
  return version == CXM_EXPECTED_VERSION ? 0 : 1;
}
