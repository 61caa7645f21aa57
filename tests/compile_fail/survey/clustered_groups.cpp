// expect: cxm::clustered: takes tallies such as nps(), behind on, where and all; by goes outside
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/clustered.hpp>

struct answer {
  int account;
  int region;
  int score;
};
auto const fine =
    cxm::by(&answer::region, cxm::clustered(&answer::account, cxm::on(&answer::score, cxm::nps())));
#ifdef CXM_DEFECT
auto const defect =
    cxm::clustered(&answer::account, cxm::by(&answer::region, cxm::on(&answer::score, cxm::nps())));
#endif
