// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/fingerprint.hpp>
#include <cxm/core/merge_law.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/stats/detail/crowding.hpp>
#include <cxm/stats/detail/dense_index.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

/// \file
/// The groups of `by`: one accumulator a key, a dense table in front for small whole numbers, open
/// addressing behind it. With a cap of K it keeps the K keys with the smallest canonical hash and
/// merges the others into one accumulator `other`. Which keys stay therefore depends only on which
/// keys were seen, never on when: a key that is once among the K smallest hashes of the final set
/// was so at every moment before, hence its group is whole. Where many keys want one place, as only
/// chosen ones do, the table places them by a secret hash instead (stats/detail/crowding.hpp).

namespace cxm::detail {

template <class Key, class Inner>
class group_map {
 public:
  using key_type = Key;
  static constexpr std::size_t digits = digits_in<Key>;
  struct group {
    Key key;
    std::uint64_t hash;
    Inner inner;
  };

  group_map(Inner prototype, std::uint64_t cap) : prototype_(std::move(prototype)), cap_(cap) {
    if (cap == 0) refuse("cxm::by: at_most must leave at least one group");
  }

  /// The accumulator for the key that `view` shows, if it is in the dense table; null says nothing.
  template <class View>
  Inner* find_dense(View const& view) {
    if constexpr (digits > 0) {
      auto const slot = dense_.slot_of(digits_of(view));
      if (slot != dense_index<digits>::none) return &groups_[slot].inner;
    }
    return nullptr;
  }

  /// The accumulator for the key that `view` shows.
  template <class View>
  Inner& at(View const& view) {
    auto const slot = find_or_add(view, key_hash(view));
    if (!slot) return other();
    if constexpr (digits > 0) dense_.set(digits_of(view), *slot);
    return groups_[*slot].inner;
  }

  /// Lets `take(accumulator)` remove one event from the group of the key that `view` shows; a group
  /// without events is none. Refuses keys that never came, and everything once there were more keys
  /// than the cap: which of them were merged into `other` can't be undone.
  template <class View, class Take>
  void take(View const& view, Take const& take) {
    if (groups_.size() > cap_ || threshold_ != UINT64_MAX)
      refuse("cxm::remove: more keys came than at_most, so that nothing can be removed any more");
    auto const slot = slot_of(view);
    require_counted(slot != empty_cell);
    take(groups_[slot].inner);
    if constexpr (retracts<Inner>)
      if (groups_[slot].inner.empty()) erase(slot);
  }

  void merge(group_map const& from) {
    if (&from == this) return merge(group_map(from));
    threshold_ = std::min(threshold_, from.threshold_);
    for (auto const& one : from.groups_) {
      auto const slot = find_or_add(one.key, one.hash);
      (slot ? groups_[*slot].inner : other()).merge(one.inner);
    }
    if (auto const* rest = from.other_if_any()) other().merge(*rest);
    prune();
  }

  /// All groups in order of their hash, at most `cap` of them, and the rest in `other`.
  group_map settled() const {
    group_map copy = *this;
    copy.prune();
    std::sort(copy.groups_.begin(), copy.groups_.end(), by_hash);
    copy.reindex();
    return copy;
  }

  /// How the dense table is laid out now, for those who count beside it.
  auto dense_shape() const requires(digits > 0) { return dense_.shape(); }
  using dense_shape_type = typename dense_index<digits>::shape_type;

  /// The accumulator of a key as it is now, or null.
  template <class View>
  Inner const* find(View const& view) const {
    auto const slot = slot_of(view);
    return slot == empty_cell ? nullptr : &groups_[slot].inner;
  }

  /// Changes all accumulators, also `other`, in a way that leaves none empty.
  template <class Change>
  void change_each(Change const& change) {
    for (auto& one : groups_) change(one.inner);
    for (auto& rest : other_) change(rest);
  }

  std::vector<group> const& groups() const { return groups_; }
  /// Null where no key went beyond the cap.
  Inner const* other_if_any() const { return other_.empty() ? nullptr : &other_.front(); }
  Inner const& prototype() const { return prototype_; }
  std::uint64_t cap() const { return cap_; }

  void encode(byte_writer& out) const {
    auto const sorted = settled();
    out.word(sorted.threshold_);
    out.word(std::uint64_t{sorted.groups_.size()});
    for (auto const& one : sorted.groups_) {
      detail::encode(out, one.key);
      detail::encode(out, one.inner);
    }
    auto const* rest = sorted.other_if_any();
    out.word(std::uint8_t{rest != nullptr});
    if (rest) detail::encode(out, *rest);
  }

  bool decode(byte_reader& in) {
    std::uint64_t size = 0;
    groups_.clear();
    other_.clear();
    if (!in.word(threshold_) || !in.length(size) || size > cap_) return in.fail();
    for (std::uint64_t i = 0; i < size; ++i) {
      group next{Key{}, 0, prototype_};
      if (!detail::decode(in, next.key) || !detail::decode(in, next.inner)) return false;
      next.hash = key_hash(next.key);
      if constexpr (retracts<Inner>)
        if (next.inner.empty()) return in.fail();
      if (!same_bytes(next.key, own(next.key)) || next.hash > threshold_ ||
          (i > 0 && !by_hash(groups_.back(), next)))
        return in.fail();
      groups_.push_back(std::move(next));
    }
    bool has_other = false;
    if (!decode_bool_and(in, has_other)) return false;
    if (has_other && !detail::decode(in, other())) return false;
    // Only a full table has a threshold, its last hash, and only beyond a threshold there is
    // anything else.
    bool const full =
        groups_.size() == cap_ && !groups_.empty() && threshold_ == groups_.back().hash;
    if (has_other != (threshold_ != UINT64_MAX) || (has_other && !full)) return in.fail();
    reindex();
    return true;
  }

  static void hash_kind(word_hash& hash) {
    hash.add("groups");
    detail::hash_kind<Key>(hash);
  }

 private:
  static constexpr std::uint32_t empty_cell = UINT32_MAX;

  /// By hash, and equal hashes by their bytes, so that the order is total.
  static bool by_hash(group const& a, group const& b) {
    if (a.hash != b.hash) return a.hash < b.hash;
    byte_writer left, right;
    detail::encode(left, a.key);
    detail::encode(right, b.key);
    return left.bytes < right.bytes;
  }

  /// False for a key that `own` would have spelled otherwise, as -0.
  static bool same_bytes(Key const& a, Key const& b) {
    byte_writer left, right;
    detail::encode(left, a);
    detail::encode(right, b);
    return left.bytes == right.bytes;
  }

  Inner& other() {
    if (other_.empty()) other_.push_back(prototype_);
    return other_.front();
  }

  /// The slot of a key, new where it must be; none where the key belongs to `other`.
  template <class View>
  std::optional<std::uint32_t> find_or_add(View const& view, std::uint64_t hash) {
    if (hash > threshold_) return std::nullopt;
    if (groups_.size() * 2 >= table_.size()) rehash();
    std::size_t const at = position_of(view, hash);
    if (table_[at] != empty_cell) return table_[at];
    if (((at - place_of(view, hash)) & (table_.size() - 1)) > crowded && secret_ == 0) {
      secret_ = new_secret(table_.data());
      rehash();
      return find_or_add(view, hash);
    }
    return add_group(view, hash, at);
  }

  /// Where the search for a key starts.
  template <class View>
  std::size_t place_of(View const& view, std::uint64_t hash) const {
    return (secret_ == 0 ? hash : secret_key_hash(view, secret_)) & (table_.size() - 1);
  }
  std::size_t place_of(group const& one) const { return place_of(one.key, one.hash); }

  /// Where in the table the slot of a key stands, or the empty cell where it would; 0 for no table.
  template <class View>
  std::size_t position_of(View const& view, std::uint64_t hash) const {
    if (table_.empty()) return 0;
    std::size_t at = place_of(view, hash);
    for (; table_[at] != empty_cell; at = (at + 1) & (table_.size() - 1)) {
      auto const& found = groups_[table_[at]];
      if (found.hash == hash && same_key(found.key, view)) break;
    }
    return at;
  }

  /// The slot of a key, or `empty_cell`.
  template <class View>
  std::uint32_t slot_of(View const& view) const {
    if constexpr (digits > 0) {
      auto const slot = dense_.slot_of(digits_of(view));
      if (slot != dense_index<digits>::none) return slot;
    }
    return table_.empty() ? empty_cell : table_[position_of(view, key_hash(view))];
  }

  /// Where in the table a slot stands.
  std::size_t position_of_slot(std::uint32_t slot) const {
    std::size_t at = place_of(groups_[slot]);
    while (table_[at] != slot) at = (at + 1) & (table_.size() - 1);
    return at;
  }

  /// Drops the group in `slot`. The last group moves there.
  void erase(std::uint32_t slot) {
    std::size_t const at = position_of_slot(slot);
    if constexpr (digits > 0) dense_.forget(digits_of(groups_[slot].key));
    if (slot + 1 < groups_.size()) {
      auto const last = static_cast<std::uint32_t>(groups_.size() - 1);
      table_[position_of_slot(last)] = slot;
      groups_[slot] = std::move(groups_[last]);
      if constexpr (digits > 0) dense_.set(digits_of(groups_[slot].key), slot);
    }
    groups_.pop_back();
    close_gap(at);
  }

  /// Moves up what was pushed past `gap` by it: so no search ends before its key.
  void close_gap(std::size_t gap) {
    auto const mask = table_.size() - 1;
    for (std::size_t at = (gap + 1) & mask; table_[at] != empty_cell; at = (at + 1) & mask) {
      std::size_t const home = place_of(groups_[table_[at]]);
      if (((at - home) & mask) < ((at - gap) & mask)) continue;
      table_[gap] = table_[at];
      gap = at;
    }
    table_[gap] = empty_cell;
  }

  template <class View>
  std::optional<std::uint32_t> add_group(View const& view, std::uint64_t hash, std::size_t at) {
    if (groups_.size() / 2 >=
        cap_) {  // twice the cap: time to sort out, so that the cost stays constant per key
      prune();
      return find_or_add(view, hash);
    }
    table_[at] = static_cast<std::uint32_t>(groups_.size());
    groups_.push_back({own(view), hash, prototype_});
    return table_[at];
  }

  void prune() {
    if constexpr (merge_law_of<Inner> != merge_law::none) {
      if (groups_.size() <= cap_) return drop_above_threshold();
      std::sort(groups_.begin(), groups_.end(), by_hash);
      auto const keep = groups_.begin() + static_cast<std::ptrdiff_t>(cap_);
      for (auto evicted = keep; evicted != groups_.end(); ++evicted) other().merge(evicted->inner);
      groups_.erase(keep, groups_.end());
      threshold_ = groups_.back().hash;
      reindex();
    } else if (groups_.size() > cap_) {
      refuse(
          "cxm::by: more groups than at_most, and this accumulator can't be merged into `other`");
    }
  }

  /// After a merge the other side's threshold may be lower than hashes kept here.
  void drop_above_threshold() {
    auto const keep = std::stable_partition(
        groups_.begin(), groups_.end(), [&](group const& one) { return one.hash <= threshold_; });
    if (keep == groups_.end()) return;
    for (auto evicted = keep; evicted != groups_.end(); ++evicted) other().merge(evicted->inner);
    groups_.erase(keep, groups_.end());
    reindex();
  }

  void rehash() {
    table_.assign(std::max<std::size_t>(16, std::bit_ceil(groups_.size() * 4)), empty_cell);
    for (std::size_t slot = 0; slot < groups_.size(); ++slot) {
      std::size_t at = place_of(groups_[slot]);
      while (table_[at] != empty_cell) at = (at + 1) & (table_.size() - 1);
      table_[at] = static_cast<std::uint32_t>(slot);
    }
  }

  void reindex() {
    rehash();
    if constexpr (digits > 0) {
      dense_.clear();
      for (std::size_t slot = 0; slot < groups_.size(); ++slot)
        dense_.set(digits_of(groups_[slot].key), static_cast<std::uint32_t>(slot));
    }
  }

  Inner prototype_;
  std::uint64_t cap_;
  std::uint64_t threshold_ = UINT64_MAX;
  std::vector<group> groups_;
  std::vector<std::uint32_t> table_;
  std::uint64_t secret_ = 0;  // 0 while the canonical hash spreads the keys well
  [[no_unique_address]] dense_index<digits> dense_;
  std::vector<Inner> other_;  // one or none: where an optional of it is copied, g++ 12 gives false
                              // warnings to users
};

}  // namespace cxm::detail
