// expect: cxm::tally: an answer is a number, an enum, or std::optional of one; this field gives another type
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/survey/nps.hpp>

#include <string>
#include <vector>

struct answer {
  int recommend;
  std::string comment;
};
std::vector<answer> const answers;
auto const fine = cxm::measure(answers, cxm::on(&answer::recommend, cxm::nps()));
#ifdef CXM_DEFECT
auto const defect = cxm::measure(answers, cxm::on(&answer::comment, cxm::nps()));
#endif
