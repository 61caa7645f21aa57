// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/byte_stream.hpp>
#include <cxm/core/codec.hpp>
#include <cxm/core/error.hpp>
#include <cxm/event/detail/identifier_table.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Evidence of identity: which identifiers were seen together, when, and how often, as a multiset.
/// It forgets nothing, so that every rule is applied when it is read and each sighting can be taken
/// back. Its bytes do not depend on the order of sightings.

namespace cxm::detail {

/// Identifiers of one event, by number, and its time.
struct sighting {
  std::int64_t time = 0;
  std::uint64_t begin = 0;  // of its identifiers
  std::uint32_t size = 0;
  std::uint64_t copies = 0;  // 0: was taken back
};

class sighting_log {
 public:
  static constexpr std::size_t most_together = 64;

  identifier_table const& identifiers() const { return table_; }
  std::vector<sighting> const& sightings() const { return sightings_; }
  std::span<std::uint32_t const> of(sighting const& one) const {
    return {ids_.data() + one.begin, one.size};
  }
  std::uint32_t number(std::uint16_t kind, std::string_view value) {
    return table_.id_of(kind, value);
  }

  /// Identifiers by number; sorted here, once each. O(1) amortised.
  void add(std::int64_t time, std::span<std::uint32_t> together, std::uint64_t copies = 1) {
    auto const ids = sorted(together);
    sightings_.push_back({time, ids_.size(), static_cast<std::uint32_t>(ids.size()), copies});
    ids_.insert(ids_.end(), ids.begin(), ids.end());
  }
  /// False where there is no such sighting. O(log n), the first one after `add` O(n log n).
  bool remove(std::int64_t time, std::span<std::uint32_t> together) {
    settle();
    auto const ids = sorted(together);
    auto const at =
        std::lower_bound(sightings_.begin(), sightings_.end(), 0, [&](sighting const& one, int) {
          auto const order = compared(of(one), ids);
          return order != 0 ? order < 0 : one.time < time;
        });
    if (at == sightings_.end() || at->time != time || compared(of(*at), ids) != 0 ||
        at->copies == 0)
      return false;
    --at->copies;
    return true;
  }
  void merge(sighting_log const& other) {
    std::vector<std::uint32_t> numbers(other.table_.size(), identifier_table::vacant), together;
    auto const count = other.sightings_.size();  // it may be this log
    for (std::size_t i = 0; i < count; ++i) {
      sighting const one = other.sightings_[i];
      if (one.copies == 0) continue;
      together.assign(other.of(one).begin(), other.of(one).end());
      for (auto& id : together) {
        auto& mine = numbers[id];
        if (mine == identifier_table::vacant)
          mine = table_.id_of(other.table_.kind(id), std::string(other.table_.value(id)));
        id = mine;
      }
      add(one.time, together, one.copies);
    }
  }

  /// Only what is still evidence, in the order of identifiers.
  void encode(byte_writer& out) const {
    auto const [order, rank] = ranked();
    sighting_log canonical;
    for (auto const& one : sightings_) {
      if (one.copies == 0) continue;
      std::vector<std::uint32_t> together(of(one).begin(), of(one).end());
      for (auto& id : together) id = rank[id];
      canonical.add(one.time, together, one.copies);
    }
    canonical.settle();
    out.word(std::uint64_t{order.size()});
    for (auto const id : order) {
      out.word(table_.kind(id));
      out.text(table_.value(id));
    }
    out.word(std::uint64_t{canonical.sightings_.size()});
    for (auto const& one : canonical.sightings_) {
      out.word(static_cast<std::uint8_t>(one.size));
      for (auto const id : canonical.of(one)) out.word(id);
      detail::encode(out, one.time);
      out.word(one.copies);
    }
  }
  bool decode(byte_reader& in) {
    *this = {};
    std::uint64_t nodes = 0, count = 0;
    if (!in.length(nodes)) return false;
    for (std::uint32_t id = 0; id < nodes; ++id)
      if (!decode_identifier(in, id)) return in.fail();
    if (!in.length(count)) return false;
    std::vector<bool> used(static_cast<std::size_t>(nodes));
    for (std::uint64_t i = 0; i < count; ++i)
      if (!decode_sighting(in, used)) return in.fail();
    settled_ = sightings_.size();
    return std::find(used.begin(), used.end(), false) == used.end();
  }
  std::uint64_t copies() const {
    std::uint64_t sum = 0;
    for (auto const& one : sightings_)
      sum = one.copies > INT64_MAX - std::min<std::uint64_t>(sum, INT64_MAX) ? UINT64_MAX
                                                                             : sum + one.copies;
    return sum;
  }

 private:
  static std::span<std::uint32_t> sorted(std::span<std::uint32_t> ids) {
    std::sort(ids.begin(), ids.end());
    auto const end = std::unique(ids.begin(), ids.end());
    return ids.first(static_cast<std::size_t>(end - ids.begin()));
  }
  static int compared(std::span<std::uint32_t const> a, std::span<std::uint32_t const> b) {
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i)
      if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
    return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
  }
  bool before(sighting const& a, sighting const& b) const {
    auto const order = compared(of(a), of(b));
    return order != 0 ? order < 0 : a.time < b.time;
  }
  /// Sorted, equal sightings as one with more copies.
  void settle() {
    if (settled_ == sightings_.size()) return;
    auto const less = [this](sighting const& a, sighting const& b) { return before(a, b); };
    auto const middle = sightings_.begin() + static_cast<std::ptrdiff_t>(settled_);
    std::sort(middle, sightings_.end(), less);
    std::inplace_merge(sightings_.begin(), middle, sightings_.end(), less);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < sightings_.size(); ++i) {
      if (kept > 0 && !before(sightings_[kept - 1], sightings_[i]))
        sightings_[kept - 1].copies += sightings_[i].copies;
      else
        sightings_[kept++] = sightings_[i];
    }
    sightings_.resize(kept);
    settled_ = kept;
  }
  /// The identifiers that are evidence, in their order, and the place of each number in it.
  std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>> ranked() const {
    std::vector<std::uint32_t> order, rank(table_.size(), 0);
    for (auto const& one : sightings_)
      if (one.copies > 0)
        for (auto const id : of(one)) rank[id] = 1;
    for (std::uint32_t id = 0; id < rank.size(); ++id)
      if (rank[id] != 0) order.push_back(id);
    std::sort(order.begin(), order.end(), [this](auto a, auto b) { return table_.before(a, b); });
    for (std::uint32_t i = 0; i < order.size(); ++i) rank[order[i]] = i;
    return {std::move(order), std::move(rank)};
  }
  bool decode_identifier(byte_reader& in, std::uint32_t id) {
    std::uint16_t kind = 0;
    std::string value;
    if (!in.word(kind) || !in.text(value) || value.empty() ||
        value.size() > identifier_table::longest_value)
      return false;
    return table_.id_of(kind, value) == id && (id == 0 || table_.before(id - 1, id));
  }
  bool decode_sighting(byte_reader& in, std::vector<bool>& used) {
    std::uint8_t size = 0;
    if (!in.word(size) || size == 0 || size > most_together) return false;
    sighting one{0, ids_.size(), size, 0};
    for (std::uint32_t i = 0; i < size; ++i) {
      std::uint32_t id = 0;
      if (!in.word(id) || id >= used.size() || (i > 0 && id <= ids_.back())) return false;
      ids_.push_back(id);
      used[id] = true;
    }
    if (!detail::decode(in, one.time) || !in.word(one.copies) || one.copies == 0) return false;
    if (!sightings_.empty() && !before(sightings_.back(), one)) return false;
    sightings_.push_back(one);
    return true;
  }

  identifier_table table_;
  std::vector<std::uint32_t> ids_;  // of all sightings, one behind the other
  std::vector<sighting> sightings_;
  std::size_t settled_ = 0;  // so many of them are sorted, and different
};

}  // namespace cxm::detail
