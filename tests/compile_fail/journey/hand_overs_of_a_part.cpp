// expect: cxm::hand_overs: takes customer_side and during; it counts whole journeys
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/hand_over.hpp>
#include <cxm/journey/journey_fields.hpp>

struct contact {
  int department;
};

auto fine = cxm::hand_overs(&contact::department);
#ifdef CXM_DEFECT
auto defect =
    cxm::hand_overs(&contact::department, cxm::between_milestones{cxm::start_time, cxm::end_time});
#endif
