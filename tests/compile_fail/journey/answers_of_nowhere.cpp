// expect: deleted
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/join_answers.hpp>
#include <cxm/journey/reconstruct.hpp>

#include <chrono>
#include <vector>

struct contact {
  int customer;
  std::chrono::sys_seconds time;
  int touchpoint;
};

void join(std::vector<contact> const& contacts, std::vector<contact> const& answers) {
  auto const fields =
      cxm::touchpoint_fields{&contact::customer, &contact::time, &contact::touchpoint};
  auto const who = cxm::answer_fields{&contact::customer, &contact::time};
  auto const journeys = cxm::reconstruct(contacts, fields);
#ifdef CXM_DEFECT
  (void)cxm::join_answers(cxm::reconstruct(contacts, fields), answers, who);
#else
  (void)cxm::join_answers(journeys, answers, who);
#endif
}
