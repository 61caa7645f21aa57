// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/segment/detail/nearest_kernel.hpp>
#include <cxm/segment/detail/row_filter.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

#if defined(CXM_SEGMENT_X86)
#include <emmintrin.h>
#include <xmmintrin.h>
#endif

/// \file
/// 32 rows, moved, scaled, rounded to float and turned on their side, coordinate by coordinate, as
/// the kernel reads them.

namespace cxm::detail {

#if defined(CXM_SEGMENT_X86)

/// Four coordinates of a row in the frame.
inline __m128 moved_four(float const* x, float const* middle, __m128 scale) {
  return _mm_mul_ps(_mm_sub_ps(_mm_loadu_ps(x), _mm_loadu_ps(middle)), scale);
}
inline __m128 moved_four(double const* x, double const* middle, __m128d scale) {
  __m128d const low = _mm_mul_pd(_mm_sub_pd(_mm_loadu_pd(x), _mm_loadu_pd(middle)), scale);
  __m128d const high = _mm_mul_pd(_mm_sub_pd(_mm_loadu_pd(x + 2), _mm_loadu_pd(middle + 2)), scale);
  return _mm_movelh_ps(_mm_cvtpd_ps(low), _mm_cvtpd_ps(high));
}
inline __m128 broadcast_scale(float, double scale) {
  return _mm_set1_ps(static_cast<float>(scale));
}
inline __m128d broadcast_scale(double, double scale) {
  return _mm_set1_pd(scale);
}

/// Coordinates j to j + 3 of four rows.
template <class Number, class Scale>
void pack_block(Number const* const* rows, Number const* middle, std::size_t j, Scale scale,
                float* packed) {
  __m128 a = moved_four(rows[0] + j, middle + j, scale);
  __m128 b = moved_four(rows[1] + j, middle + j, scale);
  __m128 c = moved_four(rows[2] + j, middle + j, scale);
  __m128 d = moved_four(rows[3] + j, middle + j, scale);
  __m128 const ab_low = _mm_unpacklo_ps(a, b), ab_high = _mm_unpackhi_ps(a, b);
  __m128 const cd_low = _mm_unpacklo_ps(c, d), cd_high = _mm_unpackhi_ps(c, d);
  _mm_store_ps(packed, _mm_movelh_ps(ab_low, cd_low));
  _mm_store_ps(packed + tile_rows, _mm_movehl_ps(cd_low, ab_low));
  _mm_store_ps(packed + 2 * tile_rows, _mm_movelh_ps(ab_high, cd_high));
  _mm_store_ps(packed + 3 * tile_rows, _mm_movehl_ps(cd_high, ab_high));
}

#endif

/// Packs `tile_rows` rows into d · 32 floats, which are aligned to 64 bytes.
template <class Number>
void pack_rows(Number const* const* rows, row_frame<Number> const& frame, float* packed) {
  std::size_t const dimension = frame.middle().size();
  Number const* middle = frame.middle().data();
  std::size_t j = 0;
#if defined(CXM_SEGMENT_X86)
  auto const scale = broadcast_scale(Number{}, frame.scale());
  for (std::size_t r = 0; r < tile_rows; r += 4)
    for (j = 0; j + 4 <= dimension; j += 4)
      pack_block(rows + r, middle, j, scale, packed + j * tile_rows + r);
#endif
  auto const by = static_cast<Number>(frame.scale());
  for (; j < dimension; ++j)
    for (std::size_t r = 0; r < tile_rows; ++r)
      packed[j * tile_rows + r] = static_cast<float>((rows[r][j] - middle[j]) * by);
}

}  // namespace cxm::detail
