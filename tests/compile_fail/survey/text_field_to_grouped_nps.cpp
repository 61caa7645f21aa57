// expect: cxm::tally: an answer is a number, an enum, or std::optional of one; this field gives another type
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/all.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>
#include <cxm/stats/on.hpp>
#include <cxm/stats/where.hpp>
#include <cxm/survey/nps.hpp>

#include <optional>
#include <string>
#include <vector>

struct answer {
  int touchpoint;
  bool complete;
  int recommend;
  std::optional<std::string> comment;
};
std::vector<answer> const answers;
auto plan(auto field) {
  return cxm::by(&answer::touchpoint,
                 cxm::all(cxm::count(), cxm::where(&answer::complete, cxm::on(field, cxm::nps()))));
}
auto const fine = cxm::measure(answers, plan(&answer::recommend));
#ifdef CXM_DEFECT
auto const defect = cxm::measure(answers, plan(&answer::comment));
#endif
