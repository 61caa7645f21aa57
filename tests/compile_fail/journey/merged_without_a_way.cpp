// expect: cxm::merged_copies: needs one of fill and merge_with, and at most one of keep_first and keep_last
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/merged_copies.hpp>

#include <optional>
#include <vector>

struct row {
  int id;
  std::optional<int> score;
};
std::vector<row> const log;
auto const fine = cxm::merged_copies(log, cxm::once_per{&row::id}, cxm::fill{&row::score});
#ifdef CXM_DEFECT
auto const defect = cxm::merged_copies(log, cxm::once_per{&row::id});
#endif
