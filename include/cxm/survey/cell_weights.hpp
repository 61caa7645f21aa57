// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// Weights by cell: what `post_stratify`, `rake` and `response_weights` find, one weight for each
/// combination of a few fields, and the field that gives every event the weight of its cell:
/// `weighted(weights.of(&answer::region, &answer::age), on(&answer::recommend, nps()))`. A weight
/// is kept in billionths, and the table's bytes are in the name of the field: states that were
/// counted with other weights do not merge.

#include <cxm/core/codec.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/hash.hpp>
#include <cxm/stats/detail/key.hpp>
#include <cxm/stats/weight.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

/// A cell and the weight of each answer in it.
template <class Key>
struct cell_weight {
  Key key;
  cxm::weight weight;
};

namespace detail {

/// Cells sorted by key, and their fingerprint.
template <class Key>
struct weight_table {
  std::vector<cell_weight<Key>> cells;
  std::string name;

  explicit weight_table(std::vector<cell_weight<Key>> from) : cells(std::move(from)) {
    std::sort(cells.begin(), cells.end(),
              [](auto const& a, auto const& b) { return key_before(a.key, b.key); });
    byte_writer bytes;
    for (auto const& one : cells) {
      encode(bytes, one.key);
      encode(bytes, one.weight.units);
    }
    word_hash hash;
    hash.add(
        std::string_view(reinterpret_cast<char const*>(bytes.bytes.data()), bytes.bytes.size()));
    std::array<char, 16> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + 16, hash.value(), 16).ptr;
    name = "weight by cell, " + std::string(digits.data(), end);
  }
  cell_weight<Key> const* find(Key const& key) const {
    auto const at = std::lower_bound(
        cells.begin(), cells.end(), key,
        [](auto const& cell, Key const& wanted) { return key_before(cell.key, wanted); });
    return at != cells.end() && !key_before(key, at->key) ? &*at : nullptr;
  }
};

}  // namespace detail

/// Reads the weight of an event's cell; empty for a cell that has none, which `weighted` counts as
/// rejected. Made by `cell_weights::of`.
template <class Key, class... Fields>
class weight_of_cell {
 public:
  weight_of_cell(std::shared_ptr<detail::weight_table<Key> const> table, Fields... fields)
      : table_(std::move(table)), fields_(detail::box<Fields>(std::move(fields))...) {}

  std::string_view name() const { return table_->name; }

  /// O(log cells).
  template <class In>
  std::optional<double> operator()(In const& in) const {
    auto const* cell = table_->find(key_of(in));
    if (cell == nullptr) return std::nullopt;
    return cell->weight.value();
  }

 private:
  template <class In>
  Key key_of(In const& in) const {
    return std::apply(
        [&](auto const&... field) {
          if constexpr (sizeof...(Fields) == 1)
            return (Key(detail::own(cxm::read(*field, in))), ...);
          else
            return Key(detail::own(cxm::read(*field, in))...);
        },
        fields_);
  }
  std::shared_ptr<detail::weight_table<Key> const> table_;
  std::tuple<detail::box<Fields>...> fields_;
};

/// A weight for each cell, sorted by cell. A value; copies share the table.
template <class Key>
class cell_weights {
 public:
  explicit cell_weights(std::vector<cell_weight<Key>> cells)
      : table_(std::make_shared<detail::weight_table<Key> const>(std::move(cells))) {}

  auto begin() const { return table_->cells.begin(); }
  auto end() const { return table_->cells.end(); }
  std::size_t size() const { return table_->cells.size(); }
  /// The weight of one cell; empty where there is none.
  std::optional<double> find(Key const& key) const {
    auto const* cell = table_->find(key);
    return cell == nullptr ? std::nullopt : std::optional(cell->weight.value());
  }
  /// The field that reads the weight off an event whose cell `fields` tell: those by which the
  /// cells were counted, in their order.
  template <class... Fields>
  auto of(Fields... fields) const {
    constexpr std::size_t parts = [] {
      if constexpr (detail::is_tuple<Key>)
        return std::tuple_size_v<Key>;
      else
        return std::size_t{1};
    }();
    static_assert(sizeof...(Fields) == parts,
                  "cxm::cell_weights: of() takes the fields by which the cells were counted");
    return weight_of_cell<Key, Fields...>(table_, std::move(fields)...);
  }

 private:
  std::shared_ptr<detail::weight_table<Key> const> table_;
};

}  // namespace cxm
