// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

/// \file
/// The inner loop of k-means: which of some centres is nearest to each of 32 rows, in single
/// precision. A score is |c|² - 2 x·c, the squared distance but for |x|², which all centres share.
/// The kernel says for which rows the two best scores are too close for its rounding errors; these
/// are decided elsewhere (row_filter.hpp has the bound and its proof). So its instructions may
/// round as they like, and there is one twin for each instruction set.

#if defined(__x86_64__) && defined(__GNUC__)
#define CXM_SEGMENT_X86 1
#endif

namespace cxm::detail {

/// The rows of one call.
inline constexpr std::size_t tile_rows = 32;
/// Centres are laid out in groups of four.
inline constexpr std::size_t group_centres = 4;

/// What one call is about.
struct nearest_task {
  float const* rows;     ///< coordinate by coordinate, 32 rows each
  float const* centres;  ///< -2 c: group by group, coordinate by coordinate, 4 centres each
  float const* norms;    ///< |c|²; a huge number where the last group has no centre
  std::size_t dimension;
  std::size_t groups;
  float slope;  ///< undecided where second - best <= slope * |x|² + floor
  float floor;
};

/// What comes out, for each of the 32 rows.
struct nearest_answer {
  alignas(64) std::uint32_t label[tile_rows];
  alignas(64) float best[tile_rows];    ///< the smallest score
  alignas(64) float second[tile_rows];  ///< the second smallest
  alignas(64) float norm[tile_rows];    ///< |x|²
};

/// Gives a bit for each row that is not decided.
using nearest_kernel = std::uint32_t (*)(nearest_task const&, nearest_answer&);

/// The twin for any machine.
inline std::uint32_t nearest_scalar(nearest_task const& task, nearest_answer& out) {
  for (std::size_t r = 0; r < tile_rows; ++r) {
    out.best[r] = out.second[r] = std::numeric_limits<float>::infinity();
    out.norm[r] = 0;
    out.label[r] = 0;
  }
  for (std::size_t j = 0; j < task.dimension; ++j)
    for (std::size_t r = 0; r < tile_rows; ++r)
      out.norm[r] += task.rows[j * tile_rows + r] * task.rows[j * tile_rows + r];
  for (std::size_t c = 0; c < task.groups * group_centres; ++c) {
    float score[tile_rows];
    std::fill(score, score + tile_rows, task.norms[c]);
    float const* weight =
        task.centres + c / group_centres * task.dimension * group_centres + c % group_centres;
    for (std::size_t j = 0; j < task.dimension; ++j, weight += group_centres)
      for (std::size_t r = 0; r < tile_rows; ++r)
        score[r] += *weight * task.rows[j * tile_rows + r];
    for (std::size_t r = 0; r < tile_rows; ++r) {
      out.second[r] = std::min(out.second[r], std::max(score[r], out.best[r]));
      if (score[r] < out.best[r]) {
        out.best[r] = score[r];
        out.label[r] = static_cast<std::uint32_t>(c);
      }
    }
  }
  std::uint32_t undecided = 0;
  for (std::size_t r = 0; r < tile_rows; ++r) {
    bool const clear = out.second[r] - out.best[r] > task.slope * out.norm[r] + task.floor;
    undecided |= std::uint32_t{!clear} << r;
  }
  return undecided;
}

}  // namespace cxm::detail
