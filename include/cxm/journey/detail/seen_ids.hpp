// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/fingerprint.hpp>
#include <cxm/core/hash.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Ids with the time when each was seen: found by hash, dropped in bulk by time. Open addressing
/// over a vector of entries in the order in which they came.

namespace cxm::detail {

template <class Key, class Time>
class seen_ids {
 public:
  using entry = std::pair<Key, Time>;

  std::size_t size() const { return entries_.size(); }
  std::vector<entry> const& entries() const { return entries_; }

  /// When the id that `view` shows was seen; null where it was not.
  template <class View>
  Time* find(View const& view, std::uint64_t hash) {
    if (table_.empty()) return nullptr;
    std::size_t at = hash & (table_.size() - 1);
    for (; table_[at] != vacant; at = (at + 1) & (table_.size() - 1))
      if (hashes_[table_[at]] == hash && same_key(entries_[table_[at]].first, view))
        return &entries_[table_[at]].second;
    return nullptr;
  }
  /// Adds an id that was not seen.
  void add(Key key, std::uint64_t hash, Time at) {
    entries_.emplace_back(std::move(key), at);
    hashes_.push_back(hash);
    if (2 * entries_.size() > table_.size())
      reindex();
    else
      place(entries_.size() - 1);
  }
  /// Drops all ids whose time does not satisfy `keep`.
  template <class Keep>
  void keep_if(Keep const& keep) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (!keep(entries_[i].second)) continue;
      if (kept != i) {
        entries_[kept] = std::move(entries_[i]);
        hashes_[kept] = hashes_[i];
      }
      ++kept;
    }
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(kept), entries_.end());
    hashes_.resize(kept);
    reindex();
  }
  /// The time that `earlier` others are not later than.
  Time nth_time(std::size_t earlier) const {
    std::vector<Time> times;
    times.reserve(entries_.size());
    for (auto const& one : entries_) times.push_back(one.second);
    auto const nth = times.begin() + static_cast<std::ptrdiff_t>(earlier);
    std::nth_element(times.begin(), nth, times.end());
    return *nth;
  }

  void encode(byte_writer& out) const { detail::encode(out, entries_); }
  bool decode(byte_reader& in) {
    if (!detail::decode(in, entries_)) return false;
    hashes_.clear();
    for (auto const& one : entries_) hashes_.push_back(key_hash(one.first));
    table_.clear();
    reindex();
    for (std::size_t i = 0; i < entries_.size(); ++i)  // the same id twice was never written
      if (find(entries_[i].first, hashes_[i]) != &entries_[i].second) return in.fail();
    return true;
  }
  static void hash_kind(word_hash& hash) {
    hash.add("seen_ids");
    detail::hash_kind<entry>(hash);
  }

 private:
  static constexpr std::uint32_t vacant = UINT32_MAX;

  void place(std::size_t i) {
    std::size_t at = hashes_[i] & (table_.size() - 1);
    while (table_[at] != vacant) at = (at + 1) & (table_.size() - 1);
    table_[at] = static_cast<std::uint32_t>(i);
  }
  void reindex() {
    table_.assign(std::bit_ceil(std::max<std::size_t>(16, 4 * entries_.size())), vacant);
    for (std::size_t i = 0; i < entries_.size(); ++i) place(i);
  }

  std::vector<entry> entries_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> table_;
};

}  // namespace cxm::detail
