// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/segment/detail/column_ranges.hpp>
#include <cxm/segment/detail/nearest_kernel.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

/// \file
/// Rows and centres as the kernel wants them: moved to near the middle of the data, divided by a
/// power of two so that no coordinate exceeds 1, rounded to float; and the bound within which the
/// kernel's two best scores may have changed places.
///
/// The bound. Let u = 2^-24, X and C the exact moved and scaled row and centre, of d coordinates. A
/// coordinate that the kernel sees has the relative error u (for rows of double 1.001 u: two
/// roundings), a product -2 c x so 2.01 u, |c|² is computed in double and rounded once: 1.01 u. The
/// sum of d products and |c|² in any order, fused or not, adds (d + 1) u, so that a score differs
/// from |C|² - 2 X·C by at most
///     1.01 u (d + 4) (|C|² + 2 |X| |C|) <= 1.01 u (d + 4) (2 |C|² + |X|²).
/// Two scores and their difference are off by at most twice that and a rounding; the kernel takes
/// 4 u (d + 8) (2 max |C|² + |x|²), twice as much, which also covers the rounding of |x|² and of
/// the bound. Underflow is off by at most 2^-126 in each of 4 d + 4 operations, even where tiny
/// numbers are flushed to zero: hence the constant.

namespace cxm::detail {

/// How rows are moved and scaled; fixed for one fit.
template <class Number>
class row_frame {
 public:
  row_frame() = default;
  /// `middle` may be any point, the nearer the middle of the data the better.
  row_frame(column_ranges<Number> const& ranges, std::vector<Number> middle)
      : middle_(std::move(middle)) {
    double reach = 0;
    for (std::size_t j = 0; j < middle_.size(); ++j)
      reach = std::max(reach, static_cast<double>(ranges.highest(j)) +
                                  std::fabs(static_cast<double>(middle_[j])));
    int const exponent = reach > 0 ? std::ilogb(reach) + 1 : 0;
    // So that neither the scale nor a difference leaves the range of the numbers.
    constexpr int most = std::numeric_limits<Number>::max_exponent - 4;
    usable_ = middle_.size() <= 4096 && exponent > -100 && exponent < std::min(most, 400);
    scale_ = usable_ ? std::ldexp(1.0, -exponent) : 1.0;
  }

  /// False where float can't stand for such numbers: then every row is decided in double.
  bool usable() const { return usable_; }
  double scale() const { return scale_; }
  std::vector<Number> const& middle() const { return middle_; }

 private:
  std::vector<Number> middle_;
  double scale_ = 1;
  bool usable_ = false;
};

/// The centres of one round, packed for the kernel.
class packed_centres {
 public:
  /// `flat` holds k centres of d coordinates. O(k · d).
  template <class Number>
  void pack(std::vector<double> const& flat, std::size_t k, row_frame<Number> const& frame) {
    dimension_ = frame.middle().size();
    groups_ = (k + group_centres - 1) / group_centres;
    weights_.assign(groups_ * group_centres * dimension_, 0.0F);
    norms_.assign(groups_ * group_centres, std::numeric_limits<float>::max());
    usable_ = frame.usable();
    double longest = 0;
    for (std::size_t c = 0; c < k && usable_; ++c) {
      double norm = 0;
      for (std::size_t j = 0; j < dimension_; ++j) {
        double const moved =
            (flat[c * dimension_ + j] - static_cast<double>(frame.middle()[j])) * frame.scale();
        usable_ = usable_ && std::fabs(moved) < 1e6;  // a centre that was given far away
        if (!usable_) return;
        weights_[(c / group_centres * dimension_ + j) * group_centres + c % group_centres] =
            -2 * static_cast<float>(moved);
        norm += moved * moved;
      }
      norms_[c] = static_cast<float>(norm);
      longest = std::max(longest, norm);
    }
    double const slope = static_cast<double>(dimension_ + 8) * 0x1p-22;
    slope_ = static_cast<float>(slope);
    floor_ =
        static_cast<float>(slope * 2 * longest + static_cast<double>(dimension_ + 8) * 0x1p-122);
  }

  bool usable() const { return usable_; }
  float slope() const { return slope_; }
  float floor() const { return floor_; }
  nearest_task task(float const* rows) const {
    return {rows, weights_.data(), norms_.data(), dimension_, groups_, slope_, floor_};
  }

 private:
  std::vector<float> weights_, norms_;
  std::size_t dimension_ = 0, groups_ = 0;
  float slope_ = 0, floor_ = 0;
  bool usable_ = false;
};

}  // namespace cxm::detail
