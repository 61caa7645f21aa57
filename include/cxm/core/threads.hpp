// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/work.hpp>

#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

/// \file
/// Threads that are started for a call and joined before it returns: `kmeans(table, 5,
/// threads{4})`. Link with your system's threads (CMake: `Threads::Threads`). No umbrella includes
/// this header.

namespace cxm {

/// The work is shared by so many threads, the calling one among them. Throws
/// `std::invalid_argument` for 0.
class threads {
 public:
  using policy_kind = work_sharing;

  explicit threads(std::size_t count) : count_(count) {
    if (count == 0) detail::refuse("cxm::threads: needs at least one");
  }
  std::size_t parts() const { return count_; }

  /// What a task throws is thrown again, that of the first task that threw, after all have ended.
  template <class Task>
  void run(std::size_t count, Task const& task) const {
    std::vector<std::exception_ptr> thrown(count);
    auto const guarded = [&](std::size_t i) {
      try {
        task(i);
      } catch (...) {
        thrown[i] = std::current_exception();
      }
    };
    std::vector<std::jthread> others;
    others.reserve(count);
    for (std::size_t i = 1; i < count; ++i) others.emplace_back(guarded, i);
    if (count > 0) guarded(0);
    others.clear();  // joins them
    for (auto const& one : thrown)
      if (one) std::rethrow_exception(one);
  }

 private:
  std::size_t count_;
};

}  // namespace cxm
