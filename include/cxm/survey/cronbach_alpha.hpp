// SPDX-License-Identifier: BSL-1.0
#pragma once

/// \file
/// `cronbach_alpha(&answer::easy, &answer::quick, &answer::kind)`: do several questions measure one
/// thing, so that their sum may stand for it? Counts exact sums of products, from which everything
/// in survey/reliability.hpp is read. Its run-time twin reads the columns of a row:
/// `cronbach_alpha(columns{{2, 5, 7}})`. Questions asked the other way round are turned by the
/// field: `[](answer const& a) { return 8 - a.hard; }`.

#include <cxm/core/accumulator.hpp>
#include <cxm/core/confidence.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/stats/by.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/survey/reliability.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace cxm {

/// Exact sums of products of answers. Made by `cronbach_alpha`.
template <class... Fields>
class alpha_sums {
 public:
  static constexpr std::string_view type_name = "cronbach_alpha";
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  alpha_sums(std::tuple<detail::box<Fields>...> fields, std::size_t items, confidence level)
      : fields_(std::move(fields)), level_(level), products_(items) {
    if (items < 2 || items > 200)
      detail::refuse("cxm::cronbach_alpha: takes from 2 to 200 questions");
  }

  /// One customer's answers. A row that lacks one counts as missing, however many it has.
  /// O(items²).
  template <class In>
  void add(In const& in) {
    sort_out(
        in, [&] { ++missing_; }, [&] { ++invalid_; }, [&](auto const& row) { products_.add(row); });
  }
  /// The inverse, for corrections and erasure. Throws `std::invalid_argument` for a row that is
  /// seen to have never been added, and then changes nothing. O(items²).
  template <class In>
  void remove(In const& in) {
    sort_out(
        in, [&] { detail::uncount(missing_); }, [&] { detail::uncount(invalid_); },
        [&](auto const& row) { products_.remove(row); });
  }
  bool empty() const { return products_.n() == 0 && missing_ == 0 && invalid_ == 0; }
  void merge(alpha_sums const& other) {
    detail::require_same(
        products_.items() == other.products_.items() && detail::same_fields(fields_, other.fields_),
        "cxm::cronbach_alpha: merging plans over different questions");
    detail::require_fit(detail::counts_fit(products_.n(), other.products_.n()) &&
                        detail::counts_fit(missing_, other.missing_) &&
                        detail::counts_fit(invalid_, other.invalid_));
    products_.merge(other.products_);
    missing_ += other.missing_;
    invalid_ += other.invalid_;
  }
  reliability result() const {
    reliability found{products_.n(), missing_, invalid_};
    found.items.resize(products_.items());
    std::size_t i = 0;
    if constexpr (sizeof...(Fields) > 1)
      std::apply([&](auto const&... one) { ((found.items[i++].name = name_of(*one)), ...); },
                 fields_);
    return detail::reliability_of(products_, std::move(found), level_);
  }

  bool valid() const { return missing_ <= INT64_MAX && invalid_ <= INT64_MAX; }
  static void describe(auto& self, auto& visit) {
    std::apply([&](auto const&... one) { (visit.policy("field", name_of(*one)), ...); },
               self.fields_);
    visit.policy("items", std::uint64_t{self.products_.items()});
    visit.state("missing", self.missing_);
    visit.state("invalid", self.invalid_);
    visit.state("products", self.products_);
  }

 private:
  /// Reads the answers, and calls the one of three that they are for.
  template <class In, class Missing, class Invalid, class Valid>
  void sort_out(In const& in, Missing const& when_missing, Invalid const& when_invalid,
                Valid const& when_valid) {
    std::vector<std::int64_t> row;
    row.reserve(products_.items());
    bool missing = false;
    bool invalid = false;
    auto const see = [&](auto const& answer) {
      detail::if_answered(
          answer,
          [&](auto const& value) {
            row.push_back(0);
            invalid = !whole(value, row.back()) || invalid;
          },
          [&] { missing = true; });
    };
    if constexpr (sizeof...(Fields) > 1) {
      std::apply([&](auto const&... field) { (see(cxm::read(*field, in)), ...); }, fields_);
    } else {
      auto const answers = cxm::read(*std::get<0>(fields_), in);
      for (std::size_t i = 0; i < answers.size(); ++i) see(answers[i]);
      if (answers.size() != products_.items()) missing = true;
    }
    if (missing)
      when_missing();
    else if (invalid)
      when_invalid();
    else
      when_valid(row);
  }

  /// The answer as a whole number within ±2³¹; false where it is none.
  template <class Value>
  static bool whole(Value const& value, std::int64_t& into) {
    static_assert(
        (std::is_arithmetic_v<Value> || std::is_enum_v<Value>)&&!std::is_same_v<Value, bool>,
        "cxm::cronbach_alpha: an answer is a number, an enum, or std::optional of one");
    if constexpr (std::is_floating_point_v<Value>) {
      if (!(value >= Value(-0x1p31) && value <= Value(0x1p31))) return false;
      into = static_cast<std::int64_t>(value);
      return static_cast<Value>(into) == value;
    } else {
      bool fits = true;
      into = detail::ticks_of(value, fits);
      return fits && into >= -(std::int64_t{1} << 31) && into <= (std::int64_t{1} << 31);
    }
  }

  std::tuple<detail::box<Fields>...> fields_;
  confidence level_;
  std::uint64_t missing_ = 0;
  std::uint64_t invalid_ = 0;
  detail::cross_products products_;
};

namespace detail {

template <class First, class...>
inline constexpr bool counts_items = requires(First const& first) {
  first.size();
};

template <class Arguments, std::size_t... I>
auto make_alpha(Arguments arguments, confidence level, std::index_sequence<I...>) {
  std::size_t items = sizeof...(I);
  if constexpr (sizeof...(I) == 1) items = std::get<0>(arguments).size();
  return alpha_sums<std::tuple_element_t<I, Arguments>...>(
      std::tuple<box<std::tuple_element_t<I, Arguments>>...>(std::get<I>(std::move(arguments))...),
      items, level);
}

}  // namespace detail

/// Cronbach's alpha of two or more questions, each a field that gives a whole number, an enum, or
/// std::optional of one; or at run time of one field with a `size()` that gives a sequence of them,
/// as `columns`. Then `confidence`, where it shall not be 0.95. Alpha does not depend on a common
/// unit: answers in tenths are counted as tenths.
template <class... Arguments>
auto cronbach_alpha(Arguments... arguments) {
  constexpr std::size_t policies = (std::size_t{0} + ... + std::size_t{policy<Arguments>});
  static_assert(policies == detail::answers_to<confidence_level, Arguments...> && policies <= 1,
                "cxm::cronbach_alpha: the only policy is confidence, once, after the questions");
  constexpr std::size_t fields = sizeof...(Arguments) - policies;
  static_assert(fields >= 2 || (fields == 1 && detail::counts_items<Arguments...>),
                "cxm::cronbach_alpha: needs two questions, or the columns of several");
  auto const level = detail::pick<confidence_level>(confidence{}, arguments...);
  return detail::make_alpha(std::tuple(std::move(arguments)...), level,
                            std::make_index_sequence<fields>{});
}

}  // namespace cxm
