// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// How many of some intervals are open when: between any two turns the number does not change, so
/// steps hold it, running sums give its average over a stretch, and a sparse table its largest.

namespace cxm::detail {

template <class Time>
struct open_interval {
  Time start;
  Time end;
};

/// Closed intervals. Of two that touch, both are open at the instant where they do.
template <class Time>
class open_journeys {
  using duration = decltype(Time{} - Time{});

 public:
  explicit open_journeys(std::vector<open_interval<Time>> const& intervals) {
    std::vector<Time> starts, ends;
    for (auto const& one : intervals) {
      starts.push_back(one.start);
      ends.push_back(one.end);
    }
    std::sort(starts.begin(), starts.end());
    std::sort(ends.begin(), ends.end());
    turns_ = starts;
    turns_.insert(turns_.end(), ends.begin(), ends.end());
    std::sort(turns_.begin(), turns_.end());
    turns_.erase(std::unique(turns_.begin(), turns_.end()), turns_.end());
    auto started = starts.begin(), ended = ends.begin();
    double area = 0;
    most_.resize(1);
    for (std::size_t i = 0; i < turns_.size(); ++i) {
      while (started != starts.end() && *started <= turns_[i]) ++started;
      auto const opened = static_cast<std::size_t>(started - starts.begin());
      most_[0].push_back(opened - static_cast<std::size_t>(ended - ends.begin()));
      while (ended != ends.end() && *ended <= turns_[i]) ++ended;
      area_.push_back(area);
      if (i + 1 < turns_.size())
        area += static_cast<double>(opened - static_cast<std::size_t>(ended - ends.begin())) *
                static_cast<double>((turns_[i + 1] - turns_[i]).count());
    }
    make_table();
  }

  duration span() const { return turns_.back() - turns_.front(); }
  std::uint64_t most() const { return *std::max_element(most_[0].begin(), most_[0].end()); }

  /// The largest number open in one of the intervals.
  std::uint64_t most_in(open_interval<Time> const& one) const {
    std::size_t const first = at(one.start), last = at(one.end);
    auto const level = static_cast<std::size_t>(std::bit_width(last - first + 1) - 1);
    return std::max(most_[level][first], most_[level][last + 1 - (std::size_t{1} << level)]);
  }
  /// The average number open in one of the intervals; at its instant where it takes no time.
  double average_in(open_interval<Time> const& one) const {
    std::size_t const first = at(one.start), last = at(one.end);
    if (first == last) return static_cast<double>(most_[0][first]);
    return (area_[last] - area_[first]) / static_cast<double>((one.end - one.start).count());
  }

 private:
  std::size_t at(Time when) const {
    return static_cast<std::size_t>(std::lower_bound(turns_.begin(), turns_.end(), when) -
                                    turns_.begin());
  }
  /// The number is largest at a turn, where what ends is still open and what starts is so already.
  void make_table() {
    for (std::size_t width = 1; 2 * width <= turns_.size(); width *= 2) {
      auto const& half = most_.back();
      std::vector<std::uint64_t> whole(turns_.size() + 1 - 2 * width);
      for (std::size_t i = 0; i < whole.size(); ++i) whole[i] = std::max(half[i], half[i + width]);
      most_.push_back(std::move(whole));
    }
  }

  std::vector<Time> turns_;                       // starts and ends, each once
  std::vector<double> area_;                      // open time before each turn
  std::vector<std::vector<std::uint64_t>> most_;  // at each turn; then of 2, 4, 8 … turns from it
};

}  // namespace cxm::detail
