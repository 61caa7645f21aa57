// expect: cxm::clustered: this reading has an error that is not known for clusters
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/on.hpp>
#include <cxm/survey.hpp>
#include <cxm/survey/clustered.hpp>
#include <cxm/survey/point_shares.hpp>

struct answer {
  int account;
  int score;
};
auto clustered(auto const& plan) {
  return cxm::clustered(&answer::account, cxm::on(&answer::score, plan)).result();
}
auto const fine = clustered(cxm::tally(cxm::nps(), cxm::median()));
#ifdef CXM_DEFECT
auto const defect = clustered(cxm::tally(cxm::nps(), cxm::point_shares()));
#endif
