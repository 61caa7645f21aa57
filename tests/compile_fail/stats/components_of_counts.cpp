// expect: cxm::variance_components: takes groups of moments(), exact_moments() or mean(scale)
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/moments.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/variance_components.hpp>

struct contact {
  int step;
  int rating;
};
auto const fine = cxm::variance_components(
    cxm::by(&contact::step, cxm::on(&contact::rating, cxm::moments())).result());
#ifdef CXM_DEFECT
auto const defect = cxm::variance_components(cxm::by(&contact::step, cxm::count()).result());
#endif
