// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>

#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

/// \file
/// A row of the user's as an event of one case (journey/cases.hpp), and the policies on those that
/// name none.

namespace cxm {

/// The question where an event without a case goes when it is not clear.
struct case_of_the_rest;

/// To the case of the customer that was active last; before the first one, to a journey without a
/// case. The default.
struct most_recently_active {
  using policy_kind = case_of_the_rest;
};
/// To a journey without a case, which all such events of the customer share.
struct only_open_case {
  using policy_kind = case_of_the_rest;
};
/// Every event without a case goes to the journey without a case, also where only one case is open.
struct no_case_is_meant {
  using policy_kind = case_of_the_rest;
};

/// One row of the user's in one of its cases. Reads the user's fields; a view: valid as long as the
/// rows. Made by `cases_of`.
template <class Row, class Customer, class Case>
class case_event {
 public:
  using key = std::pair<Customer, std::optional<Case>>;

  constexpr case_event(Row row, std::optional<key> of, std::uint32_t shared)
      : row_(row), key_(std::move(of)), shared_(shared) {}

  /// Whose event it is, and of which case; of none where the inner optional is empty. Empty where
  /// the row names no customer.
  std::optional<key> const& case_key() const { return key_; }
  /// In how many cases the event is; at least 1.
  std::uint32_t shared() const { return shared_; }

  template <class Field>
  decltype(auto) read(Field const& field) const {
    if constexpr (requires { typename Field::reads_case; })
      return field(*this);
    else if constexpr (std::is_pointer_v<Row>)
      return cxm::read(field, *row_);
    else
      return cxm::read(field, row_);
  }

 private:
  Row row_;
  std::optional<key> key_;
  std::uint32_t shared_;
};

}  // namespace cxm
