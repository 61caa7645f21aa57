// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Where a variance is known from few clusters only, intervals are to be longer: as long as
/// Student's t makes them. Methods that know z alone are given fewer answers instead.
#include <cxm/core/confidence.hpp>
#include <cxm/stats/normal.hpp>
#include <cxm/stats/students_t.hpp>

#include <limits>

namespace cxm::detail {
/// How much longer Student's t makes an interval than z; 1 for degrees of freedom without end.
inline double t_over_z(double degrees_of_freedom, confidence level) {
  if (degrees_of_freedom == std::numeric_limits<double>::infinity()) return 1;
  return -students_t_quantile(level.tail(), degrees_of_freedom) / z_of(level);
}
/// The n that a method which knows the normal distribution only is to be given at this level, so
/// that its intervals are as long as Student's t makes them: n (z/t)² (Korn & Graubard, Survey
/// Methodology 24, 1998).
inline double normal_n(double n, double degrees_of_freedom, confidence level) {
  double const ratio = t_over_z(degrees_of_freedom, level);
  return n / (ratio * ratio);
}
}  // namespace cxm::detail
