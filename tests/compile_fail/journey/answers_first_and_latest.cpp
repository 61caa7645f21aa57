// expect: cxm::join_answers: two policies answer the same question
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/join_answers.hpp>

#include <chrono>
#include <vector>

struct contact {
  int customer;
  std::chrono::sys_seconds when;
  int step;
};
std::vector<contact> const contacts;
auto const journeys = cxm::reconstruct(
    contacts, cxm::touchpoint_fields{&contact::customer, &contact::when, &contact::step});
auto const fields = cxm::answer_fields{&contact::customer, &contact::when};
auto const fine = cxm::join_answers(journeys, contacts, fields, cxm::latest_answer{});
#ifdef CXM_DEFECT
auto const defect =
    cxm::join_answers(journeys, contacts, fields, cxm::latest_answer{}, cxm::first_answer{});
#endif
