// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/segment/detail/nearest_avx2.hpp>
#include <cxm/segment/detail/nearest_avx512.hpp>
#include <cxm/segment/detail/nearest_kernel.hpp>
#include <cxm/segment/detail/nearest_sse2.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>

/// \file
/// Which instructions this machine has, asked once, and the functions that use them. None of them
/// changes a result: the kernels only sort out what is certain, and the squared distance is defined
/// operation by operation.

namespace cxm {

/// The instruction sets that k-means has a kernel for.
enum class instruction_set : std::uint8_t { scalar, sse2, avx2, avx512 };

namespace detail {

/// True if this processor, and its system, can run them.
inline bool is_supported(instruction_set set) {
#if defined(CXM_SEGMENT_X86)
  switch (set) {
    case instruction_set::avx512:
      return __builtin_cpu_supports("avx512f") != 0;
    case instruction_set::avx2:
      return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
    default:
      return true;
  }
#else
  return set == instruction_set::scalar;
#endif
}

inline instruction_set best_instructions() {
  static instruction_set const best = [] {
    for (auto const set : {instruction_set::avx512, instruction_set::avx2, instruction_set::sse2})
      if (is_supported(set)) return set;
    return instruction_set::scalar;
  }();
  return best;
}

inline nearest_kernel kernel_for(instruction_set set) {
  if (!is_supported(set)) refuse("cxm::kmeans: this machine does not have these instructions");
#if defined(CXM_SEGMENT_X86)
  static constexpr nearest_kernel kernels[] = {nearest_scalar, nearest_sse2, nearest_avx2,
                                               nearest_avx512};
  return kernels[static_cast<std::size_t>(set)];
#else
  return nearest_scalar;
#endif
}

/// The squared distance, by fused multiply-adds in the order of the coordinates. As each operation
/// is named and rounded once, there is nothing left that a compiler could contract or reorder.
template <class Number>
double squared_distance_plain(Number const* a, double const* b, std::size_t dimension) {
  double sum = 0;
  for (std::size_t j = 0; j < dimension; ++j) {
    double const difference = static_cast<double>(a[j]) - b[j];
    sum = std::fma(difference, difference, sum);
  }
  return sum;
}

#if defined(CXM_SEGMENT_X86)
/// The same with the instruction: a call of `fma` costs ten times as much.
template <class Number>
__attribute__((target("fma"))) double squared_distance_fused(Number const* a, double const* b,
                                                             std::size_t dimension) {
  double sum = 0;
  for (std::size_t j = 0; j < dimension; ++j) {
    double const difference = static_cast<double>(a[j]) - b[j];
    sum = __builtin_fma(difference, difference, sum);
  }
  return sum;
}
#endif

template <class Number>
using distance_function = double (*)(Number const*, double const*, std::size_t);

/// The faster of the two; hold on to it in loops.
template <class Number>
distance_function<Number> fast_distance() {
#if defined(CXM_SEGMENT_X86)
  static distance_function<Number> const chosen = __builtin_cpu_supports("fma") != 0
                                                      ? squared_distance_fused<Number>
                                                      : squared_distance_plain<Number>;
  return chosen;
#else
  return squared_distance_plain<Number>;
#endif
}

template <class Number>
double squared_distance(Number const* a, double const* b, std::size_t dimension) {
  return fast_distance<Number>()(a, b, dimension);
}

}  // namespace detail
}  // namespace cxm
