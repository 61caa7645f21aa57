// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/fingerprint.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

/// \file
/// The events of a sliding window. Those that come in order stand in a queue; the few that come
/// after a later one stand in a heap beside it, so that none costs a shift of the others.

namespace cxm::detail {

template <class Event, class Time>
struct window_event {
  Time at;
  Event event;
};

template <class Event, class Time>
class window_events {
  using entry = window_event<Event, Time>;
  /// The earliest on top.
  static bool later(entry const& a, entry const& b) { return b.at < a.at; }

 public:
  std::size_t size() const { return queue_.size() - front_ + heap_.size(); }

  /// False for one that is earlier than the last in the queue.
  bool push(entry one) {
    if (front_ < queue_.size() && one.at < queue_.back().at) {
      heap_.push_back(std::move(one));
      std::push_heap(heap_.begin(), heap_.end(), later);
      return false;
    }
    queue_.push_back(std::move(one));
    return true;
  }
  /// Takes out the earliest events as long as `left(time)`; each is shown to `take` first.
  template <class Left, class Take>
  void drop(Left const& left, Take const& take) {
    while (front_ < queue_.size() && left(queue_[front_].at)) take(queue_[front_++].event);
    while (!heap_.empty() && left(heap_.front().at)) {
      take(heap_.front().event);
      std::pop_heap(heap_.begin(), heap_.end(), later);
      heap_.pop_back();
    }
    // Half of the queue is behind: what is left moves up, each event once for every one dropped.
    if (front_ >= 32 && front_ >= queue_.size() - front_) close_up();
  }
  /// Takes out the events for which `chosen(event)`; gives their number.
  template <class Chosen, class Take>
  std::uint64_t forget(Chosen const& chosen, Take const& take) {
    close_up();
    auto const before = size();
    auto const gone = [&](entry const& one) {
      if (!chosen(one.event)) return false;
      take(one.event);
      return true;
    };
    queue_.erase(std::remove_if(queue_.begin(), queue_.end(), gone), queue_.end());
    heap_.erase(std::remove_if(heap_.begin(), heap_.end(), gone), heap_.end());
    std::make_heap(heap_.begin(), heap_.end(), later);
    return before - size();
  }

  /// The latest time of an event, where there is one.
  std::optional<Time> latest() const {
    std::optional<Time> found;
    if (front_ < queue_.size()) found = queue_.back().at;
    for (auto const& one : heap_)
      if (!found || *found < one.at) found = one.at;
    return found;
  }

  /// All events by time, those of one time as they came.
  std::vector<entry> in_order() const {
    std::vector<entry> all(queue_.begin() + static_cast<std::ptrdiff_t>(front_), queue_.end());
    all.insert(all.end(), heap_.begin(), heap_.end());
    std::stable_sort(all.begin(), all.end(),
                     [](entry const& a, entry const& b) { return a.at < b.at; });
    return all;
  }

  /// By time, and those of one time by their bytes, so that equal windows have equal bytes.
  void encode(byte_writer& out) const {
    auto all = in_order();
    std::sort(all.begin(), all.end(), before);
    out.word(std::uint64_t{all.size()});
    for (auto const& one : all) {
      detail::encode(out, one.at);
      detail::encode(out, one.event);
    }
  }
  bool decode(byte_reader& in) {
    std::uint64_t size = 0;
    *this = {};
    if (!in.length(size)) return false;
    for (std::uint64_t i = 0; i < size; ++i) {
      entry next{};
      if (!detail::decode(in, next.at) || !detail::decode(in, next.event)) return false;
      if (!queue_.empty() && before(next, queue_.back())) return in.fail();
      queue_.push_back(std::move(next));
    }
    return true;
  }
  static void hash_kind(word_hash& hash) {
    hash.add("window_events");
    detail::hash_kind<Time>(hash);
    detail::hash_kind<Event>(hash);
  }

 private:
  static bool before(entry const& a, entry const& b) {
    if (a.at != b.at) return a.at < b.at;
    byte_writer left, right;
    detail::encode(left, a.event);
    detail::encode(right, b.event);
    return left.bytes < right.bytes;
  }
  void close_up() {
    queue_.erase(queue_.begin(), queue_.begin() + static_cast<std::ptrdiff_t>(front_));
    front_ = 0;
  }

  std::vector<entry> queue_;
  std::size_t front_ = 0;
  std::vector<entry> heap_;
};

}  // namespace cxm::detail
