// expect: cxm::any_answer: a question is an optional; what is always there is no answer
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/coverage.hpp>

#include <optional>

struct contact {
  int step;
  std::optional<int> recommend;
};
auto const fine = cxm::any_answer{&contact::recommend}(contact{});
#ifdef CXM_DEFECT
auto const defect = cxm::any_answer{&contact::step}(contact{});
#endif
