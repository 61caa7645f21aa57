// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/hash.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
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

  /// The number of an identifier, a new one if it was not seen before. O(length) expected, also for
  /// chosen values.
  std::uint32_t id_of(std::uint16_t kind, std::string_view value) {
    std::size_t at = slot_of(kind, value);
    if (table_[at] != vacant) return table_[at];
    if (size() == vacant) refuse("cxm::identity_graph: more than 4,294,967,294 identifiers");
    auto const id = static_cast<std::uint32_t>(size());
    text_ += value;
    ends_.push_back(text_.size());
    kinds_.push_back(kind);
    table_[at] = id;
    if (2 * size() > table_.size()) fill(2 * table_.size());
    if (longest_ > long_search && salt_ < salts) {
      ++salt_;
      fill(table_.size());
    }
    return id;
  }
  /// The number of an identifier, or `vacant`.
  std::uint32_t find(std::uint16_t kind, std::string_view value) const {
    std::size_t const mask = table_.size() - 1;
    std::size_t at = hash_of(kind, value) & mask;
    while (table_[at] != vacant && !is(table_[at], kind, value)) at = (at + 1) & mask;
    return table_[at];
  }
  std::size_t size() const { return ends_.size(); }
  /// Steps of the longest search since the table was filled.
  std::size_t longest_search() const { return longest_; }
  std::uint16_t kind(std::uint32_t id) const { return kinds_[id]; }
  std::string_view value(std::uint32_t id) const {
    std::size_t const begin = id == 0 ? 0 : ends_[id - 1];
    return std::string_view(text_).substr(begin, ends_[id] - begin);
  }
  /// The order of kinds, then of the bytes of values.
  bool before(std::uint32_t a, std::uint32_t b) const {
    return kinds_[a] != kinds_[b] ? kinds_[a] < kinds_[b] : value(a) < value(b);
  }

 private:
  static constexpr std::size_t long_search = 256;  // by chance never, in a table half full
  static constexpr std::uint64_t salts = 8;

  bool is(std::uint32_t id, std::uint16_t kind, std::string_view text) const {
    return kinds_[id] == kind && value(id) == text;
  }
  std::uint64_t hash_of(std::uint16_t kind, std::string_view value) const {
    word_hash hash;
    hash.add(salt_ << 16 | kind);
    hash.add(value);
    return hash.value();
  }
  std::size_t slot_of(std::uint16_t kind, std::string_view value) {
    std::size_t const mask = table_.size() - 1;
    std::size_t at = hash_of(kind, value) & mask, steps = 0;
    while (table_[at] != vacant && !is(table_[at], kind, value)) {
      at = (at + 1) & mask;
      ++steps;
    }
    if (steps > longest_) longest_ = steps;
    return at;
  }
  void fill(std::size_t slots) {
    table_.assign(slots, vacant);
    longest_ = 0;
    for (std::uint32_t id = 0; id < size(); ++id) {
      std::size_t at = hash_of(kinds_[id], value(id)) & (slots - 1), steps = 0;
      while (table_[at] != vacant) {
        at = (at + 1) & (slots - 1);
        // The rest would be as slow: the next salt at once.
        if (++steps > long_search && salt_ < salts) {
          ++salt_;
          return fill(slots);
        }
      }
      table_[at] = id;
    }
  }

  std::string text_;               // all values, one behind the other
  std::vector<std::size_t> ends_;  // of each in text_
  std::vector<std::uint16_t> kinds_;
  std::vector<std::uint32_t> table_ = std::vector<std::uint32_t>(64, vacant);
  std::uint64_t salt_ = 0;
  std::size_t longest_ = 0;
};

}  // namespace cxm::detail
