// expect: cxm::peak_end: two policies answer the same question
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/rated_journeys.hpp>

#include <optional>

struct contact {
  std::optional<int> rating;
};
auto const fine = cxm::peak_end(&contact::rating, cxm::neutral{5});
#ifdef CXM_DEFECT
auto const defect = cxm::peak_end(&contact::rating, cxm::neutral{5}, cxm::negative_peak{});
#endif
