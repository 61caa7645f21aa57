// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/journey/boundary.hpp>
#include <cxm/journey/contact.hpp>
#include <cxm/journey/journey.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

/// \file
/// The contacts of one customer that a stream still holds, as the store that boundaries see, and
/// the cutting of them, one contact after the other: what `cutting` does in a batch.

namespace cxm::detail {

/// An event that is held, with its place among all that came.
template <class Row>
struct held_contact {
  Row row;
  std::uint64_t arrival;
};

/// The held contacts as a store: what `journey_of` and `contact_of` ask for.
template <class Row, class Reader>
class stream_tail {
 public:
  using customer_type = typename Reader::customer_type;
  using time_type = typename Reader::time_type;
  using touchpoint_type = typename Reader::touchpoint_type;

  stream_tail(Reader const& reader, std::vector<held_contact<Row>> const& held)
      : reader_(reader), held_(held) {}
  std::size_t size() const { return held_.size(); }
  customer_type customer_at(std::size_t) const { return reader_.customer(held_.front().row); }
  time_type time_at(std::size_t i) const { return reader_.time(held_[i].row); }
  time_type end_at(std::size_t i) const { return reader_.end(held_[i].row, time_at(i)); }
  touchpoint_type touchpoint_at(std::size_t i) const { return reader_.touchpoint(held_[i].row); }
  Row const& row_at(std::size_t i) const { return held_[i].row; }
  template <class Field>
  decltype(auto) read_at(Field const& field, std::size_t i) const {
    return cxm::read(field, held_[i].row);
  }

 private:
  Reader const& reader_;
  std::vector<held_contact<Row>> const& held_;
};

/// One piece of a size that is still open: its first contact, and the latest end of its contacts.
template <class Time>
struct open_piece {
  std::size_t begin = 0;
  Time ended{};
  bool over = false;
};

/// How many sizes of pieces there are is known when compiling, or not.
template <class Boundary, class Time>
using open_pieces = std::conditional_t<in_levels<Boundary>, std::vector<open_piece<Time>>,
                                       std::array<open_piece<Time>, 1>>;

template <class Boundary, class Time>
open_pieces<Boundary, Time> first_pieces(Boundary const& boundary) {
  if constexpr (in_levels<Boundary>)
    return open_pieces<Boundary, Time>(boundary.levels());
  else
    return {};
}

template <class Boundary, class Tail>
class tail_cutter {
 public:
  using time = typename Tail::time_type;
  using pieces = open_pieces<Boundary, time>;

  tail_cutter(Boundary const& boundary, Tail const& tail, pieces& open)
      : boundary_(boundary), tail_(tail), open_(open) {}

  /// The next contact, `i`, comes. Calls `close(first, end, ended)` for each journey that it ends.
  template <class Close>
  void take(std::size_t i, Close const& close) {
    auto const before = open_.back();
    cut all;
    for (std::size_t level = 0; level < open_.size(); ++level) {
      auto& one = open_[level];
      if (all.opens() || one.begin == i) one = {i, tail_.time_at(i), false};
      all = all | at_level(level, so_far(one, i), contact_of<Tail>(&tail_, i));
      if (all.opens()) one = {i, tail_.time_at(i), false};
      one.ended = one.begin == i ? tail_.end_at(i) : std::max(one.ended, tail_.end_at(i));
      one.over = all.after;
    }
    if (all.opens() && before.begin < i) close(before.begin, i, before.ended);
    if (!all.after) return;
    close(open_.back().begin, i + 1, open_.back().ended);
    for (auto& one : open_)
      if (one.over) one = {i + 1, one.ended, false};
  }

  /// Whether the open journey is over if nothing comes before `now`. `end` contacts have come.
  bool over_by(time now, std::size_t end) const {
    for (std::size_t level = 0; level < open_.size(); ++level)
      if (open_[level].begin < end && by_time(level, so_far(open_[level], end), now).opens())
        return true;
    return false;
  }
  /// Closes what is over by time.
  void close_by(time now, std::size_t end) {
    bool over = false;
    for (std::size_t level = 0; level < open_.size(); ++level) {
      auto& one = open_[level];
      over = over || (one.begin < end && by_time(level, so_far(one, end), now).opens());
      if (over) one = {end, one.ended, false};
    }
  }
  /// The first time by which the open journey is over, or about ten years after `now`, when it has
  /// to be asked again. Boundaries don't change their mind as time passes, so it is searched for.
  /// `wait` is how long after its end the last journey was over: most often that is the answer.
  time over_when(time now, std::size_t end, typename time::duration& wait) const {
    using ticks = typename time::duration;
    time const ended = open_.back().ended;
    if (wait > ticks(0) && ended < time::max() - wait) {
      time const guess = ended + wait;
      if (guess > now && over_by(guess, end) && !over_by(guess - ticks(1), end)) return guess;
    }
    auto const room = time::max() - std::max(now, time(ticks(0)));
    auto const most = std::min(room, std::chrono::floor<ticks>(std::chrono::hours(24 * 3653)));
    ticks no(0), yes(1);
    while (yes < most && !over_by(now + yes, end)) {
      no = yes;
      yes = yes > most / 2 ? most : yes * 2;
    }
    while (yes - no > ticks(1)) {
      auto const middle = no + (yes - no) / 2;
      (over_by(now + middle, end) ? yes : no) = middle;
    }
    wait = std::max(ended, now + yes) - ended;
    return now + yes;
  }

 private:
  journey_of<Tail> so_far(open_piece<time> const& one, std::size_t end) const {
    return {&tail_, 0, one.begin, end - one.begin, one.ended};
  }
  template <class So, class Next>
  cut at_level(std::size_t level, So const& so_far, Next const& next) const {
    if constexpr (in_levels<Boundary>)
      return boundary_.at_level(level, so_far, next);
    else
      return boundary_(so_far, next);
  }
  template <class So>
  cut by_time(std::size_t level, So const& so_far, time now) const {
    if constexpr (in_levels<Boundary>)
      return boundary_.by_time_at_level(level, so_far, now);
    else
      return verdict_by_time(boundary_, so_far, now);
  }

  Boundary const& boundary_;
  Tail const& tail_;
  pieces& open_;
};

}  // namespace cxm::detail
