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
/// The n that a method which knows the normal distribution only is to be given at this level, so
/// that its intervals are as long as Student's t makes them: n (z/t)² (Korn & Graubard, Survey
/// Methodology 24, 1998).
inline double normal_n(double n, double degrees_of_freedom, confidence level) {
  if (degrees_of_freedom == std::numeric_limits<double>::infinity()) return n;
  double const ratio = z_of(level) / students_t_quantile(level.tail(), degrees_of_freedom);
  return n * ratio * ratio;
}
}  // namespace cxm::detail
