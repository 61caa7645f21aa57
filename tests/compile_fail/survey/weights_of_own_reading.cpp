// expect: cxm::weighted: a reading of this tally knows nothing of weights; NPS, CSAT, CES, mean do
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/on.hpp>
#include <cxm/stats/weighted.hpp>
#include <cxm/survey.hpp>

struct answer {
  int score;
  double value;
};
struct lowest_answer {
  int operator()(cxm::tally_counts const& counts) const { return static_cast<int>(counts.low); }
};
auto weighed(auto const& plan) {
  return cxm::weighted(&answer::value, cxm::on(&answer::score, plan)).inner().inner();
}

auto const fine = weighed(cxm::tally(cxm::nps(), cxm::mean())).result();
#ifdef CXM_DEFECT
void defect() {
  weighed(cxm::tally(cxm::nps(), lowest_answer{})).result();
}
#endif
