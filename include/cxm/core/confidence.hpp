// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// How sure an interval shall be, as a type of its own, so that 0.95 and 0.05 can't be mixed up.
#include <cxm/core/error.hpp>

namespace cxm {
/// The question how sure an interval shall be.
struct confidence_level;

/// A confidence level strictly between 0 and 1; 0.95 unless said otherwise. It is a reading, not
/// state: it never decides who may merge.
class confidence {
 public:
  using policy_kind = confidence_level;

  constexpr confidence() noexcept = default;
  /// Refuses a level outside of (0, 1), NaN and percentages included.
  constexpr explicit confidence(double level) : level_(level) {
    if (!(level > 0 && level < 1)) {
      detail::refuse("cxm::confidence: the level must lie between 0 and 1, as in confidence{0.95}");
    }
  }
  constexpr double level() const noexcept { return level_; }
  /// The probability left out on each side.
  constexpr double tail() const noexcept { return (1 - level_) / 2; }
  friend constexpr bool operator==(confidence, confidence) = default;

 private:
  double level_ = 0.95;
};
}  // namespace cxm
