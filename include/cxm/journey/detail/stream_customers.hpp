// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/stats/detail/crowding.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// The customers of whom a stream holds anything, found by key. They come and go; slots are used
/// again. Keys that are chosen to collide are placed by a secret hash (stats/detail/crowding.hpp).

namespace cxm::detail {

template <class Key, class State>
class stream_customers {
 public:
  struct entry {
    Key key{};
    std::uint64_t hash = 0;
    bool here = false;
    State state{};
  };
  static constexpr std::uint32_t none = UINT32_MAX;

  /// The slot of the key, new where it must be; O(1) expected for any keys.
  template <class View>
  std::uint32_t slot_of(View const& view, std::uint64_t hash, State const& fresh) {
    if ((size_ + 1) * 2 > table_.size()) rehash(std::max<std::size_t>(16, table_.size() * 2));
    std::size_t const home = place_of(view, hash);
    std::size_t at = home;
    for (; table_[at] != none; at = (at + 1) & mask()) {
      auto const& found = entries_[table_[at]];
      if (found.hash == hash && same_key(found.key, view)) return table_[at];
    }
    std::uint32_t slot = static_cast<std::uint32_t>(entries_.size());
    if (free_.empty()) {
      entries_.emplace_back();
    } else {
      slot = free_.back();
      free_.pop_back();
    }
    entries_[slot] = entry{own(view), hash, true, fresh};
    table_[at] = slot;
    ++size_;
    if (((at - home) & mask()) > crowded && secret_ == 0) {
      secret_ = new_secret(table_.data());
      rehash(table_.size());
    }
    return slot;
  }
  void erase(std::uint32_t slot) {
    std::size_t gap = place_of(entries_[slot].key, entries_[slot].hash);
    while (table_[gap] != slot) gap = (gap + 1) & mask();
    for (std::size_t at = (gap + 1) & mask(); table_[at] != none; at = (at + 1) & mask()) {
      auto const& moved = entries_[table_[at]];
      std::size_t const home = place_of(moved.key, moved.hash);
      if (((at - home) & mask()) < ((at - gap) & mask())) continue;
      table_[gap] = table_[at];
      gap = at;
    }
    table_[gap] = none;
    entries_[slot] = entry{};
    free_.push_back(slot);
    --size_;
  }
  entry& operator[](std::uint32_t slot) { return entries_[slot]; }
  entry const& operator[](std::uint32_t slot) const { return entries_[slot]; }
  std::size_t size() const { return size_; }
  /// One past the last slot that may be in use.
  std::uint32_t slots() const { return static_cast<std::uint32_t>(entries_.size()); }
  std::size_t bytes() const {
    return entries_.capacity() * sizeof(entry) +
           (table_.capacity() + free_.capacity()) * sizeof(std::uint32_t);
  }
  void clear() { *this = {}; }
  /// Slots by hash, equal hashes by key: the order of saved bytes.
  std::vector<std::uint32_t> in_order() const {
    std::vector<std::uint32_t> order;
    for (std::uint32_t slot = 0; slot < slots(); ++slot)
      if (entries_[slot].here) order.push_back(slot);
    std::sort(order.begin(), order.end(),
              [&](auto a, auto b) { return before(entries_[a], entries_[b]); });
    return order;
  }
  static bool before(entry const& a, entry const& b) {
    return a.hash != b.hash ? a.hash < b.hash : key_before(a.key, b.key);
  }

 private:
  std::size_t mask() const { return table_.size() - 1; }
  template <class View>
  std::size_t place_of(View const& view, std::uint64_t hash) const {
    return (secret_ == 0 ? hash : secret_key_hash(view, secret_)) & mask();
  }
  void rehash(std::size_t size) {
    table_.assign(size, none);
    for (std::uint32_t slot = 0; slot < slots(); ++slot) {
      if (!entries_[slot].here) continue;
      std::size_t at = place_of(entries_[slot].key, entries_[slot].hash);
      while (table_[at] != none) at = (at + 1) & mask();
      table_[at] = slot;
    }
  }

  std::vector<entry> entries_;
  std::vector<std::uint32_t> free_;
  std::vector<std::uint32_t> table_;
  std::size_t size_ = 0;
  std::uint64_t secret_ = 0;
};

}  // namespace cxm::detail
