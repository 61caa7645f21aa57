// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/hash.hpp>

#include <cstddef>
#include <cstdint>

/// \file
/// Against keys chosen to collide. The canonical hash is public, so anybody can send keys that all
/// want one place of a table. A search longer than `crowded` doesn't happen by chance in a table
/// that is at most half full; the table then places its keys by a hash with a secret. Nothing else
/// ever reads that hash: results and saved bytes don't depend on the secret.

namespace cxm::detail {

/// A search this long says that keys were chosen.
inline constexpr std::size_t crowded = 128;

/// A word that senders of keys can't know: addresses of this process, which its system spreads.
inline std::uint64_t new_secret(void const* somewhere) {
  static constexpr char here = 0;
  word_hash hash;
  hash.add(reinterpret_cast<std::uintptr_t>(somewhere));
  hash.add(reinterpret_cast<std::uintptr_t>(&here));
  hash.add(reinterpret_cast<std::uintptr_t>(&hash));
  return hash.value() | 1;
}

}  // namespace cxm::detail
