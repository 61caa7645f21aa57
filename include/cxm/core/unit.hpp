// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// In what a number is counted. It decides how the number is shown: points with their sign, shares
/// in percent, seconds as a length of time.

namespace cxm {

enum class unit : unsigned char { number, count, points, share, seconds };

}  // namespace cxm
