// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/hash.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// \file
/// Identifiers as small numbers: the kind and the value of each, kept once, numbered in order of
/// appearance. Who can choose values could choose them to fall on one place of a table whose hash
/// is known: where a search becomes long the table is filled again under another salt, for which
/// they would have had to choose as well. No number depends on the salt.

namespace cxm::detail {

class identifier_table {
 public:
  static constexpr std::uint32_t vacant = UINT32_MAX;
  static constexpr std::size_t longest_value = 256;

  /// The number of an identifier of at most `longest_value` bytes, a new one if it was not seen
  /// before. O(length) expected, also for chosen values.
  std::uint32_t id_of(std::uint16_t kind, std::string_view value) {
    auto const hash = hash_of(kind, value);
    auto const [at, steps] = find_slot(hash, kind, value);
    if (table_[at].id != vacant) return table_[at].id;
    if (size() == vacant) refuse("cxm::identity_graph: more than 4,294,967,294 identifiers");
    auto const id = static_cast<std::uint32_t>(size());
    nodes_.push_back({text_.size(), static_cast<std::uint16_t>(value.size()), kind});
    text_ += value;
    table_[at] = {id, tag_of(hash)};
    if (steps > long_search && salt_ < salts) {
      ++salt_;
      fill(table_.size());
    }
    if (2 * size() > table_.size()) fill(2 * table_.size());
    return id;
  }
  /// The number of an identifier, or `vacant`.
  std::uint32_t find(std::uint16_t kind, std::string_view value) const {
    return table_[find_slot(hash_of(kind, value), kind, value).first].id;
  }
  std::size_t size() const { return nodes_.size(); }
  std::uint16_t kind(std::uint32_t id) const { return nodes_[id].kind; }
  std::string_view value(std::uint32_t id) const {
    return std::string_view(text_).substr(nodes_[id].begin, nodes_[id].size);
  }
  /// The order of kinds, then of the bytes of values.
  bool before(std::uint32_t a, std::uint32_t b) const {
    return kind(a) != kind(b) ? kind(a) < kind(b) : value(a) < value(b);
  }
  /// How often the table had to be filled again because searches were long.
  std::uint64_t salt() const { return salt_; }

 private:
  static constexpr std::size_t long_search = 256;  // by chance never, in a table half full
  static constexpr std::uint64_t salts = 8;

  struct node {
    std::uint64_t begin = 0;  // of its value
    std::uint16_t size = 0;
    std::uint16_t kind = 0;
  };
  /// With a part of the hash, so that others are passed by without a look at their values.
  struct slot {
    std::uint32_t id = vacant;
    std::uint32_t tag = 0;
  };

  static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }
  std::uint64_t hash_of(std::uint16_t kind, std::string_view value) const {
    word_hash hash;
    hash.add(salt_ << 16 | kind);
    hash.add(value);
    return hash.value();
  }
  /// Where it is or would be, and how far that is from where it should be.
  std::pair<std::size_t, std::size_t> find_slot(std::uint64_t hash, std::uint16_t kind,
                                                std::string_view value) const {
    std::size_t const mask = table_.size() - 1;
    std::size_t at = hash & mask, steps = 0;
    while (table_[at].id != vacant &&
           !(table_[at].tag == tag_of(hash) && nodes_[table_[at].id].kind == kind &&
             this->value(table_[at].id) == value)) {
      at = (at + 1) & mask;
      ++steps;
    }
    return {at, steps};
  }
  void fill(std::size_t slots) {
    while (!try_fill(slots)) ++salt_;
  }
  /// False where a search became long and there is another salt.
  bool try_fill(std::size_t slots) {
    table_.assign(slots, slot{});
    for (std::uint32_t id = 0; id < size(); ++id) {
      auto const hash = hash_of(kind(id), value(id));
      std::size_t at = hash & (slots - 1), steps = 0;
      for (; table_[at].id != vacant; at = (at + 1) & (slots - 1))
        if (++steps > long_search && salt_ < salts) return false;
      table_[at] = {id, tag_of(hash)};
    }
    return true;
  }

  std::string text_;  // all values, one behind the other
  std::vector<node> nodes_;
  std::vector<slot> table_ = std::vector<slot>(64);
  std::uint64_t salt_ = 0;
};

}  // namespace cxm::detail
