// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cxm/core/codec.hpp>
#include <cxm/core/detail/box.hpp>
#include <cxm/core/error.hpp>
#include <cxm/core/exact_sum.hpp>
#include <cxm/core/field.hpp>
#include <cxm/core/retraction.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

/// \file
/// How journeys came out: how many reached what was hoped for or feared (a sale, a promoter, a
/// churn), how many did not, and what those that did were worth. `outcomes(sold)`,
/// `outcomes(sold, revenue)`; rows that are aggregated already say it with `aggregated`.

namespace cxm {

/// How often one path was tried: one row of a table of paths.
struct tries {
  std::uint64_t conversions = 0;  ///< those that reached the outcome
  std::uint64_t nulls = 0;        ///< those that did not
};

/// The outcome of rows that stand for many journeys each; the two fields give whole numbers that
/// are not negative: `aggregated{&row::sales, &row::lost}`.
template <class Conversions, class Nulls>
struct aggregated {
  Conversions conversions;
  Nulls nulls;
  constexpr aggregated(Conversions reached, Nulls missed)
      : conversions(std::move(reached)), nulls(std::move(missed)) {}

  template <class Row>
  constexpr tries operator()(Row const& row) const {
    return {static_cast<std::uint64_t>(cxm::read(conversions, row)),
            static_cast<std::uint64_t>(cxm::read(nulls, row))};
  }
};

/// The field of outcomes without a value.
struct without_value {
  static constexpr std::string_view name() { return "without value"; }
};

/// What became of the journeys.
struct outcome_summary {
  std::uint64_t conversions = 0;
  std::uint64_t nulls = 0;
  std::uint64_t missing = 0;  ///< journeys whose outcome is not known; they count nowhere else
  double value = 0;           ///< of all conversions together; 0 where no value is read
  bool valued = false;        ///< whether a value is read
};

/// Counts outcomes. Made by `outcomes`. `Outcome` is true or false of a journey, or empty where
/// that is not known yet; or it gives `tries`. `Value` is a number, read where the outcome is true
/// (of aggregated rows always); an empty or non-finite one adds nothing.
template <class Outcome, class Value>
class outcome_counts {
  static constexpr bool valued = !std::same_as<Value, without_value>;
  struct no_sum {
    static constexpr void describe(auto&, auto&) {}
  };

 public:
  static constexpr std::string_view type_name = "outcomes";
  static constexpr merge_law merges = merge_law::exact;

  constexpr outcome_counts(Outcome outcome, Value value)
      : outcome_(std::move(outcome)), value_(std::move(value)) {}

  template <class In>
  void add(In const& in) {
    auto const came = cxm::read(*outcome_, in);
    using type = std::remove_cvref_t<decltype(came)>;
    if constexpr (std::same_as<type, tries>) {
      count(came);
      add_value(in);
    } else if constexpr (detail::is_optional<type>) {
      if (came)
        add_one(*came, in);
      else
        ++missing_;
    } else {
      add_one(came, in);
    }
  }
  void merge(outcome_counts const& other) {
    detail::require_fit(detail::counts_fit(conversions_, other.conversions_) &&
                        detail::counts_fit(nulls_, other.nulls_) &&
                        detail::counts_fit(missing_, other.missing_));
    if constexpr (valued) sum_.merge(other.sum_);
    conversions_ += other.conversions_;
    nulls_ += other.nulls_;
    missing_ += other.missing_;
  }
  outcome_summary result() const {
    outcome_summary found{conversions_, nulls_, missing_, 0, valued};
    if constexpr (valued) found.value = sum_.value().value_or(0);
    return found;
  }
  static constexpr void describe(auto& self, auto& visit) {
    detail::visit_field(visit, *self.outcome_);
    detail::visit_field(visit, *self.value_);
    visit.state("conversions", self.conversions_);
    visit.state("nulls", self.nulls_);
    visit.state("missing", self.missing_);
    if constexpr (valued) visit.state("value", self.sum_);
  }

 private:
  template <class In>
  void add_one(bool reached, In const& in) {
    if (reached) add_value(in);
    count({reached ? 1U : 0U, reached ? 0U : 1U});
  }
  void count(tries const& more) {
    conversions_ += more.conversions;
    nulls_ += more.nulls;
  }
  template <class In>
  void add_value(In const& in) {
    if constexpr (valued) {
      auto const& worth = cxm::read(*value_, in);
      if constexpr (detail::is_optional<std::remove_cvref_t<decltype(worth)>>) {
        if (worth) sum_.add(static_cast<double>(*worth));
      } else {
        sum_.add(static_cast<double>(worth));
      }
    }
  }

  std::uint64_t conversions_ = 0;
  std::uint64_t nulls_ = 0;
  std::uint64_t missing_ = 0;
  [[no_unique_address]] std::conditional_t<valued, exact_sum, no_sum> sum_{};
  [[no_unique_address]] detail::box<Outcome> outcome_;
  [[no_unique_address]] detail::box<Value> value_;
};

/// Counts whether journeys reach `outcome`, and the value of those that do. Exact: the sum of
/// values is not rounded until it is read.
template <class Outcome, class Value = without_value>
constexpr auto outcomes(Outcome outcome, Value value = {}) {
  return outcome_counts<Outcome, Value>(std::move(outcome), std::move(value));
}

}  // namespace cxm
