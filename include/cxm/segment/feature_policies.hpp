// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/segment/scaling.hpp>

#include <string_view>
#include <utility>
#include <vector>

/// \file
/// What becomes of answers that are missing, and of values far from the others. Both are learnt
/// from the members, kept by the model, and used again for members who come later.

namespace cxm {

/// The question what stands for an answer that is missing.
struct feature_gaps;
/// The question how far a feature may reach.
struct feature_limits;

/// Members with a gap have no row; they are counted. The default.
struct leave_out {
  using policy_kind = feature_gaps;
  static constexpr std::string_view name() { return {}; }
};

/// A gap is filled with the median of the answers to that feature (0 where nobody answered), and
/// counted: `filled()`. Of many gaps it makes a group of its own, in the middle; a feature of its
/// own, whether there was an answer, may say more.
struct fill_missing {
  using policy_kind = feature_gaps;
  static constexpr std::string_view name() { return "median"; }
  double operator()(std::vector<double> answers) const { return detail::median_of(answers); }
};

/// Values beyond the quantiles at `share` and 1 - `share` (type 7, 0 <= share < 0.5) count as
/// these, in every feature, before scaling: a few customers of extreme value don't make segments of
/// their own.
struct winsorised {
  using policy_kind = feature_limits;
  double share = 0.01;
};

}  // namespace cxm
