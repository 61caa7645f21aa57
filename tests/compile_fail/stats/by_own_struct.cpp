// expect: cxm::by: a key is a number, an enum, text, a time, or an optional, a tuple or a sequence of these
// SPDX-License-Identifier: BSL-1.0
#include <cxm/stats/by.hpp>
#include <cxm/stats/count.hpp>
#include <cxm/stats/measure.hpp>

#include <tuple>
#include <vector>

struct place {
  int x;
  int y;
};
struct answer {
  place where;
};
std::vector<answer> const answers;
auto as_tuple(answer const& one) {
  return std::tuple(one.where.x, one.where.y);
}
auto const fine = cxm::measure(answers, cxm::by(&as_tuple, cxm::count()));
#ifdef CXM_DEFECT
auto const defect = cxm::measure(answers, cxm::by(&answer::where, cxm::count()));
#endif
