// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/segment/detail/nearest_kernel.hpp>

#if defined(CXM_SEGMENT_X86)
#include <cstddef>
#include <cstdint>
#include <immintrin.h>
#include <limits>

/// \file
/// The nearest centres of 32 rows in SSE2, which every x86-64 has: 8 rows at a time, two vectors
/// of rows against four centres, so that eight sums stay in registers and fewer numbers are loaded
/// than multiplied.

namespace cxm::detail {

/// Takes the scores of centre `c`.
__attribute__((target("sse2"), always_inline)) inline void keep_two_sse2(__m128 const& score, int c,
                                                                         __m128& best,
                                                                         __m128& second,
                                                                         __m128i& at) {
  __m128 const nearer = _mm_cmplt_ps(score, best);
  second = _mm_min_ps(second, _mm_max_ps(score, best));
  best = _mm_min_ps(best, score);
  __m128i const take = _mm_castps_si128(nearer);
  at = _mm_or_si128(_mm_and_si128(take, _mm_set1_epi32(c)), _mm_andnot_si128(take, at));
}

/// Writes the answers of one vector of rows; gives a bit for each that is undecided.
__attribute__((target("sse2"), always_inline)) inline std::uint32_t answer_sse2(
    nearest_task const& task, float const* rows, std::size_t first, __m128 const& best,
    __m128 const& second, __m128i const& at, nearest_answer& out) {
  __m128 norm = _mm_setzero_ps();
  for (std::size_t j = 0; j < task.dimension; ++j) {
    __m128 const x = _mm_load_ps(rows + j * tile_rows);
    norm = _mm_add_ps(_mm_mul_ps(x, x), norm);
  }
  _mm_store_si128(reinterpret_cast<__m128i*>(out.label + first), at);
  _mm_store_ps(out.best + first, best);
  _mm_store_ps(out.second + first, second);
  _mm_store_ps(out.norm + first, norm);
  __m128 const close =
      _mm_add_ps(_mm_mul_ps(_mm_set1_ps(task.slope), norm), _mm_set1_ps(task.floor));
  __m128 const clear = _mm_cmpgt_ps(_mm_sub_ps(second, best), close);
  return (static_cast<std::uint32_t>(_mm_movemask_ps(clear)) ^ 0xfU) << first;
}

/// 8 rows, from row `first` of the tile on.
__attribute__((target("sse2"))) inline std::uint32_t nearest_sse2_part(nearest_task const& task,
                                                                       std::size_t first,
                                                                       nearest_answer& out) {
  float const* const rows = task.rows + first;
  __m128 best0 = _mm_set1_ps(std::numeric_limits<float>::infinity());
  __m128 best1 = best0, second0 = best0, second1 = best0;
  __m128i at0 = _mm_setzero_si128(), at1 = at0;
  float const* weight = task.centres;
  for (std::size_t g = 0; g < task.groups; ++g) {
    float const* const norm = task.norms + g * group_centres;
    __m128 a0 = _mm_set1_ps(norm[0]), b0 = _mm_set1_ps(norm[1]);
    __m128 c0 = _mm_set1_ps(norm[2]), d0 = _mm_set1_ps(norm[3]);
    __m128 a1 = a0, b1 = b0, c1 = c0, d1 = d0;
    for (std::size_t j = 0; j < task.dimension; ++j, weight += group_centres) {
      __m128 const x0 = _mm_load_ps(rows + j * tile_rows);
      __m128 const x1 = _mm_load_ps(rows + j * tile_rows + 4);
      __m128 const wa = _mm_set1_ps(weight[0]), wb = _mm_set1_ps(weight[1]);
      a0 = _mm_add_ps(_mm_mul_ps(wa, x0), a0);
      a1 = _mm_add_ps(_mm_mul_ps(wa, x1), a1);
      b0 = _mm_add_ps(_mm_mul_ps(wb, x0), b0);
      b1 = _mm_add_ps(_mm_mul_ps(wb, x1), b1);
      __m128 const wc = _mm_set1_ps(weight[2]), wd = _mm_set1_ps(weight[3]);
      c0 = _mm_add_ps(_mm_mul_ps(wc, x0), c0);
      c1 = _mm_add_ps(_mm_mul_ps(wc, x1), c1);
      d0 = _mm_add_ps(_mm_mul_ps(wd, x0), d0);
      d1 = _mm_add_ps(_mm_mul_ps(wd, x1), d1);
    }
    auto const c = static_cast<int>(g * group_centres);
    keep_two_sse2(a0, c, best0, second0, at0);
    keep_two_sse2(a1, c, best1, second1, at1);
    keep_two_sse2(b0, c + 1, best0, second0, at0);
    keep_two_sse2(b1, c + 1, best1, second1, at1);
    keep_two_sse2(c0, c + 2, best0, second0, at0);
    keep_two_sse2(c1, c + 2, best1, second1, at1);
    keep_two_sse2(d0, c + 3, best0, second0, at0);
    keep_two_sse2(d1, c + 3, best1, second1, at1);
  }
  return answer_sse2(task, rows, first, best0, second0, at0, out) |
         answer_sse2(task, rows + 4, first + 4, best1, second1, at1, out);
}

__attribute__((target("sse2"))) inline std::uint32_t nearest_sse2(nearest_task const& task,
                                                                  nearest_answer& out) {
  std::uint32_t undecided = 0;
  for (std::size_t first = 0; first < tile_rows; first += 8)
    undecided |= nearest_sse2_part(task, first, out);
  return undecided;
}

}  // namespace cxm::detail
#endif
