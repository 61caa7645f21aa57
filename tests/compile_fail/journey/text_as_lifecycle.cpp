// expect: cxm::fold_lifecycle: the field must give a cxm::lifecycle, or an optional of one; cxm::lifecycle_of(text) reads the words of XES
// SPDX-License-Identifier: BSL-1.0
#include <cxm/journey/fold_lifecycle.hpp>

#include <chrono>
#include <string>
#include <vector>

struct row {
  int application;
  std::chrono::sys_seconds when;
  std::string transition;
};
std::vector<row> const log;
auto const fields = cxm::touchpoint_fields{&row::application, &row::when, &row::application};
auto const read = [](row const& one) { return cxm::lifecycle_of(one.transition); };
auto const fine = cxm::fold_lifecycle(log, fields, read);
#ifdef CXM_DEFECT
auto const defect = cxm::fold_lifecycle(log, fields, &row::transition);
#endif
