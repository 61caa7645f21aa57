// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// What `promises` and `promise_ledger` have in common: counts of fates that sum to `with_promise`.
/// Tables and charts of promises take either, and what a user's own ledger gives in this shape.

#include <cxm/stats/proportion.hpp>

#include <cstdint>

namespace cxm::detail {

template <class Found>
concept counts_promises = requires(Found const& found) {
  std::uint64_t{found.with_promise};
  std::uint64_t{found.kept};
  std::uint64_t{found.late};
  std::uint64_t{found.unmet};
  std::uint64_t{found.pending};
  share{found.broken_share};
};

/// The counts alone, 0 where a ledger does not tell them apart.
struct promise_fates {
  std::uint64_t with_promise = 0, kept = 0, early = 0, late = 0, no_show = 0, unmet = 0,
                pending = 0, invalid = 0;

  template <class Found>
  static promise_fates of(Found const& found) {
    promise_fates fates{found.with_promise, found.kept,    0, found.late, 0,
                        found.unmet,        found.pending, 0};
    if constexpr (requires { found.early; }) fates.early = found.early;
    if constexpr (requires { found.no_show; }) fates.no_show = found.no_show;
    if constexpr (requires { found.invalid; }) fates.invalid = found.invalid;
    return fates;
  }
};

}  // namespace cxm::detail
