// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/accumulator.hpp>
#include <cxm/core/confidence.hpp>
#include <cxm/core/policy.hpp>
#include <cxm/core/retraction.hpp>
#include <cxm/stats/detail/bulk_count.hpp>
#include <cxm/stats/detail/sample.hpp>
#include <cxm/stats/finite_population.hpp>
#include <cxm/stats/interval.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

/// \file
/// `proportion()`: for how many events a field is true, with the interval of the share.

namespace cxm {

/// A share of `n`, from 0 to 1.
struct share {
  std::uint64_t successes = 0;
  std::uint64_t n = 0;
  maybe<double> value = reason::no_data;
  maybe<double> standard_error = reason::no_data;
  maybe<bounded_interval> interval = reason::no_data;
  std::optional<std::uint64_t> population = {};  ///< see `of_population`
};

/// The share `successes` of `n` with its standard error and the interval of `Method`.
template <class Method = wilson>
share share_of(std::uint64_t successes, std::uint64_t n, confidence level = {}) {
  share found{successes, n};
  if (n == 0) return found;
  auto const total = static_cast<double>(n);
  double const part = static_cast<double>(successes) / total;
  found.value = part;
  found.standard_error = std::sqrt(part * (static_cast<double>(n - successes) / total) / total);
  found.interval = Method::share(successes, n, level);
  return found;
}

/// A share and the events that did not answer.
struct proportion_summary : share {
  std::uint64_t missing = 0;
};

/// Counts how often a field is true. Made by `proportion`.
template <class Method>
class true_share {
 public:
  static constexpr std::string_view type_name = "proportion";
  static constexpr merge_law merges = merge_law::exact;
  static constexpr bool retracts = true;

  constexpr explicit true_share(confidence level, of_population whole = {})
      : level_(level), whole_(whole) {}

  template <class In>
  constexpr void add(In const& in) {
    static_assert(std::is_same_v<detail::answered_t<In>, bool>,
                  "cxm::proportion: the field must be true or false, or std::optional of that");
    detail::if_answered(
        in,
        [&](bool success) {
          ++n_;
          successes_ += success ? 1 : 0;
        },
        [&] { ++missing_; });
  }
  /// Counts many values. Refuses more than 2^63 of them, and then counts none.
  template <class Rows>
  void add_many(Rows const& rows) {
    detail::count_in_bulk(*this, rows);
  }
  /// See stats/detail/bulk_count.hpp: false, true, missing.
  static constexpr std::size_t bulk_places() { return 3; }
  template <class In>
  static constexpr std::size_t bulk_place(In const& in) {
    if constexpr (detail::is_optional<In>)
      return in ? std::size_t{*in} : 2;
    else
      return std::size_t{in};
  }
  constexpr void add_bulk(std::uint32_t const* counts) {
    std::uint64_t const answers = std::uint64_t{counts[0]} + counts[1];
    detail::require_fit(detail::counts_fit(n_, answers) && detail::counts_fit(missing_, counts[2]));
    n_ += answers;
    successes_ += counts[1];
    missing_ += counts[2];
  }
  /// The inverse of `add`; refuses what was never added.
  template <class In>
  constexpr void remove(In const& in) {
    detail::if_answered(
        in,
        [&](bool success) {
          detail::require_counted(success ? successes_ > 0 : successes_ < n_);
          --n_;
          successes_ -= success ? 1 : 0;
        },
        [&] { detail::uncount(missing_); });
  }
  constexpr void merge(true_share const& other) {
    successes_ += other.successes_;
    n_ += other.n_;
    missing_ += other.missing_;
  }
  proportion_summary result() const {
    proportion_summary found{share_of<Method>(successes_, n_, level_), missing_};
    detail::narrow(found, whole_);
    return found;
  }

  constexpr bool empty() const { return n_ == 0 && missing_ == 0; }
  constexpr bool valid() const { return successes_ <= n_; }
  static constexpr void describe(auto& self, auto& visit) {
    visit.state("successes", self.successes_);
    visit.state("n", self.n_);
    visit.state("missing", self.missing_);
  }

 private:
  confidence level_;
  of_population whole_;
  std::uint64_t successes_ = 0;
  std::uint64_t n_ = 0;
  std::uint64_t missing_ = 0;
};

/// The share of events for which a field is true. Policies: an interval method for shares (default
/// `wilson`), `confidence`, `of_population`.
template <class... Policies>
constexpr auto proportion(Policies... policies) {
  static_assert(
      (detail::answers_one_of<Policies, interval_method, confidence_level, sampled_population> &&
       ...),
      "cxm::proportion: takes an interval method, confidence and of_population");
  static_assert(detail::no_question_twice<interval_method, confidence_level,
                                          sampled_population>::template in<Policies...>,
                "cxm::proportion: two policies answer the same question");
  using method = decltype(detail::pick<interval_method>(wilson{}, policies...));
  return true_share<method>(detail::pick<confidence_level>(confidence{}, policies...),
                            detail::pick<sampled_population>(of_population{}, policies...));
}

}  // namespace cxm
