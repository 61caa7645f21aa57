// expect: cxm::peak_end: say which rating is neutral, as in neutral{5}, or negative_peak{}
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/rated_journeys.hpp>

#include <optional>

struct contact {
  std::optional<int> rating;
};
auto const fine = cxm::peak_end(&contact::rating, cxm::negative_peak{});
#ifdef CXM_DEFECT
auto const defect = cxm::peak_end(&contact::rating, cxm::low_is_good{});
#endif
