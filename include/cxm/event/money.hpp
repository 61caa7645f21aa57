// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/error.hpp>
#include <cxm/core/policy.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

/// \file
/// Amounts of money: whole minor units (cents, groszy) and the currency they are in, so that sums
/// are exact and euros are never added to dollars. A struct whose amounts are all in one currency
/// needs none of this: its cost is an integer.

namespace cxm {

/// A currency by its code of three letters, as ISO 4217 has them: `currency("EUR")`.
class currency {
 public:
  static constexpr std::string_view type_name = "currency";

  constexpr currency() = default;
  /// Throws std::invalid_argument unless it is three capital letters.
  constexpr explicit currency(std::string_view code) {
    if (code.size() != 3) detail::refuse("cxm::currency: a code has three capital letters");
    for (std::size_t i = 0; i < 3; ++i) {
      if (code[i] < 'A' || code[i] > 'Z')
        detail::refuse("cxm::currency: a code has three capital letters");
      letters_[i] = static_cast<std::uint8_t>(code[i]);
    }
  }

  /// The three letters; of no currency, three `X` as ISO 4217 has it.
  constexpr std::array<char, 3> code() const {
    return {static_cast<char>(letters_[0]), static_cast<char>(letters_[1]),
            static_cast<char>(letters_[2])};
  }
  friend constexpr auto operator<=>(currency const&, currency const&) = default;

  static constexpr void describe(auto& self, auto& visit) { visit.state("letters", self.letters_); }

 private:
  std::array<std::uint8_t, 3> letters_ = {'X', 'X', 'X'};
};

/// An amount in minor units of a currency.
struct money {
  std::int64_t minor = 0;
  currency in;

  friend constexpr bool operator==(money const&, money const&) = default;
  /// Throw std::invalid_argument for two currencies, and for a sum beyond 64 bits.
  friend constexpr money operator+(money a, money const& b) {
    require_one_currency(a, b);
    bool const over = b.minor > 0 ? a.minor > INT64_MAX - b.minor : a.minor < INT64_MIN - b.minor;
    if (over) detail::refuse("cxm::money: the sum is beyond 64 bits");
    a.minor += b.minor;
    return a;
  }
  friend constexpr money operator-(money a, money const& b) {
    require_one_currency(a, b);
    bool const over = b.minor < 0 ? a.minor > INT64_MAX + b.minor : a.minor < INT64_MIN + b.minor;
    if (over) detail::refuse("cxm::money: the difference is beyond 64 bits");
    a.minor -= b.minor;
    return a;
  }

 private:
  static constexpr void require_one_currency(money const& a, money const& b) {
    if (a.in != b.in) detail::refuse("cxm::money: two currencies can't be added");
  }
};

/// The question which currency is counted.
struct counted_currency;

/// Counts amounts in this currency: `in_currency{"EUR"}`. Others are counted as such, not
/// converted.
struct in_currency {
  using policy_kind = counted_currency;
  currency which;

  constexpr explicit in_currency(std::string_view code) : which(code) {}
};

}  // namespace cxm
