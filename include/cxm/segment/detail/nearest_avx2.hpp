// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/segment/detail/nearest_kernel.hpp>

#if defined(CXM_SEGMENT_X86)
#include <cstddef>
#include <cstdint>
#include <immintrin.h>
#include <limits>

/// \file
/// The nearest centres of 32 rows in AVX2 with fused multiply-add, 16 rows at a time. The function
/// has its instructions by the attribute `target`, whatever the flags of the compiler; who calls it
/// has asked the processor first.

namespace cxm::detail {

/// Takes the scores of centre `c`.
__attribute__((target("avx2,fma"), always_inline)) inline void keep_two_avx2(__m256 const& score,
                                                                             int c, __m256& best,
                                                                             __m256& second,
                                                                             __m256i& at) {
  __m256 const nearer = _mm256_cmp_ps(score, best, _CMP_LT_OQ);
  second = _mm256_min_ps(second, _mm256_max_ps(score, best));
  best = _mm256_min_ps(best, score);
  at = _mm256_blendv_epi8(at, _mm256_set1_epi32(c), _mm256_castps_si256(nearer));
}

/// Writes the answers of one vector of rows; gives a bit for each that is undecided.
__attribute__((target("avx2,fma"), always_inline)) inline std::uint32_t answer_avx2(
    nearest_task const& task, float const* rows, std::size_t first, __m256 const& best,
    __m256 const& second, __m256i const& at, nearest_answer& out) {
  __m256 norm = _mm256_setzero_ps();
  for (std::size_t j = 0; j < task.dimension; ++j) {
    __m256 const x = _mm256_load_ps(rows + j * tile_rows);
    norm = _mm256_fmadd_ps(x, x, norm);
  }
  _mm256_store_si256(reinterpret_cast<__m256i*>(out.label + first), at);
  _mm256_store_ps(out.best + first, best);
  _mm256_store_ps(out.second + first, second);
  _mm256_store_ps(out.norm + first, norm);
  __m256 const close =
      _mm256_fmadd_ps(_mm256_set1_ps(task.slope), norm, _mm256_set1_ps(task.floor));
  __m256 const clear = _mm256_cmp_ps(_mm256_sub_ps(second, best), close, _CMP_GT_OQ);
  return (static_cast<std::uint32_t>(_mm256_movemask_ps(clear)) ^ 0xffU) << first;
}

/// 16 rows, from row `first` of the tile on.
__attribute__((target("avx2,fma"))) inline std::uint32_t nearest_avx2_part(nearest_task const& task,
                                                                           std::size_t first,
                                                                           nearest_answer& out) {
  float const* const rows = task.rows + first;
  __m256 best0 = _mm256_set1_ps(std::numeric_limits<float>::infinity());
  __m256 best1 = best0, second0 = best0, second1 = best0;
  __m256i at0 = _mm256_setzero_si256(), at1 = at0;
  float const* weight = task.centres;
  for (std::size_t g = 0; g < task.groups; ++g) {
    float const* const norm = task.norms + g * group_centres;
    __m256 a0 = _mm256_set1_ps(norm[0]), b0 = _mm256_set1_ps(norm[1]);
    __m256 c0 = _mm256_set1_ps(norm[2]), d0 = _mm256_set1_ps(norm[3]);
    __m256 a1 = a0, b1 = b0, c1 = c0, d1 = d0;
    for (std::size_t j = 0; j < task.dimension; ++j, weight += group_centres) {
      __m256 const x0 = _mm256_load_ps(rows + j * tile_rows);
      __m256 const x1 = _mm256_load_ps(rows + j * tile_rows + 8);
      __m256 const wa = _mm256_set1_ps(weight[0]), wb = _mm256_set1_ps(weight[1]);
      a0 = _mm256_fmadd_ps(wa, x0, a0);
      a1 = _mm256_fmadd_ps(wa, x1, a1);
      b0 = _mm256_fmadd_ps(wb, x0, b0);
      b1 = _mm256_fmadd_ps(wb, x1, b1);
      __m256 const wc = _mm256_set1_ps(weight[2]), wd = _mm256_set1_ps(weight[3]);
      c0 = _mm256_fmadd_ps(wc, x0, c0);
      c1 = _mm256_fmadd_ps(wc, x1, c1);
      d0 = _mm256_fmadd_ps(wd, x0, d0);
      d1 = _mm256_fmadd_ps(wd, x1, d1);
    }
    auto const c = static_cast<int>(g * group_centres);
    keep_two_avx2(a0, c, best0, second0, at0);
    keep_two_avx2(a1, c, best1, second1, at1);
    keep_two_avx2(b0, c + 1, best0, second0, at0);
    keep_two_avx2(b1, c + 1, best1, second1, at1);
    keep_two_avx2(c0, c + 2, best0, second0, at0);
    keep_two_avx2(c1, c + 2, best1, second1, at1);
    keep_two_avx2(d0, c + 3, best0, second0, at0);
    keep_two_avx2(d1, c + 3, best1, second1, at1);
  }
  return answer_avx2(task, rows, first, best0, second0, at0, out) |
         answer_avx2(task, rows + 8, first + 8, best1, second1, at1, out);
}

__attribute__((target("avx2,fma"))) inline std::uint32_t nearest_avx2(nearest_task const& task,
                                                                      nearest_answer& out) {
  std::uint32_t undecided = 0;
  for (std::size_t first = 0; first < tile_rows; first += 16)
    undecided |= nearest_avx2_part(task, first, out);
  return undecided;
}

}  // namespace cxm::detail
#endif
