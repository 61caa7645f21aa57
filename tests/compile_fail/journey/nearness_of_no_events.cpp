// expect: cxm::without_copies: near_duplicates needs touchpoint_fields, which say whose event a row is, when and at what touchpoint
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/without_copies.hpp>

#include <chrono>
#include <vector>

struct answer {
  int id;
};
std::vector<answer> const answers;
auto const fine = cxm::without_copies(answers, cxm::once_per{&answer::id});
#ifdef CXM_DEFECT
auto const defect = cxm::without_copies(answers, cxm::near_duplicates{std::chrono::seconds(2)});
#endif
