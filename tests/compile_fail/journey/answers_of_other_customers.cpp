// expect: cxm::join_answers: the customers of answers and journeys are of different types
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/join_answers.hpp>
#include <cxm/journey/reconstruct.hpp>

#include <chrono>
#include <string>
#include <vector>

struct contact {
  int customer;
  std::chrono::sys_seconds time;
  int touchpoint;
};
struct answer {
  int customer;
  std::string name;
  std::chrono::sys_seconds time;
};

void join(std::vector<contact> const& contacts, std::vector<answer> const& answers) {
  auto const journeys = cxm::reconstruct(
      contacts, cxm::touchpoint_fields{&contact::customer, &contact::time, &contact::touchpoint});
#ifdef CXM_DEFECT
  auto const customer = &answer::name;
#else
  auto const customer = &answer::customer;
#endif
  (void)cxm::join_answers(journeys, answers, cxm::answer_fields{customer, &answer::time});
}
