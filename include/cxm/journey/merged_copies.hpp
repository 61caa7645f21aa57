// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/merge_law.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/event/copies.hpp>
#include <cxm/journey/detail/copy_rules.hpp>
#include <cxm/stats/detail/group_map.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// Copies of one event that each know something else, made into one row:
///
///     auto const whole = merged_copies(log, once_per{&row::source, &row::id},
///                                      fill{&row::recommend, &row::agent});
///
/// The copy that counts (`keep_first`, `keep_last`) is kept; where a field of it is empty, the next
/// copy in that order that knows it fills it. What is known is never overwritten: copies that know
/// different things are counted as conflicts.

namespace cxm {

/// The question how the fields of copies become those of one row.
struct merge_of_copies;

/// Fills these members of the row that counts, each a `std::optional`, from its copies.
template <class... Values>
struct fill;
template <class Row, class... Values>
struct fill<Row, Values...> {
  using policy_kind = merge_of_copies;
  std::tuple<std::optional<Values> Row::*...> members;

  constexpr explicit fill(std::optional<Values> Row::*... of) : members(of...) {}

  /// Fills what `kept` does not know; gives the number of members that know something else.
  std::uint64_t operator()(Row& kept, Row const& copy) const {
    std::uint64_t conflicts = 0;
    auto const one = [&](auto member) {
      if (!(copy.*member)) return;
      if (!(kept.*member))
        kept.*member = copy.*member;
      else
        conflicts += *(kept.*member) == *(copy.*member) ? 0 : 1;
    };
    std::apply([&](auto... member) { (one(member), ...); }, members);
    return conflicts;
  }
};
template <class Row, class... Values>
fill(std::optional<Values> Row::*...) -> fill<Row, Values...>;

/// Merges copies as a function says: `merge_with{[](row& kept, row const& copy) { … }}`.
template <class Function>
struct merge_with {
  using policy_kind = merge_of_copies;
  Function function;
  constexpr explicit merge_with(Function how) : function(std::move(how)) {}

  template <class Row>
  std::uint64_t operator()(Row& kept, Row const& copy) const {
    function(kept, copy);
    return 0;
  }
};

/// Rows of one event each. Made by `merged_copies`: owned, and independent of the rows they came
/// from.
template <class Row>
struct merged_rows {
  std::vector<Row> rows;        ///< each where the copy that counts was
  std::uint64_t copies = 0;     ///< rows that went into another: given rows = rows + copies
  std::uint64_t conflicts = 0;  ///< fields where a copy knew something else than what is kept
};

namespace detail {

/// Which rows are copies of one event, the one that counts first.
template <class Row>
class copy_groups {
 public:
  template <class... Fields, class Keep>
  copy_groups(std::vector<Row> const& rows, std::tuple<Fields...> const& id, Keep const& keep)
      : first_(rows.size(), nobody), next_(rows.size(), nobody) {
    group_map<typename copy_key<true, Row, Fields...>::type, kept_row> kept(kept_row{}, UINT64_MAX);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      first_[i] = i;
      with_copy_key<true>(id, rows[i], [&](auto const& key) {
        auto& head = kept.at(key).row;
        if (head != kept_row::nobody) insert(rows, keep, head, i);
        if (head == kept_row::nobody || next_[i] == head) head = i;
      });
    }
  }
  /// Whether a row is the one that counts, and the copy after it or after another copy.
  bool counts(std::size_t i) const { return first_[i] == i; }
  std::size_t next(std::size_t i) const { return next_[i]; }

  static constexpr std::size_t nobody = kept_row::nobody;

 private:
  /// Puts row `i` into the chain of `head`, which is in order of preference.
  template <class Keep>
  void insert(std::vector<Row> const& rows, Keep const& keep, std::size_t head, std::size_t i) {
    if (takes_its_place(keep, rows[i], rows[head])) {
      next_[i] = head;
      first_[head] = i;
      return;
    }
    std::size_t before = head;
    while (next_[before] != nobody && !takes_its_place(keep, rows[i], rows[next_[before]]))
      before = next_[before];
    next_[i] = std::exchange(next_[before], i);
    first_[i] = head;
  }

  std::vector<std::size_t> first_;
  std::vector<std::size_t> next_;
};

}  // namespace detail

/// One row for each event of `rows`, a vector of the user's structs: copies by `once_per` merged as
/// `fill` or `merge_with` says, into the copy that `keep_first` (default) or `keep_last` makes
/// count. Merging the log twice over gives the same rows as once. O(rows), and for an event with c
/// copies O(c²) where a field orders them; memory the rows once more.
template <class Row, class... Fields, class... Policies>
merged_rows<Row> merged_copies(std::vector<Row> const& rows, once_per<Fields...> id,
                               Policies... policies) {
  static_assert((detail::answers_one_of<Policies, merge_of_copies, copy_to_keep> && ...),
                "cxm::merged_copies: takes fill or merge_with, keep_first and keep_last");
  static_assert(detail::answers_to<merge_of_copies, Policies...> == 1 &&
                    detail::answers_to<copy_to_keep, Policies...> <= 1,
                "cxm::merged_copies: needs one of fill and merge_with, and at most one of "
                "keep_first and keep_last");
  auto const merge = detail::pick<merge_of_copies>(0, policies...);
  auto const keep = detail::pick<copy_to_keep>(keep_first<input_order>{}, policies...);
  detail::copy_groups<Row> const groups(rows, id.fields, keep);
  merged_rows<Row> found;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!groups.counts(i)) {
      ++found.copies;
      continue;
    }
    found.rows.push_back(rows[i]);
    for (auto at = groups.next(i); at != groups.nobody; at = groups.next(at))
      found.conflicts += merge(found.rows.back(), rows[at]);
  }
  return found;
}

}  // namespace cxm
