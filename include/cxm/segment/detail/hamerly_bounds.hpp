// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/segment/detail/centre_table.hpp>
#include <cxm/segment/detail/instructions.hpp>
#include <cxm/segment/detail/row_filter.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

/// \file
/// Which members need not be looked at. When a member was last compared with all centres, it was
/// nearer to its own by some gap; since then its centre moved by at most D, and any other by at
/// most M, so it still is as long as D + M is below the gap (by the triangle inequality). D + M
/// grows with the rounds and is kept for each centre; of a member one number is kept, the gap less
/// what its centre's D + M was then, so that who is skipped costs no writing.
///
/// Everything is rounded to the safe side: the scores by the kernel's own bound (row_filter.hpp),
/// which leaves enough for their sums, the rest by factors well above the errors of a few
/// operations. Distances are those of the frame, that is scaled.

namespace cxm::detail {

class hamerly_bounds {
 public:
  hamerly_bounds(std::size_t rows, std::size_t k) : gaps_(rows, unknown), moved_(k), limits_(k) {}

  /// True if the label of `row` is certainly still right.
  bool holds(std::size_t row, std::uint32_t label) const { return gaps_[row] < limits_[label]; }
  void forget(std::size_t row) { gaps_[row] = unknown; }

  /// Keeps what a comparison with all centres said of a row.
  void keep(std::size_t row, std::uint32_t label, nearest_answer const& answer, std::size_t r,
            packed_centres const& centres) {
    float const norm = answer.norm[r];
    float const error = centres.slope() * norm + centres.floor();
    float const near = std::sqrt(std::max(0.0F, answer.best[r] + norm + error));
    float const far = std::sqrt(std::max(0.0F, answer.second[r] + norm - error));
    double const own = near, other = far, moved = moved_[label];
    gaps_[row] = static_cast<float>(own - other - moved + (own + other + moved) * 0x1p-20);
  }

  /// The centres have moved.
  void move(centre_table const& before, centre_table const& after, double scale) {
    std::size_t const k = after.size(), d = after.dimension();
    std::vector<double> by(k);
    for (std::size_t c = 0; c < k; ++c)
      by[c] = scale * std::sqrt(squared_distance(before[c], after[c], d)) * (1 + 1e-9);
    for (std::size_t c = 0; c < k; ++c) {
      double others = 0;
      for (std::size_t other = 0; other < k; ++other)
        if (other != c) others = std::max(others, by[other]);
      moved_[c] = (moved_[c] + by[c] + others) * (1 + 1e-12);
      limits_[c] = static_cast<float>(-moved_[c] * (1 + 1e-6) - 1e-37);
    }
  }
  /// Centre `from` is now called `to`.
  void rename(std::size_t from, std::size_t to) {
    moved_[to] = moved_[from];
    limits_[to] = limits_[from];
  }

 private:
  static constexpr float unknown = std::numeric_limits<float>::max();
  std::vector<float> gaps_;    // own distance - next distance - D - M then
  std::vector<double> moved_;  // D + M of each centre
  std::vector<float> limits_;  // -(D + M)
};

}  // namespace cxm::detail
