// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/fingerprint.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

/// \file
/// The counters of Space-Saving: a heap with the smallest count on top, and where each key stands
/// in it. A new key takes the counter of the smallest, whose count it may inherit at most: that is
/// its `over`.

namespace cxm::detail {

template <class Key>
class frequent_counters {
 public:
  struct counter {
    Key key;
    std::uint64_t count;
    std::uint64_t over;  // of these, so many may belong to others
  };

  explicit frequent_counters(std::uint64_t most) : most_(most) {
    if (most == 0 || most > UINT32_MAX)
      refuse("cxm::frequent: keep_most must keep at least one value, at most 2^32 - 1");
  }

  template <class View>
  void add(View const& view) {
    ++n_;
    if (auto const found = place_.find(view); found != place_.end()) {
      ++heap_[found->second].count;
      sink(found->second);
    } else if (heap_.size() < most_) {
      heap_.push_back({own(view), floor_ + 1, floor_});
      place_.emplace(heap_.back().key, heap_.size() - 1);
      rise(heap_.size() - 1);
    } else {
      auto& least = heap_.front();
      place_.erase(least.key);
      floor_ = least.count;
      least = {own(view), floor_ + 1, floor_};
      place_.emplace(least.key, 0);
      sink(0);
    }
  }

  /// A key that one side does not have may have occurred there as often as its floor.
  void merge(frequent_counters const& from) {
    if (&from == this) return merge(frequent_counters(from));
    std::uint64_t const floor = floor_;
    for (auto& one : heap_) {
      auto const there = from.place_.find(one.key);
      one.count += there == from.place_.end() ? from.floor_ : from.heap_[there->second].count;
      one.over += there == from.place_.end() ? from.floor_ : from.heap_[there->second].over;
    }
    for (auto const& one : from.heap_)
      if (!place_.contains(one.key))
        heap_.push_back({one.key, one.count + floor, one.over + floor});
    n_ += from.n_;
    floor_ = floor + from.floor_;
    cut();
  }

  std::uint64_t n() const { return n_; }
  std::uint64_t most() const { return most_; }
  /// No key without a counter occurred more often.
  std::uint64_t floor() const { return floor_; }
  /// The largest count first, then by key.
  std::vector<counter> in_order() const {
    auto sorted = heap_;
    std::sort(sorted.begin(), sorted.end(), before);
    return sorted;
  }

  void encode(byte_writer& out) const {
    out.word(n_);
    out.word(floor_);
    out.word(std::uint64_t{heap_.size()});
    for (auto const& one : in_order()) {
      detail::encode(out, one.key);
      out.word(one.count);
      out.word(one.over);
    }
  }
  bool decode(byte_reader& in) {
    std::uint64_t size = 0;
    heap_.clear();
    if (!in.word(n_) || !in.word(floor_) || !in.length(size) || size > most_) return in.fail();
    std::uint64_t certain = 0;
    for (std::uint64_t i = 0; i < size; ++i) {
      counter next{Key{}, 0, 0};
      if (!detail::decode(in, next.key) || !in.word(next.count) || !in.word(next.over))
        return false;
      bool const sound = next.over <= floor_ && next.count > next.over && next.count >= floor_ &&
                         next.count - next.over <= n_ - certain;
      if (!sound || (i > 0 && !before(heap_.back(), next))) return in.fail();
      certain += next.count - next.over;
      heap_.push_back(std::move(next));
    }
    // Only full counters were ever taken from anyone.
    if ((floor_ > 0 && size < most_) || floor_ > n_ || (floor_ == 0 && certain != n_))
      return in.fail();
    rebuild();
    return place_.size() == heap_.size() || in.fail();
  }
  static void hash_kind(word_hash& hash) {
    hash.add("frequent");
    detail::hash_kind<Key>(hash);
  }

 private:
  struct hasher {
    using is_transparent = void;
    std::size_t operator()(auto const& view) const { return key_hash(view); }
  };
  struct same {
    using is_transparent = void;
    bool operator()(auto const& a, auto const& b) const {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(a)>, Key>)
        return same_key(a, b);
      else
        return same_key(b, a);
    }
  };
  static bool before(counter const& a, counter const& b) {
    return a.count != b.count ? a.count > b.count : key_before(a.key, b.key);
  }

  /// Keeps the largest counters; what goes lifts the floor.
  void cut() {
    std::sort(heap_.begin(), heap_.end(), before);
    if (heap_.size() > most_) {
      floor_ = std::max(floor_, heap_[most_].count);
      heap_.erase(heap_.begin() + static_cast<std::ptrdiff_t>(most_), heap_.end());
    }
    rebuild();
  }
  /// From an order by falling counts: the other way round it is a heap.
  void rebuild() {
    std::reverse(heap_.begin(), heap_.end());
    place_.clear();
    for (std::size_t i = 0; i < heap_.size(); ++i) place_.emplace(heap_[i].key, i);
  }
  void swap(std::size_t a, std::size_t b) {
    std::swap(heap_[a], heap_[b]);
    place_.find(heap_[a].key)->second = a;
    place_.find(heap_[b].key)->second = b;
  }
  void rise(std::size_t at) {
    for (; at > 0 && heap_[at].count < heap_[(at - 1) / 2].count; at = (at - 1) / 2)
      swap(at, (at - 1) / 2);
  }
  void sink(std::size_t at) {
    while (true) {
      std::size_t least = at;
      for (std::size_t const child : {2 * at + 1, 2 * at + 2})
        if (child < heap_.size() && heap_[child].count < heap_[least].count) least = child;
      if (least == at) return;
      swap(at, least);
      at = least;
    }
  }

  std::uint64_t most_;
  std::uint64_t n_ = 0;
  std::uint64_t floor_ = 0;
  std::vector<counter> heap_;
  std::unordered_map<Key, std::size_t, hasher, same> place_;
};

}  // namespace cxm::detail
