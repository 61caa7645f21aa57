// expect: cxm::by_each: the field must give a list of keys
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by_each.hpp>
#include <cxm/stats/count.hpp>

#include <string>
#include <vector>

struct answer {
  std::string channel;
  std::vector<std::string> topics;
};

auto fine = cxm::by_each(&answer::topics, cxm::count());
#ifdef CXM_DEFECT
auto defect = cxm::by_each(&answer::channel, cxm::count());
#endif
