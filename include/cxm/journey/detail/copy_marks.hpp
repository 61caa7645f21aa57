// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/event/copies.hpp>
#include <cxm/journey/detail/copy_rules.hpp>
#include <cxm/stats/detail/group_map.hpp>
#include <cxm/stats/detail/key.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Finds the rows that are copies of others, as the policies of event/copies.hpp say: one mark a
/// row. Ids and contents by hash tables that keep each value once; near duplicates by sorting.

namespace cxm::detail {

/// Marks the copies among `rows`. `usable(row)` is false for rows that are left out anyway: they
/// must not oust a whole copy. `reader` says who, when and what, for near duplicates.
template <class Rows, class Reader, class Usable>
class copy_marker {
  using row_type = std::remove_cvref_t<decltype(std::declval<Rows const&>()[0])>;

 public:
  copy_marker(Rows const& rows, Reader const& reader, Usable const& usable)
      : rows_(rows), reader_(reader), usable_(usable) {}

  template <class Rules>
  std::vector<copy_mark> marks(Rules const& rules) {
    marks_.assign(rows_.size(), copy_mark::counts);
    if constexpr (Rules::by_time) quarantine(rules.future);
    if constexpr (Rules::by_id)
      keep_one_each<true>(rules.once.fields, rules.keep, copy_mark::same_id,
                          [](row_type const&) { return true; });
    if constexpr (Rules::by_content)
      keep_one_each<false>(rules.content.fields, rules.keep, copy_mark::same_content,
                           [&](row_type const& row) { return !has_id(rules, row); });
    if constexpr (Rules::by_nearness) thin_out(rules.near);
    return std::move(marks_);
  }

 private:
  template <class Rules>
  static bool has_id(Rules const& rules, row_type const& row) {
    bool has = false;
    if constexpr (Rules::by_id)
      with_copy_key<true>(rules.once.fields, row, [&](auto const&) { has = true; });
    return has;
  }

  template <bool Whole, class Keep, class Asked, class... Fields>
  void keep_one_each(std::tuple<Fields...> const& fields, Keep const& keep, copy_mark mark,
                     Asked const& asked) {
    group_map<typename copy_key<Whole, row_type, Fields...>::type, kept_row> kept(kept_row{},
                                                                                  UINT64_MAX);
    for (std::size_t i = 0; i < marks_.size(); ++i) {
      row_type const& row = rows_[i];
      if (marks_[i] != copy_mark::counts || !usable_(row) || !asked(row)) continue;
      with_copy_key<Whole>(fields, row, [&](auto const& key) {
        auto& one = kept.at(key);
        if (one.row == kept_row::nobody) {
          one.row = i;
          return;
        }
        row_type const& before = rows_[one.row];
        marks_[takes_its_place(keep, row, before) ? std::exchange(one.row, i) : i] = mark;
      });
    }
  }

  template <class Future>
  void quarantine(Future const& rule) {
    for (std::size_t i = 0; i < marks_.size(); ++i) {
      row_type const& row = rows_[i];
      if (!usable_(row)) continue;
      auto const check = [&](auto const& seen) {
        if (reader_.time(row) > seen && reader_.time(row) - seen > rule.skew)
          marks_[i] = copy_mark::future;
      };
      auto const& seen = cxm::read(rule.observed, row);
      if constexpr (is_optional<std::remove_cvref_t<decltype(seen)>>) {
        if (seen) check(*seen);
      } else {
        check(seen);
      }
    }
  }

  template <class Near>
  void thin_out(Near const& near) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < marks_.size(); ++i)
      if (marks_[i] == copy_mark::counts && usable_(rows_[i])) order.push_back(i);
    auto const place = [&](std::size_t i) {
      row_type const& row = rows_[i];
      return std::apply(
          [&](auto const&... field) {
            return std::tuple(reader_.customer(row), reader_.touchpoint(row),
                              field_value<std::remove_cvref_t<decltype(field)>, row_type>(
                                  cxm::read(field, row))...);
          },
          near.fields);
    };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      auto const first = place(a), second = place(b);
      if (key_before(first, second)) return true;
      return !key_before(second, first) && reader_.time(rows_[a]) < reader_.time(rows_[b]);
    });
    std::size_t kept = kept_row::nobody;
    for (auto const i : order) {
      bool const same = kept != kept_row::nobody && !key_before(place(kept), place(i));
      if (same && reader_.time(rows_[i]) - reader_.time(rows_[kept]) <= near.apart)
        marks_[i] = copy_mark::near;
      else
        kept = i;
    }
  }

  Rows const& rows_;
  Reader const& reader_;
  Usable const& usable_;
  std::vector<copy_mark> marks_;
};

}  // namespace cxm::detail
