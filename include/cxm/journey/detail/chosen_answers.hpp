// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// The answers of each journey in the order of their times, and which of them count.

#include <cxm/core/field.hpp>
#include <cxm/journey/answer_choice.hpp>
#include <cxm/journey/detail/answer_index.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace cxm::detail {

/// The order: by journey, answers with a time before those without, time, position in the input.
template <class Answers, class TimeField>
class chosen_answers {
 public:
  chosen_answers(Answers const& answers, std::vector<std::uint32_t> const& journey_of,
                 TimeField const& time)
      : answers_(&answers), journey_of_(&journey_of), time_(&time) {
    for (std::uint32_t i = 0; i < journey_of.size(); ++i)
      if (journey_of[i] != no_journey) order_.push_back(i);
    std::sort(order_.begin(), order_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return before(a, b); });
    each_journey([&](std::size_t first, std::size_t end) {
      ++journeys_;
      several_ += end - first > 1 ? 1 : 0;
    });
  }
  std::uint64_t journeys() const { return journeys_; }
  std::uint64_t journeys_with_several() const { return several_; }

  /// Calls `kept(journey, answer)` for the answer of each journey by `Choice` (of every answer the
  /// latest), and `other(answer)` for those that do not count.
  template <class Choice, class Kept, class Other>
  void each(Kept const& kept, Other const& other) const {
    each_journey([&](std::size_t first, std::size_t end) {
      auto const chosen = std::is_same_v<Choice, first_answer> ? first : latest(first, end);
      kept((*journey_of_)[order_[chosen]], order_[chosen]);
      if constexpr (!std::is_same_v<Choice, every_answer>)
        for (std::size_t i = first; i < end; ++i)
          if (i != chosen) other(order_[i]);
    });
  }

 private:
  decltype(auto) time_of(std::uint32_t i) const { return cxm::read(*time_, (*answers_)[i]); }
  bool before(std::uint32_t a, std::uint32_t b) const {
    auto const one = (*journey_of_)[a], other = (*journey_of_)[b];
    if (one != other) return one < other;
    auto const& mine = time_of(a);
    auto const& its = time_of(b);
    if (is_given(mine) != is_given(its)) return is_given(mine);
    if (is_given(mine) && given(mine) != given(its)) return given(mine) < given(its);
    return a < b;
  }
  /// The last with a time; where none has one, the last.
  std::size_t latest(std::size_t first, std::size_t end) const {
    std::size_t with_time = first;
    while (with_time < end && is_given(time_of(order_[with_time]))) ++with_time;
    return (with_time == first ? end : with_time) - 1;
  }
  template <class Work>
  void each_journey(Work const& work) const {
    for (std::size_t first = 0, end = 0; first < order_.size(); first = end) {
      while (end < order_.size() && (*journey_of_)[order_[end]] == (*journey_of_)[order_[first]])
        ++end;
      work(first, end);
    }
  }

  Answers const* answers_;
  std::vector<std::uint32_t> const* journey_of_;
  TimeField const* time_;
  std::vector<std::uint32_t> order_;
  std::uint64_t journeys_ = 0, several_ = 0;
};

}  // namespace cxm::detail
