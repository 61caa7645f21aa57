// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

/// \file
/// Who does the work. The library starts no threads of its own: a function that can share its work
/// takes a policy that says into how many parts, and runs them. `threads{4}` (core/threads.hpp) is
/// one; one of your own, for a pool that you have, is a struct with
///
///     using policy_kind = cxm::work_sharing;
///     std::size_t parts() const;                       // into how many parts; at least 1
///     template <class Task> void run(std::size_t count, Task const& task) const;
///
/// where `run` calls `task(0)` to `task(count - 1)`, at once or one after the other, and comes back
/// when all have. Results never depend on the number of parts.

namespace cxm {

/// The question who does the work.
struct work_sharing;

/// The calling thread does all of it. The default.
struct this_thread {
  using policy_kind = work_sharing;
  static constexpr std::size_t parts() { return 1; }
  template <class Task>
  constexpr void run(std::size_t count, Task const& task) const {
    for (std::size_t i = 0; i < count; ++i) task(i);
  }
};

}  // namespace cxm
