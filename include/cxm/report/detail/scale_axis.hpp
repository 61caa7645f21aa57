// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// From values to pixels, with ticks at numbers that a person would choose: 1, 2 or 5 times a power
/// of ten.

#include <cxm/report/detail/canvas.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace cxm::detail {

class linear_axis {
 public:
  /// Widens [low, high] to whole steps, about `ticks` of them, within [least, most].
  linear_axis(double low, double high, double least, double most, int ticks) {
    if (!(high > low)) {
      low -= 0.5;
      high += 0.5;
    }
    double const raw = (high - low) / std::max(ticks, 1);
    double const power = std::pow(10.0, std::floor(std::log10(raw)));
    double const part = raw / power;
    step_ = power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
    low_ = std::max(std::floor(low / step_) * step_, least);
    high_ = std::min(std::ceil(high / step_) * step_, most);
  }

  void place(double from, double to) {
    from_ = from;
    to_ = to;
  }
  double at(double value) const {
    double const inside = std::clamp(value, low_, high_);
    return from_ + (to_ - from_) * (inside - low_) / (high_ - low_);
  }
  double low() const { return low_; }
  double high() const { return high_; }

  std::vector<double> ticks() const {
    std::vector<double> found;
    for (double i = std::ceil(low_ / step_ - 1e-9); i * step_ <= high_ + step_ * 1e-9; ++i)
      found.push_back(i == 0 ? 0 : i * step_);
    return found;
  }
  /// A tick without the unit of which the head of the chart speaks.
  std::string label(double value, unit in) const {
    double const step = in == unit::share ? 100 * step_ : step_;
    int const decimals = step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
    return number_in(in == unit::count ? unit::number : in, value, decimals);
  }

 private:
  double low_ = 0, high_ = 1, step_ = 1, from_ = 0, to_ = 1;
};

}  // namespace cxm::detail
