// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/segment/detail/nearest_kernel.hpp>

#if defined(CXM_SEGMENT_X86)
#include <cstddef>
#include <cstdint>
#include <immintrin.h>
#include <limits>

/// \file
/// The nearest centres of 32 rows in AVX-512, all of them at a time.

namespace cxm::detail {

/// Takes the scores of centre `c`.
__attribute__((target("avx512f"), always_inline)) inline void keep_two_avx512(__m512 const& score,
                                                                              int c, __m512& best,
                                                                              __m512& second,
                                                                              __m512i& at) {
  __mmask16 const nearer = _mm512_cmp_ps_mask(score, best, _CMP_LT_OQ);
  // With a mask of all lanes: g++ 12 takes the plain forms for uses of what was never set.
  constexpr __mmask16 all = 0xffff;
  second = _mm512_maskz_min_ps(all, second, _mm512_maskz_max_ps(all, score, best));
  best = _mm512_mask_mov_ps(best, nearer, score);
  at = _mm512_mask_mov_epi32(at, nearer, _mm512_set1_epi32(c));
}

/// Writes the answers of one vector of rows; gives a bit for each that is undecided.
__attribute__((target("avx512f"), always_inline)) inline std::uint32_t answer_avx512(
    nearest_task const& task, float const* rows, std::size_t first, __m512 const& best,
    __m512 const& second, __m512i const& at, nearest_answer& out) {
  __m512 norm = _mm512_setzero_ps();
  for (std::size_t j = 0; j < task.dimension; ++j) {
    __m512 const x = _mm512_load_ps(rows + j * tile_rows);
    norm = _mm512_fmadd_ps(x, x, norm);
  }
  _mm512_store_si512(out.label + first, at);
  _mm512_store_ps(out.best + first, best);
  _mm512_store_ps(out.second + first, second);
  _mm512_store_ps(out.norm + first, norm);
  __m512 const close =
      _mm512_fmadd_ps(_mm512_set1_ps(task.slope), norm, _mm512_set1_ps(task.floor));
  __mmask16 const clear = _mm512_cmp_ps_mask(_mm512_sub_ps(second, best), close, _CMP_GT_OQ);
  return (static_cast<std::uint32_t>(clear) ^ 0xffffU) << first;
}

/// 32 rows, from row `first` of the tile on.
__attribute__((target("avx512f"))) inline std::uint32_t nearest_avx512_part(
    nearest_task const& task, std::size_t first, nearest_answer& out) {
  float const* const rows = task.rows + first;
  __m512 best0 = _mm512_set1_ps(std::numeric_limits<float>::infinity());
  __m512 best1 = best0, second0 = best0, second1 = best0;
  __m512i at0 = _mm512_setzero_si512(), at1 = at0;
  float const* weight = task.centres;
  for (std::size_t g = 0; g < task.groups; ++g) {
    float const* const norm = task.norms + g * group_centres;
    __m512 a0 = _mm512_set1_ps(norm[0]), b0 = _mm512_set1_ps(norm[1]);
    __m512 c0 = _mm512_set1_ps(norm[2]), d0 = _mm512_set1_ps(norm[3]);
    __m512 a1 = a0, b1 = b0, c1 = c0, d1 = d0;
    for (std::size_t j = 0; j < task.dimension; ++j, weight += group_centres) {
      __m512 const x0 = _mm512_load_ps(rows + j * tile_rows);
      __m512 const x1 = _mm512_load_ps(rows + j * tile_rows + 16);
      __m512 const wa = _mm512_set1_ps(weight[0]), wb = _mm512_set1_ps(weight[1]);
      a0 = _mm512_fmadd_ps(wa, x0, a0);
      a1 = _mm512_fmadd_ps(wa, x1, a1);
      b0 = _mm512_fmadd_ps(wb, x0, b0);
      b1 = _mm512_fmadd_ps(wb, x1, b1);
      __m512 const wc = _mm512_set1_ps(weight[2]), wd = _mm512_set1_ps(weight[3]);
      c0 = _mm512_fmadd_ps(wc, x0, c0);
      c1 = _mm512_fmadd_ps(wc, x1, c1);
      d0 = _mm512_fmadd_ps(wd, x0, d0);
      d1 = _mm512_fmadd_ps(wd, x1, d1);
    }
    auto const c = static_cast<int>(g * group_centres);
    keep_two_avx512(a0, c, best0, second0, at0);
    keep_two_avx512(a1, c, best1, second1, at1);
    keep_two_avx512(b0, c + 1, best0, second0, at0);
    keep_two_avx512(b1, c + 1, best1, second1, at1);
    keep_two_avx512(c0, c + 2, best0, second0, at0);
    keep_two_avx512(c1, c + 2, best1, second1, at1);
    keep_two_avx512(d0, c + 3, best0, second0, at0);
    keep_two_avx512(d1, c + 3, best1, second1, at1);
  }
  return answer_avx512(task, rows, first, best0, second0, at0, out) |
         answer_avx512(task, rows + 16, first + 16, best1, second1, at1, out);
}

__attribute__((target("avx512f"))) inline std::uint32_t nearest_avx512(nearest_task const& task,
                                                                       nearest_answer& out) {
  return nearest_avx512_part(task, 0, out);
}

}  // namespace cxm::detail
#endif
