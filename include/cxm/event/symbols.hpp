// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Texts as small numbers. A log names its customers and touchpoints millions of times; kept once
/// each, they turn into dense 32-bit ids, which are quick to compare, to hash and to count by.

#include <cxm/core/error.hpp>
#include <cxm/core/hash.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cxm {

/// Distinct texts, numbered from 0 in order of appearance. A value: copies are independent.
///
///     symbols touchpoints;
///     row.touchpoint = touchpoints.id_of(text);     // and later touchpoints[row.touchpoint]
class symbols {
 public:
  /// The id of `text`, a new one if it was not seen before. O(length) expected; allocates only for
  /// new texts. Throws std::invalid_argument at 4,294,967,295 texts.
  std::uint32_t id_of(std::string_view text) {
    std::uint64_t const hash = hash_of(text);
    std::size_t at = slot_of(text, hash);
    if (table_[at] != vacant) return table_[at];
    if (size() == vacant) detail::refuse("cxm::symbols: more than 4,294,967,294 texts");
    auto const id = static_cast<std::uint32_t>(size());
    text_ += text;
    ends_.push_back(text_.size());
    hashes_.push_back(hash);
    table_[at] = id;
    if (2 * size() > table_.size()) grow();
    return id;
  }

  /// The id of `text` if it was seen before.
  std::optional<std::uint32_t> find(std::string_view text) const {
    std::uint32_t const id = table_[slot_of(text, hash_of(text))];
    return id == vacant ? std::nullopt : std::optional(id);
  }

  /// The text of an id below `size()`; valid until the next new text.
  std::string_view operator[](std::uint32_t id) const {
    std::size_t const begin = id == 0 ? 0 : ends_[id - 1];
    return std::string_view(text_).substr(begin, ends_[id] - begin);
  }

  std::size_t size() const { return ends_.size(); }
  bool empty() const { return ends_.empty(); }

  /// The same texts numbered in the order of their bytes, and the new id of every old one: ids of
  /// it sort as their texts do. O(n log n).
  struct in_byte_order;
  in_byte_order sorted() const;

 private:
  static constexpr std::uint32_t vacant = UINT32_MAX;

  static std::uint64_t hash_of(std::string_view text) {
    detail::word_hash hash;
    hash.add(text);
    return hash.value();
  }
  std::size_t slot_of(std::string_view text, std::uint64_t hash) const {
    std::size_t const mask = table_.size() - 1;
    std::size_t at = hash & mask;
    while (table_[at] != vacant && !(hashes_[table_[at]] == hash && (*this)[table_[at]] == text))
      at = (at + 1) & mask;
    return at;
  }
  void grow() {
    table_.assign(2 * table_.size(), vacant);
    for (std::size_t id = 0; id < size(); ++id) {
      std::size_t at = hashes_[id] & (table_.size() - 1);
      while (table_[at] != vacant) at = (at + 1) & (table_.size() - 1);
      table_[at] = static_cast<std::uint32_t>(id);
    }
  }

  std::string text_;               // all texts, one behind the other
  std::vector<std::size_t> ends_;  // of each in text_
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> table_ = std::vector<std::uint32_t>(64, vacant);
};

struct symbols::in_byte_order {
  symbols texts;
  std::vector<std::uint32_t> new_id;  ///< by old id
};

inline symbols::in_byte_order symbols::sorted() const {
  std::vector<std::uint32_t> order(size());
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::sort(order.begin(), order.end(),
            [this](std::uint32_t a, std::uint32_t b) { return (*this)[a] < (*this)[b]; });
  in_byte_order found{{}, std::vector<std::uint32_t>(size())};
  for (std::uint32_t const old : order) found.new_id[old] = found.texts.id_of((*this)[old]);
  return found;
}

}  // namespace cxm
