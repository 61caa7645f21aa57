// SPDX-License-Identifier: BSL-1.0
// What a funnel means, written to be read and not to be quick: every beginning is followed on its
// own, and the deepest counts, the earliest among equals.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace funnel_spec {

enum class mode { ordered, strict, any };

struct event {
  int time;
  char what;
};
struct outcome {
  std::size_t depth = 0;
  std::vector<int> times{};  // of each step, ordered and strict
};

/// Follows the attempt that begins at `first`.
inline outcome attempt(std::vector<event> const& events, std::size_t first, std::string steps,
                       mode how, int window, bool strictly_later) {
  outcome found;
  int last = 0;
  for (std::size_t i = first; i < events.size() && !steps.empty(); ++i) {
    auto const& one = events[i];
    if (one.time - events[first].time > window) break;
    std::size_t const place = how == mode::any            ? steps.find(one.what)
                              : steps.front() == one.what ? 0
                                                          : std::string::npos;
    bool const tied = found.depth > 0 && strictly_later && one.time <= last;
    if (place != std::string::npos && !tied) {
      steps.erase(place, 1);
      ++found.depth;
      found.times.push_back(last = one.time);
    } else if (how == mode::strict || i == first) {
      break;
    }
  }
  return found;
}

inline outcome best(std::vector<event> const& events, std::string const& steps, mode how,
                    int window, bool strictly_later) {
  outcome best;
  for (std::size_t first = 0; first < events.size(); ++first) {
    auto const one = attempt(events, first, steps, how, window, strictly_later);
    if (one.depth > best.depth) best = one;
  }
  return best;
}

}  // namespace funnel_spec
