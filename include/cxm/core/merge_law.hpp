// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// What a type promises about its merge.
#include <cstdint>

namespace cxm {
/// `exact`: any partition and order of the input gives the same bytes. `approximate`: the same
/// within a stated error. `none`: there is no merge.
enum class merge_law : std::uint8_t { exact, approximate, none };
}  // namespace cxm
