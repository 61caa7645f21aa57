// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/event/copies.hpp>
#include <cxm/event/touchpoint_fields.hpp>
#include <cxm/journey/detail/copy_marks.hpp>
#include <cxm/journey/detail/row_handle.hpp>
#include <cxm/journey/detail/row_reader.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// The rows of a log without copies of the same event, for everything that counts rows:
///
///     auto const clean = without_copies(answers, once_per{&answer::id}, keep_last{});
///     measure(clean, on(&answer::recommend, nps()));
///
/// `reconstruct` takes the same policies itself; this is for scores, and for what comes before it,
/// as `fold_lifecycle` and `cases_of`.

namespace cxm {

/// A row of the user's that counts. Reads the user's fields.
template <class Rows>
class counted_row {
 public:
  constexpr explicit counted_row(detail::row_handle<Rows> row) : row_(row) {}

  /// The user's own row.
  constexpr auto const& row() const { return *row_; }
  template <class Field>
  constexpr decltype(auto) read(Field const& field) const {
    return cxm::read(field, *row_);
  }

 private:
  detail::row_handle<Rows> row_;
};

/// Rows that count, in their order. Made by `without_copies`; borrows the user's rows.
template <class Rows>
class counted_rows {
 public:
  using value_type = counted_row<Rows>;

  counted_rows(Rows const& rows, std::vector<detail::copy_mark> const& marks) {
    for (std::size_t i = 0; i < marks.size(); ++i)
      if (marks[i] == detail::copy_mark::counts)
        rows_.push_back(value_type(detail::row_handle<Rows>(rows, i)));
      else
        detail::count_copy(copies_, marks[i]);
  }

  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  value_type const* data() const { return rows_.data(); }
  value_type const& operator[](std::size_t i) const { return rows_[i]; }
  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.end(); }

  /// The rows that are not here: rows = size() + copies().total().
  copy_counts const& copies() const { return copies_; }

 private:
  std::vector<value_type> rows_;
  copy_counts copies_;
};

namespace detail {

template <class... Policies>
consteval bool known_copy_policies() {
  return (answers_one_of<Policies, duplicate_rows, equal_rows, near_rows, copy_to_keep> && ...);
}

template <class Rows, class Reader, class Usable, class... Policies>
auto rows_that_count(Rows&& rows, Reader const& reader, Usable const& usable,
                     Policies const&... policies) {
  static_assert(rows_outlive_the_call<Rows>,
                "cxm::without_copies: the rows are a temporary, gone before they are read; give "
                "them a name");
  static_assert(
      known_copy_policies<Policies...>(),
      "cxm::without_copies: takes once_per, once_per_content, near_duplicates, keep_first "
      "and keep_last");
  static_assert(no_question_twice<duplicate_rows, equal_rows, near_rows,
                                  copy_to_keep>::template in<Policies...>,
                "cxm::without_copies: two policies answer the same question");
  decltype(auto) seen = indexed_rows(rows);
  using seen_rows = std::remove_cvref_t<decltype(seen)>;
  auto const rules = copy_rules_of(policies...);
  return counted_rows<seen_rows>(
      seen, copy_marker<seen_rows, Reader, Usable>(seen, reader, usable).marks(rules));
}

}  // namespace detail

/// The rows without copies; an event for which all fields answer is never ousted by a broken copy
/// without customer, time or touchpoint. Such rows stay, for `reconstruct` to count. O(rows), with
/// `near_duplicates` O(rows log rows); memory one byte a row, each id once, and the result.
template <class Rows, class... Fields, class... Policies>
auto without_copies(Rows&& rows, touchpoint_fields<Fields...> fields, Policies... policies) {
  using row = std::remove_cvref_t<decltype(rows[0])>;
  detail::row_reader<row, Fields...> const reader(std::move(fields));
  auto const usable = [&](row const& one) { return reader.is_contact(one); };
  return detail::rows_that_count(std::forward<Rows>(rows), reader, usable, policies...);
}

/// The same of rows that are no touchpoint events, as answers: every row counts, and
/// `near_duplicates` is not known.
template <class Rows, policy... Policies>
auto without_copies(Rows&& rows, Policies... policies) {
  static_assert(detail::answers_to<near_rows, Policies...> == 0,
                "cxm::without_copies: near_duplicates needs touchpoint_fields, which say whose "
                "event a row is, when and at what touchpoint");
  auto const usable = [](auto const&) { return true; };
  return detail::rows_that_count(std::forward<Rows>(rows), 0, usable, policies...);
}

}  // namespace cxm
