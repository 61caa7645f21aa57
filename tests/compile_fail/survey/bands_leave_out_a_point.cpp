// expect: cxm::bands: a point of the scale is in no band
// SPDX-License-Identifier: BSL-1.0
#include <cxm/survey/bands.hpp>

using cxm::band;
auto const fine = cxm::bands(cxm::points<1, 5>{}, band<"bad", 1, 2, -1>{}, band<"good", 3, 5, 1>{});
#ifdef CXM_DEFECT
auto const defect =
    cxm::bands(cxm::points<1, 5>{}, band<"bad", 1, 2, -1>{}, band<"good", 4, 5, 1>{});
#endif
