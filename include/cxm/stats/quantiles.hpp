// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/fingerprint.hpp>
#include <cxm/core/maybe.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/quantile_types.hpp>

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// \file
/// `quantiles()`: exact quantiles from all values, 8 bytes each. Where that is too much memory,
/// `log_histogram()` has a bounded size and a stated relative error.

namespace cxm {

/// The sorted values, from which any quantile is read.
template <class Value>
struct sorted_values {
  std::uint64_t missing = 0;     ///< events without an answer
  std::uint64_t invalid = 0;     ///< NaN and infinities
  std::vector<Value> ascending;  ///< all values

  std::uint64_t n() const { return ascending.size(); }

  /// The quantile at `share` in [0, 1], interpolated linearly between the two values around rank
  /// (n−1)·share: type 7 of Hyndman and Fan (1996), the default of R and NumPy. O(1).
  maybe<detail::real_t<Value>> at(double share) const {
    if (!(share >= 0.0 && share <= 1.0))
      detail::refuse("cxm::quantiles: a quantile is asked for at a share from 0 to 1");
    if (ascending.empty()) return reason::no_data;
    double const rank = static_cast<double>(ascending.size() - 1) * share;
    auto const below = static_cast<std::size_t>(rank);
    auto const above = std::min(below + 1, ascending.size() - 1);
    double const low = detail::as_double(ascending[below]);
    double const high = detail::as_double(ascending[above]);
    double const part = rank - static_cast<double>(below);
    // Between numbers so far apart that their difference is no double, two products are.
    double const found =
        std::isfinite(high - low) ? low + part * (high - low) : (1.0 - part) * low + part * high;
    return detail::real_t<Value>(found);
  }
  /// The quantile by another definition: `found.at(0.9, hyndman_fan{6})`. O(1).
  maybe<detail::real_t<Value>> at(double share, hyndman_fan kind) const {
    if (!(share >= 0.0 && share <= 1.0))
      detail::refuse("cxm::quantiles: a quantile is asked for at a share from 0 to 1");
    if (ascending.empty()) return reason::no_data;
    auto const [below, above, part] = detail::place_of_quantile(ascending.size(), share, kind);
    double const low = detail::as_double(ascending[below]);
    double const high = detail::as_double(ascending[above]);
    return detail::real_t<Value>(part == 0 ? low : (1 - part) * low + part * high);
  }
  maybe<detail::real_t<Value>> median() const { return at(0.5); }
  maybe<Value> min() const {
    return ascending.empty() ? maybe<Value>(reason::no_data) : ascending.front();
  }
  maybe<Value> max() const {
    return ascending.empty() ? maybe<Value>(reason::no_data) : ascending.back();
  }
};

namespace detail {

/// Values in any order, saved in ascending order, so that equal bags have equal bytes.
template <class Value>
struct value_bag {
  std::vector<Value> values;

  std::vector<Value> ascending() const {
    auto sorted = values;
    std::sort(sorted.begin(), sorted.end());
    return sorted;
  }
  void encode(byte_writer& out) const { detail::encode(out, ascending()); }
  bool decode(byte_reader& in) {
    if (!detail::decode(in, values)) return false;
    bool const canonical =
        std::all_of(values.begin(), values.end(), [](auto value) { return is_canonical(value); });
    return (canonical && std::is_sorted(values.begin(), values.end())) || in.fail();
  }
  static void hash_kind(word_hash& hash) { detail::hash_kind<std::vector<Value>>(hash); }
};

}  // namespace detail

/// All values. Made by `quantiles`; `Value` is void until the plan is bound.
template <class Value>
class all_values {
  static constexpr bool open = std::is_void_v<Value>;
  using value_type = std::conditional_t<open, std::int64_t, Value>;

 public:
  static constexpr std::string_view type_name = "quantiles";
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  template <class In>
  void add(In const& in) {
    static_assert(
        !open,
        "cxm::quantiles: the type of the events is not known yet; cxm::bind<event>(plan) fixes it");
    static_assert(
        std::is_arithmetic_v<detail::answered_t<In>> || detail::is_duration<detail::answered_t<In>>,
        "cxm::quantiles: a value is a number, a duration, or std::optional of one");
    detail::if_answered(
        in, [&](auto const& answer) { add_answer(answer); }, [&] { ++missing_; });
  }
  /// The inverse of `add`; refuses a value that is not there. O(n): it is searched for.
  template <class In>
  void remove(In const& in) {
    detail::if_answered(
        in, [&](auto const& answer) { remove_answer(answer); }, [&] { detail::uncount(missing_); });
  }
  void merge(all_values const& other) {
    detail::require_fit(detail::counts_fit(missing_, other.missing_) &&
                        detail::counts_fit(invalid_, other.invalid_));
    missing_ += other.missing_;
    invalid_ += other.invalid_;
    auto const count = other.values_.values.size();  // other may be *this
    for (std::size_t i = 0; i < count; ++i) values_.values.push_back(other.values_.values[i]);
  }
  /// Sorts. O(n log n).
  sorted_values<value_type> result() const { return {missing_, invalid_, values_.ascending()}; }

  bool empty() const { return missing_ == 0 && invalid_ == 0 && values_.values.empty(); }

  template <class In>
  constexpr auto bound_to() const {
    if constexpr (std::same_as<Value, detail::answered_t<In>>)
      return *this;  // with all that it has counted
    else
      return all_values<detail::answered_t<In>>();
  }

  static void describe(auto& self, auto& visit) {
    visit.policy("unit", detail::unit_of<Value>());
    visit.state("missing", self.missing_);
    visit.state("invalid", self.invalid_);
    visit.state("values", self.values_);
  }

 private:
  void add_answer(value_type answer) {
    if (!detail::is_finite_value(answer)) {
      ++invalid_;
      return;
    }
    values_.values.push_back(detail::without_negative_zero(answer));
  }
  void remove_answer(value_type answer) {
    if (!detail::is_finite_value(answer)) return detail::uncount(invalid_);
    auto& values = values_.values;
    auto const found = std::find(values.begin(), values.end(), answer);
    detail::require_counted(found != values.end());
    *found = values.back();
    values.pop_back();
  }
  std::uint64_t missing_ = 0;
  std::uint64_t invalid_ = 0;
  detail::value_bag<value_type> values_;
};

/// Exact quantiles. Keeps every value.
constexpr auto quantiles() {
  return all_values<void>();
}

}  // namespace cxm
