// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

/// \file
/// The two ways in which cxm says no. Wrong configuration, known only at run time, is
/// `std::invalid_argument` through `refuse`; bytes that are not the state they should be are
/// `bad_state`. Bad *data* is never an exception: it is counted.

namespace cxm {

/// Thrown by `load` when bytes are damaged, of another type or version, or were saved by another
/// plan.
class bad_state : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

namespace detail {

/// The one place from which a wrong configuration is reported; `sentence` reads `cxm::function:
/// what is wrong`.
[[noreturn]] inline void refuse(std::string_view sentence) {
  throw std::invalid_argument(std::string(sentence));
}

/// For merge: two states may merge only if they were made by the same plan.
constexpr void require_same(bool same, std::string_view sentence) {
  if (!same) refuse(sentence);
}

/// For merge: counters stay below 2^63, so that a sum of two never wraps. Merging checks, counting
/// one event does not need to.
constexpr bool counts_fit(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t most = INT64_MAX;
  return a <= most && b <= most - a;
}
constexpr void require_fit(bool fits) {
  if (!fits) refuse("cxm: merging these states would count beyond 2^63");
}

}  // namespace detail
}  // namespace cxm
