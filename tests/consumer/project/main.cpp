// SPDX-License-Identifier: BSL-1.0
// A program of somebody else: the version it was promised, and one score of its own struct.
#include <cxm/cxm.hpp>
#include <cxm/version.hpp>

#include <cstdio>
#include <string>
#include <vector>

struct reply {
  int recommend;
};

int main() {
  std::string const version = std::to_string(CXM_VERSION_MAJOR) + "." +
                              std::to_string(CXM_VERSION_MINOR) + "." +
                              std::to_string(CXM_VERSION_PATCH);
  std::vector<reply> replies(7, reply{10});  // seven promoters, two passives, a detractor
  replies.insert(replies.end(), {reply{7}, reply{8}, reply{0}});
  auto const score = cxm::measure(replies, cxm::on(&reply::recommend, cxm::nps())).result();
  std::printf("cxm %s: NPS %.0f from %d\n", version.c_str(), *score.value,
              static_cast<int>(score.n));
  return version == CXM_EXPECTED_VERSION && *score.value == 60 ? 0 : 1;
}
