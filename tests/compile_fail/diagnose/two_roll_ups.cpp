// expect: cxm::whole_against_parts: two policies answer the same question
// SPDX-License-Identifier: BSL-1.0
#include <cxm/diagnose/whole_and_parts.hpp>
#include <cxm/journey/journey_fields.hpp>
#include <cxm/journey/rated_journeys.hpp>

struct contact {
  int rating;
  int overall;
};
using scale = cxm::points<0, 10>;
auto const whole = cxm::question{cxm::last(&contact::overall), scale{}};
auto const part = cxm::question{&contact::rating, scale{}};
auto const worst = cxm::rolled_up{cxm::worst(&contact::rating)};
auto const best = cxm::rolled_up{cxm::best(&contact::rating)};
auto const fine = cxm::whole_against_parts(whole, part, worst);
#ifdef CXM_DEFECT
auto const defect = cxm::whole_against_parts(whole, part, worst, best);
#endif
